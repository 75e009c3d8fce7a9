package eval_test

import (
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/eval"
)

func outcome(id string, grades map[string]int, found ...string) eval.Outcome {
	return eval.Outcome{Query: eval.Query{ID: id, Text: "q " + id, Grades: grades}, Found: found}
}

// The values were worked out by hand from the definitions.
func TestNDCG(t *testing.T) {
	log3 := math.Log2(3)
	for name, c := range map[string]struct {
		o    eval.Outcome
		want float64
	}{
		"first":             {outcome("", map[string]int{"a": 1}, "a", "b"), 1},
		"second":            {outcome("", map[string]int{"a": 1}, "b", "a"), 1 / log3},
		"not found":         {outcome("", map[string]int{"a": 1}, "b"), 0},
		"nothing found":     {outcome("", map[string]int{"a": 1}), 0},
		"one of two":        {outcome("", map[string]int{"a": 1, "b": 1}, "a"), 1 / (1 + 1/log3)},
		"grades in order":   {outcome("", map[string]int{"a": 3, "b": 1}, "a", "b"), 1},
		"grades turned":     {outcome("", map[string]int{"a": 3, "b": 1}, "b", "a"), (1 + 3/log3) / (3 + 1/log3)},
		"the tenth":         {outcome("", map[string]int{"a": 1}, "1", "2", "3", "4", "5", "6", "7", "8", "9", "a"), 1 / math.Log2(11)},
		"the eleventh":      {outcome("", map[string]int{"a": 1}, "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "a"), 0},
		"more than ten are": {outcome("", map[string]int{"1": 1, "2": 1, "3": 1, "4": 1, "5": 1, "6": 1, "7": 1, "8": 1, "9": 1, "0": 1, "a": 1}, "1", "2", "3", "4", "5", "6", "7", "8", "9", "0"), 1},
	} {
		if got := c.o.NDCG(); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestJudge(t *testing.T) {
	outcomes := []eval.Outcome{
		outcome("1", map[string]int{"a": 1}, "a"),
		outcome("2", map[string]int{"a": 1, "b": 2}, "x", "a"),
		outcome("3", map[string]int{"a": 1}, "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "a"),
		outcome("4", map[string]int{"a": 1}, "x"),
	}
	for i := range outcomes {
		outcomes[i].Took = time.Duration(i+1) * time.Millisecond
	}
	got := eval.Judge(outcomes, 9)
	want := eval.Result{
		Queries: 4, Documents: 9,
		NDCG:   0.309953, // (1 + (1/log2(3)) / (2+1/log2(3))) / 4
		Recall: 0.625, MRR: 0.375, Success: 0.25, P50: 2, P95: 4,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestWriteOutcomes(t *testing.T) {
	var b strings.Builder
	o := outcome("1", map[string]int{"a": 1}, "b", "a")
	o.Text = "twee\tdelen\n"
	if err := eval.WriteOutcomes(&b, []eval.Outcome{o}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff("query-id\tndcg_10\trank\ttext\n1\t0.6309\t2\ttwee delen\n", b.String()); d != "" {
		t.Error(d)
	}
}

// full is a disk on which so many bytes have a place.
type full struct{ left int }

func (f *full) Write(b []byte) (int, error) {
	if len(b) > f.left {
		return 0, io.ErrShortWrite
	}
	f.left -= len(b)
	return len(b), nil
}

// Whatever line has no place on the disk, the table is not taken for whole.
func TestWriteOutcomesToAFullDisk(t *testing.T) {
	outcomes := []eval.Outcome{outcome("1", map[string]int{"a": 1}, "a"), outcome("2", map[string]int{"a": 1}, "b")}
	var whole strings.Builder
	if err := eval.WriteOutcomes(&whole, outcomes); err != nil {
		t.Fatal(err)
	}
	for left := range whole.Len() {
		if err := eval.WriteOutcomes(&full{left}, outcomes); !errors.Is(err, io.ErrShortWrite) {
			t.Fatalf("with place for %d of %d bytes: %v", left, whole.Len(), err)
		}
	}
	if err := eval.WriteOutcomes(&full{whole.Len()}, outcomes); err != nil {
		t.Errorf("with place for all: %v", err)
	}
}
