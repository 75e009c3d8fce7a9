package search

import (
	"cmp"
	"slices"
)

// valueCount is in how many documents a value is.
type valueCount struct {
	value string
	n     int
}

// addCounts adds the counts of the sorted values of one segment to those of the
// others, and gives all that are not 0 in order of value.
func addCounts(sums []valueCount, values []string, counts []int) []valueCount {
	here := make([]valueCount, 0, len(counts))
	for i, n := range counts {
		if n > 0 {
			here = append(here, valueCount{values[i], n})
		}
	}
	switch {
	case len(sums) == 0:
		return here
	case len(here) == 0:
		return sums
	}
	out := make([]valueCount, 0, len(sums)+len(here))
	for len(sums) > 0 && len(here) > 0 {
		switch c := cmp.Compare(sums[0].value, here[0].value); {
		case c < 0:
			out, sums = append(out, sums[0]), sums[1:]
		case c > 0:
			out, here = append(out, here[0]), here[1:]
		default:
			out = append(out, valueCount{here[0].value, sums[0].n + here[0].n})
			sums, here = sums[1:], here[1:]
		}
	}
	return slices.Concat(out, sums, here)
}

// maxCounted is how many of the words that most documents have are looked at. All
// of them would take longer to put in order than to count.
const maxCounted = 256

// mostCounted gives the values with the highest counts, the first of those that
// have the same.
func mostCounted(list []valueCount) []valueCount {
	var out []valueCount
	for _, v := range list {
		out = keepFirst(out, maxCounted, v, func(a, b valueCount) bool { return a.n > b.n })
	}
	return out
}
