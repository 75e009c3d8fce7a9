package search

import (
	"strings"
	"unicode"

	"leerkring/internal/kb"
)

// What is suggested while somebody types stands in two columns: the words of a
// label, and the names that are used for it as a whole. Each value is folded; one
// that is written otherwise has that behind a tab, which sorts before any letter,
// so that values that begin alike lie together.
const asWritten = "\t"

const maxStart = 60 // bytes of a folded word or name; longer ones are not typed

// startWords gives the words of a label.
func startWords(label string) []string {
	var out []string
	for _, word := range strings.FieldsFunc(label, betweenWords) {
		if v, ok := startValue(word); ok {
			out = append(out, v)
		}
	}
	return out
}

func betweenWords(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && r != '\'' && r != '’'
}

// startNames gives the names of a document: keywords, other names, the labels of
// its themes.
func startNames(d *kb.Document) []string {
	var out []string
	add := func(name string) {
		if v, ok := startValue(name); ok {
			out = append(out, v)
		}
	}
	for _, k := range d.Keywords {
		add(k)
	}
	for _, t := range d.Themes {
		if len(t.Texts) > 0 {
			add(t.Texts[0])
		}
	}
	return out
}

// startValue folds a word or name of 2 to 60 bytes.
func startValue(written string) (value string, ok bool) {
	folded := kb.Fold(written)
	if len(folded) < 2 || len(folded) > maxStart {
		return "", false
	}
	lower := strings.Join(strings.Fields(strings.ToLower(written)), " ")
	if lower == folded {
		return folded, true
	}
	return folded + asWritten + lower, true
}

// splitStart takes a value apart again.
func splitStart(value string) (folded, written string) {
	folded, written, ok := strings.Cut(value, asWritten)
	if !ok {
		written = folded
	}
	return folded, written
}
