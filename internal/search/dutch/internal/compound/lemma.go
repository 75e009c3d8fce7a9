package compound

import (
	"strings"

	"leerkring/internal/search/dutch/internal/lexicon"
	"leerkring/internal/search/dutch/internal/spelling"
)

// lemma gives the dictionary's word for a part. The list knows it, but for plurals
// and adjectives that it has because they stand in compounds, without saying of
// what they are forms.
func (s *Splitter) lemma(word string, e lexicon.Entry) string {
	if l, ok := s.closed.lemmas[word]; ok {
		return l
	}
	if c := s.closed.classes[word]; c != 0 && c != ending {
		return word
	}
	if one, ok := s.uninflected(word, e); ok {
		return one
	}
	if unlinked(word, e) || e.Is(lexicon.Diminutive) && e.Lemma(word) != word {
		return s.singular(word, e)
	}
	if e.Is(lexicon.Noun) && e.Is(lexicon.Verb) && e.Is(lexicon.Begin) && !e.Is(lexicon.Plural) {
		return word // kunde, which the list has under kunnen
	}
	return e.Lemma(word)
}

// uninflected gives the adjective of which a last part is a form: gericht for
// gerichte. A noun like waarde begins compounds as well, and is no form of waard.
func (s *Splitter) uninflected(word string, e lexicon.Entry) (string, bool) {
	one, ok := strings.CutSuffix(word, "e")
	if !ok || e.Is(lexicon.Begin) || !e.Is(lexicon.Adjective|lexicon.Verb) {
		return "", false
	}
	for _, a := range spelling.Closed(one) {
		if f, listed := s.words.Find(a); listed && f.Is(lexicon.Adjective) {
			return a, true
		}
	}
	return "", false
}

// unlinked tells whether a word that is its own lemma may be a plural.
func unlinked(word string, e lexicon.Entry) bool {
	if e.Lemma(word) != word || e.Is(lexicon.Adjective) {
		return false
	}
	return e.Is(lexicon.Plural) && strings.HasSuffix(word, "en") || !e.Is(lexicon.Noun|lexicon.Verb) || strings.HasSuffix(word, "heden") || strings.HasSuffix(word, "jes")
}

// singular gives the noun of which a word is the plural or the diminutive. Of
// several, it is the one of which there are most compounds: drankje is drank, and
// drang only by its spelling.
func (s *Splitter) singular(word string, e lexicon.Entry) string {
	best := e.Lemma(word)
	most := -1
	if best != word {
		most = s.size(best)
	}
	ones := spelling.Singulars(word)
	if one, ok := strings.CutSuffix(word, "s"); ok && (strings.HasSuffix(one, "je") || !e.Is(lexicon.Noun)) {
		ones = append(ones, one)
	}
	for _, one := range ones {
		f, listed := s.words.Find(one)
		if listed && f.Is(lexicon.Noun|lexicon.Abbreviation|lexicon.Begin) && !f.Is(lexicon.Plural) && s.size(one) > most {
			best, most = one, s.size(one)
		}
	}
	return best
}

// size tells of how many compounds a word is a part.
func (s *Splitter) size(word string) int {
	z := s.families[word]
	return int(z.First) + int(z.Last)
}
