package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Ticket is the resolver of ticket.
func (r queryResolver) Ticket(ctx context.Context, secret string) (*model.Ticket, error) {
	t, err := r.accounts.Ticket(ctx, secret)
	if kb.CodeOf(err) == kb.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &model.Ticket{Purpose: t.Purpose, Email: t.Email, Name: t.Name, ExpiresAt: t.ExpiresAt}, nil
}

// RedeemTicket is the resolver of redeemTicket.
func (r mutationResolver) RedeemTicket(ctx context.Context, input model.RedeemTicketInput) (*model.RedeemTicketPayload, error) {
	in, err := r.accounts.UseTicket(ctx, kb.TicketUse{
		Secret: input.Secret, Password: input.Password, Name: deref(input.Name), Email: deref(input.Email),
		Language: readingOf(ctx).lang, From: kb.ClientOf(ctx),
	})
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	account, session := begun(in)
	return &model.RedeemTicketPayload{Account: account, Session: session, UserErrors: wrong}, nil
}
