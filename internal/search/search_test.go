package search_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/search"
)

func TestRelevance(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	commit(t, x, 1,
		document("Parkeren", func(d *kb.Document) {
			d.Body = "Een tekst waarin het woord woningbouw ergens staat. " + strings.Repeat("Verder gaat het over iets anders. ", 30)
		}),
		document("Woningbouw in de regio", func(d *kb.Document) { d.Body = "Samen bouwen." }),
		document("Energie", func(d *kb.Document) { d.Body = "Windmolens." }),
		document("Trefwoord", func(d *kb.Document) { d.Keywords = []string{"woningbouw"} }),
	)
	got := titles(search1(t, x, kb.SearchRequest{Text: "woningbouw", First: 10}))
	if d := cmp.Diff([]string{"Woningbouw in de regio", "Trefwoord", "Parkeren"}, got); d != "" {
		t.Error(d)
	}
}

func TestAnyTextIsAQuery(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	commit(t, x, 1, document("huis", nil))
	for _, text := range []string{"\"", "((", "-", "a:b:c", "*", "\x00", "\xff\xfe", strings.Repeat("z", 10_000), strings.Repeat("huis ", 5000), "de het een", "🙂", "شارع", "' OR 1=1 --", "[a-z]+("} {
		res := search1(t, x, kb.SearchRequest{Text: text, First: 10, Highlights: true, Facets: kb.FacetFields()})
		if want := strings.Contains(text, "huis"); (res.Total == 1) != want {
			t.Errorf("%.20q finds %d", text, res.Total)
		}
	}
}

func TestOrders(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	day := func(n int) func(*kb.Document) {
		return func(d *kb.Document) { d.Date = time.Date(2020, 1, n, 0, 0, 0, 0, time.UTC) }
	}
	commit(t, x, 1, document("De boot", day(3)), document("Één auto", nil), document("appel", day(1)), document("Zon", day(2)))
	for sort, want := range map[kb.Sort][]string{
		kb.SortNewest:    {"De boot", "Zon", "appel", "Één auto"},
		kb.SortOldest:    {"appel", "Zon", "De boot", "Één auto"},
		kb.SortTitle:     {"appel", "Één auto", "De boot", "Zon"},
		kb.SortRelevance: {"De boot", "Zon", "appel", "Één auto"},
	} {
		if d := cmp.Diff(want, titles(search1(t, x, kb.SearchRequest{Sort: sort, First: 10}))); d != "" {
			t.Errorf("%s: %s", sort, d)
		}
	}
}

// world is a random collection with what a search of it must answer.
type world struct {
	rng  *rand.Rand
	docs map[kb.ID]kb.Document
}

var (
	someThemes    = []string{"wonen", "economie", "natuur"}
	someRegions   = [][]string{{"GM0363", "PV27", "AM19"}, {"GM0344", "PV26", "AM14"}, {"GM0307", "PV26", "AM13"}, {"PV27"}}
	someLanguages = []string{"nl", "en"}
	someWords     = []string{"huis", "boom", "fiets", "brug"}
)

func pick[T any](rng *rand.Rand, list []T, most int) []T {
	var out []T
	for _, i := range rng.Perm(len(list))[:rng.IntN(most+1)] {
		out = append(out, list[i])
	}
	return out
}

func (w *world) document(n int) kb.Document {
	return document(strconv.Itoa(n), func(d *kb.Document) {
		d.Kind = kb.MaterialKinds()[w.rng.IntN(4)]
		if w.rng.IntN(4) == 0 {
			d.Access = nil
		}
		d.Title = "nummer " + strconv.Itoa(n)
		d.Body = strings.Join(pick(w.rng, someWords, 3), " ")
		for _, s := range pick(w.rng, someThemes, 2) {
			d.Themes = append(d.Themes, kb.Term{Value: s})
		}
		for _, list := range pick(w.rng, someRegions, 2) {
			for _, code := range list {
				if !slices.Contains(d.Regions, code) {
					d.Regions = append(d.Regions, code)
				}
			}
		}
		d.Language = someLanguages[w.rng.IntN(2)]
		d.Collaboration = []kb.CollaborationLevel{"", kb.CollaborationInternal, kb.CollaborationSociety}[w.rng.IntN(3)]
		if w.rng.IntN(5) > 0 {
			d.Date = time.Date(2018+w.rng.IntN(5), 6, 1, 0, 0, 0, 0, time.UTC)
		}
	})
}

