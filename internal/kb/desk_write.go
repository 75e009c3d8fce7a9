package kb

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
)

// MaxIdempotencyKey is the most bytes that an idempotency key may have.
const MaxIdempotencyKey = 200

// Creatable gives the kinds of records that the actor may make.
func (d *Desk) Creatable(actor Actor) []Kind {
	inCircle := slices.ContainsFunc(actor.Teams, func(m Membership) bool { return keepsMeetings(actor, m.Team) })
	return slices.DeleteFunc(ContentKinds(), func(k Kind) bool {
		e, _ := New(k)
		return !mayMake(actor, e) && (k != KindMeeting || !inCircle)
	})
}

// Create makes a draft, which need not be complete. A call with an idempotency key
// that the same account used before makes nothing: it gives the record of then, as
// it is now. Forbidden to who may not make such a record.
func (d *Desk) Create(ctx context.Context, actor Actor, k Kind, f Fields, idempotencyKey string) (Saved, error) {
	if !slices.Contains(d.Creatable(actor), k) {
		return Saved{}, forbidden(actor, Text{"U mag zo'n record niet maken.", "You may not make such a record."})
	}
	id, made, err := d.idempotent(ctx, actor, k, idempotencyKey)
	if err != nil {
		return Saved{}, err
	}
	if made != nil {
		return made.saved(), nil
	}
	e, err := d.newDraft(ctx, actor, id, k, f)
	if err != nil {
		return Saved{}, err
	}
	fields, err := setFields(e)
	if err != nil {
		return Saved{}, err
	}
	o := &opened{actor: actor, record: Record{ID: id, Kind: k}, live: e}
	saved, err := d.save(ctx, o, Event{Type: EventCreated, Fields: fields})
	if CodeOf(err) != Conflict || idempotencyKey == "" {
		return saved, err
	}
	// The same call, made twice at once: the other one was first.
	_, made, err = d.idempotent(ctx, actor, k, idempotencyKey)
	if err != nil || made == nil {
		return Saved{}, err
	}
	return made.saved(), nil
}

// setFields gives the fields of a new entity that are not empty.
func setFields(e Entity) ([]string, error) {
	data, err := Encode(e)
	if err != nil {
		return nil, err
	}
	empty, _ := New(e.Kind())
	none, err := Encode(empty)
	if err != nil {
		return nil, err
	}
	return changedFields(none, data)
}

// idempotent gives the id of a record to make, and the record when an earlier call
// with the same key made it.
func (d *Desk) idempotent(ctx context.Context, actor Actor, k Kind, key string) (ID, *opened, error) {
	if key == "" {
		return d.newID(), nil, nil
	}
	refuse := func(nl, en string) error {
		return invalid([]Problem{{"idempotencyKey", Text{nl, en}}})
	}
	if len(key) > MaxIdempotencyKey {
		return "", nil, invalid([]Problem{keyTooLong()})
	}
	id := DeriveID("made by "+string(actor.Account), key)
	found, err := d.store.Get(ctx, []ID{id})
	if err != nil {
		return "", nil, err
	}
	r, exists := found[id]
	if !exists {
		return id, nil, nil
	}
	if r.Kind != k {
		return "", nil, refuse("is al gebruikt voor een record van een andere soort", "was used for a record of another kind")
	}
	o, err := openedOf(actor, r)
	if err == nil && o == nil {
		err = Errorf(Conflict, Text{"Het record dat hiermee is gemaakt, is weg.", "The record that was made with this is gone."})
	}
	return id, o, err
}

func keyTooLong() Problem {
	return Problem{"idempotencyKey", Text{fmt.Sprintf("is langer dan %d bytes", MaxIdempotencyKey), fmt.Sprintf("is longer than %d bytes", MaxIdempotencyKey)}}
}

