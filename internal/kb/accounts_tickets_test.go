package kb_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/internal/kb"
)

func TestTheFirstAdmin(t *testing.T) {
	p := newPeople(t)
	if p.boss.Role != kb.RoleAdmin {
		t.Fatalf("%+v", p.boss)
	}
	_, err := p.FirstAdmin(t.Context())
	wantCode(t, "a link for a second first admin", kb.NotFound, err)
	_, err = p.FirstAdminLink(t.Context(), "nl")
	wantCode(t, "the same as a link", kb.NotFound, err)
}

func TestALinkOfTheFirstAdmin(t *testing.T) {
	w := newDeskWorld(t)
	a := accountsOver(w)
	old, err := a.FirstAdmin(t.Context())
	check(t, err)
	link, err := a.FirstAdminLink(t.Context(), "en")
	check(t, err)
	if !strings.HasPrefix(link, "https://kennis.example/en/begin/") {
		t.Errorf("%s", link)
	}
	use := func(secret, name, email, password string) (*kb.SignedIn, error) {
		return a.UseTicket(t.Context(), kb.TicketUse{Secret: secret, Name: name, Email: email, Password: password, Language: "en"})
	}
	_, err = use(old, "Bea", "bea@leerkring.example", goodPassword)
	wantCode(t, "the link of an earlier start", kb.NotFound, err)
	info, err := a.Ticket(t.Context(), last(link))
	if err != nil || info.Purpose != kb.TicketFirstAdmin || info.Email != "" {
		t.Errorf("%+v %v", info, err)
	}
	// What is wrong leaves the link as it was.
	for what, input := range map[string][3]string{
		"no name": {"", "bea@leerkring.example", goodPassword}, "no address": {"Bea", "", goodPassword}, "no password": {"Bea", "bea@leerkring.example", ""},
		"the address as a password": {"Bea", "bea@leerkring.example", "bea@leerkring"}, "an address in use": {"Bea", "Ada@leerkring.example", goodPassword},
	} {
		_, err = use(last(link), input[0], input[1], input[2])
		wantCode(t, what, kb.Invalid, err)
		if e, ok := errors.AsType[*kb.Error](err); !ok || len(e.Problems) == 0 {
			t.Errorf("%s: %v", what, err)
		}
	}
	in, err := use(last(link), "Bea", "bea@leerkring.example", goodPassword)
	check(t, err)
	if in.Account.Role != kb.RoleAdmin || in.Account.Language != "en" {
		t.Errorf("%+v", in.Account)
	}
	_, err = use(last(link), "Eve", "eve@leerkring.example", goodPassword)
	wantCode(t, "the link again", kb.NotFound, err)

	w.now = w.now.Add(time.Hour)
	if _, err = a.Ticket(t.Context(), ""); kb.CodeOf(err) != kb.NotFound {
		t.Errorf("no secret at all: %v", err)
	}
}

// A link that many use at the same time works for one.
func TestALinkWorksOnce(t *testing.T) {
	p := newPeople(t)
	_, link, _, err := p.Invite(t.Context(), p.boss, kb.Invitation{Name: "Nieuw", Email: "nieuw@leerkring.example"})
	check(t, err)
	var wg sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		wg.Go(func() {
			_, results[i] = p.UseTicket(t.Context(), kb.TicketUse{Secret: last(link), Password: goodPassword})
		})
	}
	wg.Wait()
	good := 0
	for _, err := range results {
		if err == nil {
			good++
		} else {
			wantCode(t, "the others", kb.NotFound, err)
		}
	}
	if good != 1 {
		t.Errorf("it worked for %d", good)
	}
}

