package search

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"leerkring/internal/kb"
)

// ioError gives an error of the disk its code; a coded one and nil stay as they are.
func ioError(err error, dir string) error {
	var coded *kb.Error
	switch {
	case err == nil || errors.As(err, &coded) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		return kb.Wrap(err, kb.DiskFull, kb.Text{
			NL: "De schijf is vol. Maak ruimte vrij in %s.",
			EN: "The disk is full. Make room in %s.",
		}, dir)
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return kb.Wrap(err, kb.ReadOnly, kb.Text{
			NL: "In de map %s kan niet worden geschreven. Geef Leerkring schrijfrechten, of kies een andere map met --data.",
			EN: "The folder %s cannot be written. Give Leerkring the right to write, or choose another folder with --data.",
		}, dir)
	}
	return kb.Wrap(err, kb.Unavailable, kb.Text{
		NL: "De zoekindex kan nu niet worden gebruikt.",
		EN: "The search index cannot be used now.",
	})
}
