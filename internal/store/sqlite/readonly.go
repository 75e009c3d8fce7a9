package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// OpenReading opens a store to read it, also while another process writes it: SQLite's
// write-ahead log lets readers see whole transactions. Writing answers ReadOnly, and
// Wait sees no writes of others.
//
// Errors: NotFound when there is no store, and those of Open but InUse.
func OpenReading(ctx context.Context, dir string) (*Store, error) {
	file := filepath.Join(dir, "store.db")
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil, kb.Errorf(kb.NotFound, kb.Text{
			NL: "In de map %s staat geen opslag. Noem met --data de map met de gegevens.",
			EN: "There is no store in the folder %s. Name the folder of the data with --data.",
		}, dir)
	}
	s := &Store{notice: store.NewNotice()}
	err := s.openReading(ctx, file)
	if err != nil {
		_ = s.release()
		return nil, s.coded(ctx, err)
	}
	s.writer = store.NewWriter(refuseAll)
	return s, nil
}

func (s *Store) openReading(ctx context.Context, file string) error {
	var err error
	if s.reads, err = connect(file, 16<<10, 1, "query_only(1)"); err != nil {
		return err
	}
	var found int
	if err := s.reads.QueryRowContext(ctx, "PRAGMA user_version").Scan(&found); err != nil {
		return err
	}
	if found > layout {
		return store.Newer(found, layout)
	}
	if found < layout {
		return damaged(errors.New("a SQLite file without our layout"))
	}
	if err := s.reads.QueryRowContext(ctx, "SELECT identity FROM store").Scan(&s.identity); err != nil {
		return err
	}
	s.query, err = prepareQueries(ctx, s.reads)
	return err
}

// refuseAll is the write function of a store that is only read.
func refuseAll(jobs []*store.Job) {
	for _, j := range jobs {
		j.Err = kb.Errorf(kb.ReadOnly, kb.Text{
			NL: "Deze opslag is alleen geopend om te lezen.",
			EN: "This store was opened to be read only.",
		})
	}
}
