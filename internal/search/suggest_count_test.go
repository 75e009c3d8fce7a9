package search

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// However values are spread over segments, their counts are those of a map, in
// order of value.
func TestAddCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var got []valueCount
		want := map[string]int{}
		for range rapid.IntRange(0, 5).Draw(t, "segments") {
			counted := rapid.MapOf(rapid.StringMatching(`[abc]{1,2}`), rapid.IntRange(0, 3)).Draw(t, "counted")
			values := slices.Sorted(maps.Keys(counted))
			counts := make([]int, len(values))
			for i, v := range values {
				counts[i] = counted[v]
				if want[v] += counted[v]; want[v] == 0 {
					delete(want, v)
				}
			}
			got = addCounts(got, values, counts)
		}
		sums := map[string]int{}
		for i, v := range got {
			sums[v.value] = v.n
			if i > 0 && got[i-1].value >= v.value {
				t.Fatalf("%q stands after %q", v.value, got[i-1].value)
			}
		}
		if d := cmp.Diff(want, sums); d != "" {
			t.Fatal(d)
		}
	})
}

func TestMostCounted(t *testing.T) {
	var list []valueCount
	for i := range maxCounted + 10 {
		list = append(list, valueCount{string(rune('a' + i)), 1 + i%2})
	}
	got := mostCounted(list)
	if len(got) != maxCounted || got[0] != list[1] || got[maxCounted-1].n != 1 {
		t.Errorf("%d values from %v to %v", len(got), got[0], got[len(got)-1])
	}
	for i := 1; i < len(got); i++ {
		if got[i].n > got[i-1].n || got[i].n == got[i-1].n && got[i].value < got[i-1].value {
			t.Fatalf("%v stands after %v", got[i], got[i-1])
		}
	}
}
