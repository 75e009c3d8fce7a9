package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

// corrected gives what a word is corrected to, as everyone reads it.
func corrected(tb interface{ Fatal(...any) }, x *Index, word string) []correction {
	v := x.views.acquire()
	defer x.views.release(v)
	out, err := v.correct(context.Background(), x.corrector, word, x.words.Term(word), everyone(v))
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// everyone is the material that everyone reads.
func everyone(v *view) *readable {
	return v.readable(kb.Visitor(), published(kb.MaterialKinds()...))
}

func surfaces(list []correction) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.surface)
	}
	return out
}

// library is a small collection to misspell.
func library(tb testing.TB) *Index {
	x := openIndex(tb, tb.TempDir(), Options{})
	put(tb, x, 1,
		publicCase("a", func(d *kb.Document) {
			d.Body = "De gemeente Amersfoort bouwt huizen naast het bedrijventerrein. Woningbouw in Leeuwarden en Hoogezand."
		}),
		publicCase("b", func(d *kb.Document) { d.Body = "Gemeenten en regio's werken samen aan de arbeidsmarkt." }),
		publicCase("c", func(d *kb.Document) {
			d.Body = "Arbeidsmarktregio's, woningcorporaties, coöperaties en het klimaatakkoord."
		}),
		publicCase("d", func(d *kb.Document) { d.Body = "De gemeente vraagt zorg; zorgen en wonen in de gemeente." }),
		publicCase("e", func(d *kb.Document) { d.Access = []string{"team"}; d.Body = "Het geheimenproject Xantippe." }),
	)
	return x
}

func TestCorrect(t *testing.T) {
	x := library(t)
	for _, c := range []struct{ typed, want, why string }{
		{"amersfort", "amersfoort", "a doubled letter typed once"},
		{"ammersfoort", "amersfoort", "a letter typed twice"},
		{"amersfoprt", "amersfoort", "the key beside it"},
		{"amesrfoort", "amersfoort", "two letters that changed places"},
		{"amersfxoort", "amersfoort", "one too many"},
		{"amersfoot", "amersfoort", "one missing"},
		{"zmersfoort", "amersfoort", "the first letter"},
		{"amresfort", "amersfoort", "two edits in nine letters"},
		{"huizne", "huizen", "the stem of what was typed is far from the stem of the word"},
		{"bedrijventerein", "bedrijventerrein", "a letter in the second part"},
		{"gemeetne", "gemeente", "two edits from the stem"},
		{"woningcorparatei", "woningcorporatie", "two edits in one part"},
		{"klimatakkoord", "klimaatakkoord", "inside a part"},
		{"woonakkoort", "woonakkoord", "a compound that is there only in parts"},
		{"leeuwardne", "leeuwarden", "a name that is in no list"},
		{"cooperatise", "coöperaties", "written with a diaeresis"},
	} {
		if got := surfaces(corrected(t, x, c.typed)); len(got) == 0 || got[0] != c.want {
			t.Errorf("%s: %v, want %s first (%s)", c.typed, got, c.want, c.why)
		}
	}
}

func TestCorrectLeavesAlone(t *testing.T) {
	x := library(t)
	for _, c := range []struct{ typed, why string }{
		{"zog", "three letters"},
		{"amrsfot", "two edits in seven letters"},
		{"2018", "a number"},
		{"gm0362", "a code"},
		{"", "nothing"},
		{"xantippe", "only in a document that is not readable"},
		{"xantipe", "near a word in a document that is not readable"},
		{"geheimenprojekt", "near a word in a document that is not readable"},
		{strings.Repeat("amersfoort", 1000), "10,000 letters"},
		{"\x00\x01\x02\x03\x04", "control characters"},
		{"東京東京東京", "another script"},
	} {
		if got := corrected(t, x, c.typed); got != nil {
			t.Errorf("%.20q: %+v (%s)", c.typed, got, c.why)
		}
	}
}

func TestLikelyCorrectionsFirst(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	var docs []kb.Document
	for i := range 40 {
		docs = append(docs, publicCase(fmt.Sprint("wonen ", i), func(d *kb.Document) { d.Body = "Noordwijk" }))
	}
	docs = append(docs, publicCase("een", func(d *kb.Document) { d.Body = "Noordwijb, Zandvoort, Zandboort" }))
	put(t, x, 1, docs...)
	for _, c := range []struct {
		typed, why string
		want       []string
	}{
		{"noordwijg", "as near, but in many more documents", []string{"noordwijk", "noordwijb"}},
		{"zandcoort", "the key beside it before another letter", []string{"zandvoort", "zandboort"}},
	} {
		if d := cmp.Diff(c.want, surfaces(corrected(t, x, c.typed))); d != "" {
			t.Errorf("%s: %s\n%s", c.typed, c.why, d)
		}
	}
}

// A street of a single document lost to a word that nobody wrote, since its parts
// are in many.
func TestWholeWordsBeforeParts(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	docs := []kb.Document{publicCase("Hardenwaterlaan", nil)}
	for i := range 60 {
		docs = append(docs, publicCase(fmt.Sprint(i), func(d *kb.Document) { d.Body = "Het waterlaagje en de laag aarde in Arden" }))
	}
	put(t, x, 1, docs...)
	if got := corrected(t, x, "ardenwaterlaan"); len(got) == 0 || got[0].term != x.words.Term("hardenwaterlaan") {
		t.Errorf("%+v", got)
	}
}

