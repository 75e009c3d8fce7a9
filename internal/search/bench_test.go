package search_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/search"
)

// passages gives documents of real plan texts, or skips.
func passages(tb testing.TB, n int) []kb.Document {
	tb.Helper()
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" {
		tb.Skip("LEERKRING_TESTDATA is not set")
	}
	f, err := os.Open(filepath.Join(dir, "corpus", "passages_100k.jsonl.gz"))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(make([]byte, 1<<20), 8<<20)
	places := kb.NewGazetteer()
	var out []kb.Document
	for lines.Scan() && len(out) < n {
		var line struct {
			ID, Title, Body string
			Code            string `json:"gemeente_code"`
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			tb.Fatal(err)
		}
		d := document(line.ID, func(d *kb.Document) {
			d.Kind, d.Title, d.Body = kb.KindPublication, line.Title, line.Body
			d.Date = time.Date(2010+len(line.Body)%15, 1, 1, 0, 0, 0, 0, time.UTC)
		})
		d.Regions = places.Expand([]string{line.Code})
		d.Places = places.Names(d.Regions)
		out = append(out, d)
	}
	return out
}

// BenchmarkBuild prints how many documents a second an index takes in, durably.
func BenchmarkBuild(b *testing.B) {
	docs := passages(b, 20_000)
	for b.Loop() {
		x := open(b, b.TempDir(), search.Options{})
		for i := 0; i < len(docs); i += 1000 {
			commit(b, x, kb.Seq(i+1000), docs[i:min(i+1000, len(docs))]...)
		}
		if err := x.Flush(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(docs)*b.N)/b.Elapsed().Seconds(), "docs/s")
}

// BenchmarkSearch measures a page of 20 hits with four facets, with and without highlights.
func BenchmarkSearch(b *testing.B) {
	docs := passages(b, 100_000)
	x := open(b, b.TempDir(), search.Options{})
	for i := 0; i < len(docs); i += 1000 {
		commit(b, x, kb.Seq(i+1000), docs[i:min(i+1000, len(docs))]...)
	}
	facets := []kb.FacetField{kb.FacetType, kb.FacetProvince, kb.FacetMunicipality, kb.FacetYear}
	for _, c := range []struct {
		name string
		req  kb.SearchRequest
	}{
		{"word", kb.SearchRequest{Text: "woningbouw", First: 20}},
		{"facets", kb.SearchRequest{Text: "woningbouw", First: 20, Facets: facets}},
		{"highlights", kb.SearchRequest{Text: "woningbouw", First: 20, Facets: facets, Highlights: true}},
		{"three", kb.SearchRequest{Text: "duurzaam bedrijventerrein utrecht", First: 20, Facets: facets, Highlights: true}},
		{"all", kb.SearchRequest{First: 20, Facets: facets}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				search1(b, x, c.req)
			}
		})
	}
}
