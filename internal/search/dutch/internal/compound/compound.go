// Package compound takes Dutch compounds apart: arbeidsmarktregio is arbeid, markt
// and regio.
//
// The invariant: the parts of a split cover the whole word. Every part is a word
// of the list, or what stands between hyphens, or at most one unknown first part
// (a name) in front of a noun; so a listed word that happens to be inside another
// (rein in terreinen) is never a part.
//
// Of all the ways to cover a word the cheapest wins, and it wins from leaving the
// word whole if it costs less than that. price.go says what things cost and where
// the prices come from.
package compound

import (
	"strings"

	"leerkring/internal/search/dutch/internal/lexicon"
	"leerkring/internal/search/dutch/internal/spelling"
)

// Part is a part of a compound.
type Part struct {
	// Surface is what stands in the word, folded, with linking letters: arbeids.
	// The surfaces of all parts together are the folded word.
	Surface string
	// Lemma is the word it is, as in a dictionary: arbeid.
	Lemma string
}

// maxLetters is the length in bytes above which nothing is taken for a compound.
const maxLetters = 60

// Splitter splits, for many goroutines.
type Splitter struct {
	words    *lexicon.Words
	families Families
	price    Weights
	closed   closed
}

// New gives a splitter by a word list, the families of its words and prices.
func New(words *lexicon.Words, families Families, price Weights) *Splitter {
	return &Splitter{words: words, families: families, price: price, closed: closedWords()}
}

// Split gives the two or more parts of a word as it is written, nil when it is no
// compound.
func (s *Splitter) Split(word string) []Part {
	folded, hyphens := join(word)
	if len(folded) > maxLetters || len(folded) < 4 {
		return nil
	}
	return s.split(folded, hyphens)
}

// join folds a word and tells after which bytes of it a hyphen stood.
func join(word string) (folded string, hyphens uint64) {
	for {
		i := strings.IndexFunc(word, spelling.Hyphen)
		if i < 0 {
			return folded + spelling.Fold(word), hyphens
		}
		folded += spelling.Fold(word[:i])
		if n := len(folded); n > 0 && n < maxLetters {
			hyphens |= 1 << n
		}
		word = strings.TrimLeftFunc(word[i:], spelling.Hyphen)
		if word == "" {
			return folded, hyphens &^ (1 << len(folded))
		}
	}
}

func (s *Splitter) split(folded string, hyphens uint64) []Part {
	e, listed := s.words.Find(folded)
	if listed && hyphens == 0 {
		if never(e) {
			return nil
		}
		if lemma := e.Lemma(folded); lemma != folded && e.Is(lexicon.Inflected) {
			return graft(s.split(lemma, 0), folded)
		}
	}
	c := s.cover(folded, hyphens)
	if _, tail := s.closed.tails[folded[c.last:]]; hyphens != 0 || tail {
		listed = false // Fransman is a name, Franstalig and Noord-Brabant are compounds
	}
	whole := s.whole(folded, e, listed)
	if first := c.begins(); first == particle || first == prefix {
		whole -= s.lexical(folded)
	}
	if c.best < whole {
		if s.derived(folded, c.begins()) {
			return nil
		}
		return c.parts()
	}
	if listed || hyphens != 0 {
		return nil
	}
	return s.afterUnknown(folded, whole)
}

// never tells of a listed word that it is no compound, whatever covers it: a form
// of a verb. What may be a noun as well (tegenstem) is left to the prices.
func never(e lexicon.Entry) bool {
	return e.Is(lexicon.Verb) && !e.Is(lexicon.Noun|lexicon.Root)
}

// graft gives the parts of a form when those of its lemma are known: a form is
// split where its lemma is, and whole when that is whole.
func graft(parts []Part, form string) []Part {
	if parts == nil {
		return nil
	}
	last := len(parts) - 1
	at := 0
	for _, p := range parts[:last] {
		at += len(p.Surface)
		if !strings.HasPrefix(form, p.Surface) {
			return nil
		}
		form = form[len(p.Surface):]
	}
	if form == "" {
		return nil
	}
	parts[last].Surface = form
	return parts
}

// derived tells whether a word is made by a suffix of a word that is whole:
// noodzakelijkheid of noodzakelijk, or of a verb with a particle: overstroming of
// overstromen. A mantelzorger is a zorger, whether or not one can mantelzorgen.
func (s *Splitter) derived(folded string, first class) bool {
	for _, d := range s.closed.suffixes {
		base, ok := strings.CutSuffix(folded, d.suffix)
		if !ok || len(base) < 3 {
			continue
		}
		base += d.base
		e, listed := s.words.Find(base)
		switch {
		case !listed || e.Is(lexicon.Name|lexicon.Abbreviation):
		case d.verb && e.Is(lexicon.Verb) && first == particle:
			return true
		case !d.verb && s.split(base, 0) == nil:
			return true
		}
	}
	return false
}
