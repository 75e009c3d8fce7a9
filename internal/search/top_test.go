package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

// paged gives the titles of all hits, read by pages of a size.
func paged(tb testing.TB, x *Index, req kb.SearchRequest, size int) []string {
	tb.Helper()
	var out []string
	for req.First = size; ; {
		res := ask(tb, x, req)
		out = append(out, titles(res)...)
		if !res.HasNextPage {
			return out
		}
		req.After = res.Hits[len(res.Hits)-1].Cursor
	}
}

// many makes documents in which words stand near each other or not, with dates and
// lessons among them, far more than are looked at closely.
func many(rng *rand.Rand, n int) []kb.Document {
	docs := make([]kb.Document, n)
	for i := range docs {
		docs[i] = publicCase(fmt.Sprintf("n%03d", i), func(d *kb.Document) {
			d.Body = someText(rng, 60)
			if rng.IntN(2) == 0 {
				d.Date = time.Date(2000+rng.IntN(26), 1, 1, 0, 0, 0, 0, time.UTC)
			}
			if rng.IntN(4) == 0 {
				d.Kind = kb.KindLesson
			}
		})
	}
	return docs
}

// gaining is a ranking in which a closer look changes much.
func gaining() *Ranking {
	r := plain()
	r.Near, r.Phrase, r.Window, r.Fresh, r.FreshYears, r.Lesson = 0.9, 0.9, 8, 0.3, 4, 0.3
	return r
}

// Only the first hits are looked at closely, and their order changes; yet pages of
// any size, cut anywhere, make the same list as one long page, each hit once.
func TestPagesMakeOneList(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 5))
	x := openIndex(t, t.TempDir(), Options{Ranking: gaining()})
	docs := many(rng, 240)
	for i := range 6 {
		put(t, x, kb.Seq(i+1), docs[i*40:(i+1)*40]...)
	}
	for _, text := range []string{"huis boom", "boom huis fiets", "gemeente", `"samen regio" brug`, "-samen", "type:casus"} {
		req := kb.SearchRequest{Text: text, First: 1000}
		res := ask(t, x, req)
		if res.Total <= reranked {
			t.Fatalf("%s: %d hits, too few to tell", text, res.Total)
		}
		want := titles(res)
		if distinct := slices.Compact(slices.Sorted(slices.Values(want))); len(distinct) != res.Total {
			t.Errorf("%s: %d different hits of %d", text, len(distinct), res.Total)
		}
		for _, size := range []int{1, 7, reranked - 1, reranked, reranked + 1, 100} {
			if diff := cmp.Diff(want, paged(t, x, req, size)); diff != "" {
				t.Errorf("%s, by %d (-one page +pages):\n%s", text, size, diff)
			}
		}
	}
}

// The same over candidates without an index: whatever they gain, a page after any
// hit is what stands after it.
func TestTopHits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 3*reranked).Draw(t, "hits")
		scores := rapid.SliceOfN(rapid.Float64Range(0, 3), n, n).Draw(t, "scores")
		gains := rapid.SliceOfN(rapid.Float64Range(0, 2), n, n).Draw(t, "gains")
		page := func(first int, after *key) []candidate {
			top := topHits{head: best{n: reranked}, page: best{n: first + reranked, after: after}}
			if after == nil {
				top.head.n = 0
			}
			top.gains = func(c *candidate) (gain, error) { return gain{near: gains[c.doc]}, nil }
			for i := range n {
				top.offer(&candidate{key: key{score: scores[i], id: [16]byte{byte(i >> 8), byte(i)}}, doc: uint32(i)})
			}
			out, err := top.take(first, after)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		all := page(n, nil)
		if len(all) != n {
			t.Fatalf("%d of %d", len(all), n)
		}
		at := rapid.IntRange(0, n).Draw(t, "after")
		first := rapid.IntRange(1, 80).Draw(t, "first")
		var after *key
		if at > 0 {
			after = &all[at-1].key
		}
		want := all[at:min(n, at+first)]
		if got := page(first, after); !slices.Equal(got, want) {
			t.Fatalf("after hit %d: %v, want %v", at, got, want)
		}
	})
}

