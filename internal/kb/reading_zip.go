package kb

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Limits of a reading, whatever an extractor says. What is over them is left out, and
// the reading is Cut.
const (
	MaxReadPages    = 5_000
	MaxReadText     = 20 << 20 // bytes of all texts and notes
	maxReadFindings = 2_000
	maxReadJSON     = 16 << 20
)

// bound holds a reading against the limits, and makes proper text of its texts: it
// comes from a process that a hostile file may have taken over.
func (r *Reading) bound() {
	clean := func(s string, most int) string {
		return cutText(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", ""), most)
	}
	list := func(texts []string) []string {
		texts = texts[:min(len(texts), MaxList)]
		for i := range texts {
			texts[i] = clean(texts[i], MaxLine)
		}
		return texts
	}
	for _, s := range []*string{&r.Format, &r.MediaType, &r.Title, &r.Subject, &r.Organisation} {
		*s = clean(*s, MaxLine)
	}
	if !validLanguage(r.Language) {
		r.Language = ""
	}
	r.Authors, r.Keywords = list(r.Authors), list(r.Keywords)
	r.Outline = r.Outline[:min(len(r.Outline), MaxReadPages)]
	for i := range r.Outline {
		r.Outline[i].Title = clean(r.Outline[i].Title, MaxLine)
	}
	r.boundPages(clean)
	if len(r.Findings) > maxReadFindings {
		r.Findings = append(r.Findings[:maxReadFindings:maxReadFindings], uncheckedFinding())
	}
	for i := range r.Findings {
		x := &r.Findings[i]
		x.Key, x.Ranges = clean(x.Key, MaxLine), x.Ranges[:min(len(x.Ranges), MaxList)]
		if len(x.Passage) > maxPassage { // its places would no longer be right
			x.Passage, x.Ranges = clean(x.Passage, maxPassage), nil
		}
	}
}

// maxPassage is how many bytes of text stand around a finding at most.
const maxPassage = 2_000

// boundPages keeps pages that are numbered upwards, as far as their text fits.
func (r *Reading) boundPages(clean func(string, int) string) {
	last, left := 0, MaxReadText
	kept := r.Pages[:0]
	for _, p := range r.Pages {
		if p.Number <= last || p.Number > MaxReadPages || len(p.Text)+len(p.Notes) > left {
			r.Cut = true
			continue
		}
		p.Title, p.Text, p.Notes = clean(p.Title, MaxLine), clean(p.Text, MaxReadText), clean(p.Notes, MaxReadText)
		last, left = p.Number, left-len(p.Text)-len(p.Notes)
		kept = append(kept, p)
	}
	r.Pages = kept
}

// WriteReading writes a reading as ReadingName says.
func WriteReading(w io.Writer, r *Reading) error {
	z := zip.NewWriter(w)
	bare := *r
	bare.Pages = slices.Clone(r.Pages)
	for i := range bare.Pages {
		bare.Pages[i].Text, bare.Pages[i].Notes = "", ""
	}
	data, err := json.Marshal(&bare)
	if err != nil {
		return err
	}
	if err := writeEntry(z, readingJSON, string(data)); err != nil {
		return err
	}
	for _, p := range r.Pages {
		if err := errors.Join(writeEntry(z, textEntry(p.Number), p.Text), writeEntry(z, notesEntry(p.Number), p.Notes)); err != nil {
			return err
		}
	}
	return z.Close()
}

const readingJSON = "reading.json"

func textEntry(page int) string  { return fmt.Sprintf("text/%06d.txt", page) }
func notesEntry(page int) string { return fmt.Sprintf("notes/%06d.txt", page) }

// writeEntry adds an entry to an archive, unless there is no text for it. Without a
// time equal readings are equal bytes.
func writeEntry(z *zip.Writer, name, text string) error {
	if text == "" {
		return nil
	}
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Time{}})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}

// KeptReading is a reading beside its blob, from which the text of a page is read
// when it is asked for.
type KeptReading struct {
	// Reading is what was read; its pages have no text and no notes.
	Reading *Reading
	entries map[string]*zip.File
}

// OpenReading opens a reading that WriteReading wrote. b is used until the last page
// is read. Damaged means that it is something else.
func OpenReading(b Blob) (*KeptReading, error) {
	z, err := zip.NewReader(b, b.Size())
	if err != nil {
		return nil, damagedReading(err)
	}
	if len(z.File) > 2*MaxReadPages+1 {
		return nil, damagedReading(nil)
	}
	k := &KeptReading{Reading: &Reading{}, entries: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		k.entries[f.Name] = f
	}
	data, err := k.entry(readingJSON, maxReadJSON)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(data), k.Reading); err != nil {
		return nil, damagedReading(err)
	}
	k.Reading.bound()
	return k, nil
}

func damagedReading(cause error) error {
	return Wrap(cause, Damaged, Text{"Wat uit dit bestand is gelezen, is beschadigd. Vraag een beheerder om het opnieuw te laten lezen.", "What was read from this file is damaged. Ask an admin to have it read again."})
}

// entry reads one entry, which may not be longer than most; empty when there is none.
func (k *KeptReading) entry(name string, most int64) (string, error) {
	f, ok := k.entries[name]
	if !ok {
		return "", nil
	}
	r, err := f.Open()
	if err != nil {
		return "", damagedReading(err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil || int64(len(data)) > most {
		return "", damagedReading(err)
	}
	return strings.ToValidUTF8(string(data), "\uFFFD"), nil
}

// Page gives a page of Reading.Pages, by its place there, with its text and notes.
func (k *KeptReading) Page(i int) (p ReadPage, err error) {
	p = k.Reading.Pages[i]
	if p.Text, err = k.entry(textEntry(p.Number), MaxReadText); err != nil {
		return ReadPage{}, err
	}
	p.Notes, err = k.entry(notesEntry(p.Number), MaxReadText)
	return p, err
}

// all reads the text of all pages.
func (k *KeptReading) all() (r *Reading, err error) {
	for i := range k.Reading.Pages {
		if k.Reading.Pages[i], err = k.Page(i); err != nil {
			return nil, err
		}
	}
	k.Reading.bound()
	return k.Reading, nil
}

// ReadReading reads all of a reading, up to its limits.
func ReadReading(b Blob) (*Reading, error) {
	k, err := OpenReading(b)
	if err != nil {
		return nil, err
	}
	return k.all()
}
