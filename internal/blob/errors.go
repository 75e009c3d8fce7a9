package blob

import (
	"errors"
	"io/fs"
	"syscall"

	"leerkring/internal/kb"
)

// NotFound answers for a blob, stage or derived thing that is not there.
func NotFound() error {
	return kb.Errorf(kb.NotFound, kb.Text{NL: "Dit bestand is er niet (meer).", EN: "This file is not there (any more)."})
}

// Conflict refuses bytes for another place than where the stage ends, or of somebody
// who was overtaken.
func Conflict(size int64) error {
	return kb.Errorf(kb.Conflict, kb.Text{
		NL: "Van dit bestand zijn er nu %d bytes. Ga daar verder met uploaden.",
		EN: "There are %d bytes of this file now. Go on from there.",
	}, size)
}

// Damaged answers for bytes that are not what their name says.
func Damaged(sha256 string) error {
	return kb.Errorf(kb.Damaged, kb.Text{
		NL: "De bytes van bestand %s zijn beschadigd. Zet het terug uit een back-up.",
		EN: "The bytes of file %s are damaged. Put it back from a backup.",
	}, sha256)
}

// coded gives an error of the file system its meaning.
func coded(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*kb.Error](err); ok {
		return err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return NotFound()
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return kb.Wrap(err, kb.DiskFull, kb.Text{
			NL: "De schijf met de bestanden is vol. Maak ruimte vrij; uploaden gaat daarna verder waar het was.",
			EN: "The disk that holds the files is full. Free some space; uploading then goes on where it was.",
		})
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return kb.Wrap(err, kb.ReadOnly, kb.Text{
			NL: "De bestanden kunnen alleen worden gelezen. Geef Leerkring schrijfrechten op de gegevensmap.",
			EN: "The files can only be read. Give Leerkring permission to write to its data folder.",
		})
	}
	return kb.Wrap(err, kb.Unavailable, kb.Text{
		NL: "De bestanden zijn nu niet bereikbaar. Controleer de schijf en de rechten op de gegevensmap.",
		EN: "The files cannot be reached now. Check the disk and the permissions on the data folder.",
	})
}
