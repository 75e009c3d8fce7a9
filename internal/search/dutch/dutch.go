// Package dutch turns Dutch text into the terms that are indexed and searched:
// one pipeline for both, so that what is typed meets what is written.
//
// The invariant: Version changes whenever the terms of any text change, since an
// index made by another version does not fit and is built anew.
package dutch

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/dutch"
	"golang.org/x/text/unicode/norm"

	"leerkring/internal/search/dutch/internal/lexicon"
)

// Version names the terms that this code makes.
const Version = "dutch-1"

// Token is one word of a text with the term it stands for.
type Token struct {
	// Term is what is indexed; empty for a word that is too common to index.
	Term string
	// Start and End are byte offsets in the text, End exclusive.
	Start, End int
}

// Analyzer makes terms. It remembers stems, so share one.
type Analyzer struct {
	seed  maphash.Seed
	stems [1 << 16]atomic.Pointer[stem]
	stop  map[string]bool
	words *lexicon.Words
}

type stem struct{ word, term string }

// New gives an analyzer, ready for many goroutines.
func New() *Analyzer {
	a := &Analyzer{seed: maphash.MakeSeed(), stop: make(map[string]bool, 256), words: loadWords()}
	for w := range strings.FieldsSeq(stopWords) {
		a.stop[w] = true
	}
	return a
}

// maxWord is the length in bytes after which a word is cut off: nobody types
// more, and a term may not grow without bound.
const maxWord = 100

// Tokens gives the words of a text in order. Words are runs of letters and
// digits; an apostrophe inside a word is part of it (foto's).
func (a *Analyzer) Tokens(text string, yield func(Token)) {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !wordRune(r) {
			i += size
			continue
		}
		end := wordEnd(text, i+size)
		yield(Token{Term: a.Term(text[i:end]), Start: i, End: end})
		i = end
	}
}

// wordEnd gives where the word ends that goes on at i.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if wordRune(r) || unicode.Is(unicode.Mn, r) {
			i += size
			continue
		}
		if r != '\'' && r != '’' {
			return i
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		if !unicode.IsLetter(next) {
			return i
		}
		i += size
	}
	return i
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// Term gives the term of one word, empty for a word that is too common to index.
func (a *Analyzer) Term(word string) string {
	slot := &a.stems[maphash.String(a.seed, word)&(1<<16-1)]
	if s := slot.Load(); s != nil && s.word == word {
		return s.term
	}
	s := &stem{word: strings.Clone(word), term: a.term(word)}
	slot.Store(s)
	return s.term
}

func (a *Analyzer) term(word string) string {
	w := fold(word)
	if a.stop[w] {
		return ""
	}
	if len(w) > maxWord {
		w = strings.ToValidUTF8(w[:maxWord], "")
	}
	if strings.ContainsAny(w, "0123456789") {
		return strings.Clone(w)
	}
	env := snowballstem.NewEnv(w)
	snowball.Stem(env)
	return strings.Clone(env.Current())
}

// fold writes a word in small letters without diacritics and apostrophes.
func fold(word string) string {
	ascii := true
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ReplaceAll(strings.ToLower(word), "'", "")
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		if r != '\'' && r != '’' && !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
