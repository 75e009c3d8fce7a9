package dutch

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"leerkring/internal/search/dutch/internal/spelling"
)

// read gives the terms of a word as it is written: a number, a code or a word of
// letters, in one piece or in several.
func (a *Analyzer) read(word string) (term string, parts []string) {
	pieces := strings.FieldsFunc(word, separates)
	switch {
	case len(pieces) == 0:
		return "", nil
	case len(pieces) == 1 && !strings.ContainsFunc(word, unicode.IsDigit):
		return a.readLetters(pieces[0])
	case len(pieces) == 1:
		return spelling.Fold(word), nil
	case !slices.ContainsFunc(pieces, func(p string) bool { return !digit(p) }):
		return readNumber(word, pieces)
	case strings.ContainsAny(word, ".@:,") && longest(pieces) > 1:
		return spelling.Fold(strings.ToLower(word)), a.terms(pieces)
	case longest(pieces) == 1:
		term, _ = a.closed(spelling.Fold(strings.Join(pieces, "")))
		return term, nil // o.a., B&W
	}
	term, _ = a.closed(join(pieces))
	return term, without(a.terms(pieces), term)
}

// separates tells whether a sign stands between the pieces of a word.
func separates(r rune) bool {
	return spelling.Hyphen(r) || r == '–' || strings.ContainsRune(".,:@&", r)
}

func longest(pieces []string) int {
	n := 0
	for _, p := range pieces {
		n = max(n, len([]rune(p)))
	}
	return n
}

// join writes pieces as one word: with a hyphen only where two numbers meet, so
// that covid-19 is covid19 and 2019-2023 is no number.
func join(pieces []string) string {
	var b strings.Builder
	for i, p := range pieces {
		if i > 0 && digit(p[:1]) && digit(pieces[i-1][len(pieces[i-1])-1:]) {
			b.WriteByte('-')
		}
		b.WriteString(spelling.Fold(p))
	}
	return b.String()
}

// readLetters gives the terms of a word in one piece: those of what its capitals
// set apart (zaakType), or else of its parts.
func (a *Analyzer) readLetters(word string) (term string, parts []string) {
	folded := spelling.Fold(word)
	term, split := a.closed(folded)
	if term == "" {
		return "", nil
	}
	if pieces := humps(word); pieces != nil {
		return term, without(a.terms(pieces), term)
	}
	return term, without(a.partTerms(folded, split), term)
}

// terms gives the terms of pieces and of their parts, each once; single letters
// and digits are nothing to search for.
func (a *Analyzer) terms(pieces []string) []string {
	var out []string
	for _, p := range pieces {
		if len(p) < 2 {
			continue
		}
		w := a.recall(p)
		for _, t := range append([]string{w.term}, w.parts...) {
			if t != "" && !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// without leaves a term out.
func without(terms []string, term string) []string {
	terms = slices.DeleteFunc(terms, func(t string) bool { return t == term })
	if len(terms) == 0 {
		return nil
	}
	return terms
}

// humps takes a name of a program apart at its capitals: zaakType,
// begindatumTijdvakGeldigheidBAG. Nil for other words: StUF and DigiD are whole.
func humps(word string) []string {
	var out []string
	letters := []rune(word)
	from := 0
	for i := 1; i < len(letters); i++ {
		rises := unicode.IsLower(letters[i-1]) && unicode.IsUpper(letters[i])
		falls := i+1 < len(letters) && unicode.IsUpper(letters[i-1]) && unicode.IsUpper(letters[i]) && unicode.IsLower(letters[i+1])
		if rises || falls {
			out = append(out, string(letters[from:i]))
			from = i
		}
	}
	out = append(out, string(letters[from:]))
	if len(out) < 2 || len(out[0]) < 3 || slices.ContainsFunc(out, func(p string) bool { return len(p) < 2 }) {
		return nil
	}
	return out
}

// readNumber gives the terms of numbers with signs between: a date, a decimal, an
// article. Years are parts, since people look for one.
func readNumber(word string, pieces []string) (term string, parts []string) {
	if !strings.ContainsAny(word, ".,:") {
		if day, month, year, ok := date(pieces); ok {
			return strconv.Itoa(day) + "-" + strconv.Itoa(month) + "-" + year, []string{year}
		}
		for _, p := range pieces {
			if len(p) == 4 && !slices.Contains(parts, p) {
				parts = append(parts, p)
			}
		}
		return strings.Join(pieces, "-"), parts
	}
	whole, decimals, _ := strings.Cut(word, ",")
	if groups := strings.Split(whole, "."); thousands(groups) {
		whole = strings.Join(groups, "")
	}
	if decimals != "" {
		whole += "." + decimals
	}
	return whole, nil
}

// thousands tells whether full stops stand in a number for no more than the eye:
// 1.000 is 1000.
func thousands(groups []string) bool {
	for i, g := range groups {
		if i == 0 && (len(g) > 3 || g[0] == '0') || i > 0 && len(g) != 3 {
			return false
		}
	}
	return len(groups) > 1
}

// date reads day, month and year, or year, month and day.
func date(pieces []string) (day, month int, year string, ok bool) {
	if len(pieces) != 3 {
		return 0, 0, "", false
	}
	d, year := pieces[0], pieces[2]
	if len(d) == 4 {
		d, year = year, d
	}
	if len(d) > 2 || len(year) != 4 {
		return 0, 0, "", false
	}
	day, _ = strconv.Atoi(d)
	month, _ = strconv.Atoi(pieces[1])
	return day, month, year, day >= 1 && day <= 31 && month >= 1 && month <= 12 && len(pieces[1]) <= 2
}
