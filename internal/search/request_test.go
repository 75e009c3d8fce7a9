package search

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func compiled(req kb.SearchRequest) *request {
	return compile(req)
}

// Among the kinds of material a choice is a filter, so that its facet counts the
// others too; any other kind says what is searched at all.
func TestKinds(t *testing.T) {
	material := texts(kb.MaterialKinds())
	for name, c := range map[string]struct {
		kinds                []kb.Kind
		wantDomain, wantType []string
	}{
		"none":        {nil, material, nil},
		"one":         {[]kb.Kind{kb.KindLesson}, material, []string{string(kb.KindLesson)}},
		"all":         {kb.MaterialKinds(), material, material},
		"regions":     {[]kb.Kind{kb.KindRegion}, []string{string(kb.KindRegion)}, nil},
		"of both":     {[]kb.Kind{kb.KindCase, kb.KindTheme}, []string{string(kb.KindCase), string(kb.KindTheme)}, nil},
		"not a kind":  {[]kb.Kind{"ONZIN"}, []string{"ONZIN"}, nil},
		"not indexed": {[]kb.Kind{kb.KindFile}, []string{string(kb.KindFile)}, nil},
	} {
		r := compiled(kb.SearchRequest{Kinds: c.kinds})
		if d := cmp.Diff([][]string{c.wantDomain, c.wantType}, [][]string{r.domain.kinds, r.wanted[bitType]}); d != "" {
			t.Errorf("%s: domain and filter %s", name, d)
		}
	}
}

func TestRegionsPerKind(t *testing.T) {
	r := compiled(kb.SearchRequest{Filter: kb.Filter{Regions: []string{"PV27", "GM0363", "AM19", "CR23", "PV26", "XX99", ""}}})
	want := map[filterBit][]string{
		bitMunicipality: {"GM0363", "XX99", ""}, bitProvince: {"PV27", "PV26"}, bitLabourMarketRegion: {"AM19"}, bitCOROP: {"CR23"},
	}
	for bit := range numBits {
		if d := cmp.Diff(want[bit], r.wanted[bit]); d != "" {
			t.Errorf("filter %d: %s", bit, d)
		}
	}
	if filterColumns()[bitProvince] != colProvince || filterColumns()[bitCOROP] != colCOROP {
		t.Error("filters of regions look in other columns")
	}
}

func TestWhatIsAskedInWords(t *testing.T) {
	for text, want := range map[string]bool{"": false, " \t\n": false, "huis": true, "de het een": true, "?!": true, "thema:wonen": true} {
		if r := compiled(kb.SearchRequest{Text: text}); r.text != want {
			t.Errorf("%q: asked in words %v", text, r.text)
		}
	}
}

func TestOrderOfARequest(t *testing.T) {
	for _, c := range []struct {
		text       string
		sort, want kb.Sort
	}{
		{"", "", kb.SortNewest},
		{"", kb.SortRelevance, kb.SortNewest},
		{" ", kb.SortRelevance, kb.SortNewest},
		{"", kb.SortTitle, kb.SortTitle},
		{"huis", "", kb.SortRelevance},
		{"de", kb.SortRelevance, kb.SortRelevance},
		{"huis", kb.SortOldest, kb.SortOldest},
	} {
		if got := compiled(kb.SearchRequest{Text: c.text, Sort: c.sort}).order; got != c.want {
			t.Errorf("%q in order %q is given in %q, want %q", c.text, c.sort, got, c.want)
		}
	}
}