func (d *Desk) newDraft(ctx context.Context, actor Actor, id ID, k Kind, f Fields) (Entity, error) {
	blank, ok := New(k)
	if !ok {
		return nil, notFound()
	}
	now := d.clock()
	*blank.Base() = Head{
		ID: id, Status: StatusDraft, Visibility: VisibilityPublic,
		CreatedAt: now, CreatedBy: actor.Account, UpdatedAt: now, UpdatedBy: actor.Account,
	}
	if m, ok := blank.(Material); ok {
		m.Shared().Language = "nl"
	}
	e, problems, err := f.apply(blank)
	if err != nil {
		return nil, err
	}
	rename(nil, e)
	if !mayMake(actor, e) {
		return nil, Errorf(Forbidden, Text{"U mag alleen bijeenkomsten maken van een leerkring die u organiseert of begeleidt.", "You may only make meetings of a learning circle that you organise or facilitate."})
	}
	problems = append(problems, brokenRules(e, true)...)
	if err := d.check(ctx, actor, nil, e, problems); err != nil {
		return nil, err
	}
	return e, nil
}

// check adds what is wrong with what an entity newly names to other problems, and
// gives the error of all of them.
func (d *Desk) check(ctx context.Context, actor Actor, earlier, e Entity, problems []Problem) error {
	refs, err := d.checkReferences(ctx, actor, newReferences(earlier, e))
	if err != nil {
		return err
	}
	team, err := d.checkTeam(ctx, actor, earlier, e)
	if err != nil {
		return err
	}
	return invalid(slices.Concat(problems, team, refs))
}

// Update changes fields of what is being worked on. The first change of a
// published record makes a working copy, but a person's change of their own
// profile is published at once. One that changes nothing writes nothing. autosave
// is for what a program saves by itself, and for drafts and working copies only.
func (d *Desk) Update(ctx context.Context, actor Actor, t Target, f Fields, autosave bool) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanEdit)
	if err != nil {
		return Saved{}, err
	}
	if autosave && !o.work().Base().isWork() {
		return Saved{}, Errorf(Conflict, Text{"Vanzelf opslaan kan alleen in een concept of een werkversie.", "Only a draft or a working copy can be saved automatically."})
	}
	if o.standing.self && o.live.Base().Status == StatusPublished {
		return d.updateProfile(ctx, o, f)
	}
	if f, err = d.withoutOldFiles(ctx, o, t.Version, f); err != nil {
		return Saved{}, err
	}
	after, problems, err := f.apply(o.work())
	if err != nil {
		return Saved{}, err
	}
	ev := Event{Type: EventSaved}
	if autosave {
		ev.Type = EventAutosaved
	}
	return d.revise(ctx, o, after, problems, ev)
}

// withoutOldFiles leaves the list of files out of a form that was opened before files
// were added or taken out, when the form itself did not change it: its list is the
// one of then. A form that did clashes.
func (d *Desk) withoutOldFiles(ctx context.Context, o *opened, read int, f Fields) (Fields, error) {
	if _, given := f["files"]; !given || read == o.record.Version {
		return f, nil
	}
	r, err := d.version(ctx, o.record.ID, read)
	if err != nil {
		return nil, err
	}
	then, err := Decode(o.record.Kind, read, workData(r))
	if err != nil {
		return nil, err
	}
	formed, _, err := Fields{"files": f["files"]}.apply(then)
	if err != nil {
		return nil, err
	}
	same, err := equalEntities(then, formed)
	if err != nil {
		return nil, err
	}
	if !same {
		return nil, d.clash(ctx, o.actor, o.record, read)
	}
	f = maps.Clone(f)
	delete(f, "files")
	return f, nil
}

// revise saves an entity as what is being worked on, when it differs from it.
func (d *Desk) revise(ctx context.Context, o *opened, after Entity, problems []Problem, ev Event) (Saved, error) {
	before := o.work()
	known := wasPublished(o.live)
	if !known {
		rename(before, after)
	}
	same, err := equalEntities(before, after)
	if err != nil {
		return Saved{}, err
	}
	if same && len(problems) == 0 {
		return o.saved(), nil
	}
	if err := mayBecome(o.actor, before, after); err != nil {
		return Saved{}, err
	}
	problems = append(problems, checkSlug(before, after, known)...)
	problems = append(problems, checkOwn(o, after)...)
	if before.Base().scheduled() {
		problems = append(problems, complete(after)...)
	} else {
		problems = append(problems, brokenRules(after, true)...)
	}
	named := before
	if ev.Type == EventRevisionRestored {
		named = after // what a version names may be gone since
	}
	if err := d.check(ctx, o.actor, named, after, problems); err != nil {
		return Saved{}, err
	}
	if ev.Fields, err = changes(before, after); err != nil {
		return Saved{}, err
	}
	d.touch(after, o.actor)
	h := after.Base()
	if h.scheduled() && h.EmbargoUntil != nil && h.EmbargoUntil.After(*h.Review.PublishAt) {
		h.Review.PublishAt = h.EmbargoUntil
	}
	o.place(after)
	return d.save(ctx, o, ev)
}

