package kb_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// said gives the texts of the comments on a record, as an actor reads them.
func (w *deskWorld) said(actor kb.Actor, record kb.ID) []string {
	w.t.Helper()
	w.follow()
	res, err := w.Comments(w.t.Context(), actor, record, 10, "")
	check(w.t, err)
	out := []string{}
	for _, h := range res.Hits {
		c := h.Entity.(*kb.Comment)
		text := c.Field + ": " + c.Text
		if c.ResolvedAt != nil {
			text += " (done)"
		}
		out = append(out, text)
	}
	return out
}

// An editor and an author talk about a text until all is dealt with.
func TestTalkingAboutADraft(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.draft("Begin klein")
	first, seq, err := w.AddComment(ctx, w.editor, at.ID, "title", "Korter?")
	if err != nil || seq == 0 || first.Version != 1 || first.Owner != w.expert.Account {
		t.Fatalf("%+v, %d, %v", first, seq, err)
	}
	w.now = w.now.Add(time.Second)
	answer, _, err := w.AddComment(ctx, w.expert, at.ID, "", "Liever niet.")
	check(t, err)
	if diff := cmp.Diff([]string{"title: Korter?", ": Liever niet."}, w.said(w.expert, at.ID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	done, _, err := w.ResolveComment(ctx, w.expert, first.ID, 1, true)
	if err != nil || done.ResolvedBy != w.expert.Account || done.CreatedBy != w.editor.Account || done.Version != 2 {
		t.Errorf("%+v, %v", done, err)
	}
	same, seq, err := w.ResolveComment(ctx, w.editor, first.ID, 2, true)
	if err != nil || same.Version != 2 || seq == 0 {
		t.Errorf("dealt with twice: %+v, %v", same, err)
	}
	changed, _, err := w.ChangeComment(ctx, w.expert, answer.ID, 1, "Goed.")
	if err != nil || changed.Text != "Goed." {
		t.Errorf("%+v, %v", changed, err)
	}
	if diff := cmp.Diff([]string{"title: Korter? (done)", ": Goed."}, w.said(w.editor, at.ID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	open, _, err := w.ResolveComment(ctx, w.editor, first.ID, 2, false)
	if err != nil || open.ResolvedAt != nil || open.ResolvedBy != "" {
		t.Errorf("open again: %+v, %v", open, err)
	}
	_, err = w.DeleteComment(ctx, w.editor, answer.ID, 2)
	check(t, err)
	if diff := cmp.Diff([]string{"title: Korter?"}, w.said(w.expert, at.ID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if ev := stored(t, w.store, first.ID).Event; ev.Type != kb.EventCommentResolved || ev.About != at.ID {
		t.Errorf("%+v", ev)
	}
}

func TestCommentsThatAreRefused(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at, published := w.draft("Begin klein"), w.published("Boek")
	c, _, err := w.AddComment(ctx, w.editor, at.ID, "", "Korter?")
	check(t, err)
	add := func(actor kb.Actor, record kb.ID, field, text string) error {
		_, _, err := w.AddComment(ctx, actor, record, field, text)
		return err
	}
	change := func(actor kb.Actor, id kb.ID, version int) error {
		_, _, err := w.ChangeComment(ctx, actor, id, version, "Anders")
		return err
	}
	resolve := func(actor kb.Actor, version int) error {
		_, _, err := w.ResolveComment(ctx, actor, c.ID, version, true)
		return err
	}
	for name, got := range map[string]struct {
		err  error
		want kb.Code
	}{
		"without a text":               {add(w.editor, at.ID, "", " "), kb.Invalid},
		"too long":                     {add(w.editor, at.ID, "", strings.Repeat("a", kb.MaxText+1)), kb.Invalid},
		"on a field that is not there": {add(w.editor, at.ID, "titel", "x"), kb.Invalid},
		"on a draft of others":         {add(w.other, at.ID, "", "x"), kb.NotFound},
		"on what one may only read":    {add(w.member, published.ID, "", "x"), kb.Forbidden},
		"by a visitor":                 {add(kb.Visitor(), published.ID, "", "x"), kb.Unauthenticated},
		"on what is published":         {add(w.editor, published.ID, "", "x"), kb.Conflict},
		"on nothing":                   {add(w.editor, kb.DeriveID("no", "thing"), "", "x"), kb.NotFound},
		"changed by another":           {change(w.expert, c.ID, 1), kb.Forbidden},
		"changed by who may not know":  {change(w.other, c.ID, 1), kb.NotFound},
		"changed after another":        {change(w.editor, c.ID, 7), kb.Conflict},
		"that is none":                 {change(w.editor, at.ID, 1), kb.NotFound},
		"under a nonsense":             {change(w.editor, "x", 1), kb.NotFound},
		"dealt with after another":     {resolve(w.expert, 7), kb.Conflict},
		"dealt with by a stranger":     {resolve(w.member, 1), kb.NotFound},
		"deleted by another":           {errorOf(w.DeleteComment(ctx, w.expert, c.ID, 1)), kb.Forbidden},
		"deleted after another":        {errorOf(w.DeleteComment(ctx, w.editor, c.ID, 7)), kb.Conflict},
		"read by a stranger":           {errorOf(w.Comments(ctx, w.other, at.ID, 1, "")), kb.NotFound},
		"read by a reader":             {errorOf(w.Comments(ctx, w.member, published.ID, 1, "")), kb.Forbidden},
		"too many":                     {errorOf(w.Comments(ctx, w.editor, at.ID, 101, "")), kb.Invalid},
	} {
		if kb.CodeOf(got.err) != got.want {
			t.Errorf("%s: %v, want %s", name, got.err, got.want)
		}
	}
	if clash, ok := errors.AsType[*kb.Clash](change(w.editor, c.ID, 7)); !ok || clash.ByName != "Rian" {
		t.Errorf("%+v", clash)
	}
}

// Who works on a text for a team reads what was said of it, also when others made it.
func TestCommentsAreReadByAllWhoWorkOnIt(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	circle := w.done(w.Create(ctx, w.editor, kb.KindLearningCircle, kb.Fields{"name": "Kring"}, ""))
	circle = w.done(w.Approve(ctx, w.editor, circle, nil))
	organiser := w.account("Olga", kb.RoleMember, kb.Membership{Team: circle.ID, Role: kb.TeamOrganiser})
	circle = w.done(w.Update(ctx, organiser, circle, kb.Fields{"goal": "Meer"}, false))
	_, _, err := w.AddComment(ctx, w.editor, circle.ID, "goal", "Meer wat?")
	check(t, err)
	if diff := cmp.Diff([]string{"goal: Meer wat?"}, w.said(organiser, circle.ID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A comment form that was sent twice made two comments.
func TestACommentSentTwiceIsOne(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.draft("Begin klein")
	first, seq, err := w.AddComment(ctx, w.editor, at.ID, "title", "Korter?")
	check(t, err)
	again, seqAgain, err := w.AddComment(ctx, w.editor, at.ID, "title", "Korter?")
	check(t, err)
	if again.ID != first.ID || seqAgain != seq {
		t.Errorf("%s at %d, and %s at %d", first.ID, seq, again.ID, seqAgain)
	}
	if diff := cmp.Diff([]string{"title: Korter?"}, w.said(w.editor, at.ID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err = w.DeleteComment(ctx, w.editor, first.ID, 1)
	check(t, err)
	if _, _, err := w.AddComment(ctx, w.editor, at.ID, "title", "Korter?"); kb.CodeOf(err) != kb.NotFound {
		t.Errorf("after it was deleted: %v", err)
	}
}

// A wrong year made a text public at once.
func TestAPublicationIsNotInThePast(t *testing.T) {
	w := newDeskWorld(t)
	past := w.now.AddDate(-6, 0, 0)
	_, err := w.Approve(t.Context(), w.editor, w.draft("Later"), &past)
	e, ok := errors.AsType[*kb.Error](err)
	if !ok || e.Code != kb.Invalid || len(e.Problems) != 1 || e.Problems[0].Field != "publishAt" {
		t.Errorf("%v", err)
	}
}
