package search

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

// plain is a ranking in which words are all there is.
func plain() *Ranking {
	return &Ranking{Title: 2.5, Summary: 1.5, Names: 1.5, Body: 1, Part: 0.4, K1: 0.9, B: 0.7}
}

// naive ranks by the formula of BM25F as it is written down, over documents in
// memory. It gives the scores of those that hold any of the words.
func naive(docs map[kb.ID]kb.Document, query string) map[kb.ID]float64 {
	analyzer, rk := dutch.New(), plain()
	var words []string
	analyzer.Tokens(query, func(t dutch.Token) {
		if t.Term != "" && !slices.Contains(words, t.Term) {
			words = append(words, t.Term)
		}
	})
	often := map[kb.ID]map[string]float64{}
	length := map[kb.ID]float64{}
	average := 0.0
	for id, d := range docs {
		often[id] = map[string]float64{}
		names := slices.Concat(d.Keywords, d.Names, d.Places)
		for _, t := range d.Themes {
			names = append(names, t.Texts[:min(1, len(t.Texts))]...)
		}
		body := d.Body + " " + strings.Join(d.Sections, " ")
		for text, weight := range map[string]float64{"t " + d.Title: rk.Title, "s " + d.Summary: rk.Summary, "n " + strings.Join(names, " "): rk.Names, "b " + body: rk.Body} {
			analyzer.Tokens(text[2:], func(t dutch.Token) { often[id][t.Term] += weight })
		}
		length[id] = float64(len(strings.Fields(d.Title + " " + d.Summary + " " + body)))
		average += length[id] / float64(len(docs))
	}
	out := map[kb.ID]float64{}
	for _, word := range words {
		df := 0.0
		for id := range docs {
			if often[id][word] > 0 {
				df++
			}
		}
		idf := math.Log(1 + (float64(len(docs))-df+0.5)/(df+0.5))
		for id := range docs {
			if f := often[id][word] / (1 - rk.B + rk.B*length[id]/max(1, average)); f > 0 {
				out[id] += idf * f / (rk.K1 + f)
			}
		}
	}
	return out
}

func someText(rng *rand.Rand, most int) string {
	words := []string{"huis", "boom", "fiets", "brug", "gemeente", "regio", "de", "samen"}
	var b strings.Builder
	for range rng.IntN(most + 1) {
		b.WriteString(words[min(rng.IntN(8), rng.IntN(8))] + " ")
	}
	return b.String()
}

// rankedDocument stays under 128 words a field, up to which lengths are kept exactly.
func rankedDocument(rng *rand.Rand, name string) kb.Document {
	return publicCase(name, func(d *kb.Document) {
		d.Title, d.Summary, d.Body = someText(rng, 4), someText(rng, 12), someText(rng, 60)
		d.Keywords, d.Names, d.Places = strings.Fields(someText(rng, 3)), strings.Fields(someText(rng, 2)), strings.Fields(someText(rng, 2))
		if rng.IntN(2) == 0 {
			d.Sections = []string{someText(rng, 20), someText(rng, 20)}
			d.Themes = []kb.Term{{Value: "wonen", Texts: strings.Fields(someText(rng, 3))}}
		}
	})
}

// Scores are those of the formula, over many segments with replaced and removed
// documents, and nobody can tell from them what he may not read: drafts, other
// kinds and removed documents leave them as they are.
func TestScoresAreThoseOfTheFormula(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 3))
	x := openIndex(t, t.TempDir(), Options{Ranking: plain()})
	docs := map[kb.ID]kb.Document{}
	position := kb.Seq(0)
	for range 12 {
		step := kb.Step{}
		for range 8 {
			d := rankedDocument(rng, fmt.Sprint(rng.IntN(60)))
			docs[d.Record] = d
			step.Documents = append(step.Documents, d)
		}
		gone := kb.DeriveID("test", fmt.Sprint(rng.IntN(60)))
		if !slices.ContainsFunc(step.Documents, func(d kb.Document) bool { return d.Record == gone }) {
			step.Removed = []kb.ID{gone}
			delete(docs, gone)
		}
		position++
		step.Position = position
		if err := x.Commit(t.Context(), step); err != nil {
			t.Fatal(err)
		}
	}
	queries := []string{"huis", "boom fiets", "gemeente regio huis", "samen samen samen", "brug de onbekend", "huizen"}
	check := func(when string) {
		for _, q := range queries {
			compareScores(t, when+": "+q, naive(docs, q), ask(t, x, kb.SearchRequest{Text: q, First: 100}))
		}
	}
	check("committed")
	for i := range 20 {
		d := rankedDocument(rng, fmt.Sprint("hidden", i))
		switch i % 3 {
		case 0:
			d.Access = nil
		case 1:
			d.Access = []string{"team"}
		default:
			d.Kind = kb.KindMeeting
		}
		position++
		put(t, x, position, d)
	}
	check("with drafts")
	mergeAll(t, x)
	check("merged")
}

func compareScores(t *testing.T, name string, want map[kb.ID]float64, res *kb.SearchResult) {
	t.Helper()
	if len(res.Hits) != len(want) || res.Total != len(want) {
		t.Errorf("%s: %d hits of %d, want %d", name, len(res.Hits), res.Total, len(want))
	}
	last := math.Inf(1)
	for _, h := range res.Hits {
		id := h.Entity.Base().ID
		if math.Abs(h.Score-want[id]) > 1e-4*want[id] || h.Score <= 0 || h.Score > last {
			t.Errorf("%s: %s scores %.6f after %.6f, want %.6f", name, id, h.Score, last, want[id])
		}
		last = h.Score
	}
}

func TestEveryWordAddsToAScore(t *testing.T) {
	for _, n := range []int{2, 10, 100_000} {
		last := math.Inf(1)
		for _, df := range []int{0, 1, n / 2, n} {
			idf := inverseDocumentFrequency(df, n)
			if idf <= 0 || idf > last || float32(idf) == 0 {
				t.Errorf("a word in %d of %d documents weighs %v", df, n, idf)
			}
			last = idf
		}
	}
}
