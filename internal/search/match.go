package search

import (
	"slices"
	"strconv"

	"leerkring/internal/kb"
)

// overlaps reports whether two lists have anything in common.
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

// filter asks for one of some values of a column, or for a date before another.
type filter struct {
	mask uint32
	col  *ordinals // nil for a filter of dates
	ords []uint32

	dates  []int64 // nil when no document has one
	before int64
}

// passes reports whether a document passes the filter.
func (f *filter) passes(doc uint32) bool {
	if f.col != nil {
		return overlaps(f.col.at(doc), f.ords)
	}
	return f.dates != nil && f.dates[doc] != noDate && f.dates[doc] < f.before
}

func (r *request) filters(p *part) filters {
	var fs filters
	columns := filterColumns()
	for bit := range numBits {
		col := &p.cols.values[columns[bit]]
		switch {
		case bit == bitYear && r.years != nil:
			fs.list = append(fs.list, filter{mask: 1 << bit, col: col, ords: r.yearsIn(col)})
		case len(r.wanted[bit]) > 0:
			fs.list = append(fs.list, filter{mask: 1 << bit, col: col, ords: col.find(r.wanted[bit])})
		}
	}
	if r.before != noDate {
		fs.list = append(fs.list, filter{mask: 1 << bitDue, dates: p.cols.dues, before: r.before})
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
		if f := &fs.list[i]; !f.passes(doc) {
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
