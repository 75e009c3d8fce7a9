package kb_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// rival is a store to which another process writes the same record before each
// of our writes, so that ours is never the next version.
type rival struct {
	kb.Store
	t    *testing.T
	left int // how many of our writes it comes before
	puts int // how many of ours there were
}

func (r *rival) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	r.puts++
	if r.left > 0 {
		r.left--
		theirs := make([]kb.Record, len(records))
		for i, mine := range records {
			e := lesson("", fmt.Sprintf("van hen %d", r.puts))
			e.ID, e.Slug, e.Version = mine.ID, "van-hen", mine.Version-1
			next, err := kb.NewRecord(e, nil)
			if err != nil {
				r.t.Error(err)
			}
			theirs[i] = next
		}
		if _, err := r.Store.Put(ctx, theirs); err != nil {
			return nil, err
		}
	}
	return r.Store.Put(ctx, records)
}

// Another writer may come first a few times; one that always does ends in an
// answer, not in an endless loop.
func TestIngestTriesAFewTimes(t *testing.T) {
	for _, c := range []struct {
		rivals, puts int
		want         kb.Action
		code         kb.Code
		version      int
	}{
		{4, 5, kb.Updated, "", 5},
		{100, 5, kb.Refused, kb.Conflict, 5},
	} {
		store := &rival{Store: ingestStore(t), t: t, left: c.rivals}
		got, err := kb.NewIngest(store, ingestClock(2024)).Write(t.Context(), []kb.Entity{lesson("1", "van ons")})
		if err != nil || got[0].Action != c.want || kb.CodeOf(got[0].Err) != c.code || (got[0].Seq > 0) != (c.code == "") || store.puts != c.puts {
			t.Errorf("%d rivals: %v %v after %d writes", c.rivals, got, err, store.puts)
		}
		if r, e := current(t, store.Store, "1"); r.Version != c.version || (e.Label() == "van ons") != (c.code == "") {
			t.Errorf("%d rivals: version %d %q", c.rivals, r.Version, e.Label())
		}
	}
}

// refusing is a store that answers some records with an error.
type refusing struct {
	kb.Store
	which kb.ID
	err   error
}

func (r *refusing) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	results, err := r.Store.Put(ctx, slices.DeleteFunc(slices.Clone(records), func(x kb.Record) bool { return x.ID == r.which }))
	for i, x := range records {
		if x.ID == r.which {
			results = slices.Insert(results, i, kb.Result{Err: r.err})
		}
	}
	return results, err
}

// A record over the store's limit is that record's problem; anything else is the
// store's and ends the batch.
func TestIngestTellsWhoseErrorItIs(t *testing.T) {
	for code, want := range map[kb.Code]struct {
		actions []kb.Action
		cutOff  bool
	}{
		kb.TooLarge:    {actions: []kb.Action{kb.Created, kb.Refused, kb.Created}},
		kb.KeyTaken:    {actions: []kb.Action{kb.Created, kb.Refused, kb.Created}},
		kb.Unavailable: {cutOff: true}, kb.DiskFull: {cutOff: true}, kb.ReadOnly: {cutOff: true}, kb.Damaged: {cutOff: true}, kb.Internal: {cutOff: true},
	} {
		store := &refusing{ingestStore(t), kb.DeriveID("test", "2"), kb.Errorf(code, kb.Text{NL: "nee", EN: "no"})}
		got, err := kb.NewIngest(store, ingestClock(2024)).Write(t.Context(), []kb.Entity{lesson("1", "a"), lesson("2", "b"), lesson("3", "c")})
		if want.cutOff {
			if kb.CodeOf(err) != code || got != nil {
				t.Errorf("%s: %v %v", code, got, err)
			}
			continue
		}
		var actions []kb.Action
		for _, r := range got {
			actions = append(actions, r.Action)
		}
		if diff := cmp.Diff(want.actions, actions); err != nil || diff != "" || kb.CodeOf(got[1].Err) != code {
			t.Errorf("%s: %v %s %v", code, err, diff, got)
		}
	}
}

func TestIngestStopsWhenTheStoreCannotRead(t *testing.T) {
	for name, store := range map[string]kb.Store{
		"Get":  deaf{err: kb.Errorf(kb.Unavailable, kb.Text{})},
		"Find": blind{ingestStore(t)},
	} {
		if got, err := kb.NewIngest(store, ingestClock(2024)).Write(t.Context(), []kb.Entity{lesson("1", "a")}); kb.CodeOf(err) != kb.Unavailable || got != nil {
			t.Errorf("%s: %v %v", name, got, err)
		}
	}
}

// blind is a store that cannot look up keys.
type blind struct{ kb.Store }

func (blind) Find(context.Context, []string) (map[string]kb.ID, error) {
	return nil, kb.Errorf(kb.Unavailable, kb.Text{})
}

