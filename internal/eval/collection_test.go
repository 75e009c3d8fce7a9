package eval_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"leerkring/internal/eval"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, set *eval.Set) *eval.Collection {
	t.Helper()
	c, err := eval.Open(t.Context(), set, t.TempDir(), search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func TestRun(t *testing.T) {
	set := load(t, small())
	c := open(t, set)
	out, err := c.Run(t.Context(), set.Queries)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"a"}, out[0].Found); d != "" {
		t.Errorf("huizen: %s", d)
	}
	if len(out[1].Found) != 2 || out[1].Recall() != 1 || out[1].Took <= 0 {
		t.Errorf("dijk: %+v", out[1])
	}
	everything, err := c.Index.Search(t.Context(), kb.Visitor(), kb.SearchRequest{First: 10})
	if err != nil || everything.Total != 3 {
		t.Errorf("a text of nothing must be counted too: %+v %v", everything, err)
	}
}

// A thousand documents are committed at a time: what comes after them must be there too.
func TestRunOverManyBatches(t *testing.T) {
	set := &eval.Set{}
	for i := range 2_500 {
		set.Documents = append(set.Documents, eval.Document{ID: string(rune('a'+i%26)) + string(rune('0'+i)), Text: "gras"})
	}
	set.Documents[0].Text, set.Documents[1_500].Text, set.Documents[2_499].Text = "brug", "brug", "brug"
	out, err := open(t, set).Run(t.Context(), []eval.Query{{Text: "brug"}, {Text: "gras"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(out[0].Found) != 3 || len(out[1].Found) != 100 {
		t.Errorf("%d and %d found", len(out[0].Found), len(out[1].Found))
	}
}

// An index that is there is used again, and made anew for a ranking of which the
// numbers are in it; whatever was there, the outcome is that of an empty folder.
func TestOpenFindsItsIndex(t *testing.T) {
	set, dir := load(t, small()), t.TempDir()
	other := search.DefaultRanking()
	other.Title *= 2
	later := search.DefaultRanking()
	later.K1 *= 2
	run := func(dir string, ranking *search.Ranking) []float64 {
		t.Helper()
		c, err := eval.Open(t.Context(), set, dir, search.Options{Ranking: ranking})
		if err != nil {
			t.Fatal(err)
		}
		found, err := c.Index.Search(t.Context(), kb.Visitor(), kb.SearchRequest{Text: "huizen dijk", First: 10})
		if err := errors.Join(err, c.Close()); err != nil {
			t.Fatal(err)
		}
		var scores []float64
		for _, h := range found.Hits {
			scores = append(scores, h.Score)
		}
		return scores
	}
	last := []float64(nil)
	for name, ranking := range map[string]*search.Ranking{"production": nil, "in the index": &other, "of a search": &later} {
		want := run(t.TempDir(), ranking)
		for range 2 {
			if diff := cmp.Diff(want, run(dir, ranking)); diff != "" {
				t.Errorf("%s (-empty folder +used folder):\n%s", name, diff)
			}
		}
		if cmp.Equal(last, want) {
			t.Errorf("%s: another ranking makes no difference", name)
		}
		last = want
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	set := load(t, small())
	c := open(t, set)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if out, err := c.Run(ctx, set.Queries); !errors.Is(err, context.Canceled) || out != nil {
		t.Errorf("a run: %v, %v", out, err)
	}
	if _, err := eval.Open(ctx, set, t.TempDir(), search.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("an index: %v", err)
	}
}
