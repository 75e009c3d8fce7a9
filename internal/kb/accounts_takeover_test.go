package kb_test

import (
	"testing"

	"leerkring/internal/kb"
)

func participant(team kb.ID) []kb.Membership {
	return []kb.Membership{{Team: team, Role: kb.TeamParticipant}}
}

// Without a mail server an organiser got the link of whom they invited, could set its
// password, and was that person here when the organisation of the person vouched for
// them later. Only admins get links.
func TestAnOrganiserGetsNoLink(t *testing.T) {
	p := newPeople(t)
	team := p.team("kring")
	olga, _ := p.person("Olga", kb.RoleMember, kb.Membership{Team: team, Role: kb.TeamOrganiser})
	x, link, _, err := p.Invite(t.Context(), olga, kb.Invitation{Name: "Vera", Email: "vera@org.example", Teams: participant(team)})
	check(t, err)
	if link != "" {
		t.Errorf("an organiser holds %q", link)
	}
	_, link, _, err = p.InviteAgain(t.Context(), p.boss, x.ID)
	check(t, err)
	in, err := p.UseTicket(t.Context(), kb.TicketUse{Secret: last(link), Password: goodPassword, From: home()})
	if err != nil || in.Account.ID != x.ID {
		t.Errorf("the link of the admin: %v", err)
	}
}

// Someone with the rights of a visitor who organised a team invited others as members,
// themselves under another address too: an organiser has to be a member.
func TestAVisitorOrganisesNothing(t *testing.T) {
	p := newPeople(t)
	team := p.team("kring")
	olga, _ := p.person("Olga", kb.RoleVisitor, kb.Membership{Team: team, Role: kb.TeamOrganiser})
	_, _, _, err := p.Invite(t.Context(), olga, kb.Invitation{Name: "Olga Twee", Email: "olga2@org.example", Teams: participant(team)})
	wantCode(t, "inviting", kb.Forbidden, err)
	_, _, err = p.AddToTeam(t.Context(), olga, team, "bea@leerkring.example", kb.TeamOrganiser)
	wantCode(t, "adding", kb.Forbidden, err)
	_, err = p.TeamMembers(t.Context(), olga, team)
	wantCode(t, "who is in it", kb.Forbidden, err)
	_, err = p.RemoveFromTeam(t.Context(), olga, team, olga.Account)
	check(t, err) // anyone may leave
}

// A token of one day made one of a year, which went on when the first was revoked, and
// when its owner took another password: who caught a token once kept the account.
func TestATokenIsNoWayToStay(t *testing.T) {
	p := newPeople(t)
	rita, _ := p.person("Rita", kb.RoleExpert)
	secret, _, _, err := p.CreateToken(t.Context(), rita, kb.TokenRequest{Name: "dag", Scopes: kb.Scopes(), Days: 1})
	check(t, err)
	_, _, _, err = p.CreateToken(t.Context(), p.as(secret), kb.TokenRequest{Name: "jaar", Scopes: kb.Scopes(), Days: 366})
	wantCode(t, "a token by a token", kb.Forbidden, err)
	in, err := p.ChangePassword(t.Context(), rita, goodPassword, otherPassword, home())
	check(t, err)
	p.dead("a token after another password", secret)

	secret, _, _, err = p.CreateToken(t.Context(), p.as(in.Secret), kb.TokenRequest{Name: "nieuw", Scopes: kb.Scopes()})
	check(t, err)
	p.as(secret)
	_, err = p.SetPassword(t.Context(), kb.System(), rita.Account, goodPassword)
	check(t, err)
	p.dead("a token after a password of the operator", secret)
}

// A link to set another password went on after its owner had changed the password, by
// which who read their mail earlier could undo it. So did one after the operator set it.
func TestALinkEndsWithThePassword(t *testing.T) {
	p := newPeople(t)
	rita, _ := p.person("Rita", kb.RoleExpert)
	for what, change := range map[string]func() error{
		"by its owner": func() error {
			in, err := p.SignIn(t.Context(), "rita@leerkring.example", goodPassword, home())
			check(t, err)
			_, err = p.ChangePassword(t.Context(), p.as(in.Secret), goodPassword, goodPassword, home())
			return err
		},
		"by the operator": func() error {
			_, err := p.SetPassword(t.Context(), kb.System(), rita.Account, goodPassword)
			return err
		},
	} {
		link, err := p.IssueTicket(t.Context(), rita.Account, kb.TicketReset)
		check(t, err)
		check(t, change())
		_, err = p.UseTicket(t.Context(), kb.TicketUse{Secret: last(link), Password: otherPassword, From: home()})
		wantCode(t, what, kb.NotFound, err)
	}
}

// Any provider took over the account with an address, that of an admin too.
func TestAnAddressLeadsToNoEditor(t *testing.T) {
	p := newPeople(t)
	p.person("Edith", kb.RoleEditor)
	p.person("Mo2", kb.RoleExpert)
	who := identity("evil")
	for _, email := range []string{"BEA@leerkring.example", "edith@leerkring.example"} {
		who.Email = email
		_, err := p.SignInAs(t.Context(), who, home())
		wantCode(t, email, kb.Forbidden, err)
	}
	who = identity("mo")
	who.Email = "mo2@leerkring.example"
	_, err := p.SignInAs(t.Context(), who, home())
	check(t, err)
	who.Subject.Issuer = "https://another.example"
	_, err = p.SignInAs(t.Context(), who, home())
	wantCode(t, "a second issuer", kb.Forbidden, err)
}

// Whoever prepared an account under the address of someone else kept its password,
// session, token and link when its owner came in by their organisation.
func TestWhoComesByTheirOrganisationIsAlone(t *testing.T) {
	p := newPeople(t)
	before, in := p.person("Vera", kb.RoleMember)
	token, _, _, err := p.CreateToken(t.Context(), before, kb.TokenRequest{Name: "x", Scopes: kb.Scopes()})
	check(t, err)
	link, err := p.IssueTicket(t.Context(), before.Account, kb.TicketReset)
	check(t, err)
	who := identity("vera")
	who.Email = "vera@leerkring.example"
	now, err := p.SignInAs(t.Context(), who, home())
	check(t, err)
	p.as(now.Secret)
	p.dead("the session before", in.Secret)
	p.dead("the token before", token)
	_, err = p.SignIn(t.Context(), "vera@leerkring.example", goodPassword, home())
	wantCode(t, "the password before", kb.Unauthenticated, err)
	_, err = p.UseTicket(t.Context(), kb.TicketUse{Secret: last(link), Password: otherPassword, From: home()})
	wantCode(t, "the link before", kb.NotFound, err)
}
