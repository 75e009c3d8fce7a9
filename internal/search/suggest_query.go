package search

import (
	"cmp"
	"slices"
	"strings"

	"leerkring/internal/kb"
)

// maxQueries is how many ways to go on are looked at.
const maxQueries = 64

// minTogether is in how many titles a word must stand with those before it to be
// proposed as the next: in one title that is chance.
const minTogether = 2

// sequel is one way to go on from what was typed.
type sequel struct {
	folded, written string
	count, most     int // of all spellings, of the one that is shown
}

// queries gives the queries that readable material goes on with, the most common
// first, one for those that find the same.
func (x *Index) queries(g *gathering, first int) []kb.Suggestion {
	found := map[string]sequel{}
	earlier := strings.Join(g.typed.words[:len(g.typed.words)-1], " ")
	if earlier != "" {
		earlier += " "
	}
	toCome := g.typed.toCome()
	for _, w := range mostCounted(g.words) {
		if toCome && w.n < minTogether {
			continue
		}
		folded, written := splitStart(w.value)
		addQuery(found, earlier+folded, g.typed.before+written, w.n)
	}
	for _, name := range mostCounted(g.names) {
		folded, written := splitStart(name.value)
		addQuery(found, folded, written, name.n)
	}
	list := make([]sequel, 0, len(found))
	for _, q := range found {
		list = append(list, q)
	}
	slices.SortFunc(list, func(a, b sequel) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(len(a.folded), len(b.folded)), cmp.Compare(a.folded, b.folded))
	})
	var out []kb.Suggestion
	known := map[string]bool{"": true, x.meaning(g.typed.text): true, x.meaning(earlier): true}
	for _, q := range list[:min(len(list), maxQueries)] {
		if meaning := x.meaning(q.folded); !known[meaning] && len(out) < first {
			known[meaning] = true
			out = append(out, kb.Suggestion{Kind: kb.SuggestQuery, Text: q.written})
		}
	}
	return out
}

func addQuery(found map[string]sequel, folded, written string, n int) {
	q := found[folded]
	q.folded = folded
	q.count += n
	if n > q.most || n == q.most && written < q.written {
		q.most, q.written = n, written
	}
	found[folded] = q
}

// meaning is what queries that find the same have in common; empty when a query
// holds only words that are too common.
func (x *Index) meaning(text string) string {
	terms := termsOf(x.words, text)
	slices.Sort(terms)
	return strings.Join(slices.Compact(terms), " ")
}
