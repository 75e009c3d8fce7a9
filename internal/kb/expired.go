package kb

import (
	"context"
	"time"
)

// selfMadeLasts is how long an account that someone opened is kept while nobody answers
// at its address; the link to answer works for a day, and can be asked for again.
const selfMadeLasts = 7 * 24 * time.Hour

// Expiry takes away sessions and links that are over, and accounts that nobody answered.
type Expiry struct {
	store Store
	now   func() time.Time
}

// NewExpiry takes away from a store.
func NewExpiry(store Store, now func() time.Time) *Expiry { return &Expiry{store: store, now: now} }

// Clean takes away the sessions, one-time links and unanswered accounts that are over,
// and gives how many. It reads no further back than the oldest one that still holds, which it
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
		if r.Kind != KindSession && r.Kind != KindTicket && r.Kind != KindAccount || r.Deleted {
			continue
		}
		e, err := decodeLive(r)
		if err != nil {
			return 0, 0, err
		}
		ends, event := expires(e)
		if ends.IsZero() {
			continue
		}
		if ends.After(now) {
			if holds == 0 {
				holds = r.Seq
			}
			continue
		}
		writes = append(writes, Record{ID: r.ID, Kind: r.Kind, Version: r.Version + 1, At: now, Deleted: true, Event: event})
	}
	_, err = putAll(ctx, x.store, writes)
	return len(writes), holds, err
}

// expires gives when something is over, and what taking it away is in the audit trail;
// the zero time for what is never over. An account that an admin disabled stays, or its
// address could open another one, as does one that was given a role or a team.
func expires(e Entity) (time.Time, Event) {
	switch x := e.(type) {
	case *Session:
		return x.ExpiresAt, Event{Type: EventInternal}
	case *Ticket:
		return x.ExpiresAt, Event{Type: EventInternal}
	case *Account:
		if x.selfMade() && x.Role == RoleVisitor && len(x.Teams) == 0 && !x.Disabled && !x.Left {
			return x.CreatedAt.Add(selfMadeLasts), Event{Type: EventDeleted, About: x.ID}
		}
	}
	return time.Time{}, Event{}
}
