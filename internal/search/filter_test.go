package search

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// filtered is a collection with values of all fields; what a title has in front is
// its kind.
func filtered(tb testing.TB) *Index {
	tb.Helper()
	x := openIndex(tb, tb.TempDir(), Options{})
	in := func(year int) time.Time { return time.Date(year, 5, 1, 0, 0, 0, 0, time.UTC) }
	theme := func(slug string) []kb.Term { return []kb.Term{{Value: slug}} }
	id := func(name string) []kb.ID { return []kb.ID{kb.DeriveID("test", name)} }
	put(tb, x, 1,
		card(tb, &kb.Theme{PrefLabel: kb.Label{NL: "Wonen", EN: "Housing"}, Synonyms: []string{"huisvesting"}}, "wonen", nil),
		card(tb, &kb.Theme{PrefLabel: kb.Label{NL: "Circulaire economie"}}, "circulaire-economie", nil),
		card(tb, &kb.Organisation{Name: "Vereniging van Nederlandse Gemeenten", Also: []string{"VNG"}}, "vng", nil),
		card(tb, &kb.Person{Name: "Jansje de Vries"}, "jansje", func(d *kb.Document) { d.Access = []string{kb.AccessPublic} }),
		card(tb, &kb.Person{Name: "Petra Geheim"}, "petra", func(d *kb.Document) { d.Access = nil }),
		publicCase("f1 huis", func(d *kb.Document) {
			d.Themes, d.Date, d.Regions = theme("wonen"), in(2019), []string{"GM0344", "PV26"}
		}),
		publicCase("f2 huis", func(d *kb.Document) {
			d.Themes, d.Date, d.Collaboration = theme("circulaire-economie"), in(2021), kb.CollaborationRegional
		}),
		publicCase("f3 boom", func(d *kb.Document) { d.Kind, d.Date, d.Organisations = kb.KindLesson, in(2023), id("vng") }),
		publicCase("f4 boom", func(d *kb.Document) { d.People, d.Language, d.Regions = id("jansje"), "en", []string{"PV26"} }),
		publicCase("f5 boom", func(d *kb.Document) { d.People, d.Body = id("petra"), "Over jan en 2020 en geheim" }),
	)
	return x
}

func TestFieldsOfAQuery(t *testing.T) {
	x := filtered(t)
	for text, want := range map[string]string{
		"thema:wonen":                            "f1 huis",
		"theme:housing":                          "f1 huis",
		"thema:huisvesting":                      "f1 huis",
		`thema:"circulaire economie"`:            "f2 huis",
		"thema:circulaire-economie":              "f2 huis",
		"thema:wonen thema:circulaire-economie":  "f1 huis f2 huis",
		"-thema:wonen huis":                      "f2 huis",
		"thema:wonen boom":                       "",
		"thema:boom":                             "f3 boom f4 boom f5 boom", // no theme: a word
		"regio:Utrecht":                          "f1 huis f4 boom",
		"gemeente:Utrecht":                       "f1 huis",
		"provincie:Utrecht":                      "f1 huis f4 boom",
		"arbeidsmarktregio:Utrecht":              "f1 huis f4 boom", // it is called otherwise: a word
		"arbeidsmarktregio:Amersfoort":           "",
		"-regio:Utrecht boom":                    "f3 boom f5 boom",
		"regio:Nergenshuizen":                    "",
		"jaar:2019":                              "f1 huis",
		"jaar:2019..2021":                        "f1 huis f2 huis",
		"jaar:>2020":                             "f2 huis f3 boom",
		"jaar:..2019":                            "f1 huis",
		"jaar:2019 jaar:2023":                    "f1 huis f3 boom",
		"jaar:2020":                              "",
		"-jaar:2019 huis":                        "f2 huis",
		"-jaar:2019..2021":                       "f3 boom f4 boom f5 boom",
		"-jaar:2020 boom":                        "f3 boom f4 boom f5 boom", // nothing is of 2020; f5 only says so
		"jaar:ooit boom":                         "f3 boom f4 boom f5 boom",
		"type:les":                               "f3 boom",
		"-type:les boom":                         "f4 boom f5 boom",
		"soort:casus type:lesson":                "f1 huis f2 huis f3 boom f4 boom f5 boom",
		"organisatie:VNG":                        "f3 boom",
		"persoon:jansje":                         "f4 boom",
		`persoon:"vries jansje"`:                 "f4 boom",
		"-persoon:jansje boom":                   "f3 boom f5 boom",
		"persoon:petra":                          "",
		"persoon:geheim":                         "f5 boom", // the word in the text: whom nobody may read is nobody
		"taal:engels":                            "f4 boom",
		"taal:fr":                                "",
		"samenwerking:regionaal":                 "f2 huis",
		"titel:huis":                             "f1 huis f2 huis",
		"titel:huizen":                           "f1 huis f2 huis",
		`titel:"huis f2"`:                        "f2 huis",
		"-titel:huis":                            "f3 boom f4 boom f5 boom",
		"titel:2020":                             "",
		"titel:de huis":                          "f1 huis f2 huis",
		"titel:de":                               "",
		"-titel:de huis":                         "f1 huis f2 huis",
		"thema:wonen jaar:2019 regio:Utrecht":    "f1 huis",
		"thema:wonen jaar:2021":                  "",
		"boom -persoon:jansje -organisatie:VNG ": "f5 boom",
	} {
		if diff := cmp.Diff(want, found(t, x, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// What nothing but fields are asked of has no order of its own: the newest come
// first, and a cursor goes on after them.
func TestOnlyFieldsGiveTheNewestFirst(t *testing.T) {
	x := filtered(t)
	req := kb.SearchRequest{Text: "type:casus -titel:f5", First: 100}
	want := []string{"f2 huis", "f1 huis", "f4 boom"}
	if diff := cmp.Diff(want, titles(ask(t, x, req))); diff != "" {
		t.Fatal(diff)
	}
	if diff := cmp.Diff(want, paged(t, x, req, 1)); diff != "" {
		t.Errorf("page by page (-want +got):\n%s", diff)
	}
}

// Years of the request and of its text are alternatives, as all values of one
// field are.
func TestYearsOfRequestAndText(t *testing.T) {
	x := filtered(t)
	req := kb.SearchRequest{Text: "jaar:2019", First: 100, Sort: kb.SortTitle, Facets: []kb.FacetField{kb.FacetYear}}
	req.Filter.YearFrom = 2022
	res := ask(t, x, req)
	if diff := cmp.Diff([]string{"f1 huis", "f3 boom"}, titles(res)); diff != "" {
		t.Error(diff)
	}
	want := []kb.FacetBucket{{Value: "2023", Count: 1, Selected: true}, {Value: "2021", Count: 1}, {Value: "2019", Count: 1, Selected: true}}
	if diff := cmp.Diff(want, res.Facets[0].Buckets); diff != "" {
		t.Error(diff)
	}
}
