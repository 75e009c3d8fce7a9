package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

type importCommand struct {
	File string `arg:"" type:"existingfile" help:"A collection in JSON Lines, gzipped or not."`
	Data string `help:"Keep the data in this folder, which must be empty; a temporary one otherwise."`
}

// Run imports, waits until all is durable and searchable, and prints the figures.
func (c *importCommand) Run(ctx context.Context) error {
	dir, done, err := folder(c.Data)
	if err != nil {
		return err
	}
	defer done()
	start := time.Now()
	a, err := app.Open(ctx, config(dir))
	if err != nil {
		return err
	}
	report, err := bring(ctx, a, c.File)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	took := time.Since(start)
	text, err := textSize(ctx, a.Store)
	if err := errors.Join(err, a.Close()); err != nil {
		return err
	}
	index := folderSize(filepath.Join(dir, "index"))
	fmt.Printf("machine: %s\n", machine())
	fmt.Printf("import: %d records in %.1f s, durable and searchable: %.0f a second\n", report.Done(), took.Seconds(), float64(report.Done())/took.Seconds())
	fmt.Printf("created %d, updated %d, unchanged %d, refused %d\n", report.Created, report.Updated, report.Unchanged, report.Refused)
	fmt.Printf("peak memory: %s\n", megabytes(peakMemory(os.Getpid())))
	fmt.Printf("text of titles and bodies: %s; index: %s = %.2f x; store: %s\n", megabytes(text), megabytes(index), float64(index)/float64(text), megabytes(folderSize(dir)-index))
	return nil
}

// bring imports a file and settles.
func bring(ctx context.Context, a *app.App, name string) (exchange.Report, error) {
	f, err := os.Open(name)
	if err != nil {
		return exchange.Report{}, err
	}
	defer func() { _ = f.Close() }()
	report, err := app.Import(ctx, a.Store, time.Now, f, exchange.Options{
		Progress: func(exchange.Report) {}, Problem: func(exchange.Problem) {},
	})
	if err != nil {
		return report, err
	}
	last, err := a.Store.Last(ctx)
	if err != nil {
		return report, err
	}
	return report, a.Settle(ctx, last)
}

// textSize gives the bytes of title and body of all material.
func textSize(ctx context.Context, s kb.Store) (bytes int64, err error) {
	err = kb.Walk(ctx, s.Changes, func(changed []kb.Record) error {
		for _, r := range changed {
			live, _, err := kb.DecodeRecord(r)
			if err != nil {
				return err
			}
			if m, ok := live.(kb.Material); ok {
				bytes += int64(len(m.Shared().Title) + len(m.Shared().Body))
			}
		}
		return nil
	})
	return bytes, err
}
