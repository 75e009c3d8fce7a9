package dutch

import (
	"fmt"

	"github.com/blevesearch/vellum/levenshtein"

	"leerkring/internal/search/dutch/internal/lexicon"
	"leerkring/internal/search/dutch/internal/spelling"
)

// maxEdits is how far apart words can be that Similar finds.
const maxEdits = 2

// nearness builds automata for words that are nearly alike, one builder for each
// number of edits.
type nearness [maxEdits]*levenshtein.LevenshteinAutomatonBuilder

func newNearness() nearness {
	var out nearness
	for i := range out {
		b, err := levenshtein.NewLevenshteinAutomatonBuilder(uint8(i+1), true)
		if err != nil {
			panic(fmt.Sprintf("dutch: no automaton for %d edits: %v", i+1, err))
		}
		out[i] = b
	}
	return out
}

// Similar gives the words of the Dutch and the English list that are at most 1 or
// 2 edits from a word, itself too: a letter more, less or changed, or two
// neighbours that changed places. They come folded (regios for regio's) and in
// the order of the alphabet.
func (a *Analyzer) Similar(word string, edits int, yield func(surface string)) {
	folded := spelling.Fold(word)
	if edits < 1 || edits > maxEdits || len(folded) > maxWord {
		return
	}
	dfa, err := a.near[edits-1].BuildDfa(folded, uint8(edits))
	if err != nil {
		return // too long a word to be one
	}
	a.words.Within(dfa, func(surface string, e lexicon.Entry) {
		if !e.Is(lexicon.Bound) {
			yield(surface)
		}
	})
}
