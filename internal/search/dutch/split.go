package dutch

import (
	_ "embed"
	"fmt"
	"unicode/utf8"

	"leerkring/internal/search/dutch/internal/compound"
	"leerkring/internal/search/dutch/internal/lexicon"
)

//go:generate go run ./internal/counts

// compoundFamilies tells of every part of the compounds in the word list how many of
// them it begins and ends; internal/counts makes it of the list.
//
//go:embed data/compounds.txt
var compoundFamilies string

// Part is a part of a compound.
type Part = compound.Part

// newSplitter opens the splitter that is part of the program.
func newSplitter(words *lexicon.Words) *compound.Splitter {
	families, err := compound.ReadFamilies(compoundFamilies)
	if err != nil {
		panic(fmt.Sprintf("dutch: the compounds of the program are damaged: %v", err))
	}
	return compound.New(words, families, compound.Default())
}

// Split gives the two or more parts of a compound, nil for a word that is whole.
// It does not remember what it did; Parts does.
func (a *Analyzer) Split(word string) []Part {
	if !utf8.ValidString(word) {
		return nil
	}
	return a.splitter.Split(word)
}

// SplitAround gives the ways in which all but one piece of an unknown word are
// parts of a compound, so that the piece in the middle can be corrected: bedrijven
// and terein. Before or after is empty unless known pieces stand on both sides.
// The three together are the folded word; the longest known pieces come first.
func (a *Analyzer) SplitAround(word string, yield func(before, middle, after string)) {
	if utf8.ValidString(word) {
		a.splitter.Around(word, yield)
	}
}
