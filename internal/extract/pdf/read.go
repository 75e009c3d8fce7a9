package pdf

import (
	"strings"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/requests"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// Read reads a PDF: the text of each page in the order in which it is drawn, with what
// was filled in in forms, and what the document says of itself. It is a format.Reader.
func (e *Engine) Read(in format.Input) (*kb.Reading, error) {
	d, err := e.open(in)
	if err != nil {
		return nil, err
	}
	r := &kb.Reading{Unit: kb.UnitPage, Cut: d.cut}
	d.properties(r)
	d.outline(r)
	d.parts(r)
	s := &structure{document: d, left: maxElements}
	left := in.Limits.Text
	for i := range d.pages {
		if left <= 0 || in.Late() {
			r.Cut = true
			break
		}
		page, notes := d.read(i, left)
		left -= int64(len(page.Text))
		r.Pages = append(r.Pages, page)
		r.Findings = append(r.Findings, notes...)
		r.Findings = append(r.Findings, s.page(i)...)
	}
	return r, d.Close()
}

// read reads one page. One that PDFium cannot load is taken for a picture.
func (d *document) read(index int, limit int64) (kb.ReadPage, []kb.Finding) {
	page := kb.ReadPage{Number: index + 1}
	raw, err := d.text(index, limit)
	if err != nil {
		page.Picture = true
		return page, nil
	}
	text := clean(raw)
	if !usable(raw) {
		text, page.Picture = "", true
	}
	filled, notes := d.annotations(index)
	if filled != "" {
		text, page.Picture = strings.TrimLeft(text+"\n"+filled, "\n"), false
	}
	page.Text = text
	return page, notes
}

// text gives the characters of a page as PDFium has them.
func (d *document) text(index int, limit int64) (string, error) {
	loaded, err := d.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: d.page(index)})
	if err != nil {
		return "", err
	}
	count, err := d.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage})
	if err != nil {
		return "", err
	}
	got := ""
	if count.Count > 0 {
		// FPDFText_GetText, and not GetPageText of the library, which goes wrong on some pages.
		text, err := d.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: loaded.TextPage, Count: min(count.Count, int(limit))})
		if err != nil {
			return "", err
		}
		got = text.Text
	}
	_, err = d.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
	return got, err
}

// usable reports whether text is text: a page whose fonts do not tell which characters
// they draw gives control codes and private ones.
func usable(raw string) bool {
	all, strange := 0, 0
	for _, r := range raw {
		switch {
		case r == ' ' || r == '\r' || r == '\n' || r == '\t':
			continue
		case r < ' ', r >= 0x7f && r < 0xa0, r == utf8.RuneError, private(r):
			strange++
		}
		all++
	}
	return all > 0 && strange*5 <= all
}

func private(r rune) bool {
	return r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000
}
