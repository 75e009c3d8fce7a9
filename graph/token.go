package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Tokens is the resolver of tokens.
func (r queryResolver) Tokens(ctx context.Context, all *bool, first *int, after *string) (*model.TokenConnection, error) {
	var req kb.SearchRequest
	if err := (page{first, after, 50}).into(&req); err != nil {
		return nil, err
	}
	reading := readingOf(ctx)
	res, err := r.accounts.Tokens(ctx, reading.actor, deref(all), req.First, req.After)
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, t *kb.Token) *model.TokenEdge {
		return &model.TokenEdge{Cursor: cursor, Node: t}
	})
	for _, t := range nodes {
		reading.names.expect(t.Account)
	}
	return &model.TokenConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

// CreateToken is the resolver of createToken.
func (r mutationResolver) CreateToken(ctx context.Context, input model.CreateTokenInput) (*model.CreateTokenPayload, error) {
	req := kb.TokenRequest{Account: deref(input.Account), Name: input.Name, Scopes: input.Scopes}
	if input.Days != nil {
		req.Days = chosen(*input.Days)
	}
	secret, t, seq, err := r.accounts.CreateToken(ctx, readingOf(ctx).actor, req)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.CreateTokenPayload{Token: t, Secret: filled(secret), UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}

// RevokeToken is the resolver of revokeToken.
func (r mutationResolver) RevokeToken(ctx context.Context, input model.RevokeTokenInput) (*model.RevokeTokenPayload, error) {
	seq, err := r.accounts.RevokeToken(ctx, readingOf(ctx).actor, input.ID)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return &model.RevokeTokenPayload{UserErrors: wrong}, nil
	}
	return &model.RevokeTokenPayload{ID: &input.ID, Sequence: sequence(ctx, seq)}, nil
}

type tokenResolver struct{ *Resolver }

// Token resolves the fields of tokens.
func (r *Resolver) Token() exec.TokenResolver { return tokenResolver{r} }

// Account is the resolver of account.
func (tokenResolver) Account(ctx context.Context, t *kb.Token) (*model.AccountName, error) {
	return accountName(ctx, t.Account)
}
