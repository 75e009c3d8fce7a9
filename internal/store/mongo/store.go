// Package mongo is the store for production: MongoDB, or a server that speaks its
// wire protocol. It needs neither transactions nor change streams.
//
// The invariant that a newcomer must know: a write goes in under the number after
// the highest one that its writer has seen, and only if nobody took that number
// meanwhile. So what a writer looked up (versions, holders of keys) was the whole
// truth at the moment of its insert; PROTOCOL.md has the argument.
package mongo

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// Store implements kb.Store on a MongoDB database. Several processes may share one.
type Store struct {
	opts Options
	// identity names the data.
	identity string
	client   *driver.Client
	log      *driver.Collection
	meta     *driver.Collection
	notice   *store.Notice
	writer   *store.Writer
	closed   atomic.Bool
	closing  sync.Once
}

var _ kb.Store = (*Store)(nil)

// Put writes records; calls at the same time go to the server together.
func (s *Store) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	return s.writer.Put(ctx, records)
}

// Identity names the data.
func (s *Store) Identity() string { return s.identity }

// Last gives the number of the last write.
func (s *Store) Last(ctx context.Context) (kb.Seq, error) {
	var row struct {
		Seq kb.Seq `bson:"_id"`
	}
	highest := options.FindOne().SetSort(bson.D{{Key: "_id", Value: -1}}).SetProjection(bson.D{{Key: "_id", Value: 1}})
	err := s.log.FindOne(ctx, bson.D{}, highest).Decode(&row)
	if errors.Is(err, driver.ErrNoDocuments) {
		return 0, nil
	}
	return row.Seq, s.coded(ctx, err)
}

// Wait returns as soon as there is a write after a position: at once for a write
// of this process, and within Options.Poll for one of another.
func (s *Store) Wait(ctx context.Context, after kb.Seq) error {
	poll := time.NewTicker(s.opts.Poll)
	defer poll.Stop()
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
		case <-poll.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Close waits for the write that is under way, and disconnects.
func (s *Store) Close() error {
	var err error
	s.closing.Do(func() {
		s.writer.Close()
		s.closed.Store(true)
		s.notice.Call()
		err = s.disconnect()
	})
	return err
}

// disconnect waits no longer than one operation for connections that are in use.
func (s *Store) disconnect() error {
	ctx, cancel := context.WithTimeout(context.Background(), s.opts.Timeout)
	defer cancel()
	return s.client.Disconnect(ctx)
}
