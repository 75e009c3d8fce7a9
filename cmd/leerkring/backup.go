package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"leerkring/internal/app"
	"leerkring/internal/backup"
	"leerkring/internal/kb"
)

type backupCommand struct {
	where
	File string `arg:"" help:"${backup_file}" placeholder:"${file_name}"`
}

// Run writes the archive, whole or not at all. A server may be running.
func (c *backupCommand) Run(ctx context.Context, t *terminal) error {
	if err := c.mustExist(); err != nil {
		return err
	}
	store, err := app.OpenStoreReading(ctx, c.config(quiet()))
	if err != nil {
		return err
	}
	blobs, err := app.OpenBlobs(ctx, c.config(quiet()))
	if err != nil {
		return errors.Join(err, store.Close())
	}
	report, err := c.write(ctx, backup.Source{Store: store, Blobs: blobs})
	if err := firstError(err, blobs.Close(), store.Close()); err != nil {
		return err
	}
	t.say(kb.Text{
		NL: "Back-up gemaakt: %d versies van records, %d bestanden (%d bytes).",
		EN: "Backup made: %d versions of records, %d files (%d bytes).",
	}, report.Versions, report.Files, report.Bytes)
	t.missing(report)
	return nil
}

func (c *backupCommand) write(ctx context.Context, from backup.Source) (backup.Report, error) {
	from.Scratch = filepath.Dir(c.File)
	f, err := os.CreateTemp(from.Scratch, ".leerkring-backup-*")
	if err != nil {
		return backup.Report{}, cannotWrite(err, c.File)
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone already when all went well
	report, err := backup.Write(ctx, from, f)
	if err != nil {
		return report, errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close(), os.Rename(f.Name(), c.File)); err != nil {
		return report, cannotWrite(err, c.File)
	}
	return report, nil
}

// missing tells of files whose bytes are not in an archive.
func (t *terminal) missing(report backup.Report) {
	for _, sum := range report.Missing {
		t.say(kb.Text{
			NL: "Let op: de bytes van bestand %s ontbreken.",
			EN: "Note: the bytes of file %s are missing.",
		}, sum)
	}
}
