package office

import (
	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// maxHeadings bounds an outline.
const maxHeadings = 2000

// pages gathers slides or sheets within the limits.
type pages struct {
	list []kb.ReadPage
	most int
	left int64 // bytes of text
	cut  bool
}

func newPages(limits format.Limits) *pages {
	return &pages{most: limits.Pages, left: limits.Text}
}

// add adds a page and reports whether there is room for another. Of one that is too long
// the beginning stays.
func (p *pages) add(page kb.ReadPage) bool {
	if len(p.list) >= p.most {
		p.cut = true
		return false
	}
	page.Text = p.take(page.Text)
	page.Notes = p.take(page.Notes)
	p.list = append(p.list, page)
	return !p.cut
}

func (p *pages) take(text string) string {
	if p.left -= int64(len(text)); p.left >= 0 {
		return text
	}
	p.cut = true
	keep := max(0, len(text)+int(p.left))
	for keep > 0 && text[keep]&0xC0 == 0x80 {
		keep--
	}
	p.left = 0
	return text[:keep]
}

// outline gives the headings of the pages.
func (p *pages) outline() []kb.OutlineEntry {
	var out []kb.OutlineEntry
	for _, page := range p.list {
		if page.Title != "" && len(out) < maxHeadings {
			out = append(out, kb.OutlineEntry{Title: page.Title, Page: page.Number, Level: 1})
		}
	}
	return out
}
