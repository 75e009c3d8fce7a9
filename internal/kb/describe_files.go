package kb

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"
)

// maxFilesText is how many bytes of text of its files the document of one material
// has.
const maxFilesText = 20 << 20

// fileHalves gives what is described of files. One whose material is gone has no
// document.
func (d *Describer) fileHalves(ctx context.Context, ids []ID) ([]half, error) {
	if len(ids) == 0 {
		return nil, nil // and no question to the store, of which there may be none
	}
	placed, err := placeFiles(ctx, d.store, ids)
	if err != nil {
		return nil, err
	}
	var out []half
	for _, id := range ids {
		p, ok := placed[id]
		if !ok {
			continue
		}
		h := half{entity: p.file, access: accessToFile(p.file, p.live), refers: p.refers()}
		h.states = []string{StateAbout(p.file.Record), StateBytes(p.file.SHA256)}
		if p.extraction != nil {
			for _, b := range p.extraction.Bands {
				h.states = append(h.states, stateBand(b))
			}
		}
		out = append(out, h)
	}
	return out, nil
}

// refers are the records that what is described of a file depends on, besides its own.
func (p *placed) refers() []string {
	return []string{string(p.file.Record), string(ExtractionID(p.file.SHA256))}
}

// withFiles adds the text of its files to the document of a published material: one
// variant for all its readers and, where files are for fewer of them, one for each
// such circle.
func (d *Describer) withFiles(ctx context.Context, doc Document, m Material) ([]Document, error) {
	placed, err := placeFiles(ctx, d.store, m.Shared().Files)
	if err != nil {
		return nil, err
	}
	var files []fileText
	left := maxFilesText
	for _, id := range m.Shared().Files {
		doc.Refers = append(doc.Refers, string(id))
		p, ok := placed[id]
		if !ok || p.file.Record != m.Base().ID {
			continue
		}
		doc.Refers = append(doc.Refers, string(ExtractionID(p.file.SHA256)))
		pages, err := d.pages(ctx, p, &left)
		if err != nil {
			return nil, err
		}
		files = append(files, fileText{pages: pages, access: accessToFile(p.file, m)})
	}
	return variants(doc, m, files), nil
}

// variants gives the documents of a material, each with the text of the files that
// all in its circle may read. A circle that sees no more than all readers has none.
func variants(doc Document, m Material, files []fileText) []Document {
	var out []Document
	base := 0
	for i, circle := range circles(m, files) {
		variant, n := doc, 0
		variant.Access, variant.Variant = circle, len(out)
		for _, f := range files {
			if f.forAll(circle, workers(m)) {
				n++
				variant.Pages = append(variant.Pages, f.pages...)
			}
		}
		if i == 0 {
			base = n
		}
		if i == 0 || n > base {
			out = append(out, variant)
		}
	}
	return out
}

// fileText is the text of a file with who may read it.
type fileText struct {
	pages  []FilePage
	access []string
}

// forAll reports whether all who hold a term of a circle may read the file; works are
// the terms of those who read every file.
func (r fileText) forAll(circle, works []string) bool {
	for _, term := range circle {
		if !slices.Contains(works, term) && !slices.ContainsFunc(r.access, func(needed string) bool { return implies(term, needed) }) {
			return false
		}
	}
	return true
}

// circles gives the groups of people who may see different files of a material,
// from its readers to those who work on it: an actor is shown the last one that they
// are in. Who is in two teams that have a file each is in the circle of one of them.
func circles(m Material, files []fileText) [][]string {
	all, works := Access(m), workers(m)
	var narrower []string
	add := func(term string) {
		if !slices.Contains(works, term) && !slices.Contains(all, term) && !slices.Contains(narrower, term) {
			narrower = append(narrower, term)
		}
	}
	for _, f := range files {
		for _, term := range f.access {
			add(term)
			if strings.HasPrefix(term, AccessTeam("")) && strings.Count(term, ":") == 1 {
				for _, member := range membersOf(term) {
					add(member)
				}
			}
		}
	}
	slices.SortFunc(narrower, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, ":"), strings.Count(b, ":")), cmp.Compare(a, b))
	})
	out := [][]string{all}
	for _, term := range narrower {
		out = append(out, []string{term})
	}
	return append(out, works)
}

// pages gives the text of the pages of a file that readers see, as far as it fits. A
// text that cannot be read is left out, and told of.
func (d *Describer) pages(ctx context.Context, p *placed, left *int) ([]FilePage, error) {
	if d.Blobs == nil || p.extraction == nil || p.extraction.Edition == 0 {
		return nil, nil
	}
	var out []FilePage
	err := useReading(ctx, d.Blobs, p.file.SHA256, func(k *KeptReading) error {
		for i := range k.Reading.Pages {
			page, err := k.Page(i)
			if err != nil {
				return err
			}
			text := page.words()
			if text == "" || slices.Contains(p.file.Hidden, page.Number) {
				continue
			}
			if *left -= len(text); *left < 0 {
				return nil
			}
			out = append(out, FilePage{File: p.file.ID, Number: page.Number, Text: text})
		}
		return nil
	})
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		d.Unread(p.file, err)
	}
	return out, nil
}

// words is all text of a page: its heading, unless the text begins with it, its text
// and its notes.
func (p *ReadPage) words() string {
	parts := []string{p.Text, p.Notes}
	if !strings.HasPrefix(strings.TrimSpace(p.Text), strings.TrimSpace(p.Title)) {
		parts = append([]string{p.Title}, parts...)
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" })
	return strings.Join(parts, "\n")
}

// NamedBy gives the terms (Document.Refers) under which documents of other records
// depend on a record: they are described again when it changes.
func (r Record) NamedBy() []string {
	switch {
	case r.Kind == KindOrganisation || r.Kind == KindPerson || r.Kind == KindTheme:
		return append([]string{string(r.ID)}, r.Keys...)
	case r.Kind == KindFile || r.Kind == KindExtraction || slices.Contains(MaterialKinds(), r.Kind):
		return []string{string(r.ID)} // the material of a file, and the files of a material
	}
	return nil
}

// ListsFiles reports whether a record may be of a material with files, so that its
// documents can be large. In JSON a text cannot hold this, since its quotes are escaped.
func (r Record) ListsFiles() bool {
	return bytes.Contains(r.Live, []byte(`"files":[`)) || bytes.Contains(r.Copy, []byte(`"files":[`))
}
