package kb

import "context"

// Walk reads a feed from its beginning to its end, step by step: read is a
// store's Changes or Log. The errors are those of read and of visit.
func Walk(ctx context.Context, read func(ctx context.Context, after Seq, limit int) (Changes, error), visit func([]Record) error) error {
	const limit = 1_000
	for at := Seq(0); ; {
		step, err := read(ctx, at, limit)
		if err != nil || step.Position == at {
			return err
		}
		if err := visit(step.Records); err != nil {
			return err
		}
		at = step.Position
	}
}

// Store keeps versioned records. Two adapters implement it and pass one suite
// (internal/store/storetest). All methods may be called at the same time from
// many goroutines.
//
// Errors: Unavailable when the store cannot be reached, DiskFull and ReadOnly
// when it cannot write, Damaged when it cannot be trusted; a cancelled context
// gives its own error and, for Put, leaves each write either done or not done.
type Store interface {
	// Get gives the current versions by id, tombstones included; an unknown id
	// is absent from the map.
	Get(ctx context.Context, ids []ID) (map[ID]Record, error)

	// Find gives the record that holds each unique key now; a free key is absent.
	Find(ctx context.Context, keys []string) (map[string]ID, error)

	// Put writes each record on its own, in order, and answers for each: a batch
	// is for speed, not an all-or-nothing. A write is refused with Conflict unless
	// its Version is one more than the stored one (1 for a new record), and with
	// KeyTaken when another record holds one of its Keys. A write that is answered
	// without an error is durable. The error of Put itself means that the batch
	// was cut off: writes without a Seq may or may not have happened, and asking
	// again tells (a repeated write answers Conflict).
	Put(ctx context.Context, records []Record) ([]Result, error)

	// Changes reads the feed after a position: at most limit writes further, and
	// fewer when they are large. It never skips a write, whatever other writers do.
	Changes(ctx context.Context, after Seq, limit int) (Changes, error)

	// Log is Changes with every version of every record, also those written again since.
	Log(ctx context.Context, after Seq, limit int) (Changes, error)

	// Last gives the number of the last write, 0 for an empty store.
	Last(ctx context.Context) (Seq, error)

	// Wait returns nil as soon as there is a write after a position, or ctx's error.
	Wait(ctx context.Context, after Seq) error

	// Revisions gives versions of a record below before (0: from the newest), newest first.
	Revisions(ctx context.Context, id ID, before, limit int) ([]Record, error)

	// Identity names the data of this store: random, made with it, and never another
	// store's. What is restored from an archive is another store, since both may be
	// written on from there; only a copy of the database itself has the same identity.
	Identity() string

	// Close releases the store; calls after it fail.
	Close() error
}
