package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// known reports whether who asks can have work of their own: visitors have none,
// and cost no look-up.
func (r *reading) known() bool { return r.actor.SignedIn() || r.actor.Role == kb.RoleSystem }

// draft gives a record as who works on it sees it; empty for who may not know of
// it, and for visitors.
func (r *reading) draft(ctx context.Context, id kb.ID) (kb.Draft, error) {
	if !r.known() {
		return kb.Draft{}, nil
	}
	return r.drafts.one(ctx, id)
}

// Team is the resolver of team.
func (noun[E]) Team(ctx context.Context, e E) (kb.Entity, error) {
	if h := e.Base(); h.Visibility == kb.VisibilityTeam {
		return reference[kb.Entity](ctx, h.Team)
	}
	return nil, nil
}

// Review is the resolver of review. Only who works on a record reads it while it is
// in one of these states.
func (noun[E]) Review(_ context.Context, e E) (*kb.Review, error) {
	if h := e.Base(); h.Status == kb.StatusDraft || h.Status == kb.StatusInReview {
		return h.Review, nil
	}
	return nil, nil
}

// Withdrawal is the resolver of withdrawal.
func (noun[E]) Withdrawal(_ context.Context, e E) (*kb.Withdrawal, error) {
	return e.Base().Withdrawal, nil
}

// WorkingCopy is the resolver of workingCopy.
func (noun[E]) WorkingCopy(ctx context.Context, e E) (E, error) {
	d, err := readingOf(ctx).draft(ctx, e.Base().ID)
	copied, _ := d.Copy.(E)
	return copied, err
}

// ViewerCan is the resolver of viewerCan.
func (noun[E]) ViewerCan(ctx context.Context, e E) ([]kb.Ability, error) {
	d, err := readingOf(ctx).draft(ctx, e.Base().ID)
	return d.Can, err
}

// Comments is the resolver of comments.
func (r noun[E]) Comments(ctx context.Context, e E, first *int, after *string) (*model.CommentConnection, error) {
	var req kb.SearchRequest
	if err := (page{first, after, 50}).into(&req); err != nil {
		return nil, err
	}
	reading := readingOf(ctx)
	if !reading.known() {
		return &model.CommentConnection{PageInfo: &model.PageInfo{}}, nil
	}
	res, err := r.desk.Comments(ctx, reading.actor, e.Base().ID, req.First, req.After)
	if hidden(err) {
		return &model.CommentConnection{PageInfo: &model.PageInfo{}}, nil
	}
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, c *kb.Comment) *model.CommentEdge {
		reading.names.expect(c.CreatedBy, c.ResolvedBy)
		reading.drafts.expect(c.Record)
		return &model.CommentEdge{Cursor: cursor, Node: c}
	})
	return &model.CommentConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

// accountName gives who an account belongs to; nil for none, which is the program itself.
func accountName(ctx context.Context, id kb.ID) (*model.AccountName, error) {
	if id == "" {
		return nil, nil
	}
	name, err := readingOf(ctx).names.one(ctx, id)
	return &model.AccountName{ID: id, Name: name}, err
}

type reviewResolver struct{ *Resolver }

// Review resolves the fields of reviews.
func (r *Resolver) Review() exec.ReviewResolver { return reviewResolver{r} }

// SubmittedBy is the resolver of submittedBy.
func (reviewResolver) SubmittedBy(ctx context.Context, v *kb.Review) (*model.AccountName, error) {
	return accountName(ctx, v.SubmittedBy)
}

// Reviewer is the resolver of reviewer.
func (reviewResolver) Reviewer(ctx context.Context, v *kb.Review) (*model.AccountName, error) {
	return accountName(ctx, v.Reviewer)
}

// ApprovedBy is the resolver of approvedBy.
func (reviewResolver) ApprovedBy(ctx context.Context, v *kb.Review) (*model.AccountName, error) {
	return accountName(ctx, v.ApprovedBy)
}

type withdrawalResolver struct{ *Resolver }

// Withdrawal resolves the fields of withdrawals.
func (r *Resolver) Withdrawal() exec.WithdrawalResolver { return withdrawalResolver{r} }

// ReplacedBy is the resolver of replacedBy.
func (withdrawalResolver) ReplacedBy(ctx context.Context, v *kb.Withdrawal) (kb.Entity, error) {
	return reference[kb.Entity](ctx, v.ReplacedBy)
}
