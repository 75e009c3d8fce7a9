package graph_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// library are some records to search in.
func library() []kb.Entity {
	terrein := &kb.Case{Common: text("terrein", "Bedrijventerrein vernieuwen"), Phase: kb.PhaseFinished, Period: &kb.Period{From: "2021", To: "2023-06"}}
	terrein.Themes, terrein.Regions = []string{"bedrijventerreinen"}, []string{"GM0363"}
	terrein.Organisations, terrein.Collaboration = []kb.ID{id("gemeente")}, kb.CollaborationSociety
	terrein.Keywords = []string{"herstructurering"}
	terrein.Origin = &kb.Origin{Source: "archief", Key: "7", URL: "https://example.org/7", Note: "oud"}
	mobiel := &kb.Publication{Common: text("mobiel", "Arbeidsmarkt in beweging"), Pages: 40, Issued: "2020-03"}
	mobiel.Themes, mobiel.Regions = []string{"economie"}, []string{"GM0518"}
	mobiel.Language = "en"
	later := time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC)
	mobiel.PublishedAt = &later
	les := &kb.Lesson{Common: text("les", "Begin vroeg"), Outcome: kb.OutcomePartly}
	les.Related = []kb.ID{id("mobiel"), id("terrein")}
	return []kb.Entity{
		terrein, mobiel, les,
		&kb.Organisation{Head: published("gemeente"), Name: "Gemeente Amsterdam", CBSCode: "GM0363"},
	}
}