func TestInvitations(t *testing.T) {
	p := newPeople(t)
	x, link, _, err := p.Invite(t.Context(), p.boss, kb.Invitation{Name: "Nieuw", Email: "Nieuw@leerkring.example", Role: kb.RoleExpert, Language: "en"})
	check(t, err)
	if !strings.HasPrefix(link, "https://kennis.example/en/uitnodiging/") || x.Password != "" {
		t.Errorf("%s %+v", link, x)
	}
	info, err := p.Ticket(t.Context(), last(link))
	if err != nil || info.Name != "Nieuw" || info.Email != "Nieuw@leerkring.example" || !info.ExpiresAt.Equal(p.now.Add(7*24*time.Hour)) {
		t.Errorf("%+v %v", info, err)
	}
	_, _, _, err = p.Invite(t.Context(), p.boss, kb.Invitation{Name: "Dubbel", Email: "nieuw@LEERKRING.example"})
	wantCode(t, "an address that is taken", kb.Invalid, err)

	_, again, _, err := p.InviteAgain(t.Context(), p.boss, x.ID)
	check(t, err)
	_, err = p.Ticket(t.Context(), last(link))
	wantCode(t, "the invitation before", kb.NotFound, err)
	p.now = p.now.Add(7*24*time.Hour - time.Second)
	in, err := p.UseTicket(t.Context(), kb.TicketUse{Secret: last(again), Name: "Nieuwe Naam", Password: goodPassword})
	check(t, err)
	if in.Account.Name != "Nieuwe Naam" || in.Account.Role != kb.RoleExpert || in.Account.ConfirmedAt == nil {
		t.Errorf("%+v", in.Account)
	}

	// From then on an admin gives a link to set another password.
	_, reset, _, err := p.InviteAgain(t.Context(), p.boss, x.ID)
	check(t, err)
	if !strings.Contains(reset, "/wachtwoord/") {
		t.Error(reset)
	}
	p.now = p.now.Add(time.Hour)
	_, err = p.Ticket(t.Context(), last(reset))
	wantCode(t, "a reset of an hour ago", kb.NotFound, err)
}

// A password that was reset ends all sessions.
func TestAResetEndsAllSessions(t *testing.T) {
	p := newPeople(t)
	mo, in := p.person("Mo2", kb.RoleMember)
	link, err := p.IssueTicket(t.Context(), mo.Account, kb.TicketReset)
	check(t, err)
	p.as(in.Secret)
	next, err := p.UseTicket(t.Context(), kb.TicketUse{Secret: last(link), Password: otherPassword, From: home()})
	check(t, err)
	p.dead("a session before the reset", in.Secret)
	p.as(next.Secret)

	// A disabled account gets no link, and one that it has is dead.
	link, err = p.IssueTicket(t.Context(), mo.Account, kb.TicketReset)
	check(t, err)
	_, _, err = p.Disable(t.Context(), p.boss, mo.Account, 0)
	check(t, err)
	_, err = p.UseTicket(t.Context(), kb.TicketUse{Secret: last(link), Password: otherPassword})
	wantCode(t, "the link of a disabled account", kb.NotFound, err)
	_, err = p.IssueTicket(t.Context(), mo.Account, kb.TicketReset)
	wantCode(t, "a link for a disabled account", kb.NotFound, err)
}

// mails gives what is to be sent, newest last.
func (p *people) mails() []*kb.Mail {
	p.t.Helper()
	var out []*kb.Mail
	check(p.t, kb.Walk(p.t.Context(), p.store.Changes, func(records []kb.Record) error {
		for _, r := range records {
			if r.Kind == kb.KindMail {
				live, _, err := kb.DecodeRecord(r)
				check(p.t, err)
				out = append(out, live.(*kb.Mail))
			}
		}
		return nil
	}))
	return out
}

func mailOn(c *kb.AccountsConfig) { c.MailOn, c.OpenSignUp = true, true }

func TestLinksGoByMail(t *testing.T) {
	p := newPeople(t, mailOn)
	x, link, _, err := p.Invite(t.Context(), p.boss, kb.Invitation{Name: "Nieuw", Email: "nieuw@leerkring.example"})
	check(t, err)
	mails := p.mails()
	if link != "" || len(mails) != 1 || mails[0].Type != kb.MailInvitation || mails[0].Account != x.ID || mails[0].State != kb.MailWaiting {
		t.Fatalf("%q %+v", link, mails)
	}
	sent, err := p.IssueTicket(t.Context(), x.ID, kb.TicketInvitation)
	check(t, err)
	_, err = p.UseTicket(t.Context(), kb.TicketUse{Secret: last(sent), Password: goodPassword})
	check(t, err)

	check(t, p.RequestReset(t.Context(), "nieuw@leerkring.example", home()))
	check(t, p.RequestReset(t.Context(), "niemand@leerkring.example", home()))
	if mails = p.mails(); len(mails) != 2 || mails[1].Type != kb.MailReset {
		t.Errorf("%+v", mails)
	}
	// Nobody fills the mailbox of someone else.
	for range 10 {
		check(t, p.RequestReset(t.Context(), "nieuw@leerkring.example", kb.Client{IP: "198.51.100.1"}))
	}
	if mails = p.mails(); len(mails) != 4 {
		t.Errorf("%d mails", len(mails))
	}
	for range 20 {
		err = p.RequestReset(t.Context(), "niemand@leerkring.example", kb.Client{IP: "198.51.100.1"})
	}
	wantCode(t, "the many from one network", kb.TooMany, err)
}

