package search

import "sync"

// scratch is memory for one search in one segment, by document.
type scratch struct {
	scores  []float32
	matched bitset
	docs    []uint32
	sum     []float32 // 0 between concepts, and between searches
	here    []uint8   // 0 between wordings, and between searches
}

// scratches keeps memory for the next search: to make and collect it anew costs
// more than the search.
type scratches struct{ pool sync.Pool }

// get gives memory for n documents, all 0, to be put back.
func (ss *scratches) get(n int) *scratch {
	s, _ := ss.pool.Get().(*scratch)
	if s == nil || cap(s.scores) < n {
		s = &scratch{scores: make([]float32, n), matched: newBitset(n), sum: make([]float32, n), here: make([]uint8, n)}
	}
	s.scores, s.sum, s.here = s.scores[:n], s.sum[:n], s.here[:n]
	s.matched = s.matched[:(n+63)/64]
	clear(s.scores)
	clear(s.matched)
	return s
}

func (ss *scratches) put(s *scratch) { ss.pool.Put(s) }
