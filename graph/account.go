package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Account is the resolver of account.
func (r queryResolver) Account(ctx context.Context, id kb.ID) (*kb.Account, error) {
	return r.accountOf(ctx, id)
}

// accountOf gives an account to its owner and to admins, nil to others who are
// signed in: whether it exists must look the same.
func (r *Resolver) accountOf(ctx context.Context, id kb.ID) (*kb.Account, error) {
	x, err := r.accounts.Get(ctx, readingOf(ctx).actor, id)
	if kb.CodeOf(err) == kb.NotFound {
		return nil, nil
	}
	return x, err
}

// Accounts is the resolver of accounts.
func (r queryResolver) Accounts(ctx context.Context, first *int, after *string) (*model.AccountConnection, error) {
	var req kb.SearchRequest
	if err := (page{first, after, 50}).into(&req); err != nil {
		return nil, err
	}
	res, err := r.accounts.List(ctx, readingOf(ctx).actor, req.First, req.After)
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, a *kb.Account) *model.AccountEdge {
		return &model.AccountEdge{Cursor: cursor, Node: a}
	})
	return &model.AccountConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

// Reviewers is the resolver of reviewers.
func (r queryResolver) Reviewers(ctx context.Context) ([]*model.AccountName, error) {
	found, err := r.accounts.Reviewers(ctx, readingOf(ctx).actor)
	if err != nil {
		return nil, err
	}
	out := make([]*model.AccountName, len(found))
	for i, a := range found {
		out[i] = &model.AccountName{ID: a.ID, Name: a.Name}
	}
	return out, nil
}

// UpdateAccount is the resolver of updateAccount.
func (r mutationResolver) UpdateAccount(ctx context.Context, input model.UpdateAccountInput) (*model.UpdateAccountPayload, error) {
	actor := readingOf(ctx).actor
	a, seq, err := r.accounts.Update(ctx, actor, actor.Account, chosen(input.Version), kb.AccountChanges{Name: input.Name, Language: input.Language})
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.UpdateAccountPayload{Account: a, UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}

// SetMailMode is the resolver of setMailMode.
func (r mutationResolver) SetMailMode(ctx context.Context, input model.SetMailModeInput) (*model.SetMailModePayload, error) {
	actor := readingOf(ctx).actor
	a, seq, err := r.accounts.Update(ctx, actor, actor.Account, 0, kb.AccountChanges{Mails: &input.Mode})
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.SetMailModePayload{Account: a, UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}

// chosen gives a number from 1 that a client chose in the form of the services, to
// which 0 is that nobody chose: a version that was read, a number of days.
func chosen(n int) int {
	if n < 1 {
		return -1
	}
	return n
}

// mendable parts an error in what who asked can mend, and what is one of the whole answer.
func mendable(ctx context.Context, err error) ([]*model.UserError, error) {
	if wrong := userErrors(ctx, err); len(wrong) > 0 {
		return wrong, nil
	}
	return nil, err
}

type accountResolver struct{ *Resolver }

// Account resolves the fields of accounts.
func (r *Resolver) Account() exec.AccountResolver { return accountResolver{r} }

// Person is the resolver of person.
func (accountResolver) Person(ctx context.Context, a *kb.Account) (*kb.Person, error) {
	return reference[*kb.Person](ctx, a.Person)
}

// Confirmed is the resolver of confirmed.
func (accountResolver) Confirmed(_ context.Context, a *kb.Account) (bool, error) {
	return a.ConfirmedAt != nil, nil
}
