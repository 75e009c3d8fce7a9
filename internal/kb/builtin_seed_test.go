package kb_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

func openStore(t *testing.T) kb.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), t.TempDir(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func seed(t *testing.T, s kb.Store) {
	t.Helper()
	if err := kb.Seed(t.Context(), s); err != nil {
		t.Fatal(err)
	}
}

// write stores an entity as its next version, by a person or by nobody.
func write(t *testing.T, s kb.Store, live, workingCopy kb.Entity, change func(*kb.Record)) {
	t.Helper()
	r, err := kb.NewRecord(live, workingCopy)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&r)
	}
	results, err := s.Put(t.Context(), []kb.Record{r})
	if err != nil || results[0].Err != nil {
		t.Fatal(err, results)
	}
}

func stored(t *testing.T, s kb.Store, id kb.ID) kb.Record {
	t.Helper()
	found, err := s.Get(t.Context(), []kb.ID{id})
	if err != nil {
		t.Fatal(err)
	}
	return found[id]
}

// builtin gives one of the built-in entities by the key that it holds.
func builtin(t *testing.T, key string) kb.Entity {
	t.Helper()
	for _, e := range kb.Builtin() {
		for _, k := range kb.Keys(e) {
			if k == key {
				return e
			}
		}
	}
	t.Fatalf("nothing built in holds %q", key)
	return nil
}

func TestSeedWritesEverythingOnce(t *testing.T) {
	s := openStore(t)
	for range 2 {
		seed(t, s)
		last, err := s.Last(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if want := kb.Seq(len(kb.Builtin())); last != want {
			t.Fatalf("%d writes, want %d", last, want)
		}
	}
	for _, e := range kb.Builtin() {
		want, err := kb.NewRecord(e, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := stored(t, s, e.Base().ID)
		got.Seq = 0
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", e.Label(), diff)
		}
	}
}

func TestSeedBringsARegionOfAnOlderReleaseUpToDate(t *testing.T) {
	s := openStore(t)
	old := builtin(t, "region:GM0363").(*kb.Region)
	old.Population = 1
	write(t, s, old, nil, nil)
	seed(t, s)

	want, err := kb.Encode(builtin(t, "region:GM0363"))
	if err != nil {
		t.Fatal(err)
	}
	got := stored(t, s, old.ID)
	if got.Version != 2 {
		t.Errorf("version %d, want 2", got.Version)
	}
	if diff := cmp.Diff(string(want), string(got.Live)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSeedLeavesWhatPeopleMade(t *testing.T) {
	editor := kb.DeriveID("test", "editor")
	region := func(t *testing.T) *kb.Region {
		r := builtin(t, "region:GM0363").(*kb.Region)
		r.Population = 1
		return r
	}
	for name, prepare := range map[string]func(t *testing.T, s kb.Store) kb.ID{
		"a region that someone edited": func(t *testing.T, s kb.Store) kb.ID {
			write(t, s, region(t), nil, func(r *kb.Record) { r.By = editor })
			return region(t).ID
		},
		"a region that came from elsewhere": func(t *testing.T, s kb.Store) kb.ID {
			r := region(t)
			r.Origin = nil
			write(t, s, r, nil, nil)
			return r.ID
		},
		"a region with a working copy": func(t *testing.T, s kb.Store) kb.ID {
			write(t, s, region(t), region(t), nil)
			return region(t).ID
		},
		"a region that was deleted": func(t *testing.T, s kb.Store) kb.ID {
			write(t, s, region(t), nil, nil)
			write(t, s, region(t), nil, func(r *kb.Record) {
				*r = kb.Record{ID: r.ID, Kind: r.Kind, Version: 2, At: r.At, Deleted: true}
			})
			return region(t).ID
		},
		"a theme with other synonyms": func(t *testing.T, s kb.Store) kb.ID {
			theme := builtin(t, "slug:theme/wonen").(*kb.Theme)
			theme.Synonyms = []string{"thuis"}
			write(t, s, theme, nil, nil)
			return theme.ID
		},
		"a theme of one's own under a built-in slug": func(t *testing.T, s kb.Store) kb.ID {
			theme := builtin(t, "slug:theme/wonen").(*kb.Theme)
			theme.ID = kb.DeriveID("test", "own")
			write(t, s, theme, nil, nil)
			return theme.ID
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := openStore(t)
			id := prepare(t, s)
			before := stored(t, s, id)
			seed(t, s)
			if diff := cmp.Diff(before, stored(t, s, id)); diff != "" {
				t.Errorf("seeding changed it (-before +after):\n%s", diff)
			}
			if r := stored(t, s, builtin(t, "region:PV27").Base().ID); r.Version != 1 {
				t.Error("the rest was not seeded")
			}
		})
	}
}

func TestSeedsAtTheSameTime(t *testing.T) {
	s := openStore(t)
	var group errgroup.Group
	for range 4 {
		group.Go(func() error { return kb.Seed(t.Context(), s) })
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if last, err := s.Last(t.Context()); err != nil || last != kb.Seq(len(kb.Builtin())) {
		t.Errorf("%d writes for %d records: %v", last, len(kb.Builtin()), err)
	}
}

func TestSeedTellsWhenItCannot(t *testing.T) {
	s := openStore(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := kb.Seed(ctx, s); err == nil {
		t.Error("a cancelled seed answers that all is well")
	}
}

// Seeding happens at every start: with nothing to do it must not be felt.
func BenchmarkSeedAgain(b *testing.B) {
	s, err := sqlite.Open(b.Context(), b.TempDir(), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		if err := kb.Seed(b.Context(), s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewGazetteer(b *testing.B) {
	for b.Loop() {
		kb.NewGazetteer()
	}
}
