package kb

import (
	"context"
	"slices"
	"strings"
)

// Invitation is who is to get an account.
type Invitation struct {
	Name, Email string
	Role        Role // empty is MEMBER
	Teams       []Membership
	Language    string // of mails; empty is nl
}

// Invite makes an account and has an invitation sent. Where no mail is sent, link is
// the invitation for admins, and empty for others: whoever holds it could take the
// account, so that an admin hands it over (InviteAgain). Admins invite anyone; organisers of a team invite members as
// participants of their teams, and someone who has an account already just joins.
func (a *Accounts) Invite(ctx context.Context, actor Actor, inv Invitation) (x *Account, link string, seq Seq, err error) {
	x, err = a.invited(ctx, actor, inv)
	if err != nil {
		return nil, "", 0, err
	}
	taken, err := a.byKey(ctx, EmailKey(x.Email))
	if err != nil {
		return nil, "", 0, err
	}
	if taken != nil && taken.selfMade() {
		return a.takeOver(ctx, actor, taken, x)
	}
	if taken != nil && !actor.Has(RoleAdmin, ScopeAdmin) {
		x, seq, err = a.join(ctx, actor, taken, x.Teams)
		return x, "", seq, err
	}
	if taken != nil {
		return nil, "", 0, addressTaken()
	}
	seq, err = a.write(ctx, actor, x, Event{Type: EventInvited, About: x.ID})
	if CodeOf(err) == KeyTaken {
		err = addressTaken()
	}
	if err != nil {
		return nil, "", 0, err
	}
	link, err = a.sendLink(ctx, actor, x.ID, MailInvitation, TicketInvitation)
	return x, link, seq, err
}

// takeOver makes an invitation of an account that a stranger opened with an address
// that nobody has answered at: what they typed goes, and so do their links.
func (a *Accounts) takeOver(ctx context.Context, actor Actor, taken, as *Account) (x *Account, link string, seq Seq, err error) {
	if err := a.endTickets(ctx, taken.ID); err != nil {
		return nil, "", 0, err
	}
	x, seq, err = a.change(ctx, actor, taken.ID, taken.Version, Event{Type: EventInvited, About: taken.ID}, func(x *Account) error {
		x.CreatedBy, x.Name, x.Role, x.Teams, x.Language, x.Mails = actor.Account, as.Name, as.Role, as.Teams, as.Language, as.Mails
		x.Password, x.Epoch = "", x.Epoch+1
		return nil
	})
	if err != nil {
		return nil, "", 0, err
	}
	link, err = a.sendLink(ctx, actor, x.ID, MailInvitation, TicketInvitation)
	return x, link, seq, err
}

// invited is the account that an invitation makes, if the actor may.
func (a *Accounts) invited(ctx context.Context, actor Actor, inv Invitation) (*Account, error) {
	if inv.Role == "" {
		inv.Role = RoleMember
	}
	if inv.Language == "" {
		inv.Language = "nl"
	}
	if !actor.Has(RoleAdmin, ScopeAdmin) {
		if err := mayInvite(actor, inv); err != nil {
			return nil, err
		}
	}
	if err := a.checkTeams(ctx, inv.Teams); err != nil {
		return nil, err
	}
	x := &Account{
		Head: a.newHead(a.NewID(), actor.Account), Name: strings.TrimSpace(inv.Name), Email: strings.TrimSpace(inv.Email),
		Role: inv.Role, Teams: slices.Clone(inv.Teams), Language: inv.Language, Mails: MailDaily,
	}
	return x, Validate(x)
}

// mayInvite lets organisers invite members as participants of their own teams.
func mayInvite(actor Actor, inv Invitation) error {
	if err := needSignIn(actor); err != nil {
		return err
	}
	for _, m := range inv.Teams {
		if err := mayOrganise(actor, m.Team); err != nil {
			return err
		}
		if m.Role != TeamParticipant {
			return Errorf(Forbidden, Text{"Nodig iemand uit als deelnemer van uw team.", "Invite someone as a participant of your team."})
		}
	}
	if len(inv.Teams) == 0 || inv.Role != RoleMember {
		return Errorf(Forbidden, Text{
			"Organisatoren nodigen uit voor hun eigen team, met de rol MEMBER.", "Organisers invite into their own team, with the role MEMBER.",
		})
	}
	return nil
}