// place puts an entity where work is done: in the place of a draft, or in a working copy.
func (o *opened) place(e Entity) {
	if o.live.Base().isWork() {
		o.live = e
		return
	}
	if o.copy == nil {
		h := e.Base()
		h.Status, h.Review = StatusDraft, nil
	}
	o.copy = e
}

// updateProfile changes the published profile of the actor themselves, and the
// working copy that somebody may have made of it.
func (d *Desk) updateProfile(ctx context.Context, o *opened, f Fields) (Saved, error) {
	after, problems, err := f.apply(o.live)
	if err != nil {
		return Saved{}, err
	}
	same, err := equalEntities(o.live, after)
	if err != nil {
		return Saved{}, err
	}
	if same && len(problems) == 0 {
		return Saved{Entity: Redact(o.actor, o.live), Version: o.record.Version, Seq: o.record.Seq}, nil
	}
	problems = append(problems, checkSlug(o.live, after, true)...)
	if err := d.check(ctx, o.actor, o.live, after, append(problems, brokenRules(after, false)...)); err != nil {
		return Saved{}, err
	}
	ev := Event{Type: EventProfileChanged}
	if ev.Fields, err = changes(o.live, after); err != nil {
		return Saved{}, err
	}
	d.touch(after, o.actor)
	if o.copy != nil {
		if o.copy, _, err = f.apply(o.copy); err != nil {
			return Saved{}, err
		}
	}
	o.live = after
	saved, err := d.save(ctx, o, ev)
	if err != nil {
		return Saved{}, err
	}
	saved.Entity = Redact(o.actor, o.live)
	saved.Entity.Base().Version = saved.Version
	return saved, nil
}

// mayBecome refuses to make a record one that the actor could not have made, such
// as a meeting of another circle.
func mayBecome(actor Actor, before, after Entity) error {
	was, isMeeting := before.(*Meeting)
	if isMeeting && was.Circle != after.(*Meeting).Circle && !mayMake(actor, after) {
		return Errorf(Forbidden, Text{"U mag deze bijeenkomst niet bij een andere leerkring zetten.", "You may not move this meeting to another learning circle."})
	}
	return nil
}

// checkOwn leaves the consent of a person with an account, and how to reach them, to
// that person.
func checkOwn(o *opened, after Entity) []Problem {
	p, ok := after.(*Person)
	if !ok || p.Account == "" || o.standing.self {
		return nil
	}
	was := o.work().(*Person)
	var problems []Problem
	if p.Consent != was.Consent {
		problems = append(problems, Problem{"consent", Text{"geeft alleen de persoon zelf", "is given by the person themselves only"}})
	}
	for _, f := range []struct {
		name        string
		before, now *Contact
	}{{"email", was.Email, p.Email}, {"phone", was.Phone, p.Phone}} {
		if !f.before.equal(f.now) {
			problems = append(problems, Problem{f.name, Text{"wijzigt alleen de persoon zelf", "is changed by the person themselves only"}})
		}
	}
	return problems
}

func (c *Contact) equal(other *Contact) bool {
	return c == other || c != nil && other != nil && *c == *other
}

func equalEntities(a, b Entity) (bool, error) {
	one, err := Encode(a)
	if err != nil {
		return false, err
	}
	other, err := Encode(b)
	return bytes.Equal(one, other), err
}

// changes gives the fields in which two entities differ.
func changes(before, after Entity) ([]string, error) {
	one, err := Encode(before)
	if err != nil {
		return nil, err
	}
	other, err := Encode(after)
	if err != nil {
		return nil, err
	}
	return changedFields(one, other)
}
