package search_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"leerkring/internal/corpus"
	"leerkring/internal/kb"
	"leerkring/internal/search"
	"leerkring/internal/store/sqlite"
)

var benchRecords = flag.String("records", "1000,10000,100000", "how many records BenchmarkSearch measures with")

// largeCollection gives the collection of measurements, or skips.
func largeCollection(b *testing.B, most int) *corpus.Collection {
	b.Helper()
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" {
		b.Skip("LEERKRING_TESTDATA is not set")
	}
	c, err := corpus.Read(filepath.Join(dir, "corpus", "passages_100k.jsonl.gz"), min(most, 100_000), 1)
	if err != nil {
		b.Fatal(err)
	}
	return c
}

// BenchmarkSearch prints, for each number of records, how fast an index is built
// and how long searches take, in turns with the bare scan of an index that bleve
// made of the same texts: what the same words cost without ranking, filters,
// permissions, sorting and reading the hits.
func BenchmarkSearch(b *testing.B) {
	for part := range strings.SplitSeq(*benchRecords, ",") {
		n, err := strconv.Atoi(part)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(part, func(b *testing.B) { benchmarkSearch(b, n) })
	}
}

func benchmarkSearch(b *testing.B, n int) {
	c := largeCollection(b, n)
	s := newScale(b, c, n)
	facets := []kb.FacetField{kb.FacetType, kb.FacetTheme, kb.FacetProvince, kb.FacetYear}
	ways := []*way{
		{name: "bare scan", run: func(q string) error { return s.bare.scan(q, false) }},
		{name: "bare scan, four facets", run: func(q string) error { return s.bare.scan(q, true) }},
		{name: "top 20", run: s.ask(kb.SearchRequest{First: 20})},
		{name: "top 20, four facets", run: s.ask(kb.SearchRequest{First: 20, Facets: facets})},
		{name: "top 20, four facets, highlights", run: s.ask(kb.SearchRequest{First: 20, Facets: facets, Highlights: true})},
		{name: "suggest", run: s.suggest},
	}
	measure(b, c.Queries(400, 1_000), ways) // caches warm up
	for _, w := range ways {
		w.took = nil
	}
	s.hits, s.asked, s.bare.hits, s.bare.asked = 0, 0, 0, 0
	for round := 0; b.Loop(); round++ {
		measure(b, c.Queries(400, round), ways)
	}
	pages := s.pages(b, c.Queries(400, 0))
	var out strings.Builder
	fmt.Fprintf(&out, "\n%d records: built at %.0f a second, durable; index %.0f MB; %.0f hits on average, %.0f of the bare scan\n", n, s.rate, s.size, float64(s.hits)/float64(s.asked), float64(s.bare.hits)/float64(s.bare.asked))
	for _, w := range append(ways, pages...) {
		fmt.Fprintf(&out, "  %-32s p50 %7.3f ms  p95 %7.3f ms\n", w.name, w.quantile(.5), w.quantile(.95))
	}
	bare, ours := ways[1], ways[3]
	fmt.Fprintf(&out, "  %-32s p50 %7.2f x   p95 %7.2f x\n", "with four facets against bare", ours.quantile(.5)/bare.quantile(.5), ours.quantile(.95)/bare.quantile(.95))
	fmt.Print(out.String()) // b.Log would show ten lines of it
}

// way is one way to answer a query, with the times that it took.
type way struct {
	name string
	run  func(q string) error
	took []time.Duration
}

// quantile gives a quantile of the times in milliseconds.
func (w *way) quantile(q float64) float64 {
	if len(w.took) == 0 {
		return 0
	}
	slices.Sort(w.took)
	return w.took[int(q*float64(len(w.took)-1))].Seconds() * 1000
}

// measure answers every query in all ways, in turns and beginning with another
// each time, so that the moods of the machine and its caches are shared.
func measure(b *testing.B, queries []string, ways []*way) {
	b.Helper()
	for i, q := range queries {
		for j := range ways {
			w := ways[(i+j)%len(ways)]
			start := time.Now()
			if err := w.run(q); err != nil {
				b.Fatal(err)
			}
			w.took = append(w.took, time.Since(start))
		}
	}
}

