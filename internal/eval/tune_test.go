package eval_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/eval"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

// longAndShort is a set in which long texts answer every query: a ranking that
// holds length against a text fails.
func longAndShort() *eval.Set {
	set := &eval.Set{}
	for i := range 6 {
		long, short, word := fmt.Sprintf("long%d", i), fmt.Sprintf("short%d", i), fmt.Sprintf("woord%d", i)
		set.Documents = append(set.Documents,
			eval.Document{ID: long, Text: word + " en " + word + " " + strings.Repeat("heel iets anders ", 40)},
			eval.Document{ID: short, Text: word + " alleen"},
		)
		set.Queries = append(set.Queries, eval.Query{ID: fmt.Sprint(i), Text: word, Grades: map[string]int{long: 1}})
	}
	return set
}

func startingAt(b float64) search.Ranking {
	return search.Ranking{Title: 1, Summary: 1, Names: 1, Body: 1, K1: 1.2, B: b}
}

// Length is held against a text less and less, until the long ones come first; the
// queries that were left out of the choice agree.
func TestTune(t *testing.T) {
	var said []string
	start := startingAt(0.45)
	got, err := eval.Tune(t.Context(), []*eval.Set{longAndShort()}, eval.TuneOptions{
		Start: start, Only: []string{"b"}, Dir: t.TempDir(), Say: func(line string) { said = append(said, line) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Start.NDCG >= 1 || got.Start.Recall != 1 {
		t.Fatalf("there is nothing to gain: %+v", got.Start)
	}
	if diff := cmp.Diff(eval.Quality{NDCG: 1, Recall: 1}, got.Tuned); diff != "" {
		t.Errorf("tuned (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(got.Tuned, got.Held); diff != "" {
		t.Errorf("held out (-want +got):\n%s", diff)
	}
	want := start
	want.B = got.Ranking.B
	if diff := cmp.Diff(want, got.Ranking); diff != "" || want.B >= start.B {
		t.Errorf("B is %v; other numbers (-want +got):\n%s", want.B, diff)
	}
	if len(said) == 0 || !strings.HasPrefix(said[len(said)-1], "B 0.") {
		t.Errorf("said %q", said)
	}
}

// Where nothing can be gained the numbers stay, and folds without queries do not
// count as failed.
func TestTuneLeavesWhatIsBest(t *testing.T) {
	set := longAndShort()
	set.Queries = set.Queries[:1]
	start := startingAt(0.01)
	got, err := eval.Tune(t.Context(), []*eval.Set{set}, eval.TuneOptions{
		Start: start, Only: []string{"B", "K1", "Part"}, Dir: t.TempDir(), Say: func(line string) { t.Errorf("said %q", line) },
	})
	if err != nil {
		t.Fatal(err)
	}
	best := eval.Quality{NDCG: 1, Recall: 1}
	if diff := cmp.Diff(eval.Tuning{Ranking: start, Start: best, Tuned: best, Held: best}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTuneRefuses(t *testing.T) {
	opts := eval.TuneOptions{Start: startingAt(0.7), Only: []string{"B", "Volume"}, Dir: t.TempDir()}
	if _, err := eval.Tune(t.Context(), []*eval.Set{longAndShort()}, opts); kb.CodeOf(err) != kb.Invalid {
		t.Errorf("a number that is not there: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	opts.Only = []string{"B"}
	if _, err := eval.Tune(ctx, []*eval.Set{longAndShort()}, opts); !errors.Is(err, context.Canceled) {
		t.Errorf("after it was cancelled: %v", err)
	}
}

// Every number that Tune knows is one of search.Ranking by that name, and it is
// the one that changes: a set in which any change is a gain shows which.
func TestTuneTurnsTheNumberThatIsNamed(t *testing.T) {
	set := longAndShort()
	for _, name := range []string{"B", "Lead"} {
		start := startingAt(0.36)
		start.Lead, start.LeadHalf = 0.2, 5
		got, err := eval.Tune(t.Context(), []*eval.Set{set}, eval.TuneOptions{Start: start, Only: []string{name}, Dir: t.TempDir(), Say: func(string) {}})
		if err != nil {
			t.Fatal(err)
		}
		want := start
		for field, copied := range map[string][2]*float64{
			"B": {&want.B, &got.Ranking.B}, "K1": {&want.K1, &got.Ranking.K1},
			"Lead": {&want.Lead, &got.Ranking.Lead}, "LeadHalf": {&want.LeadHalf, &got.Ranking.LeadHalf},
		} {
			if field == name {
				*copied[0] = *copied[1]
			}
		}
		if diff := cmp.Diff(want, got.Ranking); diff != "" {
			t.Errorf("%s changes others (-want +got):\n%s", name, diff)
		}
		if got.Tuned.NDCG < got.Start.NDCG {
			t.Errorf("%s: %v became %v", name, got.Start, got.Tuned)
		}
	}
}

// Sets count alike, however many queries each has.
func TestTuneTakesTheMeanOverSets(t *testing.T) {
	large, small := longAndShort(), longAndShort()
	for i := range large.Queries {
		large.Queries[i].Grades = map[string]int{fmt.Sprint("short", i): 1}
	}
	small.Queries = small.Queries[:2]
	start := startingAt(0.7)
	got, err := eval.Tune(t.Context(), []*eval.Set{large, small}, eval.TuneOptions{Start: start, Only: []string{"QueryPart"}, Dir: t.TempDir(), Say: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	second := 1 / math.Log2(3)
	want := eval.Quality{NDCG: (1 + second) / 2, Recall: 1}
	if math.Abs(got.Start.NDCG-want.NDCG) > 1e-9 || got.Start.Recall != want.Recall || got.Held != got.Tuned {
		t.Errorf("%+v, want %+v", got, want)
	}
}
