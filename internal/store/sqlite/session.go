package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"slices"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// session is the one connection that writes, with its prepared statements.
type session struct {
	conn       *sql.Conn
	statements []*sql.Stmt // all that follow

	begin, commit, last, head, holder, insert, claim, release *sql.Stmt
}

func newSession(ctx context.Context, db *sql.DB) (*session, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &session{conn: conn}
	for _, p := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&w.begin, "BEGIN IMMEDIATE"},
		{&w.commit, "COMMIT"},
		{&w.last, "SELECT coalesce(max(seq), 0) FROM log"},
		{&w.head, "SELECT version, keys FROM log WHERE id = ? ORDER BY version DESC LIMIT 1"},
		{&w.holder, "SELECT id FROM keys WHERE key = ?"},
		{&w.insert, "INSERT INTO log (seq, id, version, kind, at, by, event, deleted, keys, live, copy) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
		{&w.claim, "INSERT INTO keys (key, id) VALUES (?, ?)"},
		{&w.release, "DELETE FROM keys WHERE key = ?"},
	} {
		if *p.to, err = conn.PrepareContext(ctx, p.sql); err != nil {
			w.discard()
			return nil, err
		}
		w.statements = append(w.statements, *p.to)
	}
	return w, nil
}

// discard closes the connection itself, instead of giving it back to the pool,
// and with it whatever transaction was open. A nil session has none. A statement
// that stays open would keep SQLite's connection, and its locks, alive for ever.
func (w *session) discard() {
	if w == nil {
		return
	}
	for _, statement := range w.statements {
		_ = statement.Close()
	}
	_ = w.conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = w.conn.Close()
}

// write does all records of all jobs in one transaction. Refusals are results;
// an error means that nothing was written.
func (w *session) write(ctx context.Context, jobs []*store.Job) error {
	if _, err := w.begin.ExecContext(ctx); err != nil {
		return err
	}
	var last kb.Seq
	if err := w.last.QueryRowContext(ctx).Scan(&last); err != nil {
		return err
	}
	for _, j := range jobs {
		for i, r := range j.Records {
			refused, err := w.record(ctx, r, last+1)
			if err != nil {
				return err
			}
			if refused != nil {
				j.Results[i].Err = refused
				continue
			}
			last++
			j.Results[i].Seq = last
		}
	}
	_, err := w.commit.ExecContext(ctx)
	return err
}

// record writes one record under a number, or says why it may not be written.
// It looks before it writes, which is safe because nobody else writes.
func (w *session) record(ctx context.Context, r kb.Record, seq kb.Seq) (refused, err error) {
	version, held, err := w.current(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	if refused := store.Refuse(r, version); refused != nil {
		return refused, nil
	}
	fresh := without(r.Keys, held)
	for _, key := range fresh {
		switch err := w.holder.QueryRowContext(ctx, key).Scan(new(string)); {
		case err == nil:
			return store.KeyTaken(key), nil
		case !errors.Is(err, sql.ErrNoRows):
			return nil, err
		}
	}
	return nil, w.append(ctx, r, seq, fresh, without(held, r.Keys))
}

// current gives the stored version of a record and the keys it holds; 0 for a new one.
func (w *session) current(ctx context.Context, id kb.ID) (version int, held []string, err error) {
	var keys []byte
	err = w.head.QueryRowContext(ctx, string(id)).Scan(&version, &keys)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, err
	}
	if err := json.Unmarshal(keys, &held); err != nil {
		return 0, nil, damaged(err)
	}
	return version, held, nil
}

func (w *session) append(ctx context.Context, r kb.Record, seq kb.Seq, claimed, released []string) error {
	keys := []byte("[]")
	if len(r.Keys) > 0 {
		var err error
		if keys, err = json.Marshal(r.Keys); err != nil {
			return err
		}
	}
	event, err := json.Marshal(r.Event)
	if err != nil {
		return err
	}
	_, err = w.insert.ExecContext(ctx, int64(seq), string(r.ID), r.Version, string(r.Kind), r.At.UnixMilli(),
		string(r.By), string(event), r.Deleted, string(keys), []byte(r.Live), []byte(r.Copy))
	if err != nil {
		return err
	}
	for _, key := range released {
		if _, err := w.release.ExecContext(ctx, key); err != nil {
			return err
		}
	}
	for _, key := range claimed {
		if _, err := w.claim.ExecContext(ctx, key, string(r.ID)); err != nil {
			return err
		}
	}
	return nil
}

// without gives the keys of a that are not in b; both are sorted.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(key string) bool {
		_, found := slices.BinarySearch(b, key)
		return found
	})
}
