package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"leerkring/internal/kb"
)

// facts gives what a page says of a record, by label.
func facts(d document) map[string]string {
	out := map[string]string{}
	for n := range d.one("section", "class", "facts").Descendants() {
		if n.Data != "dt" {
			continue
		}
		var values []string
		for dd := n.NextSibling; dd != nil; dd = dd.NextSibling {
			if dd.Type == html.ElementNode {
				values = append(values, text(dd))
			}
		}
		out[text(n)] = strings.Join(values, "; ")
	}
	return out
}

// circle is a small collection in which everything refers to something else.
func circle() []kb.Entity {
	start := time.Date(2024, 7, 1, 7, 30, 0, 0, time.UTC) // half past nine in the Dutch summer
	end := start.Add(6 * time.Hour)
	host := &kb.Organisation{Head: published("gastheer"), Name: "Gastheer BV", City: "Goes", Website: "https://gastheer.example/"}
	speaker := &kb.Person{
		Head: published("spreker"), Name: "Sam de Spreker", Organisation: host.ID, Consent: true,
		Email: &kb.Contact{Value: "sam@gastheer.example", Visibility: kb.VisibilityMembers},
		Phone: &kb.Contact{Value: "+31 6 0000 0000", Visibility: kb.VisibilityPublic},
	}
	learning := &kb.LearningCircle{Head: published("kring"), Name: "Kring van de test", Period: &kb.Period{From: "2024-02"}, Registration: kb.RegistrationOpen}
	case1 := &kb.Case{
		Common: kb.Common{
			Head: published("de-casus"), Title: "De casus", Summary: "Kort.", Body: "# Kop\n\n### Diep\n\nTekst", Language: "nl",
			Themes: []string{"wonen"}, Regions: []string{"GM0344"}, Keywords: []string{"a&b"}, Organisations: []kb.ID{host.ID},
		},
		Phase: kb.PhaseStopped, Partners: []kb.Partner{{Organisation: host.ID, Role: "trekker"}},
		Background: "Waarom *dan*.", Lessons: []string{"Een", "Twee"}, Contacts: []kb.ID{speaker.ID},
	}
	meeting := &kb.Meeting{
		Head: published("dag"), Name: "Dag één", Circle: learning.ID, Number: 1, Start: &start, End: &end, Host: host.ID, HostCity: "GM0664",
		Programme: []kb.ProgrammeItem{
			{Pillar: kb.PillarDeepDive, Title: "De diepte", Speakers: []kb.ID{speaker.ID}, Material: []kb.ID{case1.ID}},
			{Pillar: kb.PillarUpdates, Title: "Het nieuws"},
			{Pillar: kb.PillarDeepDive, Title: "Nog dieper"},
		},
	}
	lesson := &kb.Lesson{
		Common:  kb.Common{Head: published("de-les"), Title: "De les", Language: "en", Related: []kb.ID{case1.ID}},
		Outcome: kb.OutcomeDidNot, LearnedFrom: &kb.Passage{Record: meeting.ID, Quote: "Dat was het."},
	}
	return []kb.Entity{host, speaker, learning, case1, meeting, lesson}
}

func TestRecordPages(t *testing.T) {
	w := newWorld(t, circle()...)
	w.answering(t, &scripted{}) // what is alike has a test of its own
	for _, c := range []struct {
		target, heading string
		facts           map[string]string
		parts           []string
	}{
		{
			"/casus/de-casus", "De casus",
			map[string]string{
				"Fase": "Gestopt", "Partners": "Gastheer BV (trekker)", "Meer weten? Vraag": "Sam de Spreker", "Thema's": "Wonen",
				"Regio's": "Utrecht", "Trefwoorden": "a&b", "Laatst gewijzigd": "12 maart 2024",
			},
			[]string{"Aanleiding", "Wat we leerden", "Tekst", "Gegevens"},
		},
		{
			"/en/casus/de-casus", "De casus",
			map[string]string{
				"Phase": "Stopped", "Partners": "Gastheer BV (trekker)", "Want to know more? Ask": "Sam de Spreker", "Themes": "Housing",
				"Regions": "Utrecht", "Keywords": "a&b", "Last changed": "12 March 2024",
			},
			[]string{"Background", "What we learned", "Text", "Details"},
		},
		{
			"/bijeenkomst/dag", "Dag één",
			map[string]string{
				"Leerkring": "Kring van de test", "Nummer": "1", "Wanneer": "1 juli 2024, 09:30 – 15:30", "Plaats": "Goes", "Gastheer": "Gastheer BV",
			},
			[]string{"Programma", "Gegevens"},
		},
		{
			"/leerkring/kring", "Kring van de test",
			map[string]string{"Periode": "vanaf februari 2024", "Aanmelden": "U kunt zich aanmelden"},
			[]string{"Bijeenkomsten", "Gegevens"},
		},
		{
			"/les/de-les", "De les",
			map[string]string{"Uitkomst": "Het werkte niet", "Geleerd van": "Dag één", "Laatst gewijzigd": "12 maart 2024"},
			[]string{"In de woorden van toen", "Hoort bij elkaar", "Gegevens"},
		},
		{
			"/persoon/spreker", "Sam de Spreker",
			map[string]string{"Organisatie": "Gastheer BV", "Telefoon": "+31 6 0000 0000"},
			[]string{"Materiaal", "Gegevens"},
		},
		{
			"/organisatie/gastheer", "Gastheer BV",
			map[string]string{"Plaats": "Goes", "Website": "https://gastheer.example/"},
			[]string{"Materiaal", "Gegevens"},
		},
	} {
		d := w.page(t, c.target)
		if got := text(d.one("h1", "", "")); got != c.heading {
			t.Errorf("%s: heading %q", c.target, got)
		}
		if diff := cmp.Diff(c.facts, facts(d)); diff != "" {
			t.Errorf("%s: facts (-want +got):\n%s", c.target, diff)
		}
		if diff := cmp.Diff(c.parts, texts(d.all("h2", "", ""))); diff != "" {
			t.Errorf("%s: parts (-want +got):\n%s", c.target, diff)
		}
	}
}

