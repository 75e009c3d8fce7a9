package office

import (
	"strconv"
	"strings"

	"leerkring/internal/extract/text/flow"
	"leerkring/internal/kb"
)

// maxRepeat is how often a cell or a row with text is repeated; files repeat empty ones
// a million times.
const maxRepeat = 100

// maxColumns is how many cells one element can stand for; no program has more columns.
const maxColumns = 1 << 14

func (b *odfBody) end(w *walk, name string) {
	if !b.inside {
		if name == "style" {
			b.style = ""
		}
		return
	}
	b.leave(w)
	switch name {
	case b.kind:
		b.inside = len(b.stack) > 0
	case "p", "h":
		b.endLine()
		b.endParagraph()
	case "creator", "date":
		b.endLine()
	case "deletion":
		b.document.found.add(kb.FindingTrackedChange, b.place(), b.lost.String())
		b.lost.Reset()
	case "page":
		if b.kind == "presentation" {
			b.endPage()
		}
	case "frame", "custom-shape":
		b.endFrame()
	case "table":
		b.endTable()
	}
}

// leave ends what lasts until an element ends.
func (b *odfBody) leave(w *walk) {
	switch w.depth() {
	case b.changed:
		b.changed = 0
	case b.comment:
		b.document.found.add(kb.FindingComment, b.place(), b.remark.String())
		b.remark.Reset()
		b.comment = 0
	case b.note:
		if len(b.stack) > 0 {
			p := b.stack[len(b.stack)-1]
			p.notes = append(p.notes, b.noted...)
		}
		b.note = 0
	case b.hidden:
		if strings.TrimSpace(b.vanished.String()) != "" {
			b.document.found.add(kb.FindingHiddenText, b.place(), b.vanished.String())
		}
		b.vanished.Reset()
		b.hidden = 0
	case b.inNotes:
		b.inNotes = 0
	}
}

// endLine ends a line of what is not shown, so that words of two paragraphs stay apart.
func (b *odfBody) endLine() {
	switch {
	case b.changed > 0:
		b.lost.WriteByte('\n')
	case b.comment > 0:
		b.remark.WriteByte('\n')
	case b.hidden > 0:
		b.vanished.WriteByte('\n')
	}
}

func (b *odfBody) endParagraph() {
	if len(b.stack) == 0 {
		return
	}
	p := b.stack[len(b.stack)-1]
	b.stack = b.stack[:len(b.stack)-1]
	text := p.text.String()
	if b.changed > 0 || b.comment > 0 {
		return
	}
	if b.note > 0 && len(b.stack) > 0 {
		b.noted = append(b.noted, strings.TrimSpace(text))
		return
	}
	b.emit(flow.Paragraph{Text: text, Level: p.level, Cell: b.besides(text), Notes: strings.Join(p.notes, "\n")})
	for _, later := range p.later {
		b.emit(later)
	}
}

func (b *odfBody) besides(text string) bool {
	if len(b.tables) == 0 || strings.TrimSpace(text) == "" {
		return false
	}
	t := b.tables[len(b.tables)-1]
	second := t.second
	t.second, t.written = false, true
	return second
}

// emit puts a paragraph where it belongs. That of a text box waits for the end of the
// paragraph in which the box stands.
func (b *odfBody) emit(p flow.Paragraph) {
	switch {
	case len(b.stack) > 0 && b.kind == "text":
		host := b.stack[len(b.stack)-1]
		host.later = append(host.later, p)
	case b.margin != nil:
		b.margin(p)
	case b.kind == "text":
		b.stopped = b.stopped || !b.document.text.Add(p)
	case b.kind == "spreadsheet":
		b.cell(p)
	default:
		b.onSlide(p)
	}
}

func (b *odfBody) onSlide(p flow.Paragraph) {
	class, placeholder := "", false
	if len(b.frames) > 0 {
		frame := b.frames[len(b.frames)-1]
		class, placeholder = frame.class, frame.placeholder
	}
	switch {
	case placeholder, class == "header", class == "footer", class == "date-time", class == "page-number":
	case b.inNotes > 0:
		if class == "notes" {
			b.notes.add(p.Text, false)
		}
	case class == "title":
		b.title.add(p.Text, false)
	default:
		b.body.add(p.Text, p.Cell)
	}
}

