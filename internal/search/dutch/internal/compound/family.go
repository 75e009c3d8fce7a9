package compound

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/vellum"

	"leerkring/internal/search/dutch/internal/lexicon"
)

// Size tells how many compounds of the list a part begins and ends, as its
// logarithm: four steps for each doubling of one more than the number.
type Size struct{ First, Last uint8 }

const steps = 4

func (Size) doublings(n uint8) float64 { return float64(n) / steps }

func step(n int) uint8 { return uint8(math.Round(steps * math.Log2(1+float64(n)))) }

// Families are the sizes of all parts, by the surface of the part: gebieds has
// another family than gebied.
type Families map[string]Size

// ReadFamilies reads what String writes: on each line a surface and its two sizes.
func ReadFamilies(text string) (Families, error) {
	out := make(Families, strings.Count(text, "\n"))
	for line := range strings.Lines(text) {
		surface, sizes, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		first, last, _ := strings.Cut(sizes, " ")
		f, err := strconv.ParseUint(first, 10, 8)
		if err != nil {
			return nil, fmt.Errorf("the family %q: %w", line, err)
		}
		l, err := strconv.ParseUint(last, 10, 8)
		if err != nil {
			return nil, fmt.Errorf("the family %q: %w", line, err)
		}
		out[surface] = Size{First: uint8(f), Last: uint8(l)}
	}
	return out, nil
}

// String writes the families in the order of the alphabet.
func (f Families) String() string {
	var out strings.Builder
	for _, surface := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintln(&out, surface, f[surface].First, f[surface].Last)
	}
	return out.String()
}

// CountFamilies splits the words of a list and counts the parts, in rounds: what
// one round has counted tells the next which parts are likely.
func CountFamilies(words *lexicon.Words) Families {
	var list []string
	words.Within(&vellum.AlwaysMatch{}, func(w string, e lexicon.Entry) {
		if e.Is(lexicon.Base) && !e.Is(lexicon.Name|lexicon.English) && len(w) > 5 {
			list = append(list, w)
		}
	})
	f := Families{}
	for range 4 {
		f = New(words, f, Counting()).count(list)
	}
	return f
}

func (s *Splitter) count(words []string) Families {
	first, last := map[string]int{}, map[string]int{}
	for _, w := range words {
		parts := s.Split(w)
		for i, p := range parts {
			if i < len(parts)-1 {
				first[p.Surface]++
			} else {
				last[p.Surface]++
			}
		}
	}
	out := Families{}
	for surface, n := range first {
		out[surface] = Size{First: step(n), Last: step(last[surface])}
	}
	for surface, n := range last {
		out[surface] = Size{First: step(first[surface]), Last: step(n)}
	}
	return out
}
