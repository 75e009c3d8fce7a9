package kb_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// Only admins change accounts, and each change says so in the log.
func TestAdminsChangeAccounts(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	editor, _ := p.person("Rian2", kb.RoleEditor)
	circle := p.team("wonen")
	email := "mo.nieuw@leerkring.example"
	for _, c := range []struct {
		name string
		do   func(actor kb.Actor) error
		want kb.Event
	}{
		{
			"role", func(a kb.Actor) error {
				_, _, err := p.SetRole(t.Context(), a, mo.Account, 0, kb.RoleExpert)
				return err
			},
			kb.Event{Type: kb.EventRoleChanged, Fields: []string{"role"}, Note: "EXPERT"},
		},
		{"teams", func(a kb.Actor) error {
			_, _, err := p.SetTeams(t.Context(), a, mo.Account, 0, []kb.Membership{{Team: circle, Role: kb.TeamFacilitator}})
			return err
		}, kb.Event{Type: kb.EventTeamsChanged, Fields: []string{"teams"}}},
		{"address", func(a kb.Actor) error {
			_, _, err := p.Update(t.Context(), a, mo.Account, 0, kb.AccountChanges{Email: &email})
			return err
		}, kb.Event{Type: kb.EventProfileChanged, Fields: []string{"email"}}},
		{"link", func(a kb.Actor) error { _, _, _, err := p.InviteAgain(t.Context(), a, mo.Account); return err }, kb.Event{Type: kb.EventResetRequested}},
		{
			"disable", func(a kb.Actor) error { _, _, err := p.Disable(t.Context(), a, mo.Account, 0); return err },
			kb.Event{Type: kb.EventDisabled, Fields: []string{"disabled"}},
		},
		{
			"enable", func(a kb.Actor) error { _, _, err := p.Enable(t.Context(), a, mo.Account, 0); return err },
			kb.Event{Type: kb.EventEnabled, Fields: []string{"disabled"}},
		},
	} {
		wantCode(t, c.name+" by a visitor", kb.Unauthenticated, c.do(kb.Visitor()))
		wantCode(t, c.name+" by an editor", kb.Forbidden, c.do(editor))
		wantCode(t, c.name+" by who it is", kb.Forbidden, c.do(mo))
		token := p.boss
		token.Token, token.Scopes = kb.DeriveID("token", "x"), []kb.Scope{kb.ScopeRead, kb.ScopeWrite, kb.ScopeReview}
		wantCode(t, c.name+" by a token without the scope", kb.Forbidden, c.do(token))
		check(t, c.do(p.boss))
		r := stored(t, p.store, mo.Account)
		c.want.About = mo.Account
		if diff := cmp.Diff(c.want, r.Event); diff != "" || r.By != p.boss.Account {
			t.Errorf("%s: by %s %s", c.name, r.By, diff)
		}
	}
	_, _, err := p.SetTeams(t.Context(), p.boss, mo.Account, 0, []kb.Membership{{Team: editor.Account, Role: kb.TeamParticipant}})
	wantCode(t, "a team that is an account", kb.Invalid, err)
	_, _, err = p.SetRole(t.Context(), p.boss, mo.Account, 0, "BAAS")
	wantCode(t, "a role that does not exist", kb.Invalid, err)
	_, _, err = p.SetRole(t.Context(), p.boss, kb.DeriveID("x", "y"), 0, kb.RoleMember)
	wantCode(t, "nobody", kb.NotFound, err)
	taken := "BEA@leerkring.example"
	_, _, err = p.Update(t.Context(), p.boss, mo.Account, 0, kb.AccountChanges{Email: &taken})
	wantCode(t, "the address of someone else", kb.Invalid, err)
}

