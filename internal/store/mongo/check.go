package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"leerkring/internal/kb"
)

// Check reads the whole log and gives Damaged unless it holds together: numbers
// from 1 without a gap, versions of every record from 1 without a gap, and at no
// moment a key with two holders.
func (s *Store) Check(ctx context.Context) error {
	v := &view{heads: map[kb.ID]int{}, holder: map[string]kb.ID{}}
	held := map[kb.ID][]string{}
	var wrong error
	fields := options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetProjection(entryFields())
	err := each(ctx, s, bson.D{}, fields, func(e entry) bool {
		wrong = v.check(e, held)
		return wrong == nil
	})
	if err != nil {
		return err
	}
	return wrong
}

// check adds a row to the view of all rows before it.
func (v *view) check(e entry, held map[kb.ID][]string) error {
	if e.Seq != v.number+1 {
		return damaged("number %d is missing", v.number+1)
	}
	if e.Version != v.heads[e.ID]+1 {
		return damaged("number %d: version %d follows version %d", e.Seq, e.Version, v.heads[e.ID])
	}
	for _, key := range held[e.ID] {
		delete(v.holder, key)
	}
	for _, key := range e.Keys {
		if by := v.holder[key]; by != "" {
			return damaged("number %d: its key is held by another record", e.Seq)
		}
		v.holder[key] = e.ID
	}
	held[e.ID] = e.Keys
	v.heads[e.ID], v.number = e.Version, e.Seq
	return nil
}
