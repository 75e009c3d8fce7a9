package main

import (
	"maps"
	"slices"
	"strings"

	"leerkring/internal/search/dutch/internal/lexicon"
	"leerkring/internal/search/dutch/internal/spelling"
)

// addVerbs links the forms of verbs to their infinitives. The list marks
// infinitives, first persons and participles but does not say which belong
// together: the regular forms follow from the infinitive, the others from a table,
// and a form with a prefix from the form without.
func (c collection) addVerbs(irregular map[string][]string) {
	infinitives := map[string]bool{}
	for text, w := range c {
		if w.infinitive && strings.HasSuffix(text, "n") {
			infinitives[text] = true
		}
	}
	for _, infinitive := range slices.Sorted(maps.Keys(infinitives)) {
		for _, first := range c.firstPersons(infinitive) {
			for _, f := range spelling.Conjugate(infinitive, first) {
				c.addVerbForm(f, infinitive)
			}
		}
	}
	for _, infinitive := range slices.Sorted(maps.Keys(irregular)) {
		infinitives[infinitive] = true
		c.addVerbForm(infinitive, infinitive)
		for _, f := range irregular[infinitive] {
			c.addVerbForm(f, infinitive)
		}
	}
	c.addPrefixed(infinitives)
}

// addVerbForm notes that a word of the list is a form of a verb.
func (c collection) addVerbForm(text, infinitive string) {
	if w := c[text]; w != nil && !slices.Contains(w.verbs, infinitive) {
		w.verbs = append(w.verbs, infinitive)
	}
}

// firstPersons gives the first persons of a verb: those that the list marks, or
// else those that it has, or else the likeliest.
func (c collection) firstPersons(infinitive string) []string {
	all := spelling.Stems(infinitive)
	var marked, listed []string
	for _, s := range all {
		if w := c[s]; w != nil && w.root {
			marked = append(marked, s)
		} else if w != nil && w.flags&lexicon.Noun == 0 {
			listed = append(listed, s)
		}
	}
	switch {
	case marked != nil:
		return marked
	case listed != nil:
		return listed
	}
	return all[:min(1, len(all))]
}

// addPrefixed links forms such as aangeboden and verkocht, where the form without
// its beginning is that of a verb, and there is an infinitive with that beginning.
func (c collection) addPrefixed(infinitives map[string]bool) {
	direct := map[string][]string{}
	for text, w := range c {
		if len(w.verbs) > 0 {
			direct[text] = slices.Clone(w.verbs)
		}
	}
	for text := range c {
		for i := 2; i+3 <= len(text); i++ {
			for _, infinitive := range direct[text[i:]] {
				if infinitives[text[:i]+infinitive] {
					c.addVerbForm(text, text[:i]+infinitive)
				}
			}
		}
	}
}
