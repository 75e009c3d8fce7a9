package graph_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// filled are records of every kind in which every field says something.
func filled() []kb.Entity {
	start := time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)
	end := start.Add(3 * time.Hour)
	theme := &kb.Theme{
		Head: published("stad"), PrefLabel: kb.Label{NL: "Stad", EN: "City"}, Synonyms: []string{"binnenstad"}, Definition: "Over steden.",
		Broader: []string{"economie"}, Narrower: []string{"wonen"}, Related: []string{"nergens"},
		TOOI: "https://example.org/stad", TOOIMatch: "close",
	}
	c := &kb.Case{
		Common: text("casus", "Casus"), Phase: kb.PhaseRunning, Period: &kb.Period{From: "2024-05"},
		Partners:   []kb.Partner{{Organisation: id("bureau"), Role: "trekker"}},
		Background: "achtergrond", Objective: "doel", Approach: "aanpak", CollaborationForm: "vorm", Resources: "middelen", Results: "resultaten",
		Indicators: []string{"indicator"}, SuccessFactors: []string{"succes"}, Obstacles: []string{"obstakel"}, Lessons: []string{"les"},
		Transferability: "overdracht", NextSteps: "vervolg", Contacts: []kb.ID{id("noor")},
	}
	p := &kb.Publication{
		Common: text("boek", "Boek"), PublicationKind: "handreiking", Authors: []string{"A. Auteur"}, Publisher: "Uitgever", Issued: "2020-03",
		Edition: "tweede", Series: "reeks", Pages: 12, ISBN: "978-3-16-148410-0", DOI: "10.1000/182", Abstract: "kort", Replaces: id("oud"),
	}
	d := &kb.Presentation{
		Common: text("dia", "Dia's"), Speakers: []kb.ID{id("noor")}, Meeting: id("eerste"), Pillar: kb.PillarDeepDive,
		GivenAt: "2025-03-01", Slides: 30, Takeaways: []string{"onthoud"}, Consent: new(true),
	}
	l := &kb.Lesson{
		Common: text("les", "Les"), Statement: "stelling", Context: "situatie", Explanation: "uitleg", Advice: "advies", Outcome: kb.OutcomeDidNot,
		LearnedFrom: &kb.Passage{Record: id("casus"), Quote: "citaat"}, AppliesTo: []string{"hier"},
	}
	return []kb.Entity{
		theme, c, p, d, l,
		&kb.Publication{Common: text("oud", "Oud boek")},
		&kb.Organisation{
			Head: published("bureau"), Name: "Bureau", Also: []string{"B"}, OrganisationKind: "samenwerking", TOOI: "https://example.org/b", CBSCode: "GM0518",
			City: "Den Haag", Website: "https://bureau.example", Members: []kb.ID{id("lid")}, ValidFrom: "2001", ValidTo: "2030",
		},
		&kb.Organisation{Head: published("lid"), Name: "Lid"},
		&kb.Person{
			Head: published("noor"), Name: "Noor", Function: "adviseur", Organisation: id("bureau"), Expertise: []string{"wonen"},
			Regions: []string{"PV28"}, Bio: "bio", Consent: true,
			Email: &kb.Contact{Value: "noor@example.org", Visibility: kb.VisibilityPublic},
		},
		&kb.LearningCircle{
			Head: published("kring"), Name: "Kring", Summary: "kort", Goal: "doel", LearningQuestions: []string{"hoe?"}, Themes: []string{"stad"},
			Regions: []string{"GM0518"}, Organisers: []kb.ID{id("bureau")}, Facilitators: []kb.ID{id("noor")}, Participants: []kb.ID{id("noor")},
			Capacity: 12, Period: &kb.Period{From: "2025", To: "2026"}, Outcomes: "opbrengst", Registration: kb.RegistrationFull,
		},
		&kb.Meeting{
			Head: published("eerste"), Name: "Eerste", Circle: id("kring"), Number: 1, Start: &start, End: &end, Host: id("bureau"), HostCity: "GM0518",
			Venue: "stadhuis", Summary: "kort", Themes: []string{"stad"},
			Programme: []kb.ProgrammeItem{{
				Pillar: kb.PillarProjectVisit, Title: "Bezoek", Description: "lopen", Speakers: []kb.ID{id("noor")}, Material: []kb.ID{id("dia"), id("bureau")},
			}},
		},
	}
}

