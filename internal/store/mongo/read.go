package mongo

import (
	"context"
	"maps"
	"math"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// chunk is how many values one query names at most.
const chunk = 500

// Get gives the current versions by id.
func (s *Store) Get(ctx context.Context, ids []kb.ID) (map[kb.ID]kb.Record, error) {
	heads, err := s.heads(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[kb.ID]kb.Record, len(heads))
	for some := range slices.Chunk(slices.Collect(maps.Keys(heads)), chunk) {
		var rows bson.A
		for _, id := range some {
			rows = append(rows, bson.D{{Key: "id", Value: id}, {Key: "version", Value: heads[id]}})
		}
		err := each(ctx, s, bson.D{{Key: "$or", Value: rows}}, options.Find(), func(d document) bool {
			found[d.ID] = d.record()
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// heads gives the highest version of each record, from the index alone.
func (s *Store) heads(ctx context.Context, ids []kb.ID) (map[kb.ID]int, error) {
	found := make(map[kb.ID]int, len(ids))
	fields := options.Find().SetProjection(bson.D{{Key: "_id", Value: 0}, {Key: "id", Value: 1}, {Key: "version", Value: 1}})
	for some := range slices.Chunk(ids, chunk) {
		err := each(ctx, s, oneOf("id", some), fields, func(e entry) bool {
			found[e.ID] = max(found[e.ID], e.Version)
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Find gives the record that holds each key now. The last row that names a key
// tells: its record holds the key, unless a later version of it let go.
func (s *Store) Find(ctx context.Context, keys []string) (map[string]kb.ID, error) {
	last := make(map[string]entry, len(keys))
	for some := range slices.Chunk(keys, chunk) {
		err := each(ctx, s, oneOf("keys", some), options.Find().SetProjection(entryFields()), func(e entry) bool {
			for _, key := range e.Keys {
				if e.Seq > last[key].Seq {
					last[key] = e
				}
			}
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	var ids []kb.ID
	for _, e := range last {
		ids = append(ids, e.ID)
	}
	heads, err := s.heads(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[string]kb.ID, len(keys))
	for _, key := range keys {
		if e, ok := last[key]; ok && heads[e.ID] == e.Version {
			found[key] = e.ID
		}
	}
	return found, nil
}

// Changes reads the feed, without the versions that have been replaced since.
func (s *Store) Changes(ctx context.Context, after kb.Seq, limit int) (kb.Changes, error) {
	step, err := s.Log(ctx, after, limit)
	if err != nil || len(step.Records) == 0 {
		return step, err
	}
	ids := make([]kb.ID, len(step.Records))
	for i, r := range step.Records {
		ids[i] = r.ID
	}
	heads, err := s.heads(ctx, ids)
	if err != nil {
		return kb.Changes{Position: after}, err
	}
	step.Records = slices.DeleteFunc(step.Records, func(r kb.Record) bool { return r.Version < heads[r.ID] })
	return step, nil
}

// Log reads the feed with every version. Numbers have no gaps; a server that shows
// one has lost a write, and must not pass for one that has nothing more.
func (s *Store) Log(ctx context.Context, after kb.Seq, limit int) (kb.Changes, error) {
	step := kb.Changes{Position: after}
	last, err := s.Last(ctx)
	if err != nil || last <= after || limit < 1 {
		return step, err
	}
	end := min(last, after+kb.Seq(limit))
	size := 0
	err = each(ctx, s, between(after, end), byNumber(), func(d document) bool {
		if d.Seq != step.Position+1 {
			return false
		}
		step.Records = append(step.Records, d.record())
		step.Position = d.Seq
		size += store.Size(step.Records[len(step.Records)-1])
		return size < store.StepBytes
	})
	if err != nil {
		return kb.Changes{Position: after}, err
	}
	if step.Position < end && size < store.StepBytes {
		return kb.Changes{Position: after}, damaged("number %d is missing", step.Position+1)
	}
	return step, nil
}

// Revisions gives versions of a record, newest first.
func (s *Store) Revisions(ctx context.Context, id kb.ID, before, limit int) ([]kb.Record, error) {
	if limit < 1 {
		return nil, ctx.Err() // to the server 0 means no limit
	}
	if before == 0 {
		before = math.MaxInt
	}
	var found []kb.Record
	filter := bson.D{{Key: "id", Value: id}, {Key: "version", Value: bson.D{{Key: "$lt", Value: before}}}}
	newest := options.Find().SetSort(bson.D{{Key: "version", Value: -1}}).SetLimit(int64(limit))
	err := each(ctx, s, filter, newest, func(d document) bool {
		found = append(found, d.record())
		return true
	})
	return found, err
}

func oneOf[T any](field string, values []T) bson.D {
	return bson.D{{Key: field, Value: bson.D{{Key: "$in", Value: values}}}}
}

// between gives the rows after one number, up to and including another.
func between(after, end kb.Seq) bson.D {
	return bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: after}, {Key: "$lte", Value: end}}}}
}

func byNumber() *options.FindOptionsBuilder {
	return options.Find().SetSort(bson.D{{Key: "_id", Value: 1}})
}

// each calls f for every row of the log that matches, until f is false.
func each[T any](ctx context.Context, s *Store, filter bson.D, opts *options.FindOptionsBuilder, f func(T) bool) error {
	cursor, err := s.log.Find(ctx, filter, opts)
	if err != nil {
		return s.coded(ctx, err)
	}
	defer closeCursor(ctx, cursor)
	for cursor.Next(ctx) {
		var row T
		if err := cursor.Decode(&row); err != nil {
			return damaged("a row of the log: %w", err)
		}
		if !f(row) {
			return nil
		}
	}
	return s.coded(ctx, cursor.Err())
}

// closeCursor frees it on the server even when ctx is over. The server frees a
// forgotten one by itself later, so its error has no consequence.
func closeCursor(ctx context.Context, cursor *driver.Cursor) {
	_ = cursor.Close(context.WithoutCancel(ctx))
}
