package storetest

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

// model is a store as simple as can be: the list of all writes.
type model struct{ log []kb.Record }

// current gives the newest version of a record, or none with version 0.
func (m *model) current(id kb.ID) kb.Record {
	for _, r := range slices.Backward(m.log) {
		if r.ID == id {
			return r
		}
	}
	return kb.Record{}
}

// holder gives the record that holds a key, or "".
func (m *model) holder(key string) kb.ID {
	for _, r := range m.log {
		if slices.Contains(m.current(r.ID).Keys, key) {
			return r.ID
		}
	}
	return ""
}

// put writes one record or gives the code of its refusal.
func (m *model) put(r kb.Record) (kb.Seq, kb.Code) {
	if r.Version != m.current(r.ID).Version+1 {
		return 0, kb.Conflict
	}
	for _, key := range r.Keys {
		if by := m.holder(key); by != "" && by != r.ID {
			return 0, kb.KeyTaken
		}
	}
	r.Seq = kb.Seq(len(m.log) + 1)
	m.log = append(m.log, r)
	return r.Seq, ""
}

// changes gives the current versions after a position.
func (m *model) changes(after kb.Seq) []kb.Record {
	return slices.DeleteFunc(slices.Clone(m.log[after:]), func(r kb.Record) bool {
		return m.current(r.ID).Version != r.Version
	})
}

// testModel does random writes and reads on the store and on the model, which
// must never differ. rapid prints what to repeat when they do.
func testModel(t *testing.T, fresh Fresh) {
	names := []string{"a", "b", "c", "d"}
	keys := []string{"k1", "k2", "k3"}
	ids := []kb.ID{id("a"), id("b"), id("c"), id("d")}
	rapid.Check(t, func(rt *rapid.T) {
		m := &model{}
		open := fresh(t)
		s := open()
		defer func() { _ = s.Close() }()
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			records := rapid.SliceOfN(drawRecord(m, names, keys), 1, 5).Draw(rt, "batch")
			compareBatch(rt, m, s, records)
			if rapid.IntRange(0, 9).Draw(rt, "reopen") == 0 {
				if err := s.Close(); err != nil {
					rt.Fatalf("Close: %v", err)
				}
				s = open()
			}
		}
		compareReads(rt, m, s, ids, keys)
	})
}

func drawRecord(m *model, names, keys []string) *rapid.Generator[kb.Record] {
	return rapid.Custom(func(rt *rapid.T) kb.Record {
		id := id(rapid.SampledFrom(names).Draw(rt, "name"))
		r := kb.Record{ID: id, Kind: kb.KindLesson, At: time.UnixMilli(rapid.Int64Range(0, 1<<41).Draw(rt, "at")).UTC()}
		r.Version = m.current(id).Version + rapid.SampledFrom([]int{1, 1, 1, 1, 1, 2, 2, 3, 0}).Draw(rt, "ahead")
		if rapid.IntRange(0, 5).Draw(rt, "delete") == 0 {
			r.Deleted = true
			return r
		}
		r.Keys = rapid.SliceOfNDistinct(rapid.SampledFrom(keys), 0, len(keys), rapid.ID[string]).Draw(rt, "keys")
		slices.Sort(r.Keys)
		text, err := json.Marshal(rapid.String().Draw(rt, "text"))
		if err != nil {
			rt.Fatal(err)
		}
		r.Live = text
		return r
	})
}

func compareBatch(rt *rapid.T, m *model, s kb.Store, records []kb.Record) {
	results, err := s.Put(rt.Context(), records)
	if err != nil {
		rt.Fatalf("Put: %v", err)
	}
	for i, r := range records {
		seq, code := m.put(r)
		if results[i].Seq != seq || kb.CodeOf(results[i].Err) != code {
			rt.Fatalf("write %d: got %d, %v; want %d, %q", i, results[i].Seq, results[i].Err, seq, code)
		}
	}
}

func compareReads(rt *rapid.T, m *model, s kb.Store, ids []kb.ID, keys []string) {
	current, held := map[kb.ID]kb.Record{}, map[string]kb.ID{}
	for _, id := range ids {
		if r := m.current(id); r.Version > 0 {
			current[id] = r
		}
	}
	for _, key := range keys {
		if id := m.holder(key); id != "" {
			held[key] = id
		}
	}
	got, err := s.Get(rt.Context(), ids)
	if err != nil {
		rt.Fatalf("Get: %v", err)
	}
	equal(rt, "Get", current, got)
	found, err := s.Find(rt.Context(), keys)
	if err != nil {
		rt.Fatalf("Find: %v", err)
	}
	equal(rt, "Find", held, found)
	after := kb.Seq(rapid.IntRange(0, len(m.log)).Draw(rt, "after"))
	limit := rapid.IntRange(1, 6).Draw(rt, "limit")
	equal(rt, fmt.Sprintf("Changes after %d", after), m.changes(after), feed(rt, s.Changes, after, limit))
	equal(rt, fmt.Sprintf("Log after %d", after), m.log[after:], feed(rt, s.Log, after, limit))
}
