package sqlite_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

func opened(b testing.TB) *sqlite.Store {
	b.Helper()
	s, err := sqlite.Open(b.Context(), b.TempDir(), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

// sized gives a new record of about 1.5 KB with one key.
func sized(n int) kb.Record {
	name := fmt.Sprint(n)
	return kb.Record{
		ID: kb.DeriveID("bench", name), Kind: kb.KindPublication, Version: 1, At: time.UnixMilli(int64(n)).UTC(),
		Keys: []string{"slug:publication/" + name}, Live: json.RawMessage(`"` + strings.Repeat("leerkring ", 150) + `"`),
	}
}

// fill writes records 0 to n in batches of 1,000.
func fill(b testing.TB, s *sqlite.Store, n int) {
	b.Helper()
	for from := 0; from < n; from += 1_000 {
		batch := make([]kb.Record, 0, 1_000)
		for i := from; i < min(n, from+1_000); i++ {
			batch = append(batch, sized(i))
		}
		if _, err := s.Put(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGet(b *testing.B) {
	s := opened(b)
	fill(b, s, 50_000)
	for n := 0; b.Loop(); n++ {
		id := kb.DeriveID("bench", fmt.Sprint(n*7919%50_000))
		if got, err := s.Get(b.Context(), []kb.ID{id}); err != nil || len(got) != 1 {
			b.Fatal(len(got), err)
		}
	}
}

// BenchmarkPutSingle writes one record at a time from one goroutine, durable.
func BenchmarkPutSingle(b *testing.B) {
	s := opened(b)
	for n := 0; b.Loop(); n++ {
		if _, err := s.Put(b.Context(), []kb.Record{sized(n)}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPutShared writes single records from 8 goroutines, durable.
func BenchmarkPutShared(b *testing.B) {
	s := opened(b)
	var n atomic.Int64
	b.SetParallelism(4)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := s.Put(b.Context(), []kb.Record{sized(int(n.Add(1)))}); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

// BenchmarkPut50000 writes 50,000 records in batches of 1,000.
func BenchmarkPut50000(b *testing.B) {
	for b.Loop() {
		fill(b, opened(b), 50_000)
	}
}

// BenchmarkChanges reads a feed of 50,000 records in steps of 1,000.
func BenchmarkChanges(b *testing.B) {
	s := opened(b)
	fill(b, s, 50_000)
	for b.Loop() {
		for after := kb.Seq(0); after < 50_000; {
			step, err := s.Changes(b.Context(), after, 1_000)
			if err != nil {
				b.Fatal(err)
			}
			after = step.Position
		}
	}
}
