package search

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"leerkring/internal/kb"
)

// columns are the values of the documents of one segment, by document number,
// made once per segment from its dictionary of values. They never change: what
// is deleted later stands in the view.
type columns struct {
	docs   int
	ids    [][16]byte
	copied bitset // working copies
	values [numColumns]ordinals
	// variants are the documents of a half of a record of which there are several, the
	// lowest variant first.
	variants map[half][]variant
	// kinds and access hold the documents of each value, published those that are.
	kinds, access map[string]docSet
	published     docSet
	dates         []int64 // milliseconds since 1970; noDate for none
	dues          []int64 // as dates; nil when no document has one
	titles        []uint32
	titleOf       []string // the sort key of each ordinal in titles, in order
	lengths       []uint32 // of the texts, in words
	places        []uint32 // of leaves among those of their document; nil when there are none
	lists         lists
	pages         lists // of the words of leaves
	starts        startTerms
	names         []named // of themes, organisations and synonyms
}

// half is one half of a record.
type half struct {
	id     [16]byte
	copied bool
}

// variant is one of several documents of a half of a record.
type variant struct {
	number int
	doc    uint32
}

// noDate is the date of a document without one.
const noDate = int64(-1) << 62

// ordinals hold, for each document, the numbers of its values.
type ordinals struct {
	values []string
	// of[start[d]:start[d+1]] are the values of document d.
	start []uint32
	of    []uint32
	// docs[first[v]:first[v+1]] are the documents of value v, in columns that are
	// looked up by value.
	first []uint32
	docs  []uint32
}

func (o *ordinals) at(doc uint32) []uint32 {
	if o.start == nil {
		return nil
	}
	return o.of[o.start[doc]:o.start[doc+1]]
}

// find gives the ordinals of values, those that are not here left out.
func (o *ordinals) find(wanted []string) []uint32 {
	var out []uint32
	for i, v := range o.values {
		for _, w := range wanted {
			if v == w {
				out = append(out, uint32(i))
			}
		}
	}
	return out
}

// pair is a value of a document while columns are made.
type pair struct{ doc, value uint32 }

