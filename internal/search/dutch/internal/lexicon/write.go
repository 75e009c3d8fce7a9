package lexicon

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/blevesearch/vellum"
)

// Word is a word to write down.
type Word struct {
	Flags Flags
	Lemma string
}

// Write makes the two halves of a list of folded words.
func Write(words map[string]Word) (transducer []byte, readings string, err error) {
	entries := make(map[string]Entry, len(words))
	count := map[Entry]int{}
	for text, w := range words {
		e := entryOf(text, w)
		entries[text] = e
		count[e]++
	}
	// Frequent readings get small numbers, which the transducer writes in less.
	order := slices.SortedFunc(maps.Keys(count), func(a, b Entry) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.String(), b.String()))
	})
	number := make(map[Entry]uint64, len(order))
	var table strings.Builder
	for i, e := range order {
		number[e] = uint64(i)
		fmt.Fprintln(&table, e)
	}
	var out bytes.Buffer
	builder, err := vellum.New(&out, nil)
	if err != nil {
		return nil, "", err
	}
	for _, text := range slices.Sorted(maps.Keys(entries)) {
		if err := builder.Insert([]byte(text), number[entries[text]]); err != nil {
			return nil, "", fmt.Errorf("%q: %w", text, err)
		}
	}
	if err := builder.Close(); err != nil {
		return nil, "", err
	}
	return out.Bytes(), table.String(), nil
}

// entryOf tells how a lemma is made of a word: what to cut and what to add.
func entryOf(text string, w Word) Entry {
	same := 0
	for same < len(text) && same < len(w.Lemma) && text[same] == w.Lemma[same] {
		same++
	}
	return Entry{Flags: w.Flags, cut: len(text) - same, add: w.Lemma[same:]}
}