func TestOpenSignUp(t *testing.T) {
	p := newPeople(t, mailOn)
	check(t, p.SignUp(t.Context(), kb.SignUp{Name: "Vreemde", Email: "vreemde@elders.example", From: home()}))
	x, err := p.ByEmail(t.Context(), p.boss, "vreemde@elders.example")
	check(t, err)
	if x.Role != kb.RoleVisitor || x.ConfirmedAt != nil || len(p.mails()) != 1 || p.mails()[0].Type != kb.MailConfirm {
		t.Fatalf("%+v %+v", x, p.mails())
	}
	// An address that has an account gets the same answer, and no second account.
	check(t, p.SignUp(t.Context(), kb.SignUp{Name: "Bea Twee", Email: "bea@leerkring.example", From: home()}))
	boss, err := p.Get(t.Context(), p.boss, p.boss.Account)
	if err != nil || boss.Name != "Bea Beheer" {
		t.Errorf("%+v %v", boss, err)
	}
	link, err := p.IssueTicket(t.Context(), x.ID, kb.TicketConfirm)
	check(t, err)
	in, err := p.UseTicket(t.Context(), kb.TicketUse{Secret: last(link), Password: goodPassword, From: home()})
	check(t, err)
	actor := p.as(in.Secret)
	terms, all := actor.Reads()
	if all || strings.Join(terms, " ") != kb.AccessPublic+" "+kb.AccessAccount(x.ID) {
		t.Errorf("reads %v", terms)
	}
	err = p.SignUp(t.Context(), kb.SignUp{Name: "", Email: "geen adres"})
	wantCode(t, "no name and no address", kb.Invalid, err)
}

func TestSignUpIsClosed(t *testing.T) {
	p := newPeople(t)
	err := p.SignUp(t.Context(), kb.SignUp{Name: "Vreemde", Email: "vreemde@elders.example"})
	wantCode(t, "signing up where that is off", kb.Forbidden, err)
}

// Who gives up is not kept waiting, and a link in the right language goes to each page.
func TestLinks(t *testing.T) {
	p := newPeople(t, mailOn, func(c *kb.AccountsConfig) { c.Even = time.Hour })
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := p.RequestReset(ctx, "niemand@leerkring.example", home()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	english := "en"
	mo, _ := p.personByMail("Mo2")
	for purpose, path := range map[kb.TicketPurpose]string{kb.TicketInvitation: "/uitnodiging/", kb.TicketReset: "/wachtwoord/", kb.TicketConfirm: "/bevestigen/"} {
		link, err := p.IssueTicket(t.Context(), mo.Account, purpose)
		if err != nil || !strings.HasPrefix(link, "https://kennis.example"+path) || len(last(link)) < 50 {
			t.Errorf("%s: %s %v", purpose, link, err)
		}
		_, _, err = p.Update(t.Context(), mo, mo.Account, 0, kb.AccountChanges{Language: &english})
		check(t, err)
		if link, err = p.IssueTicket(t.Context(), mo.Account, purpose); err != nil || !strings.HasPrefix(link, "https://kennis.example/en"+path) {
			t.Errorf("%s: %s %v", purpose, link, err)
		}
		dutch := "nl"
		_, _, err = p.Update(t.Context(), mo, mo.Account, 0, kb.AccountChanges{Language: &dutch})
		check(t, err)
	}
	_, err := p.IssueTicket(t.Context(), kb.DeriveID("x", "y"), kb.TicketReset)
	wantCode(t, "a link for nobody", kb.NotFound, err)
}

// personByMail is person where links go by mail.
func (p *people) personByMail(name string) (kb.Actor, *kb.SignedIn) {
	p.t.Helper()
	x, _, _, err := p.Invite(p.t.Context(), p.boss, kb.Invitation{Name: name, Email: strings.ToLower(name) + "@leerkring.example"})
	check(p.t, err)
	link, err := p.IssueTicket(p.t.Context(), x.ID, kb.TicketInvitation)
	check(p.t, err)
	in, err := p.UseTicket(p.t.Context(), kb.TicketUse{Secret: last(link), Password: goodPassword})
	check(p.t, err)
	return p.as(in.Secret), in
}