func TestPublicationAndPresentation(t *testing.T) {
	old := &kb.Publication{Common: kb.Common{Head: published("oud"), Title: "De oude druk", Language: "nl"}}
	w := newWorld(t,
		old,
		&kb.Publication{
			Common: kb.Common{
				Head: published("rapport"), Title: "Het rapport", Language: "nl", Licence: "CC BY 4.0", ReviewBy: "2027-01",
				Collaboration: kb.CollaborationSociety,
			},
			PublicationKind: "rapport", Authors: []string{"A. Schrijver", "B. Schrijver"}, Publisher: "Uitgeverij", Issued: "2023", Pages: 1234,
			ISBN: "978-0-306-40615-7", DOI: "10.1000/182", Abstract: "Kort gezegd.", Replaces: old.ID,
		},
		&kb.Presentation{
			Common:  kb.Common{Head: published("praatje"), Title: "Het praatje", Language: "nl"},
			GivenAt: "2024-03-01", Pillar: kb.PillarProjectVisit, Slides: 12, Takeaways: []string{"Onthoud dit"},
		},
	)
	d := w.page(t, "/publicatie/rapport")
	want := map[string]string{
		"Soort": "rapport", "Auteurs": "A. Schrijver; B. Schrijver", "Uitgever": "Uitgeverij", "Verschenen": "2023", "Aantal bladzijden": "1.234",
		"ISBN": "978-0-306-40615-7", "DOI": "10.1000/182", "Vervangt": "De oude druk", "Licentie": "CC BY 4.0",
		"Samenwerking": "Met inwoners, bedrijven en instellingen", "Laatst gewijzigd": "12 maart 2024", "Wordt herzien op": "januari 2027",
	}
	if diff := cmp.Diff(want, facts(d)); diff != "" {
		t.Errorf("publication (-want +got):\n%s", diff)
	}
	var doi bool
	for _, a := range d.all("a", "", "") {
		doi = doi || href(a) == "https://doi.org/10.1000/182"
	}
	if !doi {
		t.Error("the DOI leads nowhere")
	}
	want = map[string]string{"Given on": "1 March 2024", "Part of the meeting": "Project visit", "Number of slides": "12", "Last changed": "12 March 2024"}
	if diff := cmp.Diff(want, facts(w.page(t, "/en/presentatie/praatje"))); diff != "" {
		t.Errorf("presentation (-want +got):\n%s", diff)
	}
}

