// Package dutch turns Dutch text into the terms that are indexed and searched:
// one pipeline for both, word by word and without looking at the words around it,
// so that what is typed always meets what is written. The words of a language
// that stand among others are recognised the same way: a word that is in the
// English list and not in the Dutch one is English wherever it stands. To guess
// the language of a whole text would make a term depend on its neighbours, and a
// query of two words has no neighbours.
//
// The invariant: Version changes whenever the terms of any text change, since an
// index made by another version does not fit and is built anew.
package dutch

import (
	"fmt"
	"hash/crc32"
	"hash/maphash"
	"strings"
	"sync/atomic"

	"leerkring/internal/search/dutch/internal/compound"
	"leerkring/internal/search/dutch/internal/lexicon"
	"leerkring/internal/search/dutch/internal/spelling"
)

// Version names the terms that this code, its word list and its compounds make.
func Version() string {
	return fmt.Sprintf("dutch-3 %s %08x", wordsVersion, crc32.ChecksumIEEE([]byte(compoundFamilies)))
}

// Token is one word of a text with the terms it stands for.
type Token struct {
	// Term is the stem of the whole word, which is what is indexed; empty for a
	// word that is too common to index.
	Term string
	// Parts are the terms of the parts of a compound, and of neighbouring parts
	// together that are a word: arbeid, markt, regio and arbeidsmarkt for
	// arbeidsmarktregio. Nil for other words. They are shared: do not change them.
	Parts []string
	// Start and End are byte offsets in the text, End exclusive.
	Start, End int
}

// Analyzer makes terms. It remembers words, so share one.
type Analyzer struct {
	seed     maphash.Seed
	memory   [places]atomic.Pointer[analysis]
	stop     map[string]bool
	words    *lexicon.Words
	splitter *compound.Splitter
	near     nearness
}

// analysis is what there is to know of one word as it is written.
type analysis struct {
	word, term string
	parts      []string
}

// New gives an analyzer, ready for many goroutines.
func New() *Analyzer {
	words := loadWords()
	a := &Analyzer{
		seed: maphash.MakeSeed(), stop: make(map[string]bool, 512),
		words: words, near: newNearness(), splitter: newSplitter(words),
	}
	for w := range strings.FieldsSeq(stopWords) {
		a.stop[w] = true
	}
	return a
}

// maxWord is the length in bytes after which a word is cut off: nobody types
// more, and a term may not grow without bound.
const maxWord = 100

// Tokens gives the words of a text in order. A word is a run of letters and
// digits with the signs that hold it together: foto's, arbeidsmarkt-regio, o.a.,
// 3.1, 2019-2023, NL.IMRO.0003.
func (a *Analyzer) Tokens(text string, yield func(Token)) {
	Words(text, func(start, end int) {
		w := a.recall(text[start:end])
		yield(Token{Term: w.term, Parts: w.parts, Start: start, End: end})
	})
}

// Words gives where the words of a text stand, in bytes, end exclusive.
func Words(text string, yield func(start, end int)) {
	for i := 0; i < len(text); {
		start, end := nextWord(text, i)
		if start == end {
			return
		}
		yield(start, end)
		i = end
	}
}

// Term gives the term of one word, empty for a word that is too common to index.
func (a *Analyzer) Term(word string) string { return a.recall(word).term }

// Parts gives what Token.Parts holds, for one word.
func (a *Analyzer) Parts(word string) []string { return a.recall(word).parts }

// Known tells whether a word is in the Dutch or the English list, however it is
// spelt in capitals, diacritics and hyphens.
func (a *Analyzer) Known(word string) bool {
	e, ok := a.words.Find(spelling.Fold(word))
	return ok && !e.Is(lexicon.Bound)
}

// places is how many words are remembered: those of some ten thousand documents,
// in at most 40 MB.
const places = 1 << 18

// recall analyses a word, or remembers how it did so before. Each word has two
// places, and takes the other one's only when both are taken.
func (a *Analyzer) recall(word string) *analysis {
	hash := maphash.String(a.seed, word)
	one, two := &a.memory[hash%places], &a.memory[hash>>32%places]
	w := one.Load()
	if w != nil && w.word == word {
		return w
	}
	if w2 := two.Load(); w2 != nil && w2.word == word {
		return w2
	} else if w != nil && (w2 == nil || hash>>63 == 0) {
		one = two
	}
	w = a.analyse(strings.Clone(word))
	if len(word) <= 2*maxWord {
		one.Store(w)
	}
	return w
}

func (a *Analyzer) analyse(word string) *analysis {
	cut := word
	if len(cut) > maxWord {
		cut = strings.ToValidUTF8(cut[:maxWord], "")
	}
	out := &analysis{word: word}
	out.term, out.parts = a.read(cut)
	return out
}
