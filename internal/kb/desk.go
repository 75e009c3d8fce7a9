package kb

import (
	"context"
	"slices"
	"time"
)

// Desk is where records are written, reviewed and published. All its rules are
// here and in the files beside it: who may do what (permission.go), what a record
// needs before it is reviewed (complete.go), and what a write leaves behind in the
// audit trail. docs/workflow.md tells it to editors.
//
// Its errors: NotFound for what the actor may not know of, Forbidden for what they
// may know but not do (Unauthenticated when nobody is signed in), Conflict for what was changed since (*Clash says by whom)
// or is not possible in the state that the record is in, Invalid with Problems,
// and those of the store and the index.
type Desk struct {
	store  Store
	search Searcher
	own    *OwnWrites
	now    func() time.Time
	newID  func() ID
}

// NewDesk writes into a store, and lists what the index over it has. Its writes are
// noted in own, which may be nil. newID gives a new random id each time.
func NewDesk(store Store, search Searcher, own *OwnWrites, now func() time.Time, newID func() ID) *Desk {
	return &Desk{store: store, search: search, own: own, now: now, newID: newID}
}

// Fields are values for fields of an entity, by their JSON names, as encoding/json
// decodes them or as the field's own type. nil clears a field.
type Fields map[string]any

// Target is a record at the version that the actor read.
type Target struct {
	Kind    Kind // empty for any kind of content
	ID      ID
	Version int
}

// Saved is the answer to a write.
type Saved struct {
	// Entity is what is being worked on: the working copy if there is one, else the
	// live half. It is nil for a record that was deleted.
	Entity  Entity
	Version int
	// Seq is the number of the write, or of the last one where nothing was to be written.
	Seq Seq
}

// Draft is a record as those see it who may work on it.
type Draft struct {
	// Live is what readers see, or a draft that was never published; Copy is the
	// working copy of a published record, nil where there is none that the actor may
	// read.
	Live, Copy Entity
	Version    int
	// Can is what the actor may do with the record now.
	Can []Ability
}

// Work is what is being worked on: the working copy if there is one, else the live half.
func (d Draft) Work() Entity {
	if d.Copy != nil {
		return d.Copy
	}
	return d.Live
}

// opened is a record as the desk read it for one actor.
type opened struct {
	actor      Actor
	record     Record
	live, copy Entity
	standing   standing
}

func (o *opened) work() Entity { return workOf(o.live, o.copy) }

// saved is the record as it is, without a write.
func (o *opened) saved() Saved {
	return Saved{Entity: Redact(o.actor, o.work()), Version: o.record.Version, Seq: o.record.Seq}
}

// openedOf reads a record for an actor; nil when they may not know of it.
func openedOf(actor Actor, r Record) (*opened, error) {
	if r.Deleted || !slices.Contains(ContentKinds(), r.Kind) {
		return nil, nil
	}
	live, copy, err := DecodeRecord(r)
	if err != nil {
		return nil, err
	}
	o := &opened{actor: actor, record: r, live: live, copy: copy, standing: standingOf(actor, live, copy)}
	if !o.standing.live {
		return nil, nil
	}
	return o, nil
}

func (d *Desk) open(ctx context.Context, actor Actor, id ID) (*opened, error) {
	if !id.Valid() {
		return nil, notFound()
	}
	found, err := d.store.Get(ctx, []ID{id})
	if err != nil {
		return nil, err
	}
	o, err := openedOf(actor, found[id])
	if err == nil && o == nil {
		err = notFound()
	}
	return o, err
}

// openTo opens a record to do something with it: Forbidden to who never may,
// Conflict when it was changed since or is in another state.
func (d *Desk) openTo(ctx context.Context, actor Actor, t Target, do Ability) (*opened, error) {
	o, err := d.open(ctx, actor, t.ID)
	if err != nil {
		return nil, err
	}
	if !t.accepts(o.live.Kind()) {
		return nil, notFound()
	}
	if err := o.may(do); err != nil {
		return nil, err
	}
	if o.record.Version != t.Version {
		passed, err := d.passes(ctx, do, o.record, t.Version)
		if err != nil {
			return nil, err
		}
		if !passed {
			return nil, d.clash(ctx, actor, o.record, t.Version)
		}
	}
	if err := o.standing.fits(do, o.live, o.copy); err != nil {
		return nil, err
	}
	return o, nil
}

func (o *opened) may(do Ability) error {
	if o.standing.entitled(do, o.live) {
		return nil
	}
	return forbidden(o.actor, Text{"U mag dit niet met dit record.", "You may not do this with this record."})
}

// Open gives what the actor may read of a record, and what they may do with it.
func (d *Desk) Open(ctx context.Context, actor Actor, id ID) (Draft, error) {
	o, err := d.open(ctx, actor, id)
	if err != nil {
		return Draft{}, err
	}
	return o.draft(), nil
}

// OpenAll is Open for many records; those that the actor may not know of are absent.
func (d *Desk) OpenAll(ctx context.Context, actor Actor, ids []ID) (map[ID]Draft, error) {
	valid := slices.DeleteFunc(slices.Clone(ids), func(id ID) bool { return !id.Valid() })
	if len(valid) == 0 {
		return map[ID]Draft{}, nil
	}
	found, err := d.store.Get(ctx, valid)
	if err != nil {
		return nil, err
	}
	drafts := make(map[ID]Draft, len(found))
	for id, r := range found {
		o, err := openedOf(actor, r)
		if err != nil {
			return nil, err
		}
		if o != nil {
			drafts[id] = o.draft()
		}
	}
	return drafts, nil
}

func (o *opened) draft() Draft {
	dr := Draft{Live: Redact(o.actor, o.live), Version: o.record.Version, Can: abilities(o.actor, o.live, o.copy)}
	if o.standing.copy {
		dr.Copy = Redact(o.actor, o.copy)
	}
	return dr
}

// clock is the moment of a write: whole milliseconds, as stores keep them.
func (d *Desk) clock() time.Time { return d.now().UTC().Truncate(time.Millisecond) }

// save writes both halves as the next version of a record.
func (d *Desk) save(ctx context.Context, o *opened, ev Event) (Saved, error) {
	at := d.clock()
	ev.Token = o.actor.Token
	r, err := d.put(ctx, o.actor, o.work(), func() (Record, error) {
		r, err := NewRecord(o.live, o.copy)
		r.At, r.By, r.Event = at, o.actor.Account, ev
		return r, err
	})
	if CodeOf(err) == Conflict {
		return Saved{}, d.overtaken(ctx, o)
	}
	if err != nil {
		return Saved{}, err
	}
	work := o.work()
	work.Base().Version = r.Version
	return Saved{Entity: Redact(o.actor, work), Version: r.Version, Seq: r.Seq}, nil
}

// overtaken tells who wrote between our reading and our write.
func (d *Desk) overtaken(ctx context.Context, o *opened) error {
	found, err := d.store.Get(ctx, []ID{o.record.ID})
	if err != nil {
		return err
	}
	if found[o.record.ID].Deleted {
		return notFound()
	}
	return d.clash(ctx, o.actor, found[o.record.ID], o.record.Version)
}

// touch notes who changed an entity, and when.
func (d *Desk) touch(e Entity, actor Actor) {
	h := e.Base()
	h.UpdatedAt, h.UpdatedBy = d.clock(), actor.Account
}
