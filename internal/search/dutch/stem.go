package dutch

import (
	"slices"
	"strings"

	"leerkring/internal/search/dutch/internal/lexicon"
	"leerkring/internal/search/dutch/internal/spelling"
)

// closed gives the term of a folded word, and the parts of it as a compound. The
// term is the lemma of the list, or for a word that is not in it what the list and
// the rules of spelling say of its end. It is empty for a stop word.
func (a *Analyzer) closed(folded string) (term string, parts []Part) {
	if a.stop[folded] {
		return "", nil
	}
	parts = a.Split(folded)
	if e, ok := a.words.Find(folded); ok {
		return e.Lemma(folded), parts
	}
	if today := a.respell(folded); today != folded {
		return a.closed(today)
	}
	if parts != nil {
		last := parts[len(parts)-1]
		return strings.TrimSuffix(folded, last.Surface) + a.head(last), parts
	}
	if lemma, ok := a.byEnd(folded); ok {
		return lemma, nil
	}
	return spelling.Stem(folded), nil
}

// respell gives the spelling of the list for a word as it was spelt before 1996,
// with a k for a c: aktie, kultureel, produkten. Other words stay.
func (a *Analyzer) respell(folded string) string {
	for i := range len(folded) {
		if folded[i] != 'k' {
			continue
		}
		today := folded[:i] + "c" + folded[i+1:]
		if e, ok := a.words.Find(today); ok && !e.Is(lexicon.English|lexicon.Name|lexicon.Abbreviation|lexicon.Bound) {
			return today
		}
	}
	return folded
}

// head gives the lemma of the last part of a compound: that of the list, so that
// polis is one thing alone and behind another word.
func (a *Analyzer) head(p Part) string {
	if e, ok := a.words.Find(p.Surface); ok {
		return e.Lemma(p.Surface)
	}
	return p.Lemma
}

// partTerms gives the terms of the parts of a compound and of the parts of those,
// and of neighbouring parts together that are a word of the list: arbeidsmarkt in
// arbeidsmarktregio. Each stands in it once.
func (a *Analyzer) partTerms(folded string, parts []Part) []string {
	var out []string
	add := func(terms ...string) {
		for _, t := range terms {
			if t != "" && !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	for i, p := range parts {
		lemma := p.Lemma
		if i == len(parts)-1 {
			lemma = a.head(p)
		}
		if len(lemma) >= len(folded) {
			continue // no part is longer than the whole, and this ends
		}
		w := a.recall(lemma)
		add(w.term)
		add(w.parts...)
	}
	for i := range parts {
		add(a.joins(parts[i:], len(parts)-1)...)
	}
	return out
}

// joins gives the terms of the first parts together that are a word of the list,
// for two up to a number of them.
func (a *Analyzer) joins(parts []Part, most int) []string {
	var out []string
	joined := parts[0].Surface
	for _, p := range parts[1:min(most, len(parts))] {
		if e, ok := a.words.Find(joined + p.Lemma); ok && !e.Is(lexicon.Bound|lexicon.English) {
			out = append(out, e.Lemma(joined+p.Lemma))
		}
		joined += p.Surface
	}
	return out
}

// minEnd and minVerb are how long a word at the end of an unknown one is at least,
// minRest what stands in front of it.
const (
	minEnd  = 4
	minVerb = 6
	minRest = 3
	// minSame is how many letters its lemma begins with too: verschuiving ends in
	// ving, and does not come of vangen.
	minSame = 3
)

// byEnd gives the lemma of a word that is not in the list by the longest word of
// the list that it ends in: klimaatbestendigheidsplannen ends in plannen, so it is
// klimaatbestendigheidsplan. A form of a verb counts only behind another word.
func (a *Analyzer) byEnd(folded string) (string, bool) {
	for i := minRest; i+minEnd <= len(folded); i++ {
		e, ok := a.words.Find(folded[i:])
		if !ok || e.Is(lexicon.English) || !e.Is(lexicon.Noun|lexicon.Verb|lexicon.Adjective) {
			continue
		}
		if e.Is(lexicon.Verb) && !e.Is(lexicon.Noun|lexicon.Adjective) {
			if _, ok := a.words.Find(folded[:i]); !ok || i+minVerb > len(folded) {
				continue
			}
		}
		if lemma := e.Lemma(folded[i:]); strings.HasPrefix(lemma, folded[i:i+minSame]) {
			return folded[:i] + lemma, true
		}
	}
	return "", false
}