func TestBetter(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	var docs []kb.Document
	for i := range 2 * muchMore {
		docs = append(docs, publicCase(fmt.Sprint("Veenendaal ", i), nil))
	}
	docs = append(docs,
		publicCase("Venendaal", nil), publicCase("wonen", nil),
		publicCase("hidden", func(d *kb.Document) { d.Access = []string{"team"}; d.Body = "Veenendal" }))
	put(t, x, 1, docs...)
	v := x.views.acquire()
	defer x.views.release(v)
	rd := everyone(v)
	for _, c := range []struct{ typed, want string }{
		{"venendaal", "veenendaal"},
		{"veenendaal", ""}, // itself the most written
		{"wonen", ""},      // a word of the language, however rare
		{"venendaaal", ""}, // two edits
	} {
		got, ok, err := v.better(t.Context(), x.corrector, c.typed, x.words.Term(c.typed), rd)
		if err != nil || ok != (c.want != "") || got.surface != c.want {
			t.Errorf("%s: %+v, %v, want %q", c.typed, got, err, c.want)
		}
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		typed, word string
		want        float64
	}{
		{"huis", "huis", 0},
		{"hius", "huis", costSwap},
		{"uhis", "huis", costSwap + costFirst},
		{"huuis", "huis", costDoubled},
		{"bom", "boom", costDoubled},
		{"huid", "huis", costNeighbour},
		{"guis", "huis", costNeighbour + costFirst},
		{"muis", "huis", costOther + costFirst},
		{"hui", "huis", costOther},
		{"huisp", "huis", costOther},
		{"uis", "huis", costOther + costFirst},
		{"", "aan", costDoubled + costDoubled + costOther},
	} {
		if got := edits(c.typed, c.word); got != c.want {
			t.Errorf("%s for %s costs %.2f, want %.2f", c.typed, c.word, got, c.want)
		}
	}
}

func TestNeighbours(t *testing.T) {
	near := map[rune]string{'a': "qwsz", 'g': "tfhvyb", 'p': "ol", 'm': "njk", 'q': "wa"}
	for key, want := range near {
		for other := 'a'; other <= 'z'; other++ {
			got := other != key && neighbours(key, other)
			if got != strings.ContainsRune(want, other) || got != (other != key && neighbours(other, key)) {
				t.Errorf("%c and %c: %v", key, other, got)
			}
		}
	}
	if neighbours('é', 'r') || neighbours('1', 'q') {
		t.Error("what is no letter of the keyboard has no neighbours")
	}
}

func TestMaxEdits(t *testing.T) {
	for word, want := range map[string]int{
		"": 0, "zon": 0, "zorg": 1, "wonings": 1, "woningen": 2, "één": 0, "coöp": 1, "a2012": 0, "3.1.4": 0,
		strings.Repeat("a", maxCorrectable): 2, strings.Repeat("a", maxCorrectable+1): 0,
	} {
		if got := maxEdits(word); got != want {
			t.Errorf("%q: %d edits, want %d", word, got, want)
		}
	}
}

// How a correction is shown: as it is written, in the form nearest to what was typed.
func TestCorrectionIsShownAsWritten(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1,
		publicCase("Coöperaties in Überlingen", func(d *kb.Document) { d.Body = "De energiecoöperatie groeit. WATERSCHAPPEN en een waterschap." }),
		publicCase("geheim", func(d *kb.Document) { d.Access, d.Body = nil, "ÜBERLINGENS" }),
	)
	for typed, want := range map[string]string{
		"cooperatise": "coöperaties", "uberlinegn": "überlingen", "energiecooperatei": "energiecoöperatie",
		"waterschapen": "waterschappen", "watershap": "waterschap",
	} {
		if got := surfaces(corrected(t, x, typed)); len(got) == 0 || got[0] != want {
			t.Errorf("%s: %q, want %s", typed, got, want)
		}
	}
}

func TestCorrectionEndsWithItsRequest(t *testing.T) {
	x := library(t)
	v := x.views.acquire()
	defer x.views.release(v)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	rd := everyone(v)
	if _, err := v.correct(ctx, x.corrector, "amersfort", "amersfort", rd); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

// Whatever single edit is made in a word of the collection of 8 letters or more,
// the word is among the corrections.
func TestAnyEditIsUndone(t *testing.T) {
	x := library(t)
	words := []string{"amersfoort", "gemeente", "woningbouw", "leeuwarden", "hoogezand", "arbeidsmarkt", "klimaatakkoord", "woningcorporaties", "bedrijventerrein"}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom(words).Draw(t, "word")
		typed := edited(t, word)
		want := x.words.Term(word)
		if x.words.Term(typed) == want {
			return
		}
		got := corrected(t, x, typed)
		if !slices.ContainsFunc(got, func(c correction) bool { return c.term == want }) {
			t.Errorf("%s for %s: %+v", typed, word, got)
		}
	})
}

// edited makes one edit anywhere in a word.
func edited(t *rapid.T, word string) string {
	letter := string(rapid.RuneFrom([]rune("abcdefghijklmnopqrstuvwxyz")).Draw(t, "letter"))
	i := rapid.IntRange(0, len(word)-2).Draw(t, "place")
	switch rapid.SampledFrom([]string{"swap", "insert", "delete", "replace"}).Draw(t, "edit") {
	case "swap":
		return word[:i] + word[i+1:i+2] + word[i:i+1] + word[i+2:]
	case "insert":
		return word[:i] + letter + word[i:]
	case "delete":
		return word[:i] + word[i+1:]
	}
	return word[:i] + letter + word[i+1:]
}
