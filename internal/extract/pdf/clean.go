package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineEnd is what PDFium gives for a hyphen at the end of a line.
const lineEnd = '\ufffe'

// clean makes text of what PDFium gives: lines end in "\n", words that were broken at
// the end of a line are whole again, and control codes are gone.
func clean(raw string) string {
	var out strings.Builder
	out.Grow(len(raw))
	last := ' '    // the last rune written
	joins := false // after a hyphen at the end of a line
	for i, r := range raw {
		if joins && (r == '\r' || r == '\n') {
			continue
		}
		joins = r == lineEnd
		switch {
		case joins:
			rest := strings.TrimLeft(raw[i+utf8.RuneLen(r):], "\r\n")
			if !keepsHyphen(last, rest) {
				continue
			}
			r = '-'
		case r == '\n':
		case r == '\r' || r == '\u00ad' || r == '\ufeff' || r == utf8.RuneError || r != '\t' && unicode.IsControl(r):
			continue
		}
		out.WriteRune(r)
		last = r
	}
	return strings.TrimSpace(out.String())
}

// keepsHyphen reports whether a hyphen between two halves is part of the word, as in
// "A-weg", "2024-2025", "Noord-Holland" and "in- en uitvoer".
func keepsHyphen(before rune, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	if unicode.IsUpper(before) || unicode.IsDigit(before) || unicode.IsUpper(next) || unicode.IsDigit(next) {
		return true
	}
	word, _, _ := strings.Cut(strings.TrimLeft(after, " "), " ")
	return word == "en" || word == "of"
}