func TestProgrammeByPillar(t *testing.T) {
	w := newWorld(t, circle()...)
	d := w.page(t, "/bijeenkomst/dag")
	if diff := cmp.Diff([]string{"Verdieping", "Actualiteiten"}, texts(d.all("h3", "", ""))); diff != "" {
		t.Errorf("pillars (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"De diepte", "Nog dieper", "Het nieuws"}, texts(d.all("h4", "", ""))); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	list := w.page(t, "/leerkring/kring")
	if diff := cmp.Diff([]string{"De diepte", "Nog dieper", "Het nieuws"}, programme(list)); diff != "" {
		t.Errorf("on the page of the circle (-want +got):\n%s", diff)
	}
}

func programme(d document) []string {
	var out []string
	for n := range d.one("dl", "class", "programme").Descendants() {
		if n.Data == "dd" {
			out = append(out, text(n))
		}
	}
	return out
}

// TestPagesLeadToTheirMaterial: theme, region, organisation and person show what
// is about them and lead to a search with that filter.
func TestPagesLeadToTheirMaterial(t *testing.T) {
	w := newWorld(t, circle()...)
	for target, want := range map[string]string{
		"/thema/wonen": "/?thema=wonen", "/regio/gemeente-utrecht": "/?gemeente=GM0344", "/regio/provincie-utrecht": "/?provincie=PV26",
		"/en/regio/corop-utrecht": "/en/?corop=CR17", "/organisatie/gastheer": "/?organisatie=" + string(kb.DeriveID("test", "gastheer")),
	} {
		d := w.page(t, target)
		if len(d.all("h3", "class", "card-title")) == 0 {
			t.Errorf("%s shows no material", target)
		}
		var found bool
		for _, a := range d.all("a", "", "") {
			found = found || href(a) == want
		}
		if !found {
			t.Errorf("%s does not lead to %s", target, want)
		}
		if results := w.page(t, want); strings.HasPrefix(text(results.one("h1", "", "")), "Geen") {
			t.Errorf("%s finds nothing", want)
		}
	}
}

// TestForeignTextIsMarked: a Dutch text on an English page says so, and the other
// way round, so that a screen reader speaks it well.
func TestForeignTextIsMarked(t *testing.T) {
	w := newWorld(t, circle()...)
	for target, want := range map[string]string{
		"/en/casus/de-casus": "nl", "/casus/de-casus": "", "/les/de-les": "en", "/en/les/de-les": "", "/en/thema/wonen": "", "/thema/wonen": "",
	} {
		if got, _ := attr(w.page(t, target).one("h1", "", ""), "lang"); got != want {
			t.Errorf("%s: lang of the title %q, want %q", target, got, want)
		}
	}
	for target, want := range map[string]string{"/en/thema/wonen": "nl", "/thema/wonen": "", "/en/casus/de-casus": "nl"} {
		if got, _ := attr(w.page(t, target).one("div", "class", "lead"), "lang"); got != want {
			t.Errorf("%s: lang of the text %q, want %q", target, got, want)
		}
	}
}

// TestWhatIsNotPublicIsNowhere: drafts and records for members are on no page.
func TestWhatIsNotPublicIsNowhere(t *testing.T) {
	hide := func(slug string, status kb.Status, visibility kb.Visibility) *kb.Case {
		h := published(slug)
		h.Status, h.Visibility = status, visibility
		if visibility == kb.VisibilityTeam {
			h.Team = kb.DeriveID("test", "kring")
		}
		return &kb.Case{Common: kb.Common{Head: h, Title: "Geheimpje " + slug, Language: "nl", Themes: []string{"wonen"}, Regions: []string{"GM0344"}}}
	}
	hidden := []*kb.Case{
		hide("concept", kb.StatusDraft, kb.VisibilityPublic), hide("leden", kb.StatusPublished, kb.VisibilityMembers),
		hide("team", kb.StatusPublished, kb.VisibilityTeam), hide("weg", kb.StatusWithdrawn, kb.VisibilityPublic),
	}
	entities := circle()
	for _, e := range entities {
		if m, ok := e.(*kb.Lesson); ok {
			m.Related = append(m.Related, hidden[0].ID, hidden[1].ID)
		}
	}
	for _, h := range hidden {
		entities = append(entities, h)
	}
	w := newWorld(t, entities...)
	for _, target := range []string{"/", "/?q=geheimpje", "/thema/wonen", "/regio/gemeente-utrecht", "/les/de-les"} {
		if d := w.page(t, target); strings.Contains(text(d.one("main", "", "")), "Geheimpje") {
			t.Errorf("%s shows what is not public", target)
		}
	}
	for _, h := range hidden {
		if d := get(t, w.handler, "/casus/"+h.Slug); d.status != 404 {
			t.Errorf("/casus/%s: status %d", h.Slug, d.status)
		}
	}
}

func TestBanners(t *testing.T) {
	w := newWorld(t)
	const demo, status = "voorbeeldcollectie", "zoekindex wordt bijgewerkt"
	shows := func(target, what string) bool { return strings.Contains(text(w.page(t, target).root), what) }
	if shows("/over", demo) || shows("/", status) {
		t.Error("a banner without a reason")
	}
	w.ready = false
	for _, target := range []string{"/", "/?q=wonen", "/themas", "/regios", "/organisaties", "/personen", "/leerkringen", "/bijeenkomsten"} {
		if !shows(target, status) {
			t.Errorf("%s does not say that the index catches up", target)
		}
	}
	w.serve(t, true)
	for _, target := range []string{"/", "/over", "/thema/wonen"} {
		if !shows(target, demo) {
			t.Errorf("%s does not say that the collection is an example", target)
		}
	}
}
