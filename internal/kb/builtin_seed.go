package kb

import (
	"bytes"
	"context"
)

// Seed writes the built-in records that a store does not have yet, and brings
// regions up to date that only a seed has ever written. Themes that exist are
// left alone, since editors own them, and so is what anyone deleted. When there
// is nothing to do it costs one Get.
//
// Another process may seed the same store at the same time: what it wrote first,
// and a slug or code that someone's own record already holds, is left as it is.
func Seed(ctx context.Context, store Store) error {
	entities := Builtin()
	ids := make([]ID, len(entities))
	for i, e := range entities {
		ids[i] = e.Base().ID
	}
	stored, err := store.Get(ctx, ids)
	if err != nil {
		return err
	}
	var writes []Record
	for _, e := range entities {
		next, err := NewRecord(e, nil)
		if err != nil {
			return err
		}
		current, exists := stored[next.ID]
		if exists && !outdatedSeed(current, next) {
			continue
		}
		next.Version = current.Version + 1
		writes = append(writes, next)
	}
	if len(writes) == 0 {
		return nil
	}
	return putSeed(ctx, store, writes)
}

// outdatedSeed reports whether a stored record is a region as an earlier release
// wrote it and nobody since.
func outdatedSeed(current, next Record) bool {
	if current.Kind != KindRegion || current.Deleted || current.By != "" || len(current.Copy) > 0 {
		return false
	}
	if bytes.Equal(current.Live, next.Live) {
		return false
	}
	live, err := Decode(current.Kind, current.Version, current.Live)
	if err != nil {
		return false // not ours to mend: verify reports it
	}
	origin := live.Base().Origin
	return origin != nil && origin.Source == BuiltinSource
}

func putSeed(ctx context.Context, store Store, writes []Record) error {
	results, err := store.Put(ctx, writes)
	if err != nil {
		return err
	}
	for _, r := range results {
		if code := CodeOf(r.Err); r.Err != nil && code != Conflict && code != KeyTaken {
			return r.Err
		}
	}
	return nil
}
