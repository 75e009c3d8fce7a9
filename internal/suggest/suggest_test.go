package suggest_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/suggest"
)

// shelf is a collection that holds a few records and has every phrase once.
type shelf map[kb.Kind][]kb.Entity

func (s shelf) Search(_ context.Context, _ kb.Actor, req kb.SearchRequest) (*kb.SearchResult, error) {
	if len(req.Kinds) == 0 {
		if req.Text == "" {
			return &kb.SearchResult{Total: 100}, nil
		}
		return &kb.SearchResult{Total: 1}, nil
	}
	res := &kb.SearchResult{}
	for _, e := range s[req.Kinds[0]] {
		res.Hits = append(res.Hits, kb.Hit{Entity: e, Cursor: string(e.Base().ID)})
	}
	return res, nil
}

func id(name string) kb.ID { return kb.DeriveID("test", name) }

func known() shelf {
	s := shelf{
		kb.KindPerson: {
			&kb.Person{Head: kb.Head{ID: id("anne")}, Name: "Anne de Wit"},
			&kb.Person{Head: kb.Head{ID: id("bo")}, Name: "Bo Smit"},
		},
		kb.KindOrganisation: {
			&kb.Organisation{Head: kb.Head{ID: id("vng")}, Name: "Vereniging van Nederlandse Gemeenten", Also: []string{"VNG"}},
		},
	}
	for _, t := range kb.BuiltinThemes() {
		s[kb.KindTheme] = append(s[kb.KindTheme], t)
	}
	return s
}

const sample = `Samen bouwen aan wonen in de regio
Datum: 12 maart 2024
Spreker: Anne de Wit
De gemeente Zwolle bouwt de komende tien jaar duizend woningen voor starters en ouderen in de binnenstad.
Samen met woningcorporaties en de VNG kijkt de gemeente Zwolle hoe wonen voor starters betaalbaar kan blijven. Wonen en starters zijn de kern van het programma dat de raad vorig jaar met ruime meerderheid heeft aangenomen. Een best plan. Voor ouderen in de binnenstad komen er woningen met zorg dichtbij, waar corporaties en zorgaanbieders samen aan werken.
Licentie: CC BY 4.0`

func reading() *kb.Reading {
	return &kb.Reading{
		Unit: kb.UnitSlide, Language: "nl", Title: "PowerPoint-presentatie",
		Pages: []kb.ReadPage{{Number: 1, Title: "Samen bouwen aan wonen in de regio", Text: sample}},
	}
}

func ask(t *testing.T, r *kb.Reading, m kb.Material) []kb.Suggested {
	t.Helper()
	return suggested(t, known(), r, &kb.File{Name: "mijn_stuk-v2.pptx"}, m)
}

func suggested(t *testing.T, c suggest.Collection, r *kb.Reading, f *kb.File, m kb.Material) []kb.Suggested {
	t.Helper()
	got, err := suggest.New(c, kb.NewGazetteer()).Suggest(t.Context(), r, f, m)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range got {
		if s.Confidence <= 0 || s.Confidence > 1 || s.Key == "" || s.Label == "" {
			t.Errorf("an incomplete suggestion: %+v", s)
		}
	}
	return got
}

func values(got []kb.Suggested) map[string][]string {
	out := map[string][]string{}
	for _, s := range got {
		out[s.Field] = append(out[s.Field], s.Value)
	}
	return out
}