// cell adds the text of a cell, as often as it is repeated, after a tab for each cell
// that is empty before it in its row.
func (b *odfBody) cell(p flow.Paragraph) {
	repeat := 1
	if len(b.tables) > 0 {
		t := b.tables[len(b.tables)-1]
		repeat = max(1, min(t.repeat, maxRepeat))
		if p.Cell {
			b.body.WriteString(strings.Repeat("\t", min(t.column-t.last, maxGap)-1))
		}
		if strings.TrimSpace(p.Text) != "" {
			t.last = t.column + t.repeat - 1
		}
	}
	for range repeat {
		b.body.add(p.Text, p.Cell)
		p.Cell = true
	}
	b.stopped = b.stopped || int64(b.body.Len()) > b.document.pages.left
	if b.stopped {
		b.endPage()
	}
}

func (b *odfBody) endPage() {
	if b.kind == "presentation" {
		b.page.Title = shortPassage(b.title.String())
		if b.page.Title == "" {
			b.document.found.add(kb.FindingNoSlideHeading, b.page.Number, "")
		}
	}
	b.page.Text = strings.Trim(b.title.String()+"\n"+b.body.String(), "\n")
	b.page.Notes = b.notes.String()
	b.page.Picture = b.picture && b.page.Text == "" && b.kind == "presentation"
	if b.page.Hidden {
		b.document.found.add(kb.FindingHiddenPage, b.page.Number, b.page.Title)
	}
	b.stopped = !b.document.pages.add(b.page) || b.stopped
}

func (b *odfBody) endFrame() {
	if len(b.frames) == 0 {
		return
	}
	f := b.frames[len(b.frames)-1]
	b.frames = b.frames[:len(b.frames)-1]
	if !f.picture || b.changed > 0 || b.margin != nil {
		return
	}
	b.picture, b.document.content = true, true
	b.document.text.Content()
	if !f.described {
		b.document.found.add(kb.FindingNoAlternative, b.place(), "")
	}
}

func (b *odfBody) inTable(w *walk, e element) {
	if e.name == "table" {
		b.tables = append(b.tables, &odfTable{})
		if b.kind == "spreadsheet" && len(b.tables) == 1 {
			b.startPage(e)
			b.page.Title = e.attr("name")
		}
		return
	}
	if len(b.tables) == 0 {
		return
	}
	t := b.tables[len(b.tables)-1]
	switch e.name {
	case "table-header-rows":
		t.header = true
	case "table-row", "table-column":
		if visibility := e.attr("visibility"); b.kind == "spreadsheet" && (visibility == "collapse" || visibility == "filter") {
			b.document.found.add(kb.FindingHiddenText, b.page.Number, strings.TrimPrefix(e.name, "table-"))
		}
		if e.name == "table-row" {
			t.rows, t.cells, t.second, t.written = t.rows+1, 0, false, false
			t.column, t.repeat, t.last = 1, 0, 0
		}
	case "table-cell", "covered-table-cell":
		t.cells++
		t.column += t.repeat
		t.widest = max(t.widest, t.cells)
		t.second = t.written
		t.repeat, _ = strconv.Atoi(e.attr("number-columns-repeated"))
		t.repeat = max(1, min(t.repeat, maxColumns))
	case "table-source":
		b.document.found.add(kb.FindingExternalLink, b.place(), e.attr("href"))
		w.skip()
	}
}

func (b *odfBody) endTable() {
	if len(b.tables) == 0 {
		return
	}
	t := b.tables[len(b.tables)-1]
	b.tables = b.tables[:len(b.tables)-1]
	if b.kind == "spreadsheet" && len(b.tables) == 0 {
		b.endPage()
		return
	}
	if b.kind == "text" && b.margin == nil && t.rows > 1 && t.widest > 1 && !t.header {
		b.document.found.add(kb.FindingNoTableHeader, b.place(), "")
	}
}
