package search

import (
	"cmp"
	"slices"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"leerkring/internal/kb"
)

// pageFinder finds the page of the files of a hit that fits a query best: the one
// with the most of its words, then with the words that tell most, then where they
// are nearest to each other, and of those that are alike the first.
type pageFinder struct {
	view   *view
	sought []sought
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
	leaf  uint32
	place int // among all pages of the document
	bit   uint8
	words int // of the query, that stand on it
	worth float64
	order order   // of its words, where it was read
	near  float64 // how near they are to each other
}

// maxTied is how many pages are read of those that differ only in how near the
// words are to each other.
const maxTied = 3

func (x *Index) newPageFinder(p *plan) *pageFinder {
	f := &pageFinder{view: p.view, known: map[spot]*foundPage{}, near: newCloseness(&x.ranking, p.concepts, p.frequencies, p.readable.n)}
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
	}
	return f
}

// best gives the page that fits best; nil when no page has any of the words.
func (f *pageFinder) best(at spot) (*foundPage, error) {
	if known, ok := f.known[at]; ok {
		return known, nil
	}
	tied, err := f.fitting(&f.view.segments[at.segment], at.doc)
	if err != nil {
		return nil, err
	}
	var out *foundPage
	for i := range tied {
		if err := f.measure(at.segment, &tied[i]); err != nil {
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
func (f *pageFinder) fitting(p *part, doc uint32) ([]foundPage, error) {
	leaves, err := p.leaves(doc)
	if err != nil || len(leaves) == 0 {
		return nil, err
	}
	pages := make([]foundPage, leafPages*len(leaves))
	for i := range f.sought {
		masks, err := p.masks(leaves, f.sought[i].terms)
		if err != nil {
			return nil, err
		}
		for j, mask := range masks {
			for bit := 0; mask != 0; bit, mask = bit+1, mask>>1 {
				if mask&1 == 0 {
					continue
				}
				at := &pages[j*leafPages+bit]
				*at = foundPage{leaf: leaves[j], place: int(p.cols.places[leaves[j]])*leafPages + bit, bit: 1 << bit, words: at.words, worth: at.worth + f.sought[i].worth}
				if f.sought[i].typed {
					at.words++
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

// measure reads how near to each other the words stand on a page.
func (f *pageFinder) measure(s int, found *foundPage) error {
	if f.near == nil || found.words < 2 {
		return nil
	}
	pages, err := f.view.segments[s].pagesOf(found.leaf, found.bit)
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
	pages, err := f.view.segments[c.segment].pagesOf(found.leaf, found.bit)
	if err != nil || len(pages) == 0 {
		return nil, err
	}
	marked := m.add(nil, "", pages[0].Text, fragment)
	if len(marked) == 0 {
		return nil, nil
	}
	return &kb.FilePassage{File: pages[0].File, Page: pages[0].Number, Text: marked[0].Text, Ranges: marked[0].Ranges}, nil
}

// leaves gives the leaves of a document.
func (p *part) leaves(doc uint32) ([]uint32, error) {
	if p.cols.places == nil {
		return nil, nil
	}
	name, err := p.Segment().DocID(uint64(doc))
	if err != nil {
		return nil, err
	}
	return p.valued(letterLeaf, string(name))
}

// masks gives, for each leaf, the pages that hold one of some terms.
func (p *part) masks(leaves []uint32, terms []string) ([]uint8, error) {
	out := make([]uint8, len(leaves))
	for _, term := range terms {
		list, err := p.cols.pages.get(p, term, p.decodePages)
		if err != nil {
			return nil, err
		}
		for i, leaf := range leaves {
			at, ok := slices.BinarySearchFunc(list, leaf, func(q posting, d uint32) int { return cmp.Compare(q.doc, d) })
			list = list[at:]
			if ok {
				out[i] |= list[0].files
			}
		}
	}
	return out, nil
}

// decodePages reads in which pages of which leaves a term stands.
func (p *part) decodePages(term string) ([]posting, error) {
	dict, err := p.Segment().Dictionary(fieldPages)
	if err != nil {
		return nil, err
	}
	list, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil || list.Count() == 0 {
		return nil, err
	}
	out := make([]posting, 0, list.Count())
	err = eachPosting(list, true, func(q segment.Posting) {
		out = append(out, posting{doc: uint32(q.Number()), files: uint8(q.Frequency())})
	})
	return out, err
}

// pagesOf reads pages of a leaf.
func (p *part) pagesOf(leaf uint32, wanted uint8) (out []storedPage, err error) {
	var read error
	err = p.VisitDocument(uint64(leaf), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != storedPages {
			return true
		}
		out, read = decodeLeaf(value, wanted)
		return false
	})
	return out, cmp.Or(err, read)
}

// eachPageWith visits the pages of a document that hold all of some terms, until one
// is enough.
func (p *part) eachPageWith(doc uint32, terms []string, visit func(storedPage) (enough bool)) error {
	leaves, err := p.leaves(doc)
	if err != nil || len(leaves) == 0 {
		return err
	}
	all := slices.Repeat([]uint8{1<<leafPages - 1}, len(leaves))
	for _, term := range terms {
		masks, err := p.masks(leaves, []string{term})
		if err != nil {
			return err
		}
		for i := range all {
			all[i] &= masks[i]
		}
	}
	for i, leaf := range leaves {
		if all[i] == 0 {
			continue
		}
		pages, err := p.pagesOf(leaf, all[i])
		if err != nil {
			return err
		}
		if slices.ContainsFunc(pages, visit) {
			return nil
		}
	}
	return nil
}
