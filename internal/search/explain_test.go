package search

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// adds tells whether every value of an explanation is what its factors make.
func adds(e *kb.Explanation) error {
	sum, product := 0.0, 1.0
	for i := range e.Factors {
		if err := adds(&e.Factors[i]); err != nil {
			return err
		}
		sum += e.Factors[i].Value
		product *= e.Factors[i].Value
	}
	want := map[string]float64{"sum": sum, "product": product, "": e.Value}[e.Kind]
	if math.Abs(e.Value-want) > 1e-4*math.Abs(want)+1e-6 {
		return fmt.Errorf("%s is %v, its factors make %v", e.Name, e.Value, want)
	}
	return nil
}

// Whatever a query holds, the factors of each hit add up to its score: words,
// parts, regions, themes, synonyms, corrections and gains.
func TestExplanationsAddUp(t *testing.T) {
	x := named1(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 9))
	docs := many(rng, 80)
	for i := range docs {
		if i%3 == 0 {
			docs[i].Regions = []string{"GM0344", "PV26"}
			docs[i].Themes = []kb.Term{{Value: "terreinen"}}
		}
	}
	put(t, x, 2, docs...)
	put(t, x, 3, publicCase("Bedrijventerreinen in Utrecht", func(d *kb.Document) { d.Body = "De arbeidsmarktregio en een woning met een tuin." }))
	for _, text := range []string{
		"huis", "huis boom fiets", "boom OF fiets huis", "woningen", "bedrijventerrein Utrecht", "arbeidsmarkt regio",
		"arbeidsmarktregio", "samen regio gemeente brug", `"huis boom" gemeente`, "gemeentte huiss", "Utrecht Utrecht", "vng",
	} {
		res := ask(t, x, kb.SearchRequest{Text: text, First: 100, Explain: true})
		if len(res.Hits) == 0 && text != "vng" {
			t.Errorf("%s finds nothing", text)
		}
		for _, h := range res.Hits {
			if h.Explanation == nil || h.Explanation.Value != h.Score || h.Score <= 0 {
				t.Fatalf("%s: a score of %v is explained as %+v", text, h.Score, h.Explanation)
			}
			if err := adds(h.Explanation); err != nil {
				t.Errorf("%s, %s: %v", text, h.Entity.Label(), err)
			}
		}
	}
}

// Only what is in the order of relevance has a score, and only who asks is told.
func TestWhatHasNoScoreIsNotExplained(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("huis", nil))
	for _, req := range []kb.SearchRequest{{Text: "huis", Sort: kb.SortTitle}, {}, {Text: "type:casus"}} {
		req.First, req.Explain = 1, true
		h := ask(t, x, req).Hits[0]
		if h.Score != 0 || h.Explanation.Value != 0 || len(h.Explanation.Factors) > 0 {
			t.Errorf("%+v: %v, %+v", req, h.Score, h.Explanation)
		}
	}
	if h := ask(t, x, kb.SearchRequest{Text: "huis", First: 1}).Hits[0]; h.Explanation != nil {
		t.Error("an explanation that nobody asked for")
	}
}
