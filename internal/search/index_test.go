package search_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/search"
)

func open(tb testing.TB, dir string, opts search.Options) *search.Index {
	tb.Helper()
	x, _ := openState(tb, dir, opts)
	return x
}

func openState(tb testing.TB, dir string, opts search.Options) (*search.Index, search.State) {
	tb.Helper()
	x, state, err := search.Open(dir, opts)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = x.Close() })
	return x, state
}

func commit(tb testing.TB, x *search.Index, position kb.Seq, docs ...kb.Document) {
	tb.Helper()
	if err := x.Commit(tb.Context(), kb.Step{Documents: docs, Position: position}); err != nil {
		tb.Fatal(err)
	}
}

func search1(tb testing.TB, x *search.Index, req kb.SearchRequest) *kb.SearchResult {
	tb.Helper()
	res, err := x.Search(tb.Context(), kb.Visitor(), req)
	if err != nil {
		tb.Fatal(err)
	}
	return res
}

// document makes a public case by name; change may alter it.
func document(name string, change func(*kb.Document)) kb.Document {
	d := kb.Document{
		Record: kb.DeriveID("test", name), Kind: kb.KindCase, Version: 1,
		Access: []string{kb.AccessPublic}, States: []string{string(kb.StatusPublished)}, Title: name, Language: "nl",
	}
	if change != nil {
		change(&d)
	}
	if d.Card == nil {
		e, _ := kb.New(d.Kind)
		*e.Base() = kb.Head{ID: d.Record, Slug: string(d.Record), Status: kb.StatusPublished, Visibility: kb.VisibilityPublic}
		if m, ok := e.(kb.Material); ok {
			m.Shared().Title, m.Shared().Summary = d.Title, d.Summary
		}
		d.Card, _ = kb.Encode(e)
	}
	return d
}

func titles(res *kb.SearchResult) []string {
	out := []string{}
	for _, h := range res.Hits {
		out = append(out, h.Entity.Label())
	}
	return out
}

func TestStates(t *testing.T) {
	dir := t.TempDir()
	x, state := openState(t, dir, search.Options{Fingerprint: "regions 2026"})
	if state != search.Missing {
		t.Errorf("a new folder is %s", state)
	}
	commit(t, x, 7, document("huis", nil))
	_, _, err := search.Open(dir, search.Options{})
	if kb.CodeOf(err) != kb.InUse {
		t.Errorf("a second index on the folder: %v", err)
	}
	close1(t, x)

	x, state = openState(t, dir, search.Options{Fingerprint: "regions 2026"})
	if state != search.Current || x.Position() != 7 {
		t.Errorf("opened again it is %s at %d", state, x.Position())
	}
	close1(t, x)

	x, state = openState(t, dir, search.Options{Fingerprint: "regions 2027"})
	if state != search.Outdated || x.Position() != 0 {
		t.Errorf("with other regions it is %s at %d", state, x.Position())
	}
}

func close1(t *testing.T, x *search.Index) {
	t.Helper()
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestRefusesFolderThatIsAFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := search.Open(name, search.Options{})
	if err == nil || kb.CodeOf(err) == kb.Internal {
		t.Errorf("got %v", err)
	}
}

func TestLeftoversOfACrashAreRemoved(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "gen-0123"), 0o755); err != nil {
		t.Fatal(err)
	}
	open(t, dir, search.Options{})
	if _, err := os.Stat(filepath.Join(dir, "gen-0123")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder that nobody names is still there: %v", err)
	}
}

func TestReplaceAndRemove(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	a := document("eerste huis", nil)
	commit(t, x, 1, a, document("tweede huis", nil))
	changed := document("eerste huis", func(d *kb.Document) { d.Title = "eerste boom" })
	commit(t, x, 2, changed)
	if d := cmp.Diff([]string{"tweede huis"}, titles(search1(t, x, kb.SearchRequest{Text: "huis", First: 10}))); d != "" {
		t.Error(d)
	}
	if err := x.Commit(t.Context(), kb.Step{Removed: []kb.ID{a.Record}, Position: 3}); err != nil {
		t.Fatal(err)
	}
	res := search1(t, x, kb.SearchRequest{First: 10})
	if d := cmp.Diff([]string{"tweede huis"}, titles(res)); d != "" || res.Total != 1 || x.Position() != 3 {
		t.Errorf("total %d, position %d: %s", res.Total, x.Position(), d)
	}
}

