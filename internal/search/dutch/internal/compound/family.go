package compound

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/blevesearch/vellum"

	"leerkring/internal/search/dutch/internal/lexicon"
)

// Size tells how many compounds of the list a part begins and ends, as its
// logarithm: four steps for each doubling of one more than the number.
type Size struct{ First, Last uint8 }

const steps = 4

func (Size) doublings(n uint8) float64 { return float64(n) / steps }

func step(n float64) uint8 { return uint8(math.Round(steps * math.Log2(1+n))) }

// Families are the sizes of all parts, by the surface of the part: gebieds has
// another family than gebied.
type Families struct{ fst *vellum.FST }

// LoadFamilies opens what Write made, without copying it.
func LoadFamilies(b []byte) (*Families, error) {
	fst, err := vellum.Load(b)
	if err != nil {
		return nil, fmt.Errorf("the families of words: %w", err)
	}
	return &Families{fst: fst}, nil
}

func sizeOf(value uint64) Size { return Size{First: uint8(value), Last: uint8(value >> 8)} }

// Find gives the size of one family, zero for none.
func (f *Families) Find(surface string) Size {
	addr, value := f.fst.Start(), uint64(0)
	for i := range len(surface) {
		next, out := f.fst.AcceptWithVal(addr, surface[i])
		if !f.fst.CanMatch(next) {
			return Size{}
		}
		addr, value = next, value+out
	}
	if final, out := f.fst.IsMatchWithVal(addr); final {
		return sizeOf(value + out)
	}
	return Size{}
}

// prefixes gives every surface that a text begins with, in one walk.
func (f *Families) prefixes(text string, yield func(end int, z Size)) {
	addr, value := f.fst.Start(), uint64(0)
	for i := range len(text) {
		next, out := f.fst.AcceptWithVal(addr, text[i])
		if !f.fst.CanMatch(next) {
			return
		}
		addr, value = next, value+out
		if final, rest := f.fst.IsMatchWithVal(addr); final {
			yield(i+1, sizeOf(value+rest))
		}
	}
}

// Count is how many compounds a part begins and ends.
type Count struct{ First, Last float64 }

// WriteFamilies makes what LoadFamilies opens.
func WriteFamilies(counts map[string]Count) ([]byte, error) {
	var out bytes.Buffer
	b, err := vellum.New(&out, nil)
	if err != nil {
		return nil, err
	}
	for _, surface := range slices.Sorted(maps.Keys(counts)) {
		n := counts[surface]
		if err := b.Insert([]byte(surface), uint64(step(n.First))|uint64(step(n.Last))<<8); err != nil {
			return nil, fmt.Errorf("%q: %w", surface, err)
		}
	}
	if err := b.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// CountFamilies splits the words of a list and counts the parts, in rounds: what
// one round has counted tells the next which parts are likely.
func CountFamilies(words *lexicon.Words) (map[string]Count, error) {
	var list []string
	words.Within(&vellum.AlwaysMatch{}, func(w string, e lexicon.Entry) {
		if e.Is(lexicon.Base) && !e.Is(lexicon.Name|lexicon.English) && len(w) > 5 {
			list = append(list, w)
		}
	})
	counts := map[string]Count{}
	for range 4 {
		b, err := WriteFamilies(counts)
		if err != nil {
			return nil, err
		}
		f, err := LoadFamilies(b)
		if err != nil {
			return nil, err
		}
		counts = New(words, f, Counting()).count(list)
	}
	return counts, nil
}

func (s *Splitter) count(words []string) map[string]Count {
	out := map[string]Count{}
	for _, w := range words {
		parts := s.Split(w)
		for i, p := range parts {
			n := out[p.Surface]
			if i < len(parts)-1 {
				n.First++
			} else {
				n.Last++
			}
			out[p.Surface] = n
		}
	}
	return out
}
