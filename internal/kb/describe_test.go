package kb_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// head gives the head of a published record, for everyone.
func head(name string) kb.Head {
	at := time.Date(2024, 5, 31, 12, 30, 0, 0, time.UTC)
	return kb.Head{
		ID: kb.DeriveID("describe", name), Slug: name, Status: kb.StatusPublished, Visibility: kb.VisibilityPublic,
		CreatedAt: at, UpdatedAt: at, PublishedAt: &at,
	}
}

// describe gives the documents of records as they are stored now.
func describe(t *testing.T, store kb.Store, ids ...kb.ID) []kb.Document {
	t.Helper()
	var records []kb.Record
	for _, id := range ids {
		records = append(records, stored(t, store, id))
	}
	docs, err := kb.NewDescriber(store, kb.NewGazetteer()).Describe(t.Context(), records)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// described writes an entity and gives its one document, without the card, which
// has tests of its own.
func described(t *testing.T, store kb.Store, e kb.Entity) kb.Document {
	t.Helper()
	write(t, store, e, nil, nil)
	docs := describe(t, store, e.Base().ID)
	if len(docs) != 1 {
		t.Fatalf("%d documents, want 1", len(docs))
	}
	docs[0].Card = nil
	return docs[0]
}

// around are records that others name; the hidden ones are nobody's to read.
type around struct {
	store                    kb.Store
	theme, hiddenTheme       *kb.Theme
	org, hiddenOrg           *kb.Organisation
	person, withoutConsentOf *kb.Person
}

func newAround(t *testing.T) *around {
	t.Helper()
	a := &around{
		store:            openStore(t),
		theme:            &kb.Theme{Head: head("getijden"), PrefLabel: kb.Label{NL: "Getijden", EN: "Tides"}, Synonyms: []string{"eb en vloed"}, Definition: "Het water."},
		hiddenTheme:      &kb.Theme{Head: head("plan-x"), PrefLabel: kb.Label{NL: "Geheim plan"}},
		org:              &kb.Organisation{Head: head("bouwlab"), Name: "Bouwlab", Also: []string{"BL"}, City: "Sneek", CBSCode: "GM1900"},
		hiddenOrg:        &kb.Organisation{Head: head("stil"), Name: "Stille Vennoot", Also: []string{"SV"}},
		person:           &kb.Person{Head: head("ans"), Name: "Ans Jansen", Function: "Regisseur", Bio: "Bouwt.", Expertise: []string{"bouw"}, Regions: []string{"PV26"}, Consent: true},
		withoutConsentOf: &kb.Person{Head: head("bob"), Name: "Bob Verborgen"},
	}
	a.hiddenTheme.Status = kb.StatusDraft
	a.hiddenOrg.Visibility = kb.VisibilityMembers
	for _, e := range []kb.Entity{a.theme, a.hiddenTheme, a.org, a.hiddenOrg, a.person, a.withoutConsentOf} {
		write(t, a.store, e, nil, nil)
	}
	return a
}

func TestTheDocumentOfACase(t *testing.T) {
	a := newAround(t)
	nobody := kb.DeriveID("describe", "nobody")
	c := &kb.Case{
		Common: kb.Common{
			Head: head("casus"), Title: "Wonen", Summary: "Kort", Body: "Lang", Language: "nl", Keywords: []string{"woondeal"},
			Themes: []string{"getijden", "plan-x"}, Regions: []string{"GM0344"}, Collaboration: kb.CollaborationRegional,
			Organisations: []kb.ID{a.hiddenOrg.ID}, People: []kb.ID{a.person.ID, a.withoutConsentOf.ID, nobody},
		},
		Partners:   []kb.Partner{{Organisation: a.org.ID, Role: "trekker"}, {Organisation: a.hiddenOrg.ID}},
		Background: "Aanleiding", Objective: " \n", Lessons: []string{"Begin klein"},
	}
	got := described(t, a.store, c)
	named := []kb.ID{a.theme.ID, a.hiddenTheme.ID, a.org.ID, a.hiddenOrg.ID, a.person.ID, a.withoutConsentOf.ID, nobody}
	for _, id := range named {
		if !slices.Contains(got.Refers, string(id)) {
			t.Errorf("%v is not referred to: a change of it would not reach the document", id)
		}
	}
	got.Refers = nil
	want := kb.Document{
		Record: c.ID, Kind: kb.KindCase, Version: 1, Access: []string{kb.AccessEditors, kb.AccessPublic}, States: []string{"PUBLISHED"}, Title: "Wonen", Summary: "Kort", Body: "Lang",
		Sections: []string{"Aanleiding", "Begin klein"}, Keywords: []string{"woondeal"},
		Themes:  []kb.Term{{Value: "getijden", Texts: []string{"Getijden", "eb en vloed"}}},
		Places:  []string{"Utrecht", "Stad Utrecht", "Midden-Utrecht"},
		Names:   []string{"Bouwlab", "BL", "Ans Jansen"},
		Regions: []string{"GM0344", "PV26", "CR17", "AM13"}, Organisations: []kb.ID{a.org.ID}, People: []kb.ID{a.person.ID},
		Collaboration: kb.CollaborationRegional, Language: "nl", Date: *c.PublishedAt,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Whoever may not be known leaves no name in any field of a document that is
// searched, filtered or counted, whatever the kind that names them.
func TestHiddenNamesAreInNoDocument(t *testing.T) {
	a := newAround(t)
	orgs, people := []kb.ID{a.hiddenOrg.ID}, []kb.ID{a.withoutConsentOf.ID}
	common := kb.Common{Title: "x", Language: "nl", Themes: []string{"plan-x"}, Organisations: orgs, People: people}
	for name, e := range map[string]kb.Entity{
		"case":         &kb.Case{Common: common, Partners: []kb.Partner{{Organisation: orgs[0]}}, Contacts: people},
		"publication":  &kb.Publication{Common: common},
		"presentation": &kb.Presentation{Common: common, Speakers: people},
		"lesson":       &kb.Lesson{Common: common},
		"person":       &kb.Person{Name: "Cor", Organisation: orgs[0], Consent: true},
		"circle":       &kb.LearningCircle{Name: "Kring", Themes: []string{"plan-x"}, Organisers: orgs, Facilitators: people, Participants: people},
		"meeting":      &kb.Meeting{Name: "Eerste", Themes: []string{"plan-x"}, Host: orgs[0], Programme: []kb.ProgrammeItem{{Pillar: kb.PillarUpdates, Title: "Nieuws", Speakers: people}}},
	} {
		*e.Base() = head("hidden-" + name)
		got := described(t, a.store, e)
		if len(got.Names)+len(got.Organisations)+len(got.People) > 0 {
			t.Errorf("%s: names %q, organisations %v, people %v", name, got.Names, got.Organisations, got.People)
		}
		for _, term := range got.Themes {
			if len(term.Texts) > 0 {
				t.Errorf("%s: a hidden theme is called %q", name, term.Texts)
			}
		}
		if !slices.Contains(got.Refers, string(orgs[0])) {
			t.Errorf("%s: the organisation is not referred to, so it stays hidden when it is published", name)
		}
	}
}

func TestTheDocumentsOfTheOtherKinds(t *testing.T) {
	a := newAround(t)
	start := time.Date(2026, 2, 3, 8, 30, 0, 0, time.UTC)
	circle := kb.DeriveID("describe", "kring")
	utrecht := []string{"PV26"}
	for _, c := range []struct {
		entity kb.Entity
		want   kb.Document // the fields that the kind itself decides
	}{
		{
			&kb.Publication{Common: kb.Common{Head: head("p"), Title: "P", Language: "en"}, Abstract: "Kern", PublicationKind: "rapport", Publisher: "Uitgever", Authors: []string{"A. Auteur"}},
			kb.Document{Title: "P", Language: "en", Sections: []string{"Kern", "rapport", "Uitgever", "A. Auteur"}, Date: *head("").PublishedAt},
		},
		{
			&kb.Presentation{Common: kb.Common{Head: head("d"), Title: "D", Language: "nl", People: []kb.ID{a.person.ID}}, Speakers: []kb.ID{a.person.ID}, Takeaways: []string{"Doen", ""}},
			kb.Document{Title: "D", Language: "nl", Sections: []string{"Doen"}, Names: []string{"Ans Jansen"}, People: []kb.ID{a.person.ID}, Refers: []string{string(a.person.ID)}, Date: *head("").PublishedAt},
		},
		{
			&kb.Lesson{Common: kb.Common{Head: head("l"), Title: "L", Language: "nl"}, Statement: "Klein", Context: "Nieuw", Explanation: "Want", Advice: "Doe", AppliesTo: []string{"pilots"}},
			kb.Document{Title: "L", Language: "nl", Sections: []string{"Klein", "Nieuw", "Want", "Doe", "pilots"}, Date: *head("").PublishedAt},
		},
		{
			&kb.Theme{Head: head("t"), PrefLabel: kb.Label{NL: "Getij", EN: "Tide"}, Synonyms: []string{"vloed"}, Definition: "Water"},
			kb.Document{Title: "Getij", Summary: "Water", Keywords: []string{"Tide", "vloed"}},
		},
		{
			&kb.Region{Head: head("r"), Name: "Utrecht", Also: []string{"Stichts"}, RegionKind: kb.Province, Code: "PV26"},
			kb.Document{Title: "Utrecht", RegionKind: kb.Province, Keywords: []string{"Stichts"}, Regions: utrecht, Places: []string{"Utrecht"}},
		},
		{
			&kb.Organisation{Head: head("o"), Name: "Regio", Also: []string{"R"}, City: "Zeist", CBSCode: "PV26"},
			kb.Document{Title: "Regio", Keywords: []string{"Zeist", "R"}, Regions: utrecht, Places: []string{"Utrecht"}},
		},
		{
			&kb.Person{Head: head("m"), Name: "Mo", Function: "Adviseur", Bio: "Denkt.", Expertise: []string{"water"}, Organisation: a.org.ID, Regions: utrecht, Consent: true},
			kb.Document{
				Title: "Mo", Summary: "Adviseur", Sections: []string{"Denkt."}, Keywords: []string{"water"}, Regions: utrecht, Places: []string{"Utrecht"},
				Names: []string{"Bouwlab", "BL"}, Organisations: []kb.ID{a.org.ID}, Refers: []string{string(a.org.ID)},
			},
		},
		{
			&kb.LearningCircle{
				Head: head("k"), Name: "Kring", Summary: "Leren", Goal: "Beter", Outcomes: "Geleerd", LearningQuestions: []string{"Hoe?"},
				Regions: utrecht, Organisers: []kb.ID{a.org.ID}, Facilitators: []kb.ID{a.person.ID}, Participants: []kb.ID{kb.DeriveID("describe", "x")},
			},
			kb.Document{
				Access: []string{kb.AccessTeamRole(head("k").ID, kb.TeamOrganiser)},
				Title:  "Kring", Summary: "Leren", Sections: []string{"Beter", "Geleerd", "Hoe?"}, Regions: utrecht, Places: []string{"Utrecht"},
				Names: []string{"Bouwlab", "BL", "Ans Jansen"}, Organisations: []kb.ID{a.org.ID}, People: []kb.ID{a.person.ID}, Refers: []string{string(a.org.ID), string(a.person.ID)},
			},
		},
		{
			&kb.Meeting{
				Head: head("b"), Name: "Eerste", Summary: "Dag", Circle: circle, Start: &start, Host: a.org.ID, HostCity: "GM0344",
				Programme: []kb.ProgrammeItem{{Pillar: kb.PillarUpdates, Title: "Nieuws", Description: "Van ver", Speakers: []kb.ID{a.person.ID}}, {Pillar: kb.PillarDeepDive, Title: "Diep", Speakers: []kb.ID{a.person.ID}}},
			},
			kb.Document{
				Access: []string{kb.AccessTeamRole(circle, kb.TeamOrganiser), kb.AccessTeamRole(circle, kb.TeamFacilitator)},
				Title:  "Eerste", Summary: "Dag", Circle: circle, Date: start, Sections: []string{"Nieuws", "Van ver", "Diep"},
				Regions: []string{"GM0344", "PV26", "CR17", "AM13"}, Places: []string{"Utrecht", "Stad Utrecht", "Midden-Utrecht"},
				Names: []string{"Bouwlab", "BL", "Ans Jansen"}, Organisations: []kb.ID{a.org.ID}, People: []kb.ID{a.person.ID}, Refers: []string{string(a.org.ID), string(a.person.ID)},
			},
		},
	} {
		c.want.Record, c.want.Kind, c.want.Version = c.entity.Base().ID, c.entity.Kind(), 1
		c.want.Access, c.want.States = slices.Concat([]string{kb.AccessEditors}, c.want.Access, []string{kb.AccessPublic}), []string{"PUBLISHED"}
		if diff := cmp.Diff(c.want, described(t, a.store, c.entity)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.entity.Kind(), diff)
		}
	}
}

// A municipality that was merged away is found under what it is part of now.
func TestRegionsOfADocumentAreThoseOfNow(t *testing.T) {
	store := openStore(t)
	for name, c := range map[string]struct{ regions, within []string }{
		"merged":                   {[]string{"GM0064"}, []string{"GM0064", "GM1900", "PV21"}},
		"split over four":          {[]string{"GM0055"}, []string{"GM0055", "GM0080", "GM0074", "GM1900", "GM1940", "PV21"}},
		"unknown":                  {[]string{"GM7777"}, []string{"GM7777"}},
		"a province stays at that": {[]string{"PV21"}, []string{"PV21"}},
	} {
		l := lesson(name, name)
		l.Slug, l.Regions = kb.Slugify(name, kb.MaxSlug), c.regions
		got := described(t, store, l)
		for _, code := range c.within {
			if !slices.Contains(got.Regions, code) {
				t.Errorf("%s: %v misses %s", name, got.Regions, code)
			}
		}
		if slices.Contains(c.within, "PV21") != slices.Contains(got.Places, "Fryslân") {
			t.Errorf("%s: places %q", name, got.Places)
		}
	}
}

// A working copy has a document of its own, for those who work on the record until
// it is approved, also when what it changes is public. Who wrote or submitted it and
// no longer works on the record has no part in it.
func TestAWorkingCopyIsADocumentOfWhoWorksOnIt(t *testing.T) {
	store := openStore(t)
	live := lesson("l", "Begin klein")
	live.Slug, live.Body = "begin-klein", "Lang"
	live.CreatedBy = kb.DeriveID("account", "owner")
	edited := *live
	editing, submitted := kb.DeriveID("account", "editing"), kb.DeriveID("account", "submitted")
	edited.Title, edited.Status, edited.UpdatedBy = "Begin kleiner", kb.StatusInReview, editing
	edited.Review = &kb.Review{SubmittedBy: submitted}
	write(t, store, live, &edited, nil)
	docs := describe(t, store, live.ID)
	if len(docs) != 2 {
		t.Fatalf("%d documents, want 2", len(docs))
	}
	workers := []string{kb.AccessEditors, kb.AccessAccount(live.CreatedBy)}
	got := []any{docs[0].Copy, docs[0].Title, docs[0].Access, docs[1].Copy, docs[1].Title, docs[1].Access}
	if diff := cmp.Diff([]any{false, "Begin klein", append(slices.Clone(workers), kb.AccessPublic), true, "Begin kleiner", workers}, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatHasNoDocument(t *testing.T) {
	store := openStore(t)
	file := sample[*kb.File](t)
	write(t, store, file, nil, nil)
	gone := lesson("gone", "Weg")
	gone.Slug = "weg"
	write(t, store, gone, nil, nil)
	write(t, store, gone, nil, func(r *kb.Record) { *r = kb.Record{ID: gone.ID, Kind: kb.KindLesson, Version: 2, Deleted: true} })
	if docs := describe(t, store, file.ID, gone.ID); len(docs) != 0 {
		t.Errorf("%d documents of a file and a tombstone", len(docs))
	}
}

// One damaged record used to stop the index for all others.
func TestDescribeGoesOnBesideDamage(t *testing.T) {
	store := openStore(t)
	org := &kb.Organisation{Head: head("o"), Name: "Kapot"}
	write(t, store, org, nil, func(r *kb.Record) { r.Live = []byte(`{"name":7}`) })
	good := lesson("l", "Goed")
	good.Slug, good.Organisations = "goed", []kb.ID{org.ID}
	write(t, store, good, nil, nil)
	d := kb.NewDescriber(store, kb.NewGazetteer())
	var told []kb.ID
	d.Damaged = func(r kb.Record, err error) {
		if kb.CodeOf(err) != kb.Damaged {
			t.Errorf("%s: %v", r.ID, err)
		}
		told = append(told, r.ID)
	}
	docs, err := d.Describe(t.Context(), []kb.Record{stored(t, store, org.ID), stored(t, store, good.ID)})
	if err != nil || len(docs) != 1 || docs[0].Record != good.ID || len(docs[0].Names) != 0 {
		t.Errorf("beside a damaged record: %v, %v", docs, err)
	}
	if diff := cmp.Diff([]kb.ID{org.ID}, told); diff != "" {
		t.Error(diff)
	}
}

// The card is the entity as results show it: all but the body.
func TestTheCardIsTheEntityWithoutItsBody(t *testing.T) {
	store := openStore(t)
	for _, e := range samples() {
		write(t, store, e, nil, nil)
		docs := describe(t, store, e.Base().ID)
		if len(docs) == 0 {
			continue
		}
		card, err := kb.Decode(e.Kind(), 0, docs[0].Card)
		if err != nil {
			t.Fatal(err)
		}
		if m, ok := e.(kb.Material); ok {
			if docs[0].Body == "" || bytes.Contains(docs[0].Card, []byte("aanhalingstekens")) {
				t.Errorf("%s: body %q, card %s", e.Kind(), docs[0].Body, docs[0].Card)
			}
			m.Shared().Body = ""
		}
		if diff := cmp.Diff(e, card); diff != "" {
			t.Errorf("%s (-want +got):\n%s", e.Kind(), diff)
		}
	}
}

// The edition is the same in every process of one release, and names the layout.
func TestEditionIsStable(t *testing.T) {
	one, err := kb.NewDescriber(nil, kb.NewGazetteer()).Edition()
	if err != nil {
		t.Fatal(err)
	}
	if two, err := kb.NewDescriber(nil, kb.NewGazetteer()).Edition(); err != nil || two != one || !strings.Contains(one, "-") {
		t.Errorf("%q and %q, %v", one, two, err)
	}
}
