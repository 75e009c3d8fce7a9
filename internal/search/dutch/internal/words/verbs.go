package main

import (
	"maps"
	"slices"
	"strings"

	"leerkring/internal/search/dutch/internal/lexicon"
	"leerkring/internal/search/dutch/internal/spelling"
)

// rank tells how likely it is that a word is a form of a verb; less is likelier.
type rank int

// The ranks.
const (
	itself    rank = iota // the infinitive or the first person
	regular               // a form that follows from them
	irregular             // a form of the table: voer is of voeren before varen
	prefixed              // such a form with a prefix: gedacht is of denken before gedenken
)

// addVerbs links the forms of verbs to their infinitives. The list marks
// infinitives, first persons and participles but does not say which belong
// together: the regular forms follow from the infinitive, the others from a table,
// and a form with a prefix from the form without.
func (c collection) addVerbs(table map[string][]string) {
	infinitives := map[string]bool{}
	for text, w := range c {
		if w.infinitive && strings.HasSuffix(text, "n") || c.unmarked(text, w) {
			infinitives[text] = true
		}
	}
	for _, infinitive := range slices.Sorted(maps.Keys(infinitives)) {
		c.addVerbForm(infinitive, infinitive, itself)
		if first := c.firstPerson(infinitive); first != "" {
			c.addVerbForm(first, infinitive, itself)
			for _, f := range spelling.Conjugate(infinitive, first) {
				c.addVerbForm(f, infinitive, regular)
			}
		}
	}
	for infinitive, forms := range table {
		infinitives[infinitive] = true
		for _, f := range forms {
			c.addVerbForm(f, infinitive, irregular)
		}
	}
	c.addPrefixed(infinitives, table)
}

// unmarked tells whether a word is an infinitive that the list does not mark as
// one: it says nothing of it, but has its first person (aanvaarden).
func (c collection) unmarked(text string, w *word) bool {
	if w.flags != lexicon.Base || !w.small {
		return false
	}
	return slices.ContainsFunc(spelling.Stems(text), func(first string) bool {
		return c[first] != nil && c[first].root
	})
}

// addVerbForm notes that a word of the list is a form of a verb.
func (c collection) addVerbForm(text, infinitive string, r rank) {
	w := c[text]
	if w == nil {
		return
	}
	if w.verbs == nil {
		w.verbs = map[string]rank{}
	}
	if known, ok := w.verbs[infinitive]; !ok || r < known {
		w.verbs[infinitive] = r
	}
}

// firstPerson gives the first person of a verb: the likeliest that the list
// marks as one, or else that it has, or else the likeliest; empty for none.
func (c collection) firstPerson(infinitive string) string {
	all := spelling.Stems(infinitive)
	for _, s := range all {
		if w := c[s]; w != nil && (w.root || strings.HasSuffix(s, "t")) {
			return s
		}
	}
	for _, s := range all {
		if w := c[s]; w != nil && w.flags&lexicon.Noun == 0 {
			return s
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return ""
}

// addPrefixed links forms such as aangeboden and verkocht, where the form without
// its beginning is that of a verb, and there is an infinitive with that beginning.
// A participle loses its ge- behind some of them: gesproken, besproken.
func (c collection) addPrefixed(infinitives map[string]bool, table map[string][]string) {
	direct := map[string]map[string]rank{}
	for infinitive, forms := range table {
		for _, f := range forms {
			if bare, ok := strings.CutPrefix(f, "ge"); ok {
				at(direct, bare)[infinitive] = irregular
			}
		}
	}
	for text, w := range c {
		if w.verbs != nil {
			maps.Copy(at(direct, text), w.verbs)
		}
	}
	for text := range c {
		for i := 2; i+3 <= len(text); i++ {
			for infinitive, r := range direct[text[i:]] {
				if r == irregular {
					r = prefixed
				}
				if infinitives[text[:i]+infinitive] {
					c.addVerbForm(text, text[:i]+infinitive, r)
				}
			}
		}
	}
}

// at gives what a map of maps has for a key, and makes it when there is nothing.
func at[K, L comparable, V any](m map[K]map[L]V, key K) map[L]V {
	if m[key] == nil {
		m[key] = map[L]V{}
	}
	return m[key]
}
