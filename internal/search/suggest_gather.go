package search

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"leerkring/internal/kb"
)

// maxCounted is how many words of a segment are counted at most.
const maxCounted = 256

// gathering collects, in one pass over what is readable, everything that can be
// suggested for what was typed.
type gathering struct {
	view  *view
	typed *typed
	kinds map[string]kb.SuggestionKind
	hits  [numClasses][]startHit // at most this many of each class, best first
	most  int
	// words and names count the material that goes on from what was typed with a
	// word of its title or a name, by value.
	words, names map[string]int
}

// startHit is a document that can be suggested.
type startHit struct {
	*candidate // set once it is kept
	kind       kb.SuggestionKind
	begins     bool // its label begins with what was typed
	byName     bool // only one of its names does
	past       bool // it is a region that is no more
	rank       int
}

func newGathering(v *view, t *typed, first int) *gathering {
	return &gathering{view: v, typed: t, most: 2 * first, kinds: suggestionKinds(), words: map[string]int{}, names: map[string]int{}}
}

// span is a range of ordinals, end exclusive.
type span struct{ from, to uint32 }

func (s span) holds(ord uint32) bool { return ord-s.from < s.to-s.from }

func (s span) holdsAny(ords []uint32) bool {
	for _, ord := range ords {
		if s.holds(ord) {
			return true
		}
	}
	return false
}

// beginning gives the span of the sorted values that begin with a text.
func beginning(values []string, text string) span {
	from, _ := slices.BinarySearch(values, text)
	n, _ := slices.BinarySearchFunc(values[from:], text, func(v, text string) int {
		if strings.HasPrefix(v, text) {
			return -1
		}
		return 1
	})
	return span{uint32(from), uint32(from + n)}
}

// span gives the span of the sorted values that go on from a text that was typed,
// with whole words when the next is still to come.
func (t *typed) span(values []string, text string) span {
	if !t.toCome() {
		return beginning(values, text)
	}
	// What is written otherwise lies between the text itself and longer ones.
	return span{exactly(values, text).from, beginning(values, text+" ").to}
}

// exactly gives the span of the sorted values that are a text, however it is
// written: what is written otherwise stands behind it after a tab.
func exactly(values []string, text string) span {
	from, _ := slices.BinarySearch(values, text)
	to, _ := slices.BinarySearch(values, text+"\n")
	return span{uint32(from), uint32(to)}
}

// segmentStarts is what was typed in the ordinals of one segment.
type segmentStarts struct {
	words []span // of each word
	last  span   // of the last one
	names span   // of the whole text
	label span   // of the whole text in the keys of titles
	none  bool   // some word begins none
	kinds []kb.SuggestionKind
	// counts of the ordinals of last and names
	wordCounts, nameCounts []int
}

func (g *gathering) starts(cols *columns) *segmentStarts {
	b := &segmentStarts{names: g.typed.span(cols.values[colName].values, g.typed.text), label: g.typed.span(cols.titleOf, g.typed.title)}
	for i, w := range g.typed.words {
		b.last = beginning(cols.values[colWord].values, w)
		if i < len(g.typed.words)-1 {
			b.last = exactly(cols.values[colWord].values, w)
		}
		b.words = append(b.words, b.last)
		b.none = b.none || b.last.from == b.last.to
	}
	if b.none {
		b.last = span{}
	}
	for _, k := range cols.values[colKind].values {
		b.kinds = append(b.kinds, g.kinds[k])
	}
	b.wordCounts = make([]int, b.last.to-b.last.from)
	b.nameCounts = make([]int, b.names.to-b.names.from)
	return b
}