// What is fresh or a lesson gains a share of its score, so that it never passes
// what is more relevant by more than that share, nor what is found without it.
func TestFreshAndLessonsGainAShare(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{Ranking: gaining()})
	old, young := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	about := func(name, body string, change func(*kb.Document)) kb.Document {
		return publicCase(name, func(d *kb.Document) { d.Body = body; change(d) })
	}
	put(t, x, 1,
		about("old", "huis brug water lucht", func(d *kb.Document) { d.Date = old }),
		about("undated", "huis brug water lucht", func(*kb.Document) {}),
		about("young", "huis brug water lucht", func(d *kb.Document) { d.Date = young }),
		about("young lesson", "huis brug water lucht", func(d *kb.Document) { d.Kind, d.Date = kb.KindLesson, young }),
		about("more of it", "huis huis huis huis", func(d *kb.Document) { d.Date = old }),
		about("other", "boom brug water lucht", func(d *kb.Document) { d.Kind, d.Date = kb.KindLesson, young }),
	)
	res := ask(t, x, kb.SearchRequest{Text: "huis", First: 10})
	got := titles(res)
	if diff := cmp.Diff([]string{"more of it", "old", "undated", "young", "young lesson"}, slices.Sorted(slices.Values(got))); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	before := func(a, b string) {
		if slices.Index(got, a) >= slices.Index(got, b) {
			t.Errorf("%s does not stand above %s: %q", a, b, got)
		}
	}
	before("young lesson", "young")
	before("young", "old")
	before("old", "undated")
	score := map[string]float64{}
	for _, h := range res.Hits {
		score[h.Entity.Label()] = h.Score
	}
	if most := 1 + x.ranking.Fresh + x.ranking.Lesson; score["young lesson"] > most*score["undated"]*(1+1e-6) {
		t.Errorf("%v is more than %v times %v", score["young lesson"], most, score["undated"])
	}
	if r := DefaultRanking(); r.Fresh+r.Lesson > 0.1 {
		t.Errorf("freshness and lessons gain %v of the score: that is no mild gain", r.Fresh+r.Lesson)
	}
}

// With more than the hits that are looked at closely, those behind stay behind,
// whatever the others gain and they might have.
func TestHitsBehindStayBehind(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{Ranking: gaining()})
	var docs []kb.Document
	for i := range reranked {
		docs = append(docs, publicCase(fmt.Sprint("front", i), func(d *kb.Document) { d.Body = "huis aan het water met lucht en boom, huis en boom" }))
	}
	docs = append(docs, publicCase("behind", func(d *kb.Document) {
		d.Body, d.Date, d.Kind = "huis boom aan water "+strings.Repeat("lucht wolk ", 20), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), kb.KindLesson
	}))
	put(t, x, 1, docs...)
	got := titles(ask(t, x, kb.SearchRequest{Text: "huis boom", First: 100}))
	if len(got) != reranked+1 || got[reranked] != "behind" {
		t.Errorf("%d hits, it stands at %d", len(got), slices.Index(got, "behind"))
	}
}

func TestFresh(t *testing.T) {
	const year = 365.25 * 24 * 3600 * 1000
	r := Ranking{Fresh: 0.5, FreshYears: 2}
	for name, c := range map[string]struct {
		date int64
		want float64
	}{
		"the newest":      {10 * year, 0.5},
		"after one half":  {8 * year, 0.25},
		"after two":       {6 * year, 0.125},
		"without a date":  {noDate, 0},
		"long before all": {-5000 * year, 0},
	} {
		if got := r.fresh(c.date, 10*year); got < c.want-1e-9 || got > c.want+1e-9 {
			t.Errorf("%s gains %v, want %v", name, got, c.want)
		}
	}
	if got := (&Ranking{}).fresh(0, 0); got != 0 {
		t.Errorf("without a gain: %v", got)
	}
}