func (w *world) request() kb.SearchRequest {
	req := kb.SearchRequest{First: 100, Facets: kb.FacetFields(), Text: strings.Join(pick(w.rng, someWords, 2), " ")}
	req.Kinds = pick(w.rng, kb.MaterialKinds(), 2)
	req.Filter.Themes = pick(w.rng, someThemes, 2)
	req.Filter.Regions = pick(w.rng, []string{"PV26", "PV27", "GM0363", "GM0344", "AM14"}, 2)
	req.Filter.Languages = pick(w.rng, someLanguages, 1)
	if w.rng.IntN(3) == 0 {
		req.Filter.YearFrom, req.Filter.YearTo = 2019, 2021
	}
	return req
}

// values gives what a document has of a facet.
func values(d kb.Document, f kb.FacetField) []string {
	prefix := map[kb.FacetField]string{kb.FacetProvince: "PV", kb.FacetMunicipality: "GM", kb.FacetLabourMarketRegion: "AM"}
	var out []string
	switch f {
	case kb.FacetType:
		out = []string{string(d.Kind)}
	case kb.FacetTheme:
		for _, t := range d.Themes {
			out = append(out, t.Value)
		}
	case kb.FacetProvince, kb.FacetMunicipality, kb.FacetLabourMarketRegion:
		for _, code := range d.Regions {
			if strings.HasPrefix(code, prefix[f]) {
				out = append(out, code)
			}
		}
	case kb.FacetLanguage:
		out = []string{d.Language}
	case kb.FacetCollaboration:
		if d.Collaboration != "" {
			out = []string{string(d.Collaboration)}
		}
	case kb.FacetYear:
		if !d.Date.IsZero() {
			out = []string{strconv.Itoa(d.Date.Year())}
		}
	}
	return out
}

// passes tells whether a document is a hit when one facet's own filter is not set.
func passes(d kb.Document, req kb.SearchRequest, without kb.FacetField) bool {
	if len(d.Access) == 0 {
		return false
	}
	if req.Text != "" && !slices.ContainsFunc(strings.Fields(req.Text), func(w string) bool { return slices.Contains(strings.Fields(d.Body), w) }) {
		return false
	}
	byFacet := map[kb.FacetField][]string{kb.FacetTheme: req.Filter.Themes, kb.FacetLanguage: req.Filter.Languages}
	for _, k := range req.Kinds {
		byFacet[kb.FacetType] = append(byFacet[kb.FacetType], string(k))
	}
	for prefix, f := range map[string]kb.FacetField{"PV": kb.FacetProvince, "GM": kb.FacetMunicipality, "AM": kb.FacetLabourMarketRegion} {
		for _, code := range req.Filter.Regions {
			if strings.HasPrefix(code, prefix) {
				byFacet[f] = append(byFacet[f], code)
			}
		}
	}
	for f, wanted := range byFacet {
		if f != without && len(wanted) > 0 && !slices.ContainsFunc(values(d, f), func(v string) bool { return slices.Contains(wanted, v) }) {
			return false
		}
	}
	y := d.Date.Year()
	return without == kb.FacetYear || req.Filter.YearFrom == 0 || (!d.Date.IsZero() && y >= req.Filter.YearFrom && y <= req.Filter.YearTo)
}