func TestMaterial(t *testing.T) {
	w := newWorld(t, library()...)
	got := w.ask(t, `{ material(slug: "terrein") {
		id slug type title summary body keywords collaboration language licence url reviewBy publishedAt createdAt updatedAt version
		source { name key url }
		themes { slug label labels { nl en } } regions { code name kind parents { code } } organisations { name region { name } }
		... on Case { phase period { from to } background lessons }
		... on Publication { pages }
	} }`, "")
	want := `{"data":{"material":{"id":"` + string(id("terrein")) + `","slug":"terrein","type":"CASE","title":"Bedrijventerrein vernieuwen",` +
		`"summary":"Samenvatting van Bedrijventerrein vernieuwen","body":"De tekst van Bedrijventerrein vernieuwen","keywords":["herstructurering"],` +
		`"collaboration":"SOCIETY","language":"nl","licence":"","url":"https://leerkring.example/casus/terrein","reviewBy":null,` +
		`"publishedAt":"2024-05-31T09:30:00Z","createdAt":"2024-05-31T09:30:00Z","updatedAt":"2024-05-31T09:30:00Z","version":1,` +
		`"source":{"name":"archief","key":"7","url":"https://example.org/7"},` +
		`"themes":[{"slug":"bedrijventerreinen","label":"Bedrijventerreinen","labels":{"nl":"Bedrijventerreinen","en":"Business parks"}}],` +
		`"regions":[{"code":"GM0363","name":"Amsterdam","kind":"MUNICIPALITY","parents":[{"code":"PV27"},{"code":"CR23"},{"code":"AM18"}]}],` +
		`"organisations":[{"name":"Gemeente Amsterdam","region":{"name":"Amsterdam"}}],` +
		`"phase":"FINISHED","period":{"from":"2021","to":"2023-06"},"background":"","lessons":[]}}}` + "\n"
	if diff := cmp.Diff(want, got.Raw); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// page is what the tests ask of a search.
type page struct {
	Search struct {
		TotalCount int
		PageInfo   struct {
			HasNextPage, HasPreviousPage bool
			StartCursor, EndCursor       *string
		}
		Nodes []struct{ Slug, Body string }
		Edges []struct {
			Cursor     string
			Score      float64
			Highlights []struct {
				Field, Text string
				Ranges      []struct{ Start, End int }
			}
		}
		Facets []struct {
			Field   kb.FacetField
			Buckets []struct {
				Value, Label string
				Count        int
				Selected     bool
			}
		}
	}
}

func (p page) slugs() []string {
	out := []string{}
	for _, n := range p.Search.Nodes {
		out = append(out, n.Slug)
	}
	return out
}

func TestSearchFilters(t *testing.T) {
	w := newWorld(t, library()...)
	for _, c := range []struct {
		name, variables string
		want            []string
	}{
		{"nothing", `{}`, []string{"mobiel", "les", "terrein"}},
		{"nulls are defaults", `{"f":null,"s":null,"n":null,"q":null}`, []string{"mobiel", "les", "terrein"}},
		{"text", `{"q":"bedrijventerreinen"}`, []string{"terrein"}},
		{"title order", `{"s":"TITLE"}`, []string{"mobiel", "terrein", "les"}},
		{"type", `{"f":{"types":["LESSON","CASE"]}}`, []string{"les", "terrein"}},
		{"one value for a list", `{"f":{"types":"LESSON"}}`, []string{"les"}},
		{"theme", `{"f":{"themes":["economie"]}}`, []string{"mobiel"}},
		{"municipality", `{"f":{"regions":["GM0363"]}}`, []string{"terrein"}},
		{"province", `{"f":{"regions":["PV27"]}}`, []string{"terrein"}},
		{"region by an old spelling", `{"f":{"regions":["0363"]}}`, []string{"terrein"}},
		{"region by name", `{"f":{"regions":["Noord-Holland"]}}`, []string{"terrein"}},
		{"provinces are alternatives", `{"f":{"regions":["PV27","PV28"]}}`, []string{"mobiel", "terrein"}},
		{"a province and a municipality elsewhere", `{"f":{"regions":["PV27","GM0518"]}}`, []string{}},
		{"organisation", `{"f":{"organisations":["` + string(id("gemeente")) + `"]}}`, []string{"terrein"}},
		{"collaboration", `{"f":{"collaboration":["SOCIETY"]}}`, []string{"terrein"}},
		{"years", `{"f":{"years":{"from":2025}}}`, []string{"mobiel"}},
		{"years to", `{"f":{"years":{"to":2024}}}`, []string{"les", "terrein"}},
		{"language", `{"f":{"languages":["en"]}}`, []string{"mobiel"}},
		{"empty lists limit nothing", `{"f":{"types":[],"themes":[],"regions":[]}}`, []string{"mobiel", "les", "terrein"}},
		{"values that are not there", `{"f":{"themes":["nergens"]}}`, []string{}},
		{"a region that is not there", `{"f":{"regions":["Atlantis"]}}`, []string{}},
		{"an organisation that is no id", `{"f":{"organisations":["x"]}}`, []string{}},
		{"first 0", `{"n":0}`, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := answer[page](t, w, `query ($q: String, $f: SearchFilter, $s: SearchSort, $n: Int) {
				search(query: $q, filter: $f, sort: $s, first: $n) { nodes { slug body } } }`, c.variables)
			if diff := cmp.Diff(sorted(c.want, c.name), sorted(got.slugs(), c.name)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, n := range got.Search.Nodes {
				if n.Body == "" {
					t.Errorf("%s came without its body", n.Slug)
				}
			}
		})
	}
}

// sorted leaves the order alone only where a test is about it.
func sorted(slugs []string, name string) string {
	if name == "title order" {
		return fmt.Sprint(slugs)
	}
	set := map[string]bool{}
	for _, s := range slugs {
		set[s] = true
	}
	return fmt.Sprint(set)
}

// TestPaging walks all pages by their cursors: no record twice, none missed.
func TestPaging(t *testing.T) {
	var many []kb.Entity
	for i := range 23 {
		many = append(many, &kb.Publication{Common: text("publicatie-"+strconv.Itoa(i), "Publicatie "+strconv.Itoa(i))})
	}
	w := newWorld(t, many...)
	const query = `query ($after: String) { search(sort: TITLE, first: 5, after: $after) {
		totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { slug } edges { cursor score } } }`
	seen := map[string]int{}
	variables := "{}"
	for n := 0; ; n++ {
		got := answer[page](t, w, query, variables).Search
		if got.TotalCount != 23 || got.PageInfo.HasPreviousPage != (n > 0) || len(got.Edges) != len(got.Nodes) {
			t.Fatalf("page %d: %+v", n, got)
		}
		for _, node := range got.Nodes {
			seen[node.Slug]++
		}
		if *got.PageInfo.StartCursor != got.Edges[0].Cursor || *got.PageInfo.EndCursor != got.Edges[len(got.Edges)-1].Cursor {
			t.Fatalf("page %d: the cursors of page and edges differ", n)
		}
		if !got.PageInfo.HasNextPage {
			break
		}
		variables = `{"after":"` + *got.PageInfo.EndCursor + `"}`
	}
	if len(seen) != 23 {
		t.Errorf("%d records were seen: %v", len(seen), seen)
	}
	for slug, times := range seen {
		if times != 1 {
			t.Errorf("%s was seen %d times", slug, times)
		}
	}
	other := w.ask(t, `query ($after: String) { search(sort: NEWEST, after: $after) { totalCount } }`, variables)
	if other.code() != "CURSOR_INVALID" {
		t.Errorf("a cursor of another search: %s", other.Raw)
	}
}

func TestFacets(t *testing.T) {
	w := newWorld(t, library()...)
	const query = `query ($f: SearchFilter) { search(filter: $f) { facets { field buckets { value label count selected } } } }`
	read := func(headers ...string) map[kb.FacetField]string {
		out := map[kb.FacetField]string{}
		for _, f := range answer[page](t, w, query, `{"f":{"types":["CASE"]}}`, headers...).Search.Facets {
			out[f.Field] = fmt.Sprint(f.Buckets)
		}
		return out
	}
	got := read()
	want := map[kb.FacetField]string{
		kb.FacetType:               "[{CASE Casus 1 true} {LESSON Geleerde les 1 false} {PUBLICATION Publicatie 1 false}]",
		kb.FacetTheme:              "[{bedrijventerreinen Bedrijventerreinen 1 false}]",
		kb.FacetProvince:           "[{PV27 Noord-Holland 1 false}]",
		kb.FacetLabourMarketRegion: "[{AM18 Groot Amsterdam 1 false}]",
		kb.FacetMunicipality:       "[{GM0363 Amsterdam 1 false}]",
		kb.FacetOrganisation:       "[{" + string(id("gemeente")) + " Gemeente Amsterdam 1 false}]",
		kb.FacetCollaboration:      "[{SOCIETY Met inwoners, bedrijven en instellingen 1 false}]",
		kb.FacetYear:               "[{2024 2024 1 false}]",
		kb.FacetLanguage:           "[{nl Nederlands 1 false}]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	english := read("Accept-Language", "en")
	if english[kb.FacetLanguage] != "[{nl Dutch 1 false}]" || english[kb.FacetTheme] != "[{bedrijventerreinen Business parks 1 false}]" {
		t.Errorf("in English: %v", english)
	}
}

// TestFacetsOnDemand asks for some facets, by alias and in a fragment.
func TestFacetsOnDemand(t *testing.T) {
	w := newWorld(t, library()...)
	got := w.ask(t, `query ($one: [FacetField!]) { search { a: facets(fields: $one) { field buckets(first: 0) { value } }
		...more } } fragment more on SearchConnection { b: facets(fields: [YEAR, LANGUAGE]) { field buckets(first: 1) { value } } }`, `{"one":"TYPE"}`)
	want := `{"data":{"search":{"a":[{"field":"TYPE","buckets":[]}],"b":[{"field":"YEAR","buckets":[{"value":"2025"}]},{"field":"LANGUAGE","buckets":[{"value":"nl"}]}]}}}` + "\n"
	if diff := cmp.Diff(want, got.Raw); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestHighlightsInUTF16 holds the ranges against the text as JavaScript counts it.
func TestHighlightsInUTF16(t *testing.T) {
	m := &kb.Publication{Common: text("emoji", "De 🚲 brug")}
	m.Summary = "🚲🚲 Over de brug in het dorp."
	w := newWorld(t, m)
	got := answer[page](t, w, `{ search(query: "brug") { edges { score highlights { field text ranges { start end } } } } }`, "").Search
	if len(got.Edges) != 1 || got.Edges[0].Score <= 0 || len(got.Edges[0].Highlights) == 0 {
		t.Fatalf("%+v", got)
	}
	for _, h := range got.Edges[0].Highlights {
		units := utf16.Encode([]rune(h.Text))
		for _, r := range h.Ranges {
			if marked := string(utf16.Decode(units[r.Start:r.End])); marked != "brug" {
				t.Errorf("%s: %q is marked in %q", h.Field, marked, h.Text)
			}
		}
	}
}

func TestListsOfNouns(t *testing.T) {
	start := time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)
	next := start.AddDate(0, 1, 0)
	w := newWorld(
		t,
		&kb.LearningCircle{Head: published("kring"), Name: "Kring Noord", Registration: kb.RegistrationOpen, Capacity: 12},
		&kb.Meeting{Head: published("tweede"), Name: "Tweede", Circle: id("kring"), Number: 2, Start: &next},
		&kb.Meeting{Head: published("eerste"), Name: "Eerste", Circle: id("kring"), Number: 1, Start: &start},
		&kb.Meeting{Head: published("los"), Name: "Los", Start: &next},
	)
	got := w.ask(t, `{
		regions(kind: PROVINCE, first: 2) { totalCount nodes { name kind } pageInfo { hasNextPage } }
		learningCircles { nodes { name registration capacity meetings(first: 1) { totalCount nodes { name number start learningCircle { slug } } } } }
		meetings { totalCount }
		region(code: "gm0363") { name url population }
	}`, "")
	want := `{"data":{"regions":{"totalCount":12,"nodes":[{"name":"Drenthe","kind":"PROVINCE"},{"name":"Flevoland","kind":"PROVINCE"}],"pageInfo":{"hasNextPage":true}},` +
		`"learningCircles":{"nodes":[{"name":"Kring Noord","registration":"OPEN","capacity":12,"meetings":{"totalCount":2,"nodes":[` +
		`{"name":"Eerste","number":1,"start":"2025-03-01T09:00:00Z","learningCircle":{"slug":"kring"}}]}}]},"meetings":{"totalCount":3},` +
		`"region":{"name":"Amsterdam","url":"https://leerkring.example/regio/`
	if len(got.Raw) < len(want) || got.Raw[:len(want)] != want {
		t.Errorf("(-want +got):\n%s", cmp.Diff(want, got.Raw))
	}
}
