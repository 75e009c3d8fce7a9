package dutch

import (
	"leerkring/internal/search/dutch/internal/lexicon"
	"leerkring/internal/search/dutch/internal/spelling"
)

// Ordinary tells whether a word means something besides the names that are written
// like it, in Dutch or English: best and huizen do, soesterberg does not.
func (a *Analyzer) Ordinary(word string) bool {
	const otherwise = lexicon.Noun | lexicon.Verb | lexicon.Adjective | lexicon.Abbreviation | lexicon.English
	folded := spelling.Fold(word)
	e, ok := a.words.Find(folded)
	return a.stop[folded] || ok && !e.Is(lexicon.Bound) && (!e.Is(lexicon.Name) || e.Is(otherwise))
}
