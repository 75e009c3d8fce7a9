package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"leerkring/internal/extract"
	"leerkring/internal/extract/picture"
	"leerkring/internal/extract/safety"
	"leerkring/internal/kb"
)

// Inspector reads files that are in no store.
type Inspector struct{ reader kb.Extractor }

// NewInspector starts an extractor without a data folder, which the caller closes;
// compiled code is kept in the folder for caches of the user, where there is one.
func NewInspector(ctx context.Context, command []string, log *slog.Logger) (*Inspector, func() error, error) {
	x, err := extract.New(extract.Config{Command: command, Cache: compiled(""), Workers: 1, Programs: picture.Find(ctx), Log: log})
	if err != nil {
		return nil, nil, err
	}
	return &Inspector{x}, x.Close, nil
}

// compiled is the folder for compiled code of PDFium: that for caches of the user, or
// another where there is none.
func compiled(other string) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return other
	}
	dir = filepath.Join(dir, "leerkring")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return other
	}
	return dir
}

// Read reads a file as an upload would be, with the text in its pictures where that can
// be recognised here, and says what is found in it. *kb.Unread when it could not be read
// in its bounds, NotFound when there is no such file.
func (i *Inspector) Read(ctx context.Context, name string) (*kb.Reading, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, unreadable(err, name)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		return nil, errors.Join(unreadable(err, name), f.Close())
	}
	source := kb.Source{Blob: local{f, info.Size()}, Name: filepath.Base(name)}
	r, err := i.reader.Read(ctx, source)
	if err == nil && i.reader.Recognises() {
		err = i.recognise(ctx, source, r)
	}
	return r, errors.Join(err, f.Close())
}

// recognise adds the text of pages that are pictures, and what is found in it.
func (i *Inspector) recognise(ctx context.Context, source kb.Source, r *kb.Reading) error {
	var pages []int
	for _, p := range r.Pages {
		if p.Picture && p.Text == "" {
			pages = append(pages, p.Number)
		}
	}
	if len(pages) == 0 {
		return nil
	}
	err := i.reader.Recognise(ctx, source, r, pages, func(page int, text string) error {
		if at := slices.IndexFunc(r.Pages, func(p kb.ReadPage) bool { return p.Number == page }); at >= 0 && text != "" {
			r.Pages[at].Text, r.State = text, kb.ExtractionRead
		}
		return nil
	})
	r.Findings = slices.DeleteFunc(r.Findings, func(f kb.Finding) bool {
		at := slices.IndexFunc(r.Pages, func(p kb.ReadPage) bool { return p.Number == f.Page })
		return f.Type == kb.FindingUnchecked && at >= 0 && r.Pages[at].Text != ""
	})
	for _, found := range safety.Check(r) {
		if !slices.ContainsFunc(r.Findings, func(f kb.Finding) bool { return f.Key == found.Key }) {
			r.Findings = append(r.Findings, found)
		}
	}
	return err
}

// local is a file of this machine as a blob.
type local struct {
	*os.File
	size int64
}

// Size is that of when it was opened.
func (l local) Size() int64 { return l.size }
