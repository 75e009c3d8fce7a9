package main

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"leerkring/internal/app"
	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

type exportCommand struct {
	where
	File string `arg:"" optional:"" default:"-" help:"${file}"`
}

// Run writes the export. A file is there whole or not at all.
func (c *exportCommand) Run(ctx context.Context, t *terminal) error {
	if err := c.mustExist(); err != nil {
		return err
	}
	store, err := app.OpenStore(ctx, c.config(quiet()))
	if err != nil {
		return err
	}
	n, err := c.write(ctx, t, store)
	if closed := store.Close(); err == nil {
		err = closed
	}
	if err == nil {
		t.say(kb.Text{NL: "%d versies weggeschreven.", EN: "%d versions written."}, n)
	}
	return err
}

func (c *exportCommand) write(ctx context.Context, t *terminal, store kb.Store) (int, error) {
	if c.File == "-" {
		return exchange.Export(ctx, store, t.out)
	}
	f, err := os.CreateTemp(filepath.Dir(c.File), ".leerkring-export-*")
	if err != nil {
		return 0, cannotWrite(err, c.File)
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone already when all went well
	n, err := exportTo(ctx, store, f, strings.HasSuffix(c.File, ".gz"))
	if err != nil {
		return n, errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close(), os.Rename(f.Name(), c.File)); err != nil {
		return n, cannotWrite(err, c.File)
	}
	return n, nil
}

func exportTo(ctx context.Context, store kb.Store, w io.Writer, compressed bool) (int, error) {
	if !compressed {
		return exchange.Export(ctx, store, w)
	}
	gz := gzip.NewWriter(w)
	n, err := exchange.Export(ctx, store, gz)
	if err != nil {
		return n, err
	}
	return n, gz.Close()
}

func cannotWrite(err error, name string) error {
	return kb.Wrap(err, kb.ReadOnly, kb.Text{
		NL: "Het bestand %s is niet te schrijven. Bestaat de map, mag u daar schrijven, en is er ruimte?",
		EN: "The file %s cannot be written. Does its folder exist, may you write there, and is there space?",
	}, name)
}
