package search

import (
	"cmp"
	"slices"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// leafAt is a leaf in a view.
type leafAt struct {
	part *part
	doc  uint32
}

// leaves gives the leaves of a document, in order. Those of many pages went into the
// index before it, and may be in other segments.
func (v *view) leaves(at spot) ([]leafAt, error) {
	var out []leafAt
	name := ""
	for s := range v.segments {
		p := &v.segments[s]
		if p.cols.places == nil {
			continue
		}
		if name == "" {
			id, err := v.segments[at.segment].DocID(uint64(at.doc))
			if err != nil {
				return nil, err
			}
			name = string(id)
		}
		docs, err := p.valued(letterLeaf, name)
		if err != nil {
			return nil, err
		}
		deleted := p.Deleted()
		for _, d := range docs {
			if deleted == nil || !deleted.Contains(d) {
				out = append(out, leafAt{p, d})
			}
		}
	}
	slices.SortFunc(out, func(a, b leafAt) int { return cmp.Compare(a.part.cols.places[a.doc], b.part.cols.places[b.doc]) })
	return out, nil
}

// masks gives, for each leaf, the pages that hold one of some terms.
func masks(leaves []leafAt, terms []string) ([]uint8, error) {
	out := make([]uint8, len(leaves))
	for _, term := range terms {
		var of *part
		var list []posting
		for i, leaf := range leaves {
			if leaf.part != of {
				var err error
				of = leaf.part
				if list, err = of.cols.pages.get(of, term, of.decodePages); err != nil {
					return nil, err
				}
			}
			if at, ok := slices.BinarySearchFunc(list, leaf.doc, func(q posting, d uint32) int { return cmp.Compare(q.doc, d) }); ok {
				out[i] |= list[at].files
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

// pages reads pages of a leaf.
func (l leafAt) pages(wanted uint8) (out []storedPage, err error) {
	var read error
	err = l.part.VisitDocument(uint64(l.doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != storedPages {
			return true
		}
		out, read = decodeLeaf(value, wanted)
		return false
	})
	return out, cmp.Or(err, read)
}

// holding gives the leaves of a document with pages that hold all of some terms, and
// those pages.
func (v *view) holding(at spot, terms []string) (leaves []leafAt, pages []uint8, err error) {
	all, err := v.leaves(at)
	if err != nil || len(all) == 0 {
		return nil, nil, err
	}
	wanted := slices.Repeat([]uint8{1<<leafPages - 1}, len(all))
	for _, term := range terms {
		with, err := masks(all, []string{term})
		if err != nil {
			return nil, nil, err
		}
		for i := range wanted {
			wanted[i] &= with[i]
		}
	}
	for i, leaf := range all {
		if wanted[i] != 0 {
			leaves, pages = append(leaves, leaf), append(pages, wanted[i])
		}
	}
	return leaves, pages, nil
}

// eachPageWith visits the pages of a document that hold all of some terms, until one
// is enough.
func (v *view) eachPageWith(at spot, terms []string, visit func(storedPage) (enough bool)) error {
	leaves, wanted, err := v.holding(at, terms)
	if err != nil {
		return err
	}
	for i, leaf := range leaves {
		pages, err := leaf.pages(wanted[i])
		if err != nil {
			return err
		}
		if slices.ContainsFunc(pages, visit) {
			return nil
		}
	}
	return nil
}
