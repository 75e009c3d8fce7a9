package kb

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var updateTables = flag.Bool("update-permissions", false, "write the tables in docs/permissions.md")

// The people of the tables, in their order.
func tableActors() []struct {
	name  string
	actor Actor
} {
	team := DeriveID("permission", "team")
	someone := func(role Role, teams ...Membership) Actor {
		return Actor{Account: DeriveID("permission", "someone"), Role: role, Teams: teams}
	}
	owner := func(role Role) Actor { return Actor{Account: DeriveID("permission", "owner"), Role: role} }
	scoped := func(a Actor, scopes ...Scope) Actor {
		a.Token, a.Scopes = DeriveID("permission", "token"), scopes
		return a
	}
	return []struct {
		name  string
		actor Actor
	}{
		{"visitor", Visitor()},
		{"signed up", someone(RoleVisitor)},
		{"member", someone(RoleMember)},
		{"participant of the team", someone(RoleMember, Membership{team, TeamParticipant})},
		{"facilitator of the team", someone(RoleMember, Membership{team, TeamFacilitator})},
		{"organiser of the team", someone(RoleMember, Membership{team, TeamOrganiser})},
		{"another expert", someone(RoleExpert)},
		{"owner, now a member", owner(RoleMember)},
		{"owner", owner(RoleExpert)},
		{"owner, token to read", scoped(owner(RoleExpert), ScopeRead)},
		{"editor", someone(RoleEditor)},
		{"editor, token without REVIEW", scoped(someone(RoleEditor), ScopeRead, ScopeWrite)},
		{"admin", someone(RoleAdmin)},
		{"system", System()},
	}
}

// tableState is one of the states that a record can be in.
type tableState struct {
	name string
	set  func(live Entity) (copy Entity)
}

func tableStates(now time.Time) []tableState {
	copied := func(s Status, r *Review) func(Entity) Entity {
		return func(live Entity) Entity {
			live.Base().Status, live.Base().PublishedAt = StatusPublished, &now
			data, err := Encode(live)
			if err != nil {
				panic(err)
			}
			e, err := Decode(live.Kind(), 1, data)
			if err != nil {
				panic(err)
			}
			e.Base().Status, e.Base().Review = s, r
			return e
		}
	}
	plain := func(s Status, published *time.Time, r *Review) func(Entity) Entity {
		return func(live Entity) Entity {
			h := live.Base()
			h.Status, h.PublishedAt, h.Review = s, published, r
			return nil
		}
	}
	return []tableState{
		{"draft", plain(StatusDraft, nil, nil)},
		{"in review", plain(StatusInReview, nil, &Review{})},
		{"scheduled", plain(StatusInReview, nil, &Review{PublishAt: &now})},
		{"published", plain(StatusPublished, &now, nil)},
		{"copy, draft", copied(StatusDraft, nil)},
		{"copy, in review", copied(StatusInReview, &Review{})},
		{"copy, scheduled", copied(StatusInReview, &Review{PublishAt: &now})},
		{"withdrawn", plain(StatusWithdrawn, &now, nil)},
		{"withdrawn by its owner", func(live Entity) Entity {
			live.Base().Withdrawal = &Withdrawal{By: live.Base().CreatedBy}
			return plain(StatusWithdrawn, &now, nil)(live)
		}},
	}
}

// tableKinds are the kinds whose rules differ.
func tableKinds() []struct {
	name string
	make func() Entity
} {
	team := DeriveID("permission", "team")
	owned := func(k Kind, v Visibility) Entity {
		e, _ := New(k)
		*e.Base() = Head{ID: DeriveID("permission", "record"), Visibility: v, CreatedBy: DeriveID("permission", "owner")}
		return e
	}
	return []struct {
		name string
		make func() Entity
	}{
		{"A case for everyone", func() Entity { return owned(KindCase, VisibilityPublic) }},
		{"A case for a team", func() Entity {
			e := owned(KindCase, VisibilityTeam)
			e.Base().Team = team
			return e
		}},
		{"A question", func() Entity { return owned(KindQuestion, VisibilityMembers) }},
		{"A theme", func() Entity { return owned(KindTheme, VisibilityPublic) }},
		{"A learning circle, itself the team", func() Entity {
			e := owned(KindLearningCircle, VisibilityPublic)
			e.Base().ID = team
			return e
		}},
		{"A meeting of the team", func() Entity {
			e := owned(KindMeeting, VisibilityPublic)
			e.(*Meeting).Circle = team
			return e
		}},
	}
}

// letters are how the tables write abilities.
func letters(can []Ability) string {
	short := map[Ability]string{
		CanEdit: "E", CanSubmit: "S", CanRetract: "R", CanComment: "C", CanAssignReviewer: "G", CanRequestChanges: "Q",
		CanApprove: "A", CanUnschedule: "U", CanDiscardCopy: "D", CanConfirm: "K", CanWithdraw: "W", CanRestore: "B",
		CanDelete: "X", CanRestoreRevision: "V", CanSeeHistory: "H", CanSeeAudit: "T",
	}
	var out strings.Builder
	for _, a := range can {
		out.WriteString(short[a])
	}
	return out.String()
}

