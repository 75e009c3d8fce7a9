package search

import (
	"fmt"
	"slices"
	"sync"

	"leerkring/internal/kb"
	"leerkring/internal/search/query"
)

// results remembers answers of one view. It goes with the view, so that an
// answer is never of another position, and its names hold what the actor may
// read there, so that nobody is given the answer of somebody who may read more.
type results struct {
	mu    sync.Mutex
	known map[string]*kb.SearchResult
	held  int // bytes of text in known
}

// maxResults bounds the text of the answers that a view remembers, in bytes. One
// that takes more than a tenth is not remembered.
const maxResults = 32 << 20

// answerName names an answer by all that it depends on: of the actor that is which
// documents they may read, so that those who read the same share their answers.
func (v *view) answerName(r *request, actor kb.Actor, req kb.SearchRequest) string {
	reads := v.readable(actor, r.domain).name
	if slices.ContainsFunc(r.query.Items, func(i query.Item) bool { return i.Field == query.Person }) {
		reads += v.readable(actor, people()).name
	}
	return fmt.Sprintf("%s %q %d %q %q %v %v", r.name, reads, req.First, req.After, req.Facets, req.Highlights, req.Explain)
}

func (rs *results) get(name string) *kb.SearchResult {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if known := rs.known[name]; known != nil {
		return shared(known)
	}
	return nil
}

func (rs *results) put(name string, res *kb.SearchResult) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	size := sizeOf(res)
	if size > maxResults/10 {
		return
	}
	if rs.known == nil || rs.held+size > maxResults {
		rs.known, rs.held = map[string]*kb.SearchResult{}, 0
	}
	rs.known[name] = shared(res)
	rs.held += size
}

// forget forgets all answers, of a view that is not the newest any more: cursors
// may keep it for long.
func (rs *results) forget() {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	rs.known, rs.held = nil, 0
}

// shared gives an answer whose hits a caller may exchange.
func shared(res *kb.SearchResult) *kb.SearchResult {
	out := *res
	out.Hits = slices.Clone(res.Hits)
	return &out
}

// sizeOf is about how many bytes an answer takes.
func sizeOf(res *kb.SearchResult) int {
	const each = 4 << 10 // the fields of a hit, or the buckets of a facet
	size := each * (1 + len(res.Facets))
	for i := range res.Hits {
		size += each
		if m, ok := res.Hits[i].Entity.(kb.Material); ok {
			size += len(m.Shared().Body)
		}
	}
	return size
}
