package graph

import (
	"context"
	"errors"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

var errStub = errors.New("not there yet")

// MarkNotificationsRead is the resolver of markNotificationsRead.
func (mutationResolver) MarkNotificationsRead(ctx context.Context, input model.MarkNotificationsReadInput) (*model.MarkNotificationsReadPayload, error) {
	return nil, errStub
}

// SetMailMode is the resolver of setMailMode.
func (mutationResolver) SetMailMode(ctx context.Context, input model.SetMailModeInput) (*model.SetMailModePayload, error) {
	return nil, errStub
}

// SignIn is the resolver of signIn.
func (mutationResolver) SignIn(ctx context.Context, input model.SignInInput) (*model.SignInPayload, error) {
	return nil, errStub
}

// SignOut is the resolver of signOut.
func (mutationResolver) SignOut(ctx context.Context, input model.SignOutInput) (*model.SignOutPayload, error) {
	return nil, errStub
}

// SignUp is the resolver of signUp.
func (mutationResolver) SignUp(ctx context.Context, input model.SignUpInput) (*model.SignUpPayload, error) {
	return nil, errStub
}

// RequestPasswordReset is the resolver of requestPasswordReset.
func (mutationResolver) RequestPasswordReset(ctx context.Context, input model.RequestPasswordResetInput) (*model.RequestPasswordResetPayload, error) {
	return nil, errStub
}

// RedeemTicket is the resolver of redeemTicket.
func (mutationResolver) RedeemTicket(ctx context.Context, input model.RedeemTicketInput) (*model.RedeemTicketPayload, error) {
	return nil, errStub
}

// ChangePassword is the resolver of changePassword.
func (mutationResolver) ChangePassword(ctx context.Context, input model.ChangePasswordInput) (*model.ChangePasswordPayload, error) {
	return nil, errStub
}

// UpdateAccount is the resolver of updateAccount.
func (mutationResolver) UpdateAccount(ctx context.Context, input model.UpdateAccountInput) (*model.UpdateAccountPayload, error) {
	return nil, errStub
}

// SaveProfile is the resolver of saveProfile.
func (mutationResolver) SaveProfile(ctx context.Context, input map[string]any) (*model.SaveProfilePayload, error) {
	return nil, errStub
}

// SetConsent is the resolver of setConsent.
func (mutationResolver) SetConsent(ctx context.Context, input model.SetConsentInput) (*model.SetConsentPayload, error) {
	return nil, errStub
}

// DeleteMyAccount is the resolver of deleteMyAccount.
func (mutationResolver) DeleteMyAccount(ctx context.Context, input model.DeleteMyAccountInput) (*model.DeleteMyAccountPayload, error) {
	return nil, errStub
}

// InviteAccount is the resolver of inviteAccount.
func (mutationResolver) InviteAccount(ctx context.Context, input model.InviteAccountInput) (*model.InviteAccountPayload, error) {
	return nil, errStub
}

// RenewInvitation is the resolver of renewInvitation.
func (mutationResolver) RenewInvitation(ctx context.Context, input model.RenewInvitationInput) (*model.RenewInvitationPayload, error) {
	return nil, errStub
}

// CreateApp is the resolver of createApp.
func (mutationResolver) CreateApp(ctx context.Context, input model.CreateAppInput) (*model.CreateAppPayload, error) {
	return nil, errStub
}

// SetRole is the resolver of setRole.
func (mutationResolver) SetRole(ctx context.Context, input model.SetRoleInput) (*model.SetRolePayload, error) {
	return nil, errStub
}

// SetTeams is the resolver of setTeams.
func (mutationResolver) SetTeams(ctx context.Context, input model.SetTeamsInput) (*model.SetTeamsPayload, error) {
	return nil, errStub
}

// SetDisabled is the resolver of setDisabled.
func (mutationResolver) SetDisabled(ctx context.Context, input model.SetDisabledInput) (*model.SetDisabledPayload, error) {
	return nil, errStub
}

// AddTeamMember is the resolver of addTeamMember.
func (mutationResolver) AddTeamMember(ctx context.Context, input model.AddTeamMemberInput) (*model.AddTeamMemberPayload, error) {
	return nil, errStub
}

// RemoveTeamMember is the resolver of removeTeamMember.
func (mutationResolver) RemoveTeamMember(ctx context.Context, input model.RemoveTeamMemberInput) (*model.RemoveTeamMemberPayload, error) {
	return nil, errStub
}

// CreateToken is the resolver of createToken.
func (mutationResolver) CreateToken(ctx context.Context, input model.CreateTokenInput) (*model.CreateTokenPayload, error) {
	return nil, errStub
}

// RevokeToken is the resolver of revokeToken.
func (mutationResolver) RevokeToken(ctx context.Context, input model.RevokeTokenInput) (*model.RevokeTokenPayload, error) {
	return nil, errStub
}

// PutJudgementList is the resolver of putJudgementList.
func (mutationResolver) PutJudgementList(ctx context.Context, input model.JudgementListInput) (*model.PutJudgementListPayload, error) {
	return nil, errStub
}

// DeleteJudgementList is the resolver of deleteJudgementList.
func (mutationResolver) DeleteJudgementList(ctx context.Context, input model.DeleteJudgementListInput) (*model.DeleteJudgementListPayload, error) {
	return nil, errStub
}

// PutRedirect is the resolver of putRedirect.
func (mutationResolver) PutRedirect(ctx context.Context, input model.RedirectInput) (*model.PutRedirectPayload, error) {
	return nil, errStub
}

// DeleteRedirect is the resolver of deleteRedirect.
func (mutationResolver) DeleteRedirect(ctx context.Context, input model.DeleteRedirectInput) (*model.DeleteRedirectPayload, error) {
	return nil, errStub
}

// Viewer is the resolver of viewer.
func (queryResolver) Viewer(ctx context.Context) (*model.Viewer, error) { return nil, errStub }

// Notifications is the resolver of notifications.
func (queryResolver) Notifications(ctx context.Context, unreadOnly *bool, first *int, after *string) (*model.NotificationConnection, error) {
	return nil, errStub
}

// Statistics is the resolver of statistics.
func (queryResolver) Statistics(ctx context.Context, from *kb.Date, to *kb.Date) (*model.Statistics, error) {
	return nil, errStub
}

// PersonalData is the resolver of personalData.
func (queryResolver) PersonalData(ctx context.Context) (*model.PersonalData, error) {
	return nil, errStub
}

// Ticket is the resolver of ticket.
func (queryResolver) Ticket(ctx context.Context, secret string) (*model.Ticket, error) {
	return nil, errStub
}

// Accounts is the resolver of accounts.
func (queryResolver) Accounts(ctx context.Context, first *int, after *string) (*model.AccountConnection, error) {
	return nil, errStub
}

// Account is the resolver of account.
func (queryResolver) Account(ctx context.Context, id kb.ID) (*kb.Account, error) { return nil, errStub }

// Reviewers is the resolver of reviewers.
func (queryResolver) Reviewers(ctx context.Context) ([]*model.AccountName, error) {
	return nil, errStub
}

// TeamMembers is the resolver of teamMembers.
func (queryResolver) TeamMembers(ctx context.Context, team kb.ID) ([]*model.TeamMember, error) {
	return nil, errStub
}

// Tokens is the resolver of tokens.
func (queryResolver) Tokens(ctx context.Context, all *bool, first *int, after *string) (*model.TokenConnection, error) {
	return nil, errStub
}

// Redirect is the resolver of redirect.
func (queryResolver) Redirect(ctx context.Context, path string) (*kb.Redirect, error) {
	return nil, errStub
}

// Redirects is the resolver of redirects.
func (queryResolver) Redirects(ctx context.Context, first *int, after *string) (*model.RedirectConnection, error) {
	return nil, errStub
}

// Judge is the resolver of judge.
func (queryResolver) Judge(ctx context.Context, list kb.ID) (*model.JudgementReport, error) {
	return nil, errStub
}

type accountResolver struct{ *Resolver }

// Account resolves the fields of Account.
func (r *Resolver) Account() exec.AccountResolver { return accountResolver{r} }

// Person is the resolver of person.
func (accountResolver) Person(ctx context.Context, obj *kb.Account) (*kb.Person, error) {
	return nil, errStub
}

// Confirmed is the resolver of confirmed.
func (accountResolver) Confirmed(ctx context.Context, obj *kb.Account) (bool, error) {
	return false, errStub
}

type membershipResolver struct{ *Resolver }

// Membership resolves the fields of Membership.
func (r *Resolver) Membership() exec.MembershipResolver { return membershipResolver{r} }

// Team is the resolver of team.
func (membershipResolver) Team(ctx context.Context, obj *kb.Membership) (kb.Entity, error) {
	return nil, errStub
}

type notificationResolver struct{ *Resolver }

// Notification resolves the fields of Notification.
func (r *Resolver) Notification() exec.NotificationResolver { return notificationResolver{r} }

// Text is the resolver of text.
func (notificationResolver) Text(ctx context.Context, obj *kb.Notification) (string, error) {
	return "", errStub
}

// Record is the resolver of record.
func (notificationResolver) Record(ctx context.Context, obj *kb.Notification) (kb.Entity, error) {
	return nil, errStub
}

// By is the resolver of by.
func (notificationResolver) By(ctx context.Context, obj *kb.Notification) (*model.AccountName, error) {
	return nil, errStub
}

type sessionResolver struct{ *Resolver }

// Session resolves the fields of Session.
func (r *Resolver) Session() exec.SessionResolver { return sessionResolver{r} }

// Current is the resolver of current.
func (sessionResolver) Current(ctx context.Context, obj *kb.Session) (bool, error) {
	return false, errStub
}

type tokenResolver struct{ *Resolver }

// Token resolves the fields of Token.
func (r *Resolver) Token() exec.TokenResolver { return tokenResolver{r} }

// Account is the resolver of account.
func (tokenResolver) Account(ctx context.Context, obj *kb.Token) (*model.AccountName, error) {
	return nil, errStub
}
