package kb

import (
	"context"
	"errors"
	"slices"
)

// Reading gives what was read from a file, without the texts of its pages (Pages). To
// readers it gives no hidden pages, no findings, and of the properties of the
// document only its language. A file that was not read yet has only a State.
func (f *Files) Reading(ctx context.Context, actor Actor, id ID) (*Reading, error) {
	v, err := f.one(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	var out *Reading
	err = f.reading(ctx, v.File.SHA256, v.Extraction, func(k *KeptReading) error {
		out = k.Reading
		return nil
	})
	if err != nil {
		return nil, err
	}
	if out == nil {
		out = &Reading{MediaType: v.File.MediaType, State: ExtractionWaiting}
		if v.Extraction != nil {
			out.State = v.Extraction.State
		}
	}
	if !v.Works {
		out.withhold(v.File)
	}
	return out, nil
}

// withhold takes out what readers of a file do not see.
func (r *Reading) withhold(f *File) {
	r.Title, r.Authors, r.Subject, r.Keywords, r.Organisation, r.Created, r.Modified = "", nil, "", nil, "", nil, nil
	r.Findings = nil
	r.Pages = slices.DeleteFunc(r.Pages, func(p ReadPage) bool { return slices.Contains(f.Hidden, p.Number) })
	r.Outline = slices.DeleteFunc(r.Outline, func(e OutlineEntry) bool { return slices.Contains(f.Hidden, e.Page) })
}

// reading opens what was read from some bytes for the time of use; use is not called
// when nothing was kept yet.
func (f *Files) reading(ctx context.Context, sum string, x *Extraction, use func(*KeptReading) error) error {
	if x == nil || x.Edition == 0 {
		return nil
	}
	return useReading(ctx, f.Blobs, sum, use)
}

// useReading opens the reading beside a blob; use is not called where there is none.
func useReading(ctx context.Context, blobs Blobs, sum string, use func(*KeptReading) error) error {
	b, err := blobs.OpenDerived(ctx, sum, ReadingName)
	if CodeOf(err) == NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	k, err := OpenReading(b)
	if err == nil {
		err = use(k)
	}
	return errors.Join(err, b.Close())
}

// maxPagesAtOnce bounds one answer of Pages.
const maxPagesAtOnce = 200

// Pages gives at most n pages with their text, 1 to 200, from the page with a number
// on. Readers get no hidden pages.
func (f *Files) Pages(ctx context.Context, actor Actor, id ID, from, n int) ([]ReadPage, error) {
	if n < 1 || n > maxPagesAtOnce {
		return nil, Errorf(Invalid, Text{"Vraag 1 tot en met %d pagina's per keer.", "Ask for 1 up to %d pages at a time."}, maxPagesAtOnce)
	}
	v, err := f.one(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	var out []ReadPage
	err = f.reading(ctx, v.File.SHA256, v.Extraction, func(k *KeptReading) error {
		for i, p := range k.Reading.Pages {
			if len(out) == n {
				break
			}
			if p.Number < from || !v.Works && slices.Contains(v.File.Hidden, p.Number) {
				continue
			}
			page, err := k.Page(i)
			if err != nil {
				return err
			}
			out = append(out, page)
		}
		return nil
	})
	return out, err
}

// Download is something to fetch. Who gets it closes the Blob.
type Download struct {
	Name, MediaType string
	// SHA256 is that of the original, also of what was derived from it.
	SHA256 string
	Blob   Blob
}

// Original opens the bytes of a file. Forbidden while pages of it are hidden for the
// actor.
func (f *Files) Original(ctx context.Context, actor Actor, id ID) (Download, error) {
	v, err := f.one(ctx, actor, id)
	if err != nil {
		return Download{}, err
	}
	if !v.Original {
		return Download{}, hiddenPages(actor)
	}
	b, err := f.Blobs.Open(ctx, v.File.SHA256)
	return Download{Name: v.File.Name, MediaType: v.File.MediaType, SHA256: v.File.SHA256, Blob: b}, err
}

func hiddenPages(actor Actor) error {
	return forbidden(actor, Text{"Van dit bestand zijn pagina's verborgen. U kunt de andere pagina's lezen, maar het bestand niet ophalen.", "Pages of this file are hidden. You can read the other pages, but not fetch the file."})
}

// Picture opens the picture of a page, or the thumbnail for page 0. NotFound while
// there is none, and for hidden pages; the thumbnail shows page 1 and is hidden with it.
func (f *Files) Picture(ctx context.Context, actor Actor, id ID, page int) (Download, error) {
	v, err := f.one(ctx, actor, id)
	if err != nil {
		return Download{}, err
	}
	if page < 0 || !v.Works && slices.Contains(v.File.Hidden, max(page, 1)) {
		return Download{}, noFile()
	}
	name := ThumbnailName
	if page > 0 {
		name = PictureName(page)
	}
	b, err := f.Blobs.OpenDerived(ctx, v.File.SHA256, name)
	return Download{Name: name, MediaType: "image/png", SHA256: v.File.SHA256, Blob: b}, err
}
