package office

import (
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/extract/text/flow"
	"leerkring/internal/kb"
)

// story reads one run of text of a DOCX: the body, a header, the notes. (Word calls it
// that.) It keeps what is open in slices rather than in calls, so that no nesting is too
// deep for it.
type story struct {
	docx   *docx
	emit   func(flow.Paragraph) bool
	breaks bool // it has pages, and its findings have places
	rooted bool // the root is the expected one

	paragraphs []*wordParagraph // open: a text box stands within a paragraph
	tables     []*wordTable     // open
	drawings   []wordDrawing    // open
	choices    []bool           // of the open alternatives: one was taken
	deleted    int              // depth of what was deleted, 0 for none
	lost       strings.Builder  // its text
	hidden     bool             // the run is
	vanished   strings.Builder  // hidden text of the paragraph
	stopped    bool
}

type wordParagraph struct {
	text    strings.Builder
	notes   []string
	level   int
	list    numbered
	hidden  bool // by its style
	later   []flow.Paragraph
	started bool // something of it was emitted
}

type wordTable struct {
	rows, cells, widest int
	header              bool
	written             bool // there is text in the row
	second              bool // the next paragraph begins a cell beside another
	depth               int  // of paragraphs around it
}

type wordDrawing struct {
	picture, described bool
}

func (s *story) handler(roots ...string) handler {
	return handler{
		start: func(w *walk, e element) error {
			if w.depth() == 1 {
				if s.rooted = slices.Contains(roots, e.name); !s.rooted {
					w.skip()
					return nil
				}
			}
			s.start(w, e)
			return s.full()
		},
		end: func(w *walk, name string) error {
			s.end(w, name)
			return s.full()
		},
		text: func(w *walk, b []byte) {
			switch w.open[len(w.open)-1] {
			case "t":
				s.write(string(b))
			case "delText":
				s.lost.Write(b)
			case "instrText":
				s.instruction(string(b))
			}
		},
	}
}

func (s *story) full() error {
	if s.stopped {
		return errCut
	}
	return nil
}

func (s *story) start(w *walk, e element) {
	switch e.name {
	case "AlternateContent":
		s.choices = append(s.choices, false)
	case "Choice", "Fallback":
		s.choose(w, e.name)
	case "p":
		if w.parent() != "sdtPr" {
			s.paragraphs = append(s.paragraphs, &wordParagraph{})
		}
	case "r":
		s.hidden = s.styleHidden()
	case "tbl":
		s.tables = append(s.tables, &wordTable{depth: len(s.paragraphs)})
	case "del", "moveFrom":
		if parent := w.parent(); parent != "rPr" && parent != "trPr" && parent != "numberingChange" && s.deleted == 0 {
			s.deleted = w.depth()
		}
	case "ins", "moveTo":
		if parent := w.parent(); parent != "rPr" && parent != "trPr" {
			s.note(kb.FindingTrackedChange, "")
		}
	case "docPr", "cNvPr", "decorative", "drawing", "pict", "pic", "imagedata", "chart", "shape":
		s.drawing(e)
	case "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblGridChange":
		w.skip() // how it was formatted before
	default:
		s.inRow(w, e)
		s.inProperties(w, e)
		s.inRun(w, e)
	}
}

// choose takes the first of several ways to say the same thing.
func (s *story) choose(w *walk, name string) {
	if len(s.choices) == 0 || name == "Fallback" || s.choices[len(s.choices)-1] {
		w.skip()
		return
	}
	s.choices[len(s.choices)-1] = true
}

func (s *story) inRow(w *walk, e element) {
	if len(s.tables) == 0 {
		return
	}
	t := s.tables[len(s.tables)-1]
	switch e.name {
	case "tr":
		t.rows, t.cells, t.second, t.written = t.rows+1, 0, false, false
	case "tc":
		t.cells++
		t.widest = max(t.widest, t.cells)
		t.second = t.written
	case "tblHeader":
		t.header = t.header || t.rows == 1 && e.on()
	}
}

func (s *story) inProperties(w *walk, e element) {
	p := s.paragraph()
	if p == nil {
		return
	}
	switch {
	case e.name == "pStyle":
		style := s.docx.styles[e.attr("val")]
		p.level, p.hidden, p.list = style.level, style.hidden, style.list
	case e.name == "outlineLvl" && w.parent() == "pPr":
		p.level = outlineLevel(e)
	case e.name == "numId":
		p.list.list = e.attr("val")
	case e.name == "ilvl":
		p.list.level, _ = strconv.Atoi(e.attr("val"))
	case e.name == "vanish" && w.parent() == "rPr" && w.depth() > 2 && w.open[len(w.open)-3] == "r":
		s.hidden = e.on()
	case e.name == "rStyle":
		s.hidden = s.hidden || s.docx.styles[e.attr("val")].hidden
	}
}

func (s *story) inRun(w *walk, e element) {
	switch e.name {
	case "tab", "ptab":
		if w.parent() == "r" {
			s.write("\t")
		}
	case "br", "cr":
		if e.attr("type") == "page" {
			s.pageBreak(flow.Hard)
		} else {
			s.write("\n")
		}
	case "lastRenderedPageBreak":
		s.pageBreak(flow.Rendered)
	case "noBreakHyphen":
		s.write("-")
	case "footnoteReference", "endnoteReference":
		if p := s.paragraph(); p != nil && s.deleted == 0 {
			p.notes = append(p.notes, s.docx.notes[strings.TrimSuffix(e.name, "Reference")+e.attr("id")])
		}
	case "commentReference":
		if text, known := s.docx.comments[e.attr("id")]; known && s.breaks {
			s.note(kb.FindingComment, text)
			delete(s.docx.comments, e.attr("id"))
		}
	case "subDoc", "altChunk":
		s.note(kb.FindingUnchecked, e.name)
	}
}

func (s *story) paragraph() *wordParagraph {
	if len(s.paragraphs) == 0 {
		return nil
	}
	return s.paragraphs[len(s.paragraphs)-1]
}

func (s *story) styleHidden() bool { p := s.paragraph(); return p != nil && p.hidden }

func (s *story) write(text string) {
	p := s.paragraph()
	switch {
	case s.deleted > 0:
		s.lost.WriteString(text)
	case p == nil:
	case s.hidden:
		s.vanished.WriteString(text)
	default:
		p.text.WriteString(text)
	}
}

// instruction finds fields that fetch something when the document is opened.
func (s *story) instruction(text string) {
	first, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	switch strings.ToUpper(first) {
	case "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "DDE", "DDEAUTO":
		s.note(kb.FindingExternalLink, strings.TrimSpace(text))
	}
}

func (s *story) note(of kb.FindingType, passage string) {
	place := 0
	if s.breaks {
		place = s.docx.text.Here() + 1
	}
	s.docx.found.add(of, place, passage)
}

// pageBreak ends a page in the midst of a paragraph, of the body itself.
func (s *story) pageBreak(b flow.Break) {
	if !s.breaks || len(s.paragraphs) != 1 || s.deleted > 0 {
		return
	}
	s.flush(s.paragraphs[0], false)
	s.docx.text.Break(b)
}