func TestWorkingCopyBesideTheRecord(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	live := document("fietspad", nil)
	copied := document("fietspad", func(d *kb.Document) {
		d.Copy, d.Access, d.States, d.Title = true, nil, []string{string(kb.StatusDraft), kb.StateCopy}, "fietspad geheim"
	})
	commit(t, x, 1, live, copied)
	if got := search1(t, x, kb.SearchRequest{Text: "geheim", First: 10, Facets: kb.FacetFields()}); got.Total != 0 {
		t.Errorf("a visitor finds %d working copies", got.Total)
	}
	for state, want := range map[string]string{"": "fietspad", string(kb.StatusDraft): "fietspad geheim", kb.StateCopy: "fietspad geheim"} {
		req := kb.SearchRequest{Text: "fietspad", First: 10}
		if state != "" {
			req.Filter.States = []string{state}
		}
		res, err := x.Search(t.Context(), kb.System(), req)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]string{want}, titles(res)); d != "" || res.Total != 1 {
			t.Errorf("%s: total %d: %s", state, res.Total, d)
		}
	}
	// Approved: the copy is gone and its text is live.
	commit(t, x, 2, document("fietspad", func(d *kb.Document) { d.Title = "fietspad geheim" }))
	if d := cmp.Diff([]string{"fietspad geheim"}, titles(search1(t, x, kb.SearchRequest{Text: "geheim", First: 10}))); d != "" {
		t.Error(d)
	}
	copies := kb.SearchRequest{First: 10, Filter: kb.Filter{States: []string{kb.StateCopy}}}
	if res, err := x.Search(t.Context(), kb.System(), copies); err != nil || res.Total != 0 {
		t.Errorf("after approval there is a copy: %v, %v", res, err)
	}
}

func TestReferring(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	org := kb.DeriveID("test", "org")
	a := document("a", func(d *kb.Document) { d.Refers = []string{string(org)} })
	commit(t, x, 1, a, document("b", nil))
	got, err := x.Referring([]string{string(org), "slug:theme/other"})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]kb.ID{a.Record}, got); d != "" {
		t.Error(d)
	}
}

// A rebuild is swapped in while searches and cursors of the old index go on.
func TestRebuildSwap(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir, search.Options{})
	for i, name := range []string{"a", "b", "c"} {
		commit(t, x, kb.Seq(i+1), document("oud "+name, nil))
	}
	first := search1(t, x, kb.SearchRequest{Text: "oud", First: 1})
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	anew := []kb.Document{document("nieuw", nil), document("oud a", nil), document("oud b", nil), document("oud c", nil)}
	if err := r.Commit(t.Context(), kb.Step{Documents: anew, Position: 9}); err != nil {
		t.Fatal(err)
	}
	if got := search1(t, x, kb.SearchRequest{First: 10}); got.Total != 3 || x.Position() != 3 {
		t.Errorf("before the swap %d records at %d", got.Total, x.Position())
	}
	if err := r.Swap(); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"nieuw"}, titles(search1(t, x, kb.SearchRequest{Text: "nieuw", First: 10}))); d != "" || x.Position() != 9 {
		t.Errorf("after the swap, at %d: %s", x.Position(), d)
	}
	rest := search1(t, x, kb.SearchRequest{Text: "oud", First: 10, After: first.Hits[0].Cursor})
	if len(rest.Hits) != 2 || rest.Total != 3 {
		t.Errorf("a cursor from before the swap goes on with %d of %d", len(rest.Hits), rest.Total)
	}
	close1(t, x)
	x, state := openState(t, dir, search.Options{})
	if state != search.Current || x.Position() != 9 {
		t.Errorf("after a restart: %s at %d", state, x.Position())
	}
}

func TestDiscardedRebuildLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir, search.Options{})
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Discard(); err != nil {
		t.Fatal(err)
	}
	gens, err := filepath.Glob(filepath.Join(dir, "gen-*"))
	if err != nil || len(gens) != 1 {
		t.Errorf("generations %v, %v", gens, err)
	}
}

func TestSearchAfterCloseIsRefused(t *testing.T) {
	x, _, err := search.Open(t.TempDir(), search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	close1(t, x)
	if _, err := x.Search(context.Background(), kb.Visitor(), kb.SearchRequest{First: 1}); kb.CodeOf(err) != kb.Unavailable {
		t.Errorf("got %v", err)
	}
}

func TestCompare(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	a, b, c := document("a", nil), document("b", nil), document("c", nil)
	commit(t, x, 3, a, b, c)
	changed := document("b", func(d *kb.Document) { d.Body = "anders" })
	missing := document("d", nil)
	got, err := x.Compare(t.Context(), func(yield func(kb.Document) error) error {
		return errors.Join(yield(a), yield(changed), yield(missing))
	})
	if err != nil {
		t.Fatal(err)
	}
	want := &search.Differences{
		Missing: []kb.ID{missing.Record}, Extra: []kb.ID{c.Record}, Different: []kb.ID{b.Record}, Position: 3,
	}
	if d := cmp.Diff(want, got); d != "" || got.None() {
		t.Error(d)
	}
}

func clock(start time.Time) (now func() time.Time, advance func(time.Duration)) {
	at := start
	return func() time.Time { return at }, func(d time.Duration) { at = at.Add(d) }
}
