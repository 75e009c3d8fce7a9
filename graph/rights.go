package graph

import (
	"context"

	"leerkring/graph/model"
)

// SetRole is the resolver of setRole.
func (r mutationResolver) SetRole(ctx context.Context, input model.SetRoleInput) (*model.SetRolePayload, error) {
	a, seq, err := r.accounts.SetRole(ctx, readingOf(ctx).actor, input.Account, chosen(input.Version), input.Role)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.SetRolePayload{Account: a, UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}

// SetTeams is the resolver of setTeams.
func (r mutationResolver) SetTeams(ctx context.Context, input model.SetTeamsInput) (*model.SetTeamsPayload, error) {
	a, seq, err := r.accounts.SetTeams(ctx, readingOf(ctx).actor, input.Account, chosen(input.Version), memberships(input.Teams))
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.SetTeamsPayload{Account: a, UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}

// SetDisabled is the resolver of setDisabled.
func (r mutationResolver) SetDisabled(ctx context.Context, input model.SetDisabledInput) (*model.SetDisabledPayload, error) {
	set := r.accounts.Enable
	if input.Disabled {
		set = r.accounts.Disable
	}
	a, seq, err := set(ctx, readingOf(ctx).actor, input.Account, chosen(input.Version))
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.SetDisabledPayload{Account: a, UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}
