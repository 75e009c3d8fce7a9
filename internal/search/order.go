package search

import (
	"cmp"
	"container/heap"

	"leerkring/internal/kb"
)

// key is where a hit stands in an order: its sort value, then its id, so that
// the place is the same in every process and at every position.
type key struct {
	score float64 // RELEVANCE
	date  int64   // NEWEST, OLDEST; as in columns
	title string  // TITLE
	id    [16]byte
	copy  bool
}

// candidate is a hit with where it lies.
type candidate struct {
	key
	segment int
	doc     uint32
	gain    gain // part of the score
}

// before reports whether a stands before b.
func before(order kb.Sort, a, b *key) bool {
	c := 0
	switch order {
	case kb.SortTitle:
		c = cmp.Compare(a.title, b.title)
	case kb.SortOldest:
		c = compareDates(a.date, b.date)
	case kb.SortNewest:
		c = compareDates(b.date, a.date)
		if (a.date == noDate) != (b.date == noDate) {
			c = -c
		}
	default:
		c = cmp.Compare(b.score, a.score)
	}
	if c == 0 {
		c = compareID(a.id, b.id)
	}
	if c == 0 && a.copy != b.copy {
		return b.copy
	}
	return c < 0
}

// compareDates orders dates upwards, none last.
func compareDates(a, b int64) int {
	switch {
	case a == b:
		return 0
	case a == noDate:
		return 1
	case b == noDate:
		return -1
	}
	return cmp.Compare(a, b)
}

// best keeps the first n candidates of an order that stand after a key.
type best struct {
	order kb.Sort
	n     int
	after *key
	heap  []candidate // the last of them on top
}

// outside reports whether a score is too low for a heap that is full, or before
// the key. It is asked of every hit of a search, so that most need not be made a
// candidate.
func (b *best) outside(score float64) bool {
	return b.n == 0 || len(b.heap) == b.n && score < b.heap[0].score || b.after != nil && score > b.after.score
}

// offer takes a candidate in if it belongs there.
func (b *best) offer(c *candidate) {
	if b.n == 0 || (b.after != nil && !before(b.order, b.after, &c.key)) {
		return
	}
	if len(b.heap) < b.n {
		heap.Push(b, *c)
		return
	}
	if before(b.order, &c.key, &b.heap[0].key) {
		b.heap[0] = *c
		heap.Fix(b, 0)
	}
}

// take empties the heap in order.
func (b *best) take() []candidate {
	out := make([]candidate, len(b.heap))
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = heap.Pop(b).(candidate)
	}
	return out
}

// Len implements heap.Interface.
func (b *best) Len() int { return len(b.heap) }

// Less implements heap.Interface: the last of the order is on top.
func (b *best) Less(i, j int) bool { return before(b.order, &b.heap[j].key, &b.heap[i].key) }

// Swap implements heap.Interface.
func (b *best) Swap(i, j int) { b.heap[i], b.heap[j] = b.heap[j], b.heap[i] }

// Push implements heap.Interface.
func (b *best) Push(x any) { b.heap = append(b.heap, x.(candidate)) }

// Pop implements heap.Interface.
func (b *best) Pop() any {
	c := b.heap[len(b.heap)-1]
	b.heap = b.heap[:len(b.heap)-1]
	return c
}
