package storetest

import (
	"testing"

	"leerkring/internal/kb"
)

func testKeys(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	all := []string{"k1", "k2", "k3", "k4"}

	put(t, s, record("a", 1, "k1", "k2"))
	holders(t, s, all, map[string]string{"k1": "a", "k2": "a"})
	refused(t, s, record("b", 1, "k2", "k3"), kb.KeyTaken)
	holders(t, s, all, map[string]string{"k1": "a", "k2": "a"}) // the refused write took nothing
	put(t, s, record("b", 1, "k3"))

	put(t, s, record("a", 2, "k2", "k4")) // keeps one, frees one, takes one
	holders(t, s, all, map[string]string{"k2": "a", "k3": "b", "k4": "a"})
	put(t, s, record("b", 2, "k1", "k3"))
	holders(t, s, all, map[string]string{"k1": "b", "k2": "a", "k3": "b", "k4": "a"})
	refused(t, s, record("a", 3, "k1"), kb.KeyTaken) // a held it once

	put(t, s, tombstone("b", 3))
	put(t, s, record("a", 3, "k1", "k2", "k3", "k4"))
	holders(t, s, all, map[string]string{"k1": "a", "k2": "a", "k3": "a", "k4": "a"})
	refused(t, s, record("b", 4, "k3"), kb.KeyTaken)
	put(t, s, record("b", 4))
	put(t, s, record("a", 4, "k1", "k1")) // named twice is held once
	put(t, s, record("b", 5, "k4", "k3", "k2"))
	holders(t, s, all, map[string]string{"k1": "a", "k2": "b", "k3": "b", "k4": "b"})
	refused(t, s, record("c", 5, "k1"), kb.Conflict) // the version is looked at first
}

// testKeysSwapped lets two records exchange their keys, which takes a step
// between: nobody can take a key that is held.
func testKeysSwapped(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	put(t, s, record("a", 1, "x"), record("b", 1, "y"))
	refused(t, s, record("a", 2, "y"), kb.KeyTaken)
	put(t, s, record("a", 2), record("b", 2, "x"), record("a", 3, "y"))
	holders(t, s, []string{"x", "y"}, map[string]string{"x": "b", "y": "a"})
	put(t, s, record("b", 3, "x"), record("a", 4, "y")) // both keep theirs
	holders(t, s, []string{"x", "y"}, map[string]string{"x": "b", "y": "a"})
}

// testBatches has refused writes at the start, in the middle and at the end.
func testBatches(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	put(t, s, record("held", 1, "k"))
	batch(t, s, []step{
		{record("a", 2), kb.Conflict},
		{record("a", 1), ""},
		{record("thief", 1, "k"), kb.KeyTaken},
		{record("b", 1, "kb"), ""},
		{record("a", 1), kb.Conflict},
		{record("a", 2), ""},
		{record("held", 3), kb.Conflict},
		{record("c", 1), ""},
		{record("b", 1), kb.Conflict},
	})
}

// testKeysInBatch moves a key within one batch.
func testKeysInBatch(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	batch(t, s, []step{
		{record("a", 1, "k"), ""},
		{record("b", 1, "k"), kb.KeyTaken},
		{record("a", 2), ""},
		{record("b", 1, "k"), ""},
		{record("a", 3, "k"), kb.KeyTaken},
		{tombstone("b", 2), ""},
		{record("a", 3, "k", "l"), ""},
		{record("b", 3, "l"), kb.KeyTaken},
	})
	holders(t, s, []string{"k", "l"}, map[string]string{"k": "a", "l": "a"})
}

// step is one write of a batch and the code of its refusal, if any.
type step struct {
	record kb.Record
	code   kb.Code
}

// batch writes steps in one Put and checks answers, numbers and the feed.
func batch(t *testing.T, s kb.Store, steps []step) {
	t.Helper()
	start, err := s.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	records := make([]kb.Record, len(steps))
	for i, step := range steps {
		records[i] = step.record
	}
	results, err := s.Put(t.Context(), records)
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	var want []kb.Record
	for i, step := range steps {
		if got := kb.CodeOf(results[i].Err); got != step.code {
			t.Fatalf("write %d: got %q, want %q", i, got, step.code)
		}
		if step.code != "" {
			continue
		}
		r := step.record
		r.Seq = start + kb.Seq(len(want)) + 1
		if results[i].Seq != r.Seq {
			t.Fatalf("write %d: got number %d, want %d", i, results[i].Seq, r.Seq)
		}
		want = append(want, r)
	}
	equal(t, "Log", want, feed(t, s.Log, start, 3))
}
