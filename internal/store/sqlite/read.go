package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"math"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

const (
	columns = "l.seq, l.id, l.version, l.kind, l.at, l.by, l.event, l.deleted, l.keys, l.live, l.copy"

	// isCurrent reads only the index on (id, version).
	isCurrent = "NOT EXISTS (SELECT 1 FROM log AS n WHERE n.id = l.id AND n.version = l.version + 1)"
)

// queries are the prepared reads.
type queries struct {
	last, get, find, changes, log, revisions *sql.Stmt
}

func prepareQueries(ctx context.Context, db *sql.DB) (q queries, err error) {
	for _, p := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&q.last, "SELECT coalesce(max(seq), 0) FROM log"},
		{&q.get, "SELECT " + columns + " FROM json_each(?) AS j CROSS JOIN log AS l" +
			" ON l.id = j.value AND l.version = (SELECT max(version) FROM log WHERE id = j.value)"},
		{&q.find, "SELECT k.key, k.id FROM json_each(?) AS j CROSS JOIN keys AS k ON k.key = j.value"},
		{&q.changes, "SELECT " + columns + " FROM log AS l WHERE l.seq > ? AND l.seq <= ? AND " + isCurrent + " ORDER BY l.seq"},
		{&q.log, "SELECT " + columns + " FROM log AS l WHERE l.seq > ? AND l.seq <= ? ORDER BY l.seq"},
		{&q.revisions, "SELECT " + columns + " FROM log AS l WHERE l.id = ? AND l.version < ? ORDER BY l.version DESC LIMIT ?"},
	} {
		if *p.to, err = db.PrepareContext(ctx, p.sql); err != nil {
			return q, err
		}
	}
	return q, nil
}

// Get gives the current versions by id.
func (s *Store) Get(ctx context.Context, ids []kb.ID) (map[kb.ID]kb.Record, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	found := make(map[kb.ID]kb.Record, len(ids))
	err = s.each(ctx, s.query.get, []any{string(list)}, func(r kb.Record) bool {
		found[r.ID] = r
		return true
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// Find gives the record that holds each key now.
func (s *Store) Find(ctx context.Context, keys []string) (map[string]kb.ID, error) {
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	rows, err := s.query.find.QueryContext(ctx, string(list))
	if err != nil {
		return nil, s.coded(ctx, err)
	}
	defer rows.Close()
	found := make(map[string]kb.ID, len(keys))
	for rows.Next() {
		var key string
		var id kb.ID
		if err := rows.Scan(&key, &id); err != nil {
			return nil, s.coded(ctx, err)
		}
		found[key] = id
	}
	if err := rows.Err(); err != nil {
		return nil, s.coded(ctx, err)
	}
	return found, nil
}

// Changes reads the feed, without the versions that have been replaced since.
func (s *Store) Changes(ctx context.Context, after kb.Seq, limit int) (kb.Changes, error) {
	return s.step(ctx, s.query.changes, after, limit)
}

// Log reads the feed with every version.
func (s *Store) Log(ctx context.Context, after kb.Seq, limit int) (kb.Changes, error) {
	return s.step(ctx, s.query.log, after, limit)
}

// step needs no transaction around its two reads: a write between them lies
// after the step, and a version that it replaced comes back there.
func (s *Store) step(ctx context.Context, query *sql.Stmt, after kb.Seq, limit int) (kb.Changes, error) {
	last, err := s.Last(ctx)
	if err != nil || last <= after || limit < 1 {
		return kb.Changes{Position: after}, err
	}
	step := kb.Changes{Position: min(last, after+kb.Seq(limit))}
	size := 0
	err = s.each(ctx, query, []any{int64(after), int64(step.Position)}, func(r kb.Record) bool {
		step.Records = append(step.Records, r)
		size += store.Size(r)
		if size < store.StepBytes {
			return true
		}
		step.Position = r.Seq
		return false
	})
	if err != nil {
		return kb.Changes{Position: after}, err
	}
	return step, nil
}

// Revisions gives versions of a record, newest first.
func (s *Store) Revisions(ctx context.Context, id kb.ID, before, limit int) ([]kb.Record, error) {
	if before == 0 {
		before = math.MaxInt
	}
	var found []kb.Record
	err := s.each(ctx, s.query.revisions, []any{string(id), before, max(limit, 0)}, func(r kb.Record) bool {
		found = append(found, r)
		return true
	})
	return found, err
}

// each calls f for every record of a query until f is false.
func (s *Store) each(ctx context.Context, query *sql.Stmt, args []any, f func(kb.Record) bool) error {
	rows, err := query.QueryContext(ctx, args...)
	if err != nil {
		return s.coded(ctx, err)
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return s.coded(ctx, err)
		}
		if !f(r) {
			return nil
		}
	}
	return s.coded(ctx, rows.Err())
}

func scan(rows *sql.Rows) (kb.Record, error) {
	var r kb.Record
	var at int64
	var event, keys sql.RawBytes
	if err := rows.Scan(&r.Seq, &r.ID, &r.Version, &r.Kind, &at, &r.By, &event, &r.Deleted, &keys, (*[]byte)(&r.Live), (*[]byte)(&r.Copy)); err != nil {
		return r, err
	}
	r.At = time.UnixMilli(at).UTC()
	if err := json.Unmarshal(event, &r.Event); err != nil {
		return r, damaged(err)
	}
	if len(keys) == len("[]") {
		return r, nil
	}
	if err := json.Unmarshal(keys, &r.Keys); err != nil {
		return r, damaged(err)
	}
	return r, nil
}
