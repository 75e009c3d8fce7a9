package graph_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// hidden gives a head that a visitor may not read.
func hidden(slug string, s kb.Status, v kb.Visibility) kb.Head {
	h := published(slug)
	h.Status, h.Visibility = s, v
	if v == kb.VisibilityTeam {
		h.Team = id("kring")
	}
	return h
}

func hiddenText(slug string, s kb.Status, v kb.Visibility) kb.Common {
	c := text(slug, "Geheim "+slug)
	c.Head = hidden(slug, s, v)
	return c
}

// secrets are the records that must never come out, each with "geheim" in all it says.
func secrets() []kb.Entity {
	noConsent := published("geheim-persoon")
	return []kb.Entity{
		&kb.Case{Common: hiddenText("geheim-concept", kb.StatusDraft, kb.VisibilityPublic)},
		&kb.Case{Common: hiddenText("geheim-in-review", kb.StatusInReview, kb.VisibilityPublic)},
		&kb.Publication{Common: hiddenText("geheim-leden", kb.StatusPublished, kb.VisibilityMembers)},
		&kb.Presentation{Common: hiddenText("geheim-team", kb.StatusPublished, kb.VisibilityTeam)},
		&kb.Lesson{Common: hiddenText("geheim-ingetrokken", kb.StatusWithdrawn, kb.VisibilityPublic)},
		&kb.Organisation{Head: hidden("geheim-organisatie", kb.StatusDraft, kb.VisibilityPublic), Name: "Geheim Bureau"},
		&kb.Person{Head: noConsent, Name: "Geheim Persoon"},
		&kb.Presentation{Common: hiddenText("geheim-zonder-toestemming", kb.StatusPublished, kb.VisibilityPublic), Consent: new(false)},
		&kb.Theme{Head: hidden("geheim-thema", kb.StatusPublished, kb.VisibilityMembers), PrefLabel: kb.Label{NL: "Geheim thema"}},
		&kb.LearningCircle{Head: hidden("geheim-kring", kb.StatusDraft, kb.VisibilityPublic), Name: "Geheim kring"},
		&kb.Meeting{Head: hidden("geheim-bijeenkomst", kb.StatusPublished, kb.VisibilityTeam), Name: "Geheim bijeenkomst", Circle: id("kring")},
	}
}

// open are public records that refer to the secrets wherever a record can.
func open() []kb.Entity {
	c := &kb.Case{
		Common:   text("casus", "Bedrijventerrein vernieuwen"),
		Partners: []kb.Partner{{Organisation: id("gemeente"), Role: "trekker"}, {Organisation: id("geheim-organisatie"), Role: "geheim"}},
		Contacts: []kb.ID{id("geheim-persoon"), id("persoon")},
	}
	c.Themes = []string{"geheim-thema", "bedrijventerreinen"}
	c.Regions = []string{"GM0363"}
	c.Organisations = []kb.ID{id("geheim-organisatie"), id("gemeente")}
	c.People = []kb.ID{id("geheim-persoon"), id("persoon")}
	c.Related = []kb.ID{id("geheim-concept"), id("geheim-leden"), id("geheim-zonder-toestemming"), id("les")}
	p := &kb.Presentation{Common: text("presentatie", "Wat werkt"), Speakers: c.People, Meeting: id("geheim-bijeenkomst")}
	l := &kb.Lesson{Common: text("les", "Begin vroeg"), LearnedFrom: &kb.Passage{Record: id("geheim-concept"), Quote: "geheim citaat"}}
	b := &kb.Publication{Common: text("publicatie", "Handreiking"), Replaces: id("geheim-leden")}
	return []kb.Entity{
		c, p, l, b,
		&kb.Organisation{Head: published("gemeente"), Name: "Gemeente Amsterdam", Members: []kb.ID{id("geheim-organisatie")}},
		&kb.Person{
			Head: published("persoon"), Name: "Noor de Vries", Organisation: id("geheim-organisatie"), Consent: true,
			Email: &kb.Contact{Value: "geheim@example.org", Visibility: kb.VisibilityMembers},
			Phone: &kb.Contact{Value: "0101234567", Visibility: kb.VisibilityPublic},
		},
		&kb.LearningCircle{
			Head: published("kring"), Name: "Kring Noord", Themes: c.Themes, Regions: c.Regions,
			Organisers: c.Organisations, Facilitators: c.People, Participants: c.People,
		},
		&kb.Meeting{
			Head: published("bijeenkomst"), Name: "Eerste bijeenkomst", Circle: id("kring"), Number: 1, Host: id("geheim-organisatie"), HostCity: "GM0363",
			Themes: c.Themes,
			Programme: []kb.ProgrammeItem{{
				Pillar: kb.PillarDeepDive, Title: "Verdieping", Speakers: c.People, Material: []kb.ID{id("geheim-team"), id("casus")},
			}},
		},
	}
}

