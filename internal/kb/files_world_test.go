package kb_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"leerkring/internal/blob"
	"leerkring/internal/kb"
)

// filesWorld is a desk with files, on real blobs, and an extractor that reads texts
// of this test: pages are divided by form feeds, and a page that says "picture" has
// no text of its own.
type filesWorld struct {
	*deskWorld
	blobs     kb.Blobs
	files     *kb.Files
	extractor *textExtractor
	readers   *kb.Extractions
}

func newFilesWorld(t testing.TB, change ...func(*kb.FilesConfig)) *filesWorld {
	t.Helper()
	w := &filesWorld{deskWorld: newDeskWorld(t), extractor: &textExtractor{edition: 1}}
	now := func() time.Time { return w.now }
	blobs, err := blob.Open(filepath.Join(t.TempDir(), "files"), now)
	check(t, err)
	t.Cleanup(func() { check(t, blobs.Close()) })
	w.blobs = blobs
	w.describer = func(d *kb.Describer) { d.Blobs = blobs }
	n := 0
	newID := func() kb.ID {
		n++
		return kb.DeriveID("files", strconv.Itoa(n))
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	c := kb.FilesConfig{Store: w.store, Search: w.index, Blobs: blobs, Own: w.own, Now: now, NewID: newID, Log: log}
	for _, f := range change {
		f(&c)
	}
	w.files = kb.NewFiles(c)
	w.readers = kb.NewExtractions(kb.ExtractionsConfig{
		Store: w.store, Search: w.index, Blobs: blobs, Extractor: w.extractor, Now: now, NewID: newID, Log: log,
		Follow: func(context.Context, kb.Seq) error { w.follow(); return nil },
	})
	return w
}

// add uploads a text to a material of the expert, all at once.
func (w *filesWorld) add(material kb.ID, name, text string, change ...func(*kb.UploadRequest)) *kb.File {
	w.t.Helper()
	q := kb.UploadRequest{Record: material, Name: name, Size: int64(len(text))}
	for _, f := range change {
		f(&q)
	}
	v, _, err := w.files.Add(context.Background(), w.expert, q, strings.NewReader(text))
	check(w.t, err)
	return v.File
}

// read has everything read that is due now.
func (w *filesWorld) read() {
	w.t.Helper()
	w.follow()
	check(w.t, w.readers.Drain(context.Background()))
	w.follow()
}

// target is a record as it is now.
func (w *filesWorld) target(id kb.ID) kb.Target {
	w.t.Helper()
	return kb.Target{ID: id, Version: w.open(w.editor, id).Version}
}

// publish has the editor publish a material as it is now.
func (w *filesWorld) publish(id kb.ID) {
	w.t.Helper()
	w.done(w.Approve(context.Background(), w.editor, w.target(id), nil))
	w.follow()
}

// sees reports whether an actor may read a file.
func (w *filesWorld) sees(a kb.Actor, id kb.ID) bool {
	w.t.Helper()
	found, err := w.files.Open(context.Background(), a, []kb.ID{id})
	check(w.t, err)
	return found[id].File != nil
}

// textExtractor reads the texts of these tests.
type textExtractor struct {
	edition    int
	recognises bool
	err        error // what every Read gives, until it is taken away
	reads      int
}

func (x *textExtractor) Edition() int     { return x.edition }
func (x *textExtractor) Recognises() bool { return x.recognises }

func (x *textExtractor) Read(_ context.Context, s kb.Source) (*kb.Reading, error) {
	x.reads++
	if x.err != nil {
		return nil, x.err
	}
	data := make([]byte, s.Blob.Size())
	if _, err := s.Blob.ReadAt(data, 0); err != nil && len(data) == 0 {
		return nil, err
	}
	r := &kb.Reading{Format: "text", MediaType: "text/plain", State: kb.ExtractionRead, Unit: kb.UnitPage, Language: "nl", Title: "Eigenschap"}
	if bytes.HasPrefix(data, []byte("encrypted")) {
		r.State = kb.ExtractionEncrypted
		return r, nil
	}
	for i, text := range strings.Split(string(data), "\f") {
		p := kb.ReadPage{Number: i + 1, Text: text}
		if text == "picture" {
			p.Text, p.Picture = "", true
		}
		if strings.Contains(text, "123456782") {
			r.Findings = append(r.Findings, kb.Finding{Key: "bsn-" + strconv.Itoa(i+1), Type: kb.FindingBSN, Severity: kb.Serious, Page: i + 1, Passage: text})
		}
		r.Pages = append(r.Pages, p)
	}
	return r, nil
}

func (x *textExtractor) Pictures(_ context.Context, _ kb.Source, _ *kb.Reading, pages []int, _ int, put func(int, []byte) error) error {
	for _, page := range pages {
		if err := put(page, []byte("png "+strconv.Itoa(page))); err != nil {
			return err
		}
	}
	return nil
}

func (x *textExtractor) Recognise(_ context.Context, _ kb.Source, _ *kb.Reading, pages []int, put func(int, string) error) error {
	for _, page := range pages {
		if err := put(page, "herkende woorden op "+strconv.Itoa(page)); err != nil {
			return err
		}
	}
	return nil
}
