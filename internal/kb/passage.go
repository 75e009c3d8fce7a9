package kb

import (
	"strings"
	"unicode/utf8"
)

// PassageAround gives the text around text[start:end] in one line, with at most so many
// bytes on either side, and the place that is meant in it. start and end are between
// two signs.
func PassageAround(text string, start, end, bytes int) (string, TextRange) {
	lead := strings.TrimLeft(OneLine(TextBefore(text, start, bytes)), " ")
	meant := OneLine(text[start:end])
	tail := strings.TrimRight(OneLine(TextAfter(text, end, bytes)), " ")
	from := UTF16Length(lead)
	return lead + meant + tail, TextRange{Start: from, End: from + UTF16Length(meant)}
}

// TextBefore gives at most n bytes of whole signs before a place.
func TextBefore(text string, at, n int) string {
	from := max(0, at-n)
	for from < at && !utf8.RuneStart(text[from]) {
		from++
	}
	return text[from:at]
}

// TextAfter gives at most n bytes of whole signs after a place.
func TextAfter(text string, at, n int) string {
	to := min(len(text), at+n)
	for to > at && to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	return text[at:to]
}

// OneLine writes line ends, other control codes and what is not UTF-8 as spaces.
func OneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)
}

// UTF16Length is how long a text is in UTF-16 code units, in which clients count.
func UTF16Length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}
