package mongo

import (
	"context"
	"maps"
	"math"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// view is what a writer knows of the records and keys that its writes touch, as
// of a number.
type view struct {
	number kb.Seq
	heads  map[kb.ID]int    // the stored version of the records that are written
	holder map[string]kb.ID // who holds the keys that are asked for, "" for nobody
}

// look reads the number first: what is read after it is at least as new.
func (s *Store) look(ctx context.Context, writes []write) (*view, error) {
	number, err := s.Last(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]kb.ID, len(writes))
	var keys []string
	for i, w := range writes {
		ids[i] = w.record.ID
		keys = append(keys, w.record.Keys...)
	}
	v := &view{number: number, holder: make(map[string]kb.ID, len(keys))}
	if v.heads, err = s.heads(ctx, ids); err != nil {
		return nil, err
	}
	held, err := s.Find(ctx, keys)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		v.holder[key] = held[key]
	}
	return v, nil
}

// catchUp brings a view to the end of the log and gives the rows that were new.
func (s *Store) catchUp(ctx context.Context, v *view) ([]entry, error) {
	var rows []entry
	fields := options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetProjection(entryFields())
	err := each(ctx, s, between(v.number, math.MaxInt64), fields, func(e entry) bool {
		rows = append(rows, e)
		v.apply(e.ID, e.Version, e.Keys)
		v.number = e.Seq
		return true
	})
	return rows, err
}

// apply adds a write to the view. Only a record that was there before can let go of a key.
func (v *view) apply(id kb.ID, version int, keys []string) {
	v.heads[id] = version
	if version > 1 {
		for key, by := range v.holder {
			if by == id && !slices.Contains(keys, key) {
				v.holder[key] = ""
			}
		}
	}
	for _, key := range keys {
		v.holder[key] = id
	}
}

// refuse says why a record may not be written now, or nil.
func (v *view) refuse(r kb.Record) error {
	if err := store.Refuse(r, v.heads[r.ID]); err != nil {
		return err
	}
	for _, key := range r.Keys {
		if by := v.holder[key]; by != "" && by != r.ID {
			return store.KeyTaken(key)
		}
	}
	return nil
}

func (v *view) clone() *view {
	return &view{number: v.number, heads: maps.Clone(v.heads), holder: maps.Clone(v.holder)}
}
