package office

import (
	"strings"

	"leerkring/internal/extract/text/flow"
	"leerkring/internal/kb"
)

func (s *story) end(w *walk, name string) {
	switch name {
	case "AlternateContent":
		if len(s.choices) > 0 {
			s.choices = s.choices[:len(s.choices)-1]
		}
	case "p":
		s.endParagraph()
	case "r":
		s.hidden = false
	case "tbl":
		s.endTable()
	case "tr":
		if len(s.tables) > 0 {
			s.tables[len(s.tables)-1].second = false
		}
	case "del", "moveFrom":
		if s.deleted == w.depth() {
			s.note(kb.FindingTrackedChange, s.lost.String())
			s.lost.Reset()
			s.deleted = 0
		}
	case "drawing", "pict":
		s.endDrawing()
	}
}

func (s *story) endParagraph() {
	p := s.paragraph()
	if p == nil {
		return
	}
	s.paragraphs = s.paragraphs[:len(s.paragraphs)-1]
	if s.vanished.Len() > 0 {
		s.note(kb.FindingHiddenText, s.vanished.String())
		s.vanished.Reset()
	}
	s.flush(p, true)
}

// flush emits what a paragraph holds so far. The paragraphs of a text box wait for the
// end of the paragraph in which the box stands.
func (s *story) flush(p *wordParagraph, done bool) {
	text := p.text.String()
	p.text.Reset()
	if strings.TrimSpace(text) != "" && !p.started {
		p.started = true
		if number := s.docx.numbering.next(p.list); number != "" {
			text = number + " " + strings.TrimLeft(text, "\t ")
		}
	}
	out := []flow.Paragraph{{Text: text, Level: p.level, Cell: s.besides(text), Notes: strings.Join(p.notes, "\n")}}
	p.notes = nil
	if done {
		out = append(out, p.later...)
	}
	if host := s.paragraph(); done && host != nil {
		for _, x := range out {
			if strings.TrimSpace(x.Text) != "" || x.Notes != "" {
				host.later = append(host.later, x)
			}
		}
		return
	}
	for _, x := range out {
		s.stopped = s.stopped || !s.emit(x)
	}
}

// besides reports whether a paragraph stands in a row beside the one before it.
func (s *story) besides(text string) bool {
	if len(s.tables) == 0 || strings.TrimSpace(text) == "" {
		return false
	}
	t := s.tables[len(s.tables)-1]
	beside := t.second && t.depth == len(s.paragraphs)
	t.second, t.written = false, true
	return beside
}

func (s *story) endTable() {
	if len(s.tables) == 0 {
		return
	}
	t := s.tables[len(s.tables)-1]
	s.tables = s.tables[:len(s.tables)-1]
	if t.rows > 1 && t.widest > 1 && !t.header && s.breaks {
		s.note(kb.FindingNoTableHeader, "")
	}
}

// drawing looks for pictures, and whether somebody described them.
func (s *story) drawing(e element) {
	if e.name == "drawing" || e.name == "pict" {
		s.drawings = append(s.drawings, wordDrawing{})
	}
	if len(s.drawings) == 0 {
		return
	}
	d := &s.drawings[len(s.drawings)-1]
	switch e.name {
	case "docPr", "cNvPr":
		d.described = d.described || described(e)
	case "shape":
		d.described = d.described || strings.TrimSpace(e.attr("alt")) != ""
	case "decorative":
		d.described = d.described || e.on()
	case "pic", "imagedata", "chart":
		d.picture = true
	}
}

// described reports whether the properties of a drawing say what it shows.
func described(e element) bool {
	return strings.TrimSpace(e.attr("descr")) != "" || strings.TrimSpace(e.attr("title")) != ""
}

func (s *story) endDrawing() {
	if len(s.drawings) == 0 {
		return
	}
	d := s.drawings[len(s.drawings)-1]
	s.drawings = s.drawings[:len(s.drawings)-1]
	if !d.picture || !s.breaks || s.deleted > 0 {
		return
	}
	s.docx.pictures = true
	s.docx.text.Content()
	if !d.described {
		s.note(kb.FindingNoAlternative, "")
	}
}
