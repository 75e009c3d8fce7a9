package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Redirect is the resolver of redirect. Why it is there is for editors.
func (r queryResolver) Redirect(ctx context.Context, path string) (*kb.Redirect, error) {
	found, err := r.editorial.Redirect(ctx, path)
	if kb.CodeOf(err) == kb.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !readingOf(ctx).actor.CanEdit() {
		found.Why = ""
	}
	return found, nil
}

// Redirects is the resolver of redirects.
func (r queryResolver) Redirects(ctx context.Context, first *int, after *string) (*model.RedirectConnection, error) {
	res, err := r.lists(ctx, kb.KindRedirect, page{first, after, 50})
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, x *kb.Redirect) *model.RedirectEdge {
		return &model.RedirectEdge{Cursor: cursor, Node: x}
	})
	return &model.RedirectConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

// PutRedirect is the resolver of putRedirect.
func (r mutationResolver) PutRedirect(ctx context.Context, input model.RedirectInput) (*model.PutRedirectPayload, error) {
	x := &kb.Redirect{From: input.From, To: input.To, Why: deref(input.Why)}
	x.ID, x.Version = deref(input.ID), deref(input.Version)
	seq, err := r.editorial.PutRedirect(ctx, readingOf(ctx).actor, x)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return &model.PutRedirectPayload{UserErrors: wrong}, nil
	}
	return &model.PutRedirectPayload{Record: x, Sequence: sequence(ctx, seq)}, nil
}

// DeleteRedirect is the resolver of deleteRedirect.
func (r mutationResolver) DeleteRedirect(ctx context.Context, input model.DeleteRedirectInput) (*model.DeleteRedirectPayload, error) {
	seq, err := r.editorial.DeleteRedirect(ctx, readingOf(ctx).actor, input.ID, input.Version)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return &model.DeleteRedirectPayload{UserErrors: wrong}, nil
	}
	return &model.DeleteRedirectPayload{ID: &input.ID, Sequence: sequence(ctx, seq)}, nil
}
