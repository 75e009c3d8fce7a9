package kb

import (
	"context"
	"errors"
	"slices"
	"time"
)

// Submit offers a draft or a working copy for review. Invalid with all that it lacks.
func (d *Desk) Submit(ctx context.Context, actor Actor, t Target, note string) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanSubmit)
	if err != nil {
		return Saved{}, err
	}
	files, err := d.checkFiles(ctx, o.work())
	if err != nil {
		return Saved{}, err
	}
	if err := invalid(slices.Concat(complete(o.work()), files, checkNote("note", note, false))); err != nil {
		return Saved{}, err
	}
	now, h := d.clock(), o.work().Base()
	h.Status, h.Review = StatusInReview, &Review{Reviewer: h.reviewer(), SubmittedAt: &now, SubmittedBy: actor.Account}
	return d.save(ctx, o, Event{Type: EventSubmitted, Note: note})
}

// reviewer is who was asked to review, empty for nobody.
func (h *Head) reviewer() ID {
	if h.Review == nil {
		return ""
	}
	return h.Review.Reviewer
}

// checkNote checks what a person says with a step.
func checkNote(field, note string, required bool) []Problem {
	c := &checker{draft: !required}
	c.required(field, note)
	c.text(field, note, MaxText)
	return c.problems
}

// Retract takes back from review what was submitted, or approved for later.
func (d *Desk) Retract(ctx context.Context, actor Actor, t Target) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanRetract)
	if err != nil {
		return Saved{}, err
	}
	h := o.work().Base()
	h.Status, h.Review = StatusDraft, h.Review.sentBack("")
	return d.save(ctx, o, Event{Type: EventRetracted})
}

// sentBack is where a review stands when the text is with its author again. Who
// reviewed it and who submitted it are kept for the next time.
func (r *Review) sentBack(changes string) *Review {
	if r == nil {
		r = &Review{}
	}
	back := Review{Reviewer: r.Reviewer, SubmittedBy: r.SubmittedBy, ChangesRequested: changes}
	return &back
}

// AssignReviewer asks an editor to review; no reviewer takes that back. Invalid
// when the account is not that of an editor.
func (d *Desk) AssignReviewer(ctx context.Context, actor Actor, t Target, reviewer ID) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanAssignReviewer)
	if err != nil {
		return Saved{}, err
	}
	h := o.work().Base()
	if h.reviewer() == reviewer {
		return o.saved(), nil
	}
	if err := d.checkReviewer(ctx, reviewer); err != nil {
		return Saved{}, err
	}
	if h.Review == nil {
		h.Review = &Review{}
	}
	h.Review.Reviewer = reviewer
	return d.save(ctx, o, Event{Type: EventReviewerAssigned, About: reviewer})
}

// maxPassed is how many versions what does not judge a text may pass over.
const maxPassed = 100

// passes reports whether something can be done with a record that the actor read at
// an earlier version: asking a reviewer and asking for changes can when since then
// its author's text was only saved by itself, and a form can be saved when since then
// only files were added or taken out. Approving is for what was read.
func (d *Desk) passes(ctx context.Context, do Ability, now Record, read int) (bool, error) {
	over := Event.savedItself
	switch do {
	case CanAssignReviewer, CanRequestChanges:
	case CanEdit:
		over = Event.filesOnly
	default:
		return false, nil
	}
	behind := now.Version - read
	if read < 1 || behind < 1 || behind > maxPassed {
		return false, nil
	}
	since, err := d.store.Revisions(ctx, now.ID, now.Version+1, behind)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(since, func(r Record) bool { return !over(r.Event) }), nil
}

func (e Event) savedItself() bool { return e.Type == EventAutosaved }

// filesOnly reports whether a write only changed the list of files of a material.
func (e Event) filesOnly() bool {
	return (e.Type == EventSaved || e.Type == EventAutosaved) && slices.Equal(e.Fields, []string{"files"})
}

func (d *Desk) checkReviewer(ctx context.Context, id ID) error {
	if id == "" {
		return nil
	}
	refs := references{{field: "reviewer", id: id}}
	found, err := d.lookUp(ctx, refs)
	if err != nil {
		return err
	}
	if a, ok := found[id].(*Account); ok && a.Role.AtLeast(RoleEditor) && !a.Disabled {
		return nil
	}
	return invalid([]Problem{{"reviewer", Text{"is geen redacteur", "is not an editor"}}})
}

// RequestChanges sends what is in review back to its author, with what to change.
func (d *Desk) RequestChanges(ctx context.Context, actor Actor, t Target, note string) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanRequestChanges)
	if err != nil {
		return Saved{}, err
	}
	if err := invalid(checkNote("note", note, true)); err != nil {
		return Saved{}, err
	}
	h := o.work().Base()
	h.Status, h.Review = StatusDraft, h.Review.sentBack(note)
	return d.save(ctx, o, Event{Type: EventChangesRequested, Note: note})
}

// approveLag is how far a moment of publication may lie back: it was now when a form
// was filled in.
const approveLag = time.Hour

