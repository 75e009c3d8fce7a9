package search

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// planned gives the plan of a text on the newest view.
func planned(tb testing.TB, x *Index, text string) *plan {
	tb.Helper()
	v := x.views.acquire()
	defer x.views.release(v)
	p, err := x.plan(tb.Context(), v, kb.Visitor(), compile(kb.SearchRequest{Text: text}), false)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// typedConcepts gives the labels of the concepts that are words of the query.
func typedConcepts(p *plan) []string {
	var out []string
	for _, c := range p.concepts {
		if c.typed >= 0 {
			out = append(out, c.label)
		}
	}
	return out
}

// OR joins a word with the one before it, also when that was typed before; a field
// before it is no word.
func TestConceptsOfAlternatives(t *testing.T) {
	x := filtered(t)
	for text, want := range map[string][]string{
		"huis boom":                {"huis", "boom"},
		"huis OF boom":             {"huis / boom"},
		"huis OF boom OR fiets":    {"huis / boom / fiets"},
		"huis boom huis OF fiets":  {"huis / fiets", "boom"},
		"huis OF boom boom":        {"huis / boom"},
		"huis boom OF huis":        {"huis", "boom"},
		"thema:wonen OF boom":      {"boom"},
		"huis thema:wonen OF boom": {"huis", "boom"},
		"huis of boom":             {"huis", "boom"},
		`"huis fiets" OF boom`:     {"huis", "fiets / boom"},
		"de huis huizen":           {"huis"},
	} {
		if diff := cmp.Diff(want, typedConcepts(planned(t, x, text))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// Alternatives find what either finds, and count as one word: what has both is
// not as good as what has both of two words.
func TestAlternativesFindEither(t *testing.T) {
	x := filtered(t)
	for text, want := range map[string]string{
		"huis OF boom":      "f1 huis f2 huis f3 boom f4 boom f5 boom",
		"huiss OF boom":     "f1 huis f2 huis f3 boom f4 boom f5 boom",
		"f1 huis OF boom":   "f1 huis f2 huis f3 boom f4 boom f5 boom",
		"jan OF geheim":     "f5 boom",
		"OF":                "",
		"OF boom":           "f3 boom f4 boom f5 boom",
		"boom OF":           "f3 boom f4 boom f5 boom",
		"boom OF -f3":       "f4 boom f5 boom",
		"+boom OF +huis f1": "f1 huis f2 huis f3 boom f4 boom f5 boom",
	} {
		if diff := cmp.Diff(want, found(t, x, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// What stands past the bound of words that are looked up is not taken for what
// stands before it: a name there made a chip with the text of another word.
func TestWordsPastTheBound(t *testing.T) {
	x := filtered(t)
	text := `"` + strings.Repeat("de ", maxWords) + `" Utrecht`
	p := planned(t, x, text)
	if len(p.typed) != maxWords || len(p.words) != 0 || len(p.recognised) != 0 {
		t.Errorf("%d typed, %d words, recognised %v", len(p.typed), len(p.words), p.recognised)
	}
	p = planned(t, x, strings.Repeat("huis-aan-zee ", maxWords)+"Utrecht")
	if len(p.words) > maxWords || len(p.concepts) > maxWords {
		t.Errorf("%d words, %d concepts", len(p.words), len(p.concepts))
	}
}

// Words written apart find what is written as one, and the other way round.
func TestWordsWrittenAsOne(t *testing.T) {
	x := texts1(t, map[string]string{"c1": "de arbeidsmarktregio", "c2": "de arbeidsmarkt van een regio", "c3": "een fiets"})
	for _, text := range []string{"arbeidsmarktregio", "arbeidsmarkt regio", "arbeidsmarkt-regio", "arbeidsmarktregio's"} {
		if diff := cmp.Diff("c1 c2", found(t, x, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
	if best := titles(ask(t, x, kb.SearchRequest{Text: "arbeidsmarktregio", First: 1})); !slices.Equal(best, []string{"c1"}) {
		t.Errorf("the word as it is typed does not come first, but %q", best)
	}
}

// Of words too common to index nothing is found, unless something else is asked.
func TestOnlyCommonWords(t *testing.T) {
	x := filtered(t)
	for text, want := range map[string]string{"de": "", "de het een": "", `"de het"`: "", "+de": "", "de thema:wonen": "f1 huis", "?!": ""} {
		if diff := cmp.Diff(want, found(t, x, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}
