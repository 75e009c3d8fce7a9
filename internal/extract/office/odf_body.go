package office

import (
	"strconv"
	"strings"

	"leerkring/internal/extract/text/flow"
	"leerkring/internal/kb"
)

// maxSpaces is how many spaces one element can stand for.
const maxSpaces = 1000

// odfBody reads the content of a document. A paragraph can hold another (of a note, of a
// text box), so those that are open stand in a slice.
type odfBody struct {
	document *openDocument
	kind     string
	margin   func(flow.Paragraph) // takes the text of headers and footers, which have no pages
	inside   bool                 // of the element of the kind
	style    string               // that is being read
	stack    []*odfParagraph
	tables   []*odfTable
	frames   []odfFrame
	comment  int // depth of the open comment; 0 for none
	note     int // depth of the open note
	noted    []string
	remark   strings.Builder
	hidden   int // depth of what is not shown
	vanished strings.Builder
	changed  int // depth of what was deleted with tracked changes
	lost     strings.Builder

	page    kb.ReadPage // the open slide or sheet
	title   lines
	body    lines
	notes   lines
	inNotes int // depth
	picture bool
	stopped bool
}

type odfParagraph struct {
	text  strings.Builder
	level int
	notes []string
	later []flow.Paragraph
}

type odfTable struct {
	rows, cells, widest int
	header              bool
	written             bool // there is text in the row
	second              bool // the next paragraph begins a cell beside another
	column, repeat      int  // of the open cell, from 1; how many cells it stands for
	last                int  // column with text in the row, 0 for none
}

type odfFrame struct {
	class                           string
	placeholder, picture, described bool
}

func (b *odfBody) handler() handler {
	return handler{
		start: func(w *walk, e element) error { b.start(w, e); return b.full() },
		end:   func(w *walk, name string) error { b.end(w, name); return b.full() },
		text: func(w *walk, t []byte) {
			b.write(string(t))
		},
	}
}

func (b *odfBody) full() error {
	if b.stopped {
		return errCut
	}
	return nil
}

func (b *odfBody) write(text string) {
	switch {
	case b.changed > 0:
		b.lost.WriteString(text)
	case b.comment > 0:
		b.remark.WriteString(text)
	case len(b.stack) == 0:
	case b.hidden > 0:
		b.vanished.WriteString(text)
	default:
		b.stack[len(b.stack)-1].text.WriteString(text)
	}
}

func (b *odfBody) start(w *walk, e element) {
	if !b.inside {
		b.before(e)
		return
	}
	switch e.name {
	case "tracked-changes", "forms", "page-thumbnail", "note-citation", "title", "desc", "event-listeners":
		b.aside(w, e)
	case "insertion":
		b.document.found.add(kb.FindingTrackedChange, b.place(), "")
	case "p", "h":
		b.startParagraph(e)
	case "s":
		n, err := strconv.Atoi(e.attr("c"))
		if err != nil {
			n = 1
		}
		b.write(strings.Repeat(" ", max(0, min(n, maxSpaces))))
	case "tab":
		b.write("\t")
	case "line-break":
		b.write("\n")
	case "soft-page-break":
		b.pageBreak(flow.Rendered)
	case "note":
		b.note, b.noted = w.depth(), nil
	case "annotation":
		b.comment = w.depth()
	case "section", "span", "hidden-text", "hidden-paragraph":
		if b.hidden == 0 && (e.attr("display") == "none" || e.attr("is-hidden") == "true" || b.document.styled(e.attr("style-name")).hidden) {
			b.hidden = w.depth()
		}
	case "page":
		b.startPage(e)
	case "notes":
		b.inNotes = w.depth()
	default:
		b.inFrame(e)
		b.inTable(w, e)
	}
}

// before reads the styles, until the document begins.
func (b *odfBody) before(e element) {
	switch e.name {
	case b.kind:
		if b.margin == nil {
			b.inside, b.document.rooted = true, true
		}
	case "style":
		b.style = e.attr("name")
		b.document.style(b.style, e)
	default:
		b.document.style(b.style, e)
	}
}

