package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// page is the part of a list that was asked for; an argument that is absent or
// null has its default.
type page struct {
	first *int
	after *string
	size  int // the default of first
}

// into puts the page into a request, or says what is wrong with first.
func (p page) into(req *kb.SearchRequest) error {
	if p.after != nil {
		req.After = *p.after
	}
	var err error
	req.First, err = size(p.first, p.size, kb.MaxPage)
	return err
}

// size is how many a list is asked to give: first, or its default, of at most most.
func size(first *int, byDefault, most int) (int, error) {
	n := byDefault
	if first != nil {
		n = *first
	}
	if n < 0 || n > most {
		return 0, badFirst(most)
	}
	return n, nil
}

// badFirst refuses the size of a list.
func badFirst(most int) error {
	return badArgument("first", kb.Text{
		NL: "Vraag hoogstens %d resultaten per keer (first van 0 tot en met %d).",
		EN: "Ask for at most %d results at a time (first from 0 up to %d).",
	}, most, most)
}

// search asks for a page and announces what its hits refer to.
func (r *Resolver) search(ctx context.Context, req kb.SearchRequest, p page) (*kb.SearchResult, error) {
	if err := p.into(&req); err != nil {
		return nil, err
	}
	reading := readingOf(ctx)
	res, err := r.library.Search(ctx, reading.actor, req)
	if err != nil {
		return nil, err
	}
	for _, h := range res.Hits {
		reading.expect(h.Entity)
		reading.drafts.expect(h.Entity.Base().ID)
	}
	return res, nil
}

// listed gives the records of a search for one kind, and their edges in the form
// of one connection.
func listed[T kb.Entity, E any](res *kb.SearchResult, form func(cursor string, node T) *E) (nodes []T, edges []*E) {
	for _, h := range res.Hits {
		node := h.Entity.(T) // a search for one kind finds that kind
		nodes = append(nodes, node)
		edges = append(edges, form(h.Cursor, node))
	}
	return nodes, edges
}

func pageInfo(res *kb.SearchResult) *model.PageInfo {
	info := &model.PageInfo{HasNextPage: res.HasNextPage, HasPreviousPage: res.HasPreviousPage}
	if n := len(res.Hits); n > 0 {
		info.StartCursor, info.EndCursor = &res.Hits[0].Cursor, &res.Hits[n-1].Cursor
	}
	return info
}
