package kb

import (
	"cmp"
	"context"
	"slices"
)

// Similar is a file with nearly the same text as another one.
type Similar struct {
	File *File
	// Record is its material.
	Record Entity
	// Likeness is between 0 and 1 (Likeness).
	Likeness float64
}

const (
	// similarLooked is how many files that share a band are compared at most.
	similarLooked = 20
	similarLeast  = 0.5
)

// Similar gives the files that the actor may read with nearly the same text as one
// of which they work on the material, most alike first. Pages that readers do not
// see are not compared for them.
func (f *Files) Similar(ctx context.Context, actor Actor, id ID) ([]Similar, error) {
	v, err := f.working(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if v.Extraction == nil || len(v.Extraction.Bands) == 0 {
		return nil, nil
	}
	own, err := f.whole(ctx, v)
	if err != nil || own == nil {
		return nil, err
	}
	states := []string{StateBytes(v.File.SHA256)}
	for _, b := range v.Extraction.Bands {
		states = append(states, stateBand(b))
	}
	if err := f.Own.Wait(ctx, actor); err != nil {
		return nil, err
	}
	res, err := f.Search.Search(ctx, actor, SearchRequest{
		Kinds: []Kind{KindFile}, Filter: Filter{States: []string{string(StatusPublished)}, AnyState: states}, Sort: SortNewest, First: similarLooked + 1,
	})
	if err != nil {
		return nil, err
	}
	var ids []ID
	for _, hit := range res.Hits {
		if other := hit.Entity.Base().ID; other != id {
			ids = append(ids, other)
		}
	}
	return f.compared(ctx, actor, own, ids)
}

// compared gives those of some files that are like a text.
func (f *Files) compared(ctx context.Context, actor Actor, own *Reading, ids []ID) ([]Similar, error) {
	views, err := f.Open(ctx, actor, ids)
	if err != nil {
		return nil, err
	}
	var out []Similar
	for _, v := range views {
		r, err := f.whole(ctx, v)
		if err != nil {
			return nil, err
		}
		if r == nil {
			continue
		}
		if !v.Works {
			r.withhold(v.File)
		}
		if alike := Likeness(own, r); alike >= similarLeast {
			out = append(out, Similar{File: v.File, Record: v.Record, Likeness: alike})
		}
	}
	slices.SortFunc(out, func(a, b Similar) int {
		return cmp.Or(cmp.Compare(b.Likeness, a.Likeness), cmp.Compare(a.File.ID, b.File.ID))
	})
	return out, nil
}
