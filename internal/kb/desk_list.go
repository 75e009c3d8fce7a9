package kb

import (
	"context"
	"time"
)

// The lists of what is to be done by editors.
const (
	QueueInReview  = "IN_REVIEW" // submitted and not approved yet; also the empty text
	QueueScheduled = "SCHEDULED" // approved, to be published later
	QueueReviewBy  = "REVIEW_BY" // published, and its review-by date is reached
)

// QueueFilter limits the review queue.
type QueueFilter struct {
	Reviewer ID     // what this editor was asked to review; empty for all
	Due      string // QueueInReview, QueueScheduled or QueueReviewBy
}

// Drafts lists what the actor made or is changing and that is not published, what
// was changed last first. first and after are as in SearchRequest.
func (d *Desk) Drafts(ctx context.Context, actor Actor, first int, after string) (*SearchResult, error) {
	if !actor.SignedIn() {
		return nil, forbidden(actor, Text{"Het programma zelf heeft geen concepten.", "The program itself has no drafts."})
	}
	return d.list(ctx, actor, actor, SearchRequest{
		Kinds: ContentKinds(), Filter: Filter{States: []string{StateWork, StateOwner(actor.Account)}}, Sort: SortNewest, First: first, After: after,
	})
}

// Queue lists what editors are to do, what waits longest first.
func (d *Desk) Queue(ctx context.Context, actor Actor, f QueueFilter, first int, after string) (*SearchResult, error) {
	if err := mayEdit(actor); err != nil {
		return nil, err
	}
	req := SearchRequest{Kinds: ContentKinds(), Sort: SortOldest, First: first, After: after}
	switch f.Due {
	case "", QueueInReview:
		req.Filter.States = []string{StateWaiting}
	case QueueScheduled:
		req.Filter.States = []string{StateScheduled}
	case QueueReviewBy:
		// Reached on the day itself.
		req.Filter.States, req.Filter.DueBefore = []string{string(StatusPublished)}, d.clock().Add(time.Millisecond)
	default:
		return nil, invalid([]Problem{{"due", Text{"is geen lijst die er is", "is not a list that there is"}}})
	}
	if f.Reviewer != "" {
		req.Filter.States = append(req.Filter.States, StateReviewer(f.Reviewer))
	}
	return d.list(ctx, actor, actor, req)
}

// list asks the index as one who may read, once it has what the actor wrote.
func (d *Desk) list(ctx context.Context, actor, reader Actor, req SearchRequest) (*SearchResult, error) {
	if err := atMost(req.First, MaxPage); err != nil {
		return nil, err
	}
	if err := d.own.Wait(ctx, actor); err != nil {
		return nil, err
	}
	res, err := d.search.Search(ctx, reader, req)
	if err != nil {
		return nil, err
	}
	for i := range res.Hits {
		res.Hits[i].Entity = Redact(actor, res.Hits[i].Entity)
	}
	return res, nil
}