// A stored record that cannot be read is not overwritten by an import.
func TestIngestLeavesDamageAlone(t *testing.T) {
	store := ingestStore(t)
	for name, damage := range map[string]func(*kb.Record){
		"live": func(r *kb.Record) { r.Live = []byte(`{"id":7}`) },
		"copy": func(r *kb.Record) { r.Copy = []byte(`{"title":7}`) },
	} {
		e := lesson(name, "Heel")
		e.Slug = "heel-" + name
		write(t, store, e, nil, damage)
		got, err := kb.NewIngest(store, ingestClock(2024)).Write(t.Context(), []kb.Entity{lesson(name, "Nieuw")})
		if err != nil || got[0].Action != kb.Refused || kb.CodeOf(got[0].Err) != kb.Damaged {
			t.Errorf("%s: %v %v", name, got, err)
		}
		if r := stored(t, store, e.ID); r.Version != 1 {
			t.Errorf("%s: version %d", name, r.Version)
		}
	}
}

func TestIngestKeepsItsOwnSlugAndDates(t *testing.T) {
	store := ingestStore(t)
	made := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	own, bad, other := lesson("own", "Titel"), lesson("bad", "Over wonen"), &kb.Theme{Head: head("titel"), PrefLabel: kb.Label{NL: "Titel"}}
	own.Slug, own.CreatedAt, bad.Slug = "eigen-naam", made, "Niet Geldig!"
	actions(t, store, 2024, own, bad, other)
	for name, want := range map[string]string{"own": "eigen-naam", "bad": "over-wonen"} {
		if _, e := current(t, store, name); e.Base().Slug != want {
			t.Errorf("%s: %q, want %q", name, e.Base().Slug, want)
		}
	}
	if _, e := current(t, store, "own"); !e.Base().CreatedAt.Equal(made) || e.Base().UpdatedAt.Year() != 2024 || e.Base().UpdatedAt.Nanosecond()%1e6 != 0 {
		t.Errorf("made %v, updated %v", e.Base().CreatedAt, e.Base().UpdatedAt)
	}
	// A theme and a material may have one slug: they have addresses of their own.
	if e := stored(t, store, other.ID); !slices.Contains(e.Keys, "slug:theme/titel") {
		t.Errorf("keys %q", e.Keys)
	}
}

// Whatever titles and orders a batch has, each record gets a valid slug of its own.
func TestSlugsOfABatchAreTheirOwn(t *testing.T) {
	store := ingestStore(t)
	var batch []kb.Entity
	for i := range 60 {
		title := []string{"Zelfde", "Zelfde!", "zélfde", "", "…", strings.Repeat("lang ", 40), strings.Repeat("x", 300)}[i%7]
		if title == "" {
			title = "Zelfde " // a title that differs in spaces only
		}
		batch = append(batch, lesson(fmt.Sprint(i), title))
	}
	half := len(batch) / 2
	got := slices.Concat(actions(t, store, 2024, batch[:half]...), actions(t, store, 2024, batch[half:]...))
	if slices.ContainsFunc(got, func(a kb.Action) bool { return a != kb.Created }) {
		t.Fatal(got)
	}
	seen := map[string]bool{}
	for i := range batch {
		_, e := current(t, store, fmt.Sprint(i))
		if slug := e.Base().Slug; seen[slug] || len(slug) > kb.MaxSlug || kb.Validate(e) != nil {
			t.Errorf("%q is taken or not valid: %v", slug, kb.Validate(e))
		}
		seen[e.Base().Slug] = true
	}
}

// The slug of a deleted record is free, its id is not.
func TestIngestAfterADeletion(t *testing.T) {
	store := ingestStore(t)
	actions(t, store, 2024, lesson("1", "Kop"))
	r, _ := current(t, store, "1")
	write(t, store, lesson("1", "Kop"), nil, func(next *kb.Record) {
		*next = kb.Record{ID: r.ID, Kind: r.Kind, Version: 2, Deleted: true, At: ingestClock(2024)()}
	})
	if diff := cmp.Diff([]kb.Action{kb.Refused, kb.Created}, actions(t, store, 2025, lesson("1", "Kop"), lesson("2", "Kop"))); diff != "" {
		t.Error(diff)
	}
	if _, e := current(t, store, "2"); e.Base().Slug != "kop" {
		t.Errorf("slug %q", e.Base().Slug)
	}
	if after, _ := current(t, store, "1"); !after.Deleted || after.Version != 2 {
		t.Errorf("%+v", after)
	}
}

// Regions hold their code as a second key; another record cannot take it.
func TestIngestRefusesASecondRegionWithACode(t *testing.T) {
	store := openStore(t)
	seed(t, store)
	mine := &kb.Region{Head: head("mijn-utrecht"), Name: "Mijn Utrecht", RegionKind: kb.Municipality, Code: "GM0344"}
	got, err := kb.NewIngest(store, ingestClock(2024)).Write(t.Context(), []kb.Entity{mine, lesson("1", "a")})
	if err != nil || got[0].Action != kb.Refused || kb.CodeOf(got[0].Err) != kb.KeyTaken || got[1].Action != kb.Created {
		t.Errorf("%v %v", got, err)
	}
}

func TestIngestOfNothing(t *testing.T) {
	if got, err := kb.NewIngest(deaf{}, ingestClock(2024)).Write(t.Context(), nil); err != nil || len(got) != 0 {
		t.Errorf("%v %v", got, err)
	}
}
