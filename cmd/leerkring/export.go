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

// Run writes the export. A file is there whole or not at all; what is no regular
// file (a named pipe, a device) takes it as it comes.
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
	path, regular := target(c.File)
	if !regular {
		return c.stream(ctx, store, path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".leerkring-export-*")
	if err != nil {
		return 0, cannotWrite(err, c.File)
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone already when all went well
	n, err := c.exportTo(ctx, store, f)
	if err != nil {
		return n, errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close(), os.Rename(f.Name(), path)); err != nil {
		return n, cannotWrite(err, c.File)
	}
	return n, nil
}

// target follows links to the file that is meant. regular is false for what a
// rename would destroy: all that is there and no regular file, also a link to
// a file that is not there yet.
func target(name string) (path string, regular bool) {
	path, err := filepath.EvalSymlinks(name)
	if err != nil {
		path = name
	}
	info, err := os.Lstat(path)
	return path, err != nil || info.Mode().IsRegular()
}

// stream writes straight into what is no regular file.
func (c *exportCommand) stream(ctx context.Context, store kb.Store, path string) (int, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, cannotWrite(err, c.File)
	}
	n, err := c.exportTo(ctx, store, f)
	if err != nil {
		return n, errors.Join(err, f.Close())
	}
	if err := f.Close(); err != nil {
		return n, cannotWrite(err, c.File)
	}
	return n, nil
}

// exportTo writes the export in the form that the name of the file asks for.
func (c *exportCommand) exportTo(ctx context.Context, store kb.Store, w io.Writer) (int, error) {
	if !strings.HasSuffix(c.File, ".gz") {
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
