package search

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// orderOf gives the order of the words of a title and a body.
func orderOf(x *Index, title, body string) order {
	var texts [4]string
	texts[textTitle], texts[textBody] = title, body
	f := newTextField(texts, x.words, &x.ranking)
	f.Analyze()
	return f.gathered.order
}

// boomHuis is what gains for boom and huis, neighbours in the query.
func boomHuis(x *Index, rk *Ranking) *closeness {
	var concepts []concept
	for i, text := range []string{"boom", "huis"} {
		c := concept{weight: 1, typed: i + 1, word: i}
		c.addTerm(x.words.Term(text), 1)
		concepts = append(concepts, c)
	}
	return newCloseness(rk, concepts, make([]frequency, 2), 10)
}

func TestNearness(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	c := boomHuis(x, &Ranking{K1: 1, Near: 1, Phrase: 1, Window: 4})
	for text, want := range map[string][2]float64{
		"":                                {0, 0},
		"boom":                            {0, 0},
		"huis en fiets":                   {0, 0},
		"boom huis":                       {1, 1},
		"bomen en huizen":                 {0.5, 0},
		"huis boom":                       {1, 0},
		"boom fiets brug huis":            {1.0 / 3, 0},
		"boom fiets brug fiets brug huis": {0, 0},
		"boom huis boom":                  {2, 1},
		"boom huis fiets fiets fiets fiets boom huis": {2, 2},
	} {
		near, phrase := c.count(orderOf(x, "", text), c.pairs[0])
		if math.Abs(near-want[0]) > 1e-9 || phrase != want[1] {
			t.Errorf("%s: near %v, phrase %v, want %v", text, near, phrase, want)
		}
	}
	if near, _ := c.count(orderOf(x, "boom", "huis"), c.pairs[0]); near != 0 {
		t.Errorf("the end of a title and the beginning of a body are near: %v", near)
	}
}

// Whatever the text, the gain is not negative, and at most what the words could
// score themselves.
func TestNearnessIsBounded(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	rk := &Ranking{K1: 1, Near: 0.5, Phrase: 0.5, Window: 8}
	c := boomHuis(x, rk)
	most := c.pairs[0].weight * (rk.Near + rk.Phrase)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"boom ", "huis ", "de ", "fiets "}), 0, 60).Draw(t, "words")
		text := ""
		for _, w := range words {
			text += w
		}
		norm := rapid.Float64Range(0.1, 3).Draw(t, "norm")
		if got := c.gain(orderOf(x, "", text), norm, orderOf(x, "", text)); got < 0 || got > most || math.IsNaN(got) {
			t.Fatalf("%q gains %v of %v", text, got, most)
		}
	})
}

// One word has no neighbours, and a ranking without gains looks for none.
func TestNoNearness(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	if boomHuis(x, &Ranking{Window: 8}) != nil {
		t.Error("neighbours that gain nothing are looked for")
	}
	one := concept{weight: 1, typed: 1}
	one.addTerm("boom", 1)
	part := concept{weight: 1, typed: -1}
	part.addTerm("huis", 1)
	if newCloseness(&Ranking{Near: 1}, []concept{one, part}, make([]frequency, 2), 10) != nil {
		t.Error("a part of a compound is no neighbour")
	}
}
