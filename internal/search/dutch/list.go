package dutch

import (
	_ "embed"
	"fmt"

	"leerkring/internal/search/dutch/internal/lexicon"
)

// This file stands before split.go in the alphabet, and so in the order of go
// generate: the counts of that one are made of this list.
//
//go:generate go run ./internal/words

// The word list, which internal/words makes of the lists of OpenTaal and SCOWL;
// data/NOTICE.md has their licences.
var (
	//go:embed data/words.fst
	wordsFST []byte
	//go:embed data/readings.txt
	wordsReadings string
)

// loadWords opens the list that is part of the program.
func loadWords() *lexicon.Words {
	words, err := lexicon.Load(wordsFST, wordsReadings)
	if err != nil {
		panic(fmt.Sprintf("dutch: the word list of the program is damaged: %v", err))
	}
	return words
}
