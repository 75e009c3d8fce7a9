package search

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/vellum/levenshtein"

	"leerkring/internal/search/dutch"
)

// correction is a word of the collection that may have been meant.
type correction struct {
	// term is what is indexed, surface how the word is shown; of any correction but
	// the best it may be the term.
	term, surface string
	cost          float64 // of the edits, as edits gives it
	documents     int     // readable ones that hold it
}

// likelihood is how a correction is ranked: the logarithm of how often the word
// is written, less a penalty per edit (Kernighan, Church, Gale: A Spelling
// Correction Program, 1990). A whole edit weighs as much as 150 times the
// documents, a slip instead of another letter as much as 7 times.
func (c *correction) likelihood() float64 { return math.Log(float64(c.documents)) - 5*c.cost }

const (
	maxCorrections = 5
	maxCorrectable = 40     // letters; longer ones are not words that somebody meant
	maxWeighed     = 16     // words of the collection of which the documents are counted
	maxLookedUp    = 64     // words of the list that are looked up in the collection
	maxWays        = 2      // ways to see a word as a compound with one piece that is wrong
	maxPieces      = 6      // such pieces, also inside of others
	enough         = 10_000 // documents; more say nothing more
	// rarely is how few documents may hold a word for a search with more edits to
	// go on: the words nearest to what was typed are then often misspelt themselves.
	rarely = 2
	// rareAmong is among how many documents a word must be in one at most for a
	// better one to be looked for.
	rareAmong = 10_000
	// costPieces is added for a compound that is not there as a whole, only its parts.
	costPieces = 2
	// muchMore is how many times the documents a word must have to be proposed in
	// place of one that is there.
	muchMore = 50
)

// corrector finds what was meant by words that are not in the collection. It is
// for many goroutines.
type corrector struct {
	words    *dutch.Analyzer
	automata [3]*levenshtein.LevenshteinAutomatonBuilder // by number of edits; the first is not used
}

