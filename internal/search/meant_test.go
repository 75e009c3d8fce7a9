package search

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// The places of a municipality, the municipality and what lies there are found by
// each other's names, what says the typed name first.
func TestPlacesOfAMunicipality(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	text := func(name, body string, regions ...string) kb.Document {
		return publicCase(name, func(d *kb.Document) { d.Body, d.Regions = body, regions })
	}
	put(t, x, 1,
		text("one", "Er komen woningen in Soest."),
		text("two", "Er komen woningen in Soesterberg."),
		text("there", "Er komen woningen aan de Dorpsstraat.", "GM0342", "PV26"),
		text("elsewhere", "Er komen woningen in Assen."),
		text("schoorl", "Het plein in Schoorl is vernieuwd."),
		text("egmond", "Het plein in Egmond-Binnen is vernieuwd."),
		text("baker", "De bakker staat op het plein.", "GM0373"),
		text("english", "A school, made by hand."),
		text("drimmelen", "Het plan voor Drimmelen."),
	)
	for query, want := range map[string]string{
		"Soest":              "one two there",
		"Soesterberg":        "two there one",
		"provincie Utrecht":  "there",
		"Schoorl":            "schoorl baker",
		"Egmond-Binnen":      "egmond baker",
		"gemeente Drimmelen": "drimmelen",
	} {
		res, err := x.Search(t.Context(), kb.Visitor(), kb.SearchRequest{Text: query, First: 9})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, strings.Join(titles(res), " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	res, err := x.Search(t.Context(), kb.Visitor(), kb.SearchRequest{Text: "woningen Soest", First: 9})
	if err != nil {
		t.Fatal(err)
	}
	if found := titles(res); len(found) < 4 || found[3] != "elsewhere" {
		t.Errorf("what is built elsewhere stands above what is built there: %q", found)
	}
}

func titles(res *kb.SearchResult) []string {
	var out []string
	for _, h := range res.Hits {
		out = append(out, h.Entity.Label())
	}
	return out
}
