package search

import (
	"slices"
	"sort"

	"leerkring/internal/kb"
)

// startHit is a document that can be suggested.
type startHit struct {
	*candidate // set once it is kept
	kind       kb.SuggestionKind
	begins     bool // its label begins with what was typed
	byName     bool // only one of its names does
	past       bool // it is a region that is no more
	rank       int
}

// offer keeps a hit of a class when it is among the best.
func (g *gathering) offer(class int, h startHit, s int, d uint32) {
	cols := g.view.segments[s].cols
	h.rank = h.order(len(cols.values[colWord].at(d)))
	if last := len(g.hits[class]) - 1; last+1 == g.most && g.hits[class][last].rank < h.rank {
		return
	}
	h.candidate = &candidate{key: key{id: cols.ids[d], date: cols.dates[d], title: cols.titleOf[cols.titles[d]]}, segment: s, doc: d}
	g.hits[class] = keepFirst(g.hits[class], g.most, h, startHit.before)
}

// keepFirst puts an item in its place in a list of at most n.
func keepFirst[T any](list []T, n int, item T, before func(a, b T) bool) []T {
	if len(list) == n {
		if !before(item, list[n-1]) {
			return list
		}
		list = list[:n-1]
	}
	i := sort.Search(len(list), func(i int) bool { return before(item, list[i]) })
	return slices.Insert(list, i, item)
}

// before reports whether a hit stands before another of its class.
func (h startHit) before(o startHit) bool {
	switch {
	case h.rank != o.rank:
		return h.rank < o.rank
	case len(h.title) != len(o.title):
		return len(h.title) < len(o.title)
	}
	return before(kb.SortNewest, &h.key, &o.key)
}

// order ranks the hits of a class: those whose label begins with what was typed,
// those that still exist, themes before regions before others, and those with the
// fewest words, which have least to add.
func (h startHit) order(words int) int {
	rank := min(words, 1<<10-1)
	switch h.kind {
	case kb.SuggestRegion:
		rank += 1 << 10
	case kb.SuggestOrganisation:
		rank += 2 << 10
	case kb.SuggestPerson:
		rank += 3 << 10
	}
	if h.past {
		rank += 1 << 14
	}
	if h.byName {
		rank += 1 << 15
	}
	if !h.begins {
		rank += 1 << 16
	}
	return rank
}
