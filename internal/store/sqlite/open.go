package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/gofrs/flock"
	driver "modernc.org/sqlite"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// layout is the version of the tables below; it stands in PRAGMA user_version.
const layout = 1

// schema keeps the long texts last in a row, so that looking at the other
// columns never reads their pages. The table keys says nothing that the log does
// not say; Check compares the two.
const schema = `
CREATE TABLE log (
	seq     INTEGER PRIMARY KEY,
	id      TEXT    NOT NULL,
	version INTEGER NOT NULL,
	kind    TEXT    NOT NULL,
	at      INTEGER NOT NULL, -- milliseconds since 1970, UTC
	by      TEXT    NOT NULL,
	event   TEXT    NOT NULL,
	deleted INTEGER NOT NULL,
	keys    TEXT    NOT NULL, -- a JSON list
	live    BLOB,
	copy    BLOB,
	UNIQUE (id, version)
);
CREATE TABLE keys (key TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE store (identity TEXT NOT NULL);
INSERT INTO store VALUES (lower(hex(randomblob(16))));
PRAGMA user_version = 1;`

// Options tunes a Store; the zero value is ready for use.
type Options struct {
	// Readers is how many reads run at the same time; 0 means 4.
	Readers int
}

// Open opens the store in a folder, and makes it where there is none. The
// folder is held until Close.
//
// Errors: InUse when another process holds the folder, ReadOnly, DiskFull,
// Damaged when the file is not a store that can be trusted, Invalid when dir
// cannot be a folder, Unavailable for data of a newer version.
func Open(ctx context.Context, dir string, opts Options) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, folderError(dir, err)
	}
	lock, err := hold(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{lock: lock, notice: store.NewNotice()}
	if err := s.open(ctx, filepath.Join(dir, "store.db"), opts); err != nil {
		_ = s.release()
		return nil, s.coded(ctx, err)
	}
	s.writer = store.NewWriter(s.commit)
	return s, nil
}

// hold takes the folder for this process. The lock is the operating system's: it
// goes when the process goes, however it ends.
func hold(dir string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(dir, "store.lock"), flock.SetFlag(os.O_CREATE|os.O_RDWR))
	held, err := lock.TryLock()
	if err != nil {
		return nil, folderError(dir, err)
	}
	if !held {
		return nil, kb.Errorf(kb.InUse, kb.Text{
			NL: "De map %s is in gebruik door een andere Leerkring. Stop die eerst, of kies met --data een andere map.",
			EN: "The folder %s is in use by another Leerkring. Stop that one first, or choose another folder with --data.",
		}, dir)
	}
	return lock, nil
}

func folderError(dir string, err error) error {
	switch {
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return kb.Wrap(err, kb.ReadOnly, kb.Text{
			NL: "In de map %s kan niet worden geschreven. Geef schrijfrechten, of kies met --data een andere map.",
			EN: "The folder %s cannot be written. Give permission to write, or choose another folder with --data.",
		}, dir)
	case errors.Is(err, syscall.ENOSPC):
		return diskFull(err)
	}
	return kb.Wrap(err, kb.Invalid, kb.Text{
		NL: "De map %s kan niet worden geopend. Kies met --data een map op een gewone schijf.",
		EN: "The folder %s cannot be opened. Choose a folder on an ordinary disk with --data.",
	}, dir)
}

func (s *Store) open(ctx context.Context, file string, opts Options) error {
	var err error
	if s.writes, err = connect(file, 32<<10, 1); err != nil {
		return err
	}
	if err := prepareFile(ctx, s.writes); err != nil {
		return err
	}
	readers := opts.Readers
	if readers == 0 {
		readers = 4
	}
	if s.reads, err = connect(file, 16<<10, readers); err != nil {
		return err
	}
	if err := s.reads.QueryRowContext(ctx, "SELECT identity FROM store").Scan(&s.identity); err != nil {
		return err
	}
	s.query, err = prepareQueries(ctx, s.reads)
	return err
}

// connect gives a pool of connections, with more pragmas than the usual. There is no memory map: a disk error
// would then be a signal that ends the process instead of an error.
func connect(file string, cacheKB, connections int, more ...string) (*sql.DB, error) {
	uri := url.URL{Scheme: "file", Path: file, OmitHost: true}
	if !filepath.IsAbs(file) {
		uri = url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath()}
	}
	uri.RawQuery = url.Values{"_pragma": append([]string{
		"busy_timeout(5000)",
		"synchronous(FULL)",
		"wal_autocheckpoint(4000)",
		"journal_size_limit(67108864)",
		"cache_size(-" + strconv.Itoa(cacheKB) + ")",
	}, more...)}.Encode()
	connector, err := driver.NewConnector(uri.String())
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// prepareFile makes the tables in a new file and refuses one that is not ours.
// A file whose making was cut off is empty again, and is made anew.
func prepareFile(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	var found, tables int
	if err := db.QueryRowContext(ctx, "SELECT user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_user_version").Scan(&found, &tables); err != nil {
		return err
	}
	switch {
	case found > layout:
		return store.Newer(found, layout)
	case found == layout:
		return nil
	case tables > 0:
		return damaged(errors.New("a SQLite file without our layout"))
	}
	_, err := db.ExecContext(ctx, "BEGIN IMMEDIATE; "+schema+" COMMIT")
	return err
}
