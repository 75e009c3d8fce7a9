package suggest_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/search"
	"leerkring/internal/store/sqlite"
	"leerkring/internal/suggest"
)

// field asks what is suggested for one field of a publication with these words.
func field(t *testing.T, name, text string) []string {
	t.Helper()
	r := &kb.Reading{Unit: kb.UnitPage, Pages: []kb.ReadPage{{Number: 1, Text: text}}}
	return values(ask(t, r, &kb.Publication{}))[name]
}

func TestDays(t *testing.T) {
	for text, want := range map[string][]string{
		"12 maart 2024": {"2024-03-12"}, "1 Augustus 2019": {"2019-08-01"}, "31 oktober 2020": {"2020-10-31"}, "2 May 2021": {"2021-05-02"}, "7 december 1999": {"1999-12-07"},
		"12-03-2024": {"2024-03-12"}, "1/2/2024": {"2024-02-01"}, "01.02.2024": {"2024-02-01"}, "29 februari 2024": {"2024-02-29"},
		"Gebouwd 3 mei 1960\nDatum: 4 juni 2024": {"2024-06-04"}, "3 mei 2020 en 4 mei 2021": {"2020-05-03"},
		"29 februari 2023": nil, "32 maart 2024": nil, "12-13-2024": nil, "12 maart 1824": nil, "maart 2024": nil, "112 maart 2024": nil, "1.2.20245": nil,
	} {
		if diff := cmp.Diff(want, field(t, "issued", text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestLicences(t *testing.T) {
	for text, want := range map[string][]string{
		"CC BY-SA 4.0": {"CC-BY-SA-4.0"}, "CC0 1.0": {"CC0-1.0"}, "CC-0": {"CC0"}, "cc-by-nc-nd": {"CC-BY-NC-ND"}, "https://creativecommons.org/licenses/by/4.0/": {"CC-BY-4.0"},
		"creativecommons.org/publicdomain/zero/1.0": {"CC0-1.0"}, "© 2024 Gemeente Ede. Niets": {"© 2024 Gemeente Ede"}, "© Stichting Thuis\nx": {"© Stichting Thuis"},
		"© 2024 Gemeente Ede\nCC BY 4.0": {"CC-BY-4.0"}, "©": nil, "cc: by de raad": nil, "artikel 4 lid (c) van": nil,
	} {
		if diff := cmp.Diff(want, field(t, "licence", text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestBylines(t *testing.T) {
	for text, want := range map[string][]string{
		"Visie\nAuteurs: Jan de Vries, A.B. van den Berg en Els Smit\n": {"Jan de Vries", "A.B. van den Berg", "Els Smit"},
		"door Anne-Marie Jansen": {"Anne-Marie Jansen"}, "Geschreven door: drs. Piet Bakker": {"Piet Bakker"}, "Author: Jane Roe & John Doe": {"Jane Roe", "John Doe"},
		"Door de raad vastgesteld": nil, "door Gemeente Ede, afdeling wonen": nil, "Hij loopt door Jan Smit": nil, "Auteur: onbekend": nil,
	} {
		if diff := cmp.Diff(want, field(t, "authors", text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestKindsOfRegions(t *testing.T) {
	for text, want := range map[string][]string{
		"De arbeidsmarktregio Rivierenland en": {"AM"}, "provincie Groningen": {"PV"}, "gemeente Groningen": {"GM"},
		"Wij lezen in Heel het land, Best goed, aan de Rijn en met mevrouw Putten. In Leek.": nil,
	} {
		got := field(t, "regions", text)
		for i := range got {
			got[i] = got[i][:2]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestTitlesThatAreJunk(t *testing.T) {
	for title, junk := range map[string]bool{
		"Microsoft Word - nota.doc": true, "PowerPoint-presentatie": true, "Document1": true, "Untitled": true, "dia 1": true, "nota_v2": true, "12-3": true, "Pagina 1 van 3": true, "rapport.pdf": true, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": true,
		"Visie op wonen": false, "Presentatie wonen en zorg": false, "Documenten in beeld": false, "Wonen 2030": false,
	} {
		r := &kb.Reading{Title: title, Pages: []kb.ReadPage{{Number: 1, Text: "1"}}}
		got := values(ask(t, r, &kb.Case{}))["title"]
		if kept := len(got) == 1 && got[0] == title; kept == junk {
			t.Errorf("%q: suggests %q", title, got)
		}
	}
}

// On the real store and index the built-in themes are known, and phrases are counted.
func TestSuggestOverARealIndex(t *testing.T) {
	ctx := context.Background()
	store, err := sqlite.Open(ctx, t.TempDir(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	index, _, err := search.Open(t.TempDir(), search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	if err := kb.Seed(ctx, store); err != nil {
		t.Fatal(err)
	}
	fill(t, store, index)
	got, err := suggest.New(index, kb.NewGazetteer()).Suggest(ctx, reading(), &kb.File{Name: "x.pptx"}, &kb.Presentation{})
	if err != nil {
		t.Fatal(err)
	}
	v := values(got)
	if diff := cmp.Diff([]string{"wonen", "betaalbaar-wonen", "wonen-en-zorg", "detailhandel-en-binnensteden"}, v["themes"]); diff != "" {
		t.Error(diff)
	}
	if len(v["keywords"]) == 0 || len(v["speakers"]) != 0 {
		t.Errorf("suggests %v", v)
	}
}

// fill puts what the store holds into an empty index.
func fill(t *testing.T, store kb.Store, index *search.Index) {
	t.Helper()
	changes, err := store.Changes(t.Context(), 0, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := kb.NewDescriber(store, kb.NewGazetteer()).Describe(t.Context(), changes.Records)
	if err != nil {
		t.Fatal(err)
	}
	if err := index.Commit(t.Context(), kb.Step{Documents: docs, Position: changes.Position}); err != nil {
		t.Fatal(err)
	}
}
