package kb

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form in which names are compared: lower case, without
// diacritics and apostrophes, and with one space for everything between words.
// "'s-Hertogenbosch" becomes "s hertogenbosch", "Súdwest-Fryslân" "sudwest
// fryslan". Folding twice is folding once.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, " ")) { // which leaves letters after other bytes as they are
		switch {
		case unicode.Is(unicode.Mn, r) || isApostrophe(r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		writeFolded(&b, unicode.ToLower(r))
	}
	return b.String()
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´' || r == 'ʼ'
}

// writeFolded writes a lower-case letter, those that Unicode does not take apart in Latin spelling.
func writeFolded(b *strings.Builder, r rune) {
	switch r {
	case 'ß':
		b.WriteString("ss")
	case 'æ':
		b.WriteString("ae")
	case 'œ':
		b.WriteString("oe")
	case 'ø':
		b.WriteByte('o')
	case 'đ', 'ð':
		b.WriteByte('d')
	case 'ł':
		b.WriteByte('l')
	case 'þ':
		b.WriteString("th")
	case 'ı':
		b.WriteByte('i')
	default:
		b.WriteRune(r)
	}
}
