package office

import (
	"errors"
	"path"
	"slices"
	"strings"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/text/flow"
	"leerkring/internal/kb"
)

// ReadDOCX reads a document of a word processor in Office Open XML. Its pages are those
// that its writer recorded, or else parts. What was deleted with tracked changes and
// what is formatted as hidden is left out, and found; headers and footers stand once, at
// the end of the first page.
func ReadDOCX(in format.Input) (*kb.Reading, error) {
	a, err := openArchive(in)
	if err != nil {
		return nil, err
	}
	name, err := a.mainPart("word/document.xml")
	if err != nil {
		return nil, err
	}
	d := &docx{archive: a, main: name, text: flow.New(in.Limits), found: newFindings(in.Limits)}
	return d.read()
}

// docx is one document that is being read.
type docx struct {
	archive   *archive
	main      string
	relations []relation
	styles    map[string]wordStyle
	numbering *numbering
	notes     map[string]string // by part and id
	comments  map[string]string // by id; those that were not referred to yet
	text      *flow.Text
	found     *findings // by place in the text
	pictures  bool
}

func (d *docx) read() (*kb.Reading, error) {
	var err error
	if d.relations, err = d.archive.relations(d.main); err != nil {
		return nil, err
	}
	d.styles = d.readStyles()
	d.numbering = d.readNumbering()
	d.readNotes()
	s := &story{docx: d, emit: d.text.Add, breaks: true}
	err = d.archive.walk(d.main, s.handler("document"))
	return d.finish(s, err)
}

// finish makes the reading of what was read until err.
func (d *docx) finish(s *story, err error) (*kb.Reading, error) {
	cut, err := ended(err, !d.text.Empty())
	if err != nil {
		return nil, err
	}
	if !s.rooted {
		return nil, format.Problemf(kb.ExtractionBroken, "part %q is no document", d.main)
	}
	for _, id := range sortedKeys(d.comments) {
		d.found.add(kb.FindingComment, 0, d.comments[id])
	}
	margins := d.margins()
	if d.text.Empty() && margins == "" && !d.pictures {
		return nil, format.Problemf(kb.ExtractionEmpty, "no text and no pictures")
	}
	result := d.text.Result()
	r := &kb.Reading{Unit: result.Unit, Pages: result.Pages, Outline: result.Outline, Cut: result.Cut || cut}
	if len(r.Pages) == 0 {
		r.Pages = []kb.ReadPage{{Number: 1, Picture: d.pictures && margins == ""}}
	}
	r.Pages[0].Text = strings.Trim(r.Pages[0].Text+"\n"+margins, "\n")
	d.found.move(result.PageOf)
	p := d.archive.readProperties(packageProperties())
	p.fill(r)
	d.found.properties(p)
	d.found.packaged(d.archive, nil)
	d.found.fill(r)
	r.Preview = d.archive.preview() != ""
	return r, nil
}

// ended judges how a walk ended: a limit that was met after some text cuts the reading,
// anything else is an error.
func ended(err error, some bool) (cut bool, _ error) {
	if err == nil {
		return false, nil
	}
	problem, _ := errors.AsType[*format.Problem](err)
	if errors.Is(err, errCut) || some && problem != nil && problem.State == kb.ExtractionTooLarge {
		return true, nil
	}
	return false, err
}

// margins gives the text of headers and footers, each line once.
func (d *docx) margins() string {
	var lines []string
	for _, kind := range []string{"header", "footer"} {
		for _, name := range ofKind(d.relations, kind) {
			s := &story{docx: d, emit: func(p flow.Paragraph) bool {
				if text := strings.TrimSpace(p.Text); text != "" && !slices.Contains(lines, text) {
					lines = append(lines, text)
				}
				return len(lines) < 200
			}}
			d.aside(name, s.handler("hdr", "ftr"))
		}
	}
	return strings.Join(lines, "\n")
}

// aside reads a part beside the document. One that cannot be read costs only its own
// text, and is found.
func (d *docx) aside(name string, h handler) {
	if !d.archive.has(name) {
		return
	}
	if err := d.archive.walk(name, h); err != nil && !errors.Is(err, errCut) {
		d.found.add(kb.FindingUnchecked, 0, path.Base(name))
	}
}

// readNotes reads footnotes, endnotes and comments, which the text refers to by id.
func (d *docx) readNotes() {
	d.notes, d.comments = map[string]string{}, map[string]string{}
	for _, kind := range []string{"footnotes", "endnotes", "comments"} {
		for _, name := range ofKind(d.relations, kind) {
			d.readNoted(name, kind)
		}
	}
}

func (d *docx) readNoted(name, kind string) {
	var lines []string
	var author string
	s := &story{docx: d, emit: func(p flow.Paragraph) bool {
		if text := strings.TrimSpace(p.Text); text != "" {
			lines = append(lines, text)
		}
		return true
	}}
	h := s.handler(kind)
	start, end := h.start, h.end
	id := ""
	h.start = func(w *walk, e element) error {
		switch e.name {
		case "footnote", "endnote", "comment":
			id, author, lines = e.attr("id"), e.attr("author"), nil
		}
		return start(w, e)
	}
	h.end = func(w *walk, name string) error {
		if err := end(w, name); err != nil {
			return err
		}
		switch name {
		case "footnote", "endnote":
			d.notes[name+id] = strings.Join(lines, "\n")
		case "comment":
			d.comments[id] = strings.Trim(author+": "+strings.Join(lines, " "), ": ")
		}
		return nil
	}
	d.aside(name, h)
}
