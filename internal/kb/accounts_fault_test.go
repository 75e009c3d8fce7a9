package kb_test

import (
	"context"
	"errors"
	"testing"

	"leerkring/internal/kb"
)

// faulty is a store that cannot be reached once it is told so.
type faulty struct {
	kb.Store
	gone bool
}

var errGone = errors.New("the network is gone") // compared by errors.Is

func (f *faulty) Get(ctx context.Context, ids []kb.ID) (map[kb.ID]kb.Record, error) {
	if f.gone {
		return nil, errGone
	}
	return f.Store.Get(ctx, ids)
}

func (f *faulty) Find(ctx context.Context, keys []string) (map[string]kb.ID, error) {
	if f.gone {
		return nil, errGone
	}
	return f.Store.Find(ctx, keys)
}

func (f *faulty) Last(ctx context.Context) (kb.Seq, error) {
	if f.gone {
		return 0, errGone
	}
	return f.Store.Last(ctx)
}

// A store that cannot be reached is an error, and never taken for "there is no such
// account": nobody is made a first admin, refused or let in because of it.
func TestAFaultIsNoAnswer(t *testing.T) {
	store := &faulty{}
	p := newPeople(t, mailOn, func(c *kb.AccountsConfig) { store.Store, c.Store = c.Store, store })
	mo, in := p.personByMail("Mo2")
	reset, err := p.IssueTicket(t.Context(), mo.Account, kb.TicketReset)
	check(t, err)
	store.gone = true
	ctx := t.Context()
	for name, do := range map[string]func() error{
		"authenticate": func() error { _, err := p.Authenticate(ctx, in.Secret); return err },
		"sign in":      func() error { _, err := p.SignIn(ctx, "mo2@leerkring.example", goodPassword, home()); return err },
		"sign in as":   func() error { _, err := p.SignInAs(ctx, identity("1"), home()); return err },
		"sign out":     func() error { _, err := p.SignOut(ctx, mo); return err },
		"sign up":      func() error { return p.SignUp(ctx, kb.SignUp{Name: "x", Email: "x@leerkring.example"}) },
		"reset":        func() error { return p.RequestReset(ctx, "mo2@leerkring.example", home()) },
		"first admin":  func() error { _, err := p.FirstAdmin(ctx); return err },
		"ticket":       func() error { _, err := p.Ticket(ctx, last(reset)); return err },
		"issue":        func() error { _, err := p.IssueTicket(ctx, mo.Account, kb.TicketReset); return err },
		"use a ticket": func() error {
			_, err := p.UseTicket(ctx, kb.TicketUse{Secret: last(reset), Password: otherPassword})
			return err
		},
		"sessions":     func() error { _, err := p.Sessions(ctx, mo); return err },
		"password":     func() error { _, err := p.ChangePassword(ctx, mo, goodPassword, otherPassword, home()); return err },
		"set password": func() error { _, err := p.SetPassword(ctx, kb.System(), mo.Account, otherPassword); return err },
		"mark":         func() error { _, err := p.Mark(ctx, mo.Account); return err },
		"names":        func() error { _, err := p.Names(ctx, []kb.ID{mo.Account}); return err },
		"by address":   func() error { _, err := p.ByEmail(ctx, p.boss, "mo2@leerkring.example"); return err },
		"get":          func() error { _, err := p.Get(ctx, mo, mo.Account); return err },
		"role":         func() error { _, _, err := p.SetRole(ctx, p.boss, mo.Account, 0, kb.RoleEditor); return err },
		"disable":      func() error { _, _, err := p.Disable(ctx, p.boss, mo.Account, 0); return err },
		"invite": func() error {
			_, _, _, err := p.Invite(ctx, p.boss, kb.Invitation{Name: "x", Email: "x@leerkring.example"})
			return err
		},
		"invite again":  func() error { _, _, _, err := p.InviteAgain(ctx, p.boss, mo.Account); return err },
		"revoke":        func() error { _, err := p.RevokeToken(ctx, mo, mo.Account); return err },
		"team":          func() error { _, err := p.Team(ctx, "wonen"); return err },
		"add to a team": func() error { _, _, err := p.AddToTeam(ctx, p.boss, mo.Account, "x", kb.TeamParticipant); return err },
		"profile":       func() error { _, _, err := p.SaveProfile(ctx, mo, 0, kb.Profile{}); return err },
		"consent":       func() error { _, _, err := p.WithdrawConsent(ctx, mo); return err },
		"personal data": func() error { _, err := p.PersonalData(ctx, mo); return err },
		"leave":         func() error { _, err := p.DeleteAccount(ctx, mo, goodPassword, home()); return err },
	} {
		if err := do(); !errors.Is(err, errGone) {
			t.Errorf("%s: %v", name, err)
		}
	}
	store.gone = false
	p.as(in.Secret)
	_, err = p.UseTicket(ctx, kb.TicketUse{Secret: last(reset), Password: otherPassword})
	check(t, err)
}
