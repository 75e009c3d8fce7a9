package kb_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"leerkring/internal/auth"
	"leerkring/internal/kb"
)

const (
	goodPassword  = "vier losse woorden samen"
	otherPassword = "heel andere tekst als sleutel"
	homeNetwork   = "192.0.2.7"
)

// people are accounts on the real store and index, with a clock that is set by hand.
type people struct {
	*kb.Accounts
	*deskWorld
	first *kb.SignedIn // the first admin
	boss  kb.Actor
}

func newPeople(t *testing.T, change ...func(*kb.AccountsConfig)) *people {
	t.Helper()
	w := newDeskWorld(t)
	ids := 0
	c := kb.AccountsConfig{
		Store: w.store, Search: w.index, Own: w.own, Now: func() time.Time { return w.now }, BaseURL: "https://kennis.example",
		NewID:  func() kb.ID { ids++; return kb.DeriveID("people", strconv.Itoa(ids)) },
		Hasher: auth.NewPasswords(auth.PasswordOptions{Memory: 8}), Even: time.Millisecond,
	}
	for _, f := range change {
		f(&c)
	}
	p := &people{Accounts: kb.NewAccounts(c), deskWorld: w}
	secret, err := p.FirstAdmin(t.Context())
	check(t, err)
	p.first, err = p.UseTicket(t.Context(), kb.TicketUse{Secret: secret, Password: goodPassword, Name: "Bea Beheer", Email: "bea@leerkring.example", From: home()})
	check(t, err)
	p.boss = p.as(p.first.Secret)
	return p
}

func home() kb.Client { return kb.Client{IP: homeNetwork, Browser: "Vuurvos"} }

// as gives who a secret belongs to.
func (p *people) as(secret string) kb.Actor {
	p.t.Helper()
	actor, err := p.Authenticate(p.t.Context(), secret)
	check(p.t, err)
	return actor
}

// dead is for secrets that must be good for nothing.
func (p *people) dead(what, secret string) {
	p.t.Helper()
	if actor, err := p.Authenticate(p.t.Context(), secret); kb.CodeOf(err) != kb.Unauthenticated {
		p.t.Errorf("%s: still good for %+v, %v", what, actor, err)
	}
}

// person makes an account by invitation, and signs it in.
func (p *people) person(name string, role kb.Role, teams ...kb.Membership) (kb.Actor, *kb.SignedIn) {
	p.t.Helper()
	_, link, _, err := p.Invite(p.t.Context(), p.boss, kb.Invitation{Name: name, Email: strings.ToLower(name) + "@leerkring.example", Role: role, Teams: teams})
	check(p.t, err)
	in, err := p.UseTicket(p.t.Context(), kb.TicketUse{Secret: last(link), Password: goodPassword, From: home()})
	check(p.t, err)
	return p.as(in.Secret), in
}

// last is the secret of a link.
func last(link string) string { return link[strings.LastIndexByte(link, '/')+1:] }

// team makes a learning circle.
func (p *people) team(name string) kb.ID {
	p.t.Helper()
	id := kb.DeriveID("team", name)
	p.put(&kb.LearningCircle{
		Head: kb.Head{ID: id, Slug: name, Status: kb.StatusPublished, Visibility: kb.VisibilityPublic, CreatedAt: p.now, UpdatedAt: p.now}, Name: name,
	})
	return id
}

func wantCode(t *testing.T, what string, want kb.Code, err error) {
	t.Helper()
	if got := kb.CodeOf(err); got != want {
		t.Errorf("%s: %v, want %q", what, err, want)
	}
}

// accountsOver are accounts without anyone in them.
func accountsOver(w *deskWorld) *kb.Accounts {
	return kb.NewAccounts(kb.AccountsConfig{
		Store: w.store, Search: w.index, Own: w.own, Now: func() time.Time { return w.now }, BaseURL: "https://kennis.example",
		NewID: func() kb.ID { return kb.DeriveID("people", w.now.String()) }, Hasher: auth.NewPasswords(auth.PasswordOptions{Memory: 8}), Even: time.Millisecond,
	})
}
