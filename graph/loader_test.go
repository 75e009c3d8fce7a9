package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// doubler loads twice each key, knows no odd keys, and notes its batches.
func doubler(batches *[][]int) *loader[int, int] {
	return newLoader(func(_ context.Context, keys []int) (map[int]int, error) {
		slices.Sort(keys)
		*batches = append(*batches, keys)
		out := map[int]int{}
		for _, k := range keys {
			if k%2 == 0 {
				out[k] = 2 * k
			}
		}
		return out, nil
	})
}

func TestLoaderBatches(t *testing.T) {
	var batches [][]int
	l := doubler(&batches)
	l.expect(2, 4, 5, 0)
	for _, c := range []struct{ keys, want []int }{
		{[]int{4}, []int{8}},
		{[]int{2, 5, 4, 2}, []int{4, 8, 4}},
		{[]int{6, 2}, []int{12, 4}},
		{[]int{5}, []int{}},
		{nil, nil},
	} {
		got, err := l.list(t.Context(), c.keys)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%v: %v (-want +got):\n%s", c.keys, err, diff)
		}
	}
	if diff := cmp.Diff([][]int{{2, 4, 5}, {6}}, batches); diff != "" {
		t.Errorf("batches (-want +got):\n%s", diff)
	}
}

func TestLoaderFailsOnce(t *testing.T) {
	calls := 0
	fault := errors.New("no store")
	l := newLoader(func(context.Context, []string) (map[string]int, error) {
		calls++
		return nil, fault
	})
	for range 3 {
		if _, err := l.one(t.Context(), "a"); !errors.Is(err, fault) {
			t.Errorf("got %v", err)
		}
	}
	if calls != 1 {
		t.Errorf("%d calls", calls)
	}
}

// TestLoaderAtOnce has many readers ask while others announce; the race detector looks on.
func TestLoaderAtOnce(t *testing.T) {
	var batches [][]int
	l := doubler(&batches)
	var readers sync.WaitGroup
	for i := range 50 {
		readers.Go(func() {
			l.expect(2 * i)
			if got, err := l.one(t.Context(), 2*i+2); err != nil || got != 4*i+4 {
				t.Errorf("%d: %d %v", i, got, err)
			}
		})
	}
	readers.Wait()
	seen := map[string]int{}
	for _, b := range batches {
		for _, k := range b {
			seen[fmt.Sprint(k)]++
		}
	}
	for k, n := range seen {
		if n != 1 {
			t.Errorf("key %s was fetched %d times", k, n)
		}
	}
}