func loadColumns(seg segment.Segment) (*columns, error) {
	n := int(seg.Count())
	c := &columns{
		docs: n, ids: make([][16]byte, n), copied: newBitset(n), dates: noDates(n), titles: make([]uint32, n), lengths: make([]uint32, n), titleOf: []string{""},
		variants: map[half][]variant{}, kinds: map[string]docSet{}, access: map[string]docSet{},
	}
	if err := eachTerm(seg, "_id", "", "", c.addID); err != nil {
		return nil, err
	}
	if err := c.addFirstVariants(seg); err != nil {
		return nil, err
	}
	published, err := valuedIn(seg, letterState, string(kb.StatusPublished))
	if err != nil {
		return nil, err
	}
	c.published = newDocSet(n, published)
	var pairs [numColumns][]pair
	// What is looked up is left out: the letters from P to S, and s.
	for _, span := range [][2]string{{"", "P"}, {"T", "s"}, {"t", ""}} {
		err := eachTerm(seg, fieldValues, span[0], span[1], func(term string, docs []uint32) {
			if term != "" {
				c.addValue(&pairs, term[0], term[1:], docs)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	c.addYears(&pairs)
	for i := range pairs {
		c.values[i].fill(n, pairs[i])
	}
	c.values[colWord].invert(pairs[colWord])
	c.values[colName].invert(pairs[colName])
	c.names, err = loadNames(seg, c)
	return c, err
}

func (c *columns) addID(term string, docs []uint32) {
	name := parseName(term)
	b, ok := name.record.Bytes()
	if name.leaf || !ok {
		return
	}
	for _, d := range docs {
		if name.copied {
			c.copied.set(d)
		}
		c.ids[d] = b
	}
	for _, d := range docs {
		if h := (half{b, name.copied}); name.variant > 0 {
			c.variants[h] = append(c.variants[h], variant{name.variant, d})
		}
	}
}

// addFirstVariants adds the first variants of halves that have others, and puts
// them in order.
func (c *columns) addFirstVariants(seg segment.Segment) error {
	for h, list := range c.variants {
		found, err := seg.DocNumbers([]string{documentID(kb.IDFromBytes(h.id), h.copied, 0)})
		if err != nil {
			return err
		}
		for _, d := range found.ToArray() {
			list = append(list, variant{0, d})
		}
		slices.SortFunc(list, func(a, b variant) int { return cmp.Compare(a.number, b.number) })
		c.variants[h] = list
	}
	return nil
}

func (c *columns) addValue(pairs *[numColumns][]pair, letter byte, value string, docs []uint32) {
	switch letter {
	case letterAccess:
		c.access[value] = newDocSet(c.docs, docs)
	case letterDate:
		setDate(c.dates, value, docs)
	case letterDue:
		if c.dues == nil {
			c.dues = noDates(c.docs)
		}
		setDate(c.dues, value, docs)
	case letterTitle:
		c.titleOf = append(c.titleOf, value)
		for _, d := range docs {
			c.titles[d] = uint32(len(c.titleOf) - 1)
		}
	case letterPlace:
		if c.places == nil {
			c.places = make([]uint32, c.docs)
		}
		if n, ok := decodeLength(value); ok {
			for _, d := range docs {
				c.places[d] = n
			}
		}
	case letterLength:
		if l, ok := decodeLength(value); ok {
			for _, d := range docs {
				c.lengths[d] = l
			}
		}
	default:
		i := strings.IndexByte(columnLetters, letter)
		if i < 0 {
			return
		}
		if column(i) == colKind {
			c.kinds[value] = newDocSet(c.docs, docs)
		}
		col := &c.values[i]
		col.values = append(col.values, value)
		for _, d := range docs {
			pairs[i] = append(pairs[i], pair{d, uint32(len(col.values) - 1)})
		}
	}
}

func noDates(n int) []int64 {
	out := make([]int64, n)
	for i := range out {
		out[i] = noDate
	}
	return out
}

func setDate(dates []int64, value string, docs []uint32) {
	if milli, ok := decodeDate(value); ok {
		for _, d := range docs {
			dates[d] = milli
		}
	}
}

// addYears makes the column of years from the dates.
func (c *columns) addYears(pairs *[numColumns][]pair) {
	seen := map[int]uint32{}
	col := &c.values[colYear]
	for d, milli := range c.dates {
		if milli == noDate {
			continue
		}
		year := time.UnixMilli(milli).UTC().Year()
		ord, ok := seen[year]
		if !ok {
			ord = uint32(len(col.values))
			seen[year] = ord
			col.values = append(col.values, yearText(year))
		}
		pairs[colYear] = append(pairs[colYear], pair{uint32(d), ord})
	}
}

// fill lays the pairs out by document, keeping the order of values.
func (o *ordinals) fill(docs int, pairs []pair) {
	if len(pairs) == 0 {
		return
	}
	o.start = make([]uint32, docs+1)
	o.of = make([]uint32, len(pairs))
	for _, p := range pairs {
		o.start[p.doc+1]++
	}
	for d := range docs {
		o.start[d+1] += o.start[d]
	}
	next := make([]uint32, docs)
	copy(next, o.start)
	for _, p := range pairs {
		o.of[next[p.doc]] = p.value
		next[p.doc]++
	}
}

// invert keeps the pairs, which come in the order of values, by value.
func (o *ordinals) invert(pairs []pair) {
	o.first = make([]uint32, len(o.values)+1)
	o.docs = make([]uint32, len(pairs))
	for i, p := range pairs {
		o.first[p.value+1] = uint32(i + 1)
		o.docs[i] = p.doc
	}
}

// eachTerm visits the terms of a field from one on and before another, empty for no
// limit, in order with the documents that have each, deleted ones included. The
// slice is valid during the call.
func eachTerm(seg segment.Segment, field, from, before string, visit func(term string, docs []uint32)) error {
	dict, err := seg.Dictionary(field)
	if err != nil {
		return err
	}
	var docs []uint32
	var list segment.PostingsList
	var iter segment.PostingsIterator
	var end []byte
	if before != "" {
		end = []byte(before)
	}
	terms := dict.AutomatonIterator(nil, []byte(from), end)
	for {
		entry, err := terms.Next()
		if err != nil {
			return err
		}
		if entry == nil {
			return nil
		}
		if list, err = dict.PostingsList([]byte(entry.Term), nil, list); err != nil {
			return err
		}
		iter = list.Iterator(false, false, false, iter)
		docs = docs[:0]
		for {
			p, err := iter.Next()
			if err != nil {
				return err
			}
			if p == nil {
				break
			}
			docs = append(docs, uint32(p.Number()))
		}
		visit(entry.Term, docs)
	}
}

func yearText(year int) string {
	var b [4]byte
	for i := 3; i >= 0; i-- {
		b[i] = byte('0' + year%10)
		year /= 10
	}
	return string(b[:])
}

// compareID orders ids as their texts do.
func compareID(a, b [16]byte) int {
	if x, y := binary.BigEndian.Uint64(a[:8]), binary.BigEndian.Uint64(b[:8]); x != y {
		if x < y {
			return -1
		}
		return 1
	}
	x, y := binary.BigEndian.Uint64(a[8:]), binary.BigEndian.Uint64(b[8:])
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