// scale is a collection of some size in our index and in the bare one.
type scale struct {
	index *search.Index
	bare  *bareIndex
	rate  float64 // documents a second
	size  float64 // megabytes
	hits  int
	asked int
}

func newScale(b *testing.B, c *corpus.Collection, n int) *scale {
	b.Helper()
	ctx := b.Context()
	store, err := sqlite.Open(ctx, b.TempDir(), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	if err := kb.Seed(ctx, store); err != nil {
		b.Fatal(err)
	}
	if _, err := store.Put(ctx, benchRecordsOf(b, c.Organisations())); err != nil {
		b.Fatal(err)
	}
	describer := kb.NewDescriber(store, kb.NewGazetteer())
	dir := b.TempDir()
	s := &scale{index: open(b, dir, search.Options{}), bare: newBareIndex(b)}
	var took time.Duration
	const step = 1_000
	for i := 0; i < n; i += step {
		entities := make([]kb.Entity, 0, step)
		for j := i; j < min(n, i+step); j++ {
			entities = append(entities, c.Material(j))
		}
		docs, err := describer.Describe(ctx, benchRecordsOf(b, entities))
		if err != nil {
			b.Fatal(err)
		}
		s.bare.add(b, docs)
		start := time.Now()
		commit(b, s.index, kb.Seq(i+len(docs)), docs...)
		took += time.Since(start)
	}
	start := time.Now()
	if err := s.index.Flush(ctx); err != nil {
		b.Fatal(err)
	}
	took += time.Since(start)
	s.bare.finish(b)
	s.rate, s.size = float64(n)/took.Seconds(), megabytes(dir)
	return s
}

func benchRecordsOf(b *testing.B, entities []kb.Entity) []kb.Record {
	b.Helper()
	out := make([]kb.Record, len(entities))
	for i, e := range entities {
		var err error
		if out[i], err = kb.NewRecord(e, nil); err != nil {
			b.Fatal(err)
		}
	}
	return out
}

func megabytes(dir string) float64 {
	var bytes int64
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				bytes += info.Size()
			}
		}
		return nil
	})
	return float64(bytes) / (1 << 20)
}

// ask gives a search by a visitor.
func (s *scale) ask(req kb.SearchRequest) func(string) error {
	return func(q string) error {
		req.Text = q
		found, err := s.index.Search(context.Background(), kb.Visitor(), req)
		if err != nil {
			return err
		}
		s.hits, s.asked = s.hits+found.Total, s.asked+1
		return nil
	}
}

// suggest asks for what to type after the first letters of the last word.
func (s *scale) suggest(q string) error {
	prefix := []rune(q[strings.LastIndexByte(q, ' ')+1:])
	_, err := s.index.Suggest(context.Background(), kb.Visitor(), string(prefix[:min(len(prefix), 2+len(q)%4)]), 8)
	return err
}

// pages times the first page of 20 and page 500, or the last one there is, of the 60
// queries with most hits, each once.
func (s *scale) pages(b *testing.B, queries []string) []*way {
	b.Helper()
	type deep struct {
		query  string
		total  int
		page   int
		cursor string
	}
	var all []deep
	for _, q := range queries {
		found, err := s.index.Search(b.Context(), kb.Visitor(), kb.SearchRequest{Text: q})
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, deep{query: q, total: found.Total})
	}
	slices.SortStableFunc(all, func(a, b deep) int { return cmp.Compare(b.total, a.total) })
	all = all[:min(60, len(all))]
	first, last := &way{name: "page 1"}, &way{}
	for i := range all {
		d := &all[i]
		d.page = min(500, 1+(d.total-1)/20)
		for left := (d.page - 1) * 20; left > 0; left -= min(100, left) {
			found, err := s.index.Search(b.Context(), kb.Visitor(), kb.SearchRequest{Text: d.query, First: min(100, left), After: d.cursor})
			if err != nil {
				b.Fatal(err)
			}
			d.cursor = found.Hits[len(found.Hits)-1].Cursor
		}
	}
	last.name = fmt.Sprintf("page %d", all[len(all)-1].page) // or further
	for _, d := range all {
		first.run, last.run = s.ask(kb.SearchRequest{First: 20}), s.ask(kb.SearchRequest{First: 20, After: d.cursor})
		measure(b, []string{d.query}, []*way{first, last})
	}
	return []*way{first, last}
}
