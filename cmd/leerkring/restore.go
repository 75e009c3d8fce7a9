package main

import (
	"context"
	"errors"
	"os"

	"leerkring/internal/app"
	"leerkring/internal/backup"
	"leerkring/internal/kb"
)

type restoreCommand struct {
	where
	File string `arg:"" help:"${restore_file}" placeholder:"${file_name}"`
}

// Run makes an empty folder or database equal to the archive. The search index is made
// at the next start.
func (c *restoreCommand) Run(ctx context.Context, t *terminal) error {
	f, err := os.Open(c.File)
	if err != nil {
		return kb.Wrap(err, kb.NotFound, kb.Text{
			NL: "Het bestand %s is niet te openen. Bestaat het, en mag u het lezen?",
			EN: "The file %s cannot be opened. Does it exist, and may you read it?",
		}, c.File)
	}
	defer f.Close() // only read
	store, err := app.OpenStore(ctx, c.config(quiet()))
	if err != nil {
		return err
	}
	blobs, err := app.OpenBlobs(ctx, c.config(quiet()))
	if err != nil {
		return errors.Join(err, store.Close())
	}
	report, err := backup.Restore(ctx, f, backup.Target{Store: store, Blobs: blobs})
	if err := firstError(err, blobs.Close(), store.Close()); err != nil {
		return err
	}
	t.say(kb.Text{
		NL: "Teruggezet: %d versies van records, %d bestanden (%d bytes).",
		EN: "Restored: %d versions of records, %d files (%d bytes).",
	}, report.Versions, report.Files, report.Bytes)
	t.missing(report)
	return nil
}
