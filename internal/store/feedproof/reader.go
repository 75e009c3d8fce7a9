package feedproof

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
)

// step is how many writes the reader takes at a time.
const step = 20

// pollReader is how often caughtUp looks.
const pollReader = 10 * time.Millisecond

// reader follows the feed in both forms, from 0 and step by step, as an index does.
// Its maps belong to follow until that has returned.
type reader struct {
	store    *mongo.Store
	reached  atomic.Uint64 // position, for who waits for it
	position kb.Seq
	seen     map[kb.Seq]string // every write, from Log
	current  map[kb.ID]int     // the version by record, from Changes
	heads    int               // how many records Log told of
}

func newReader(store *mongo.Store) *reader {
	return &reader{store: store, seen: map[kb.Seq]string{}, current: map[kb.ID]int{}}
}

// follow reads until ctx is over, which is no error.
func (r *reader) follow(ctx context.Context) error {
	for ctx.Err() == nil {
		err := r.store.Wait(ctx, r.position)
		if err == nil {
			err = r.step(ctx)
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil
}

func (r *reader) step(ctx context.Context) error {
	changes, err := r.store.Changes(ctx, r.position, step)
	if err != nil {
		return err
	}
	// Log is asked second, so that it has at least what Changes saw.
	log, err := r.store.Log(ctx, r.position, int(changes.Position-r.position))
	if err != nil {
		return err
	}
	for i, record := range log.Records {
		if record.Seq != r.position+kb.Seq(i)+1 {
			return fmt.Errorf("after number %d came %d", r.position+kb.Seq(i), record.Seq)
		}
		r.seen[record.Seq] = describe(record)
		if record.Version == 1 {
			r.heads++
		}
	}
	if log.Position != changes.Position {
		return fmt.Errorf("a step over the log came to %d, one over changes to %d", log.Position, changes.Position)
	}
	for _, record := range changes.Records {
		if record.Version <= r.current[record.ID] {
			return fmt.Errorf("number %d: version %d after version %d", record.Seq, record.Version, r.current[record.ID])
		}
		r.current[record.ID] = record.Version
	}
	r.position = changes.Position
	r.reached.Store(uint64(r.position))
	return nil
}

// caughtUp waits until the reader is where the store ends.
func (r *reader) caughtUp(ctx context.Context) error {
	last, err := r.store.Last(ctx)
	if err != nil {
		return err
	}
	for r.reached.Load() < uint64(last) {
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), fmt.Errorf("the reader came to %d of %d", r.reached.Load(), last))
		}
		wait(ctx, pollReader)
	}
	return nil
}
