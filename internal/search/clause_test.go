package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leerkring/internal/kb"
	"leerkring/internal/search/query"
)

// found gives the titles of all that visitors find, in the order of titles.
func found(tb testing.TB, x *Index, text string) string {
	tb.Helper()
	return joined(ask(tb, x, kb.SearchRequest{Text: text, First: 100, Sort: kb.SortTitle}))
}

// texts1 makes an index of documents by title with a body.
func texts1(tb testing.TB, bodies map[string]string) *Index {
	tb.Helper()
	x := openIndex(tb, tb.TempDir(), Options{})
	var docs []kb.Document
	for name, body := range bodies {
		docs = append(docs, publicCase(name, func(d *kb.Document) { d.Body = body }))
	}
	put(tb, x, 1, docs...)
	return x
}

func TestPhrasesAndSigns(t *testing.T) {
	x := texts1(t, map[string]string{
		"p1": "Kansen voor wonen. Daarna een fiets.",
		"p2": "Kansen betaalbaar wonen.",
		"p3": "Wonen met kansen, met een brug.",
		"p4": "Een kans. Over huizen.",
		"p5": "fiets",
		"p6": "Het is nu en dan ook al zo als het was met de molen, wiek.",
	})
	for text, want := range map[string]string{
		`"kansen voor wonen"`:        "p1",
		`"kansen in wonen"`:          "p1", // words too common to index are not told apart
		`"kansen wonen"`:             "p1 p2 p3 p4",
		`"kans betaalbare woning"`:   "p1 p2 p3 p4",
		`"kansen betaalbaar wonen"`:  "p2",
		`"wonen kansen"`:             "p1 p2 p3 p4",
		`"wonen met kansen"`:         "p3",
		`"kansen voor wonen" fiets`:  "p1 p2 p3 p4 p5",
		`+"kansen voor wonen" fiets`: "p1",
		`+fiets kansen`:              "p1 p5",
		`+fiets +kansen`:             "p1",
		`+fiets OF +brug`:            "p1 p3 p5",
		`kansen -wonen`:              "p4",
		`kansen NIET brug`:           "p1 p2 p4",
		`kansen -"betaalbaar wonen"`: "p1 p3 p4",
		`-wonen`:                     "p4 p5 p6",
		`-de`:                        "p1 p2 p3 p4 p5 p6",
		`+de fiets`:                  "p1 p5",
		`"kansen voor wonen" OF "wonen met kansen"`:             "p1 p3",
		`"kansen voor wonen" "wonen met kansen"`:                "p1 p2 p3 p4",
		`"nergens geschreven" OF "wonen met kansen"`:            "p3",
		`"nu en dan ook al zo als het was met de molen"`:        "p6",
		`"nu dan ook en of wij zij met de en het in een molen"`: "p6",
		`"nu molen"`:    "p6",
		`"molen wiek" `: "p6",
	} {
		if diff := cmp.Diff(want, found(t, x, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// A phrase that nothing has is searched for as words, but not by those who want
// it as they typed it.
func TestPhraseThatNothingHas(t *testing.T) {
	x := texts1(t, map[string]string{"p1": "Kansen voor wonen.", "p2": "Een brug."})
	for asTyped, want := range map[bool]int{false: 1, true: 0} {
		if got := ask(t, x, kb.SearchRequest{Text: `"kansen brug wonen fiets"`, First: 1, AsTyped: asTyped}).Total; (got == 0) != (want == 0) {
			t.Errorf("as typed %v: %d found", asTyped, got)
		}
	}
}

// Words that stand next to each other in two texts are no phrase.
func TestPhrasesEndWithTheirText(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("over kansen", func(d *kb.Document) { d.Body = "wonen" }), publicCase("kansen wonen", nil))
	if diff := cmp.Diff("kansen wonen", found(t, x, `"kansen wonen"`)); diff != "" {
		t.Error(diff)
	}
}

// Whatever words a text has, every run of them that begins and ends with a word
// that is indexed is a phrase of it.
func TestEveryRunOfATextIsAPhrase(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"huis", "boom", "brug", "de", "en", "het"}), 1, 30).Draw(t, "words")
		o := orderOf(x, "", strings.Join(words, " "))
		from := rapid.IntRange(0, len(words)-1).Draw(t, "from")
		to := rapid.IntRange(from, len(words)-1).Draw(t, "to")
		c := newClause(x.words, query.Item{Kind: query.Phrase, Text: strings.Join(words[from:to+1], " ")}, nil)
		if len(c.terms) > 0 && !o.hasPhrase(c.terms, c.gaps) {
			t.Fatalf("%q is not found in %q", words[from:to+1], words)
		}
		other := append(c.terms[:len(c.terms):len(c.terms)], "fiets")
		if o.hasPhrase(other, append(c.gaps[:len(c.gaps):len(c.gaps)], 0)) {
			t.Fatalf("%q is found in %q", other, words)
		}
	})
}

// Where more documents hold the words of a phrase than are looked at, those are
// chosen by their ids: they are the same in one segment and in many, with others
// beside them that the actor may not read.
func TestPhrasesOfManyDocuments(t *testing.T) {
	one, many := openIndex(t, t.TempDir(), Options{}), openIndex(t, t.TempDir(), Options{})
	var docs []kb.Document
	for i := range 200 {
		docs = append(docs, publicCase(fmt.Sprint("huis boom ", i), nil))
		put(t, many, kb.Seq(i+1), docs[i], publicCase(fmt.Sprint("geheim huis boom ", i), func(d *kb.Document) { d.Access = nil }))
	}
	put(t, one, 1, docs...)
	holding := func(x *Index, most int) (out []string) {
		v := x.views.acquire()
		defer x.views.release(v)
		c := newClause(x.words, query.Item{Kind: query.Phrase, Text: "huis boom"}, &most)
		sets, err := c.holding(t.Context(), v, everyone(v).sets)
		if err != nil || most < 0 {
			t.Fatal(most, err)
		}
		for s, set := range sets {
			set.each(func(d uint32) { out = append(out, string(kb.IDFromBytes(v.segments[s].cols.ids[d]))) })
		}
		slices.Sort(out)
		return out
	}
	for most, want := range map[int][2]int{0: {0, 0}, 50: {25, 75}, 100: {70, 130}, 199: {180, 200}, 200: {200, 200}, 1000: {200, 200}} {
		got := holding(one, most)
		if n := len(got); n < want[0] || n > want[1] {
			t.Errorf("of at most %d, %d are found, want %d to %d", most, n, want[0], want[1])
		}
		if d := cmp.Diff(got, holding(many, most)); d != "" {
			t.Errorf("at most %d (-one segment +many):\n%s", most, d)
		}
	}
}

func joined(res *kb.SearchResult) string { return strings.Join(titles(res), " ") }
