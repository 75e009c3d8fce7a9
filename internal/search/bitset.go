package search

import "math/bits"

// bitset is a set of document numbers of one segment.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) set(i uint32)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) clear(i uint32)    { b[i/64] &^= 1 << (i % 64) }
func (b bitset) has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }

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