// everything selects every field that can lead from one record to another.
const everything = `
fragment material on Material {
  id slug type title summary body url version
  themes { slug label } regions { code name } organisations { id name members { name } }
  people { ...person } seeAlso { id title } related { node { id title } text reasons { labels } }
  ... on Case { partners { role organisation { name } } contacts { ...person } }
  ... on Presentation { speakers { ...person } meeting { name } }
  ... on Lesson { learnedFrom { quote record { id } } }
  ... on Publication { replaces { id title } }
}
fragment record on Record {
  team { id } review { changesRequested reviewer { name } } withdrawal { reason } workingCopy { id } viewerCan
  comments(first: 2) { totalCount nodes { text } } revisions(first: 2) { version by { name } record { id } }
}
fragment person on Person { name email phone organisation { name } }
fragment meeting on Meeting {
  name learningCircle { name } host { name } hostCity { name } themes { slug }
  programme { title speakers { ...person } material { id title } }
}
fragment circle on LearningCircle {
  name themes { slug } organisers { name } facilitators { ...person } participants { ...person }
  meetings(first: 5) { totalCount nodes { ...meeting } }
}
query ($ids: [ID!]!) {
  nodes(ids: $ids) { id ...record ...material ...person ...meeting ...circle }
  search(first: 10) { totalCount nodes { ...material } edges { highlights { text } }
    facets { field buckets(first: 100) { value label count } } }
  themes(first: 40) { totalCount nodes { slug label related { slug } } }
  organisations(first: 10) { totalCount nodes { name members { name } } }
  people(first: 10) { totalCount nodes { ...person } }
  learningCircles(first: 2) { totalCount nodes { ...circle } }
  meetings(first: 5) { totalCount nodes { ...meeting } }
}`

