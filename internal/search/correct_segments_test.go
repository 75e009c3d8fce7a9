package search

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// sentences are the documents of these tests.
func sentences() []string {
	return []string{
		"De gemeente Amersfoort bouwt woningen naast het bedrijventerrein.",
		"Omgevingsvergunning voor een warmtenet: wat vraagt het waterschap?",
		"Arbeidsmarktregio en werkgevers zoeken technisch personeel.",
		"Woningcorporaties verduurzamen hun huizen met zonnepanelen.",
		"Energietransitie in de wijk: bewoners beslissen mee.",
		"Inwoners van Leeuwarden en Hoogezand over jeugdzorg en mantelzorg.",
		"Klimaatadaptatie, biodiversiteit en circulaire economie.",
		"Het ravijnjaar: begroting en bezuinigingen bij provincies.",
	}
}

// inSegments puts each document in n segments, as far as they go.
func inSegments(tb testing.TB, n int, docs []kb.Document) *Index {
	x := openIndex(tb, tb.TempDir(), Options{})
	for i := range n {
		from, to := len(docs)*i/n, len(docs)*(i+1)/n
		put(tb, x, kb.Seq(i+1), docs[from:to]...)
	}
	return x
}

func sentenceDocuments() []kb.Document {
	var out []kb.Document
	for i, s := range sentences() {
		out = append(out, publicCase(fmt.Sprint("stuk ", i), func(d *kb.Document) { d.Body = s }))
	}
	return out
}

// A thousand words with one error each: nearly all are corrected to what they were.
func TestMostErrorsAreCorrected(t *testing.T) {
	x := inSegments(t, 3, sentenceDocuments())
	random := rand.New(rand.NewPCG(1, 2))
	var words []string
	for _, w := range strings.Fields(kb.Fold(strings.Join(sentences(), " "))) {
		if len(w) >= 7 && x.words.Term(w) != "" {
			words = append(words, w)
		}
	}
	right, tried := 0, 0
	var missed []string
	for tried < 1000 {
		word := words[random.IntN(len(words))]
		typed := slip(random, word)
		if x.words.Term(typed) == x.words.Term(word) {
			continue
		}
		tried++
		if got := corrected(t, x, typed); len(got) > 0 && got[0].term == x.words.Term(word) {
			right++
		} else {
			missed = append(missed, typed)
		}
	}
	if right < 980 {
		t.Errorf("%d of %d are right, not %v", right, tried, missed)
	}
}

// slip makes one error in a word, anywhere but at its first letter.
func slip(random *rand.Rand, word string) string {
	i, letter := 1+random.IntN(len(word)-2), string(rune('a'+random.IntN(26)))
	switch random.IntN(4) {
	case 0:
		return word[:i] + word[i+1:i+2] + word[i:i+1] + word[i+2:]
	case 1:
		return word[:i] + letter + word[i:]
	case 2:
		return word[:i] + word[i+1:]
	}
	return word[:i] + letter + word[i+1:]
}

// However the index is cut into segments, a word is corrected to the same.
func TestCorrectAcrossSegments(t *testing.T) {
	one, many := inSegments(t, 1, sentenceDocuments()), inSegments(t, len(sentences()), sentenceDocuments())
	for _, word := range []string{"amersfort", "wonign", "warmtnet", "arbeidsmarktrego", "biodiversitiet", "zonepanelne", "qqqqqqqq", "begrotign"} {
		if d := gocmp.Diff(corrected(t, one, word), corrected(t, many, word), gocmp.AllowUnexported(correction{})); d != "" {
			t.Errorf("%s: %s", word, d)
		}
	}
}

// What was changed or removed since is no longer a word of the collection.
func TestCorrectAfterRemoval(t *testing.T) {
	x := inSegments(t, 2, sentenceDocuments())
	if got := corrected(t, x, "ravijnjar"); len(got) != 1 || got[0].surface != "ravijnjaar" {
		t.Fatalf("%+v", got)
	}
	put(t, x, 9, publicCase("stuk 7", func(d *kb.Document) { d.Body = "iets anders" }))
	if got := corrected(t, x, "ravijnjar"); got != nil {
		t.Errorf("after a change: %+v", got)
	}
	if err := x.Commit(t.Context(), kb.Step{Removed: []kb.ID{kb.DeriveID("test", "stuk 0")}, Position: 10}); err != nil {
		t.Fatal(err)
	}
	if got := corrected(t, x, "amersfort"); got != nil {
		t.Errorf("after removal: %+v", got)
	}
}

func TestPiecesOfCompounds(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	for _, c := range []struct {
		word, want string
		edits      int
	}{
		{"bedrijventerein", "bedrijventerrein", 1},
		{"werkplaasten", "werkplaatsen", 2},
		{"energietransitiefonsd", "energietransitiefonds", 1},
		{"motorvoertuigbewgingen", "motorvoertuigbewegingen", 1},
		{"klimatadaptatie", "klimaatadaptatie", 1},
	} {
		near := proposals{}
		x.corrector.pieces(c.word, c.edits, near)
		found := false
		for _, p := range near {
			found = found || p.surface == c.want
		}
		if !found {
			t.Errorf("%s: no %s among %d", c.word, c.want, len(near))
		}
	}
}

func TestMerge(t *testing.T) {
	a := correction{term: "a", cost: 1, documents: 10}
	b := correction{term: "b", cost: 0.6, documents: 10}
	dear := correction{term: "b", cost: 2, documents: 10}
	common := correction{term: "c", cost: 1, documents: 1000}
	got := merge(merge(nil, []correction{a, b}), []correction{dear, common})
	if d := gocmp.Diff([]correction{common, b, a}, got, gocmp.AllowUnexported(correction{})); d != "" {
		t.Error(d)
	}
}

// The weights of frequency and of edits, as the comments promise them.
func TestLikelihood(t *testing.T) {
	order := []correction{
		{term: "slip, some", cost: costSwap, documents: 20},
		{term: "slip, few", cost: costSwap, documents: 10},
		{term: "other letter, more", cost: costOther, documents: 7 * 10},
		{term: "other letter, as many", cost: costOther, documents: 10},
		{term: "two edits, a hundred times as many", cost: 2, documents: 100 * 10},
		{term: "two edits, as many", cost: 2, documents: 10},
	}
	if !slices.IsSortedFunc(order, func(a, b correction) int { return cmp.Compare(b.likelihood(), a.likelihood()) }) {
		for _, c := range order {
			t.Errorf("%s: %.2f", c.term, c.likelihood())
		}
	}
}

// A word of many letters takes no time, and nor does one that is like no other.
func TestCorrectOfAnythingEnds(t *testing.T) {
	x := inSegments(t, 1, sentenceDocuments())
	for _, word := range []string{
		strings.Repeat("woning", 2000), strings.Repeat("é", maxCorrectable), strings.Repeat("abcd", 10), strings.Repeat("bedrijven", 4),
		"عمارة", "東京東京", "\x00\x00\x00\x00", "....", "a-b-c-d",
	} {
		if got := corrected(t, x, word); len(got) > maxCorrections {
			t.Errorf("%.20q: %d corrections", word, len(got))
		}
	}
}