func newCorrector(words *dutch.Analyzer) (*corrector, error) {
	c := &corrector{words: words}
	for n := 1; n < len(c.automata); n++ {
		var err error
		if c.automata[n], err = levenshtein.NewLevenshteinAutomatonBuilder(uint8(n), true); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// maxEdits is how many edits a word may be away from what was typed: 1 from 4
// letters, 2 from 8. Numbers and what holds one are taken as they are.
func maxEdits(word string) int {
	letters := utf8.RuneCountInString(word)
	switch {
	case letters < 4 || letters > maxCorrectable || strings.ContainsFunc(word, notLetter):
		return 0
	case letters < 8:
		return 1
	}
	return 2
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// correct gives at most 5 words that readable documents hold and that may have
// been meant by a folded word with the given term, which none of them holds;
// best first. Words at one edit come from anywhere, those at two begin alike.
func (v *view) correct(ctx context.Context, c *corrector, word, term string, rd *readable) ([]correction, error) {
	var out []correction
	for n := 1; n <= maxEdits(word); n++ {
		found, err := v.within(ctx, c, word, term, n, rd)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			near := proposals{}
			c.pieces(word, n, near)
			if found, err = v.weigh(ctx, c, near, rd); err != nil {
				return nil, err
			}
		}
		out = merge(out, found)
		if len(out) > 0 && out[0].documents > rarely {
			break
		}
	}
	out = out[:min(len(out), maxCorrections)]
	if len(out) == 0 {
		return nil, nil
	}
	for i := range out[1:] {
		out[i+1].surface = cmp.Or(out[i+1].surface, out[i+1].term)
	}
	return out, v.show(c, word, &out[0], rd)
}

// better gives a word at one edit that is in many more readable documents than a
// word that is in a few; ok is false when there is none, or when the word is one
// of the language.
func (v *view) better(ctx context.Context, c *corrector, word, term string, rd *readable) (best correction, ok bool, err error) {
	if maxEdits(word) == 0 || c.words.Known(word) {
		return best, false, nil
	}
	rare := max(rarely, rd.n/rareAmong)
	own, err := v.documents(term, rd, rare+1)
	if err != nil || own > rare {
		return best, false, err
	}
	found, err := v.within(ctx, c, word, term, 1, rd)
	if err != nil {
		return best, false, err
	}
	i := slices.IndexFunc(found, func(f correction) bool { return f.term != term && f.documents >= muchMore*max(1, own) })
	if i < 0 {
		return best, false, nil
	}
	best = found[i]
	return best, true, v.show(c, word, &best, rd)
}

// within gives the words of the collection that are n edits from a word.
func (v *view) within(ctx context.Context, c *corrector, word, term string, n int, rd *readable) ([]correction, error) {
	near := proposals{}
	if err := v.near(ctx, c.automata[n], term, n, near); err != nil {
		return nil, err
	}
	c.similar(piece{word: word}, n, near)
	return v.weigh(ctx, c, near, rd)
}

// proposals are words that may be in the collection. Those of its dictionaries and
// those of the list of words are kept apart, since a word of a dictionary may
// stand only where the actor may not read.
type proposals map[proposal]correction

type proposal struct {
	term   string
	listed bool
}

// add keeps the cheapest way to a term.
func (p proposals) add(c correction) {
	name := proposal{c.term, c.surface != ""}
	if known, ok := p[name]; !ok || c.cost < known.cost {
		p[name] = c
	}
}

// near adds the terms of the dictionaries that are n edits from a term.
func (v *view) near(ctx context.Context, builder *levenshtein.LevenshteinAutomatonBuilder, term string, n int, out proposals) error {
	if term == "" {
		return nil
	}
	automaton, err := builder.BuildDfa(term, uint8(n))
	if err != nil {
		return err
	}
	from, to := []byte("a"), []byte(nil) // numbers come before letters
	if n > 1 {
		from, to = []byte{term[0]}, []byte{term[0] + 1}
	}
	for s := range v.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		dict, err := v.segments[s].Segment().Dictionary(fieldText)
		if err != nil {
			return err
		}
		terms := dict.AutomatonIterator(automaton, from, to)
		for {
			entry, err := terms.Next()
			if err != nil {
				return err
			}
			if entry == nil {
				break
			}
			if _, ok := out[proposal{term: entry.Term}]; !ok && !strings.ContainsFunc(entry.Term, notLetter) {
				out.add(correction{term: entry.Term, cost: edits(term, entry.Term)})
			}
		}
	}
	return nil
}

// weigh counts the documents of the cheapest proposals and gives those that
// readable documents hold, best first.
func (v *view) weigh(ctx context.Context, c *corrector, near proposals, rd *readable) ([]correction, error) {
	list := slices.Collect(maps.Values(near))
	cheapestFirst(list)
	var out []correction
	for _, p := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(out, func(cheaper correction) bool { return cheaper.term == p.term }) {
			continue
		}
		var err error
		if p.documents, err = v.documents(p.term, rd, enough); err == nil && p.documents == 0 && p.surface != "" {
			p.cost += costPieces
			p.documents, err = v.inPieces(c, p.surface, rd)
		}
		if err != nil {
			return nil, err
		}
		if p.documents > 0 {
			out = append(out, p)
		}
		if len(out) == maxWeighed {
			break
		}
	}
	return merge(nil, out), nil
}

func cheapestFirst(list []correction) {
	slices.SortFunc(list, func(a, b correction) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.term, b.term), cmp.Compare(a.surface, b.surface))
	})
}

// merge puts two lists together, each term once, best first.
func merge(a, b []correction) []correction {
	for _, c := range b {
		if !slices.ContainsFunc(a, func(known correction) bool { return known.term == c.term }) {
			a = append(a, c)
		}
	}
	slices.SortStableFunc(a, func(a, b correction) int { return cmp.Compare(b.likelihood(), a.likelihood()) })
	return a
}
