// Package sqlite is the embedded store: one folder with one SQLite file.
//
// The invariant that a newcomer must know: one connection writes, one
// transaction at a time, and nothing is answered before it is on the disk. A
// transaction that fails takes its connection with it, so that no state of a
// failed write can reach the next one.
package sqlite

import (
	"context"
	"database/sql"
	"sync"
	"sync/atomic"

	"github.com/gofrs/flock"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// Store implements kb.Store on a folder.
type Store struct {
	lock *flock.Flock
	// identity names the data.
	identity string
	reads    *sql.DB
	writes   *sql.DB
	query    queries
	notice   *store.Notice
	closed   atomic.Bool

	writer *store.Writer
	// session belongs to the writer's goroutine; nil at first and after a failure.
	session *session
	closing sync.Once
}

var _ kb.Store = (*Store)(nil)

// Identity names the data.
func (s *Store) Identity() string { return s.identity }

// Last gives the number of the last write.
func (s *Store) Last(ctx context.Context) (kb.Seq, error) {
	var last kb.Seq
	err := s.query.last.QueryRowContext(ctx).Scan(&last)
	return last, s.coded(ctx, err)
}

// Wait returns as soon as there is a write after a position.
func (s *Store) Wait(ctx context.Context, after kb.Seq) error {
	for {
		next := s.notice.Next()
		if s.closed.Load() { // Close calls out once, after it says so here
			return store.Closed()
		}
		last, err := s.Last(ctx)
		if err != nil {
			return err
		}
		if last > after {
			return nil
		}
		select {
		case <-next:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Close waits for the write that is under way, and releases the folder.
func (s *Store) Close() error {
	var err error
	s.closing.Do(func() {
		s.writer.Close()
		s.closed.Store(true)
		s.notice.Call()
		s.session.discard()
		err = s.release()
	})
	return err
}

// release closes what Open opened, as far as it came. The readers go last: the
// last connection to close folds the write-ahead log into the file.
func (s *Store) release() error {
	var first error
	for _, db := range []*sql.DB{s.writes, s.reads} {
		if db == nil {
			continue
		}
		if err := db.Close(); err != nil && first == nil {
			first = err
		}
	}
	if s.lock == nil { // it is only read
		return first
	}
	if err := s.lock.Close(); err != nil && first == nil {
		first = err
	}
	return first
}
