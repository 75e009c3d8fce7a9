package search

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"leerkring/internal/kb"
)

// readable are the documents of a view that are not deleted, are of the searched
// kinds, and that the actor may read. Everything else follows from them: what is
// counted, and also the statistics that scores are made of, so that a score is
// the same however the index is cut into segments, and tells of nothing else.
type readable struct {
	sets []bitset // per segment
	n    int
	// average is the mean length of a text, in words.
	average float64
	// newest is the last of their dates.
	newest int64

	once sync.Once
	norm [][]float32 // per segment
}

// norms gives, by segment and document, what an occurrence counts against its
// length: 1/(1 - b + b·length/average).
func (r *readable) norms(v *view, rk *Ranking) [][]float32 {
	r.once.Do(func() {
		r.norm = make([][]float32, len(v.segments))
		for s := range v.segments {
			lengths := v.segments[s].cols.lengths
			r.norm[s] = make([]float32, len(lengths))
			for d, n := range lengths {
				r.norm[s][d] = float32(1 / (1 - rk.B + rk.B*float64(n)/r.average))
			}
		}
	})
	return r.norm
}

func (v *view) readable(terms []string, all bool, domain []string) *readable {
	name := strings.Join(domain, separator) + "|" + strings.Join(terms, separator) + "|" + strconv.FormatBool(all)
	v.sets.mu.Lock()
	defer v.sets.mu.Unlock()
	if known, ok := v.sets.known[name]; ok {
		return known
	}
	out := v.makeReadable(terms, all, domain)
	if v.sets.over {
		return out
	}
	if v.sets.known == nil || len(v.sets.known) >= maxReadable {
		v.sets.known = map[string]*readable{}
	}
	v.sets.known[name] = out
	return out
}

// maxReadable bounds the sets that a view remembers: kinds times who may read.
const maxReadable = 64

// readableSets remembers what is readable in a view, by kinds and by access.
type readableSets struct {
	mu    sync.Mutex
	known map[string]*readable
	// over says that the view is not the newest any more: cursors may keep it for
	// long, and what few of them ask for is made again.
	over bool
}

// forget forgets all sets, and remembers no more.
func (rs *readableSets) forget() {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	rs.known, rs.over = nil, true
}

func (v *view) makeReadable(terms []string, all bool, domain []string) *readable {
	out := &readable{sets: make([]bitset, len(v.segments))}
	var length uint64
	for s := range v.segments {
		p := &v.segments[s]
		kinds := p.cols.values[colKind].find(domain)
		access := p.cols.values[colAccess].find(terms)
		set := newBitset(p.cols.docs)
		for d := range uint32(p.cols.docs) {
			if overlaps(p.cols.values[colKind].at(d), kinds) && (all || overlaps(p.cols.values[colAccess].at(d), access)) {
				set.set(d)
			}
		}
		if deleted := p.Deleted(); deleted != nil {
			for it := deleted.Iterator(); it.HasNext(); {
				set.clear(it.Next())
			}
		}
		out.sets[s] = set
		set.each(func(d uint32) {
			out.n++
			length += uint64(p.cols.lengths[d])
			out.newest = max(out.newest, p.cols.dates[d])
		})
	}
	out.average = max(1, float64(length)/float64(max(1, out.n)))
	return out
}

func overlaps(a, b []uint32) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// filters are the set filters of a request in the ordinals of one segment.
type filters struct {
	list []filter
}

type filter struct {
	mask uint32
	col  *ordinals
	ords []uint32
}

func (r *request) filters(p *part) filters {
	var fs filters
	columns := filterColumns()
	for bit := range numBits {
		col := &p.cols.values[columns[bit]]
		switch {
		case bit == bitYear && r.years != nil:
			fs.list = append(fs.list, filter{1 << bit, col, r.yearsIn(col)})
		case len(r.wanted[bit]) > 0:
			fs.list = append(fs.list, filter{1 << bit, col, col.find(r.wanted[bit])})
		}
	}
	return fs
}

// yearsIn gives the ordinals of the years that are asked for.
func (r *request) yearsIn(col *ordinals) []uint32 {
	var out []uint32
	for i, text := range col.values {
		if r.inYears(text) {
			out = append(out, uint32(i))
		}
	}
	return out
}

// inYears reports whether a year is one of those that are asked for.
func (r *request) inYears(text string) bool {
	year, err := strconv.Atoi(text)
	return err == nil && slices.ContainsFunc(r.years, func(s yearRange) bool {
		return (s.from == 0 || year >= s.from) && (s.to == 0 || year <= s.to)
	})
}

// failed gives the bits of the filters that a document does not pass.
func (fs *filters) failed(doc uint32) uint32 {
	var failed uint32
	for i := range fs.list {
		f := &fs.list[i]
		if !overlaps(f.col.at(doc), f.ords) {
			failed |= f.mask
		}
	}
	return failed
}

// selected reports whether a value is among those that its filter asks for.
func (r *request) selected(bit filterBit, value string) bool {
	if bit == bitYear {
		return r.inYears(value)
	}
	return slices.Contains(r.wanted[bit], value)
}

// facetColumns gives the column and the filter of each facet that is asked for.
func facetColumns(fields []kb.FacetField) []facetCount {
	columns := filterColumns()
	var out []facetCount
	for _, f := range fields {
		if bit, ok := facetBit(f); ok {
			out = append(out, facetCount{field: f, bit: bit, col: columns[bit], counts: map[string]int{}})
		}
	}
	return out
}
