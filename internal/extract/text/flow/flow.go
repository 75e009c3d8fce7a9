// Package flow makes pages of a text that flows: paragraphs, some of them headings,
// with or without breaks between pages.
//
// The invariant that a newcomer must know: a text has pages only when its writer
// recorded where each page ended (Rendered). Otherwise it has parts, which follow its
// headings, so that a number of a page is never a guess.
package flow

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

const (
	partSize    = 3000 // bytes, about; a part ends at the next heading or paragraph
	maxTitle    = 200  // runes of a heading in the outline
	maxHeadings = 2000 // in the outline
)

// Break is what stands before a paragraph.
type Break int

// The breaks. Hard is what an author put there; Rendered is where a page ended when the
// document was last shown.
const (
	None Break = iota
	Hard
	Rendered
)

// Paragraph is one paragraph, or one cell of a table.
type Paragraph struct {
	Text  string
	Level int    // of a heading, from 1; 0 for other text
	Cell  bool   // it stands beside the paragraph before it, in a row
	Notes string // footnotes, which follow at the end of the page or part
}

// Text gathers paragraphs within the limit on text.
type Text struct {
	blocks   []block
	left     int64
	pages    int
	rendered bool
	content  bool // since the last break
	last     Break
	cut      bool
}

type block struct {
	Paragraph
	brk Break
}

// New gives an empty text.
func New(limits format.Limits) *Text {
	return &Text{left: limits.Text, pages: limits.Pages}
}

// Add adds a paragraph; one without text and notes is left out. It reports whether there
// is room for more.
func (t *Text) Add(p Paragraph) bool {
	p.Text = strings.TrimFunc(p.Text, unicode.IsSpace)
	if p.Text == "" && p.Notes == "" {
		return !t.cut
	}
	if t.left -= int64(len(p.Text) + len(p.Notes) + 1); t.left < 0 {
		t.cut = true
		p.Text = whole(p.Text, max(0, len(p.Text)+int(t.left)))
		p.Notes = ""
	}
	if p.Text == "" && p.Notes == "" {
		return false
	}
	t.blocks = append(t.blocks, block{Paragraph: p})
	t.content = true
	return !t.cut
}

// Content says that something other than text stands here, so that a page that holds
// nothing else is a page.
func (t *Text) Content() { t.content = true }

// Break ends a page. A break that an author made and the one that was recorded for it
// are one.
func (t *Text) Break(b Break) {
	if !t.content && t.last != None && t.last != b {
		t.last = max(t.last, b)
	} else {
		t.blocks = append(t.blocks, block{})
		t.last = b
	}
	t.blocks[len(t.blocks)-1].brk = t.last
	t.rendered = t.rendered || b == Rendered
	t.content = false
}

// Here is the place of what is added next, for Result.PageOf.
func (t *Text) Here() int { return len(t.blocks) }

// Empty reports whether there is no text.
func (t *Text) Empty() bool {
	return !slices.ContainsFunc(t.blocks, func(b block) bool { return b.Text != "" || b.Notes != "" })
}

// Result is a text in pages.
type Result struct {
	Pages   []kb.ReadPage
	Unit    kb.PageUnit // PAGE or PART
	Outline []kb.OutlineEntry
	Cut     bool
	pageOf  []int // by block
}

// PageOf gives the page, from 1, of a place that Here gave.
func (r *Result) PageOf(place int) int {
	if len(r.pageOf) == 0 {
		return 1
	}
	return r.pageOf[min(place, len(r.pageOf)-1)]
}

// Result divides the text.
func (t *Text) Result() *Result {
	p := &pager{result: &Result{Unit: kb.UnitPart, Cut: t.cut}, most: t.pages}
	if t.rendered {
		p.result.Unit = kb.UnitPage
	}
	for _, b := range t.blocks {
		if !p.add(b) {
			p.result.Cut = true
			break
		}
	}
	p.end()
	return p.result
}

// pager makes pages of blocks.
type pager struct {
	result *Result
	most   int
	number int // pages that were ended
	title  string
	text   strings.Builder
	notes  []string
}

func (p *pager) add(b block) bool {
	if p.result.Unit == kb.UnitPage && b.brk != None {
		p.end()
	} else if p.result.Unit == kb.UnitPart && p.text.Len() > 0 && p.divides(b) {
		p.end()
	}
	for _, piece := range pieces(b.Text, p.result.Unit) {
		if p.text.Len() > 0 && p.result.Unit == kb.UnitPart && p.text.Len()+len(piece) > 2*partSize {
			p.end()
		}
		if p.number >= p.most {
			return false
		}
		p.write(b, piece)
	}
	if b.Notes != "" {
		p.notes = append(p.notes, b.Notes)
	}
	p.result.pageOf = append(p.result.pageOf, p.number+1)
	return p.number < p.most
}

// divides reports whether a new part begins with a block.
func (p *pager) divides(b block) bool {
	return b.brk == Hard || b.Level > 0 && p.text.Len() >= partSize/2 || p.text.Len() >= partSize && !b.Cell
}

func (p *pager) write(b block, piece string) {
	if b.Level > 0 {
		title := oneLine(piece)
		if p.text.Len() == 0 && p.result.Unit == kb.UnitPart {
			p.title = title
		}
		if len(p.result.Outline) < maxHeadings {
			p.result.Outline = append(p.result.Outline, kb.OutlineEntry{Title: title, Page: p.number + 1, Level: b.Level})
		}
	}
	if p.text.Len() > 0 && b.Cell {
		p.text.WriteByte('\t')
	} else if p.text.Len() > 0 {
		p.text.WriteByte('\n')
	}
	p.text.WriteString(piece)
}

// end ends a page; one of a document with pages may be empty, a part may not.
func (p *pager) end() {
	for _, n := range p.notes {
		if p.text.Len() > 0 {
			p.text.WriteByte('\n')
		}
		p.text.WriteString(n)
	}
	if (p.text.Len() > 0 || p.result.Unit == kb.UnitPage) && p.number < p.most {
		p.number++
		p.result.Pages = append(p.result.Pages, kb.ReadPage{Number: p.number, Title: p.title, Text: p.text.String()})
	}
	p.title, p.notes = "", nil
	p.text.Reset()
}

// pieces divides a paragraph that is longer than a part.
func pieces(text string, unit kb.PageUnit) []string {
	if text == "" {
		return nil
	}
	if unit == kb.UnitPage || len(text) <= 2*partSize {
		return []string{text}
	}
	var out []string
	for len(text) > 2*partSize {
		first := whole(text, partSize)
		if at := strings.LastIndexFunc(first, unicode.IsSpace); at > 0 {
			first = first[:at]
		}
		out = append(out, first)
		text = strings.TrimLeftFunc(text[len(first):], unicode.IsSpace)
	}
	if text != "" {
		out = append(out, text)
	}
	return out
}

// whole gives at most so many bytes of a text, in whole runes.
func whole(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxTitle {
		return string(runes[:maxTitle])
	}
	return text
}
