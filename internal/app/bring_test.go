package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/app"
	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// themesOf imports one line into a store and gives the themes and keywords that
// its material got.
func themesOf(t *testing.T, store kb.Store, line string) (themes, keywords []string) {
	t.Helper()
	report, err := app.Import(t.Context(), store, time.Now, strings.NewReader(line), exchange.Options{
		Progress: func(exchange.Report) {}, Problem: func(p exchange.Problem) { t.Error(p.Err) },
	})
	if err != nil {
		t.Fatal(err)
	}
	changes, err := store.Changes(t.Context(), report.Last-1, 1)
	if err != nil {
		t.Fatal(err)
	}
	live, _, err := kb.DecodeRecord(changes.Records[0])
	if err != nil {
		t.Fatal(err)
	}
	m := live.(kb.Material).Shared()
	return m.Themes, m.Keywords
}

// The names of themes were only those of the built-in themes: what editors had
// made of them since, and themes of their own, became keywords.
func TestAnImportKnowsTheThemesOfTheStore(t *testing.T) {
	store, err := app.OpenStore(t.Context(), config(t, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if got, _ := themesOf(t, store, `{"title":"eerst","themes":["getijdenkracht","huisvesting","water"]}`); len(got) == 0 {
		t.Fatal("no built-in theme is known")
	}
	if _, err := app.Import(t.Context(), store, time.Now, strings.NewReader(
		`{"type":"thema","id":"g","label":"Getijden","synonyms":["getijdenkracht"]}`+"\n"+
			`{"type":"thema","id":"c","label":"Concept","status":"DRAFT"}`,
	), exchange.Options{Progress: func(exchange.Report) {}, Problem: func(p exchange.Problem) { t.Error(p.Err) }}); err != nil {
		t.Fatal(err)
	}
	themes, keywords := themesOf(t, store, `{"title":"erna","themes":["Getijdenkracht","Wonen","concept"]}`)
	if diff := cmp.Diff([]string{"getijden", "wonen"}, themes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"concept"}, keywords); diff != "" {
		t.Error(diff)
	}

	found, err := store.Find(t.Context(), []string{"slug:theme/wonen"})
	if err != nil {
		t.Fatal(err)
	}
	id := found["slug:theme/wonen"]
	current, err := store.Get(t.Context(), []kb.ID{id})
	if err != nil {
		t.Fatal(err)
	}
	results, err := store.Put(t.Context(), []kb.Record{{ID: id, Kind: kb.KindTheme, Version: current[id].Version + 1, At: time.Now().UTC().Truncate(time.Millisecond), Deleted: true}})
	if err != nil || results[0].Err != nil {
		t.Fatal(err, results)
	}
	if themes, keywords := themesOf(t, store, `{"title":"daarna","themes":["Wonen"]}`); len(themes) > 0 || !cmp.Equal(keywords, []string{"Wonen"}) {
		t.Errorf("a theme that was deleted: %q, %q", themes, keywords)
	}
}
