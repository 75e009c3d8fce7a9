//go:build unix

package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/office"
	"leerkring/internal/extract/pdf"
	"leerkring/internal/extract/picture"
	"leerkring/internal/extract/text"
	"leerkring/internal/kb"
)

// worker is what runs in a child.
type worker struct {
	line   *line
	engine *pdf.Engine
	setup  setup
}

// Work does the jobs that the parent sends, until it is gone. It is all that the
// hidden command extract-worker does.
func Work(ctx context.Context) error {
	l, err := inherited()
	if err != nil {
		return err
	}
	defer func() { _ = l.Close() }() // the process ends
	var s setup
	if file, err := l.receive(&s); err != nil || file != nil {
		return errors.Join(err, errors.New("extract: no setup"))
	}
	engine, err := pdf.Open(ctx, s.Cache)
	if err != nil {
		return err
	}
	missing, err := confine(s)
	if err != nil {
		return err
	}
	w := &worker{line: l, engine: engine, setup: s}
	if err := writeJSON(l, frameReady, missing); err != nil {
		return err
	}
	for {
		var j job
		file, err := l.receive(&j)
		if errors.Is(err, io.EOF) {
			return engine.Close(ctx)
		}
		if err != nil || file == nil {
			return errors.Join(err, errors.New("extract: a job without a file"))
		}
		if err := errors.Join(w.do(ctx, j, file), file.Close()); err != nil {
			return err
		}
	}
}

// do does one job. What is wrong with the file is told to the parent; other errors end
// the child.
func (w *worker) do(ctx context.Context, j job, file *os.File) error {
	begun := time.Now()
	in := format.Input{
		ReaderAt: file, Size: j.Size, Name: j.Name, Limits: j.Limits,
		Late: func() bool { return time.Since(begun) > j.Enough },
	}
	var err error
	switch j.Ask {
	case askRead:
		err = w.read(in)
	case askDraw:
		err = w.draw(ctx, in, j, w.item)
	case askRecognise:
		err = w.draw(ctx, in, j, func(page int, png []byte) error { return w.recognise(ctx, page, png) })
	default:
		return fmt.Errorf("extract: cannot %q", j.Ask)
	}
	if problem, ok := errors.AsType[*format.Problem](err); ok {
		return writeJSON(w.line, frameProblem, problem)
	}
	if err != nil {
		return err
	}
	return writeFrame(w.line, frameDone, nil)
}

func (w *worker) read(in format.Input) error {
	kind, err := Sniff(in)
	r := &kb.Reading{}
	if err == nil {
		r, err = w.reader(kind.Format)(in)
	}
	if problem, ok := errors.AsType[*format.Problem](err); ok {
		r = &kb.Reading{State: problem.State}
	} else if err != nil {
		return err
	}
	r.Format, r.MediaType = kind.Format, kind.MediaType
	if r.State == "" {
		finish(r)
	}
	return w.send(r, in.Limits)
}

// reader gives the reader of a format.
func (w *worker) reader(name string) format.Reader {
	switch name {
	case format.PDF:
		return w.engine.Read
	case format.DOCX:
		return office.ReadDOCX
	case format.PPTX:
		return office.ReadPPTX
	case format.XLSX:
		return office.ReadXLSX
	case format.ODT:
		return office.ReadODT
	case format.ODP:
		return office.ReadODP
	case format.ODS:
		return office.ReadODS
	case format.Image:
		return picture.Read
	case format.HTML:
		return text.ReadHTML
	case format.Markdown:
		return text.ReadMarkdown
	case format.CSV:
		return text.ReadCSV
	case format.Text:
		return text.ReadText
	}
	return func(format.Input) (*kb.Reading, error) {
		return nil, format.Problemf(kb.ExtractionUnsupported, "there is no reader of %q", name)
	}
}

// send sends a reading: first what it says as a whole, then page by page.
func (w *worker) send(r *kb.Reading, limits format.Limits) error {
	pages := r.Pages
	r.Pages = nil
	bound(r, limits)
	if err := writeJSON(w.line, frameHead, r); err != nil {
		return err
	}
	for _, p := range pages {
		body, notes := p.Text, p.Notes
		p.Text, p.Notes, p.Title = "", "", plain(p.Title, maxShort)
		err := errors.Join(writeJSON(w.line, framePage, p), writeChunks(w.line, frameText, []byte(body)), writeChunks(w.line, frameNotes, []byte(notes)))
		if err != nil {
			return err
		}
	}
	return nil
}

// draw draws pages. One that cannot be drawn is nothing.
func (w *worker) draw(ctx context.Context, in format.Input, j job, put func(page int, png []byte) error) error {
	switch j.Format {
	case format.PDF:
		return w.engine.Draw(in, j.Pages, j.Width, put)
	case format.Image:
		png, err := picture.Image(in, j.Width)
		if err != nil {
			return err
		}
		for _, page := range j.Pages {
			if err := put(page, png); err != nil {
				return err
			}
		}
		return nil
	}
	if w.setup.Programs.Soffice == "" {
		return preview(in, j, put)
	}
	drawn, err := w.setup.Programs.PDF(ctx, in, j.Format)
	if err != nil {
		return preview(in, j, put)
	}
	in.ReaderAt, in.Size = bytes.NewReader(drawn), int64(len(drawn))
	return w.engine.Draw(in, j.Pages, j.Width, put)
}

// preview gives the picture that a document holds of its first page, for a thumbnail.
func preview(in format.Input, j job, put func(page int, png []byte) error) error {
	if len(j.Pages) == 0 || j.Pages[0] != 0 {
		return nil // the pages have none
	}
	held, err := office.Preview(in)
	if err != nil {
		return err
	}
	in.ReaderAt, in.Size = bytes.NewReader(held), int64(len(held))
	png, err := picture.Image(in, j.Width)
	if err != nil {
		return err
	}
	return put(0, png)
}

func (w *worker) item(page int, body []byte) error {
	return errors.Join(writeJSON(w.line, frameItem, page), writeChunks(w.line, frameBytes, body), writeFrame(w.line, frameItemEnd, nil))
}

func (w *worker) recognise(ctx context.Context, page int, png []byte) error {
	if png == nil {
		return w.item(page, nil)
	}
	found, err := w.setup.Programs.Recognise(ctx, png)
	if err != nil {
		found = "" // of this page nothing can be told
	}
	return w.item(page, []byte(found))
}