// join puts someone who has an account into teams. What the organiser gets to see of
// it is a name.
func (a *Accounts) join(ctx context.Context, actor Actor, x *Account, teams []Membership) (*Account, Seq, error) {
	x, seq, err := a.change(ctx, actor, x.ID, 0, Event{Type: EventTeamsChanged, About: x.ID, Fields: []string{"teams"}}, func(x *Account) error {
		for _, m := range teams {
			if x.Actor().TeamRole(m.Team) == "" {
				x.Teams = append(x.Teams, m)
			}
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	return &Account{Head: Head{ID: x.ID}, Name: x.Name, Email: x.Email, Role: RoleMember, Teams: teams, Language: x.Language, Mails: x.Mails}, seq, nil
}

// sendLink has a link sent. Where no mail is sent it gives the link to admins, and
// to nobody else.
func (a *Accounts) sendLink(ctx context.Context, actor Actor, account ID, t MailType, p TicketPurpose) (string, error) {
	if a.MailOn {
		return "", a.mail(ctx, actor, account, t, EventInternal)
	}
	if !actor.Has(RoleAdmin, ScopeAdmin) {
		return "", nil
	}
	return a.IssueTicket(ctx, account, p)
}

// InviteAgain makes a new link for someone who did not answer yet, or one to set
// another password for someone who did, by an admin.
func (a *Accounts) InviteAgain(ctx context.Context, actor Actor, id ID) (x *Account, link string, seq Seq, err error) {
	if err := mayAdminister(actor); err != nil {
		return nil, "", 0, err
	}
	found, err := a.byID(ctx, id)
	if err != nil {
		return nil, "", 0, err
	}
	x = found[id]
	if x == nil || x.App || x.Disabled {
		return nil, "", 0, noAccount()
	}
	mail, purpose, event := MailReset, TicketReset, EventResetRequested
	switch {
	case x.selfMade():
		mail, purpose, event = MailConfirm, TicketConfirm, EventInvited
	case x.ConfirmedAt == nil:
		mail, purpose, event = MailInvitation, TicketInvitation, EventInvited
	}
	// The account is written too, so that the audit trail tells who gave out a link.
	x, seq, err = a.change(ctx, actor, id, 0, Event{Type: event, About: id}, func(*Account) error { return nil })
	if err != nil {
		return nil, "", 0, err
	}
	link, err = a.sendLink(ctx, actor, id, mail, purpose)
	return x, link, seq, err
}

// CreateApp makes an account for a program, which asks by tokens, by an admin.
func (a *Accounts) CreateApp(ctx context.Context, actor Actor, name string, role Role, teams []Membership) (*Account, Seq, error) {
	if err := mayAdminister(actor); err != nil {
		return nil, 0, err
	}
	if err := a.checkTeams(ctx, teams); err != nil {
		return nil, 0, err
	}
	if role == RoleAdmin {
		return nil, 0, errorOf([]Problem{{Field: "role", Text: Text{"een programma kan geen beheerder zijn", "a program cannot be an admin"}}})
	}
	x := &Account{
		Head: a.newHead(a.NewID(), actor.Account), Name: strings.TrimSpace(name), Role: role, Teams: slices.Clone(teams),
		App: true, Language: "nl", Mails: MailNone,
	}
	seq, err := a.write(ctx, actor, x, Event{Type: EventInvited, About: x.ID})
	return x, seq, err
}

// SignUp is who opens an account.
type SignUp struct {
	Name, Email string
	Language    string // of mails; empty is nl
	From        Client
}

// SignUp opens an account with the rights of a visitor, and has a link sent by which
// its owner confirms the address and sets a password. Where no mail is sent, an admin
// gives the link. Forbidden where it is not switched on. The answer is the same, and
// takes as long, for an address that has an account.
func (a *Accounts) SignUp(ctx context.Context, s SignUp) error {
	if !a.OpenSignUp {
		return Errorf(Forbidden, Text{
			"U kunt hier zelf geen account maken. Vraag een uitnodiging aan een beheerder.", "You cannot open an account here yourself. Ask an admin for an invitation.",
		})
	}
	if s.Language == "" {
		s.Language = "nl"
	}
	id := a.NewID()
	x := &Account{
		Head: a.newHead(id, id), Name: strings.TrimSpace(s.Name), Email: strings.TrimSpace(s.Email),
		Role: RoleVisitor, Language: s.Language, Mails: MailDaily,
	}
	if err := Validate(x); err != nil {
		return err
	}
	return a.evenly(ctx, s.From, func() error {
		taken, err := a.byKey(ctx, EmailKey(x.Email))
		if err != nil {
			return err
		}
		if taken != nil && taken.Disabled {
			return nil
		}
		if taken != nil {
			return a.mailOnce(ctx, taken)
		}
		if _, err := a.write(ctx, x.Actor(), x, Event{Type: EventSignedUp, About: id}); err != nil {
			if CodeOf(err) == KeyTaken {
				return nil // someone else just did
			}
			return err
		}
		return a.mailOnce(ctx, x)
	})
}