func TestOnlyPublicRecordsComeOut(t *testing.T) {
	w := newWorld(t, append(secrets(), open()...)...)
	var ids []kb.ID
	for _, e := range append(secrets(), open()...) {
		ids = append(ids, e.Base().ID)
	}
	list, err := json.Marshal(map[string]any{"ids": ids})
	must(t, err)
	r := w.ask(t, everything, string(list))
	if len(r.Errors) > 0 {
		t.Fatal(r.Raw)
	}
	if strings.Contains(strings.ToLower(r.Raw), "geheim") {
		t.Errorf("a secret came out: %s", around(strings.ToLower(r.Raw), "geheim"))
	}
	for _, e := range secrets() {
		if strings.Contains(r.Raw, string(e.Base().ID)) {
			t.Errorf("the id of %s came out: %s", e.Base().Slug, around(r.Raw, string(e.Base().ID)))
		}
	}
	for _, shown := range []string{"Bedrijventerrein vernieuwen", "Noor de Vries", "0101234567", "Gemeente Amsterdam", "trekker"} {
		if !strings.Contains(r.Raw, shown) {
			t.Errorf("%q did not come out", shown)
		}
	}
	var data struct {
		Nodes                                                    []json.RawMessage
		Search, Organisations, People, LearningCircles, Meetings struct{ TotalCount int }
	}
	must(t, json.Unmarshal(r.Data, &data))
	counts := []int{data.Search.TotalCount, data.Organisations.TotalCount, data.People.TotalCount, data.LearningCircles.TotalCount, data.Meetings.TotalCount}
	if diff := cmp.Diff([]int{4, 1, 1, 1, 1}, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	for i, e := range append(secrets(), open()...) {
		if isNull := string(data.Nodes[i]) == "null"; isNull != (i < len(secrets())) {
			t.Errorf("node of %s: %s", e.Base().Slug, data.Nodes[i])
		}
	}
}

func around(s, part string) string {
	i := strings.Index(s, part)
	return s[max(0, i-80):min(len(s), i+80)]
}

// TestSecretsCannotBeAskedFor asks for each secret by every name it has.
func TestSecretsCannotBeAskedFor(t *testing.T) {
	w := newWorld(t, append(secrets(), open()...)...)
	for _, e := range secrets() {
		slug := e.Base().Slug
		got := w.ask(t, `query ($id: ID!, $slug: String!) {
			node(id: $id) { id } material(slug: $slug) { id } theme(slug: $slug) { id } organisation(slug: $slug) { id }
			person(slug: $slug) { id } learningCircle(slug: $slug) { id } meeting(slug: $slug) { id }
		}`, `{"id":"`+string(e.Base().ID)+`","slug":"`+slug+`"}`)
		want := `{"data":{"node":null,"material":null,"theme":null,"organisation":null,"person":null,"learningCircle":null,"meeting":null}}`
		if diff := cmp.Diff(want, strings.TrimSpace(got.Raw)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", slug, diff)
		}
	}
	type found struct{ Search struct{ TotalCount int } }
	for _, filter := range []string{
		`{"organisations":["` + string(id("geheim-organisatie")) + `"]}`,
		`{"people":["` + string(id("geheim-persoon")) + `"]}`,
	} {
		got := answer[found](t, w, `query ($f: SearchFilter) { search(filter: $f) { totalCount } }`, `{"f":`+filter+`}`)
		if got.Search.TotalCount != 0 {
			t.Errorf("filter %s found %d", filter, got.Search.TotalCount)
		}
	}
	for _, query := range []string{"geheim", "Geheim Bureau", "Geheim Persoon"} {
		got := answer[found](t, w, `query ($q: String) { search(query: $q) { totalCount } }`, `{"q":"`+query+`"}`)
		if got.Search.TotalCount != 0 {
			t.Errorf("query %q found %d", query, got.Search.TotalCount)
		}
	}
}

// TestReadersSeeThePublishedVersion: a working copy stays with its editors, in
// what is found as in what is shown.
func TestReadersSeeThePublishedVersion(t *testing.T) {
	w := newWorld(t)
	live := &kb.Case{Common: text("casus", "Bedrijventerrein vernieuwen")}
	edited := &kb.Case{Common: text("casus", "Geheim voorstel")}
	record, err := kb.NewRecord(live, edited)
	must(t, err)
	w.write(t, record)
	got := w.ask(t, `{ all: search { totalCount nodes { title } } copy: search(query: "geheim voorstel") { totalCount }
		material(slug: "casus") { title } node(id: "`+string(live.ID)+`") { ... on Case { title } } }`, "")
	want := `{"data":{"all":{"totalCount":1,"nodes":[{"title":"Bedrijventerrein vernieuwen"}]},"copy":{"totalCount":0},` +
		`"material":{"title":"Bedrijventerrein vernieuwen"},"node":{"title":"Bedrijventerrein vernieuwen"}}}`
	if diff := cmp.Diff(want, strings.TrimSpace(got.Raw)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
