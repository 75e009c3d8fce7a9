package kb_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// as gives an actor with an account of its own and a role.
func as(role kb.Role, teams ...kb.Membership) kb.Actor {
	return kb.Actor{Account: kb.DeriveID("account", string(role)), Name: string(role), Role: role, Teams: teams}
}

func theEditor() kb.Actor { return as(kb.RoleEditor) }

// The index asks Access and Reads, the library asks CanRead: what one finds the
// other must open. The table says who reads what.
func TestWhoReadsWhat(t *testing.T) {
	team, other := kb.DeriveID("test", "team"), kb.DeriveID("test", "other team")
	owner := kb.DeriveID("account", "owner")
	member := kb.Membership{Team: team, Role: kb.TeamParticipant}
	actors := map[string]kb.Actor{
		"visitor": kb.Visitor(), "signed up": as(kb.RoleVisitor), "member": as(kb.RoleMember), "expert": as(kb.RoleExpert),
		"participant": as(kb.RoleMember, member), "in another team": as(kb.RoleMember, kb.Membership{Team: other, Role: kb.TeamOrganiser}),
		"owner": {Account: owner, Role: kb.RoleExpert}, "signed-up owner": {Account: owner, Role: kb.RoleVisitor},
		"editor": theEditor(), "admin": as(kb.RoleAdmin), "system": kb.System(),
		"token to write only": {Account: owner, Role: kb.RoleAdmin, Token: team, Scopes: []kb.Scope{kb.ScopeWrite}, Teams: []kb.Membership{member}},
		"token to read":       {Account: owner, Role: kb.RoleMember, Token: team, Scopes: []kb.Scope{kb.ScopeRead}},
	}
	everyone := slices.Sorted(maps.Keys(actors))
	members := []string{"member", "expert", "participant", "in another team", "owner", "signed-up owner", "editor", "admin", "system", "token to read"}
	keepers := []string{"owner", "signed-up owner", "editor", "admin", "system", "token to read"}
	for what, c := range map[string]struct {
		e    kb.Entity
		want []string
	}{
		"draft":           {entityOf(kb.KindCase, kb.StatusDraft, kb.VisibilityPublic), keepers},
		"in review":       {entityOf(kb.KindCase, kb.StatusInReview, kb.VisibilityMembers), keepers},
		"withdrawn":       {entityOf(kb.KindCase, kb.StatusWithdrawn, kb.VisibilityPublic), keepers},
		"without status":  {entityOf(kb.KindCase, "", kb.VisibilityPublic), keepers},
		"public":          {entityOf(kb.KindCase, kb.StatusPublished, kb.VisibilityPublic), everyone},
		"for members":     {entityOf(kb.KindCase, kb.StatusPublished, kb.VisibilityMembers), members},
		"for a team":      {entityOf(kb.KindCase, kb.StatusPublished, kb.VisibilityTeam), append([]string{"participant"}, keepers...)},
		"for nobody":      {entityOf(kb.KindCase, kb.StatusPublished, ""), keepers},
		"person, consent": {person(true), everyone},
		"person, none":    {person(false), []string{"owner", "signed-up owner", "admin", "system", "token to read"}},
		"consent of a no": {presentation(false), keepers},
		"consent of yes":  {presentation(true), everyone},
		"judgement list":  {entityOf(kb.KindJudgements, kb.StatusPublished, kb.VisibilityMembers), []string{"editor", "admin", "system"}},
	} {
		base := c.e.Base()
		base.CreatedBy, base.Team = owner, team
		want := slices.Sorted(slices.Values(c.want))
		for name, can := range map[string]func(kb.Actor) bool{
			"CanRead": func(a kb.Actor) bool { return a.CanRead(c.e) }, "terms": func(a kb.Actor) bool { return found(a, c.e) },
		} {
			var got []string
			for _, who := range everyone {
				if can(actors[who]) {
					got = append(got, who)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s by %s (-want +got):\n%s", what, name, diff)
			}
		}
	}
}

func entityOf(k kb.Kind, s kb.Status, v kb.Visibility) kb.Entity {
	e, _ := kb.New(k)
	e.Base().Status, e.Base().Visibility = s, v
	return e
}

func person(consent bool) kb.Entity {
	e := entityOf(kb.KindPerson, kb.StatusPublished, kb.VisibilityPublic)
	e.(*kb.Person).Consent = consent
	return e
}

func presentation(consent bool) kb.Entity {
	e := entityOf(kb.KindPresentation, kb.StatusPublished, kb.VisibilityPublic)
	e.(*kb.Presentation).Consent = &consent
	return e
}

func TestTheActorOfARequest(t *testing.T) {
	if got := kb.ActorOf(t.Context()); got.SignedIn() || got.Role.AtLeast(kb.RoleMember) {
		t.Errorf("nobody said who: %v", got)
	}
	if got := kb.ActorOf(kb.WithActor(t.Context(), theEditor())); !got.CanEdit() || got.Account != theEditor().Account {
		t.Errorf("an editor: %v", got)
	}
	if kb.ActorOf(t.Context()).CanEdit() || kb.Visitor().CanEdit() {
		t.Error("a visitor may edit")
	}
}

// found answers as an index does, with the terms of the actor and of the entity.
func found(a kb.Actor, e kb.Entity) bool {
	terms, all := a.Reads()
	return all || slices.ContainsFunc(kb.Access(e), func(term string) bool { return slices.Contains(terms, term) })
}
