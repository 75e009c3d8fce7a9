package kb

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// AddComment remarks on a record, or on one field of it by its JSON name, for those
// who work on it. Forbidden to others who may read it.
func (d *Desk) AddComment(ctx context.Context, actor Actor, record ID, field, text string) (*Comment, Seq, error) {
	o, err := d.openTalk(ctx, actor, record)
	if err != nil {
		return nil, 0, err
	}
	if field != "" && !slices.Contains(fieldNames(o.record.Kind), field) {
		return nil, 0, invalid([]Problem{{"field", Text{"is geen veld van dit record", "is not a field of this record"}}})
	}
	// The same words on the same version are the same comment, sent twice.
	id, now := DeriveID(fmt.Sprintf("comment by %s on %s as of %d", actor.Account, record, o.record.Version), field+"\x00"+text), d.clock()
	c := &Comment{
		Head: Head{
			ID: id, Slug: string(id), Status: StatusPublished, Visibility: VisibilityMembers,
			CreatedAt: now, CreatedBy: actor.Account, UpdatedAt: now, UpdatedBy: actor.Account,
		},
		Record: record, Owner: o.live.Base().CreatedBy, Field: field, Text: text,
	}
	seq, err := d.saveComment(ctx, actor, Record{ID: id}, c, EventCommented)
	if CodeOf(err) == Conflict {
		return d.saidBefore(ctx, id)
	}
	return c, seq, err
}

// openTalk opens a record to those who may comment on it now.
func (d *Desk) openTalk(ctx context.Context, actor Actor, record ID) (*opened, error) {
	o, err := d.open(ctx, actor, record)
	if err != nil {
		return nil, err
	}
	if err := o.may(CanComment); err != nil {
		return nil, err
	}
	return o, o.standing.fits(CanComment, o.live, o.copy)
}

// ChangeComment changes the text of the actor's own comment.
func (d *Desk) ChangeComment(ctx context.Context, actor Actor, id ID, version int, text string) (*Comment, Seq, error) {
	return d.changeComment(ctx, actor, id, version, EventCommentChanged, func(c *Comment, _ time.Time) error {
		if c.CreatedBy != actor.Account || !actor.SignedIn() {
			return Errorf(Forbidden, Text{"U kunt alleen uw eigen opmerkingen wijzigen.", "You can only change your own comments."})
		}
		c.Text = text
		return nil
	})
}

// ResolveComment marks a comment as dealt with, or as open again.
func (d *Desk) ResolveComment(ctx context.Context, actor Actor, id ID, version int, resolved bool) (*Comment, Seq, error) {
	return d.changeComment(ctx, actor, id, version, EventCommentResolved, func(c *Comment, now time.Time) error {
		switch {
		case !resolved:
			c.ResolvedAt, c.ResolvedBy = nil, ""
		case c.ResolvedAt == nil:
			c.ResolvedAt, c.ResolvedBy = &now, actor.Account
		}
		return nil
	})
}

func (d *Desk) changeComment(ctx context.Context, actor Actor, id ID, version int, ev EventType, change func(*Comment, time.Time) error) (*Comment, Seq, error) {
	r, c, err := d.openComment(ctx, actor, id)
	if err != nil {
		return nil, 0, err
	}
	before := *c
	if err := change(c, d.clock()); err != nil {
		return nil, 0, err
	}
	if r.Version != version {
		return nil, 0, d.clash(ctx, actor, r, version)
	}
	if before == *c {
		return c, r.Seq, nil
	}
	d.touch(c, actor)
	seq, err := d.saveComment(ctx, actor, r, c, ev)
	return c, seq, err
}

// openComment reads a comment for those who may comment on its record.
func (d *Desk) openComment(ctx context.Context, actor Actor, id ID) (Record, *Comment, error) {
	if !id.Valid() {
		return Record{}, nil, notFound()
	}
	found, err := d.store.Get(ctx, []ID{id})
	if err != nil {
		return Record{}, nil, err
	}
	e, err := decodeLive(found[id])
	if err != nil {
		return Record{}, nil, err
	}
	c, ok := e.(*Comment)
	if !ok {
		return Record{}, nil, notFound()
	}
	o, err := d.open(ctx, actor, c.Record)
	if err != nil {
		return Record{}, nil, err
	}
	if o.may(CanComment) != nil {
		return Record{}, nil, notFound()
	}
	return found[id], c, nil
}

// saidBefore gives a comment that was made already; NotFound when it was deleted since.
func (d *Desk) saidBefore(ctx context.Context, id ID) (*Comment, Seq, error) {
	found, err := d.store.Get(ctx, []ID{id})
	if err != nil {
		return nil, 0, err
	}
	e, err := decodeLive(found[id])
	if err != nil {
		return nil, 0, err
	}
	if c, ok := e.(*Comment); ok {
		return c, found[id].Seq, nil
	}
	return nil, 0, notFound()
}

func (d *Desk) saveComment(ctx context.Context, actor Actor, old Record, c *Comment, ev EventType) (Seq, error) {
	if err := Validate(c); err != nil {
		return 0, err
	}
	r, err := NewRecord(c, nil)
	if err != nil {
		return 0, err
	}
	r.Event = Event{Type: ev, About: c.Record, Token: actor.Token}
	if c.Field != "" {
		r.Event.Fields = []string{c.Field}
	}
	written, err := d.write(ctx, actor, old, r)
	c.Version = written.Version
	return written.Seq, err
}

// write writes the next version of a record that nothing else must be changed for.
func (d *Desk) write(ctx context.Context, actor Actor, old, next Record) (Record, error) {
	results, err := d.store.Put(ctx, []Record{next})
	if err != nil {
		return Record{}, err
	}
	if err := results[0].Err; CodeOf(err) == Conflict {
		return Record{}, d.overtaken(ctx, &opened{actor: actor, record: old})
	} else if err != nil {
		return Record{}, err
	}
	next.Seq = results[0].Seq
	d.own.Note(actor.Account, next.Seq)
	return next, nil
}

// DeleteComment takes a comment away: its maker's own, or an editor any.
func (d *Desk) DeleteComment(ctx context.Context, actor Actor, id ID, version int) (Seq, error) {
	r, c, err := d.openComment(ctx, actor, id)
	if err != nil {
		return 0, err
	}
	if !actor.CanEdit() && (c.CreatedBy != actor.Account || !actor.SignedIn()) {
		return 0, Errorf(Forbidden, Text{"U kunt alleen uw eigen opmerkingen verwijderen.", "You can only delete your own comments."})
	}
	if r.Version != version {
		return 0, d.clash(ctx, actor, r, version)
	}
	written, err := d.write(ctx, actor, r, Record{
		ID: id, Kind: KindComment, Version: version + 1, At: d.clock(), By: actor.Account, Deleted: true,
		Event: Event{Type: EventDeleted, About: c.Record, Token: actor.Token},
	})
	return written.Seq, err
}

// Comments lists what was remarked on a record, oldest first, for those who may
// comment on it.
func (d *Desk) Comments(ctx context.Context, actor Actor, record ID, first int, after string) (*SearchResult, error) {
	o, err := d.open(ctx, actor, record)
	if err != nil {
		return nil, err
	}
	if err := o.may(CanComment); err != nil {
		return nil, err
	}
	// Who works on a record reads all that was remarked on it, whoever made it.
	return d.list(ctx, actor, System(), SearchRequest{
		Kinds: []Kind{KindComment}, Filter: Filter{States: []string{StateAbout(record)}}, Sort: SortOldest, First: first, After: after,
	})
}
