package kb_test

import (
	"errors"
	"testing"

	"leerkring/internal/kb"
)

func TestWalk(t *testing.T) {
	store := openStore(t)
	var batch []kb.Record
	const n = 2_345 // more than two steps
	for i := range n {
		batch = append(batch, kb.Record{ID: kb.DeriveID("walk", string(rune(i))), Kind: kb.KindCase, Version: 1, Live: []byte("{}")})
	}
	if _, err := store.Put(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	var last kb.Seq
	seen := 0
	err := kb.Walk(t.Context(), store.Log, func(records []kb.Record) error {
		for _, r := range records {
			if r.Seq != last+1 {
				t.Fatalf("number %d after %d", r.Seq, last)
			}
			last = r.Seq
			seen++
		}
		return nil
	})
	if err != nil || seen != n {
		t.Errorf("%d of %d, %v", seen, n, err)
	}
	enough := errors.New("enough")
	steps := 0
	err = kb.Walk(t.Context(), store.Changes, func([]kb.Record) error { steps++; return enough })
	if !errors.Is(err, enough) || steps != 1 {
		t.Errorf("went on for %d steps: %v", steps, err)
	}
}
