package web

import (
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/web/operations"
)

func parse(t *testing.T, query string) state {
	t.Helper()
	q, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return parseState(q)
}

// TestAddress: an address is read and written again in its one spelling, and what
// cannot be is left out.
func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		"":                                  "/?q=",
		"q=":                                "/?q=",
		"q=+veel+++spaties%0A":              "/?q=veel+spaties",
		"q=a%26b%3D%22c%22":                 "/?q=a%26b%3D%22c%22",
		"q=a%00b%ff":                        "/?q=ab%EF%BF%BD",
		"type=les&type=casus&type=les":      "/?type=les&type=casus",
		"type=CASE&type=onzin&type=":        "/?q=",
		"samenwerking=regionaal":            "/?samenwerking=regionaal",
		"gemeente=GM0344&gemeente=PV26":     "/?gemeente=GM0344",
		"gemeente=gm0003&gemeente=GM0003":   "/?gemeente=GM0003",
		"provincie=pv26":                    "/?provincie=PV26",
		"provincie=utrecht":                 "/?q=",
		"organisatie=geen-id":               "/?q=",
		"jaar_van=2024&jaar_tot=2020":       "/?jaar_van=2020&jaar_tot=2024",
		"jaar_van=+2024+&jaar_tot=ooit":     "/?jaar_van=2024",
		"jaar_van=20240&jaar_tot=-5":        "/?q=",
		"sorteer=nieuwste":                  "/?sorteer=nieuwste",
		"sorteer=RELEVANCE":                 "/?q=",
		"na=abc&q=x":                        "/?q=x&na=abc",
		"na=a&na=&q=x&na=b":                 "/?q=x&na=a&na=b",
		"q=x+y&letterlijk=1":                "/?q=x+y&letterlijk=1",
		"q=x+y&letterlijk=x+y":              "/?q=x+y&letterlijk=1",
		"q=z&letterlijk=x+y":                "/?q=z",
		"letterlijk=1":                      "/?q=",
		"uitleg=1&q=x":                      "/?q=x&uitleg=1",
		"uitleg=ja&q=x":                     "/?q=x",
		"thema=wonen&q=x&taal=nl&type=les":  "/?q=x&type=les&thema=wonen&taal=nl",
		"onbekend=1&q=x":                    "/?q=x",
		"thema=" + strings.Repeat("x", 121): "/?q=",
	} {
		if got := parse(t, in).address(); got != want {
			t.Errorf("%q became %s, want %s", in, got, want)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("q=wonen&type=casus&jaar_van=2020&na=x")
	f.Add("q=%ff&thema=%00&jaar_tot=1000&sorteer=titel")
	f.Fuzz(func(t *testing.T, query string) {
		q, _ := url.ParseQuery(query) // what could be read of it is what a request has
		first := parseState(q)
		u, err := url.Parse(first.address())
		if err != nil {
			t.Fatalf("%q gives the address %q: %v", query, first.address(), err)
		}
		again := parseState(u.Query())
		if !reflect.DeepEqual(first, again) {
			t.Errorf("%q: %+v read again is %+v", query, first, again)
		}
	})
}

func TestFilterOfAState(t *testing.T) {
	s := parse(t, "type=casus&thema=wonen&thema=economie&provincie=PV26&gemeente=GM0344&corop=CR17&arbeidsmarktregio=AM25"+
		"&samenwerking=intern&taal=nl&jaar_van=2020&organisatie=00000000000000000000000001&persoon=00000000000000000000000002")
	want := operations.SearchFilter{
		Types:         []operations.MaterialType{operations.MaterialTypeCase},
		Themes:        []string{"wonen", "economie"},
		Regions:       []string{"PV26", "AM25", "GM0344", "CR17"},
		Organisations: s.values["organisatie"], People: s.values["persoon"],
		Collaboration: []operations.CollaborationLevel{operations.CollaborationLevelInternal},
		Years:         &operations.IntRange{From: 2020},
		Languages:     []string{"nl"},
	}
	if diff := cmp.Diff(want, s.filter()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestChangingAState: each change gives the first page of another search, and
// leaves the state that it came from alone.
func TestChangingAState(t *testing.T) {
	const query = "q=x&type=casus&thema=wonen&thema=economie&jaar_van=2020&sorteer=titel&na=abc"
	s := parse(t, query)
	for name, c := range map[string]struct {
		got  state
		want string
	}{
		"first page":      {s.first(), "/?q=x&type=casus&thema=wonen&thema=economie&jaar_van=2020&sorteer=titel"},
		"one value less":  {s.without("thema", "wonen"), "/?q=x&type=casus&thema=economie&jaar_van=2020&sorteer=titel"},
		"the last value":  {s.without("type", "CASE"), "/?q=x&thema=wonen&thema=economie&jaar_van=2020&sorteer=titel"},
		"not its value":   {s.without("thema", "zorg"), "/?q=x&type=casus&thema=wonen&thema=economie&jaar_van=2020&sorteer=titel"},
		"other values":    {s.with("thema", "zorg"), "/?q=x&type=casus&thema=zorg&jaar_van=2020&sorteer=titel"},
		"another year":    {s.years(2024, 2024), "/?q=x&type=casus&thema=wonen&thema=economie&jaar_van=2024&jaar_tot=2024&sorteer=titel"},
		"without filters": {s.unfiltered(), "/?q=x&sorteer=titel"},
		"next page":       {s.next("def"), "/?q=x&type=casus&thema=wonen&thema=economie&jaar_van=2020&sorteer=titel&na=abc&na=def"},
		"another query":   {s.asTyped(true).asking("y"), "/?q=y&type=casus&thema=wonen&thema=economie&jaar_van=2020&sorteer=titel"},
		"as typed":        {s.asTyped(true), "/?q=x&type=casus&thema=wonen&thema=economie&jaar_van=2020&sorteer=titel&letterlijk=1"},
		"as typed, clear": {s.asTyped(true).unfiltered(), "/?q=x&sorteer=titel&letterlijk=1"},
	} {
		if got := c.got.address(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got, want := s.address(), parse(t, query).address(); got != want {
		t.Errorf("the state became %s", got)
	}
	if !s.filtered() || s.unfiltered().filtered() || !parse(t, "jaar_tot=2020").filtered() {
		t.Error("filtered does not tell whether there are filters")
	}
}
