package kb_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// A stranger with a /48 had 65,536 networks of 20 mails each, and one with a /24 had 256:
// requests from next to each other count together.
func TestNetworksSideBySideCountTogether(t *testing.T) {
	for name, address := range map[string]string{"IPv4": "203.0.113.%d", "IPv6": "2001:db8:7:%x::1"} {
		t.Run(name, func(t *testing.T) {
			p := newPeople(t, mailOn)
			var err error
			n := 0
			for ; err == nil && n < 100; n++ {
				err = p.RequestReset(t.Context(), "niemand@leerkring.example", kb.Client{IP: fmt.Sprintf(address, n)})
			}
			wantCode(t, "one more from there", kb.TooMany, err)
			if n != 31 {
				t.Errorf("number %d was refused", n)
			}
			check(t, p.RequestReset(t.Context(), "bea@leerkring.example", home()))
			if len(p.mails()) != 1 {
				t.Errorf("who is elsewhere got %d mails", len(p.mails()))
			}
		})
	}
}

// A stranger with networks all over the world opened accounts without end, a record and
// a mail each. There is one budget for all; it says how long to wait, and comes back.
func TestStrangersTogetherHaveOneBudget(t *testing.T) {
	p := newPeople(t, mailOn)
	ask := func(n int) error {
		ip := fmt.Sprintf("10.%d.0.1", n)
		if n%2 == 0 {
			return p.RequestReset(t.Context(), "niemand@elders.example", kb.Client{IP: ip})
		}
		return p.SignUp(t.Context(), kb.SignUp{Name: "Vreemde", Email: fmt.Sprintf("v%d@elders.example", n), From: kb.Client{IP: ip}})
	}
	for n := range 60 {
		check(t, ask(n))
	}
	for n := 60; n < 62; n++ {
		err := ask(n)
		wantCode(t, "one more from anywhere", kb.TooMany, err)
		if err != nil && !strings.Contains(err.Error(), "Wait a minute") && !strings.Contains(err.Error(), "Wacht een minuut") {
			t.Errorf("it does not say how long: %v", err)
		}
	}
	if got := len(p.mails()); got != 30 {
		t.Errorf("%d mails for 30 sign-ups", got)
	}
	p.now = p.now.Add(time.Minute)
	check(t, ask(62))
	wantCode(t, "two a minute", kb.TooMany, ask(63))
}

// Whoever runs the networks around one could use up the budget of everyone, and keep it
// empty: they get half of it.
func TestOneStrangerLeavesRoomForOthers(t *testing.T) {
	p := newPeople(t, mailOn)
	for minute := range 120 {
		for host := range 3 {
			_ = p.RequestReset(t.Context(), "niemand@elders.example", kb.Client{IP: fmt.Sprintf("203.0.113.%d", host)})
		}
		if minute%2 == 0 {
			check(t, p.RequestReset(t.Context(), "bea@leerkring.example", kb.Client{IP: fmt.Sprintf("10.%d.0.1", minute)}))
		}
		p.now = p.now.Add(time.Minute)
	}
}

