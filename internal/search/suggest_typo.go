package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	minRetyped = 5 // letters of a word that may hold a typing error
	maxRetyped = 3 // other beginnings that are tried
)

// retyped gives what may have been meant by a beginning that leads nowhere: the
// first word that begins nothing readable, or else the last, with one edit undone
// after its first letter.
func (v *view) retyped(t *typed, rd *readable) []*typed {
	at := slices.IndexFunc(t.words, func(w string) bool { return !v.begins(w, rd) })
	if at < 0 {
		at = len(t.words) - 1
	}
	word := t.words[at]
	if utf8.RuneCountInString(word) < minRetyped {
		return nil
	}
	var out []*typed
	for _, other := range v.beginnings(word, rd) {
		words := slices.Clone(t.words)
		words[at] = other
		text := strings.Join(words, " ")
		before := ""
		if len(words) > 1 {
			before = strings.Join(words[:len(words)-1], " ") + " "
		}
		out = append(out, &typed{before: before, words: words, text: text, title: titleKey(text)})
	}
	return out
}

// begins reports whether a readable label has a word that begins so.
func (v *view) begins(word string, rd *readable) bool {
	found := false
	for s := range v.segments {
		col := &v.segments[s].cols.values[colWord]
		col.eachIn(beginning(col.values, word), func(d, _ uint32) { found = found || rd.sets[s].has(d) })
	}
	return found
}

// beginnings gives what words of readable labels begin with that is one edit from
// a word, the cheapest edit first, then what most of them begin with.
func (v *view) beginnings(word string, rd *readable) []string {
	counts := map[string]int{}
	for s := range v.segments {
		col := &v.segments[s].cols.values[colWord]
		same := beginning(col.values, word[:1])
		for ord := same.from; ord < same.to; ord++ {
			if n := nearBeginning(col.values[ord], word); n > 0 {
				col.eachIn(ordinalSpan{ord, ord + 1}, func(d, _ uint32) {
					if rd.sets[s].has(d) {
						counts[col.values[ord][:n]]++
					}
				})
			}
		}
	}
	type other struct {
		text string
		cost float64
	}
	list := make([]other, 0, len(counts))
	for text := range counts {
		list = append(list, other{text, edits(word, text)})
	}
	slices.SortFunc(list, func(a, b other) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(counts[b.text], counts[a.text]), cmp.Compare(a.text, b.text))
	})
	var out []string
	for _, o := range list[:min(len(list), maxRetyped)] {
		out = append(out, o.text)
	}
	return out
}

// nearBeginning gives the length in bytes of the beginning of a value that is one
// edit from a word; 0 when there is none.
func nearBeginning(value, word string) int {
	i := 0
	for i < len(value) && i < len(word) && value[i] == word[i] {
		i++
	}
	if i == len(word) {
		return 0 // the value begins so
	}
	rest, typed := value[i:], word[i:]
	swapped := len(typed) > 1 && len(rest) > 1 && rest[0] == typed[1] && rest[1] == typed[0]
	switch {
	case swapped && strings.HasPrefix(rest[2:], typed[2:]):
		return len(word)
	case strings.HasPrefix(rest, typed[1:]): // one too many
		return len(word) - 1
	case rest == "":
		return 0
	case strings.HasPrefix(rest[1:], typed[1:]): // one for another
		return len(word)
	case strings.HasPrefix(rest[1:], typed): // one was left out
		return len(word) + 1
	}
	return 0
}