// abilityTables writes what everyone may do with every kind in every state.
func abilityTables() string {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var b strings.Builder
	for _, k := range tableKinds() {
		fmt.Fprintf(&b, "\n### %s\n\n| |", k.name)
		for _, s := range tableStates(now) {
			fmt.Fprintf(&b, " %s |", s.name)
		}
		b.WriteString("\n|---|" + strings.Repeat("---|", len(tableStates(now))) + "\n")
		for _, who := range tableActors() {
			fmt.Fprintf(&b, "| %s |", who.name)
			for _, s := range tableStates(now) {
				live := k.make()
				copied := s.set(live)
				cell := letters(abilities(who.actor, live, copied))
				if !who.actor.CanRead(live) {
					cell = "–"
				}
				fmt.Fprintf(&b, " %s |", cell)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

const (
	tableBegin = "<!-- abilities: written by go test ./internal/kb -run TestTheTablesOfPermissions -update-permissions -->\n"
	tableEnd   = "<!-- end of abilities -->\n"
)

// docs/permissions.md says what everyone may do, and this is what they may do.
func TestTheTablesOfPermissions(t *testing.T) {
	const name = "../../docs/permissions.md"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), tableBegin)
	told, after, ended := strings.Cut(rest, tableEnd)
	if !ok || !ended {
		t.Fatalf("%s has no tables", name)
	}
	is := abilityTables()
	if *updateTables {
		if err := os.WriteFile(name, []byte(before+tableBegin+is+tableEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(told, is); diff != "" {
		t.Errorf("%s (-says +is):\n%s", name, diff)
	}
}

// What must hold in every cell, whatever the tables say.
func TestNobodyGetsMoreThanTheyMay(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	readers := "H"
	for _, k := range tableKinds() {
		for _, s := range tableStates(now) {
			for _, who := range tableActors() {
				live := k.make()
				copied := s.set(live)
				got := letters(abilities(who.actor, live, copied))
				a := who.actor
				switch {
				case !a.CanRead(live) && got != "":
					t.Errorf("%s, %s: %s may not read it and may %s", k.name, s.name, who.name, got)
				case !a.Role.AtLeast(RoleMember) && got != "":
					t.Errorf("%s, %s: %s may %s", k.name, s.name, who.name, got)
				case !a.CanEdit() && strings.ContainsAny(got, "GQAUT"):
					t.Errorf("%s, %s: %s reviews: %s", k.name, s.name, who.name, got)
				case !a.CanEdit() && strings.Contains(got, "B") && (live.Base().Withdrawal == nil || live.Base().Withdrawal.By != a.Account):
					t.Errorf("%s, %s: %s restores what others withdrew", k.name, s.name, who.name)
				case !a.in(ScopeWrite) && strings.Trim(got, readers) != "":
					t.Errorf("%s, %s: %s writes without the scope: %s", k.name, s.name, who.name, got)
				case strings.Contains(got, "X") && s.name != "draft" && s.name != "in review" && s.name != "scheduled" && !a.Role.AtLeast(RoleAdmin):
					t.Errorf("%s, %s: %s deletes what was published", k.name, s.name, who.name)
				}
			}
		}
	}
}

func TestWhoMayMakeWhat(t *testing.T) {
	circle := Membership{DeriveID("permission", "circle"), TeamFacilitator}
	experts := []Kind{KindCase, KindPublication, KindPresentation, KindLesson, KindOrganisation, KindPerson, KindQuestion}
	desk := NewDesk(nil, nil, nil, nil, nil)
	for name, c := range map[string]struct {
		actor Actor
		want  []Kind
	}{
		"visitor":     {Visitor(), nil},
		"signed up":   {Actor{Account: "a", Role: RoleVisitor, Teams: []Membership{circle}}, nil},
		"member":      {Actor{Account: "a", Role: RoleMember}, []Kind{KindQuestion}},
		"facilitator": {Actor{Account: "a", Role: RoleMember, Teams: []Membership{circle}}, []Kind{KindQuestion, KindMeeting}},
		"participant": {Actor{Account: "a", Role: RoleMember, Teams: []Membership{{circle.Team, TeamParticipant}}}, []Kind{KindQuestion}},
		"expert":      {Actor{Account: "a", Role: RoleExpert}, experts},
		"reading":     {Actor{Account: "a", Role: RoleAdmin, Token: "t", Scopes: []Scope{ScopeRead}}, nil},
		"writing":     {Actor{Account: "a", Role: RoleEditor, Token: "t", Scopes: []Scope{ScopeWrite}}, experts},
		"editor":      {Actor{Account: "a", Role: RoleEditor}, ContentKinds()},
		"system":      {System(), ContentKinds()},
	} {
		got := desk.Creatable(c.actor)
		if diff := cmp.Diff(c.want, got, cmp.Transformer("none", func(k []Kind) string { return fmt.Sprint(k) })); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A person's own profile is theirs to change, and nothing more of it.
func TestThePersonOfAProfile(t *testing.T) {
	account := DeriveID("permission", "self")
	p := &Person{Account: account, Consent: true, Head: Head{Status: StatusPublished, Visibility: VisibilityMembers, CreatedBy: DeriveID("permission", "owner")}}
	for want, a := range map[string]Actor{
		"EH": {Account: account, Role: RoleMember},
		"":   {Account: account, Role: RoleMember, Token: "t", Scopes: []Scope{ScopeWrite}},
		"H":  {Account: account, Role: RoleMember, Token: "t", Scopes: []Scope{ScopeRead}},
	} {
		if got := letters(abilities(a, p, nil)); got != want {
			t.Errorf("%v may %s, want %s", a, got, want)
		}
	}
}
