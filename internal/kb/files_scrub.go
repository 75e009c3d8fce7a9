package kb

import (
	"context"
	"errors"
	"time"
)

// ScrubReport tells what a scrub did.
type ScrubReport struct {
	Blobs, Stages, Files int   // taken away
	Bytes                int64 // freed
}

// scrubAge is how old something must be before it is taken away: an upload that is
// being finished, on any server, is never that old.
const scrubAge = 24 * time.Hour

// Sweep finishes the uploads whose bytes are all there and that were cut off, and
// takes those away that are over. It looks at what the index knows of.
func (f *Files) Sweep(ctx context.Context) (finished int, err error) {
	var uploads []*Upload
	req := SearchRequest{Kinds: []Kind{KindUpload}, Filter: Filter{States: []string{string(StatusPublished)}}, Sort: SortOldest, First: MaxPage}
	err = eachPage(ctx, f.Search, req, func(hits []Hit) error {
		for _, hit := range hits {
			if u, ok := hit.Entity.(*Upload); ok {
				uploads = append(uploads, u)
			}
		}
		return nil
	})
	var all error
	for _, u := range uploads {
		done, swept := f.sweep(ctx, u.ID)
		if done {
			finished++
		}
		all = errors.Join(all, swept)
	}
	return finished, errors.Join(err, all)
}

// sweep looks at one upload.
func (f *Files) sweep(ctx context.Context, id ID) (finished bool, err error) {
	u, ok, err := liveOf[*Upload](ctx, f.Store, id)
	if err != nil || !ok {
		return false, err
	}
	if !u.ExpiresAt.After(f.Now()) {
		return false, f.giveUp(ctx, u)
	}
	if u.File != "" {
		return false, nil
	}
	s, err := f.state(ctx, u)
	switch CodeOf(err) {
	case Invalid, Forbidden, Unauthenticated, NotFound, Conflict:
		return false, nil // its material does not take it, and it was given up
	}
	return s.File != "", err
}

// Scrub takes away what is a day old and belongs to nothing: files that no half of
// their material lists, bytes that no file names, stages of no upload. A file that is
// taken away frees its bytes, also where earlier versions of its material name it.
func (f *Files) Scrub(ctx context.Context) (ScrubReport, error) {
	var report ScrubReport
	old := f.Now().Add(-scrubAge)
	used := map[string]bool{}
	stages := map[ID]bool{}
	if err := f.scrubFiles(ctx, old, used, stages, &report); err != nil {
		return report, err
	}
	var gone []Stored
	err := f.Blobs.Walk(ctx, func(s Stored) error {
		if s.Changed.Before(old) && !used[s.SHA256] && !stages[s.Stage] {
			gone = append(gone, s)
		}
		return nil
	})
	for _, s := range gone {
		if err == nil {
			err = f.takeAway(ctx, s, &report)
		}
	}
	return report, err
}

// scrubFiles reads all files and uploads from the store, which knows of each that was
// acknowledged. It takes away the files that are listed nowhere, and gathers which
// bytes and stages the others use.
func (f *Files) scrubFiles(ctx context.Context, old time.Time, used map[string]bool, stages map[ID]bool, report *ScrubReport) error {
	return Walk(ctx, f.Store.Changes, func(records []Record) error {
		var ids []ID
		for _, r := range records {
			e, err := decodeIf(r, KindFile, KindUpload)
			if err != nil {
				return err
			}
			switch x := e.(type) {
			case *File:
				used[x.SHA256] = true
				ids = append(ids, x.ID)
			case *Upload:
				used[x.SHA256], stages[x.ID] = true, true
			}
		}
		delete(used, "")
		return f.dropUnlisted(ctx, ids, old, report)
	})
}

func decodeIf(r Record, kinds ...Kind) (Entity, error) {
	for _, k := range kinds {
		if r.Kind == k {
			return decodeLive(r)
		}
	}
	return nil, nil // another kind, and no error
}

// dropUnlisted takes away those of some files that no half of their material lists.
// Their bytes go the next time: other files may have the same.
func (f *Files) dropUnlisted(ctx context.Context, ids []ID, old time.Time, report *ScrubReport) error {
	placed, err := placeFiles(ctx, f.Store, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		p := placed[id]
		if p != nil && (p.listed() || p.file.UpdatedAt.After(old) || workOf(p.live, p.copy).Base().UpdatedAt.After(old)) {
			continue
		}
		file, ok, err := liveOf[*File](ctx, f.Store, id)
		if err != nil {
			return err
		}
		if !ok || file.UpdatedAt.After(old) {
			continue
		}
		_, err = f.drop(ctx, System(), file, Event{Type: EventFileRemoved, About: file.Record})
		if err == nil {
			report.Files++
		} else if CodeOf(err) != Conflict {
			return err
		}
	}
	return nil
}

// takeAway deletes a blob with its extraction, or a stage.
func (f *Files) takeAway(ctx context.Context, s Stored, report *ScrubReport) error {
	report.Bytes += s.Size
	if s.Stage != "" {
		report.Stages++
		return f.Blobs.Discard(ctx, s.Stage)
	}
	report.Blobs++
	x, ok, err := liveOf[*Extraction](ctx, f.Store, ExtractionID(s.SHA256))
	if err == nil && ok {
		_, err = f.drop(ctx, Actor{}, x, Event{Type: EventInternal})
	}
	if err != nil {
		return err
	}
	return f.Blobs.Delete(ctx, s.SHA256)
}
