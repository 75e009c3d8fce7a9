package kb_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func identity(subject string) kb.Identity {
	return kb.Identity{Subject: kb.Subject{Issuer: "https://id.example", Subject: subject}, Name: "Sam", Email: "sam@elders.example", Verified: true, Language: "nl"}
}

func TestSignInAtAnOrganisation(t *testing.T) {
	p := newPeople(t)
	who := identity("1")
	_, err := p.SignInAs(t.Context(), who, home())
	wantCode(t, "someone without an account", kb.Forbidden, err)
	who.SignUp = true
	unverified := who
	unverified.Verified = false
	_, err = p.SignInAs(t.Context(), unverified, home())
	wantCode(t, "an address that nobody vouches for", kb.Forbidden, err)
	in, err := p.SignInAs(t.Context(), who, home())
	check(t, err)
	if in.Account.Role != kb.RoleVisitor || in.Account.ConfirmedAt == nil {
		t.Errorf("%+v", in.Account)
	}
	// From then on they are known by their subject, not by their address.
	who.Email, who.Verified, who.SignUp = "anders@elders.example", false, false
	again, err := p.SignInAs(t.Context(), who, home())
	if err != nil || again.Account.ID != in.Account.ID || again.Account.Version != in.Account.Version {
		t.Errorf("%+v %v", again, err)
	}
	if mark, err := p.Mark(t.Context(), in.Account.ID); mark != "" || err != nil {
		t.Errorf("a mark without a password: %q %v", mark, err)
	}
	_, err = p.SignIn(t.Context(), "sam@elders.example", "", home())
	wantCode(t, "no password", kb.Unauthenticated, err)
	_, _, err = p.Disable(t.Context(), p.boss, in.Account.ID, 0)
	check(t, err)
	_, err = p.SignInAs(t.Context(), who, home())
	wantCode(t, "a disabled account", kb.Forbidden, err)
}

// A verified address is linked to the account that has it, an unverified one is not.
func TestAnAddressIsLinked(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleExpert)
	who := identity("2")
	who.Email, who.Verified = "MO2@leerkring.example", false
	_, err := p.SignInAs(t.Context(), who, home())
	wantCode(t, "an unverified address", kb.Forbidden, err)
	who.Verified = true
	in, err := p.SignInAs(t.Context(), who, home())
	check(t, err)
	if in.Account.ID != mo.Account || in.Account.Role != kb.RoleExpert {
		t.Errorf("%+v", in.Account)
	}
	if diff := cmp.Diff([]kb.Subject{who.Subject}, in.Account.Subjects); diff != "" {
		t.Error(diff)
	}
}

// At every sign-in roles and teams become what the organisation says, but an admin
// stays one and teams that it does not decide on stay.
func TestAnOrganisationDecides(t *testing.T) {
	p := newPeople(t)
	circle, theirs := p.team("wonen"), p.team("energie")
	mo, _ := p.person("Mo2", kb.RoleExpert, kb.Membership{Team: circle, Role: kb.TeamOrganiser})
	who := identity("2")
	who.Email = "mo2@leerkring.example"
	told := func(role, least kb.Role, teams ...kb.ID) *kb.Account {
		t.Helper()
		who.Role, who.Least, who.Managed, who.Teams = role, least, []kb.ID{theirs}, teams
		in, err := p.SignInAs(t.Context(), who, home())
		check(t, err)
		return in.Account
	}
	own := kb.Membership{Team: circle, Role: kb.TeamOrganiser}
	for _, c := range []struct {
		role, least kb.Role
		teams       []kb.ID
		want        kb.Role
		in          []kb.Membership
	}{
		{"", "", nil, kb.RoleExpert, []kb.Membership{own}},
		{"", kb.RoleMember, nil, kb.RoleExpert, []kb.Membership{own}},
		{"", kb.RoleEditor, nil, kb.RoleEditor, []kb.Membership{own}},
		{kb.RoleMember, "", []kb.ID{theirs}, kb.RoleMember, []kb.Membership{own, {Team: theirs, Role: kb.TeamParticipant}}},
		{kb.RoleVisitor, kb.RoleMember, nil, kb.RoleMember, []kb.Membership{own}},
		{kb.RoleAdmin, "", nil, kb.RoleAdmin, []kb.Membership{own}},
		{kb.RoleMember, "", nil, kb.RoleAdmin, []kb.Membership{own}},
	} {
		x := told(c.role, c.least, c.teams...)
		if diff := cmp.Diff(c.in, x.Teams); diff != "" || x.Role != c.want || x.ID != mo.Account {
			t.Errorf("%+v: %s %s", c, x.Role, diff)
		}
	}
	// An admin by their organisation counts as one.
	_, _, err := p.SetRole(t.Context(), p.boss, p.boss.Account, 0, kb.RoleMember)
	check(t, err)
}
