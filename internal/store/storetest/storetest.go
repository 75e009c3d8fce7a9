// Package storetest is the conformance suite of kb.Store: what the services and
// the index rely on, told once for every adapter.
//
// The invariant that a newcomer must know: there is no skip list and no option.
// A store that cannot do one of these things is not a store.
package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"leerkring/internal/kb"
)

// Fresh makes empty data and gives what opens a store on it. The suite closes
// the store before it opens the same data again.
type Fresh func(t *testing.T) (open func() kb.Store)

// tb is what testing.T and rapid.T have in common.
type tb interface {
	Helper()
	Fatalf(format string, args ...any)
	Context() context.Context
}

// Run runs the whole suite.
func Run(t *testing.T, fresh Fresh) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Fresh)
	}{
		{"empty", testEmpty},
		{"round trip", testRoundTrip},
		{"versions", testVersions},
		{"revisions", testRevisions},
		{"tombstones", testTombstones},
		{"keys", testKeys},
		{"keys swapped", testKeysSwapped},
		{"batches", testBatches},
		{"keys within a batch", testKeysInBatch},
		{"large records", testLarge},
		{"large feed", testLargeFeed},
		{"feed", testFeed},
		{"feed limits", testFeedLimits},
		{"wait", testWait},
		{"cancelled", testCancelled},
		{"reopened", testReopened},
		{"identity", testIdentity},
		{"closed", testClosed},
		{"race for a key", testRaceForKey},
		{"race for a version", testRaceForVersion},
		{"many writers", testManyWriters},
		{"model", testModel},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, fresh) })
	}
}

// opened gives a store on fresh data that is closed after the test.
func opened(t *testing.T, fresh Fresh) kb.Store {
	t.Helper()
	s := fresh(t)()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// id gives the same id for the same name.
func id(name string) kb.ID { return kb.DeriveID("storetest", name) }

// record makes a version of a record with some text of its own.
func record(name string, version int, keys ...string) kb.Record {
	return kb.Record{
		ID: id(name), Kind: kb.KindCase, Version: version, Keys: keys, By: id("author"),
		At:   time.Date(2026, 11, 1, 9, 0, version, 7e6, time.UTC),
		Live: json.RawMessage(fmt.Sprintf(`{"title":%q,"version":%d}`, name, version)),
	}
}

// tombstone makes a version that deletes a record.
func tombstone(name string, version int) kb.Record {
	r := record(name, version)
	r.Deleted, r.Live = true, nil
	return r
}

// put writes records that must all be taken, and gives them with their numbers.
func put(t tb, s kb.Store, records ...kb.Record) []kb.Record {
	t.Helper()
	results, err := s.Put(t.Context(), records)
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	written := make([]kb.Record, len(records))
	for i, r := range records {
		if results[i].Err != nil {
			t.Fatalf("Put: record %d was refused: %v", i, results[i].Err)
		}
		written[i] = r
		written[i].Seq = results[i].Seq
	}
	return written
}

// refused writes a record that must be refused with a code.
func refused(t tb, s kb.Store, r kb.Record, code kb.Code) {
	t.Helper()
	results, err := s.Put(t.Context(), []kb.Record{r})
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	if got := kb.CodeOf(results[0].Err); got != code || results[0].Seq != 0 {
		t.Fatalf("Put: got %q with number %d, want %q with number 0", got, results[0].Seq, code)
	}
}

// get reads one record; ok is false when the store does not know it.
func get(t tb, s kb.Store, name string) (r kb.Record, ok bool) {
	t.Helper()
	found, err := s.Get(t.Context(), []kb.ID{id(name)})
	if err != nil {
		t.Fatalf("Get: %v", err)
	}
	r, ok = found[id(name)]
	return r, ok
}

// holders checks who holds keys: names of records by key; an absent key is free.
func holders(t tb, s kb.Store, keys []string, want map[string]string) {
	t.Helper()
	got, err := s.Find(t.Context(), keys)
	if err != nil {
		t.Fatalf("Find: %v", err)
	}
	ids := make(map[string]kb.ID, len(want))
	for key, name := range want {
		ids[key] = id(name)
	}
	equal(t, "Find", ids, got)
}

// feed reads Changes or Log from a position to the end, in steps.
func feed(t tb, read func(context.Context, kb.Seq, int) (kb.Changes, error), after kb.Seq, limit int) []kb.Record {
	t.Helper()
	var all []kb.Record
	for {
		step, err := read(t.Context(), after, limit)
		if err != nil {
			t.Fatalf("after %d: %v", after, err)
		}
		if step.Position == after {
			equal(t, "records of the empty step at the end", nil, step.Records)
			return all
		}
		if step.Position < after || step.Position > after+kb.Seq(limit) {
			t.Fatalf("after %d with limit %d came to %d", after, limit, step.Position)
		}
		all = append(all, step.Records...)
		after = step.Position
	}
}

// equal compares with an empty list equal to none.
func equal(t tb, what string, want, got any) {
	t.Helper()
	if want == nil {
		want = []kb.Record(nil)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}