// Who changes what another one changed meanwhile is told by whom.
func TestAVersionThatWasChanged(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	x, err := p.Get(t.Context(), p.boss, mo.Account)
	check(t, err)
	name := "Mohammed"
	own, _, err := p.Update(t.Context(), mo, mo.Account, x.Version, kb.AccountChanges{Name: &name})
	if err != nil || own.Name != name || own.Version != x.Version+1 {
		t.Fatalf("%+v %v", own, err)
	}
	_, _, err = p.SetRole(t.Context(), p.boss, mo.Account, x.Version, kb.RoleExpert)
	wantCode(t, "an old version", kb.Conflict, err)
	if e, ok := errors.AsType[*kb.Error](err); !ok || !strings.Contains(e.Text.NL, "Mohammed") {
		t.Errorf("%v", err)
	}
	after, err := p.Get(t.Context(), p.boss, mo.Account)
	if err != nil || after.Role != kb.RoleMember {
		t.Errorf("%+v %v", after, err)
	}
}

// A link to an old address is no proof of the new one.
func TestANewAddressEndsLinks(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	_, link, _, err := p.InviteAgain(t.Context(), p.boss, mo.Account)
	check(t, err)
	email := "mo.nieuw@leerkring.example"
	_, _, err = p.Update(t.Context(), p.boss, mo.Account, 0, kb.AccountChanges{Email: &email})
	check(t, err)
	_, err = p.Ticket(t.Context(), last(link))
	wantCode(t, "a link to the old address", kb.NotFound, err)
	_, err = p.SignIn(t.Context(), email, goodPassword, home())
	check(t, err)
}

func TestTheLastAdminStays(t *testing.T) {
	p := newPeople(t)
	id := p.boss.Account
	refused := func(what string, err error) { t.Helper(); wantCode(t, what, kb.Forbidden, err) }
	_, _, err := p.SetRole(t.Context(), p.boss, id, 0, kb.RoleEditor)
	refused("lowered", err)
	_, _, err = p.Disable(t.Context(), p.boss, id, 0)
	refused("disabled", err)
	_, err = p.DeleteAccount(t.Context(), p.boss, goodPassword, home())
	refused("gone", err)
	p.as(p.first.Secret)

	// Someone who was only invited cannot take over yet.
	_, link, _, err := p.Invite(t.Context(), p.boss, kb.Invitation{Name: "Ad", Email: "ad@leerkring.example", Role: kb.RoleAdmin})
	check(t, err)
	_, _, err = p.SetRole(t.Context(), p.boss, id, 0, kb.RoleEditor)
	refused("lowered beside an invitation", err)
	in, err := p.UseTicket(t.Context(), kb.TicketUse{Secret: last(link), Password: goodPassword})
	check(t, err)
	_, _, err = p.SetRole(t.Context(), p.boss, id, 0, kb.RoleEditor)
	check(t, err)
	second := p.as(in.Secret)
	_, _, err = p.Disable(t.Context(), second, second.Account, 0)
	refused("the second, now the last", err)
	_, err = p.FirstAdmin(t.Context())
	wantCode(t, "a link while there is an admin", kb.NotFound, err)

	// The operator may, and then a link is given again.
	_, _, err = p.SetRole(t.Context(), kb.System(), second.Account, 0, kb.RoleMember)
	check(t, err)
	_, err = p.FirstAdmin(t.Context())
	check(t, err)
}

// Two admins who lower each other at the same time leave one.
func TestAdminsLowerEachOther(t *testing.T) {
	p := newPeople(t)
	other, _ := p.person("Ad", kb.RoleAdmin)
	for round := range 20 {
		var wg sync.WaitGroup
		var first, second error
		wg.Go(func() { _, _, first = p.SetRole(t.Context(), p.boss, other.Account, 0, kb.RoleEditor) })
		wg.Go(func() { _, _, second = p.Disable(t.Context(), other, p.boss.Account, 0) })
		wg.Wait()
		if (first == nil) == (second == nil) {
			t.Fatalf("round %d: %v and %v", round, first, second)
		}
		_, _, err := p.SetRole(t.Context(), kb.System(), other.Account, 0, kb.RoleAdmin)
		check(t, err)
		_, _, err = p.Enable(t.Context(), kb.System(), p.boss.Account, 0)
		check(t, err)
	}
}

