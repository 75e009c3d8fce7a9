package search

import (
	"fmt"
	"slices"
	"sync"

	"leerkring/internal/kb"
)

// results remembers answers of one view. It goes with the view, so that an
// answer is never of another position, and its names hold what the actor may
// read, so that nobody is given the answer of somebody who may read more.
type results struct {
	mu    sync.Mutex
	known map[string]*kb.SearchResult
}

// maxResults bounds the answers that a view remembers.
const maxResults = 200

// name names an answer by all that it depends on.
func (rs *results) name(r *request, actor kb.Actor, req kb.SearchRequest) string {
	terms, all := actor.Reads()
	return fmt.Sprintf("%s %q %v %d %q %q %v %v", r.name, terms, all, req.First, req.After, req.Facets, req.Highlights, req.Explain)
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
	if rs.known == nil || len(rs.known) >= maxResults {
		rs.known = map[string]*kb.SearchResult{}
	}
	rs.known[name] = shared(res)
}

// forget forgets all answers, of a view that is not the newest any more: cursors
// may keep it for long.
func (rs *results) forget() {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	rs.known = nil
}

// shared gives an answer whose hits a caller may exchange.
func shared(res *kb.SearchResult) *kb.SearchResult {
	out := *res
	out.Hits = slices.Clone(res.Hits)
	return &out
}
