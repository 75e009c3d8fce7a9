package search

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/corpus"
	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

// BenchmarkBeside measures what is asked beside searches: suggestions for titles
// that are typed letter by letter, corrections of words with one typing error,
// and related material, with 100,000 records and the built-in ones.
func BenchmarkBeside(b *testing.B) {
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" {
		b.Skip("LEERKRING_TESTDATA is not set")
	}
	c, err := corpus.Read(filepath.Join(dir, "corpus", "passages_100k.jsonl.gz"), 100_000, 1)
	if err != nil {
		b.Fatal(err)
	}
	x := indexOf(b, c, 100_000)
	random := rand.New(rand.NewPCG(1, 2))
	material := func() kb.Material { return c.Material(random.IntN(100_000)) }
	title, typed := "", 0
	b.Run("suggest", func(b *testing.B) {
		quantiles(b, func() error {
			if typed++; typed >= min(len(title), 40) {
				title, typed = material().Shared().Title, 0
			}
			_, err := x.Suggest(b.Context(), kb.Visitor(), strings.ToValidUTF8(title[:min(len(title), typed+1)], ""), 10)
			return err
		})
	})
	b.Run("correct", func(b *testing.B) {
		v := x.views.acquire()
		defer x.views.release(v)
		queries := c.Queries(2_000, 1)
		quantiles(b, func() error {
			word := misspelt(random, queries[random.IntN(len(queries))])
			_, err := v.correct(b.Context(), x.corrector, word, x.words.Term(word), everyone(v))
			return err
		})
	})
	b.Run("related", func(b *testing.B) {
		quantiles(b, func() error {
			_, err := x.Related(b.Context(), kb.Visitor(), material().Base().ID, 5)
			return err
		})
	})
}

// misspelt changes one letter of the longest word of a query.
func misspelt(random *rand.Rand, query string) string {
	word := slices.MaxFunc(strings.Fields(query), func(a, b string) int { return len(a) - len(b) })
	letters := []rune(kb.Fold(word))
	letters[random.IntN(len(letters))] = rune('a' + random.IntN(26))
	return string(letters)
}

func quantiles(b *testing.B, run func() error) {
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		if err := run(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}

// indexOf indexes n records of a collection and the built-in ones.
func indexOf(b *testing.B, c *corpus.Collection, n int) *Index {
	store, err := sqlite.Open(b.Context(), b.TempDir(), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	if err := kb.Seed(b.Context(), store); err != nil {
		b.Fatal(err)
	}
	if _, err := store.Put(b.Context(), recordsOf(b, c.Organisations())); err != nil {
		b.Fatal(err)
	}
	describer := kb.NewDescriber(store, kb.NewGazetteer())
	x := openIndex(b, b.TempDir(), Options{})
	add := func(position kb.Seq, entities []kb.Entity) {
		docs, err := describer.Describe(b.Context(), recordsOf(b, entities))
		if err != nil {
			b.Fatal(err)
		}
		put(b, x, position, docs...)
	}
	add(1, append(kb.Builtin(), c.Organisations()...))
	for i := 0; i < n; i += 1000 {
		entities := make([]kb.Entity, min(1000, n-i))
		for j := range entities {
			entities[j] = c.Material(i + j)
		}
		add(kb.Seq(i+2), entities)
	}
	if err := x.Flush(b.Context()); err != nil {
		b.Fatal(err)
	}
	return x
}

func recordsOf(b *testing.B, entities []kb.Entity) []kb.Record {
	out := make([]kb.Record, len(entities))
	for i, e := range entities {
		var err error
		if out[i], err = kb.NewRecord(e, nil); err != nil {
			b.Fatal(err)
		}
	}
	return out
}
