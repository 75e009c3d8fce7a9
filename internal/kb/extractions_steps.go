package kb

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"
)

const (
	// pictureWidth is how many pixels wide the picture of a page is at most,
	// thumbnailWidth that of the small one of the file.
	pictureWidth   = 1_200
	thumbnailWidth = 320
	// maxPictures is for how many pages of a file pictures are made.
	maxPictures = 500
	// keepEvery is after how many recognised pages they are kept, so that people see
	// how far it is and a crash repeats no more.
	keepEvery = 10
	// maxSerious is how many serious findings an extraction names one by one.
	maxSerious = 500
)

// source opens the bytes of an extraction for the time of use.
func (x *Extractions) source(ctx context.Context, e *Extraction, use func(Source) error) error {
	b, err := x.Blobs.Open(ctx, e.SHA256)
	if err != nil {
		return err
	}
	return errors.Join(use(Source{Blob: b, Name: e.Name}), b.Close())
}

// read reads the text of a file.
func (x *Extractions) read(ctx context.Context, e *Extraction) error {
	var r *Reading
	err := x.source(ctx, e, func(s Source) (err error) {
		r, err = x.Extractor.Read(ctx, s)
		return err
	})
	if err != nil {
		return err
	}
	r.bound()
	if !r.State.Settled() || r.State == ExtractionFailed || !slices.Contains(ExtractionStates(), r.State) {
		return &Unread{Reason: ExtractionFailed, Detail: "the extractor gave the state " + string(r.State)}
	}
	if r.State.unread() {
		r.Findings = withUnchecked(r.Findings)
	}
	if err := x.putReading(ctx, e.SHA256, r); err != nil {
		return err
	}
	e.Edition, e.Tries, e.Error, e.State = x.Extractor.Edition(), 0, "", r.State
	e.note(r)
	e.Pictures = PicturesNone
	if len(r.Pages) > 0 || r.Format == "image" {
		e.Pictures = PicturesWaiting
	}
	if (r.State == ExtractionNoText || r.State == ExtractionRead) && x.Extractor.Recognises() && len(unrecognised(r)) > 0 {
		e.State = ExtractionRecognising
	}
	return x.settle(ctx, e)
}

func withUnchecked(findings []Finding) []Finding {
	if slices.ContainsFunc(findings, func(f Finding) bool { return f.Key == UncheckedKey }) {
		return findings
	}
	return append([]Finding{uncheckedFinding()}, findings...)
}

// note says in short what was read.
func (e *Extraction) note(r *Reading) {
	e.Format, e.MediaType, e.Unit, e.Pages, e.Language = r.Format, r.MediaType, r.Unit, len(r.Pages), r.Language
	e.Bands, e.Findings, e.Serious = Bands(r), len(r.Findings), nil
	for _, f := range r.Findings {
		if f.Severity != Serious {
			continue
		}
		if len(e.Serious) == maxSerious {
			e.unchecked()
			return
		}
		e.Serious = append(e.Serious, SeriousFinding{Key: f.Key, Page: f.Page})
	}
}

// unrecognised gives the pages that are pictures, and of which no text is known.
func unrecognised(r *Reading) []int {
	var out []int
	for _, p := range r.Pages {
		if p.Picture && p.Text == "" {
			out = append(out, p.Number)
		}
	}
	return out
}

// kept gives all that was read from a file, also its texts.
func (x *Extractions) kept(ctx context.Context, e *Extraction) (r *Reading, err error) {
	err = useReading(ctx, x.Blobs, e.SHA256, func(k *KeptReading) error {
		r, err = k.all()
		return err
	})
	if err == nil && r == nil {
		err = Errorf(NotFound, Text{"Wat uit dit bestand is gelezen, is weg.", "What was read from this file is gone."})
	}
	return r, err
}

// draw makes the thumbnail of a file and the pictures of its pages. Those that are made
// stay, also when a later one fails.
func (x *Extractions) draw(ctx context.Context, e *Extraction) error {
	r, err := x.kept(ctx, e)
	if err != nil {
		return err
	}
	var pages []int
	for _, p := range r.Pages[:min(len(r.Pages), maxPictures)] {
		pages = append(pages, p.Number)
	}
	put := func(page int, png []byte) error {
		name := ThumbnailName
		if page > 0 {
			name = PictureName(page)
		}
		if err := x.Blobs.PutDerived(ctx, e.SHA256, name, bytes.NewReader(png)); err != nil {
			return err
		}
		return x.stillMine(ctx, e)
	}
	err = x.source(ctx, e, func(s Source) error {
		if err := x.Extractor.Pictures(ctx, s, r, []int{0}, thumbnailWidth, put); err != nil || len(pages) == 0 {
			return err
		}
		return x.Extractor.Pictures(ctx, s, r, pages, pictureWidth, put)
	})
	if err != nil {
		return err
	}
	e.Pictures, e.Tries, e.Error = PicturesMade, 0, ""
	return x.release(ctx, e)
}

// stillMine holds a job on when half of its lease is over.
func (x *Extractions) stillMine(ctx context.Context, e *Extraction) error {
	if e.LeaseUntil.Sub(x.Now()) > leaseTime/2 {
		return ctx.Err()
	}
	return x.renew(ctx, e)
}

// release ends a job that is done.
func (x *Extractions) release(ctx context.Context, e *Extraction) error {
	e.Attempt, e.LeaseUntil = "", time.Time{}
	return x.write(ctx, e, EventInternal)
}

// recognise reads the text in the pictures of pages, page by page.
func (x *Extractions) recognise(ctx context.Context, e *Extraction) error {
	r, err := x.kept(ctx, e)
	if err != nil {
		return err
	}
	since := 0
	put := func(page int, text string) error {
		i := slices.IndexFunc(r.Pages, func(p ReadPage) bool { return p.Number == page })
		if i < 0 {
			return nil
		}
		r.Pages[i].Text = text
		if since++; since < keepEvery {
			return x.stillMine(ctx, e)
		}
		since = 0
		r.bound()
		if err := x.putReading(ctx, e.SHA256, r); err != nil {
			return err
		}
		return x.stillMine(ctx, e)
	}
	err = x.source(ctx, e, func(s Source) error { return x.Extractor.Recognise(ctx, s, r, unrecognised(r), put) })
	r.bound()
	if kept := x.putReading(context.WithoutCancel(ctx), e.SHA256, r); err != nil || kept != nil {
		return errors.Join(err, kept)
	}
	e.Tries, e.Error = 0, ""
	return x.recognised(ctx, e)
}

// recognised ends the reading of a file of which all text is known that can be had.
func (x *Extractions) recognised(ctx context.Context, e *Extraction) error {
	r, err := x.kept(ctx, e)
	if err != nil {
		return err
	}
	r.State, r.Findings = ExtractionNoText, slices.DeleteFunc(r.Findings, func(f Finding) bool { return f.Key == UncheckedKey })
	if slices.ContainsFunc(r.Pages, func(p ReadPage) bool { return p.Text != "" }) {
		r.State = ExtractionRead
	} else {
		r.Findings = withUnchecked(r.Findings)
	}
	if x.Check != nil {
		for _, f := range x.Check(r) {
			if !slices.ContainsFunc(r.Findings, func(had Finding) bool { return had.Key == f.Key }) {
				r.Findings = append(r.Findings, f)
			}
		}
	}
	r.bound()
	if err := x.putReading(ctx, e.SHA256, r); err != nil {
		return err
	}
	e.State = r.State
	e.note(r)
	return x.settle(ctx, e)
}
