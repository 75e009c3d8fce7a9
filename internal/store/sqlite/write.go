package sqlite

import (
	"context"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// Put writes records; calls at the same time share a transaction.
func (s *Store) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	return s.writer.Put(ctx, records)
}

// commit writes jobs in one transaction; it is the writer's write function.
func (s *Store) commit(jobs []*store.Job) {
	err := s.transact(context.Background(), jobs)
	if err == nil {
		s.notice.Call()
		return
	}
	for _, j := range jobs {
		clear(j.Results)
		j.Err = err
	}
}

func (s *Store) transact(ctx context.Context, jobs []*store.Job) error {
	var err error
	if s.session == nil {
		if s.session, err = newSession(ctx, s.writes); err != nil {
			return s.coded(ctx, err)
		}
	}
	if err = s.session.write(ctx, jobs); err != nil {
		s.session.discard()
		s.session = nil
	}
	return s.coded(ctx, err)
}
