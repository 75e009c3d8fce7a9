package kb_test

import (
	"testing"

	"leerkring/internal/kb"
)

// Eva went on typing while her text was in review, and each automatic save made Rian's
// request for changes a conflict: he never got a word in. Asking a reviewer and asking
// for changes go on top of what saved itself; approving is for the text that was read.
func TestEditorsGetAWordInWhileAnAuthorTypes(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	read := w.done(w.Submit(ctx, w.expert, w.draft("Typend"), ""))
	typing := func(at kb.Target, autosave bool, words ...string) kb.Target {
		for _, s := range words {
			at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"summary": s}, autosave))
		}
		return at
	}
	typing(read, true, "a", "ab", "abc")
	_, err := w.Approve(ctx, w.editor, read, nil)
	w.refused(kb.Conflict, err)
	read = w.done(w.AssignReviewer(ctx, w.editor, read, w.editor.Account))
	at := typing(read, true, "abcd")
	_, err = w.RequestChanges(ctx, w.editor, kb.Target{ID: at.ID, Version: 99}, "Korter.")
	w.refused(kb.Conflict, err)
	_, err = w.RequestChanges(ctx, w.editor, kb.Target{ID: at.ID}, "Korter.")
	w.refused(kb.Conflict, err)
	saved, err := w.RequestChanges(ctx, w.editor, read, "Korter.")
	check(t, err)
	if l := saved.Entity.(*kb.Lesson); l.Status != kb.StatusDraft || l.Summary != "abcd" || l.Review.ChangesRequested != "Korter." {
		t.Errorf("sent back as %+v", l)
	}

	read = w.done(w.Submit(ctx, w.expert, w.draft("Bewaard"), ""))
	typing(read, false, "x")
	_, err = w.RequestChanges(ctx, w.editor, read, "Korter.")
	w.refused(kb.Conflict, err)
}
