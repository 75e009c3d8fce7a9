package search

import (
	"cmp"
	"slices"

	"leerkring/internal/kb"
)

// facetCount counts the values of one facet.
type facetCount struct {
	field  kb.FacetField
	bit    filterBit
	col    column
	counts map[string]int
	// of counts the ordinals of the segment at hand.
	of []int
}

// begin makes ready to count in a segment.
func (f *facetCount) begin(p *part) {
	n := len(p.cols.values[f.col].values)
	if cap(f.of) < n {
		f.of = make([]int, n)
	}
	f.of = f.of[:n]
	clear(f.of)
}

// add counts a document that failed the given filters: it counts when it passes
// all, or fails only this facet's own.
func (f *facetCount) add(p *part, doc uint32, failed uint32) {
	if failed&^(1<<f.bit) != 0 {
		return
	}
	for _, ord := range p.cols.values[f.col].at(doc) {
		f.of[ord]++
	}
}

// addAll counts documents that passed every filter.
func (f *facetCount) addAll(p *part, docs []uint32) {
	col := &p.cols.values[f.col]
	if col.start == nil {
		return
	}
	for _, d := range docs {
		for _, ord := range col.of[col.start[d]:col.start[d+1]] {
			f.of[ord]++
		}
	}
}

// end adds the segment to the whole.
func (f *facetCount) end(p *part) {
	for ord, n := range f.of {
		if n > 0 {
			f.counts[p.cols.values[f.col].values[ord]] += n
		}
	}
}

// buckets gives the values, most first; years newest first. Values that were
// asked for are there even when nothing has them.
func (f *facetCount) buckets(r *request) kb.FacetCounts {
	out := kb.FacetCounts{Field: f.field, Buckets: make([]kb.FacetBucket, 0, len(f.counts))}
	if f.bit != bitYear {
		for _, v := range r.wanted[f.bit] {
			if _, ok := f.counts[v]; !ok {
				f.counts[v] = 0
			}
		}
	}
	for v, n := range f.counts {
		out.Buckets = append(out.Buckets, kb.FacetBucket{Value: v, Count: n, Selected: r.selected(f.bit, v)})
	}
	slices.SortFunc(out.Buckets, func(a, b kb.FacetBucket) int {
		if f.bit == bitYear {
			return cmp.Compare(b.Value, a.Value)
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return out
}
