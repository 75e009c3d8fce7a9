package kb_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

func TestSignIn(t *testing.T) {
	p := newPeople(t)
	in, err := p.SignIn(t.Context(), " BEA@leerkring.example ", goodPassword, home())
	check(t, err)
	actor := p.as(in.Secret)
	if actor.Account != p.boss.Account || actor.Role != kb.RoleAdmin || actor.Session == "" || actor.Token != "" {
		t.Errorf("signed in as %+v", actor)
	}
	if in.Account.Password != "" || len(in.Secret) < 50 || !in.ExpiresAt.Equal(p.now.Add(kb.SessionLasts)) {
		t.Errorf("%+v", in)
	}
	p.dead("another text", in.Secret[:50]+"zz")
	p.dead("nothing", "")
	p.dead("the stored hash", storedSecret(t, p, actor.Session))

	p.now = p.now.Add(kb.SessionLasts - time.Second)
	p.as(in.Secret)
	p.now = p.now.Add(time.Second)
	p.dead("a session of 30 days ago", in.Secret)
}

// storedSecret is what the store holds of a secret.
func storedSecret(t *testing.T, p *people, id kb.ID) string {
	t.Helper()
	live, _, err := kb.DecodeRecord(stored(t, p.store, id))
	check(t, err)
	return live.(*kb.Session).Secret
}

// Whatever does not fit gets one answer.
func TestSignInTellsNothing(t *testing.T) {
	p := newPeople(t)
	disabled, _ := p.person("Uit", kb.RoleMember)
	_, _, err := p.Disable(t.Context(), p.boss, disabled.Account, 0)
	check(t, err)
	_, _, _, err = p.Invite(t.Context(), p.boss, kb.Invitation{Name: "Nog niet", Email: "nog@leerkring.example"})
	check(t, err)
	_, _, err = p.CreateApp(t.Context(), p.boss, "app", kb.RoleMember, nil)
	check(t, err)
	var said string
	for i, email := range []string{"bea@leerkring.example", "uit@leerkring.example", "nog@leerkring.example", "niemand@leerkring.example", "", "app"} {
		_, err := p.SignIn(t.Context(), email, otherPassword, kb.Client{IP: fmt.Sprintf("198.51.100.%d", i)})
		wantCode(t, email, kb.Unauthenticated, err)
		if e, ok := errors.AsType[*kb.Error](err); !ok || said != "" && e.Text.NL != said {
			t.Errorf("%q: %v", email, err)
		} else {
			said = e.Text.NL
		}
	}
	_, err = p.SignIn(t.Context(), "uit@leerkring.example", goodPassword, home())
	wantCode(t, "the right password of a disabled account", kb.Unauthenticated, err)
}