// segment collects from the readable documents of one segment.
func (g *gathering) segment(s int, readable bitset) {
	cols := g.view.segments[s].cols
	b := g.starts(cols)
	met := newBitset(cols.docs)
	if !b.none {
		cols.values[colWord].mark(slices.MinFunc(b.words, func(a, b span) int { return cmp.Compare(a.to-a.from, b.to-b.from) }), met)
	}
	cols.values[colName].mark(b.names, met)
	for d, title := range cols.titles {
		if b.label.holds(title) {
			met.set(uint32(d))
		}
	}
	met.each(func(d uint32) {
		if !readable.has(d) || cols.copied[d] {
			return
		}
		all := !b.none && b.holdsAll(cols.values[colWord].at(d))
		begins := b.label.holds(cols.titles[d])
		if all || begins || b.names.holdsAny(cols.values[colName].at(d)) {
			g.found(b, s, d, all, begins)
		}
	})
	addBest(g.words, cols.values[colWord].values[b.last.from:], b.wordCounts)
	addBest(g.names, cols.values[colName].values[b.names.from:], b.nameCounts)
}

// mark adds the documents to a set that have a value in a span.
func (o *ordinals) mark(s span, set bitset) {
	if s.from == s.to {
		return
	}
	doc := 0
	for i, ord := range o.of {
		if s.holds(ord) {
			for o.start[doc+1] <= uint32(i) {
				doc++
			}
			set.set(uint32(doc))
		}
	}
}

// addBest adds the highest counts to those of other segments. All of them would
// take longer to put in order than to count.
func addBest(sums map[string]int, values []string, counts []int) {
	var best []int
	for i, n := range counts {
		if n > 0 {
			best = keepFirst(best, maxCounted, i, func(a, b int) bool { return counts[a] > counts[b] })
		}
	}
	for _, i := range best {
		sums[values[i]] += counts[i]
	}
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

// holdsAll reports whether a document has a word for each that was typed.
func (b *segmentStarts) holdsAll(ords []uint32) bool {
	for _, w := range b.words {
		if !w.holdsAny(ords) {
			return false
		}
	}
	return true
}

// found takes in a document that begins with what was typed in one way or other.
func (g *gathering) found(b *segmentStarts, s int, d uint32, all, begins bool) {
	cols := g.view.segments[s].cols
	var kind kb.SuggestionKind
	for _, ord := range cols.values[colKind].at(d) {
		kind = b.kinds[ord]
	}
	if kind == kb.SuggestMaterial {
		g.count(b, cols, d, all)
		if all || begins {
			g.offer(classTitle, startHit{kind: kind, begins: begins}, s, d)
		}
		return
	}
	h := startHit{kind: kind, begins: begins, byName: !all && !begins}
	h.past = kind == kb.SuggestRegion && len(cols.values[colRegionKind].at(d)) == 0
	switch {
	case begins && cols.titleOf[cols.titles[d]] == g.typed.title, h.byName && g.exactName(b, cols, d):
		g.offer(classExact, h, s, d)
	case begins:
		g.offer(classStarts, h, s, d)
	default:
		g.offer(classOther, h, s, d)
	}
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

// exactName reports whether one of the names of a document is what was typed.
func (g *gathering) exactName(b *segmentStarts, cols *columns, d uint32) bool {
	names := &cols.values[colName]
	for _, ord := range names.at(d) {
		if b.names.holds(ord) {
			if folded, _ := splitStart(names.values[ord]); folded == g.typed.text {
				return true
			}
		}
	}
	return false
}

// count counts what a material goes on with.
func (g *gathering) count(b *segmentStarts, cols *columns, d uint32, all bool) {
	if all {
		for _, ord := range cols.values[colWord].at(d) {
			if b.last.holds(ord) {
				b.wordCounts[ord-b.last.from]++
			}
		}
	}
	for _, ord := range cols.values[colName].at(d) {
		if b.names.holds(ord) {
			b.nameCounts[ord-b.names.from]++
		}
	}
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
	for i, later := range [...]bool{h.past, h.byName, !h.begins} {
		if later {
			rank += 1 << (14 + i)
		}
	}
	return rank
}