func TestSuggestForAPresentation(t *testing.T) {
	got := values(ask(t, reading(), &kb.Presentation{}))
	keywords, summary := got["keywords"], got["summary"]
	delete(got, "keywords")
	delete(got, "summary")
	want := map[string][]string{
		"title": {"Samen bouwen aan wonen in de regio"}, "language": {"nl"}, "givenAt": {"2024-03-12"}, "slides": {"1"}, "licence": {"CC-BY-4.0"},
		"regions": {"GM0193"}, "themes": {"wonen", "betaalbaar-wonen", "wonen-en-zorg", "detailhandel-en-binnensteden"}, "organisations": {string(id("vng"))}, "speakers": {string(id("anne"))},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(keywords) == 0 || len(keywords) > 5 {
		t.Errorf("keywords %v", keywords)
	}
	if len(summary) != 1 || len(summary[0]) < 200 || len(summary[0]) > 600 || strings.Contains(summary[0], "Datum") {
		t.Errorf("summary %q", summary)
	}
}

func TestPassagesShowTheValue(t *testing.T) {
	for _, s := range ask(t, reading(), &kb.Presentation{}) {
		want := map[string]string{"givenAt": "12 maart 2024", "speakers": "Anne de Wit", "organisations": "VNG", "licence": "CC BY 4.0", "regions": "Zwolle", "title": s.Value}[s.Field]
		if want == "" {
			continue
		}
		p := utf16.Encode([]rune(s.Passage))
		if len(s.Ranges) != 1 || s.Page != 1 || string(utf16.Decode(p[s.Ranges[0].Start:s.Ranges[0].End])) != want {
			t.Errorf("%s: passage %q, ranges %v", s.Field, s.Passage, s.Ranges)
		}
	}
}

func TestNothingThatIsThere(t *testing.T) {
	full := &kb.Presentation{Common: kb.Common{
		Title: "x", Summary: "x", Language: "nl", Licence: "x", Themes: []string{"wonen", "betaalbaar-wonen", "detailhandel-en-binnensteden", "wonen-en-zorg"}, Regions: []string{"GM0193"}, Organisations: []kb.ID{id("vng")},
	}, Speakers: []kb.ID{id("anne")}, GivenAt: "2024", Slides: 3}
	for _, s := range ask(t, reading(), full) {
		if s.Field != "keywords" {
			t.Errorf("suggests %s %q", s.Field, s.Value)
		}
	}
}

func TestAuthorsAndTitleOfAPublication(t *testing.T) {
	made := time.Date(2023, 5, 6, 0, 0, 0, 0, time.UTC)
	r := &kb.Reading{
		Unit: kb.UnitPage, Title: "Visie op werk", Authors: []string{"Bo Smit", "user1", "Gemeente Ede"}, Created: &made,
		Pages: []kb.ReadPage{{Number: 1, Text: "Kort."}},
	}
	want := map[string][]string{"title": {"Visie op werk"}, "authors": {"Bo Smit"}, "people": {string(id("bo"))}, "issued": {"2023-05-06"}, "pages": {"1"}}
	if diff := cmp.Diff(want, values(ask(t, r, &kb.Publication{}))); diff != "" {
		t.Error(diff)
	}
}

func TestTitleOfAFileAsTheLastResort(t *testing.T) {
	r := &kb.Reading{Title: "Microsoft Word - stuk.docx", Pages: []kb.ReadPage{{Number: 1, Text: "12\n3"}}}
	if got := values(ask(t, r, &kb.Case{}))["title"]; !cmp.Equal(got, []string{"mijn stuk-v2"}) {
		t.Errorf("title %q", got)
	}
}

func TestPlacesThatAreWords(t *testing.T) {
	for text, want := range map[string][]string{
		"Het is Best. Wij zijn Best tevreden. Best wel.":                        nil,
		"In de gemeente Best en de gemeente Best.":                              {"GM0753"},
		"Wethouder Van Bergen en mevrouw Bergen en de heer Stein spraken.":      nil,
		"Wij werken in Amersfoort. Ook in Amersfoort zelf.":                     {"GM0307"},
		"De provincie Utrecht en de provincie Utrecht":                          {"PV26"},
		"De gemeente 's-Hertogenbosch werkt samen met gemeente Den Bosch-Noord": {"GM0796"},
	} {
		r := &kb.Reading{Pages: []kb.ReadPage{{Number: 1, Text: text}}}
		if diff := cmp.Diff(want, values(ask(t, r, &kb.Case{}))["regions"]); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

type broken struct{}

func (broken) Search(context.Context, kb.Actor, kb.SearchRequest) (*kb.SearchResult, error) {
	return nil, kb.Errorf(kb.Unavailable, kb.Text{NL: "geen index", EN: "no index"})
}

func TestErrorsOfTheCollection(t *testing.T) {
	_, err := suggest.New(broken{}, kb.NewGazetteer()).Suggest(t.Context(), reading(), &kb.File{}, &kb.Case{})
	var e *kb.Error
	if !errors.As(err, &e) || e.Code != kb.Unavailable {
		t.Errorf("error %v", err)
	}
}

func FuzzSuggest(f *testing.F) {
	f.Add(sample, "Titel")
	f.Add("\xff. A\u0301 's-\x00 Den. gemeente Best!", "")
	s := suggest.New(known(), kb.NewGazetteer())
	f.Fuzz(func(t *testing.T, body, title string) {
		r := &kb.Reading{Title: title, Pages: []kb.ReadPage{{Number: 1, Text: body}, {Number: 2, Text: body}}}
		got, err := s.Suggest(t.Context(), r, &kb.File{Name: "x"}, &kb.Publication{})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range got {
			n := len(utf16.Encode([]rune(x.Passage)))
			for _, at := range x.Ranges {
				if at.Start < 0 || at.End < at.Start || at.End > n {
					t.Errorf("%s: range %v of %d", x.Field, at, n)
				}
			}
		}
	})
}

// tally counts suggestions against a reference.
type tally struct{ right, suggested, wanted int }

func (x *tally) add(got []string, want map[string]bool) {
	x.suggested += len(got)
	x.wanted += len(want)
	for _, v := range got {
		if want[v] {
			x.right++
		}
	}
}

// TestMeasured prints what the confidences come from: a reference of passages with
// theme and municipality.
func TestMeasured(t *testing.T) {
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" {
		if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
			t.Fatal("LEERKRING_TESTDATA is not set")
		}
		t.Skip("LEERKRING_TESTDATA is not set: no real texts to measure with")
	}
	f, err := os.Open(filepath.Join(dir, "corpus", "seed.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	taxonomy, s := kb.NewTaxonomy(kb.BuiltinThemes()), suggest.New(known(), kb.NewGazetteer())
	counts := map[string]*tally{"themes": {}, "first theme": {}, "regions": {}, "sure region": {}}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var x struct {
			Title, Body string
			Themes      []string
			Code        string `json:"gemeente_code"`
		}
		if err := json.Unmarshal(lines.Bytes(), &x); err != nil {
			t.Fatal(err)
		}
		r := &kb.Reading{Unit: kb.UnitPage, Pages: []kb.ReadPage{{Number: 1, Text: x.Title + "\n" + x.Body}}}
		got, err := s.Suggest(t.Context(), r, &kb.File{Name: "x"}, &kb.Publication{})
		if err != nil {
			t.Fatal(err)
		}
		by := map[string][]string{}
		for _, g := range got {
			by[g.Field] = append(by[g.Field], g.Value)
			if g.Confidence >= .75 {
				by["sure "+strings.TrimSuffix(g.Field, "s")] = append(by["sure "+strings.TrimSuffix(g.Field, "s")], g.Value)
			}
		}
		themes := map[string]bool{}
		for _, name := range x.Themes {
			if slug, ok := taxonomy.Resolve(name); ok {
				themes[slug] = true
			}
		}
		if len(themes) > 0 {
			for i, slug := range by["themes"] { // the reference has the broadest themes only
				for theme, ok := taxonomy.Theme(slug); ok && len(theme.Broader) > 0 && !themes[slug]; theme, ok = taxonomy.Theme(slug) {
					slug = theme.Broader[0]
				}
				by["themes"][i] = slug
			}
			counts["themes"].add(by["themes"], themes)
			counts["first theme"].add(by["themes"][:min(1, len(by["themes"]))], themes)
		}
		if x.Code != "" {
			counts["regions"].add(by["regions"], map[string]bool{x.Code: true})
			counts["sure region"].add(by["sure region"], map[string]bool{x.Code: true})
		}
	}
	for name, c := range counts {
		t.Logf("%-12s precision %.2f (%d of %d), recall %.2f of %d", name, float64(c.right)/float64(max(1, c.suggested)), c.right, c.suggested, float64(c.right)/float64(c.wanted), c.wanted)
	}
	if c := counts["first theme"]; float64(c.right) < .5*float64(c.suggested) {
		t.Error("the first theme is wrong more often than right")
	}
}
