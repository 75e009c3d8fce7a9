package search

import (
	"context"
	"errors"
	"slices"

	"leerkring/internal/kb"
)

var _ kb.Searcher = (*Index)(nil)

// Search implements kb.Searcher. A cursor goes on in the snapshot that it was
// made on; when that is gone it goes on from its sort key in the newest.
func (x *Index) Search(ctx context.Context, actor kb.Actor, req kb.SearchRequest) (*kb.SearchResult, error) {
	r := compile(req)
	v, after, err := x.viewFor(r, req.After)
	if err != nil {
		return nil, err
	}
	defer x.views.release(v)
	name := v.answerName(r, actor, req)
	// Of an older view some hits may have been withdrawn since.
	fresh := !x.opts.NoCache && x.views.isNewest(v)
	if known := v.results.get(name); known != nil && fresh {
		known.Position = kb.Seq(v.position.Load())
		if known.HasNextPage && !req.Passing {
			x.views.pin(v)
		}
		return known, nil
	}
	res, err := x.search(ctx, v, actor, r, req, after)
	if err == nil && fresh && x.views.isNewest(v) {
		v.results.put(name, res)
	}
	return res, err
}

func (x *Index) search(ctx context.Context, v *view, actor kb.Actor, r *request, req kb.SearchRequest, after *key) (*kb.SearchResult, error) {
	loose := false
	for {
		n := &run{facets: facetColumns(req.Facets)}
		var err error
		if n.plan, err = x.plan(ctx, v, actor, r, loose); err != nil {
			return nil, ioError(err, x.dir)
		}
		page, err := x.collect(ctx, n, req.First+1, after)
		if err != nil {
			return nil, ioError(err, x.dir)
		}
		if n.matched == 0 && n.plan.strict && !r.asTyped {
			loose = true // nothing has these phrases: search for their words
			continue
		}
		more := len(page) > req.First
		page = page[:min(len(page), req.First)]
		hits, err := x.stillReadable(n, page)
		if err != nil {
			return nil, ioError(err, x.dir)
		}
		if len(hits) > 0 || len(page) == 0 || !more {
			return x.result(n, req, hits, more)
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
	plan   *plan
	facets []facetCount
	total  int
	// matched counts before filters.
	matched int
}

// collect counts what matches, and gives the first hits after a key.
func (x *Index) collect(ctx context.Context, n *run, first int, after *key) ([]candidate, error) {
	p := n.plan
	var found *scored
	if p.text {
		var err error
		if found, err = x.score(ctx, p.view, p.concepts, p.readable); err != nil {
			return nil, err
		}
		defer found.release()
		p.frequencies = found.frequencies
		p.pages = x.newPageFinder(p)
	}
	top := topHits{page: best{order: p.order, n: first, after: after}}
	if p.order == kb.SortRelevance && p.text {
		top.gains = x.gains(p)
		top.head = best{order: p.order, n: reranked}
		if after == nil {
			top.head.n = 0 // the head is the first part of the page
		}
		top.page.n = first + reranked
	}
	holding := make([][]bitset, len(p.clauses))
	for i := range p.clauses {
		var err error
		if holding[i], err = p.clauses[i].holding(ctx, p.view, p.readable.sets); err != nil {
			return nil, err
		}
	}
	for s := range p.view.segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		part := &p.view.segments[s]
		docs, scores := p.matching(s, found, holding)
		n.matched += len(docs)
		n.total += n.count(part, docs, func(d uint32) {
			if scores != nil && p.order == kb.SortRelevance && top.outside(float64(scores[d])) {
				return
			}
			c := candidate{key: key{id: part.cols.ids[d], copy: part.cols.copied.has(d)}, segment: s, doc: d}
			switch p.order {
			case kb.SortTitle:
				c.title = part.cols.titleOf[part.cols.titles[d]]
			case kb.SortNewest, kb.SortOldest:
				c.date = part.cols.dates[d]
			default:
				if scores != nil {
					c.score = float64(scores[d])
				}
			}
			top.offer(&c)
		})
	}
	return top.take(first, after)
}

// matching gives the documents of a segment that match, before filters, in order.
// holding are those that satisfy each clause.
func (p *plan) matching(s int, found *scored, holding [][]bitset) (docs []uint32, scores []float32) {
	if found == nil {
		docs = p.readable.sets[s].appendTo(nil)
	} else {
		docs, scores = found.docs(s), found.scores(s)
	}
	for i := range p.clauses {
		docs = slices.DeleteFunc(docs, func(d uint32) bool { return holding[i][s].has(d) == p.clauses[i].not })
	}
	return docs, scores
}

// count counts the documents that pass the filters in the facets, and visits them.
func (n *run) count(part *part, docs []uint32, visit func(uint32)) (total int) {
	fs := n.plan.filters(part)
	for i := range n.facets {
		n.facets[i].begin(part)
	}
	if len(fs.list) == 0 {
		for i := range n.facets {
			n.facets[i].addAll(part, docs)
		}
		for _, d := range docs {
			visit(d)
		}
		total = len(docs)
	} else {
		for _, d := range docs {
			failed := fs.failed(d)
			for i := range n.facets {
				n.facets[i].add(part, d, failed)
			}
			if failed == 0 {
				total++
				visit(d)
			}
		}
	}
	for i := range n.facets {
		n.facets[i].end(part)
	}
	return total
}

// result builds the page.
func (x *Index) result(n *run, req kb.SearchRequest, hits []candidate, more bool) (*kb.SearchResult, error) {
	v := n.plan.view
	res := &kb.SearchResult{
		Total: n.total, HasNextPage: more, HasPreviousPage: req.After != "", Position: kb.Seq(v.position.Load()),
		SearchedFor: n.plan.searchedFor, DidYouMean: n.plan.didYouMean, Recognised: n.plan.recognised,
	}
	if more && !req.Passing {
		x.views.pin(v)
	}
	for i := range n.facets {
		res.Facets = append(res.Facets, n.facets[i].buckets(n.plan.request))
	}
	var marker *marker
	if req.Highlights && len(n.plan.marks) > 0 {
		marker = newMarker(x.words, n.plan.marks)
		marker.want(n.plan.concepts)
	}
	res.Hits = make([]kb.Hit, len(hits))
	for i := range hits {
		c := cursor{process: x.views.process, view: v.id, request: n.plan.hash, key: hits[i].key}
		h, err := v.hit(&hits[i])
		if err != nil {
			return nil, ioError(err, x.dir)
		}
		h.Cursor, h.Score = c.encode(), hits[i].score
		if marker != nil {
			h.Highlights = marker.highlights(h)
			if h.Passage, err = n.plan.pages.passage(marker, &hits[i]); err != nil {
				return nil, ioError(err, x.dir)
			}
		}
		if req.Explain {
			if h.Explanation, err = x.explain(n.plan, &hits[i]); err != nil {
				return nil, ioError(err, x.dir)
			}
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
	if newest == n.plan.view || len(hits) == 0 {
		return hits, nil
	}
	readable := newest.readable(n.plan.actor, n.plan.domain)
	var out []candidate
	for _, c := range hits {
		here := false
		for s := range newest.segments {
			docs, err := newest.segments[s].halves(half{c.id, c.copy})
			if err != nil {
				return nil, err
			}
			here = here || slices.ContainsFunc(docs, readable.sets[s].has)
		}
		if here {
			out = append(out, c)
		}
	}
	return out, nil
}

// hit builds one hit from what the index stores.
func (v *view) hit(c *candidate) (*kb.Hit, error) {
	h := &kb.Hit{}
	body := ""
	var decodeErr error
	err := v.segments[c.segment].VisitDocument(uint64(c.doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		switch field {
		case storedCard:
			h.Entity, decodeErr = decodeCard(value)
		case storedBody:
			body = string(value)
		}
		return true
	})
	if m, ok := h.Entity.(kb.Material); ok {
		m.Shared().Body = body
	}
	if err == nil && decodeErr == nil && h.Entity == nil {
		err = errors.New("a document without a card")
	}
	return h, errors.Join(err, decodeErr)
}
