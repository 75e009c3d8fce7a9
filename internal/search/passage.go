package search

import (
	"cmp"
	"slices"

	"leerkring/internal/kb"
)

// pageFinder finds the page of the files of a hit that fits a query best: the one
// with the most of its words, then with the words that tell most, then where they
// are nearest to each other, and of those that are alike the first.
type pageFinder struct {
	view   *view
	sought []sought
	worth  float64    // of all those words
	weight float64    // Ranking.Together
	near   *closeness // nil when the query has no neighbours
	known  map[spot]*foundPage
}

// sought is one thing that a query asks for, with the terms that stand for it.
type sought struct {
	terms []string
	typed bool // it is a word of the query
	worth float64
}

// spot is a document of a view.
type spot struct {
	segment int
	doc     uint32
}

// foundPage is a page that fits, by its leaf and its place there.
type foundPage struct {
	leaf  leafAt
	place int // among all pages of the document
	bit   uint8
	words int     // of the query, that stand on it
	worth float64 // of all that stands on it
	typed float64 // of the words
	order order   // of its words, where it was read
	near  float64 // how near they are to each other
}

// fewWords is how many words on one page tell nothing.
const fewWords = 2

// maxTied is how many pages are read of those that differ only in how near the
// words are to each other.
const maxTied = 3

func (x *Index) newPageFinder(p *plan) *pageFinder {
	f := &pageFinder{view: p.view, weight: x.ranking.Together, known: map[spot]*foundPage{}, near: newCloseness(&x.ranking, p.concepts, p.frequencies, p.readable.n)}
	byConcept := make([]sought, len(p.concepts))
	for term, i := range p.marks {
		if i < len(p.concepts) {
			byConcept[i].terms = append(byConcept[i].terms, term)
		}
	}
	for i := range byConcept {
		s := &byConcept[i]
		s.typed = p.concepts[i].typed >= 0
		s.worth = p.concepts[i].weight * inverseDocumentFrequency(p.frequencies[i].count(), p.readable.n)
		if len(s.terms) > 0 {
			f.sought = append(f.sought, *s)
		}
		if s.typed && len(s.terms) > 0 {
			f.worth += s.worth
		}
	}
	return f
}

// best gives the page that fits best; nil when no page has any of the words.
func (f *pageFinder) best(at spot) (*foundPage, error) {
	if known, ok := f.known[at]; ok {
		return known, nil
	}
	tied, err := f.fitting(at)
	if err != nil {
		return nil, err
	}
	var out *foundPage
	for i := range tied {
		if err := f.measure(&tied[i]); err != nil {
			return nil, err
		}
		if out == nil || tied[i].near > out.near {
			out = &tied[i]
		}
	}
	f.known[at] = out
	return out, nil
}

// fitting gives the first of the pages that fit equally well as far as their words
// tell.
func (f *pageFinder) fitting(at spot) ([]foundPage, error) {
	leaves, err := f.view.leaves(at)
	if err != nil || len(leaves) == 0 {
		return nil, err
	}
	pages := make([]foundPage, leafPages*len(leaves))
	for i := range f.sought {
		masks, err := masks(leaves, f.sought[i].terms)
		if err != nil {
			return nil, err
		}
		for j, mask := range masks {
			for bit := 0; mask != 0; bit, mask = bit+1, mask>>1 {
				if mask&1 == 0 {
					continue
				}
				at := &pages[j*leafPages+bit]
				*at = foundPage{leaf: leaves[j], place: j*leafPages + bit, bit: 1 << bit, words: at.words, worth: at.worth + f.sought[i].worth, typed: at.typed}
				if f.sought[i].typed {
					at.words++
					at.typed += f.sought[i].worth
				}
			}
		}
	}
	pages = slices.DeleteFunc(pages, func(a foundPage) bool { return a.bit == 0 })
	slices.SortFunc(pages, func(a, b foundPage) int {
		return cmp.Or(cmp.Compare(b.words, a.words), cmp.Compare(b.worth, a.worth), cmp.Compare(a.place, b.place))
	})
	n := 1
	for n < min(len(pages), maxTied) && pages[n].words == pages[0].words && pages[n].worth == pages[0].worth {
		n++
	}
	return pages[:min(n, len(pages))], nil
}

// together gives what a record gains for a page that says much of a long query, as
// whoever remembers a sentence types it. It falls off steeply with what is not there
// and with neighbours that stand apart: a few words of any query stand together on some
// page of a long report.
func (f *pageFinder) together(found *foundPage) float64 {
	if f.near == nil || found.words <= fewWords {
		return 0
	}
	share := found.typed / f.worth
	long := float64(found.words-fewWords) / float64(found.words)
	return f.weight * found.typed * share * share * share * long * f.near.sideBySide(found.order)
}

// measure reads how near to each other the words stand on a page.
func (f *pageFinder) measure(found *foundPage) error {
	if f.near == nil || found.words < 2 {
		return nil
	}
	pages, err := found.leaf.pages(found.bit)
	if err != nil || len(pages) == 0 {
		return err
	}
	found.order, found.near = pages[0].order, f.near.sum(pages[0].order)
	return nil
}

// passage gives the piece of the best page of a hit with its marks; nil when there
// is none.
func (f *pageFinder) passage(m *marker, c *candidate) (*kb.FilePassage, error) {
	found, err := f.best(spot{c.segment, c.doc})
	if err != nil || found == nil {
		return nil, err
	}
	pages, err := found.leaf.pages(found.bit)
	if err != nil || len(pages) == 0 {
		return nil, err
	}
	marked := m.add(nil, "", pages[0].Text, fragment)
	if len(marked) == 0 {
		return nil, nil
	}
	return &kb.FilePassage{File: pages[0].File, Page: pages[0].Number, Text: marked[0].Text, Ranges: marked[0].Ranges}, nil
}
