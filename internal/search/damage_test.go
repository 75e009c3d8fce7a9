package search_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/search"
)

// damages are what a disk or a person can do to a file.
func damages() map[string]func(rng *rand.Rand, name string) error {
	return map[string]func(*rand.Rand, string) error{
		"flip": func(rng *rand.Rand, name string) error {
			b, err := os.ReadFile(name)
			if err != nil || len(b) == 0 {
				return err
			}
			for range 1 + rng.IntN(3) {
				b[rng.IntN(len(b))] ^= byte(1 + rng.IntN(255))
			}
			return os.WriteFile(name, b, 0o600)
		},
		"cut": func(rng *rand.Rand, name string) error {
			info, err := os.Stat(name)
			if err != nil || info.Size() == 0 {
				return err
			}
			return os.Truncate(name, rng.Int64N(info.Size()))
		},
		"zero": func(rng *rand.Rand, name string) error {
			b, err := os.ReadFile(name)
			if err != nil || len(b) == 0 {
				return err
			}
			from := rng.IntN(len(b))
			clear(b[from:min(len(b), from+4096)])
			return os.WriteFile(name, b, 0o600)
		},
		"remove": func(_ *rand.Rand, name string) error { return os.Remove(name) },
	}
}

func answers(t *testing.T, x *search.Index) []string {
	t.Helper()
	var out []string
	for _, req := range []kb.SearchRequest{
		{First: 100, Facets: kb.FacetFields()},
		{Text: "huis boom", First: 100, Facets: kb.FacetFields(), Highlights: true},
		{Text: "nummer", First: 100, Sort: kb.SortTitle},
		{Filter: kb.Filter{Regions: []string{"PV26"}}, First: 100, Sort: kb.SortOldest},
	} {
		res := search1(t, x, req)
		out = append(out, fmt.Sprint(res.Total, res.Facets))
		for _, h := range res.Hits {
			out = append(out, fmt.Sprint(h.Entity, h.Score, h.Highlights))
		}
	}
	return out
}

// Story: scorch opens a damaged segment without an error, and documents silently
// vanish from searches; a damaged root.bolt ends the process. Every damage that
// changes an answer must be noticed at opening or by Compare.
func TestDamageIsNoticed(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	w := &world{rng: rand.New(rand.NewPCG(seed, 2)), docs: map[kb.ID]kb.Document{}}
	whole := t.TempDir()
	x := open(t, whole, search.Options{})
	for step := range 30 {
		var docs []kb.Document
		for range 20 {
			d := w.document(w.rng.IntN(400))
			docs = append(docs, d)
			w.docs[d.Record] = d
		}
		commit(t, x, kb.Seq(step+1), docs...)
		if step%10 == 9 {
			if err := x.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := answers(t, x)
	close1(t, x)
	runs := 100
	if testing.Short() {
		runs = 20
	}
	noticed := 0
	for run := range runs {
		if w.damage(t, run, whole, want) {
			noticed++
		}
	}
	t.Logf("%d damages, %d noticed, the others changed no answer", runs, noticed)
}

// damage damages a copy and reports whether that was noticed.
func (w *world) damage(t *testing.T, run int, whole string, want []string) (noticed bool) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
		t.Fatal(err)
	}
	name, kind := w.harm(t, dir)
	inspected, _ := search.Inspect(dir)
	y, state := openState(t, dir, search.Options{})
	defer func() { close1(t, y) }()
	if state == search.Current && inspected != search.Current {
		t.Errorf("run %d: %s of %s: opening says %s, Inspect %s", run, kind, name, state, inspected)
	}
	if state != search.Current {
		return true
	}
	diff, err := y.Compare(t.Context(), func(yield func(kb.Document) error) error {
		for _, d := range w.docs {
			if err := yield(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || !diff.None() || diff.Position != 30 {
		return true
	}
	if d := cmp.Diff(want, answers(t, y)); d != "" {
		t.Errorf("run %d: %s of %s changed an answer and was not noticed:\n%s", run, kind, name, d)
	}
	return false
}

// harm damages one file at random; root.bolt, which has no checksum, as often as
// all segments together.
func (w *world) harm(t *testing.T, dir string) (name, kind string) {
	t.Helper()
	var segments, others []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir() || d.Name() == "lock":
		case filepath.Ext(name) == ".zap":
			segments = append(segments, name)
		default:
			others = append(others, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files := segments
	if w.rng.IntN(2) == 0 || len(segments) == 0 {
		files = others
	}
	name = files[w.rng.IntN(len(files))]
	kinds := []string{"flip", "flip", "flip", "cut", "zero", "remove"}
	kind = kinds[w.rng.IntN(len(kinds))]
	if err := damages()[kind](w.rng, name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return filepath.Base(name), kind
}
