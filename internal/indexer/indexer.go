// Package indexer follows the change feed of a store into an index.
//
// The invariant: the position and the documents of a step are committed
// together, and the next step always starts at the index's own position. So a
// crash, an error or a restart repeats work at most, and never skips a change.
package indexer

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"leerkring/internal/kb"
)

// Store is what the indexer needs of a store.
type Store interface {
	Get(ctx context.Context, ids []kb.ID) (map[kb.ID]kb.Record, error)
	Changes(ctx context.Context, after kb.Seq, limit int) (kb.Changes, error)
	Last(ctx context.Context) (kb.Seq, error)
	Wait(ctx context.Context, after kb.Seq) error
}

// Target takes steps in.
type Target interface {
	Commit(ctx context.Context, step kb.Step) error
	Position() kb.Seq
	// Referring gives the records whose documents refer to any of these ids and keys.
	Referring(refs []string) ([]kb.ID, error)
}

// Rebuild is a target that is made beside the index and takes its place.
type Rebuild interface {
	Target
	Swap() error
	Discard() error
}

// Describe makes the documents of records.
type Describe func(ctx context.Context, records []kb.Record) ([]kb.Document, error)

// Options tune an indexer.
type Options struct {
	// Batch is how many writes one step takes in at most, 3000 when 0.
	Batch int
	// Linger is the least time between two commits while writes keep coming in, 50
	// ms when 0: it bounds the snapshots that cursors can keep alive. A write after
	// a pause is committed at once.
	Linger time.Duration
	// Retry is how long to wait after an error, 250 ms when 0.
	Retry time.Duration
	Log   *slog.Logger
}

// Indexer follows one store into one index.
type Indexer struct {
	store    Store
	index    Target
	begin    func() (Rebuild, error)
	describe Describe
	opts     Options

	commit sync.Mutex // held while a step is committed or an index is swapped

	mu      sync.Mutex
	moved   chan struct{} // closed when the position moves
	goal    kb.Seq        // what Ready waits for
	known   bool          // goal has been asked of the store
	reached bool
}

// New makes an indexer; begin starts a rebuild of the index.
func New(store Store, index Target, begin func() (Rebuild, error), describe Describe, opts Options) *Indexer {
	if opts.Batch == 0 {
		opts.Batch = 3000
	}
	if opts.Linger == 0 {
		opts.Linger = 50 * time.Millisecond
	}
	if opts.Retry == 0 {
		opts.Retry = 250 * time.Millisecond
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	return &Indexer{store: store, index: index, begin: begin, describe: describe, opts: opts, moved: make(chan struct{})}
}

// Run follows the feed until ctx ends, and then returns nil. Errors of the store
// or the index are logged and tried again.
func (x *Indexer) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		err := x.follow(ctx)
		if err == nil || ctx.Err() != nil {
			continue
		}
		x.opts.Log.Warn("the index cannot follow the store now; trying again", "err", err)
		select {
		case <-time.After(x.opts.Retry):
		case <-ctx.Done():
		}
	}
	return nil
}