func TestLists(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	rian, _ := p.person("Rian2", kb.RoleEditor)
	_, _, _, err := p.Invite(t.Context(), p.boss, kb.Invitation{Name: "Gast Redacteur", Email: "gast@leerkring.example", Role: kb.RoleEditor})
	check(t, err)
	_, err = p.List(t.Context(), rian, 10, "")
	wantCode(t, "the list for an editor", kb.Forbidden, err)
	_, err = p.List(t.Context(), p.boss, 1_000, "")
	wantCode(t, "too many at once", kb.Invalid, err)
	page, err := p.List(t.Context(), p.boss, 100, "")
	check(t, err)
	names := map[string]bool{}
	for _, h := range page.Hits {
		x := h.Entity.(*kb.Account)
		names[x.Name] = true
		if x.Password != "" {
			t.Errorf("the list shows the hash of %s", x.Name)
		}
	}
	if !names["Mo2"] || !names["Gast Redacteur"] || page.Total != len(page.Hits) {
		t.Errorf("%v of %d", names, page.Total)
	}
	p.follow() // what an admin writes, an editor finds when the index has it
	reviewers, err := p.Reviewers(t.Context(), rian)
	check(t, err)
	var got []string
	for _, x := range reviewers {
		got = append(got, x.Name)
	}
	if diff := cmp.Diff([]string{"Bea Beheer", "Rian2"}, got); diff != "" {
		t.Error(diff)
	}
	_, err = p.Reviewers(t.Context(), mo)
	wantCode(t, "reviewers for a member", kb.Forbidden, err)

	lib := kb.NewLibrary(p.store, p.index, p.own)
	if own, err := lib.One(t.Context(), mo, mo.Account); err != nil || own.(*kb.Account).Password != "" {
		t.Errorf("one's own account shows its hash: %+v %v", own, err)
	}
	if own, err := lib.One(t.Context(), mo, mo.Session); err != nil || own.(*kb.Session).Secret != "" {
		t.Errorf("one's own session shows its hash: %+v %v", own, err)
	}
	_, err = lib.One(t.Context(), rian, mo.Account)
	wantCode(t, "the account of someone else in the library", kb.NotFound, err)
	_, err = p.Get(t.Context(), mo, rian.Account)
	wantCode(t, "the account of someone else", kb.NotFound, err)
	found, err := p.Names(t.Context(), []kb.ID{mo.Account, "geen kenmerk", kb.DeriveID("x", "y")})
	if diff := cmp.Diff(map[kb.ID]string{mo.Account: "Mo2"}, found); diff != "" || err != nil {
		t.Error(diff, err)
	}
	all, err := p.Everyone(t.Context(), kb.System())
	if err != nil || len(all) != page.Total {
		t.Errorf("%d of %d: %v", len(all), page.Total, err)
	}
	_, err = p.Everyone(t.Context(), p.boss)
	wantCode(t, "everyone at once, for an admin", kb.Forbidden, err)
}

