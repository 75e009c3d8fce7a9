package search

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// someColumns are three documents: of 2019 about a and b, of 2020 about b, and
// one without anything.
func someColumns() *part {
	c := &columns{docs: 3}
	c.values[colYear].values = []string{"2019", "2020"}
	c.values[colYear].fill(3, []pair{{0, 0}, {1, 1}})
	c.values[colTheme].values = []string{"a", "b"}
	c.values[colTheme].fill(3, []pair{{0, 0}, {0, 1}, {1, 1}})
	return &part{cols: c}
}

func TestFailedFilters(t *testing.T) {
	year, theme, language := uint32(1)<<bitYear, uint32(1)<<bitTheme, uint32(1)<<bitLanguage
	for name, c := range map[string]struct {
		filter kb.Filter
		want   []uint32
	}{
		"none":               {kb.Filter{}, []uint32{0, 0, 0}},
		"theme":              {kb.Filter{Themes: []string{"a"}}, []uint32{0, theme, theme}},
		"one of two themes":  {kb.Filter{Themes: []string{"a", "b", "c"}}, []uint32{0, 0, theme}},
		"unknown theme":      {kb.Filter{Themes: []string{"c"}}, []uint32{theme, theme, theme}},
		"empty column":       {kb.Filter{Languages: []string{"nl"}}, []uint32{language, language, language}},
		"from":               {kb.Filter{YearFrom: 2020}, []uint32{year, 0, year}},
		"to":                 {kb.Filter{YearTo: 2019}, []uint32{0, year, year}},
		"from and to":        {kb.Filter{YearFrom: 2019, YearTo: 2020}, []uint32{0, 0, year}},
		"wrong way round":    {kb.Filter{YearFrom: 2020, YearTo: 2019}, []uint32{year, year, year}},
		"theme and year":     {kb.Filter{Themes: []string{"a"}, YearFrom: 2020}, []uint32{year, theme, theme | year}},
		"open at both sides": {kb.Filter{YearFrom: -1, YearTo: 9999}, []uint32{0, 0, year}},
	} {
		fs := compiled(kb.SearchRequest{Filter: c.filter}).filters(someColumns())
		got := []uint32{fs.failed(0), fs.failed(1), fs.failed(2)}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestSelected(t *testing.T) {
	r := compiled(kb.SearchRequest{
		Kinds:  []kb.Kind{kb.KindCase},
		Filter: kb.Filter{Themes: []string{"a"}, Regions: []string{"PV27"}, YearFrom: 2020},
	})
	for _, c := range []struct {
		bit   filterBit
		value string
		want  bool
	}{
		{bitType, string(kb.KindCase), true},
		{bitType, string(kb.KindLesson), false},
		{bitTheme, "a", true},
		{bitTheme, "b", false},
		{bitProvince, "PV27", true},
		{bitMunicipality, "PV27", false},
		{bitYear, "2019", false},
		{bitYear, "2020", true},
		{bitYear, "9999", true},
		{bitYear, "soms", false},
	} {
		if got := r.selected(c.bit, c.value); got != c.want {
			t.Errorf("%q of filter %d is selected: %v", c.value, c.bit, got)
		}
	}
	if compiled(kb.SearchRequest{}).selected(bitYear, "2020") {
		t.Error("a year is selected that nobody asked for")
	}
}

// A facet counts what passes all filters, or fails only its own.
func TestFacetCounts(t *testing.T) {
	r := compiled(kb.SearchRequest{Filter: kb.Filter{Themes: []string{"a", "z"}, YearTo: 2020}})
	p := someColumns()
	fs := r.filters(p)
	facets := facetColumns([]kb.FacetField{kb.FacetYear, "ONZIN", kb.FacetTheme})
	var got []kb.FacetCounts
	for i := range facets {
		for range 2 { // two segments
			facets[i].begin(p)
			for d := range uint32(3) {
				facets[i].add(p, d, fs.failed(d))
			}
			facets[i].end(p)
		}
		got = append(got, facets[i].buckets(r))
	}
	want := []kb.FacetCounts{
		{Field: kb.FacetYear, Buckets: []kb.FacetBucket{{Value: "2019", Count: 2, Selected: true}}},
		{Field: kb.FacetTheme, Buckets: []kb.FacetBucket{
			{Value: "b", Count: 4}, {Value: "a", Count: 2, Selected: true}, {Value: "z", Selected: true},
		}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestOrderOfBuckets(t *testing.T) {
	counts := map[string]int{"2019": 5, "2021": 1, "2020": 5}
	for bit, want := range map[filterBit][]string{bitYear: {"2021", "2020", "2019"}, bitTheme: {"2019", "2020", "2021"}} {
		f := facetCount{bit: bit, counts: counts}
		got := []string{}
		for _, b := range f.buckets(compiled(kb.SearchRequest{})).Buckets {
			got = append(got, b.Value)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("filter %d: %s", bit, d)
		}
	}
}
