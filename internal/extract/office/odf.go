package office

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/text/flow"
	"leerkring/internal/kb"
)

// ReadODT reads a text of OpenDocument: its pages are those that its writer recorded
// (text:soft-page-break), or else parts. Headers and footers stand once, at the end of the
// first page.
func ReadODT(in format.Input) (*kb.Reading, error) { return readODF(in, "text") }

// ReadODP reads a presentation of OpenDocument: its slides, with what the speaker wrote
// under them apart.
func ReadODP(in format.Input) (*kb.Reading, error) { return readODF(in, "presentation") }

// ReadODS reads a spreadsheet of OpenDocument: a page for each sheet, with a line for
// each row and a tab between cells, which have the text that was shown.
func ReadODS(in format.Input) (*kb.Reading, error) { return readODF(in, "spreadsheet") }

// openDocument is one document of OpenDocument that is being read.
type openDocument struct {
	archive *archive
	found   *findings // of a text, by place
	text    *flow.Text
	pages   *pages
	styles  map[string]odfStyle
	margins []string // lines of headers and footers
	content bool     // there are pictures
	rooted  bool
}

// odfStyle is what a style says that matters for the text.
type odfStyle struct {
	hidden, breaks bool
	based          string
}

func readODF(in format.Input, kind string) (*kb.Reading, error) {
	a, err := openArchive(in)
	if err != nil {
		return nil, err
	}
	d := &openDocument{archive: a, found: newFindings(in.Limits), text: flow.New(in.Limits), pages: newPages(in.Limits), styles: map[string]odfStyle{}}
	if err := d.locked(); err != nil {
		return nil, err
	}
	d.readStyles(kind)
	b := &odfBody{document: d, kind: kind}
	err = a.walk("content.xml", b.handler())
	cut, err := ended(err, !d.text.Empty() || len(d.pages.list) > 0)
	if err != nil {
		return nil, d.fault(err)
	}
	if !d.rooted {
		return nil, format.Problemf(kb.ExtractionBroken, "content.xml holds no %s", kind)
	}
	return d.finish(kind, cut)
}

// locked reports a document that is encrypted: its manifest says so of its parts, with a
// password (encryption-data) or with keys of people (keyinfo).
func (d *openDocument) locked() error {
	if d.archive.has("encrypted-package") {
		return format.Problemf(kb.ExtractionEncrypted, "the package is encrypted")
	}
	if !d.archive.has("META-INF/manifest.xml") {
		return nil
	}
	err := d.archive.walk("META-INF/manifest.xml", handler{start: func(_ *walk, e element) error {
		if e.name == "encryption-data" || e.name == "keyinfo" {
			return format.Problemf(kb.ExtractionEncrypted, "the manifest names encrypted parts")
		}
		return nil
	}})
	if problem, ok := errors.AsType[*format.Problem](err); ok && problem.State != kb.ExtractionBroken {
		return problem
	}
	return nil
}

// fault tells a document that is encrypted from one that is broken when its manifest is
// missing or cannot be read, as those of OpenOffice 2, which have a document type. An
// encrypted part is stored as it is, since it does not pack, and begins with anything.
func (d *openDocument) fault(err error) error {
	problem, ok := errors.AsType[*format.Problem](err)
	part := d.archive.parts["content.xml"]
	if !ok || problem.State != kb.ExtractionBroken || part == nil || part.Method != zip.Store {
		return err
	}
	r, openErr := d.archive.open("content.xml")
	if openErr != nil {
		return err
	}
	defer r.Close()
	var first [16]byte
	n, _ := io.ReadFull(r, first[:])
	begin := strings.TrimLeft(string(first[:n]), "\ufeff \t\r\n")
	if begin == "" || begin[0] == '<' || strings.HasPrefix(begin, "\xff\xfe") || strings.HasPrefix(begin, "\xfe\xff") {
		return err
	}
	return format.Problemf(kb.ExtractionEncrypted, "content.xml is stored and is no XML")
}

func (d *openDocument) finish(kind string, cut bool) (*kb.Reading, error) {
	r := &kb.Reading{Unit: kb.UnitSlide, Pages: d.pages.list, Cut: cut || d.pages.cut}
	switch kind {
	case "text":
		result := d.text.Result()
		r.Unit, r.Pages, r.Outline = result.Unit, result.Pages, result.Outline
		r.Cut = r.Cut || result.Cut
		d.found.move(result.PageOf)
		if len(r.Pages) == 0 && (d.content || len(d.margins) > 0) {
			r.Pages = []kb.ReadPage{{Number: 1, Picture: d.content && len(d.margins) == 0}}
		}
		if len(d.margins) > 0 {
			r.Pages[0].Text = strings.Trim(r.Pages[0].Text+"\n"+strings.Join(d.margins, "\n"), "\n")
		}
	case "spreadsheet":
		r.Unit = kb.UnitSheet
	}
	some := d.content
	for _, p := range r.Pages {
		some = some || p.Text != "" || p.Notes != ""
	}
	if !some {
		return nil, format.Problemf(kb.ExtractionEmpty, "no text and no pictures")
	}
	if kind != "text" {
		r.Outline = d.pages.outline()
	}
	p := d.archive.readProperties([]string{"meta.xml"})
	p.fill(r)
	d.found.properties(p)
	for _, name := range d.archive.names {
		switch first, _, _ := strings.Cut(name, "/"); {
		case first == "Basic" && path.Base(name) != "script-lc.xml" && path.Base(name) != "script-lb.xml", first == "Scripts":
			d.found.add(kb.FindingMacro, 0, path.Base(name))
		}
	}
	d.found.fill(r)
	r.Preview = d.archive.preview() != ""
	return r, nil
}

// external reports whether a link leads out of the document.
func external(href string) bool {
	scheme, _, ok := strings.Cut(href, ":")
	return ok && !strings.ContainsAny(scheme, "/#.") || strings.HasPrefix(href, "../") || strings.HasPrefix(href, "//")
}