// Accounts that a stranger opened under addresses of others stayed for ever, and kept
// those from opening theirs. Seven days after it was made one that nobody answered is
// gone, and the audit trail says so.
func TestAnUnansweredAccountGoes(t *testing.T) {
	p := newPeople(t, mailOn)
	made := map[string]kb.ID{}
	for _, name := range []string{"stil", "antwoord", "geweerd", "lid", "team"} {
		email := name + "@elders.example"
		check(t, p.SignUp(t.Context(), kb.SignUp{Name: name, Email: email, From: home()}))
		x, err := p.ByEmail(t.Context(), p.boss, email)
		check(t, err)
		made[name] = x.ID
	}
	guest, _, _, err := p.Invite(t.Context(), p.boss, kb.Invitation{Name: "gast", Email: "gast@elders.example", Role: kb.RoleVisitor})
	check(t, err)
	made["gast"] = guest.ID
	link, err := p.IssueTicket(t.Context(), made["antwoord"], kb.TicketConfirm)
	check(t, err)
	in, err := p.UseTicket(t.Context(), kb.TicketUse{Secret: last(link), Password: goodPassword, From: home()})
	check(t, err)
	_, _, err = p.Disable(t.Context(), p.boss, made["geweerd"], 0)
	check(t, err)
	_, _, err = p.SetRole(t.Context(), p.boss, made["lid"], 0, kb.RoleMember)
	check(t, err)
	_, _, err = p.AddToTeam(t.Context(), p.boss, p.team("kring"), "team@elders.example", kb.TeamParticipant)
	check(t, err)

	expiry := kb.NewExpiry(p.store, func() time.Time { return p.now })
	clean := func() (gone []string) {
		t.Helper()
		_, err := expiry.Clean(t.Context())
		check(t, err)
		for name, id := range made {
			if p.stored(id).Deleted {
				gone = append(gone, name)
			}
		}
		return gone
	}
	p.now = p.now.Add(7*24*time.Hour - time.Second)
	if gone := clean(); len(gone) > 0 {
		t.Errorf("gone before seven days: %v", gone)
	}
	p.now = p.now.Add(time.Second)
	if gone := clean(); len(gone) != 1 || gone[0] != "stil" {
		t.Errorf("gone after seven days: %v", gone)
	}
	if r := p.stored(made["stil"]); r.Event.Type != kb.EventDeleted || r.Event.About != made["stil"] || r.By != "" {
		t.Errorf("the audit trail: %+v by %q", r.Event, r.By)
	}
	p.as(in.Secret)
	check(t, p.SignUp(t.Context(), kb.SignUp{Name: "De echte", Email: "stil@elders.example", From: home()}))
	x, err := p.ByEmail(t.Context(), p.boss, "stil@elders.example")
	if err != nil || x.Name != "De echte" {
		t.Errorf("the address is not free: %+v, %v", x, err)
	}
}

// stored gives a record as the store has it.
func (p *people) stored(id kb.ID) kb.Record {
	p.t.Helper()
	found, err := p.store.Get(p.t.Context(), []kb.ID{id})
	check(p.t, err)
	return found[id]
}

// A stranger signed up with the address of someone who was to be invited: the admin's
// invitation was refused, and an organiser's changed nothing.
func TestAnInvitationTakesAStrangersAccountOver(t *testing.T) {
	p := newPeople(t, func(c *kb.AccountsConfig) { c.OpenSignUp = true })
	check(t, p.SignUp(t.Context(), kb.SignUp{Name: "Geef geld", Email: "vera@gemeente.example", From: home()}))
	x, link, seq, err := p.Invite(t.Context(), p.boss, kb.Invitation{Name: "Vera", Email: "Vera@gemeente.example", Role: kb.RoleExpert})
	check(t, err)
	if x.Name != "Vera" || x.Role != kb.RoleExpert || link == "" || seq == 0 {
		t.Errorf("%+v, link %q, %d", x, link, seq)
	}
	in, err := p.UseTicket(t.Context(), kb.TicketUse{Secret: last(link), Password: goodPassword, From: home()})
	check(t, err)
	if in.Account.ID != x.ID || p.as(in.Secret).Role != kb.RoleExpert {
		t.Errorf("%+v", in.Account)
	}
	if _, _, _, err := p.Invite(t.Context(), p.boss, kb.Invitation{Name: "Vera", Email: "vera@gemeente.example"}); kb.CodeOf(err) == "" {
		t.Error("someone who answered was invited again")
	}
}

// A member signed in without end, a hash and a record each, and wrote the same name.
func TestSessionsAreBounded(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	var err error
	n := 0
	for ; err == nil && n < 100; n++ {
		_, err = p.SignIn(t.Context(), "mo2@leerkring.example", goodPassword, home())
	}
	wantCode(t, "one session more", kb.TooMany, err)
	x, err := p.Get(t.Context(), mo, mo.Account)
	check(t, err)
	same, seq, err := p.Update(t.Context(), mo, mo.Account, x.Version, kb.AccountChanges{Name: &x.Name})
	if err != nil || seq != 0 || same.Version != x.Version {
		t.Errorf("the same name: version %d, %d, %v", same.Version, seq, err)
	}
}
