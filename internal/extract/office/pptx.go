package office

import (
	"cmp"
	"path"
	"strings"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// ReadPPTX reads a presentation in Office Open XML: its slides in the order in which
// they are shown, with what the speaker wrote under them apart. Hidden slides are there,
// and marked.
func ReadPPTX(in format.Input) (*kb.Reading, error) {
	a, err := openArchive(in)
	if err != nil {
		return nil, err
	}
	name, err := a.mainPart("ppt/presentation.xml")
	if err != nil {
		return nil, err
	}
	relations, err := a.relations(name)
	if err != nil {
		return nil, err
	}
	d := &deck{archive: a, found: newFindings(in.Limits), pages: newPages(in.Limits), pageOf: map[string]int{}, footers: map[string]bool{}}
	slides, err := d.order(name, relations)
	if err != nil {
		return nil, err
	}
	cut, err := ended(d.read(slides), len(d.pages.list) > 0)
	if err != nil {
		return nil, err
	}
	return d.finish(cut)
}

// deck is one presentation that is being read.
type deck struct {
	archive *archive
	found   *findings
	pages   *pages
	pageOf  map[string]int // of slides, by partKey
	footers map[string]bool
	broken  error // of the first slide that cannot be read
	content bool  // there is text or a picture
}

// order gives the parts of the slides. A slide that is listed twice is one slide.
func (d *deck) order(name string, relations []relation) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	parts := targets(relations)
	rooted := false
	err := d.archive.walk(name, handler{start: func(w *walk, e element) error {
		rooted = rooted || w.depth() == 1 && e.name == "presentation"
		if e.name != "sldId" || w.parent() != "sldIdLst" {
			return nil
		}
		if part, ok := parts[e.relation("id")]; ok && !seen[partKey(part)] {
			seen[partKey(part)] = true
			out = append(out, part)
		}
		return nil
	}})
	if err == nil && !rooted {
		err = format.Problemf(kb.ExtractionBroken, "part %q is no presentation", name)
	}
	return out, err
}

// read reads the slides until a limit. A slide that cannot be read is one with what was
// read of it, and found.
func (d *deck) read(slides []string) error {
	for _, name := range slides {
		s, err := d.slide(name)
		d.content = d.content || s.page.Text != "" || s.page.Notes != "" || s.pictures
		cut, problem := ended(err, d.content)
		if problem != nil {
			d.broken = cmp.Or(d.broken, problem)
			d.found.add(kb.FindingUnchecked, s.page.Number, path.Base(name))
		}
		if !d.pages.add(s.page) {
			return errCut
		}
		if cut {
			return err
		}
	}
	return nil
}

func (d *deck) finish(cut bool) (*kb.Reading, error) {
	if !d.content && d.broken != nil {
		return nil, d.broken
	}
	if !d.content {
		return nil, format.Problemf(kb.ExtractionEmpty, "no text and no pictures on %d slides", len(d.pages.list))
	}
	r := &kb.Reading{Unit: kb.UnitSlide, Pages: d.pages.list, Outline: d.pages.outline(), Cut: cut || d.pages.cut}
	p := d.archive.readProperties(packageProperties())
	p.fill(r)
	d.found.properties(p)
	d.found.packaged(d.archive, d.pageOf)
	d.found.fill(r)
	r.Preview = d.archive.preview() != ""
	return r, nil
}

// slide reads one slide with its notes, comments, charts and diagrams.
func (d *deck) slide(name string) (*slide, error) {
	s := &slide{deck: d, page: kb.ReadPage{Number: len(d.pages.list) + 1}}
	d.pageOf[partKey(name)] = s.page.Number
	var err error
	if s.relations, err = d.archive.relations(name); err == nil {
		s.targets = targets(s.relations)
		err = d.archive.walk(name, s.handler())
	}
	s.page.Title, s.page.Text = s.result()
	s.page.Picture = s.pictures && s.page.Text == ""
	for _, notes := range ofKind(s.relations, "notesSlide") {
		d.aside(s, notes, func() error { return d.notes(s, notes) })
	}
	for _, comments := range ofKind(s.relations, "comments") {
		d.aside(s, comments, func() error { return d.comments(s, comments) })
	}
	if s.hidden {
		s.page.Hidden = true
		d.found.add(kb.FindingHiddenPage, s.page.Number, s.page.Title)
	}
	if s.page.Title == "" && err == nil {
		d.found.add(kb.FindingNoSlideHeading, s.page.Number, "")
	}
	return s, err
}

// aside reads a part that belongs to a slide; one that cannot be read costs only itself.
func (d *deck) aside(s *slide, name string, read func() error) {
	if !d.archive.has(name) {
		return
	}
	if err := read(); err != nil {
		d.found.add(kb.FindingUnchecked, s.page.Number, path.Base(name))
	}
}

// notes reads what the speaker wrote, without the placeholders of a notes page.
func (d *deck) notes(s *slide, name string) error {
	n := &slide{deck: d, notes: true}
	err := d.archive.walk(name, n.handler())
	_, text := n.result()
	s.page.Notes = strings.Trim(s.page.Notes+"\n"+text, "\n")
	return err
}

// comments counts the comments of a slide, in the form of 2007 and in that of 2018.
func (d *deck) comments(s *slide, name string) error {
	var text strings.Builder
	return d.archive.walk(name, handler{
		start: func(_ *walk, e element) error {
			if e.name == "cm" || e.name == "reply" {
				text.Reset()
			}
			return nil
		},
		text: func(_ *walk, b []byte) { text.Write(b) },
		end: func(_ *walk, name string) error {
			if name == "p" {
				text.WriteByte('\n')
			}
			if name == "cm" || name == "reply" {
				d.found.add(kb.FindingComment, s.page.Number, text.String())
				text.Reset()
			}
			return nil
		},
	})
}
