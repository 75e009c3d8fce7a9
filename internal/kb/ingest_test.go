package kb_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

func ingestStore(t testing.TB) kb.Store {
	t.Helper()
	store, err := sqlite.Open(context.Background(), t.TempDir(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// lesson gives what an import would bring in.
func lesson(name, title string) *kb.Lesson {
	return &kb.Lesson{Common: kb.Common{
		Head:  kb.Head{ID: kb.DeriveID("test", name), Status: kb.StatusPublished, Visibility: kb.VisibilityPublic},
		Title: title, Language: "nl",
	}}
}

func ingestClock(year int) func() time.Time {
	return func() time.Time { return time.Date(year, 1, 2, 3, 4, 5, 6_789_000, time.UTC) }
}

func actions(t *testing.T, store kb.Store, year int, entities ...kb.Entity) []kb.Action {
	t.Helper()
	results, err := kb.NewIngest(store, ingestClock(year)).Write(context.Background(), entities)
	if err != nil {
		t.Fatal(err)
	}
	var out []kb.Action
	for _, r := range results {
		if (r.Action == kb.Refused) != (r.Err != nil) {
			t.Errorf("action %d with error %v", r.Action, r.Err)
		}
		out = append(out, r.Action)
	}
	return out
}

func current(t *testing.T, store kb.Store, name string) (kb.Record, kb.Entity) {
	t.Helper()
	id := kb.DeriveID("test", name)
	records, err := store.Get(context.Background(), []kb.ID{id})
	if err != nil {
		t.Fatal(err)
	}
	live, _, err := kb.DecodeRecord(records[id])
	if err != nil {
		t.Fatal(err)
	}
	return records[id], live
}

func TestIngestKeepsWhatIsNotOfTheSource(t *testing.T) {
	store := ingestStore(t)
	if diff := cmp.Diff([]kb.Action{kb.Created}, actions(t, store, 2024, lesson("1", "Begin klein"))); diff != "" {
		t.Fatal(diff)
	}
	if diff := cmp.Diff([]kb.Action{kb.Unchanged}, actions(t, store, 2025, lesson("1", "Begin klein"))); diff != "" {
		t.Fatal(diff)
	}
	_, live := current(t, store, "1")
	copy := *live.(*kb.Lesson)
	copy.Title = "Begin kleiner"
	edited, err := kb.NewRecord(live, &copy)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Put(context.Background(), []kb.Record{edited}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]kb.Action{kb.Updated}, actions(t, store, 2026, lesson("1", "Begin groot"))); diff != "" {
		t.Fatal(diff)
	}
	record, live := current(t, store, "1")
	h := live.Base()
	got := []any{record.Version, live.Label(), h.Slug, h.CreatedAt.Year(), h.UpdatedAt.Year(), strings.Contains(string(record.Copy), "Begin kleiner")}
	if diff := cmp.Diff([]any{3, "Begin groot", "begin-klein", 2024, 2026, true}, got); diff != "" {
		t.Error(diff)
	}
}

func TestIngestNamesRecordsApart(t *testing.T) {
	store := ingestStore(t)
	long := strings.Repeat("lang ", 40)
	batch := []kb.Entity{lesson("1", "Zelfde"), lesson("2", "Zelfde"), lesson("3", long), lesson("4", long), lesson("5", "…")}
	actions(t, store, 2024, batch...)
	actions(t, store, 2024, lesson("6", "Zelfde"))
	for name, want := range map[string]string{"1": "zelfde", "2": "zelfde-", "4": "lang-lang", "5": "record", "6": "zelfde-"} {
		if _, e := current(t, store, name); !strings.HasPrefix(e.Base().Slug, want) {
			t.Errorf("%s: %q, want %q…", name, e.Base().Slug, want)
		}
	}
}

func TestIngestRefuses(t *testing.T) {
	store := ingestStore(t)
	actions(t, store, 2024, lesson("deleted", "a"), lesson("kind", "b"))
	r, _ := current(t, store, "deleted")
	if _, err := store.Put(context.Background(), []kb.Record{{ID: r.ID, Kind: r.Kind, Version: 2, Deleted: true, At: ingestClock(2024)()}}); err != nil {
		t.Fatal(err)
	}
	other := &kb.Case{Common: lesson("kind", "b").Common}
	noID := lesson("x", "c")
	noID.ID = "x"
	got := actions(t, store, 2025, lesson("deleted", "a"), other, noID, lesson("untitled", ""), lesson("fine", "d"))
	if diff := cmp.Diff([]kb.Action{kb.Refused, kb.Refused, kb.Refused, kb.Refused, kb.Created}, got); diff != "" {
		t.Error(diff)
	}
}

func TestIngestWritesAnIdTwiceInOrder(t *testing.T) {
	store := ingestStore(t)
	got := actions(t, store, 2024, lesson("1", "a"), lesson("1", "b"), lesson("1", "b"))
	if diff := cmp.Diff([]kb.Action{kb.Created, kb.Updated, kb.Unchanged}, got); diff != "" {
		t.Error(diff)
	}
	if r, e := current(t, store, "1"); r.Version != 2 || e.Label() != "b" {
		t.Errorf("version %d %q", r.Version, e.Label())
	}
}

// meddler is a store to which another process writes just before we do.
type meddler struct {
	kb.Store
	before []kb.Record
	fail   error
}

func (m *meddler) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	if m.fail != nil {
		return []kb.Result{{Err: m.fail}}, nil
	}
	if len(m.before) > 0 {
		if _, err := m.Store.Put(ctx, m.before); err != nil {
			return nil, err
		}
		m.before = nil
	}
	return m.Store.Put(ctx, records)
}

func TestIngestBesideAnotherWriter(t *testing.T) {
	theirs := func(name, title, slug string) kb.Record {
		e := lesson(name, title)
		e.Slug = slug
		r, err := kb.NewRecord(e, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	store := ingestStore(t)
	same := &meddler{Store: store, before: []kb.Record{theirs("1", "van hen", "van-hen")}}
	if diff := cmp.Diff([]kb.Action{kb.Updated}, actions(t, same, 2024, lesson("1", "van ons"))); diff != "" {
		t.Error(diff)
	}
	slug := &meddler{Store: store, before: []kb.Record{theirs("2", "Kop", "kop")}}
	if diff := cmp.Diff([]kb.Action{kb.Created}, actions(t, slug, 2024, lesson("3", "Kop"))); diff != "" {
		t.Error(diff)
	}
	if _, e := current(t, store, "3"); !strings.HasPrefix(e.Base().Slug, "kop-") {
		t.Errorf("slug %q", e.Base().Slug)
	}
}

// A full disk is not something that is wrong with a line.
func TestIngestStopsWhenTheStoreCannotWrite(t *testing.T) {
	full := &meddler{Store: ingestStore(t), fail: kb.Errorf(kb.DiskFull, kb.Text{NL: "vol", EN: "full"})}
	_, err := kb.NewIngest(full, ingestClock(2024)).Write(context.Background(), []kb.Entity{lesson("1", "a")})
	if kb.CodeOf(err) != kb.DiskFull {
		t.Error(err)
	}
}

func BenchmarkIngestUnchanged(b *testing.B) {
	store := ingestStore(b)
	body := strings.Repeat("Tekst van gewone lengte. ", 60)
	batch := func() []kb.Entity {
		out := make([]kb.Entity, 1_000)
		for i := range out {
			l := lesson(fmt.Sprint(i), fmt.Sprintf("Les %d", i))
			l.Body = body
			out[i] = l
		}
		return out
	}
	ingest := kb.NewIngest(store, ingestClock(2024))
	for b.Loop() {
		if _, err := ingest.Write(context.Background(), batch()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(1_000*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

// What people changed here since is not written over, however they changed it and
// whoever published it in the end.
func TestIngestLeavesTheWorkOfPeople(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	now := ingestClock(2025)
	bring := func(title string) kb.Ingested {
		l := lesson("1", title)
		l.Summary, l.Statement, l.Themes = "Kort", "Zo", []string{"wonen"}
		got, err := kb.NewIngest(w.store, now).Write(ctx, []kb.Entity{l})
		check(t, err)
		return got[0]
	}
	if got := bring("Begin klein"); got.Action != kb.Created {
		t.Fatalf("%+v", got)
	}
	id := kb.DeriveID("test", "1")
	if ev := stored(t, w.store, id).Event; ev.Type != kb.EventImported {
		t.Errorf("written as %+v", ev)
	}
	if got := bring("Begin kleiner"); got.Action != kb.Updated {
		t.Fatalf("what nobody changed: %+v", got)
	}
	at := w.done(w.Update(ctx, w.editor, kb.Target{ID: id, Version: 2}, kb.Fields{"summary": "Anders"}, false))
	if got := bring("Begin groot"); got.Action != kb.Refused || kb.CodeOf(got.Err) != kb.Conflict {
		t.Errorf("over a working copy: %+v", got)
	}
	if got := bring("Begin kleiner"); got.Action != kb.Unchanged {
		t.Errorf("what readers see is the same: %+v", got)
	}
	soon := w.now.Add(time.Hour)
	w.done(w.Approve(ctx, w.editor, at, &soon))
	w.follow()
	w.now = soon
	if n, err := w.PublishDue(ctx); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if got := bring("Begin groot"); got.Action != kb.Refused {
		t.Errorf("over what the program published for an editor: %+v", got)
	}
}
