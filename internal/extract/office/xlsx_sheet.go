package office

import (
	"path"
	"strconv"
	"strings"

	"leerkring/internal/kb"
)

// maxGap is how many empty cells between two cells keep their tabs.
const maxGap = 64

// sheet reads one sheet of a workbook.
type sheet struct {
	book *workbook
	page kb.ReadPage
	left int64 // bytes of text

	text   strings.Builder
	column int // the last one that was written in this row, from 1
	cell   cell
	value  strings.Builder
}

// cell is an open cell.
type cell struct {
	kind   string // t: s, inlineStr, str, b, e, n
	style  int
	column int
}

func (s *sheet) read(part string) error {
	s.book.pageOf[partKey(part)] = s.page.Number
	err := s.book.archive.walk(part, handler{
		start: func(w *walk, e element) error { s.start(w, e); return nil },
		end:   s.end,
		text: func(w *walk, b []byte) {
			if in := w.open[len(w.open)-1]; in == "v" || in == "t" {
				s.value.Write(b)
			}
		},
	})
	if s.page.Hidden {
		s.book.found.add(kb.FindingHiddenPage, s.page.Number, s.page.Title)
	}
	s.beside(part)
	s.page.Text = strings.TrimSpace(s.text.String())
	return err
}

func (s *sheet) start(w *walk, e element) {
	switch e.name {
	case "row":
		s.column = 0
		s.conceal(e, "row "+e.attr("r"))
	case "col":
		s.conceal(e, "column "+e.attr("min"))
	case "c":
		style, _ := strconv.Atoi(e.attr("s"))
		s.cell = cell{kind: e.attr("t"), style: style, column: columnOf(e.attr("r"))}
		s.value.Reset()
	case "rPh", "extLst":
		w.skip()
	}
}

func (s *sheet) conceal(e element, where string) {
	if hidden := e.attr("hidden"); hidden == "1" || hidden == "true" {
		s.book.found.add(kb.FindingHiddenText, s.page.Number, where)
	}
}

func (s *sheet) end(_ *walk, name string) error {
	if name != "c" {
		return nil
	}
	text := strings.TrimSpace(strings.ReplaceAll(s.shown(), "\t", " "))
	if text == "" {
		if s.cell.column == 0 {
			s.cell.column = s.column + 1
		}
		return nil
	}
	before := s.text.Len()
	s.separate()
	s.text.WriteString(text)
	if s.left -= int64(s.text.Len() - before); s.left < 0 {
		return errCut
	}
	return nil
}

// separate begins a line, or goes on to the column of the cell.
func (s *sheet) separate() {
	column := s.cell.column
	if column <= s.column {
		column = s.column + 1
	}
	gap := min(column-s.column, maxGap)
	if s.column == 0 {
		if s.text.Len() > 0 {
			s.text.WriteByte('\n')
		}
		gap = 0
	}
	s.text.WriteString(strings.Repeat("\t", gap))
	s.column = column
}

// shown gives the text of a cell as a person sees it.
func (s *sheet) shown() string {
	value := s.value.String()
	switch s.cell.kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && i >= 0 && i < len(s.book.strings) {
			return s.book.strings[i]
		}
		return ""
	case "inlineStr", "str", "e":
		return value
	case "d":
		if t := date(strings.TrimSpace(value)); t != nil {
			return t.Format("02-01-2006")
		}
		return value
	case "b":
		if strings.TrimSpace(value) == "1" {
			return "WAAR"
		}
		return "ONWAAR"
	}
	number, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil {
		return value
	}
	if s.cell.style < 0 || s.cell.style >= len(s.book.formats) {
		return general(number)
	}
	return s.book.formats[s.cell.style].show(number, s.book.from1904)
}

// columnOf gives the column of a reference like AB12, from 1, or 0.
func columnOf(reference string) int {
	column := 0
	for _, c := range reference {
		if c < 'A' || c > 'Z' || column > 1<<20 {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	return column
}

// beside reads what lies over a sheet or is said of it: shapes, charts and comments.
func (s *sheet) beside(part string) {
	relations, err := s.book.archive.relations(part)
	if err != nil {
		s.book.found.add(kb.FindingUnchecked, s.page.Number, path.Base(part))
	}
	for _, kind := range []string{"comments", "threadedComment"} {
		for _, name := range ofKind(relations, kind) {
			s.aside(name, s.comments)
		}
	}
	for _, name := range ofKind(relations, "drawing") {
		s.aside(name, func(name string) error { return s.add(s.book.archive.diagram(name)) })
		charts, err := s.book.archive.relations(name)
		if err != nil {
			s.book.found.add(kb.FindingUnchecked, s.page.Number, path.Base(name))
		}
		for _, chart := range ofKind(charts, "chart") {
			s.aside(chart, func(name string) error { return s.add(s.book.archive.chart(name)) })
		}
	}
}

func (s *sheet) add(text string, err error) error {
	if s.left -= int64(len(text)); text != "" && s.left >= 0 {
		s.text.WriteString("\n" + text)
	}
	return err
}

func (s *sheet) aside(name string, read func(string) error) {
	if !s.book.archive.has(name) {
		return
	}
	if err := read(name); err != nil {
		s.book.found.add(kb.FindingUnchecked, s.page.Number, path.Base(name))
	}
}

// comments counts the comments of a sheet; a thread has a copy of itself in the older
// form, which begins with a fixed sentence about programs that do not know threads.
func (s *sheet) comments(name string) error {
	var text strings.Builder
	return s.book.archive.walk(name, handler{
		text: func(w *walk, b []byte) {
			if in := w.open[len(w.open)-1]; in == "t" || in == "text" {
				text.Write(b)
			}
		},
		end: func(_ *walk, name string) error {
			if name == "comment" || name == "threadedComment" {
				if !strings.HasPrefix(text.String(), "[Threaded comment]") {
					s.book.found.add(kb.FindingComment, s.page.Number, text.String())
				}
				text.Reset()
			}
			return nil
		},
	})
}
