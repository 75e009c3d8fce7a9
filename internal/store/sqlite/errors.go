package sqlite

import (
	"context"
	"errors"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// coded gives an error its meaning by SQLite's result code. A cancelled context
// answers for itself, unless the error has a meaning already.
func (s *Store) coded(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*kb.Error](err); ok {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if s.closed.Load() {
		return store.Closed()
	}
	if e, ok := errors.AsType[*driver.Error](err); ok {
		return byCode(e)
	}
	return err
}

// byCode is the table from SQLite's result codes to ours. A write beyond what
// the disk, a quota or a limit on file size allows comes as SQLITE_FULL or,
// where the system calls it by another name, as a failed write.
func byCode(err *driver.Error) error {
	switch err.Code() {
	case codes.SQLITE_IOERR_WRITE, codes.SQLITE_IOERR_SHMSIZE, codes.SQLITE_IOERR_TRUNCATE:
		return diskFull(err)
	}
	switch err.Code() & 0xff {
	case codes.SQLITE_FULL:
		return diskFull(err)
	case codes.SQLITE_READONLY:
		return kb.Wrap(err, kb.ReadOnly, kb.Text{
			NL: "De gegevens kunnen alleen worden gelezen. Geef Leerkring schrijfrechten op de gegevensmap.",
			EN: "The data can only be read. Give Leerkring permission to write to its data folder.",
		})
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		return damaged(err)
	case codes.SQLITE_TOOBIG:
		return kb.Wrap(err, kb.TooLarge, kb.Text{
			NL: "Dit record is te groot om op te slaan. Maak het kleiner.",
			EN: "This record is too large to store. Make it smaller.",
		})
	case codes.SQLITE_IOERR, codes.SQLITE_CANTOPEN, codes.SQLITE_BUSY, codes.SQLITE_NOMEM:
		return kb.Wrap(err, kb.Unavailable, kb.Text{
			NL: "De gegevens zijn nu niet bereikbaar. Controleer de schijf en de rechten op de gegevensmap.",
			EN: "The data cannot be reached now. Check the disk and the permissions on the data folder.",
		})
	}
	return err
}

func diskFull(err error) error {
	return kb.Wrap(err, kb.DiskFull, kb.Text{
		NL: "De schijf met de gegevens is vol. Maak ruimte vrij; opslaan gaat daarna vanzelf weer.",
		EN: "The disk that holds the data is full. Free some space; saving then works again by itself.",
	})
}

func damaged(err error) error {
	return kb.Wrap(err, kb.Damaged, kb.Text{
		NL: "Het bestand met de gegevens is beschadigd. Stop Leerkring en zet de gegevensmap terug uit een back-up.",
		EN: "The file that holds the data is damaged. Stop Leerkring and restore the data folder from a backup.",
	})
}
