package main

import (
	"cmp"
	"maps"
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
	if len(l) < 3 && len(text) < 5 {
		l = text // bis is no form of bi
	}
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
		return f.english(text, w)
	case w.onlyName():
		return f.named(text, w)
	}
	if one := f.singular(text, w); one != "" {
		return one
	}
	switch {
	case strings.HasSuffix(text, "ere") && f.words[text[:len(text)-1]].compares():
		return text[:len(text)-1]
	case w.counts && !w.plain && len(w.degree) > 0 && strings.HasSuffix(text, "e"):
		return first(text, w.degree) // a werkloze is werkloos
	case w.counts && !(strings.HasSuffix(text, "je") && len(w.noun) > 0):
		return text
	case len(w.noun) > 0:
		return first(text, w.noun)
	case w.adjective && !w.participle(text):
		return text
	case w.flags&lexicon.Noun != 0 && w.verbs == nil:
		return text
	case len(w.degree) > 0:
		return first(text, w.degree)
	case slices.ContainsFunc(w.verb, func(base string) bool { return f.apart[base] && !f.words[base].infinitive }):
		return first(text, w.verb)
	case w.verbs != nil:
		return f.verb(text, w)
	case len(w.verb) > 0:
		return first(text, w.verb)
	}
	return f.compound(text)
}

// english gives what an English word is a form of.
func (f *families) english(text string, w *word) string {
	if w.english == nil {
		return first(text, f.words.undouble(text))
	}
	return first(text, w.english)
}

// compares tells whether a word is the comparative of an adjective.
func (w *word) compares() bool { return w != nil && len(w.degree) > 0 }

// participle tells whether an adjective is the form of a verb too: gewerkt,
// gesloten; but hees is not one of hijsen.
func (w *word) participle(text string) bool {
	if w.verbs == nil {
		return false
	}
	return w.past || strings.HasSuffix(text, "end") || strings.Contains(text, "ge") && strings.HasSuffix(text, "en")
}

// first picks one base of several: the likeliest by its spelling, or else the
// shortest, or else the first in the alphabet.
func first(text string, bases []string) string {
	if len(bases) == 0 {
		return text
	}
	likely := spelling.Singulars(text)
	if stem, ok := strings.CutSuffix(text, "e"); ok {
		likely = spelling.Closed(stem)
	}
	for _, one := range likely {
		if slices.Contains(bases, one) {
			return one
		}
	}
	return slices.MinFunc(bases, shorter)
}

func shorter(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
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
// of, by the rules of spelling: the list has many plurals that it does not link. It
// may have one of its own when it is a diminutive: pleintje is plein.
func (f *families) singular(text string, w *word) string {
	if w.counts && !strings.HasSuffix(text, "je") || len(w.noun) > 0 || w.adjective || len(w.degree) > 0 {
		return ""
	}
	if w.flags&lexicon.Noun == 0 && w.verbs != nil {
		return ""
	}
	if all := f.singulars(text); len(all) > 0 {
		return all[0]
	}
	return ""
}

// singulars gives the nouns of the list that a word may be the plural or the
// diminutive of by its spelling, likeliest first.
func (f *families) singulars(text string) []string {
	return slices.DeleteFunc(spelling.Singulars(text), func(one string) bool {
		w := f.words[one]
		return w == nil || w.flags&lexicon.Noun == 0 || w.onlyName() || len(w.noun) > 0 || one == text
	})
}

// verb gives the lemma of a form of a verb: the noun that is its first person
// (werk for werken), or else the infinitive, unless that is a form of another word
// (wegen is the plural of weg) or a place (Leiden): then the first person.
func (f *families) verb(text string, w *word) string {
	infinitive := slices.MinFunc(slices.Collect(maps.Keys(w.verbs)), func(a, b string) int {
		// gebeurt is of gebeuren before beuren, and gemeld of melden before melen.
		return cmp.Or(cmp.Compare(w.verbs[a], w.verbs[b]), cmp.Compare(common(b, text), common(a, text)), shorter(b, a))
	})
	first := f.words.firstPerson(infinitive)
	o := f.words[first]
	switch {
	case o != nil && o.flags&lexicon.Noun != 0 && len(o.noun) == 0 && o.ends():
		return first
	case text != infinitive && (f.apart[infinitive] || f.lemma(infinitive) != infinitive) && o != nil:
		return first
	}
	return infinitive
}

// common is the length of the beginning that two words share.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
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
