package main

import (
	"cmp"
	"slices"
	"strings"

	"leerkring/internal/search/dutch/internal/lexicon"
	"leerkring/internal/search/dutch/internal/spelling"
)

// families gives every word of a collection its lemma.
type families struct {
	words collection
	// apart are words that stay by themselves, irregular the singulars of forms.
	apart     map[string]bool
	irregular map[string]string
	lemmas    map[string]string
}

// lemma gives the word that stands for the family of a word. It is its own lemma:
// lemma(lemma(x)) is lemma(x).
func (f *families) lemma(text string) string {
	if l, ok := f.lemmas[text]; ok {
		return l
	}
	f.lemmas[text] = text // what leads back to itself ends here
	l := f.next(text)
	if l != text {
		l = f.lemma(l)
	}
	f.lemmas[text] = l
	return l
}

// next gives the word that a word is a form of, and itself when it is none. Where
// there are several readings, the noun goes before the adjective and that before
// the verb, and what is a word by itself before what is a form.
func (f *families) next(text string) string {
	w := f.words[text]
	switch {
	case w == nil || f.apart[text]:
		return text
	case f.irregular[text] != "":
		return f.irregular[text]
	case w.flags&lexicon.English != 0:
		return first(text, w.english)
	case w.onlyName():
		return f.named(text, w)
	}
	if one := f.singular(text, w); one != "" {
		return one
	}
	switch {
	case w.counts && len(w.degree) > 0 && !strings.HasSuffix(text, "ere"):
		return first(text, w.degree) // a werkloze is werkloos
	case w.counts:
		return text
	case len(w.noun) > 0:
		return first(text, w.noun)
	case w.adjective:
		return text
	case w.flags&lexicon.Noun != 0 && len(w.verbs) == 0:
		return text
	case len(w.degree) > 0:
		return first(text, w.degree)
	case len(w.verbs) > 0:
		return f.verb(text, w)
	case len(w.name) > 0:
		return text
	}
	return f.compound(text)
}

// first picks one base of several: the shortest, and of those the first in the
// alphabet.
func first(text string, bases []string) string {
	if len(bases) == 0 {
		return text
	}
	return slices.MinFunc(bases, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
}

// named gives what a name that has no other reading is a form of: Utrechts and
// Utrechtse are forms of Utrecht, but Vries is not one of Vrie.
func (f *families) named(text string, w *word) string {
	if w.counts || w.person || len(w.name) == 0 {
		return text
	}
	return first(text, w.name)
}

// singular gives the noun that a word without a plural of its own is the plural
// of, by the rules of spelling: the list has many plurals that it does not link.
func (f *families) singular(text string, w *word) string {
	if w.counts || len(w.noun) > 0 || w.adjective || len(w.degree) > 0 {
		return ""
	}
	if w.flags&lexicon.Noun == 0 && len(w.verbs) > 0 {
		return ""
	}
	for _, one := range spelling.Singulars(text) {
		if o := f.words[one]; o != nil && o.flags&lexicon.Noun != 0 && !o.onlyName() && len(o.noun) == 0 {
			return one
		}
	}
	return ""
}

// verb gives the lemma of a form of a verb: the noun that is its first person
// (werk for werken), or else the infinitive.
func (f *families) verb(text string, w *word) string {
	infinitive := first(text, w.verbs)
	if slices.Contains(w.verbs, text) {
		infinitive = text
	}
	for _, s := range f.words.firstPersons(infinitive) {
		o := f.words[s]
		if o != nil && o.root && o.flags&lexicon.Noun != 0 && len(o.noun) == 0 && o.ends() {
			return s
		}
	}
	return infinitive
}

// ends tells whether a noun stands by itself: not only at the beginning of
// compounds, as woon does.
func (w *word) ends() bool { return w.counts || w.flags&lexicon.End != 0 }

// compound gives the lemma of a word of which the list says nothing but that it
// exists, by the longest word at its end that is a form of a noun: woonplannen is
// a form of woonplan, since plannen is one of plan.
func (f *families) compound(text string) string {
	for i := 2; i+4 <= len(text); i++ {
		w := f.words[text[i:]]
		if w == nil || w.onlyName() || w.flags&(lexicon.Noun|lexicon.Adjective) == 0 || w.flags&lexicon.English != 0 {
			continue
		}
		if _, ok := f.words[text[:i]]; !ok && !linked(f.words, text[:i]) {
			continue
		}
		return text[:i] + f.lemma(text[i:])
	}
	return text
}

// linked tells whether the beginning of a compound is a word with a linking
// letter.
func linked(c collection, beginning string) bool {
	for _, link := range []string{"s", "e", "en", "er"} {
		if one, ok := strings.CutSuffix(beginning, link); ok && c[one] != nil {
			return true
		}
	}
	return false
}