func TestTeamsAndWhoKeepsThem(t *testing.T) {
	p := newPeople(t)
	circle, elsewhere := p.team("wonen"), p.team("energie")
	organiser, _ := p.person("Olga", kb.RoleMember, kb.Membership{Team: circle, Role: kb.TeamOrganiser})
	facilitator, _ := p.person("Femke", kb.RoleMember, kb.Membership{Team: circle, Role: kb.TeamFacilitator})
	mo, in := p.person("Mo2", kb.RoleMember)
	p.follow()

	add := func(actor kb.Actor, team kb.ID, email string) error {
		_, _, err := p.AddToTeam(t.Context(), actor, team, email, kb.TeamParticipant)
		return err
	}
	wantCode(t, "a facilitator adds", kb.Forbidden, add(facilitator, circle, "mo2@leerkring.example"))
	wantCode(t, "into another team", kb.Forbidden, add(organiser, elsewhere, "mo2@leerkring.example"))
	wantCode(t, "nobody", kb.NotFound, add(organiser, circle, "niemand@leerkring.example"))
	wantCode(t, "no address, which programs do not have", kb.NotFound, add(organiser, circle, ""))
	check(t, add(organiser, circle, "MO2@leerkring.example"))
	if p.as(in.Secret).TeamRole(circle) != kb.TeamParticipant {
		t.Error("is not in the team")
	}

	// An organiser invites members into their own team, and no more than that.
	invite := func(inv kb.Invitation) (*kb.Account, string, error) {
		x, link, _, err := p.Invite(t.Context(), organiser, inv)
		return x, link, err
	}
	for what, inv := range map[string]kb.Invitation{
		"without a team":    {Name: "N", Email: "n@leerkring.example"},
		"another team":      {Name: "N", Email: "n@leerkring.example", Teams: []kb.Membership{{Team: elsewhere, Role: kb.TeamParticipant}}},
		"as an organiser":   {Name: "N", Email: "n@leerkring.example", Teams: []kb.Membership{{Team: circle, Role: kb.TeamOrganiser}}},
		"with another role": {Name: "N", Email: "n@leerkring.example", Role: kb.RoleEditor, Teams: []kb.Membership{{Team: circle, Role: kb.TeamParticipant}}},
	} {
		_, _, err := invite(inv)
		wantCode(t, what, kb.Forbidden, err)
	}
	inTeam := []kb.Membership{{Team: circle, Role: kb.TeamParticipant}}
	x, link, err := invite(kb.Invitation{Name: "Nieuw", Email: "n@leerkring.example", Teams: inTeam})
	if err != nil || link != "" || x.Role != kb.RoleMember {
		t.Fatalf("%+v %q %v", x, link, err)
	}
	// Who has an account joins, and shows no more than a name.
	x, link, err = invite(kb.Invitation{Name: "Wie dan ook", Email: "bea@leerkring.example", Teams: inTeam})
	if err != nil || link != "" || x.Name != "Bea Beheer" || x.Role != kb.RoleMember {
		t.Errorf("%+v %q %v", x, link, err)
	}
	if boss := p.as(p.first.Secret); boss.Role != kb.RoleAdmin || boss.TeamRole(circle) != kb.TeamParticipant {
		t.Errorf("%+v", boss)
	}

	p.follow()
	members, err := p.TeamMembers(t.Context(), facilitator, circle)
	check(t, err)
	got := map[string]kb.TeamRole{}
	for _, m := range members {
		got[m.Name] = m.Role
	}
	want := map[string]kb.TeamRole{"Olga": kb.TeamOrganiser, "Femke": kb.TeamFacilitator, "Mo2": kb.TeamParticipant, "Nieuw": kb.TeamParticipant, "Bea Beheer": kb.TeamParticipant}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	_, err = p.TeamMembers(t.Context(), p.as(in.Secret), circle)
	wantCode(t, "a participant lists the team", kb.Forbidden, err)
	_, err = p.TeamMembers(t.Context(), organiser, elsewhere)
	wantCode(t, "the list of another team", kb.Forbidden, err)

	_, err = p.RemoveFromTeam(t.Context(), facilitator, circle, mo.Account)
	wantCode(t, "a facilitator removes", kb.Forbidden, err)
	_, err = p.RemoveFromTeam(t.Context(), mo, circle, mo.Account) // one may always leave
	check(t, err)
	_, err = p.RemoveFromTeam(t.Context(), organiser, circle, mo.Account)
	wantCode(t, "who is not in it", kb.NotFound, err)
	if p.as(in.Secret).TeamRole(circle) != "" {
		t.Error("is still in the team")
	}

	for name, want := range map[string]kb.ID{"wonen": circle, string(circle): circle, "nergens": "", string(mo.Account): ""} {
		if got, err := p.Team(t.Context(), name); got != want || err != nil {
			t.Errorf("%q: %q %v", name, got, err)
		}
	}
}