// Random collections, with replaced and removed records over many segments, are
// searched with random requests; totals, hits and every facet must be those that
// counting by hand gives.
func TestAgainstCountingByHand(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	w := &world{rng: rand.New(rand.NewPCG(seed, 1)), docs: map[kb.ID]kb.Document{}}
	rk := search.DefaultRanking()
	rk.Common = 1 // every word finds, as counting by hand has it
	x := open(t, t.TempDir(), search.Options{Ranking: &rk})
	for step := range 40 {
		s := kb.Step{Position: kb.Seq(step + 1)}
		for range 5 {
			d := w.document(w.rng.IntN(120))
			s.Documents = append(s.Documents, d)
		}
		for _, d := range s.Documents {
			w.docs[d.Record] = d
		}
		gone := kb.DeriveID("test", strconv.Itoa(w.rng.IntN(120)))
		if !slices.ContainsFunc(s.Documents, func(d kb.Document) bool { return d.Record == gone }) {
			s.Removed = []kb.ID{gone}
			delete(w.docs, gone)
		}
		if err := x.Commit(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		for range 10 {
			w.check(t, x, w.request())
		}
	}
}

func (w *world) check(t *testing.T, x *search.Index, req kb.SearchRequest) {
	t.Helper()
	res := search1(t, x, req)
	var want, got []string
	for id, d := range w.docs {
		if passes(d, req, "") {
			want = append(want, string(id))
		}
	}
	for _, h := range res.Hits {
		got = append(got, string(h.Entity.Base().ID))
	}
	slices.Sort(want)
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" || res.Total != len(want) {
		t.Fatalf("%+v: total %d, want %d\n%s", req, res.Total, len(want), d)
	}
	for _, f := range res.Facets {
		counts, counted := map[string]int{}, map[string]int{}
		for _, d := range w.docs {
			if passes(d, req, f.Field) {
				for _, v := range values(d, f.Field) {
					counts[v]++
				}
			}
		}
		for _, b := range f.Buckets {
			if b.Count > 0 {
				counted[b.Value] = b.Count
			}
		}
		if d := cmp.Diff(counts, counted); d != "" {
			t.Fatalf("%+v: facet %s\n%s", req, f.Field, d)
		}
	}
}

// A cursor shows each record of its snapshot once, whatever is written meanwhile,
// for as long as it is kept; after that it goes on from its sort key.
func TestCursorKeepsItsSnapshot(t *testing.T) {
	now, advance := clock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	for _, sort := range []kb.Sort{kb.SortRelevance, kb.SortNewest, kb.SortTitle} {
		x := open(t, t.TempDir(), search.Options{Now: now})
		var docs []kb.Document
		for i := range 50 {
			docs = append(docs, document(fmt.Sprintf("huis %02d", i), func(d *kb.Document) {
				d.Body = strings.Repeat("huis ", i%7)
				d.Date = time.Date(2020, 1, 1+i%9, 0, 0, 0, 0, time.UTC)
			}))
		}
		commit(t, x, 1, docs...)
		var seen []string
		after := ""
		for page := 0; ; page++ {
			res := search1(t, x, kb.SearchRequest{Text: "huis", Sort: sort, First: 7, After: after})
			if res.Total != 50 || res.HasPreviousPage != (page > 0) {
				t.Fatalf("%s, page %d: total %d, previous %v", sort, page, res.Total, res.HasPreviousPage)
			}
			seen = append(seen, titles(res)...)
			if !res.HasNextPage {
				break
			}
			after = res.Hits[len(res.Hits)-1].Cursor
			advance(5 * time.Minute)
			commit(t, x, kb.Seq(page+2), document(fmt.Sprintf("huis nieuw %d", page), nil), document(fmt.Sprintf("huis %02d", page*8), func(d *kb.Document) { d.Title = "weg" }))
		}
		slices.Sort(seen)
		if len(seen) != 50 || len(slices.Compact(seen)) != 50 {
			t.Errorf("%s: %d hits, %d of them different", sort, len(seen), len(slices.Compact(seen)))
		}
	}
}

func TestCursorGoesOnWhenItsSnapshotIsGone(t *testing.T) {
	now, advance := clock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	dir := t.TempDir()
	x := open(t, dir, search.Options{Now: now})
	commit(t, x, 1, document("a", nil), document("b", nil), document("d", nil))
	req := kb.SearchRequest{Sort: kb.SortTitle, First: 2}
	req.After = search1(t, x, req).Hits[1].Cursor
	commit(t, x, 2, document("c", nil))
	if d := cmp.Diff([]string{"d"}, titles(search1(t, x, req))); d != "" {
		t.Errorf("at once: %s", d)
	}
	advance(7 * time.Minute)
	if d := cmp.Diff([]string{"c", "d"}, titles(search1(t, x, req))); d != "" {
		t.Errorf("after 7 minutes: %s", d)
	}
	close1(t, x)
	x = open(t, dir, search.Options{Now: now})
	if d := cmp.Diff([]string{"c", "d"}, titles(search1(t, x, req))); d != "" {
		t.Errorf("in another process: %s", d)
	}
}

