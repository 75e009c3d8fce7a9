package app_test

import (
	"testing"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// A theme was deleted and made anew under its old slug. The cases that carry the
// slug were described while it had no theme, named none, and so were not made
// again when the new one came: its synonyms found nothing until a rebuild.
func TestAThemeThatComesBackIsFound(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	bring(t, a, `{"id":"1","title":"Dijken","themes":["wonen"]}`)
	old, err := a.Library.BySlug(t.Context(), kb.Visitor(), kb.KindTheme, "wonen")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	write(t, a, kb.Record{ID: old.Base().ID, Kind: kb.KindTheme, Version: old.Base().Version + 1, At: at, Deleted: true})
	anew := &kb.Theme{
		Head: kb.Head{
			ID: kb.DeriveID("editors", "wonen"), Slug: "wonen", Status: kb.StatusPublished, Visibility: kb.VisibilityPublic,
			CreatedAt: at, UpdatedAt: at, PublishedAt: &at,
		},
		PrefLabel: kb.Label{NL: "Wonen"}, Synonyms: []string{"kotterbaas"},
	}
	r, err := kb.NewRecord(anew, nil)
	if err != nil {
		t.Fatal(err)
	}
	write(t, a, r)
	if got := titles(t, a, "kotterbaas"); len(got) != 1 || got[0] != "Dijken" {
		t.Errorf("the new synonym finds %q", got)
	}
}

// write puts a record and waits until the index has it.
func write(t *testing.T, a *app.App, r kb.Record) {
	t.Helper()
	results, err := a.Store.Put(t.Context(), []kb.Record{r})
	if err != nil || results[0].Err != nil {
		t.Fatal(err, results)
	}
	if err := a.Indexer.WaitFor(t.Context(), results[0].Seq); err != nil {
		t.Fatal(err)
	}
}