// A cursor belongs to one request: whatever changes the hits or their order
// changes the hash, and nothing else does.
func TestHashOfARequest(t *testing.T) {
	base := func() kb.SearchRequest { return kb.SearchRequest{Text: "huis boom", First: 10} }
	changes := map[string]func(r *kb.SearchRequest){
		"text":          func(r *kb.SearchRequest) { r.Text = "huis" },
		"no text":       func(r *kb.SearchRequest) { r.Text = "" },
		"stop words":    func(r *kb.SearchRequest) { r.Text = "de" },
		"kinds":         func(r *kb.SearchRequest) { r.Kinds = []kb.Kind{kb.KindCase} },
		"other kinds":   func(r *kb.SearchRequest) { r.Kinds = []kb.Kind{kb.KindRegion} },
		"sort":          func(r *kb.SearchRequest) { r.Sort = kb.SortTitle },
		"themes":        func(r *kb.SearchRequest) { r.Filter.Themes = []string{"a"} },
		"two themes":    func(r *kb.SearchRequest) { r.Filter.Themes = []string{"a", "b"} },
		"joined themes": func(r *kb.SearchRequest) { r.Filter.Themes = []string{"ab"} },
		"municipality":  func(r *kb.SearchRequest) { r.Filter.Regions = []string{"GM0363"} },
		"province":      func(r *kb.SearchRequest) { r.Filter.Regions = []string{"PV27"} },
		"labour":        func(r *kb.SearchRequest) { r.Filter.Regions = []string{"AM19"} },
		"corop":         func(r *kb.SearchRequest) { r.Filter.Regions = []string{"CR23"} },
		"organisation":  func(r *kb.SearchRequest) { r.Filter.Organisations = []kb.ID{"a"} },
		"person":        func(r *kb.SearchRequest) { r.Filter.People = []kb.ID{"a"} },
		"collaboration": func(r *kb.SearchRequest) { r.Filter.Collaboration = []kb.CollaborationLevel{"a"} },
		"from":          func(r *kb.SearchRequest) { r.Filter.YearFrom = 2020 },
		"to":            func(r *kb.SearchRequest) { r.Filter.YearTo = 2020 },
		"languages":     func(r *kb.SearchRequest) { r.Filter.Languages = []string{"a"} },
		"circle":        func(r *kb.SearchRequest) { r.Filter.Circle = "a" },
		"as typed":      func(r *kb.SearchRequest) { r.AsTyped = true },
		"synonyms":      func(r *kb.SearchRequest) { r.Synonyms = []kb.Synonyms{{Terms: []string{"a", "b"}}} },
		"one way":       func(r *kb.SearchRequest) { r.Synonyms = []kb.Synonyms{{Terms: []string{"a", "b"}, OneWay: true}} },
		"state":         func(r *kb.SearchRequest) { r.Filter.States = []string{"a"} },
		"due":           func(r *kb.SearchRequest) { r.Filter.DueBefore = time.Unix(1, 0) },
		"due in 1970":   func(r *kb.SearchRequest) { r.Filter.DueBefore = time.Unix(0, 0) },
		"region kind":   func(r *kb.SearchRequest) { r.Filter.RegionKinds = []kb.RegionKind{"a"} },
	}
	hashes := map[uint64]string{compiled(base()).hash: "unchanged"}
	for name, change := range changes {
		r := base()
		change(&r)
		h := compiled(r).hash
		if other, ok := hashes[h]; ok {
			t.Errorf("%s and %s have one hash", name, other)
		}
		hashes[h] = name
	}
	same := kb.SearchRequest{Text: "huis boom", First: 3, After: "x", Sort: kb.SortRelevance, Highlights: true, Facets: kb.FacetFields()}
	if hashes[compiled(same).hash] != "unchanged" {
		t.Error("the hash depends on what changes no hit")
	}
}

// Every facet has its own filter and a column that holds values.
func TestFacetBits(t *testing.T) {
	seen := map[filterBit]bool{}
	for _, f := range kb.FacetFields() {
		bit, ok := facetBit(f)
		if !ok || seen[bit] {
			t.Errorf("%s has bit %d, %v", f, bit, ok)
		}
		seen[bit] = true
	}
	if _, ok := facetBit("ONZIN"); ok {
		t.Error("an unknown facet has a filter")
	}
	columns := filterColumns()
	if list := slices.Sorted(slices.Values(columns[:])); len(slices.Compact(list)) != int(numBits) {
		t.Errorf("filters share columns: %v", columns)
	}
}
