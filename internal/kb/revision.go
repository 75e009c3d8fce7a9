package kb

import (
	"bytes"
	"context"
	"time"
)

// Revision is one version of a record.
type Revision struct {
	Version int
	Seq     Seq
	At      time.Time
	By      ID // the account that wrote it; empty for the program itself
	Event   Event
	// Entity is what was being worked on at that version: the working copy if there
	// was one, else the live half. To who may not work on the record it is the live
	// half. It is nil for a record that was deleted.
	Entity Entity
}

// revisionStep is how many versions are read at a time.
const revisionStep = 100

// seesAll reports whether the actor sees every version of a record, and not only
// those that readers saw.
func (s standing) seesAll() bool { return s.live && (s.author || s.self || s.editor) }

// Revisions gives at most limit versions of a record below before (0: from the
// newest), newest first. Who works on it sees all of them, other members those
// that readers saw and that are for them, with the day and who published it.
// Forbidden to visitors.
func (d *Desk) Revisions(ctx context.Context, actor Actor, id ID, before, limit int) ([]Revision, error) {
	if err := pageOf(limit); err != nil {
		return nil, err
	}
	o, err := d.openHistory(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	var out []Revision
	for len(out) < limit {
		// One more than a step, to see what the last of it changed.
		rs, err := d.store.Revisions(ctx, id, before, revisionStep+1)
		if err != nil {
			return nil, err
		}
		for i, r := range rs[:min(len(rs), revisionStep)] {
			var older Record
			if i+1 < len(rs) {
				older = rs[i+1]
			}
			e, err := o.asSeen(r, older)
			if err != nil {
				return nil, err
			}
			if e != nil && len(out) < limit {
				out = append(out, o.revision(r, e))
			}
			before = r.Version
		}
		if len(rs) <= revisionStep {
			break
		}
	}
	return out, nil
}

// pageOf refuses a page of no entries or too many.
func pageOf(limit int) error {
	if limit < 1 {
		return atMost(-1, MaxPage)
	}
	return atMost(limit, MaxPage)
}

func (d *Desk) openHistory(ctx context.Context, actor Actor, id ID) (*opened, error) {
	o, err := d.open(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return o, o.may(CanSeeHistory)
}

func (o *opened) revision(r Record, e Entity) Revision {
	v := Revision{Version: r.Version, Seq: r.Seq, At: r.At, By: r.By, Event: r.Event, Entity: e}
	if !o.standing.seesAll() {
		v.Event = Event{Type: r.Event.Type} // what was said of it was said among those who work on it
	}
	return v
}

// asSeen gives the entity of a version that the actor may see, nil for none. older
// is the version before it, the zero Record for the first.
func (o *opened) asSeen(r, older Record) (Entity, error) {
	if o.standing.seesAll() {
		data := workData(r)
		if len(data) == 0 {
			return nil, nil
		}
		e, err := Decode(r.Kind, r.Version, data)
		if err != nil {
			return nil, err
		}
		return Redact(o.actor, e), nil
	}
	if len(r.Live) == 0 || bytes.Equal(r.Live, older.Live) {
		return nil, nil
	}
	e, err := Decode(r.Kind, r.Version, r.Live)
	if err != nil {
		return nil, err
	}
	if e.Base().Status != StatusPublished || !o.actor.CanRead(e) {
		return nil, nil
	}
	if p, ok := e.(*Person); ok {
		p.Email, p.Phone = nil, nil // for whom they were once says nothing of now
	}
	return e, nil
}
