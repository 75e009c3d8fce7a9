package kb

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whoever may not read a material may not read a file of it, and a file that is for
// fewer is read by those in both circles only.
func TestFileNeverWidens(t *testing.T) {
	team := func(n string) ID { return DeriveID("team", n) }
	maker := DeriveID("account", "maker")
	rapid.Check(t, func(t *rapid.T) {
		visibility := rapid.SampledFrom([]Visibility{VisibilityPublic, VisibilityMembers, VisibilityTeam})
		teams := rapid.SampledFrom([]ID{team("a"), team("b")})
		no := false
		m := &Presentation{}
		m.Head = Head{
			ID: DeriveID("m", "1"), CreatedBy: maker, Visibility: visibility.Draw(t, "of material"), Team: teams.Draw(t, "team of material"),
			Status: rapid.SampledFrom([]Status{StatusDraft, StatusInReview, StatusPublished, StatusPublished, StatusWithdrawn}).Draw(t, "status"),
		}
		if rapid.Bool().Draw(t, "no consent") {
			m.Consent = &no
		}
		f := &File{Record: m.ID}
		f.ID, f.Visibility, f.Team = DeriveID("f", "1"), visibility.Draw(t, "of file"), teams.Draw(t, "team of file")
		listed := rapid.Bool().Draw(t, "listed")
		if listed {
			m.Files = []ID{f.ID}
		}
		a := Actor{Role: rapid.SampledFrom(append(Roles(), RoleVisitor)).Draw(t, "role")}
		if rapid.Bool().Draw(t, "signed in") {
			a.Account = rapid.SampledFrom([]ID{maker, DeriveID("account", "x")}).Draw(t, "account")
			for _, n := range []string{"a", "b"} {
				if role := rapid.SampledFrom([]TeamRole{"", TeamOrganiser, TeamFacilitator, TeamParticipant}).Draw(t, "in "+n); role != "" {
					a.Teams = append(a.Teams, Membership{Team: team(n), Role: role})
				}
			}
		} else {
			a.Role = RoleVisitor
		}
		got := a.holds(accessToFile(f, m))
		works := a.holds(workers(m))
		own := a.holds(visibleTo(f.Visibility, f.Team))
		switch want := works || listed && a.CanRead(m) && own; {
		case got && !want:
			t.Fatalf("read too widely: %v", accessToFile(f, m))
		case want && !got && m.Visibility == VisibilityTeam && f.Visibility == VisibilityTeam && f.Team != m.Team:
			// said in the documentation: two teams have no term together
		case want && !got:
			t.Fatalf("not read by who may: %v", accessToFile(f, m))
		}
	})
}

func TestVariantsOfAMaterial(t *testing.T) {
	team := DeriveID("team", "a")
	m := &Lesson{}
	m.Head = Head{ID: DeriveID("m", "1"), Status: StatusPublished, Visibility: VisibilityPublic}
	text := func(name string, v Visibility) fileText {
		f := &File{Record: m.ID}
		f.ID, f.Visibility, f.Team = DeriveID("f", name), v, team
		m.Files = append(m.Files, f.ID)
		return fileText{pages: []FilePage{{File: f.ID, Number: 1, Text: name}}, access: accessToFile(f, m)}
	}
	files := []fileText{text("all", VisibilityPublic), text("members", VisibilityMembers), text("team", VisibilityTeam)}
	docs := variants(Document{}, m, files)
	for name, tt := range map[string]struct {
		actor Actor
		want  []string
	}{
		"a visitor":        {Visitor(), []string{"all"}},
		"a member":         {Actor{Account: "x", Role: RoleMember}, []string{"all", "members"}},
		"a guest in it":    {Actor{Account: "x", Role: RoleVisitor, Teams: []Membership{{team, TeamParticipant}}}, []string{"all", "team"}},
		"a member in it":   {Actor{Account: "x", Role: RoleMember, Teams: []Membership{{team, TeamParticipant}}}, []string{"all", "members", "team"}},
		"an editor":        {Actor{Account: "x", Role: RoleEditor}, []string{"all", "members", "team"}},
		"the program":      {System(), []string{"all", "members", "team"}},
		"an expert of all": {Actor{Account: "x", Role: RoleExpert}, []string{"all", "members"}},
	} {
		var got []string
		for _, d := range docs { // the highest that they may read
			if tt.actor.holds(d.Access) {
				got = nil
				for _, p := range d.Pages {
					got = append(got, p.Text)
				}
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
