package dutch

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"leerkring/internal/search/dutch/internal/spelling"
)

// nextWord gives where the next word of a text begins and ends from i on; the
// same place twice when there is none.
func nextWord(text string, i int) (start, end int) {
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			if alphanumeric(c) {
				return i, wordEnd(text, i)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if wordRune(r) {
			return i, wordEnd(text, i)
		}
		i += size
	}
	return i, i
}

// wordEnd gives where the word ends that begins at start.
func wordEnd(text string, start int) int {
	piece := start // where the letters and digits after the last sign begin
	for i := start; ; {
		for i < len(text) && alphanumeric(text[i]) {
			i++
		}
		if i == len(text) {
			return i
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r >= utf8.RuneSelf && wordRune(r) {
			i += size
			continue
		}
		if n := marks(text[i:]); n > 0 {
			i += n
			continue
		}
		if !holds(text[start:i], text[piece:i], r, text[i+size:]) {
			return i
		}
		i += size
		piece = i
	}
}

// marks gives how many bytes of diacritics and invisible signs belong to the word
// before them: all up to the last diacritic, or all if the word goes on.
func marks(rest string) int {
	n := 0
	for i, r := range rest {
		if r < utf8.RuneSelf || !spelling.Mark(r) {
			if wordRune(r) {
				return i
			}
			break
		}
		if unicode.Is(unicode.Mn, r) {
			n = i + utf8.RuneLen(r)
		}
	}
	return n
}

// holds tells whether a sign holds the word before it and the rest of the text
// together. piece is the end of the word, after its last sign.
func holds(word, piece string, sign rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	if !wordRune(next) {
		return false
	}
	numbers := digit(piece[len(piece)-1:]) && unicode.IsDigit(next)
	switch {
	case spelling.Hyphen(sign):
		return true
	case sign == '–':
		return numbers
	case spelling.Apostrophe(sign):
		return unicode.IsLetter(next)
	case sign == ':':
		return numbers
	case sign == ',':
		return numbers && !strings.Contains(word, ",") && len(lead(rest)) <= 2
	case sign == '.':
		return numbers || holdsDot(piece, lead(rest))
	case sign == '@':
		return true
	case sign == '&':
		return utf8.RuneCountInString(piece) == 1 && utf8.RuneCountInString(lead(rest)) == 1
	}
	return false
}

// holdsDot tells whether a full stop stands inside a word: in an abbreviation
// (o.a.), a code (NL.IMRO.0003) or the name of a site, and not after a sentence.
func holdsDot(before, after string) bool {
	if utf8.RuneCountInString(before) == 1 && utf8.RuneCountInString(after) == 1 {
		return true
	}
	if len(before) > 1 && len(after) > 1 && capitals(before) && capitals(after) {
		return true
	}
	switch after {
	case "nl", "com", "org", "eu", "net", "be":
		return true
	}
	return strings.EqualFold(before, "www")
}

// lead gives the letters and digits that a text begins with.
func lead(text string) string {
	for i, r := range text {
		if !wordRune(r) {
			return text[:i]
		}
	}
	return text
}

// capitals tells whether a piece is made of capitals and digits.
func capitals(piece string) bool {
	for _, r := range piece {
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// digit tells whether a text is made of plain digits, and is not empty.
func digit(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

func alphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return alphanumeric(byte(r))
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
