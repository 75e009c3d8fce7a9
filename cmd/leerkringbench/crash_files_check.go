package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// kept opens the data as a start would: each acknowledged file is there with its bytes,
// and in the list of its material, once.
func (s *fileCrashes) kept(ctx context.Context) error {
	if err := compare(ctx, s.data); err != nil {
		return err
	}
	c := config(s.data)
	store, err := app.OpenStore(ctx, c)
	if err != nil {
		return err
	}
	blobs, err := app.OpenBlobs(ctx, c)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	for _, f := range s.acked {
		if err = errors.Join(holds(ctx, store, f), blobs.Check(ctx, f.sum)); err != nil {
			err = fmt.Errorf("the acknowledged file %s: %w", f.id, err)
			break
		}
	}
	return errors.Join(err, blobs.Close(), store.Close())
}

func holds(ctx context.Context, store kb.Store, f ackFile) error {
	records, err := store.Get(ctx, []kb.ID{kb.ID(f.id), kb.ID(f.record)})
	if err != nil {
		return err
	}
	live, _, err := kb.DecodeRecord(records[kb.ID(f.id)])
	if err != nil {
		return err
	}
	if file, ok := live.(*kb.File); !ok || file.SHA256 != f.sum || string(file.Record) != f.record {
		return errors.New("its record is gone or names something else")
	}
	live, working, err := kb.DecodeRecord(records[kb.ID(f.record)])
	if err != nil {
		return err
	}
	if working == nil {
		working = live
	}
	m, ok := working.(kb.Material)
	if !ok || !slices.Equal(m.Shared().Files, []kb.ID{kb.ID(f.id)}) {
		return errors.New("its material does not list it once")
	}
	return nil
}

// scrubbed scrubs as it is done a day later; then all that is stored belongs to a file.
func (s *fileCrashes) scrubbed(ctx context.Context) error {
	c := config(s.data)
	c.Now = func() time.Time { return time.Now().Add(8 * 24 * time.Hour) }
	a, err := app.Open(ctx, c)
	if err != nil {
		return err
	}
	last, err := a.Store.Last(ctx)
	err = errors.Join(err, a.Indexer.WaitFor(ctx, last))
	var report kb.ScrubReport
	for range 2 { // what the first takes out of the records goes with the second
		if err == nil {
			_, err = a.Files.Sweep(ctx)
		}
		if err == nil {
			report, err = a.Files.Scrub(ctx)
			fmt.Printf("scrubbed: %d blobs, %d stages, %d files\n", report.Blobs, report.Stages, report.Files)
		}
	}
	if err == nil {
		err = s.onlyTheirs(ctx, a)
	}
	return errors.Join(err, a.Close())
}

// onlyTheirs fails when something is stored that no file names.
func (s *fileCrashes) onlyTheirs(ctx context.Context, a *app.App) error {
	named := map[string]bool{}
	err := kb.Walk(ctx, a.Store.Changes, func(records []kb.Record) error {
		for _, r := range records {
			live, _, err := kb.DecodeRecord(r)
			if err != nil {
				return err
			}
			if f, ok := live.(*kb.File); ok {
				named[f.SHA256] = true
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.Blobs.Walk(ctx, func(b kb.Stored) error {
		if b.Stage != "" {
			return fmt.Errorf("the stage %s of %d bytes is left", b.Stage, b.Size)
		}
		if !named[b.SHA256] {
			return fmt.Errorf("no file names the bytes %s", b.SHA256)
		}
		return nil
	})
}
