package kb_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// Olga organised a circle, submitted a working copy of a text that is for it, and
// was taken out of the circle. She went on reading what editors wrote in the copy,
// in her drafts too: it was hers for having changed it once.
func TestWhoLeftATeamReadsNoneOfItsWork(t *testing.T) {
	p, ctx := newPeople(t), t.Context()
	team := p.team("kring")
	olga, _ := p.person("Olga", kb.RoleMember, kb.Membership{Team: team, Role: kb.TeamOrganiser})
	f := lessonFields("Van de kring")
	f["visibility"], f["team"] = "TEAM", string(team)
	at := p.done(p.Create(ctx, p.editor, kb.KindLesson, f, ""))
	at = p.done(p.Approve(ctx, p.editor, at, nil))
	at = p.done(p.deskWorld.Update(ctx, olga, at, kb.Fields{"summary": "van Olga"}, false))
	at = p.done(p.Submit(ctx, olga, at, ""))
	if d := p.open(olga, at.ID); d.Copy == nil {
		t.Error("an organiser does not see what she wrote")
	}
	if diff := cmp.Diff([]string{"Van de kring"}, p.titles(p.Drafts(ctx, olga, 10, ""))); diff != "" {
		t.Errorf("the drafts of an organiser: %s", diff)
	}

	_, err := p.RemoveFromTeam(ctx, p.boss, team, olga.Account)
	check(t, err)
	gone, err := p.Accounts.Get(ctx, p.boss, olga.Account)
	check(t, err)
	at = p.done(p.deskWorld.Update(ctx, p.editor, at, kb.Fields{"summary": "na haar vertrek"}, false))
	p.follow()
	_, err = p.Open(ctx, gone.Actor(), at.ID)
	p.refused(kb.NotFound, err)
	if got := p.titles(p.Drafts(ctx, gone.Actor(), 10, "")); got != nil {
		t.Errorf("her drafts hold %q", got)
	}
}

// Rian was an editor and wrote in the working copy of a public text. Once she is no
// editor any more she reads what all members read.
func TestWhoIsNoEditorAnyMoreReadsNoCopy(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.done(w.Update(ctx, w.editor, w.published("Openbaar"), kb.Fields{"summary": "nog niet"}, false))
	rian := w.editor
	rian.Role = kb.RoleExpert
	w.follow()
	if d := w.open(rian, at.ID); d.Live == nil || d.Copy != nil {
		t.Errorf("she opens %+v", d)
	}
	if got := w.titles(w.Drafts(ctx, rian, 10, "")); got != nil {
		t.Errorf("her drafts hold %q", got)
	}
	if got := w.titles(w.Drafts(ctx, w.expert, 10, "")); len(got) != 1 {
		t.Errorf("the drafts of the owner: %q", got)
	}
}

// The facilitator of a circle made a meeting and fell ill. The organiser could not
// find the draft, nor could the facilitator go on with one that an editor made; and
// once it was published nobody of the circle could withdraw it.
func TestTheKeepersOfACircleWorkOnItsMeetingsTogether(t *testing.T) {
	p, ctx := newPeople(t), t.Context()
	team, other := p.team("kring"), p.team("andere")
	in := func(name string, team kb.ID, role kb.TeamRole) kb.Actor {
		actor, _ := p.person(name, kb.RoleMember, kb.Membership{Team: team, Role: role})
		return actor
	}
	fien, olga := in("Fien", team, kb.TeamFacilitator), in("Olga", team, kb.TeamOrganiser)
	guest := olga
	guest.Role = kb.RoleVisitor
	fields := kb.Fields{"name": "Eerste", "circle": string(team), "visibility": "PUBLIC", "start": "2026-05-01T10:00:00Z"}
	for name, maker := range map[string]kb.Actor{"Eerste": fien, "Tweede": p.editor} {
		fields["name"] = name
		at := p.done(p.Create(ctx, maker, kb.KindMeeting, fields, ""))
		for who, actor := range map[string]kb.Actor{
			"a participant": in("Piet"+name, team, kb.TeamParticipant), "an organiser elsewhere": in("Wim"+name, other, kb.TeamOrganiser), "a guest": guest,
		} {
			if _, err := p.Open(ctx, actor, at.ID); kb.CodeOf(err) != kb.NotFound {
				t.Errorf("%s opens a draft meeting: %v", who, err)
			}
		}
		at = p.done(p.deskWorld.Update(ctx, olga, at, kb.Fields{"summary": "van Olga"}, false))
		at = p.done(p.deskWorld.Update(ctx, fien, at, kb.Fields{"summary": "van Fien"}, false))
		at = p.done(p.Submit(ctx, olga, at, ""))
		at = p.done(p.Approve(ctx, p.editor, at, nil))
		at = p.done(p.Withdraw(ctx, olga, at, "Gaat niet door.", ""))
		_, err := p.Restore(ctx, fien, at)
		p.refused(kb.Forbidden, err)
		p.done(p.Restore(ctx, olga, at))
	}
}
