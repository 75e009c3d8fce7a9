package kb_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

// step is one thing that can be done with a record.
type step struct {
	ability kb.Ability
	do      func(w *deskWorld, actor kb.Actor, at kb.Target) (kb.Saved, error)
}

// deskSteps are all steps that write, each with the ability that it asks for.
func deskSteps(t *rapid.T) []step {
	ctx := context.Background()
	value := rapid.SampledFrom([]string{"", "Een", "Twee"}).Draw(t, "value")
	autosave, later := rapid.Bool().Draw(t, "autosave"), rapid.Bool().Draw(t, "later")
	version := rapid.IntRange(1, 8).Draw(t, "version")
	return []step{
		{kb.CanEdit, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) {
			return w.Update(ctx, a, at, kb.Fields{"summary": value}, autosave)
		}},
		{kb.CanSubmit, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) { return w.Submit(ctx, a, at, value) }},
		{kb.CanRetract, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) { return w.Retract(ctx, a, at) }},
		{kb.CanAssignReviewer, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) {
			return w.AssignReviewer(ctx, a, at, w.admin.Account)
		}},
		{kb.CanRequestChanges, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) {
			return w.RequestChanges(ctx, a, at, value)
		}},
		{kb.CanApprove, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) {
			if !later {
				return w.Approve(ctx, a, at, nil)
			}
			return w.Approve(ctx, a, at, new(w.now.Add(time.Hour)))
		}},
		{kb.CanUnschedule, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) { return w.Unschedule(ctx, a, at) }},
		{kb.CanDiscardCopy, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) { return w.DiscardCopy(ctx, a, at) }},
		{kb.CanConfirm, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) { return w.Confirm(ctx, a, at, "2030") }},
		{kb.CanWithdraw, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) {
			return w.Withdraw(ctx, a, at, value, "")
		}},
		{kb.CanRestore, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) { return w.Restore(ctx, a, at) }},
		{kb.CanRestoreRevision, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) {
			return w.RestoreRevision(ctx, a, at, version)
		}},
		{kb.CanDelete, func(w *deskWorld, a kb.Actor, at kb.Target) (kb.Saved, error) { return w.Delete(ctx, a, at) }},
	}
}

// Any steps by anyone in any order: what a front-end was told that one may do is
// what one may do, what readers see changes only when it is said to, and a refusal
// leaves everything as it was.
func TestAnyStepsByAnyone(t *testing.T) {
	w := newDeskWorld(t)
	actors := []kb.Actor{kb.Visitor(), w.member, w.other, w.expert, w.editor, w.admin, kb.System()}
	rapid.Check(t, func(rt *rapid.T) {
		ctx := context.Background()
		at := w.draft("Stap voor stap")
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			steps := deskSteps(rt)
			s := steps[rapid.IntRange(0, len(steps)-1).Draw(rt, "step")]
			actor := rapid.SampledFrom(actors).Draw(rt, "actor")
			before := stored(t, w.store, at.ID)
			told, err := w.Open(ctx, actor, at.ID)
			may := err == nil && slices.Contains(told.Can, s.ability)
			saved, err := s.do(w, actor, at)
			after := stored(t, w.store, at.ID)
			checkStep(rt, s.ability, may, err, before, after)
			if err != nil {
				continue
			}
			if after.Deleted {
				return
			}
			if saved.Version != after.Version || saved.Seq != after.Seq {
				rt.Fatalf("%s answered version %d, and it is %d", s.ability, saved.Version, after.Version)
			}
			at.Version = saved.Version
		}
	})
}

func checkStep(t *rapid.T, did kb.Ability, may bool, err error, before, after kb.Record) {
	code := kb.CodeOf(err)
	refusals := []kb.Code{kb.NotFound, kb.Forbidden, kb.Unauthenticated, kb.Conflict}
	switch {
	case err != nil && after.Version != before.Version:
		t.Fatalf("%s was refused and written: %v", did, err)
	case !may && !slices.Contains(refusals, code):
		t.Fatalf("%s may not be done, and the answer is %v", did, err)
	case may && code != "" && !lacksSomething(did, code):
		t.Fatalf("%s may be done, and the answer is %v", did, err)
	}
	if err != nil || after.Version == before.Version {
		return
	}
	readersSee := []kb.EventType{kb.EventPublished, kb.EventConfirmed, kb.EventWithdrawn, kb.EventRestored, kb.EventDeleted}
	if wasRead(before) && !bytes.Equal(before.Live, after.Live) && !slices.Contains(readersSee, after.Event.Type) {
		t.Fatalf("%s changed what readers see by %s", did, after.Event.Type)
	}
	if after.Version != before.Version+1 || after.Event.Type == "" {
		t.Fatalf("%s made version %d of %d, for %q", did, after.Version, before.Version, after.Event.Type)
	}
}

// lacksSomething reports whether a step that may be done was refused for what was
// given with it: a text that is not complete, a version that is not there, or an
// autosave of what is published.
func lacksSomething(did kb.Ability, code kb.Code) bool {
	return code == kb.Invalid || did == kb.CanRestoreRevision && code == kb.NotFound || did == kb.CanEdit && code == kb.Conflict
}

// wasRead reports whether readers see a record.
func wasRead(r kb.Record) bool {
	live, _, err := kb.DecodeRecord(r)
	return err == nil && live != nil && !slices.Contains([]kb.Status{kb.StatusDraft, kb.StatusInReview}, live.Base().Status)
}
