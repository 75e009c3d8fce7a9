package web

import "strings"

// readable takes the signs of Markdown out of runs of text, so that a card shows
// a sentence and not its markup: stars, hashes and list signs at the start of a
// line and table bars. White space becomes one space.
func readable(runs []run) []run {
	out := make([]run, 0, len(runs))
	s := stripper{lineStart: true, space: true}
	for _, r := range runs {
		if text := s.strip(r.Text); text != "" {
			out = append(out, run{text, r.Mark})
		}
	}
	if n := len(out); n > 0 {
		out[n-1].Text = strings.TrimRight(out[n-1].Text, " ")
	}
	return out
}

// stripper goes through a text that comes in pieces.
type stripper struct {
	lineStart bool // nothing but signs on this line yet
	space     bool // the last thing written was a space
	b         strings.Builder
}

func (s *stripper) strip(text string) string {
	s.b.Reset()
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case r == '\n':
			s.lineStart = true
			s.gap()
		case r == ' ' || r == '\t' || r == '\r' || r == '|' || r == '\u00a0':
			s.gap()
		case r == '*' || r == '`' || r == '_' && s.space:
		case s.lineStart && (r == '#' || r == '>' || r == '-' && listSign(runes[i+1:])):
		default:
			s.b.WriteRune(r)
			s.lineStart, s.space = false, false
		}
	}
	return s.b.String()
}

// gap writes a space, one for many.
func (s *stripper) gap() {
	if !s.space {
		s.b.WriteByte(' ')
		s.space = true
	}
}

// listSign tells the "-" of a list or a rule from that of a negative number, by
// what comes after it.
func listSign(after []rune) bool {
	return len(after) == 0 || after[0] == ' ' || strings.ContainsRune("-|:\n", after[0])
}
