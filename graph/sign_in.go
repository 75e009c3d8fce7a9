package graph

import (
	"context"
	"errors"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// SignIn is the resolver of signIn. A wrong address or password is something that
// a person can mend, so it is told as such and not as an error of the answer.
func (r mutationResolver) SignIn(ctx context.Context, input model.SignInInput) (*model.SignInPayload, error) {
	in, err := r.accounts.SignIn(ctx, input.Email, input.Password, kb.ClientOf(ctx))
	if e, ok := errors.AsType[*kb.Error](err); ok && e.Code == kb.Unauthenticated {
		refused := &model.UserError{Code: model.UserErrorCodeBadUserInput, Message: e.Text.In(readingOf(ctx).lang)}
		return &model.SignInPayload{UserErrors: []*model.UserError{refused}}, nil
	}
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	account, session := begun(in)
	return &model.SignInPayload{Account: account, Session: session, UserErrors: wrong}, nil
}

// begun gives what a client gets of a session that was just begun; nothing of none.
func begun(in *kb.SignedIn) (*kb.Account, *model.SignedIn) {
	if in == nil {
		return nil, nil
	}
	return in.Account, &model.SignedIn{Secret: in.Secret, ExpiresAt: in.ExpiresAt}
}

// SignOut is the resolver of signOut.
func (r mutationResolver) SignOut(ctx context.Context, input model.SignOutInput) (*model.SignOutPayload, error) {
	if len(input.Sessions) > kb.MaxSessions {
		return nil, badArgument("input", kb.Text{NL: "Noem hoogstens %d sessies.", EN: "Name at most %d sessions."}, kb.MaxSessions)
	}
	seq, err := r.endSessions(ctx, input)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.SignOutPayload{UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}

func (r mutationResolver) endSessions(ctx context.Context, input model.SignOutInput) (kb.Seq, error) {
	actor := readingOf(ctx).actor
	if deref(input.All) {
		return r.accounts.EndSessions(ctx, actor, actor.Account)
	}
	return r.accounts.SignOut(ctx, actor, input.Sessions...)
}

// SignUp is the resolver of signUp.
func (r mutationResolver) SignUp(ctx context.Context, input model.SignUpInput) (*model.SignUpPayload, error) {
	s := kb.SignUp{Name: input.Name, Email: input.Email, Language: deref(input.Language), From: kb.ClientOf(ctx)}
	wrong, err := mendable(ctx, r.accounts.SignUp(ctx, s))
	if err != nil {
		return nil, err
	}
	return &model.SignUpPayload{Accepted: len(wrong) == 0, UserErrors: wrong}, nil
}

// RequestPasswordReset is the resolver of requestPasswordReset.
func (r mutationResolver) RequestPasswordReset(ctx context.Context, input model.RequestPasswordResetInput) (*model.RequestPasswordResetPayload, error) {
	wrong, err := mendable(ctx, r.accounts.RequestReset(ctx, input.Email, kb.ClientOf(ctx)))
	if err != nil {
		return nil, err
	}
	return &model.RequestPasswordResetPayload{Accepted: len(wrong) == 0, UserErrors: wrong}, nil
}

// ChangePassword is the resolver of changePassword.
func (r mutationResolver) ChangePassword(ctx context.Context, input model.ChangePasswordInput) (*model.ChangePasswordPayload, error) {
	in, err := r.accounts.ChangePassword(ctx, readingOf(ctx).actor, input.Current, input.Password, kb.ClientOf(ctx))
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	account, session := begun(in)
	return &model.ChangePasswordPayload{Account: account, Session: session, UserErrors: wrong}, nil
}
