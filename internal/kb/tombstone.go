package kb

import (
	"context"
	"time"
)

// Tombstone is what readers see in the place of a record that was withdrawn.
type Tombstone struct {
	ID     ID
	Kind   Kind
	Title  string
	At     time.Time
	Reason string
	// ReplacedBy is a record to read instead; nil when there is none that the actor may read.
	ReplacedBy Entity
}

// Tombstone tells of a withdrawn record by its slug, to who could read it when it
// was published; NotFound to others. Any kind of material finds every kind of material.
func (d *Desk) Tombstone(ctx context.Context, actor Actor, k Kind, slug string) (*Tombstone, error) {
	key := SlugKey(k, slug)
	found, err := d.lookUp(ctx, references{{key: key}})
	if err != nil {
		return nil, err
	}
	e := found[ID(key)]
	if e == nil || e.Base().Status != StatusWithdrawn {
		return nil, notFound()
	}
	h := e.Base()
	t := &Tombstone{ID: h.ID, Kind: e.Kind(), Title: e.Label()}
	if w := h.Withdrawal; w != nil {
		t.At, t.Reason = w.At, w.Reason
		if t.ReplacedBy, err = d.readable(ctx, actor, w.ReplacedBy); err != nil {
			return nil, err
		}
	}
	h.Status = StatusPublished // as it was
	if !actor.CanRead(e) {
		return nil, notFound()
	}
	return t, nil
}

// readable gives the live half of a record, nil when the actor may not read it.
func (d *Desk) readable(ctx context.Context, actor Actor, id ID) (Entity, error) {
	found, err := d.lookUp(ctx, references{{id: id}})
	if err != nil {
		return nil, err
	}
	e := found[id]
	if e == nil || !actor.CanRead(e) {
		return nil, nil
	}
	return Redact(actor, e), nil
}
