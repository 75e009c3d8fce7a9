package office

import (
	"strings"

	"leerkring/internal/kb"
)

// slide reads one slide, or the page of its notes.
type slide struct {
	deck      *deck
	page      kb.ReadPage
	relations []relation
	targets   map[string]string // parts by id
	notes     bool
	hidden    bool
	pictures  bool

	shapes  []shape // open
	choices []bool  // of the open alternatives: one was taken
	title   lines
	body    lines
	line    strings.Builder // of the open paragraph
	outer   int             // depth of it, 0 for none
	field   bool            // a number or date that a program puts there
	tables  []wordTable     // open
}

// shape is an open shape of a slide.
type shape struct {
	placeholder                            string
	isPlaceholder, described, picture, pic bool
}

// lines gathers lines of text, some of which stand beside the one before them.
type lines struct{ strings.Builder }

func (l *lines) add(text string, beside bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	if l.Len() > 0 && beside {
		l.WriteByte('\t')
	} else if l.Len() > 0 {
		l.WriteByte('\n')
	}
	l.WriteString(text)
}

// result gives the heading, and all text with the heading first.
func (s *slide) result() (title, text string) {
	title = shortPassage(s.title.String())
	return title, strings.Trim(s.title.String()+"\n"+s.body.String(), "\n")
}

func (s *slide) handler() handler {
	return handler{
		start: func(w *walk, e element) error { s.start(w, e); return nil },
		end:   func(w *walk, name string) error { s.end(w, name); return nil },
		text: func(w *walk, b []byte) {
			if w.open[len(w.open)-1] == "t" && !s.field && s.outer > 0 {
				s.line.Write(b)
			}
		},
	}
}

func (s *slide) start(w *walk, e element) {
	switch e.name {
	case "AlternateContent":
		s.choices = append(s.choices, false)
	case "Choice", "Fallback":
		if len(s.choices) == 0 || e.name == "Fallback" || s.choices[len(s.choices)-1] {
			w.skip()
			return
		}
		s.choices[len(s.choices)-1] = true
	case "sld":
		s.hidden = e.attr("show") == "0" || e.attr("show") == "false"
	case "sp", "pic", "graphicFrame":
		s.shapes = append(s.shapes, shape{pic: e.name == "pic"})
	case "p":
		s.outer = w.depth()
		s.line.Reset()
	case "br":
		s.line.WriteByte('\n')
	case "tab":
		if w.parent() == "r" {
			s.line.WriteByte('\t')
		}
	case "fld":
		kind := e.attr("type")
		s.field = kind == "slidenum" || strings.HasPrefix(kind, "datetime")
	case "relIds":
		s.part(e.relation("dm"), (*archive).diagram)
	case "chart":
		s.part(e.relation("id"), (*archive).chart)
		s.picture()
	default:
		s.inShape(e)
		s.inTable(e)
	}
}

func (s *slide) inShape(e element) {
	if len(s.shapes) == 0 {
		return
	}
	sh := &s.shapes[len(s.shapes)-1]
	switch e.name {
	case "ph":
		sh.isPlaceholder, sh.placeholder = true, e.attr("type")
	case "cNvPr":
		sh.described = sh.described || described(e)
	case "decorative":
		sh.described = sh.described || e.on()
	case "blip":
		sh.picture = sh.picture || sh.pic
	}
}

func (s *slide) picture() {
	if len(s.shapes) > 0 {
		s.shapes[len(s.shapes)-1].picture = true
	}
}

func (s *slide) inTable(e element) {
	switch e.name {
	case "tbl":
		s.tables = append(s.tables, wordTable{})
		return
	case "tr", "tc", "tblPr":
	default:
		return
	}
	if len(s.tables) == 0 {
		return
	}
	t := &s.tables[len(s.tables)-1]
	switch e.name {
	case "tblPr":
		t.header = e.attr("firstRow") == "1" || e.attr("firstRow") == "true"
	case "tr":
		t.rows, t.cells, t.second, t.written = t.rows+1, 0, false, false
	case "tc":
		t.cells++
		t.widest = max(t.widest, t.cells)
		t.second = t.written
	}
}

func (s *slide) end(w *walk, name string) {
	switch name {
	case "AlternateContent":
		if len(s.choices) > 0 {
			s.choices = s.choices[:len(s.choices)-1]
		}
	case "p":
		if s.outer == w.depth() {
			s.endLine()
		}
	case "fld":
		s.field = false
	case "tbl":
		if len(s.tables) > 0 {
			t := s.tables[len(s.tables)-1]
			s.tables = s.tables[:len(s.tables)-1]
			if t.rows > 1 && t.widest > 1 && !t.header {
				s.deck.found.add(kb.FindingNoTableHeader, s.page.Number, "")
			}
		}
	case "sp", "pic", "graphicFrame":
		s.endShape()
	}
}

func (s *slide) endLine() {
	text := strings.ReplaceAll(s.line.String(), "_x000B_", "\n")
	s.outer = 0
	s.line.Reset()
	of := ""
	if len(s.shapes) > 0 {
		of = s.shapes[len(s.shapes)-1].placeholder
		if s.notes && (!s.shapes[len(s.shapes)-1].isPlaceholder || of != "body") {
			return
		}
	}
	if len(s.tables) > 0 && strings.TrimSpace(text) != "" {
		t := &s.tables[len(s.tables)-1]
		s.body.add(text, t.second)
		t.second, t.written = false, true
		return
	}
	switch of {
	case "title", "ctrTitle":
		s.title.add(text, false)
	case "sldNum", "dt":
	case "ftr", "hdr":
		if !s.deck.footers[text] && len(s.deck.footers) < 1000 {
			s.deck.footers[text] = true
			s.body.add(text, false)
		}
	default:
		s.body.add(text, false)
	}
}

func (s *slide) endShape() {
	if len(s.shapes) == 0 {
		return
	}
	sh := s.shapes[len(s.shapes)-1]
	s.shapes = s.shapes[:len(s.shapes)-1]
	if sh.picture && !s.notes {
		s.pictures = true
		if !sh.described {
			s.deck.found.add(kb.FindingNoAlternative, s.page.Number, "")
		}
	}
}

// part adds the text of a part that is shown within the slide.
func (s *slide) part(id string, read func(*archive, string) (string, error)) {
	part, ok := s.targets[id]
	if !ok || s.notes {
		return
	}
	s.deck.aside(s, part, func() error {
		text, err := read(s.deck.archive, part)
		s.body.add(text, false)
		return err
	})
}
