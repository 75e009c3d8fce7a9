package main

import (
	"context"
	"sync/atomic"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

type reextractCommand struct {
	where
	readFlags
	All bool `help:"${reextract_all}"`
}

// Run asks for files to be read again and reads them.
func (c *reextractCommand) Run(ctx context.Context, t *terminal) error {
	if err := c.mustExist(); err != nil {
		return err
	}
	config := c.config(quiet())
	if err := c.apply(&config); err != nil {
		return err
	}
	a, err := app.Open(ctx, config)
	if err != nil {
		return err
	}
	return firstError(c.again(ctx, t, a), a.Close())
}

func (c *reextractCommand) again(ctx context.Context, t *terminal, a *app.App) error {
	if err := settled(ctx, a); err != nil {
		return err
	}
	return reading(ctx, t, a, func(x *kb.Extractions) (int, error) { return x.Redo(ctx, c.All, nil) })
}

// settled waits until the index has all that was written.
func settled(ctx context.Context, a *app.App) error {
	last, err := a.Store.Last(ctx)
	if err != nil {
		return err
	}
	return a.Settle(ctx, last)
}

// reading reads the files that are due, of which begin gives about how many, and shows
// how far it is.
func reading(ctx context.Context, t *terminal, a *app.App, begin func(*kb.Extractions) (int, error)) error {
	x, err := a.Extractor(ctx)
	if err != nil {
		return err
	}
	counted := &countedExtractor{Extractor: x}
	reads := a.Extractions(counted, nil)
	total, err := begin(reads)
	if err == nil {
		m := newCounter(t, total)
		counted.read = m.next
		err = reads.Drain(ctx)
		m.clear()
		t.say(kb.Text{NL: "%d bestanden gelezen.", EN: "%d files read."}, counted.done.Load())
	}
	return firstError(err, x.Close(), settled(ctx, a))
}

// countedExtractor tells of each file that is read.
type countedExtractor struct {
	kb.Extractor
	done atomic.Int64
	read func(done int64)
}

// Read reads a file and counts it.
func (x *countedExtractor) Read(ctx context.Context, f kb.Source) (*kb.Reading, error) {
	r, err := x.Extractor.Read(ctx, f)
	x.read(x.done.Add(1))
	return r, err
}