// TestNouns reads what the kinds of records have of their own.
func TestNouns(t *testing.T) {
	w := newWorld(t, filled()...)
	for _, c := range []struct{ name, query, want string }{
		{
			"case", `{ r: material(slug: "casus") { type ... on Case { phase period { from to } partners { role organisation { slug } } background objective
				approach collaborationForm resources results indicators successFactors obstacles lessons transferability nextSteps contacts { slug } } } }`,
			`{"type":"CASE","phase":"RUNNING","period":{"from":"2024-05","to":null},"partners":[{"role":"trekker","organisation":{"slug":"bureau"}}],
			"background":"achtergrond","objective":"doel","approach":"aanpak","collaborationForm":"vorm","resources":"middelen","results":"resultaten",
			"indicators":["indicator"],"successFactors":["succes"],"obstacles":["obstakel"],"lessons":["les"],"transferability":"overdracht",
			"nextSteps":"vervolg","contacts":[{"slug":"noor"}]}`,
		},
		{
			"publication", `{ r: material(slug: "boek") { type url ... on Publication { publicationKind authors publisher issued edition series pages isbn doi
				abstract replaces { slug pages issued } } } }`,
			`{"type":"PUBLICATION","url":"https://leerkring.example/publicatie/boek","publicationKind":"handreiking","authors":["A. Auteur"],
			"publisher":"Uitgever","issued":"2020-03","edition":"tweede","series":"reeks","pages":12,"isbn":"978-3-16-148410-0","doi":"10.1000/182",
			"abstract":"kort","replaces":{"slug":"oud","pages":null,"issued":null}}`,
		},
		{
			"presentation", `{ r: material(slug: "dia") { type ... on Presentation { speakers { slug } meeting { slug } pillar givenAt slides takeaways } } }`,
			`{"type":"PRESENTATION","speakers":[{"slug":"noor"}],"meeting":{"slug":"eerste"},"pillar":"DEEP_DIVE","givenAt":"2025-03-01","slides":30,
			"takeaways":["onthoud"]}`,
		},
		{
			"lesson", `{ r: material(slug: "les") { type ... on Lesson { statement context explanation advice outcome appliesTo
				learnedFrom { quote record { __typename id } } } } }`,
			`{"type":"LESSON","statement":"stelling","context":"situatie","explanation":"uitleg","advice":"advies","outcome":"DID_NOT","appliesTo":["hier"],
			"learnedFrom":{"quote":"citaat","record":{"__typename":"Case","id":"` + string(id("casus")) + `"}}}`,
		},
		{
			"theme", `{ r: theme(slug: "stad") { slug url label labels { nl en } synonyms definition broader { slug } narrower { slug } related { slug }
				tooi tooiMatch version } }`,
			`{"slug":"stad","url":"https://leerkring.example/thema/stad","label":"Stad","labels":{"nl":"Stad","en":"City"},"synonyms":["binnenstad"],
			"definition":"Over steden.","broader":[{"slug":"economie"}],"narrower":[{"slug":"wonen"}],"related":[],"tooi":"https://example.org/stad",
			"tooiMatch":"close","version":1}`,
		},
		{
			"region", `{ r: region(code: "PV24") { code kind name parents { code } municipalities { name } succeededBy { code } validTo } }`,
			`{"code":"PV24","kind":"PROVINCE","name":"Flevoland","parents":[],"municipalities":[{"name":"Almere"},{"name":"Zeewolde"},
			{"name":"Noordoostpolder"},{"name":"Urk"},{"name":"Dronten"},{"name":"Lelystad"}],"succeededBy":[],"validTo":null}`,
		},
		{
			"a region that is no more", `{ r: region(code: "GM0788") { name succeededBy { name } } }`,
			`{"name":"Haaren","succeededBy":[{"name":"Oisterwijk"},{"name":"Vught"},{"name":"Boxtel"},{"name":"Tilburg"}]}`,
		},
		{
			"a region by its slug, before what its name means now", `{ r: region(code: "gemeente-de-friese-meren") { code succeededBy { code } } }`,
			`{"code":"GM1921","succeededBy":[{"code":"GM1940"}]}`,
		},
		{
			"a region by its name", `{ r: region(code: "gemeente Den Bosch") { code } }`, `{"code":"GM0796"}`,
		},
		{
			"organisation", `{ r: organisation(slug: "bureau") { name also kind tooi city website validFrom validTo region { name } members { name region { name } } } }`,
			`{"name":"Bureau","also":["B"],"kind":"samenwerking","tooi":"https://example.org/b","city":"Den Haag","website":"https://bureau.example",
			"validFrom":"2001","validTo":"2030","region":{"name":"Den Haag"},"members":[{"name":"Lid","region":null}]}`,
		},
		{
			"person", `{ r: person(slug: "noor") { name function organisation { slug } expertise regions { name } bio email phone url } }`,
			`{"name":"Noor","function":"adviseur","organisation":{"slug":"bureau"},"expertise":["wonen"],"regions":[{"name":"Zuid-Holland"}],"bio":"bio",
			"email":"noor@example.org","phone":null,"url":"https://leerkring.example/persoon/noor"}`,
		},
		{
			"learning circle", `{ r: learningCircle(slug: "kring") { name summary goal learningQuestions themes { label } regions { code } organisers { slug }
				facilitators { slug } participants { slug } capacity period { from to } outcomes registration meetings { edges { cursor node { slug } } } } }`,
			`{"name":"Kring","summary":"kort","goal":"doel","learningQuestions":["hoe?"],"themes":[{"label":"Stad"}],"regions":[{"code":"GM0518"}],
			"organisers":[{"slug":"bureau"}],"facilitators":[{"slug":"noor"}],"participants":[{"slug":"noor"}],"capacity":12,
			"period":{"from":"2025","to":"2026"},"outcomes":"opbrengst","registration":"FULL","meetings":{"edges":[{"cursor":"*","node":{"slug":"eerste"}}]}}`,
		},
		{
			"meeting", `{ r: meeting(slug: "eerste") { name number start end venue summary learningCircle { slug } host { slug } hostCity { code } themes { slug }
				programme { pillar title description speakers { slug } material { slug } } } }`,
			`{"name":"Eerste","number":1,"start":"2025-03-01T09:00:00Z","end":"2025-03-01T12:00:00Z","venue":"stadhuis","summary":"kort",
			"learningCircle":{"slug":"kring"},"host":{"slug":"bureau"},"hostCity":{"code":"GM0518"},"themes":[{"slug":"stad"}],
			"programme":[{"pillar":"PROJECT_VISIT","title":"Bezoek","description":"lopen","speakers":[{"slug":"noor"}],"material":[{"slug":"dia"}]}]}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var want any
			must(t, json.Unmarshal([]byte(c.want), &want))
			got := answer[struct{ R any }](t, w, c.query, "")
			anyCursor := cmp.FilterPath(func(p cmp.Path) bool {
				step, ok := p.Last().(cmp.MapIndex)
				return ok && step.Key().String() == "cursor"
			}, cmp.Comparer(func(a, b any) bool { return a != "" && b != "" }))
			if diff := cmp.Diff(want, got.R, anyCursor); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestNodesKeepTheirPlaces: the answer has the order of the ids, with null where there is nothing.
func TestNodesKeepTheirPlaces(t *testing.T) {
	w := newWorld(t, filled()...)
	ids, err := json.Marshal([]kb.ID{id("noor"), "x", id("casus"), id("niets"), id("noor"), ""})
	must(t, err)
	got := answer[struct{ Nodes []any }](t, w, `query ($i: [ID!]!) { nodes(ids: $i) { __typename } }`, `{"i":`+string(ids)+`}`)
	kind := func(name string) any { return map[string]any{"__typename": name} }
	want := []any{kind("Person"), nil, kind("Case"), nil, kind("Person"), nil}
	if diff := cmp.Diff(want, got.Nodes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