// Someone who guesses from elsewhere, or beside the owner, cannot lock the owner out.
func TestGuessingLocksNobodyElseOut(t *testing.T) {
	p := newPeople(t)
	guess := func(from kb.Client) error {
		_, err := p.SignIn(t.Context(), "bea@leerkring.example", otherPassword, from)
		return err
	}
	attacker := kb.Client{IP: "203.0.113.9"}
	tries := 0
	for ; kb.CodeOf(guess(attacker)) == kb.Unauthenticated; tries++ {
	}
	if tries != 5 {
		t.Errorf("%d guesses from one network", tries)
	}
	if _, err := p.SignIn(t.Context(), "bea@leerkring.example", goodPassword, attacker); kb.CodeOf(err) != kb.TooMany || !strings.Contains(err.Error(), "3 minutes") {
		t.Errorf("the attacker is not told how long to wait: %v", err)
	}
	in, err := p.SignIn(t.Context(), "bea@leerkring.example", goodPassword, home())
	check(t, err)

	// The owner's device is at the attacker's network: an office has one address.
	mark, err := p.Mark(t.Context(), in.Account.ID)
	check(t, err)
	shared := attacker
	shared.Device = mark
	if _, err := p.SignIn(t.Context(), "bea@leerkring.example", goodPassword, shared); err != nil {
		t.Errorf("the owner is locked out of a known device: %v", err)
	}
	forged := attacker
	forged.Device = mark[:len(mark)-1] + "0"
	if mark[len(mark)-1] == '0' {
		forged.Device = mark[:len(mark)-1] + "1"
	}
	wantCode(t, "a forged mark", kb.TooMany, guess(forged))
	// A stolen device has a budget too.
	tries = 0
	for ; kb.CodeOf(guess(shared)) == kb.Unauthenticated; tries++ {
	}
	if tries != 10 {
		t.Errorf("%d guesses from a known device", tries)
	}
	// A mark is good for its own account only, and until the password changes.
	_, other := p.person("Otto2", kb.RoleMember)
	wantCode(t, "the mark of someone else", kb.TooMany, guess(kb.Client{IP: attacker.IP, Device: markOf(t, p, other.Account.ID)}))
	_, err = p.ChangePassword(t.Context(), p.boss, goodPassword, otherPassword, home())
	check(t, err)
	_, err = p.SignIn(t.Context(), "bea@leerkring.example", otherPassword, shared)
	wantCode(t, "a mark of the password before", kb.TooMany, err)

	p.now = p.now.Add(3 * time.Minute)
	if _, err := p.SignIn(t.Context(), "bea@leerkring.example", otherPassword, attacker); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

func markOf(t *testing.T, p *people, id kb.ID) string {
	t.Helper()
	mark, err := p.Mark(t.Context(), id)
	check(t, err)
	return mark
}

// One network that tries one password on many accounts is stopped, others go on.
func TestSprayingIsStopped(t *testing.T) {
	p := newPeople(t)
	tries := 0
	for ; tries < 1_000; tries++ {
		if _, err := p.SignIn(t.Context(), fmt.Sprintf("naam%d@leerkring.example", tries), otherPassword, kb.Client{IP: fmt.Sprintf("2001:db8::%x", tries)}); kb.CodeOf(err) == kb.TooMany {
			break
		}
	}
	if tries != 60 {
		t.Errorf("%d tries from one /64", tries)
	}
	_, err := p.SignIn(t.Context(), "bea@leerkring.example", goodPassword, home())
	check(t, err)
}

// Signing in well uses nothing up of what bounds those who guess.
func TestGoodSignInsAreNotCounted(t *testing.T) {
	p := newPeople(t)
	for range 25 {
		_, err := p.SignIn(t.Context(), "bea@leerkring.example", goodPassword, home())
		check(t, err)
	}
	sessions, err := p.Sessions(t.Context(), p.boss)
	check(t, err)
	if len(sessions) != kb.MaxSessions {
		t.Errorf("%d sessions go on", len(sessions))
	}
	p.dead("the oldest session", p.first.Secret)
}

func TestSignOut(t *testing.T) {
	p := newPeople(t)
	second, err := p.SignIn(t.Context(), "bea@leerkring.example", goodPassword, kb.Client{IP: homeNetwork, Browser: strings.Repeat("é\x00", 300)})
	check(t, err)
	sessions, err := p.Sessions(t.Context(), p.boss)
	check(t, err)
	if len(sessions) != 2 || sessions[0].Secret != "" || sessions[1].Secret != "" {
		t.Fatalf("%+v", sessions)
	}
	_, err = p.SignOut(t.Context(), p.boss)
	check(t, err)
	p.dead("a session that was signed out", p.first.Secret)
	actor := p.as(second.Secret)

	other, in := p.person("Otto2", kb.RoleMember)
	if seq, err := p.SignOut(t.Context(), other, actor.Session); err != nil || seq != 0 {
		t.Errorf("someone else's session: %d %v", seq, err)
	}
	p.as(second.Secret)
	_, err = p.SignOut(t.Context(), actor, actor.Session)
	check(t, err)
	p.dead("a session that was ended", second.Secret)

	_, err = p.EndSessions(t.Context(), other, p.boss.Account)
	wantCode(t, "ending the sessions of others", kb.Forbidden, err)
	_, err = p.EndSessions(t.Context(), other, other.Account)
	check(t, err)
	p.dead("a session after all were ended", in.Secret)
}

func TestADisabledAccountIsOut(t *testing.T) {
	p := newPeople(t)
	mo, in := p.person("Mo2", kb.RoleExpert)
	token, _, _, err := p.CreateToken(t.Context(), mo, kb.TokenRequest{Name: "script", Scopes: []kb.Scope{kb.ScopeRead}})
	check(t, err)
	p.as(token)
	_, _, err = p.Disable(t.Context(), p.boss, mo.Account, 0)
	check(t, err)
	p.dead("the session of a disabled account", in.Secret)
	p.dead("the token of a disabled account", token)
	_, _, err = p.Enable(t.Context(), p.boss, mo.Account, 0)
	check(t, err)
	p.dead("the session of an account that was disabled", in.Secret)
	p.as(token)
	_, err = p.SignIn(t.Context(), "mo2@leerkring.example", goodPassword, home())
	check(t, err)
}

// What an account may do is read anew for each request.
func TestRolesCountAtOnce(t *testing.T) {
	p := newPeople(t)
	mo, in := p.person("Mo2", kb.RoleMember)
	_, _, err := p.SetRole(t.Context(), p.boss, mo.Account, 0, kb.RoleEditor)
	check(t, err)
	if got := p.as(in.Secret).Role; got != kb.RoleEditor {
		t.Errorf("still %s", got)
	}
	circle := p.team("wonen")
	_, _, err = p.SetTeams(t.Context(), p.boss, mo.Account, 0, []kb.Membership{{Team: circle, Role: kb.TeamOrganiser}})
	check(t, err)
	if got := p.as(in.Secret).TeamRole(circle); got != kb.TeamOrganiser {
		t.Errorf("is %q of the team", got)
	}
}

func TestChangePassword(t *testing.T) {
	p := newPeople(t)
	mo, in := p.person("Mo2", kb.RoleMember)
	_, err := p.ChangePassword(t.Context(), mo, "niet het wachtwoord", otherPassword, home())
	wantCode(t, "a wrong password", kb.Invalid, err)
	_, err = p.ChangePassword(t.Context(), mo, goodPassword, "kort", home())
	wantCode(t, "a short password", kb.Invalid, err)
	p.as(in.Secret)
	next, err := p.ChangePassword(t.Context(), mo, goodPassword, otherPassword, home())
	check(t, err)
	p.dead("a session before the change", in.Secret)
	p.as(next.Secret)
	_, err = p.SignIn(t.Context(), "mo2@leerkring.example", goodPassword, home())
	wantCode(t, "the old password", kb.Unauthenticated, err)
	_, err = p.ChangePassword(t.Context(), kb.Visitor(), goodPassword, otherPassword, home())
	wantCode(t, "a visitor", kb.Unauthenticated, err)

	_, err = p.SetPassword(t.Context(), p.boss, mo.Account, goodPassword)
	wantCode(t, "an admin sets the password of someone else", kb.Forbidden, err)
	_, err = p.SetPassword(t.Context(), kb.System(), mo.Account, goodPassword)
	check(t, err)
	p.dead("a session before the operator set the password", next.Secret)
}
