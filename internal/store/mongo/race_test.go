package mongo_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/mongo/mongotest"
)

func record(name string, version int, keys ...string) kb.Record {
	return kb.Record{
		ID: kb.DeriveID("mongotest", name), Kind: kb.KindCase, Version: version, Keys: keys,
		At: time.UnixMilli(1).UTC(), Live: []byte(`"` + name + `"`),
	}
}

// codes writes a batch and gives the code of each answer.
func codes(t testing.TB, s kb.Store, records ...kb.Record) []kb.Code {
	t.Helper()
	results, err := s.Put(t.Context(), records)
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	got := make([]kb.Code, len(results))
	for i, r := range results {
		got[i] = kb.CodeOf(r.Err)
	}
	return got
}

// whole checks the store at the end of a test.
func whole(t testing.TB, s *mongo.Store) {
	t.Helper()
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestOvertaken stops a writer between reading the number and inserting, lets
// another process write, and looks what the first one makes of it.
func TestOvertaken(t *testing.T) {
	database := mongotest.Databases(t)
	for _, test := range []struct {
		name   string
		before []kb.Record // what is stored
		other  []kb.Record // what the other process writes meanwhile
		batch  []kb.Record
		want   []kb.Code
	}{
		{
			name:  "nothing in common",
			other: []kb.Record{record("x", 1), record("y", 1, "ky")},
			batch: []kb.Record{record("a", 1, "k"), record("b", 1)},
			want:  []kb.Code{"", ""},
		},
		{
			name:  "the key is taken",
			other: []kb.Record{record("x", 1, "k")},
			batch: []kb.Record{record("a", 1, "k"), record("b", 1)},
			want:  []kb.Code{kb.KeyTaken, ""},
		},
		{
			name:   "the key comes free",
			before: []kb.Record{record("x", 1, "k")},
			other:  []kb.Record{record("x", 2)},
			batch:  []kb.Record{record("a", 1), record("b", 1, "k")},
			want:   []kb.Code{"", ""},
		},
		{
			name:   "the key changes hands",
			before: []kb.Record{record("x", 1, "k")},
			other:  []kb.Record{record("x", 2), record("y", 1, "k")},
			batch:  []kb.Record{record("a", 1), record("b", 1, "k")},
			want:   []kb.Code{"", kb.KeyTaken},
		},
		{
			name:  "the version is written",
			other: []kb.Record{record("a", 1)},
			batch: []kb.Record{record("a", 1, "k"), record("b", 1, "k")},
			want:  []kb.Code{kb.Conflict, ""}, // b was refused on the way, and must not be
		},
		{
			name:   "own key freed by another's version",
			before: []kb.Record{record("a", 1, "k")},
			other:  []kb.Record{record("a", 2), record("x", 1, "k")},
			batch:  []kb.Record{record("a", 2, "k"), record("a", 3, "k"), record("a", 3)},
			want:   []kb.Code{kb.Conflict, kb.KeyTaken, ""},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			uri := database()
			other := open(t, uri, mongo.Options{})
			defer other.Close()
			codes(t, other, test.before...)
			var once sync.Once
			s := open(t, uri, mongo.Options{BeforeInsert: func(context.Context, kb.Seq) {
				once.Do(func() { codes(t, other, test.other...) })
			}})
			defer s.Close()
			if diff := cmp.Diff(test.want, codes(t, s, test.batch...)); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
			whole(t, s)
		})
	}
}

// TestManyClients has clients with a connection of their own race for the same
// keys and versions.
func TestManyClients(t *testing.T) {
	uri := mongotest.URI(t)
	const clients, rounds = 4, 6
	var mu sync.Mutex
	winners := map[string]int{}
	var all sync.WaitGroup
	for c := range clients {
		s := open(t, uri, mongo.Options{})
		defer s.Close()
		all.Go(func() {
			for round := range rounds {
				key, shared := fmt.Sprintf("key %d", round), fmt.Sprintf("shared %d", round)
				got := codes(t, s, record(fmt.Sprintf("%d/%d", c, round), 1, key), record(shared, 1))
				mu.Lock()
				for i, what := range []string{key, shared} {
					if got[i] == "" {
						winners[what]++
					}
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	want := map[string]int{}
	for round := range rounds {
		want[fmt.Sprintf("key %d", round)], want[fmt.Sprintf("shared %d", round)] = 1, 1
	}
	if diff := cmp.Diff(want, winners); diff != "" {
		t.Errorf("how often each was won (-want +got):\n%s", diff)
	}
	s := open(t, uri, mongo.Options{})
	defer s.Close()
	whole(t, s)
}

// TestWaitForOther: a write of another process is noticed without a word from it.
func TestWaitForOther(t *testing.T) {
	uri := mongotest.URI(t)
	a, b := open(t, uri, mongo.Options{}), open(t, uri, mongo.Options{Poll: time.Millisecond})
	defer a.Close()
	defer b.Close()
	woken := make(chan error, 1)
	go func() { woken <- b.Wait(t.Context(), 0) }()
	codes(t, a, record("a", 1))
	if err := <-woken; err != nil {
		t.Fatal(err)
	}
	if got, err := b.Changes(t.Context(), 0, 10); err != nil || len(got.Records) != 1 {
		t.Errorf("Changes: %v, %v", got, err)
	}
}
