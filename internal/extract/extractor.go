//go:build unix

package extract

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/picture"
	"leerkring/internal/kb"
)

// Config is how files are read. What is zero gets the default that is named.
type Config struct {
	Command  []string      // of a child; this program with extract-worker
	Cache    string        // folder of compiled code; none keeps nothing, and starts take seconds
	Workers  int           // children at once; 2
	Files    int           // after how many a child is renewed; 200
	Memory   int64         // bytes that a child may really use; 1 GiB
	Text     time.Duration // for reading a file; 30 s
	Picture  time.Duration // for drawing a page; 5 s
	OCR      time.Duration // for recognising a page; 20 s
	Limits   format.Limits // format.Defaults()
	Programs picture.Programs
	Log      *slog.Logger
}

// edition numbers what is read: raise it when more or better comes out.
const edition = 1

const (
	maxPicture    = 32 << 20 // bytes of one
	maxRecognised = 1 << 20  // bytes of text of one page
	ocrWidth      = 2480     // pixels: A4 at 300 dots an inch
	maxFailures   = 3        // after so many pages that cannot be drawn the others are not tried
)

// Extractor is the kb.Extractor of child processes.
type Extractor struct {
	config Config
	pool   *pool
}

// New makes an extractor. Children are started when there is something to read.
func New(c Config) (*Extractor, error) {
	if len(c.Command) == 0 {
		self, err := os.Executable()
		if err != nil {
			return nil, err
		}
		c.Command = []string{self, "extract-worker"}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Workers, c.Files = cmp.Or(c.Workers, 2), cmp.Or(c.Files, 200)
	c.Memory, c.Limits = cmp.Or(c.Memory, 1<<30), cmp.Or(c.Limits, format.Defaults())
	c.Text, c.Picture, c.OCR = cmp.Or(c.Text, 30*time.Second), cmp.Or(c.Picture, 5*time.Second), cmp.Or(c.OCR, 20*time.Second)
	return &Extractor{config: c, pool: newPool(c)}, nil
}

// Close waits for jobs under way and ends the children.
func (x *Extractor) Close() error { x.pool.close(); return nil }

// Edition numbers what the extractor gives.
func (x *Extractor) Edition() int { return edition }

// Recognises reports whether Tesseract is there.
func (x *Extractor) Recognises() bool { return x.config.Programs.Tesseract != "" }

// Read gives the text of a file.
func (x *Extractor) Read(ctx context.Context, f kb.Source) (*kb.Reading, error) {
	got := &answer{limits: x.config.Limits, left: int(x.config.Limits.Text)}
	j := job{Ask: askRead, Enough: x.config.Text * 4 / 5}
	if err := x.run(ctx, f, j, x.config.Text, got.frame); err != nil {
		return nil, err
	}
	return got.reading()
}

// run has a child do a job with a file.
func (x *Extractor) run(ctx context.Context, f kb.Source, j job, limit time.Duration, on func(byte, []byte) (bool, error)) error {
	file, release, err := descriptorOf(f.Blob)
	if err != nil {
		return err
	}
	s := setup{Cache: x.config.Cache, Memory: x.config.Memory}
	if j.Ask == askRecognise || j.Ask == askDraw && j.Format != format.PDF && j.Format != format.Image {
		s.Programs = x.config.Programs
	}
	j.Name, j.Size, j.Limits = clip(f.Name, maxShort), f.Blob.Size(), x.config.Limits
	return errors.Join(x.pool.do(ctx, s, request{what: j, file: file, limit: limit, on: on}), release())
}

// descriptorOf gives a descriptor of a blob that can only be read: its own, or that of
// a copy without a name.
func descriptorOf(b kb.Blob) (opened, func() error, error) {
	if file, ok := b.(opened); ok {
		return file, func() error { return nil }, nil
	}
	draft, err := os.CreateTemp("", "leerkring-read-")
	if err != nil {
		return nil, nil, err
	}
	_, err = io.Copy(draft, io.NewSectionReader(b, 0, b.Size()))
	file, openErr := os.Open(draft.Name())
	if err := errors.Join(err, openErr, os.Remove(draft.Name()), draft.Close()); err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, file.Close, nil
}

// Pictures draws pages; those that cannot be drawn get a card.
func (x *Extractor) Pictures(ctx context.Context, f kb.Source, r *kb.Reading, pages []int, width int, put func(page int, png []byte) error) error {
	card := func(page int) error {
		p := kb.ReadPage{Number: page, Title: f.Name}
		if at := max(page, 1) - 1; at < len(r.Pages) {
			p = r.Pages[at]
		}
		png, err := picture.Card(cmp.Or(p.Title, r.Title), p.Text, width)
		if err != nil {
			return err
		}
		return put(page, png)
	}
	ask := func(pages []int) job { return job{Ask: askDraw, Format: r.Format, Pages: pages, Width: width} }
	limit := x.config.Picture
	if r.Format != format.PDF && r.Format != format.Image {
		limit = x.config.Text // LibreOffice draws all pages before the first is there
	}
	return x.each(ctx, f, ask, pages, items{limit, maxPicture}, func(page int, png []byte) error {
		if len(png) == 0 {
			return card(page)
		}
		return put(page, png)
	})
}

// Recognise gives the text in pictures of pages.
func (x *Extractor) Recognise(ctx context.Context, f kb.Source, r *kb.Reading, pages []int, put func(page int, text string) error) error {
	ask := func(pages []int) job {
		return job{Ask: askRecognise, Format: r.Format, Pages: pages, Width: ocrWidth}
	}
	return x.each(ctx, f, ask, pages, items{x.config.OCR, maxRecognised}, func(page int, found []byte) error {
		return put(page, strings.TrimSpace(plain(string(found), maxRecognised)))
	})
}
