package search

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// anyDocs draws some of n documents, few or many, in order.
func anyDocs(t *rapid.T, label string, n int) []uint32 {
	most := rapid.SampledFrom([]int{1, n/32 + 1, n}).Draw(t, label+" at most")
	docs := rapid.SliceOfNDistinct(rapid.Uint32Range(0, uint32(n-1)), 0, most, rapid.ID).Draw(t, label)
	slices.Sort(docs)
	return docs
}

func bitsetOf(n int, docs []uint32) bitset {
	out := newBitset(n)
	for _, d := range docs {
		out.set(d)
	}
	return out
}

// A set of documents does as a list of them would, however it is kept.
func TestDocSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 300).Draw(t, "n")
		docs, other, third := anyDocs(t, "docs", n), anyDocs(t, "other", n), anyDocs(t, "third", n)
		set := newDocSet(n, docs)
		if (set.many != nil) == (set.few != nil) && len(docs) > 0 {
			t.Fatal("kept in both ways, or in none")
		}
		in := func(list []uint32) func(uint32) bool {
			return func(d uint32) bool { return slices.Contains(list, d) }
		}
		notIn := func(list []uint32) func(uint32) bool {
			return func(d uint32) bool { return !slices.Contains(list, d) }
		}
		union := bitsetOf(n, other)
		set.addTo(union)
		all := slices.Compact(slices.Sorted(slices.Values(slices.Concat(docs, other))))
		if d := cmp.Diff(all, union.appendTo(nil), cmpopts.EquateEmpty()); d != "" || union.count() != len(all) {
			t.Errorf("added to: %d members: %s", union.count(), d)
		}
		both := bitsetOf(n, other)
		set.keepIn(both)
		if d := cmp.Diff(slices.DeleteFunc(slices.Clone(other), notIn(docs)), both.appendTo(nil), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("kept: %s", d)
		}
		rest := bitsetOf(n, other).without(bitsetOf(n, docs))
		if d := cmp.Diff(slices.DeleteFunc(slices.Clone(other), in(docs)), rest.appendTo(nil), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("without: %s", d)
		}
		adds := slices.ContainsFunc(docs, func(d uint32) bool { return in(other)(d) && notIn(third)(d) })
		if got := set.adds(bitsetOf(n, other), bitsetOf(n, third)); got != adds {
			t.Errorf("%v adds to %v of %v: %v", docs, third, other, got)
		}
	})
}

// A value that no document has is an empty set.
func TestNoDocSet(t *testing.T) {
	set := bitsetOf(100, []uint32{3, 70})
	docSet{}.addTo(set)
	if set.count() != 2 || (docSet{}).adds(set, newBitset(100)) {
		t.Error("nothing adds something")
	}
	docSet{}.keepIn(set)
	if set.count() != 0 {
		t.Error("something is kept of nothing")
	}
}
