package search

import (
	"math/bits"
	"slices"
)

// bitset is a set of document numbers of one segment.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) set(i uint32)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) clear(i uint32)    { b[i/64] &^= 1 << (i % 64) }
func (b bitset) has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }

// count gives the number of members.
func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// without gives the members that another set does not have.
func (b bitset) without(other bitset) bitset {
	out := make(bitset, len(b))
	for i := range b {
		out[i] = b[i] &^ other[i]
	}
	return out
}

// each visits the members in order.
func (b bitset) each(visit func(uint32)) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			visit(uint32(i*64 + bits.TrailingZeros64(w)))
		}
	}
}

// appendTo appends the members in order.
func (b bitset) appendTo(list []uint32) []uint32 {
	b.each(func(i uint32) { list = append(list, i) })
	return list
}

// docSet are documents of one segment: a set when they are many, a list when they
// are few.
type docSet struct {
	many bitset
	few  []uint32
}

// newDocSet makes a set of some of n documents.
func newDocSet(n int, docs []uint32) docSet {
	if len(docs) <= n/32 { // a list is as large as a set then
		return docSet{few: slices.Clone(docs)}
	}
	set := newBitset(n)
	for _, d := range docs {
		set.set(d)
	}
	return docSet{many: set}
}

// addTo adds the documents to a set.
func (s docSet) addTo(set bitset) {
	for i, w := range s.many {
		set[i] |= w
	}
	for _, d := range s.few {
		set.set(d)
	}
}

// keepIn takes what is not among the documents out of a set.
func (s docSet) keepIn(set bitset) {
	keep := s.many
	if keep == nil {
		keep = make(bitset, len(set))
		s.addTo(keep)
	}
	for i, w := range keep {
		set[i] &= w
	}
}

// adds reports whether any of the documents is in a set and not in another.
func (s docSet) adds(in, to bitset) bool {
	for i, w := range s.many {
		if w&in[i]&^to[i] != 0 {
			return true
		}
	}
	return slices.ContainsFunc(s.few, func(d uint32) bool { return in.has(d) && !to.has(d) })
}