// follow goes on from the index's position until something fails.
func (x *Indexer) follow(ctx context.Context) error {
	if err := x.setGoal(ctx); err != nil {
		return err
	}
	var committed time.Time
	for {
		position := x.index.Position()
		x.note(position)
		if err := x.store.Wait(ctx, position); err != nil {
			return err
		}
		select {
		case <-time.After(time.Until(committed.Add(x.opts.Linger))):
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := x.catchUp(ctx, position); err != nil {
			return err
		}
		committed = time.Now()
	}
}

// setGoal asks once how far the store was at the start.
func (x *Indexer) setGoal(ctx context.Context) error {
	x.mu.Lock()
	known := x.known
	x.mu.Unlock()
	if known {
		return nil
	}
	last, err := x.store.Last(ctx)
	if err != nil {
		return err
	}
	x.mu.Lock()
	x.goal, x.known = last, true
	x.mu.Unlock()
	return nil
}

// catchUp brings the index up to date.
func (x *Indexer) catchUp(ctx context.Context, from kb.Seq) error {
	return x.drain(ctx, from, func(r reading) error {
		if err := x.apply(ctx, r); err != nil {
			return err
		}
		x.note(r.step.Position)
		return nil
	})
}

// drain takes steps until the feed is empty. The next step is read while one is
// committed.
func (x *Indexer) drain(ctx context.Context, from kb.Seq, commit func(reading) error) error {
	next := x.read(ctx, from)
	for {
		r := <-next
		if r.err != nil || r.step.Position == r.from {
			return r.err
		}
		next = x.read(ctx, r.step.Position)
		if err := commit(r); err != nil {
			<-next
			return err
		}
	}
}

// reading is a step that was read, or why it was not.
type reading struct {
	from    kb.Seq
	step    kb.Step
	changed []kb.Record
	err     error
}

// read reads one step in the background. The channel always gets one value.
func (x *Indexer) read(ctx context.Context, from kb.Seq) <-chan reading {
	out := make(chan reading, 1)
	go func() { out <- x.readStep(ctx, from) }()
	return out
}

func (x *Indexer) readStep(ctx context.Context, from kb.Seq) reading {
	r := reading{from: from}
	changes, err := x.store.Changes(ctx, from, x.opts.Batch)
	if err != nil {
		r.err = err
		return r
	}
	r.changed = changes.Records
	r.step.Position = changes.Position
	r.err = x.describeStep(ctx, &r)
	r.step.Removed = withoutDocuments(r.changed, r.step.Documents)
	return r
}

// Records are described some at a time, those with files one by one, and a step ends
// early once the files of its documents have this much text: files can be very large,
// and a step is in memory.
const (
	describedAtOnce = 64
	maxText         = 16 << 20 // bytes
)

// describeStep describes the records of a step, or its first ones up to maxText.
func (x *Indexer) describeStep(ctx context.Context, r *reading) error {
	documents, n, err := x.describeSome(ctx, r.changed)
	if err != nil {
		return err
	}
	r.step.Documents = documents
	if n < len(r.changed) {
		r.step.Position = r.changed[n-1].Seq
		r.changed = r.changed[:n]
	}
	return nil
}

// describeSome describes the first n of some records: all, or those up to maxText.
func (x *Indexer) describeSome(ctx context.Context, records []kb.Record) (documents []kb.Document, n int, err error) {
	for text := 0; n < len(records) && text < maxText; {
		some := records[n : n+atOnce(records[n:])]
		described, err := x.describe(ctx, some)
		if err != nil {
			return nil, 0, err
		}
		documents = append(documents, described...)
		text, n = text+pageText(described), n+len(some)
	}
	return documents, n, nil
}

// atOnce is how many of the first records are described together.
func atOnce(records []kb.Record) int {
	most := min(len(records), describedAtOnce)
	for i := range most {
		if records[i].ListsFiles() {
			return max(i, 1)
		}
	}
	return most
}

// pageText is how much text the files of documents have, in bytes.
func pageText(documents []kb.Document) (n int) {
	for i := range documents {
		for j := range documents[i].Pages {
			n += len(documents[i].Pages[j].Text)
		}
	}
	return n
}

// withoutDocuments gives the records that are not to be found: tombstones, kinds
// that are not found by themselves, and records that cannot be read.
func withoutDocuments(records []kb.Record, documents []kb.Document) []kb.ID {
	described := make(map[kb.ID]bool, len(documents))
	for i := range documents {
		described[documents[i].Record] = true
	}
	var out []kb.ID
	for _, r := range records {
		if !described[r.ID] {
			out = append(out, r.ID)
		}
	}
	return out
}

var errMoved = errors.New("the index was swapped while a step was read")

// apply commits a step to the index, unless the index has moved on since.
func (x *Indexer) apply(ctx context.Context, r reading) error {
	x.commit.Lock()
	defer x.commit.Unlock()
	if x.index.Position() != r.from {
		return errMoved
	}
	return x.commitStep(ctx, x.index, r)
}

// commitStep commits a step, and with it the documents that hold names of what
// changed. When these are many they go first, at the old position: a crash in
// between repeats them.
func (x *Indexer) commitStep(ctx context.Context, to Target, r reading) error {
	again, err := dependants(to, r.changed)
	if err != nil {
		return err
	}
	for len(again) > 0 {
		n := min(len(again), x.opts.Batch)
		records, err := x.current(ctx, again[:n])
		if err != nil {
			return err
		}
		again = again[n:]
		for len(records) > 0 {
			documents, n, err := x.describeSome(ctx, records)
			if err != nil {
				return err
			}
			records = records[n:]
			if len(again)+len(records) == 0 && len(r.step.Documents)+len(documents) <= 2*x.opts.Batch && pageText(r.step.Documents) < maxText {
				r.step.Documents = append(r.step.Documents, documents...)
				break
			}
			if err := to.Commit(ctx, kb.Step{Documents: documents, Position: r.from}); err != nil {
				return err
			}
		}
	}
	return to.Commit(ctx, r.step)
}

// dependants gives the records that name changed ones and did not change themselves.
func dependants(to Target, changed []kb.Record) ([]kb.ID, error) {
	inStep := make(map[kb.ID]bool, len(changed))
	var named []string
	for _, r := range changed {
		inStep[r.ID] = true
		named = append(named, r.NamedBy()...)
	}
	if len(named) == 0 {
		return nil, nil
	}
	referring, err := to.Referring(named)
	if err != nil {
		return nil, err
	}
	out := referring[:0]
	for _, id := range referring {
		if !inStep[id] {
			out = append(out, id)
		}
	}
	return out, nil
}

// current gives records as they are now, those that are gone left out.
func (x *Indexer) current(ctx context.Context, ids []kb.ID) ([]kb.Record, error) {
	found, err := x.store.Get(ctx, ids)
	if err != nil {
		return nil, err
	}
	records := make([]kb.Record, 0, len(found))
	for _, id := range ids {
		if r, ok := found[id]; ok && !r.Deleted {
			records = append(records, r)
		}
	}
	return records, nil
}

// Rebuild makes the index anew beside the one that is searched, and swaps.
func (x *Indexer) Rebuild(ctx context.Context) error {
	beside, err := x.begin()
	if err != nil {
		return err
	}
	if err := x.fill(ctx, beside); err != nil {
		return errors.Join(err, beside.Discard())
	}
	x.commit.Lock()
	defer x.commit.Unlock()
	// Nothing is committed to the old index now; what came in since is taken in
	// before the swap, so that no search sees less than before.
	if err := x.fill(ctx, beside); err != nil {
		return errors.Join(err, beside.Discard())
	}
	if err := beside.Swap(); err != nil {
		return errors.Join(err, beside.Discard())
	}
	x.note(x.index.Position())
	return nil
}

// fill brings an index that is made beside up to date.
func (x *Indexer) fill(ctx context.Context, to Target) error {
	return x.drain(ctx, to.Position(), func(r reading) error { return x.commitStep(ctx, to, r) })
}

// note tells those who wait how far the index is.
func (x *Indexer) note(p kb.Seq) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.known && p >= x.goal {
		x.reached = true
	}
	close(x.moved)
	x.moved = make(chan struct{})
}

// Ready reports whether the index has come as far as the store was at the start.
func (x *Indexer) Ready() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.reached
}

// WaitFor returns nil once searches see a position, or ctx's error.
func (x *Indexer) WaitFor(ctx context.Context, position kb.Seq) error {
	for {
		x.mu.Lock()
		moved := x.moved
		x.mu.Unlock()
		if x.index.Position() >= position {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
