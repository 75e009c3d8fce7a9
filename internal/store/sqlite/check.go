package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Check reads the whole store and gives Damaged unless it holds together: the
// file itself, numbers from 1 without a gap, versions of every record from 1
// without a gap, and the keys that the current versions hold.
func (s *Store) Check(ctx context.Context) error {
	if err := s.checkFile(ctx); err != nil {
		return s.coded(ctx, err)
	}
	for _, c := range []struct{ name, count string }{
		{"numbers", "SELECT coalesce(max(seq), 0) - count(*) + (coalesce(min(seq), 1) <> 1) FROM log"},
		{"versions", "SELECT count(*) FROM (SELECT 1 FROM log GROUP BY id HAVING min(version) <> 1 OR max(version) <> count(*))"},
		{"keys", `WITH held AS MATERIALIZED (SELECT j.value AS key, l.id AS id FROM log AS l, json_each(l.keys) AS j WHERE ` + isCurrent + `)
			SELECT (SELECT count(*) FROM (SELECT key, id FROM held EXCEPT SELECT key, id FROM keys))
			     + (SELECT count(*) FROM (SELECT key, id FROM keys EXCEPT SELECT key, id FROM held))
			     + (SELECT count(*) - count(DISTINCT key) FROM held)`},
	} {
		var wrong int
		if err := s.reads.QueryRowContext(ctx, c.count).Scan(&wrong); err != nil {
			return s.coded(ctx, err)
		}
		if wrong != 0 {
			return damaged(fmt.Errorf("%s: %d do not hold together", c.name, wrong))
		}
	}
	return nil
}

// checkFile asks SQLite for the first thing that is wrong with the file.
func (s *Store) checkFile(ctx context.Context) error {
	var verdict string
	err := s.reads.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict)
	if errors.Is(err, sql.ErrNoRows) {
		return damaged(err)
	}
	if err != nil {
		return err
	}
	if verdict != "ok" {
		return damaged(errors.New(verdict))
	}
	return nil
}
