package kb

import (
	"context"
	"slices"
)

// DiscardCopy throws the working copy away. Readers notice nothing.
func (d *Desk) DiscardCopy(ctx context.Context, actor Actor, t Target) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanDiscardCopy)
	if err != nil {
		return Saved{}, err
	}
	o.copy = nil
	return d.save(ctx, o, Event{Type: EventCopyDiscarded})
}

// Confirm says that published material is still correct, and when it is looked at
// next: a day in the future.
func (d *Desk) Confirm(ctx context.Context, actor Actor, t Target, next Date) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanConfirm)
	if err != nil {
		return Saved{}, err
	}
	if day, ok := next.Time(); !ok || !day.After(d.now()) {
		return Saved{}, invalid([]Problem{{"reviewBy", Text{"kies een dag in de toekomst", "choose a day in the future"}}})
	}
	shared := o.live.(Material).Shared()
	if o.copy != nil {
		if c := o.copy.(Material).Shared(); c.ReviewBy == shared.ReviewBy {
			c.ReviewBy = next
		}
	}
	shared.ReviewBy = next
	return d.save(ctx, o, Event{Type: EventConfirmed, Fields: []string{"reviewBy"}})
}

// Withdraw takes a published record from readers, who find its tombstone with the
// reason, and another record to read if there is one. The working copy goes.
func (d *Desk) Withdraw(ctx context.Context, actor Actor, t Target, reason string, replacedBy ID) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanWithdraw)
	if err != nil {
		return Saved{}, err
	}
	problems := checkNote("reason", reason, true)
	var refs references
	refs.id("replacedBy", replacedBy)
	unknown, err := d.checkReferences(ctx, actor, refs)
	if err != nil {
		return Saved{}, err
	}
	if replacedBy == t.ID {
		unknown = []Problem{{"replacedBy", Text{"is het record zelf", "is the record itself"}}}
	}
	if err := invalid(append(problems, unknown...)); err != nil {
		return Saved{}, err
	}
	h := o.live.Base()
	h.Status = StatusWithdrawn
	h.Withdrawal = &Withdrawal{At: d.clock(), By: actor.Account, Reason: reason, ReplacedBy: replacedBy}
	o.copy = nil
	return d.save(ctx, o, Event{Type: EventWithdrawn, Note: reason})
}

// Restore gives a withdrawn record back to readers, as it was.
func (d *Desk) Restore(ctx context.Context, actor Actor, t Target) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanRestore)
	if err != nil {
		return Saved{}, err
	}
	h := o.live.Base()
	h.Status, h.Withdrawal = StatusPublished, nil
	return d.save(ctx, o, Event{Type: EventRestored})
}

// Delete removes a record for good; its versions stay in the store.
func (d *Desk) Delete(ctx context.Context, actor Actor, t Target) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanDelete)
	if err != nil {
		return Saved{}, err
	}
	r, err := d.put(ctx, actor, o.live, func() (Record, error) {
		return Record{
			ID: t.ID, Kind: o.record.Kind, Version: o.record.Version + 1, At: d.clock(), By: actor.Account, Deleted: true,
			Event: Event{Type: EventDeleted, Token: actor.Token},
		}, nil
	})
	if CodeOf(err) == Conflict {
		return Saved{}, d.overtaken(ctx, o)
	}
	if err != nil {
		return Saved{}, err
	}
	return Saved{Version: r.Version, Seq: r.Seq}, d.dropFiles(ctx, o)
}

// dropFiles takes away the files of a material that was deleted.
func (d *Desk) dropFiles(ctx context.Context, o *opened) error {
	var files []ID
	for _, half := range []Entity{o.live, o.copy} {
		if m, ok := half.(Material); ok {
			files = append(files, m.Shared().Files...)
		}
	}
	var writes []Record
	for _, id := range files {
		file, ok, err := liveOf[*File](ctx, d.store, id)
		if err != nil {
			return err
		}
		if ok && file.Record == o.record.ID {
			ev := Event{Type: EventFileRemoved, About: file.Record, Token: o.actor.Token}
			writes = append(writes, Record{ID: id, Kind: KindFile, Version: file.Version + 1, At: d.clock(), By: o.actor.Account, Deleted: true, Event: ev})
		}
	}
	_, err := putAll(ctx, d.store, writes)
	return err
}

// RestoreRevision makes the text of an earlier version what is being worked on.
// For whom the record is stays as it is now, and so does what only the person
// themselves may change; files that are gone since stay gone. NotFound when there is no such version.
func (d *Desk) RestoreRevision(ctx context.Context, actor Actor, t Target, revision int) (Saved, error) {
	o, err := d.openTo(ctx, actor, t, CanRestoreRevision)
	if err != nil {
		return Saved{}, err
	}
	r, err := d.version(ctx, t.ID, revision)
	if err != nil {
		return Saved{}, err
	}
	data := workData(r)
	if len(data) == 0 {
		return Saved{}, Errorf(NotFound, Text{"Versie %d is er niet.", "There is no version %d."}, revision)
	}
	before := o.work()
	after, err := Decode(r.Kind, o.record.Version, data)
	if err != nil {
		return Saved{}, err
	}
	*after.Base() = *before.Base()
	keepOwn(before, after)
	if err := d.leaveOutGone(ctx, after); err != nil {
		return Saved{}, err
	}
	return d.revise(ctx, o, after, nil, Event{Type: EventRevisionRestored})
}

// leaveOutGone takes the files that are no longer there out of a material.
func (d *Desk) leaveOutGone(ctx context.Context, e Entity) error {
	m, ok := e.(Material)
	if !ok {
		return nil
	}
	c := m.Shared()
	there, err := placeFiles(ctx, d.store, c.Files)
	if err != nil {
		return err
	}
	c.Files = slices.DeleteFunc(c.Files, func(id ID) bool { return there[id] == nil })
	return nil
}

// keepOwn carries over what only people themselves decide: an earlier version brings
// back no consent that was taken back since.
func keepOwn(now, after Entity) {
	switch x := after.(type) {
	case *Person:
		p := now.(*Person)
		x.Account, x.Consent, x.Email, x.Phone = p.Account, p.Consent, p.Email, p.Phone
	case *Presentation:
		x.Consent = now.(*Presentation).Consent
	}
}
