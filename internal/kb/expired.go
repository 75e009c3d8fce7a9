package kb

import (
	"context"
	"time"
)

// Expiry takes sessions and links away that are over.
type Expiry struct {
	store Store
	now   func() time.Time
}

// NewExpiry takes away from a store.
func NewExpiry(store Store, now func() time.Time) *Expiry { return &Expiry{store: store, now: now} }

// Clean takes away the sessions and one-time links that are over, and gives how
// many. It reads no further back than the oldest one that still holds, which it
// remembers in the store.
func (x *Expiry) Clean(ctx context.Context) (gone int, err error) {
	progress, err := readProgress(ctx, x.store, "expiry", func() (Seq, error) { return 0, nil })
	if err != nil {
		return 0, err
	}
	var oldest Seq // of those that still hold; 0 for none
	for at := progress.Position; ; {
		step, err := x.store.Changes(ctx, at, tellStep)
		if err != nil {
			return gone, err
		}
		if step.Position == at {
			break
		}
		at = step.Position
		n, holds, err := x.clean(ctx, step.Records)
		if err != nil {
			return gone, err
		}
		gone += n
		if oldest == 0 {
			oldest = holds
		}
		if oldest == 0 && at > progress.Position+tellLag {
			// What is written here is in the feed as well: it must not be read for ever.
			if err := progress.advance(ctx, x.store, at); err != nil {
				return gone, err
			}
		}
	}
	if oldest > progress.Position+tellLag {
		return gone, progress.advance(ctx, x.store, oldest-1)
	}
	return gone, nil
}

// clean takes away those of some records that are over; holds is the number of the
// first one that is not.
func (x *Expiry) clean(ctx context.Context, records []Record) (gone int, holds Seq, err error) {
	now := x.now().UTC().Truncate(time.Millisecond)
	var writes []Record
	for _, r := range records {
		if r.Kind != KindSession && r.Kind != KindTicket || r.Deleted {
			continue
		}
		e, err := decodeLive(r)
		if err != nil {
			return 0, 0, err
		}
		if expires(e).After(now) {
			if holds == 0 {
				holds = r.Seq
			}
			continue
		}
		writes = append(writes, Record{ID: r.ID, Kind: r.Kind, Version: r.Version + 1, At: now, Deleted: true, Event: Event{Type: EventInternal}})
	}
	_, err = putAll(ctx, x.store, writes)
	return len(writes), holds, err
}

func expires(e Entity) time.Time {
	switch x := e.(type) {
	case *Session:
		return x.ExpiresAt
	case *Ticket:
		return x.ExpiresAt
	}
	return time.Time{}
}
