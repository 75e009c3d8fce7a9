package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// InviteAccount is the resolver of inviteAccount.
func (r mutationResolver) InviteAccount(ctx context.Context, input model.InviteAccountInput) (*model.InviteAccountPayload, error) {
	a, link, seq, err := r.accounts.Invite(ctx, readingOf(ctx).actor, kb.Invitation{
		Name: input.Name, Email: input.Email, Role: deref(input.Role), Teams: memberships(input.Teams), Language: deref(input.Language),
	})
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.InviteAccountPayload{Account: a, Link: filled(link), UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}

// RenewInvitation is the resolver of renewInvitation.
func (r mutationResolver) RenewInvitation(ctx context.Context, input model.RenewInvitationInput) (*model.RenewInvitationPayload, error) {
	a, link, seq, err := r.accounts.InviteAgain(ctx, readingOf(ctx).actor, input.Account)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.RenewInvitationPayload{Account: a, Link: filled(link), UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}

// CreateApp is the resolver of createApp.
func (r mutationResolver) CreateApp(ctx context.Context, input model.CreateAppInput) (*model.CreateAppPayload, error) {
	a, seq, err := r.accounts.CreateApp(ctx, readingOf(ctx).actor, input.Name, input.Role, memberships(input.Teams))
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return &model.CreateAppPayload{UserErrors: wrong}, nil
	}
	return &model.CreateAppPayload{Account: a, Sequence: sequence(ctx, seq)}, nil
}

func memberships(in []*model.MembershipInput) []kb.Membership {
	var out []kb.Membership
	for _, m := range in {
		out = append(out, kb.Membership{Team: m.Team, Role: m.Role})
	}
	return out
}