// Approve publishes a draft or a working copy, submitted or not: at once, or at the
// later one of publishAt and its embargo. Invalid with all that it lacks.
func (d *Desk) Approve(ctx context.Context, actor Actor, t Target, publishAt *time.Time) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanApprove)
	if err != nil {
		return Saved{}, err
	}
	files, err := d.checkFiles(ctx, o.work())
	if err != nil {
		return Saved{}, err
	}
	problems := append(complete(o.work()), files...)
	if publishAt != nil && !plausible(*publishAt) {
		problems = append(problems, Problem{"publishAt", Text{"ligt te ver weg", "is too far away"}})
	}
	now, h := d.clock(), o.work().Base()
	if publishAt != nil && publishAt.Before(now.Add(-approveLag)) {
		problems = append(problems, Problem{"publishAt", Text{"ligt in het verleden; laat het leeg om nu te publiceren", "is in the past; leave it empty to publish now"}})
	}
	if err := invalid(problems); err != nil {
		return Saved{}, err
	}
	at := latest(publishAt, h.EmbargoUntil)
	if at == nil || !at.After(now) {
		o.publish(now, actor.Account)
		return d.save(ctx, o, Event{Type: EventPublished})
	}
	if h.Review == nil {
		h.Review = &Review{}
	}
	h.Status, h.Review.PublishAt, h.Review.ApprovedBy = StatusInReview, at, actor.Account
	return d.save(ctx, o, Event{Type: EventScheduled})
}

// latest gives the later one of two moments, either of which may not be there, in
// whole milliseconds.
func latest(a, b *time.Time) *time.Time {
	if a == nil || b != nil && b.After(*a) {
		a = b
	}
	if a == nil {
		return nil
	}
	at := a.Truncate(time.Millisecond)
	return &at
}

// publish makes the work what readers see. When it was first published stays, and
// is what newest and oldest go by.
func (o *opened) publish(now time.Time, by ID) {
	e := o.work()
	h, was := e.Base(), o.live.Base()
	h.Slug, h.CreatedAt, h.CreatedBy, h.PublishedAt = was.Slug, was.CreatedAt, was.CreatedBy, was.PublishedAt
	if h.PublishedAt == nil {
		h.PublishedAt = &now
	}
	h.Status, h.PublishedBy, h.Review, h.UpdatedAt = StatusPublished, by, nil, now
	o.live, o.copy = e, nil
}

// Unschedule takes back the approval of what would be published later. It is in
// review again.
func (d *Desk) Unschedule(ctx context.Context, actor Actor, t Target) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanUnschedule)
	if err != nil {
		return Saved{}, err
	}
	r := o.work().Base().Review
	r.PublishAt, r.ApprovedBy = nil, ""
	return d.save(ctx, o, Event{Type: EventUnscheduled})
}

// PublishDue publishes what was approved for a moment that has come, as far as the
// index has followed, and gives how many it published. It is the program that
// writes; the one who approved is who published it. Several processes may do it at
// the same time.
func (d *Desk) PublishDue(ctx context.Context) (n int, err error) {
	var damaged error // of records that cannot be read; the others go on
	now := d.clock()
	req := SearchRequest{
		Kinds: ContentKinds(), Filter: Filter{States: []string{StateScheduled}, DueBefore: now.Add(time.Millisecond)},
		Sort: SortOldest, First: MaxPage,
	}
	for {
		page, err := d.search.Search(ctx, System(), req)
		if err != nil {
			return n, err
		}
		for _, hit := range page.Hits {
			done, err := d.publishDue(ctx, hit.Entity.Base().ID, now)
			switch {
			case CodeOf(err) == Damaged:
				damaged = errors.Join(damaged, err)
			case err != nil:
				return n, errors.Join(err, damaged)
			case done:
				n++
			}
		}
		if !page.HasNextPage || len(page.Hits) == 0 {
			return n, damaged
		}
		req.After = page.Hits[len(page.Hits)-1].Cursor
	}
}

// publishDue publishes one record if it is still due: the index may be behind, and
// another process first.
func (d *Desk) publishDue(ctx context.Context, id ID, now time.Time) (bool, error) {
	o, err := d.open(ctx, System(), id)
	switch {
	case CodeOf(err) == NotFound:
		return false, nil
	case err != nil:
		return false, err
	}
	h := o.work().Base()
	if !h.scheduled() || h.Review.PublishAt.After(now) {
		return false, nil
	}
	waits, asks, err := d.filesOf(ctx, o.work())
	if err != nil || len(asks) == 0 && len(waits) > 0 {
		return false, err // a file of it is still being read
	}
	ev := Event{Type: EventPublished}
	if len(asks) > 0 { // it has to be looked at again
		h.Review.PublishAt, h.Review.ApprovedBy = nil, ""
		ev = Event{Type: EventUnscheduled, Note: asks[0].Text.NL}
	} else {
		o.publish(now, h.Review.ApprovedBy)
	}
	_, err = d.save(ctx, o, ev)
	if CodeOf(err) == Conflict {
		return false, nil // whoever was first did it, or changed it: it is looked at again
	}
	return err == nil && len(asks) == 0, err
}
