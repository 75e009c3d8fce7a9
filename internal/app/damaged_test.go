package app_test

import (
	"strings"
	"testing"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// One record that could not be read stopped the index for all records after it,
// without saying which, and verify waited for ever.
func TestADamagedRecordStopsNobody(t *testing.T) {
	c := config(t, t.TempDir())
	a := open(t, c)
	bring(t, a, `{"id":"1","title":"Dijken"}`)
	bad := kb.Record{ID: kb.DeriveID("test", "bad"), Kind: kb.KindCase, Version: 1, Live: []byte(`{"title":7}`)}
	results, err := a.Store.Put(t.Context(), []kb.Record{bad})
	if err != nil || results[0].Err != nil {
		t.Fatal(err, results)
	}
	bring(t, a, `{"id":"2","title":"Sluizen"}`)
	if got := titles(t, a, "dijken sluizen"); len(got) != 2 {
		t.Errorf("found beside a damaged record: %q", got)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	v, err := app.Verify(t.Context(), c)
	if err != nil || v.Agrees() || len(v.Unreadable) != 1 || v.Unreadable[0].ID != bad.ID || !v.Differences.None() {
		t.Errorf("verify: %+v, %v", v, err)
	}
}

// A healthy index in use was called damaged.
func TestVerifyOfAnIndexInUse(t *testing.T) {
	c := config(t, t.TempDir())
	open(t, c)
	if _, err := app.Verify(t.Context(), c); kb.CodeOf(err) != kb.InUse || strings.Contains(err.Error(), "damaged") {
		t.Errorf("got %v", err)
	}
}
