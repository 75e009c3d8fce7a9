// Package spelling holds what is regular in the spelling of Dutch words, for the
// analysis and for the program that makes its word list: both must do it alike.
package spelling

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold writes a word in small letters, without diacritics, apostrophes, hyphens
// and invisible characters, and with ligatures (ĳ, ﬁ, ß) in full. Folding twice
// changes nothing.
func Fold(word string) string {
	plain := true
	for i := 0; i < len(word); i++ {
		if c := word[i]; c >= utf8.RuneSelf || c == '\'' || c == '-' || c == '`' || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return word
	}
	var b strings.Builder
	b.Grow(len(word))
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(word, "")) {
		if Mark(r) || Hyphen(r) || Apostrophe(r) {
			continue
		}
		switch r = unicode.ToLower(r); r {
		case 'ß':
			b.WriteString("ss")
		case 'æ':
			b.WriteString("ae")
		case 'œ':
			b.WriteString("oe")
		case 'ø':
			b.WriteByte('o')
		case 'ı':
			b.WriteByte('i')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Apostrophe tells whether a rune is written for an apostrophe.
func Apostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '`', '´', 'ʼ', '\u2032', '\uff07':
		return true
	}
	return false
}

// Hyphen tells whether a rune is written for a hyphen inside a word.
func Hyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '\u2011' }

// Mark tells whether a rune is a diacritic or an invisible sign inside a word: a
// soft hyphen, a joiner.
func Mark(r rune) bool {
	return unicode.Is(unicode.Mn, r) || r == '\u00ad' || r >= '\u200b' && r <= '\u200d' || r == '\u2060' || r == '\ufeff'
}
