package search

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/search/query"
)

// filterBit numbers the filters of a request; a document that fails just one of
// them still counts in the facet of that filter.
type filterBit uint

const (
	bitType filterBit = iota
	bitTheme
	bitMunicipality
	bitProvince
	bitLabourMarketRegion
	bitCOROP
	bitOrganisation
	bitPerson
	bitCollaboration
	bitYear
	bitLanguage
	bitCircle
	bitRegionKind
	numBits

	// bitDue is the filter of what is due, which looks in no column.
	bitDue = numBits
)

// filterColumns says which column each filter looks at.
func filterColumns() [numBits]column {
	return [numBits]column{
		bitType: colKind, bitTheme: colTheme, bitMunicipality: colMunicipality, bitProvince: colProvince,
		bitLabourMarketRegion: colLabourMarketRegion, bitCOROP: colCOROP, bitOrganisation: colOrganisation,
		bitPerson: colPerson, bitCollaboration: colCollaboration, bitYear: colYear, bitLanguage: colLanguage,
		bitCircle: colCircle, bitRegionKind: colRegionKind,
	}
}

// facetBit gives the filter that a facet does not count.
func facetBit(f kb.FacetField) (filterBit, bool) {
	switch f {
	case kb.FacetType:
		return bitType, true
	case kb.FacetTheme:
		return bitTheme, true
	case kb.FacetProvince:
		return bitProvince, true
	case kb.FacetLabourMarketRegion:
		return bitLabourMarketRegion, true
	case kb.FacetMunicipality:
		return bitMunicipality, true
	case kb.FacetOrganisation:
		return bitOrganisation, true
	case kb.FacetCollaboration:
		return bitCollaboration, true
	case kb.FacetYear:
		return bitYear, true
	case kb.FacetLanguage:
		return bitLanguage, true
	}
	return 0, false
}

// request is a kb.SearchRequest in the terms of the index.
type request struct {
	query query.Query
	// asTyped leaves words as they are; synonyms are used as if they were stored.
	asTyped  bool
	synonyms []kb.Synonyms
	// text says that something was asked for in words: without one that is
	// indexed nothing is found, rather than everything.
	text bool
	// domain is what is searched at all: choosing among the kinds of material is a
	// filter, so that its facet counts the others too.
	domain domain
	// wanted holds the values of each filter; nil for a filter that is not set.
	wanted [numBits][]string
	// years are alternatives too; nil when any year will do.
	years []yearRange
	// before is the moment before which hits are due, as in columns; noDate for any.
	before int64
	order  kb.Sort
	name   string // its identity
	hash   uint64 // of the identity, for cursors
}

// yearRange is a range of years, both ends included; 0 leaves that end open.
type yearRange struct{ from, to int }

func compile(req kb.SearchRequest) *request {
	r := &request{query: query.Parse(req.Text), asTyped: req.AsTyped, synonyms: req.Synonyms, order: req.Sort}
	r.text = strings.TrimSpace(req.Text) != ""
	if r.order == "" {
		r.order = kb.SortRelevance
	}
	if r.order == kb.SortRelevance && !r.text {
		r.order = kb.SortNewest
	}
	material := texts(kb.MaterialKinds())
	kinds := texts(req.Kinds)
	r.domain = domain{kinds: kinds, states: req.Filter.States, any: req.Filter.AnyState}
	if len(kinds) == 0 || !slices.ContainsFunc(kinds, func(k string) bool { return !slices.Contains(material, k) }) {
		r.domain.kinds = material
		r.wanted[bitType] = kinds
	}
	f := req.Filter
	r.wanted[bitTheme] = f.Themes
	r.addRegions(f.Regions)
	r.wanted[bitOrganisation] = texts(f.Organisations)
	r.wanted[bitPerson] = texts(f.People)
	r.wanted[bitCollaboration] = texts(f.Collaboration)
	r.wanted[bitLanguage] = f.Languages
	if f.YearFrom != 0 || f.YearTo != 0 {
		r.years = []yearRange{{f.YearFrom, f.YearTo}}
	}
	if f.Circle != "" {
		r.wanted[bitCircle] = []string{string(f.Circle)}
	}
	r.wanted[bitRegionKind] = texts(f.RegionKinds)
	r.before = noDate
	if !f.DueBefore.IsZero() {
		r.before = milliseconds(f.DueBefore)
	}
	r.name = r.identity()
	r.hash = sum(r.name)
	return r
}

// addRegions takes codes apart by kind. A code of no kind can match nothing, and
// takes its place among the municipalities.
func (r *request) addRegions(codes []string) {
	for _, code := range codes {
		bit := bitMunicipality
		if c, ok := regionColumn(code); ok {
			bit = filterBit(slices.Index(regionColumns(), c)) + bitMunicipality
		}
		r.wanted[bit] = append(r.wanted[bit], code)
	}
}

// regionColumns are the columns of regions in the order of their filter bits.
func regionColumns() []column {
	return []column{colMunicipality, colProvince, colLabourMarketRegion, colCOROP}
}

// identity writes all that the hits and their order depend on: two requests with
// one identity have the same answer. Each value has its length in front, so that
// no value can pass for another.
func (r *request) identity() string {
	var b []byte
	add := func(s string) {
		b = strconv.AppendInt(b, int64(len(s)), 10)
		b = append(append(b, ':'), s...)
	}
	list := func(of []string) {
		add(strconv.Itoa(len(of)))
		for _, s := range of {
			add(s)
		}
	}
	list([]string{r.query.Text, string(r.order)})
	list(r.domain.kinds)
	list(r.domain.states)
	list(r.domain.any)
	for _, wanted := range r.wanted {
		list(wanted)
	}
	for _, set := range r.synonyms {
		list(append([]string{strconv.FormatBool(set.OneWay)}, set.Terms...))
	}
	add(fmt.Sprint(r.years, r.asTyped, r.before))
	return string(b)
}

func sum(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // never fails (hash.Hash)
	return h.Sum64()
}

func texts[T ~string](list []T) []string {
	if len(list) == 0 {
		return nil
	}
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
