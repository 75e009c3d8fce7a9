package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Drafts is the resolver of drafts.
func (r queryResolver) Drafts(ctx context.Context, first *int, after *string) (*model.RecordConnection, error) {
	var req kb.SearchRequest
	if err := (page{first, after, 20}).into(&req); err != nil {
		return nil, err
	}
	res, err := r.desk.Drafts(ctx, readingOf(ctx).actor, req.First, req.After)
	if err != nil {
		return nil, err
	}
	return records(ctx, res, kb.Draft.Work)
}

// ReviewQueue is the resolver of reviewQueue.
func (r queryResolver) ReviewQueue(ctx context.Context, filter *model.ReviewQueueFilter, first *int, after *string) (*model.RecordConnection, error) {
	var req kb.SearchRequest
	if err := (page{first, after, 20}).into(&req); err != nil {
		return nil, err
	}
	actor := readingOf(ctx).actor
	asked, shown := kb.QueueFilter{Due: kb.QueueInReview}, kb.Draft.Work
	if filter != nil && deref(filter.Mine) {
		asked.Reviewer = actor.Account
	}
	if filter != nil {
		switch deref(filter.Part) {
		case model.ReviewQueuePartScheduled:
			asked.Due = kb.QueueScheduled
		case model.ReviewQueuePartReviewDue:
			asked.Due, shown = kb.QueueReviewBy, func(d kb.Draft) kb.Entity { return d.Live }
		}
	}
	res, err := r.desk.Queue(ctx, actor, asked, req.First, req.After)
	if err != nil {
		return nil, err
	}
	return records(ctx, res, shown)
}

// records gives a page of what is worked on. The index holds records without their
// text, and what is written next needs the version of now: all of them are read
// again, in one batch. One that has gone since is left out.
func records(ctx context.Context, res *kb.SearchResult, shown func(kb.Draft) kb.Entity) (*model.RecordConnection, error) {
	out := &model.RecordConnection{PageInfo: pageInfo(res), TotalCount: res.Total}
	reading := readingOf(ctx)
	for _, h := range res.Hits {
		reading.drafts.expect(h.Entity.Base().ID)
	}
	for _, h := range res.Hits {
		d, err := reading.draft(ctx, h.Entity.Base().ID)
		if err != nil {
			return nil, err
		}
		if e := shown(d); e != nil {
			reading.expect(e)
			out.Nodes = append(out.Nodes, e)
			out.Edges = append(out.Edges, &model.RecordEdge{Cursor: h.Cursor, Node: e})
		}
	}
	return out, nil
}

// Tombstone is the resolver of tombstone.
func (r queryResolver) Tombstone(ctx context.Context, slug string, kind *kb.Kind) (*model.Tombstone, error) {
	k := kb.KindCase
	if kind != nil {
		k = *kind
	}
	t, err := r.desk.Tombstone(ctx, readingOf(ctx).actor, k, slug)
	if kb.CodeOf(err) == kb.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &model.Tombstone{Title: t.Title, Kind: t.Kind, WithdrawnAt: t.At, Reason: t.Reason, ReplacedBy: t.ReplacedBy}, nil
}