func TestCursorOfAnotherSearchIsRefused(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	commit(t, x, 1, document("huis a", nil), document("huis b", nil))
	cursor := search1(t, x, kb.SearchRequest{Text: "huis", First: 1}).Hits[0].Cursor
	for name, req := range map[string]kb.SearchRequest{
		"other text":   {Text: "boom", After: cursor},
		"other filter": {Text: "huis", Filter: kb.Filter{Themes: []string{"wonen"}}, After: cursor},
		"other order":  {Text: "huis", Sort: kb.SortTitle, After: cursor},
		"no cursor":    {Text: "huis", After: "onzin"},
		"cut off":      {Text: "huis", After: cursor[:20]},
		"very long":    {Text: "huis", After: strings.Repeat("A", 100_000)},
	} {
		req.First = 5
		if _, err := x.Search(t.Context(), kb.Visitor(), req); kb.CodeOf(err) != kb.CursorInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzCursor(f *testing.F) {
	x := open(f, f.TempDir(), search.Options{})
	commit(f, x, 1, document("huis a", nil), document("huis b", nil))
	f.Add(search1(f, x, kb.SearchRequest{Text: "huis", First: 1}).Hits[0].Cursor)
	f.Add("AQ")
	f.Fuzz(func(t *testing.T, cursor string) {
		_, err := x.Search(t.Context(), kb.Visitor(), kb.SearchRequest{Text: "huis", First: 1, After: cursor})
		if code := kb.CodeOf(err); code != "" && code != kb.CursorInvalid {
			t.Errorf("code %s: %v", code, err)
		}
	})
}

func TestHighlights(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	body := strings.Repeat("Aanloop zonder belang. ", 40) + "🙂 De coöperatie bouwt huizen in de gemeente. " + strings.Repeat("Naloop. ", 40)
	commit(t, x, 1, document("Huizen 🙂 bouwen", func(d *kb.Document) { d.Body = body }))
	res := search1(t, x, kb.SearchRequest{Text: "huizen coöperatie", First: 1, Highlights: true})
	got := map[string][]string{}
	for _, h := range res.Hits[0].Highlights {
		units := utf16.Encode([]rune(h.Text))
		if len(h.Text) > 400 {
			t.Errorf("%s: a piece of %d bytes", h.Field, len(h.Text))
		}
		for _, r := range h.Ranges {
			got[h.Field] = append(got[h.Field], string(utf16.Decode(units[r.Start:r.End])))
		}
	}
	want := map[string][]string{"title": {"Huizen"}, "body": {"coöperatie", "huizen"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if none := search1(t, x, kb.SearchRequest{Text: "huizen", First: 1}); none.Hits[0].Highlights != nil {
		t.Error("highlights that nobody asked for")
	}
}

func TestSelectedValueStaysInItsFacet(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	commit(t, x, 1, document("a", func(d *kb.Document) { d.Themes = []kb.Term{{Value: "wonen"}} }))
	res := search1(t, x, kb.SearchRequest{First: 1, Facets: []kb.FacetField{kb.FacetTheme}, Filter: kb.Filter{Themes: []string{"natuur"}}})
	want := []kb.FacetBucket{{Value: "wonen", Count: 1}, {Value: "natuur", Count: 0, Selected: true}}
	if d := cmp.Diff(want, res.Facets[0].Buckets); d != "" || res.Total != 0 {
		t.Errorf("total %d: %s", res.Total, d)
	}
}

// A record that is withdrawn or removed is gone at once, also for those who go
// on with a cursor from before.
func TestCursorShowsNothingThatWasWithdrawn(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	var docs []kb.Document
	for _, name := range []string{"huis a", "huis b", "huis c", "huis d", "huis e", "huis f"} {
		docs = append(docs, document(name, nil))
	}
	commit(t, x, 1, docs...)
	req := kb.SearchRequest{Text: "huis", Sort: kb.SortTitle, First: 2}
	req.After = search1(t, x, req).Hits[1].Cursor
	withdrawn := document("huis c", func(d *kb.Document) { d.Access = nil })
	if err := x.Commit(t.Context(), kb.Step{Documents: []kb.Document{withdrawn}, Removed: []kb.ID{docs[3].Record}, Position: 2}); err != nil {
		t.Fatal(err)
	}
	res := search1(t, x, req)
	if d := cmp.Diff([]string{"huis e", "huis f"}, titles(res)); d != "" || res.HasNextPage {
		t.Errorf("next page %v: %s", res.HasNextPage, d)
	}
	// The order and the counts stay those of the snapshot.
	if res.Total != 6 {
		t.Errorf("total %d", res.Total)
	}
}