// aside leaves out what is not text, but looks at it.
func (b *odfBody) aside(w *walk, e element) {
	if e.name == "tracked-changes" {
		b.changed = w.depth()
		return
	}
	if e.name == "title" && (w.parent() == "p" || w.parent() == "h" || w.parent() == "span") {
		return // a field with the title of the document
	}
	if (e.name == "title" || e.name == "desc") && len(b.frames) > 0 {
		b.frames[len(b.frames)-1].described = true
	}
	w.skip()
}

func (b *odfBody) startParagraph(e element) {
	p := &odfParagraph{}
	if e.name == "h" {
		p.level, _ = strconv.Atoi(e.attr("outline-level"))
		p.level = max(1, min(p.level, 10))
	}
	if b.document.styled(e.attr("style-name")).breaks && len(b.stack) == 0 {
		b.pageBreak(flow.Hard)
	}
	b.stack = append(b.stack, p)
}

func (b *odfBody) pageBreak(brk flow.Break) {
	if b.kind != "text" || b.changed > 0 || len(b.stack) > 1 || b.margin != nil {
		return
	}
	if len(b.stack) == 1 {
		p := b.stack[0]
		b.stopped = b.stopped || !b.document.text.Add(flow.Paragraph{Text: p.text.String(), Level: p.level})
		p.text.Reset()
	}
	b.document.text.Break(brk)
}

// place is where a finding is: a place in a text, from 1, or a page.
func (b *odfBody) place() int {
	if b.margin != nil {
		return 0
	}
	if b.kind == "text" {
		return b.document.text.Here() + 1
	}
	return b.page.Number
}

func (b *odfBody) startPage(e element) {
	hidden := b.document.styled(e.attr("style-name")).hidden
	b.page = kb.ReadPage{Number: len(b.document.pages.list) + 1, Title: "", Hidden: hidden}
	b.title, b.body, b.notes, b.picture = lines{}, lines{}, lines{}, false
}

// inFrame looks at frames: placeholders, pictures, objects.
func (b *odfBody) inFrame(e element) {
	switch e.name {
	case "frame", "custom-shape":
		b.frames = append(b.frames, odfFrame{class: e.attr("class"), placeholder: e.attr("placeholder") == "true"})
	case "image", "object", "object-ole", "plugin", "fill-image":
		href := e.attr("href")
		if external(href) {
			b.document.found.add(kb.FindingExternalLink, b.place(), href)
		} else if e.name == "object-ole" || e.name == "plugin" {
			b.document.found.add(kb.FindingEmbeddedFile, b.place(), strings.TrimPrefix(href, "./"))
		}
		if len(b.frames) > 0 && b.inNotes == 0 {
			b.frames[len(b.frames)-1].picture = true
		}
		if e.name == "object" && !external(href) {
			b.object(resolve("content.xml", href) + "/content.xml")
		}
	}
}

// object adds the text of a chart or formula within the document. It does not follow
// objects within objects.
func (b *odfBody) object(name string) {
	if !b.document.archive.has(name) || b.inNotes > 0 {
		return
	}
	var out lines
	var line strings.Builder
	err := b.document.archive.walk(name, handler{
		start: func(w *walk, e element) error {
			if e.name == "table-rows" { // the figures
				w.skip()
			}
			return nil
		},
		text: func(w *walk, t []byte) {
			if in := w.open[len(w.open)-1]; in == "p" || in == "span" {
				line.Write(t)
			}
		},
		end: func(_ *walk, name string) error {
			if name == "p" {
				out.add(line.String(), false)
				line.Reset()
			}
			return nil
		},
	})
	if err != nil {
		b.document.found.add(kb.FindingUnchecked, b.place(), name)
	}
	if out.Len() > 0 {
		b.emit(flow.Paragraph{Text: out.String()})
	}
}
