package search

import (
	"context"
	"encoding/binary"
	"math"

	"leerkring/internal/search/dutch"
	"leerkring/internal/search/query"
)

// clause is something that documents must have, or may not have: a word, or
// words in their order.
type clause struct {
	terms []string
	// gaps are how many words without a term stand before each.
	gaps []int
	not  bool
	// others are clauses of which one is enough as well.
	others []clause
	// values are alternatives in a column, anywhere in several; titled are words of
	// the title. Only one of these and terms is set.
	column   column
	values   []string
	titled   []string
	anywhere []valueOf
	words    *dutch.Analyzer
	// left is in how many documents of the query the order of words is still looked up.
	left *int
}

func newClause(words *dutch.Analyzer, item query.Item, left *int) clause {
	c := clause{not: item.Excluded, left: left}
	gap := 0
	words.Tokens(item.Text, func(t dutch.Token) {
		switch {
		case len(c.terms) >= maxWords:
		case t.Term == "":
			gap = min(gap+1, maxGap)
		default:
			c.terms, c.gaps = append(c.terms, t.Term), append(c.gaps, gap)
			gap = 0
		}
	})
	return c
}

// holding gives, by segment, the documents that satisfy what the clause names, of
// those in some sets: the others may not cost the query anything.
func (c *clause) holding(ctx context.Context, v *view, in []bitset) ([]bitset, error) {
	out := make([]bitset, len(v.segments))
	for s := range v.segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var err error
		if out[s], err = c.unordered(&v.segments[s], in[s]); err != nil {
			return nil, err
		}
	}
	if len(c.terms) > 1 {
		if err := c.inOrder(ctx, v, out); err != nil {
			return nil, err
		}
	}
	for i := range c.others {
		more, err := c.others[i].holding(ctx, v, in)
		if err != nil {
			return nil, err
		}
		for s := range more {
			more[s].each(out[s].set)
		}
	}
	return out, nil
}

// unordered gives the documents of a segment that satisfy the clause without its
// others, in whatever order they have the terms.
func (c *clause) unordered(p *part, in bitset) (bitset, error) {
	out := newBitset(p.cols.docs)
	if c.terms == nil {
		c.inColumn(p, out)
		return out, c.inValues(p, out)
	}
	for i, term := range c.terms {
		list, err := p.postings(term)
		if err != nil {
			return nil, err
		}
		here := newBitset(p.cols.docs)
		for _, q := range list {
			if q.whole && in.has(q.doc) && (i == 0 || out.has(q.doc)) {
				here.set(q.doc)
			}
		}
		out = here
	}
	return out, nil
}

// inColumn adds the documents whose values of a column are wanted.
func (c *clause) inColumn(p *part, out bitset) {
	col := &p.cols.values[c.column]
	wanted := [][]uint32{col.find(c.values)}
	if c.titled != nil {
		wanted = p.cols.startWords(c.words, c.titled)
	}
	for d := range uint32(p.cols.docs) {
		if holdsAll(col.at(d), wanted) {
			out.set(d)
		}
	}
}

// inValues adds the documents that have one of the values of any column.
func (c *clause) inValues(p *part, out bitset) error {
	for _, v := range c.anywhere {
		docs, err := p.valued(v.letter, v.value)
		if err != nil {
			return err
		}
		for _, d := range docs {
			out.set(d)
		}
	}
	return nil
}

// maxPhrase bounds the documents in which one query looks up the order of words:
// that takes some microseconds each. A phrase of words that more documents hold is
// found in about that many of them only, chosen by their ids, so that nothing else
// in the index has a part in it.
const maxPhrase = 10_000

// inOrder takes out of sets the documents in which the terms do not stand in their
// order.
func (c *clause) inOrder(ctx context.Context, v *view, sets []bitset) error {
	n := 0
	for _, set := range sets {
		n += set.count()
	}
	share := uint64(math.MaxUint64)
	if n > *c.left {
		share = share / uint64(n) * uint64(*c.left)
	}
	*c.left -= min(n, *c.left)
	var failed error
	for s, set := range sets {
		p := &v.segments[s]
		set.each(func(d uint32) {
			if failed == nil {
				failed = ctx.Err()
			}
			if failed != nil || spread(p.cols.ids[d]) > share {
				set.clear(d)
				return
			}
			var found bool
			if found, failed = c.standsIn(v, spot{s, d}); !found {
				set.clear(d)
			}
		})
	}
	return failed
}

// standsIn reports whether the terms stand in their order in a document, or on one
// of the pages of its files.
func (c *clause) standsIn(v *view, at spot) (bool, error) {
	o, err := v.segments[at.segment].order(at.doc)
	if err != nil || o.hasPhrase(c.terms, c.gaps) {
		return err == nil, err
	}
	found := false
	err = v.eachPageWith(at, c.terms, func(page storedPage) bool {
		found = page.order.hasPhrase(c.terms, c.gaps)
		return found
	})
	return found, err
}

// spread gives a number for an id; those of many ids lie evenly, also of ids that
// begin with a time.
func spread(id [16]byte) uint64 {
	x := (binary.LittleEndian.Uint64(id[:8]) ^ binary.LittleEndian.Uint64(id[8:])) * 0x9e3779b97f4a7c15 // 2^64 over the golden ratio (Knuth)
	return (x ^ x>>32) * 0x9e3779b97f4a7c15
}

// order is the order of the words of one document.
type order []byte

// order reads the order of the words of a document.
func (p *part) order(doc uint32) (order, error) {
	var out order
	err := p.VisitDocument(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != storedOrder {
			return true
		}
		out = append(order(nil), value...)
		return false
	})
	return out, err
}

// each visits the words in order, with the place at which each stands; texts are
// far apart.
func (o order) each(visit func(hash uint16, at int) bool) {
	at := 0
	for i := 0; i+1 < len(o); i += 2 {
		n := binary.LittleEndian.Uint16(o[i:])
		gap := int(n & maxGap)
		if gap == maxGap {
			gap = 1000
		}
		at += gap + 1
		if !visit(n>>gapBits, at) {
			return
		}
	}
}

// hasPhrase reports whether words stand one after the other, the first anywhere
// and the others behind as many words without a term as gaps says.
func (o order) hasPhrase(terms []string, gaps []int) bool {
	wanted := make([]uint16, len(terms))
	for i, t := range terms {
		wanted[i] = hashTerm(t)<<gapBits | uint16(gaps[i])
	}
	for ; len(o) >= 2*len(wanted); o = o[2:] {
		if o.begins(wanted) {
			return true
		}
	}
	return false
}

// begins reports whether the first words are wanted; what stands before them is
// of no matter.
func (o order) begins(wanted []uint16) bool {
	for i, w := range wanted {
		n := binary.LittleEndian.Uint16(o[2*i:])
		if n>>gapBits != w>>gapBits || i > 0 && n != w {
			return false
		}
	}
	return true
}
