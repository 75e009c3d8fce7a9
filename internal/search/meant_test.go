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

// Synonyms count with the commit that brings them and no longer than they are
// there; one way only from the first to the others; and those that are given with
// a request only for it.
func TestSynonymsAtOnce(t *testing.T) {
	x := texts1(t, map[string]string{"s1": "Een auto met een stekker.", "s2": "Een rijwiel.", "s3": "Een elektrische fiets in de schuur."})
	find := func(when, text, want string, given ...kb.Synonyms) {
		t.Helper()
		res := ask(t, x, kb.SearchRequest{Text: text, First: 10, Sort: kb.SortTitle, Synonyms: given, AsTyped: true})
		if diff := cmp.Diff(want, joined(res)); diff != "" {
			t.Errorf("%s, %s (-want +got):\n%s", when, text, diff)
		}
	}
	both := kb.Synonyms{Terms: []string{"auto", "rijwiel", "elektrische fiets"}}
	one := kb.Synonyms{Terms: both.Terms, OneWay: true}
	find("without", "auto", "s1")
	find("given", "auto", "s1 s2 s3", both)
	find("given", "rijwielen", "s1 s2 s3", both)
	find("given one way", "auto", "s1 s2 s3", one)
	find("given one way", "rijwielen", "s2", one)
	find("without again", "auto", "s1")
	put(t, x, 2, card(t, &both, "set", nil))
	find("stored", "auto", "s1 s2 s3")
	find("stored", "elektrische fietsen", "s1 s2 s3")
	put(t, x, 3, card(t, &one, "set", nil))
	find("stored one way", "rijwiel", "s2")
	find("stored one way", "auto's", "s1 s2 s3")
	if err := x.Commit(t.Context(), kb.Step{Removed: []kb.ID{kb.DeriveID("test", "set")}, Position: 4}); err != nil {
		t.Fatal(err)
	}
	find("removed", "auto", "s1")
}

// What says the word itself stands above what says another one for it, and what
// is about a theme or of an organisation is found by any of its names.
func TestNamesFindTheirValues(t *testing.T) {
	x := named1(t)
	vng := kb.DeriveID("test", "vng")
	put(t, x, 2,
		publicCase("says", func(d *kb.Document) { d.Body = "Een woning" }),
		publicCase("synonym", func(d *kb.Document) { d.Body = "Een huis" }),
		publicCase("theme", func(d *kb.Document) { d.Themes = []kb.Term{{Value: "terreinen"}} }),
		publicCase("theme says", func(d *kb.Document) { d.Body = "Een werklocatie" }),
		publicCase("of vng", func(d *kb.Document) { d.Organisations = []kb.ID{vng} }),
		publicCase("names vng", func(d *kb.Document) { d.Body = "De Vereniging van Nederlandse Gemeenten" }),
		publicCase("hidden", func(d *kb.Document) { d.Body, d.Access = "Een woning", nil }),
	)
	for text, want := range map[string]string{
		"woning": "says synonym", "huis": "says synonym", "werklocatie": "theme theme says", "business parks": "theme theme says",
		"VNG": "names vng of vng", "Vereniging van Nederlandse Gemeenten": "names vng of vng", "geheim": "", "stil genootschap": "",
	} {
		if diff := cmp.Diff(want, found(t, x, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
	for text, want := range map[string]string{"woning": "says", "huis": "synonym"} {
		if got := titles(ask(t, x, kb.SearchRequest{Text: text, First: 1})); got[0] != want {
			t.Errorf("%s: %s comes first", text, got[0])
		}
	}
}

// A name that is typed twice makes one chip, and its rest leaves out the first.
func TestChipsOfNamesTypedTwice(t *testing.T) {
	x := named1(t)
	put(t, x, 90, publicCase("Den Haag", func(d *kb.Document) { d.Regions = []string{"GM0518"} }))
	want := []kb.Recognised{{Field: kb.FacetMunicipality, Value: "GM0518", Label: "Den Haag", Text: "Den Haag", Rest: "wonen den haag"}}
	if diff := cmp.Diff(want, ask(t, x, kb.SearchRequest{Text: "Den Haag wonen den haag", First: 1}).Recognised); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
