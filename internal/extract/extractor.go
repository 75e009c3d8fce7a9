//go:build unix

package extract

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/picture"
	"leerkring/internal/kb"
)

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

// New makes an extractor. With a folder for compiled code, its first child is started at
// once, in the background: the first file of a machine need not wait for a compiler.
func New(c Config) (*Extractor, error) {
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
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
	if j.Ask == askRecognise || j.Ask == askDraw && !ownDrawing(j.Format) {
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
	draw := func(page int, png []byte) error {
		if len(png) > 0 {
			return put(page, png)
		}
		p := kb.ReadPage{Title: f.Name}
		if at := max(page, 1) - 1; at < len(r.Pages) {
			p = r.Pages[at]
		}
		png, err := picture.Card(cmp.Or(p.Title, r.Title), p.Text, width)
		if err != nil {
			return err
		}
		return put(page, png)
	}
	drawn := drawable(r, pages)
	ask := func(pages []int) job { return job{Ask: askDraw, Format: r.Format, Pages: pages, Width: width} }
	of := items{x.config.Picture, maxPicture, maxFailures}
	if !ownDrawing(r.Format) {
		of.limit, of.failures = x.config.Text, 1 // LibreOffice draws all pages before the first is there
	}
	if err := x.each(ctx, f, ask, drawn, of, draw); err != nil {
		return err
	}
	return nothing(pages[len(drawn):], draw)
}

// ownDrawing reports whether a format is drawn without another program.
func ownDrawing(name string) bool { return name == format.PDF || name == format.Image }

// drawable gives the first of the pages, as far as there are pictures of them: all of
// what has pages of its own. Of sheets, and of text that flows, LibreOffice makes other
// pages than ours, and only the first can stand for the whole. Pages of the web and
// plain text get cards.
func drawable(r *kb.Reading, pages []int) []int {
	switch r.Format {
	case format.PDF, format.Image:
		return pages
	case format.DOCX, format.PPTX, format.XLSX, format.ODT, format.ODP, format.ODS:
	default:
		return nil
	}
	if r.Unit == kb.UnitPage || r.Unit == kb.UnitSlide {
		return pages
	}
	if len(pages) > 0 && pages[0] == 0 {
		return pages[:1]
	}
	return nil
}

// Recognise gives the text in pictures of pages.
func (x *Extractor) Recognise(ctx context.Context, f kb.Source, r *kb.Reading, pages []int, put func(page int, text string) error) error {
	ask := func(pages []int) job {
		return job{Ask: askRecognise, Format: r.Format, Pages: pages, Width: ocrWidth}
	}
	return x.each(ctx, f, ask, pages, items{x.config.OCR, maxRecognised, maxFailures}, func(page int, found []byte) error {
		return put(page, strings.TrimSpace(plain(string(found), maxRecognised)))
	})
}
