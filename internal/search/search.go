package search

import (
	"context"
	"errors"
	"slices"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

var _ kb.Searcher = (*Index)(nil)

// Search implements kb.Searcher. A cursor goes on in the snapshot that it was
// made on; when that is gone it goes on from its sort key in the newest.
func (x *Index) Search(ctx context.Context, actor kb.Actor, req kb.SearchRequest) (*kb.SearchResult, error) {
	r := x.compile(req)
	v, after, err := x.viewFor(r, req.After)
	if err != nil {
		return nil, err
	}
	defer x.views.release(v)
	for {
		run := &run{view: v, request: r, facets: facetColumns(req.Facets), best: best{order: r.order, n: req.First + 1, after: after}}
		run.terms, run.all = actor.Reads()
		if err := run.collect(ctx); err != nil {
			return nil, ioError(err, x.dir)
		}
		page := run.best.take()
		more := len(page) > req.First
		page = page[:min(len(page), req.First)]
		hits, err := x.stillReadable(run, page)
		if err != nil {
			return nil, ioError(err, x.dir)
		}
		if len(hits) > 0 || len(page) == 0 || !more {
			return x.result(run, req, hits, more)
		}
		after = &page[len(page)-1].key // all of this page was withdrawn: go on to the next
	}
}

// viewFor gives the view to search on, to be released, and the key to go on from.
func (x *Index) viewFor(r *request, text string) (*view, *key, error) {
	var after *key
	if text != "" {
		c, err := decodeCursor(text, r.hash)
		if err != nil {
			return nil, nil, err
		}
		after = &c.key
		if v := x.views.pinnedView(c.process, c.view); v != nil {
			return v, after, nil
		}
	}
	if v := x.views.acquire(); v != nil {
		return v, after, nil
	}
	return nil, nil, stopping()
}

// stopping is the answer of an index that was closed.
func stopping() error {
	return kb.Errorf(kb.Unavailable, kb.Text{NL: "Zoeken kan nu niet: Leerkring wordt gestopt.", EN: "Searching is not possible now: Leerkring is stopping."})
}

// run is one search on one view.
type run struct {
	view    *view
	request *request
	facets  []facetCount
	best    best
	total   int
	// terms and all are what the actor may read.
	terms []string
	all   bool
}

// collect visits every readable document that matches, once.
func (n *run) collect(ctx context.Context) error {
	readable := n.view.readable(n.terms, n.all, n.request.domain)
	var scored []found
	if n.request.text {
		var err error
		if scored, err = n.view.score(ctx, n.request.words, readable); err != nil {
			return err
		}
	}
	for s := range n.view.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := &n.view.segments[s]
		fs := n.request.filters(p)
		for i := range n.facets {
			n.facets[i].begin(p)
		}
		if scored == nil {
			readable.sets[s].each(func(d uint32) { n.visit(s, d, 0, &fs) })
		} else {
			for _, d := range scored[s].docs {
				n.visit(s, d, scored[s].scores[d], &fs)
			}
		}
		for i := range n.facets {
			n.facets[i].end(p)
		}
	}
	return nil
}

func (n *run) visit(s int, d uint32, score float32, fs *filters) {
	p := &n.view.segments[s]
	failed := fs.failed(d)
	for i := range n.facets {
		n.facets[i].add(p, d, failed)
	}
	if failed != 0 {
		return
	}
	n.total++
	c := candidate{key: key{id: p.cols.ids[d], copy: p.cols.copied[d]}, segment: s, doc: d}
	switch n.request.order {
	case kb.SortTitle:
		c.title = p.cols.titleOf[p.cols.titles[d]]
	case kb.SortNewest, kb.SortOldest:
		c.date = p.cols.dates[d]
	default:
		c.score = float64(score)
	}
	n.best.offer(&c)
}

// result builds the page.
func (x *Index) result(n *run, req kb.SearchRequest, hits []candidate, more bool) (*kb.SearchResult, error) {
	res := &kb.SearchResult{Total: n.total, HasNextPage: more, HasPreviousPage: req.After != "", Position: n.view.position}
	if more {
		x.views.pin(n.view)
	}
	for i := range n.facets {
		res.Facets = append(res.Facets, n.facets[i].buckets(n.request))
	}
	var marker *marker
	if req.Highlights && len(n.request.words) > 0 {
		marker = newMarker(x.words, n.request.words)
	}
	res.Hits = make([]kb.Hit, len(hits))
	for i := range hits {
		c := cursor{process: x.views.process, view: n.view.id, request: n.request.hash, key: hits[i].key}
		h, err := n.view.hit(&hits[i])
		if err != nil {
			return nil, ioError(err, x.dir)
		}
		h.Cursor, h.Score = c.encode(), hits[i].score
		if marker != nil {
			h.Highlights = marker.highlights(h)
		}
		res.Hits[i] = *h
	}
	return res, nil
}

// stillReadable leaves out the hits of an older snapshot that the actor may not
// read any more: a cursor keeps the order and the counts of its snapshot, but
// shows no record that was withdrawn since.
func (x *Index) stillReadable(n *run, hits []candidate) ([]candidate, error) {
	newest := x.views.acquire()
	if newest == nil {
		return hits, nil
	}
	defer x.views.release(newest)
	if newest == n.view || len(hits) == 0 {
		return hits, nil
	}
	names := make([]string, len(hits))
	for i := range hits {
		names[i] = documentID(kb.IDFromBytes(hits[i].id), hits[i].copy)
	}
	readable := newest.readable(n.terms, n.all, n.request.domain)
	here := map[key]bool{}
	for s := range newest.segments {
		p := &newest.segments[s]
		found, err := p.Segment().DocNumbers(names)
		if err != nil {
			return nil, err
		}
		for it := found.Iterator(); it.HasNext(); {
			if d := it.Next(); readable.sets[s].has(d) {
				here[key{id: p.cols.ids[d], copy: p.cols.copied[d]}] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(hits), func(c candidate) bool { return !here[key{id: c.id, copy: c.copy}] }), nil
}

// hit builds one hit from what the index stores.
func (v *view) hit(c *candidate) (*kb.Hit, error) {
	h := &kb.Hit{}
	var decodeErr error
	err := v.segments[c.segment].VisitDocument(uint64(c.doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		switch field {
		case storedCard:
			h.Entity, decodeErr = decodeCard(value)
		case storedBody:
			h.Body = string(value)
		}
		return true
	})
	if err == nil && decodeErr == nil && h.Entity == nil {
		err = errors.New("a document without a card")
	}
	return h, errors.Join(err, decodeErr)
}

// eachTerm gives the terms of a text.
func (x *Index) eachTerm(text string, yield func(string)) {
	x.words.Tokens(text, func(t dutch.Token) {
		if t.Term != "" {
			yield(t.Term)
		}
	})
}
