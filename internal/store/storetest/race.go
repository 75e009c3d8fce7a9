package storetest

import (
	"fmt"
	"sync"
	"testing"

	"leerkring/internal/kb"
)

const racers = 8

// race runs f in racers goroutines at the same time and counts who gets nil.
func race(t *testing.T, lost kb.Code, f func(i int) error) (winners []int) {
	t.Helper()
	errs := make([]error, racers)
	var all sync.WaitGroup
	for i := range racers {
		all.Go(func() { errs[i] = f(i) })
	}
	all.Wait()
	for i, err := range errs {
		switch kb.CodeOf(err) {
		case "":
			winners = append(winners, i)
		case lost:
		default:
			t.Errorf("racer %d: %v", i, err)
		}
	}
	return winners
}

// one writes one record, refused or not.
func one(t *testing.T, s kb.Store, r kb.Record) error {
	results, err := s.Put(t.Context(), []kb.Record{r})
	if err != nil {
		return err
	}
	return results[0].Err
}

// testRaceForKey: of many new records with one key exactly one is written.
func testRaceForKey(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	for round := range 5 {
		key := fmt.Sprintf("key%d", round)
		name := func(i int) string { return fmt.Sprintf("%d/%d", round, i) }
		winners := race(t, kb.KeyTaken, func(i int) error { return one(t, s, record(name(i), 1, key)) })
		if len(winners) != 1 {
			t.Fatalf("round %d: %d records took the key", round, len(winners))
		}
		holders(t, s, []string{key}, map[string]string{key: name(winners[0])})
	}
}

// testRaceForVersion: of many writes of one version exactly one is done.
func testRaceForVersion(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	for version := 1; version <= 5; version++ {
		winners := race(t, kb.Conflict, func(int) error { return one(t, s, record("a", version)) })
		if len(winners) != 1 {
			t.Fatalf("version %d was written %d times", version, len(winners))
		}
	}
}

// testManyWriters has a reader follow the feed while many goroutines write: it
// must see every write once, in order, and end where the store ends.
func testManyWriters(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	const writes = 12
	written := make([][]kb.Record, racers)
	var all sync.WaitGroup
	for i := range racers {
		all.Go(func() {
			for v := 1; v <= writes; v++ {
				r := record(fmt.Sprintf("writer %d", i), v, fmt.Sprintf("key%d/%d", i, v%3))
				results, err := s.Put(t.Context(), []kb.Record{r})
				if err != nil || results[0].Err != nil {
					t.Errorf("writer %d, version %d: %v, %v", i, v, err, results[0].Err)
					return
				}
				r.Seq = results[0].Seq
				written[i] = append(written[i], r)
			}
		})
	}
	var seen []kb.Record
	for position := kb.Seq(0); position < racers*writes && !t.Failed(); {
		if err := s.Wait(t.Context(), position); err != nil {
			t.Fatal(err)
		}
		step, err := s.Log(t.Context(), position, 7)
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, step.Records...)
		position = step.Position
	}
	all.Wait()
	want := make([]kb.Record, racers*writes)
	for _, records := range written {
		for _, r := range records {
			want[r.Seq-1] = r
		}
	}
	equal(t, "what the reader saw", want, seen)
}
