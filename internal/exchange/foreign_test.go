package exchange_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

func midnight(year int, month time.Month, day int) *time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return &t
}

func TestForeignShapesNeedNoFlags(t *testing.T) {
	line := `{"id": "NL.1#2", "title": "Wonen  boven winkels", "text": "De gemeente helpt eigenaren. Zij betalen mee.", "themes": ["Wonen", "iets onbekends"],
		"type": "plantoelichting (gemeente)", "gemeente_code": "GM0629", "gemeente": "Wassenaar", "provincie": "Zuid-Holland", "url": "https://example.nl/1", "date": "2016", "source": "plannen"}`
	got := one(t, strings.ReplaceAll(line, "\n", " "), exchange.Options{}).(*kb.Publication)
	want := &kb.Publication{
		Common: kb.Common{
			Head: kb.Head{
				ID: kb.DeriveID("plannen", "NL.1#2"), Slug: "wonen-boven-winkels", Status: kb.StatusPublished, Visibility: kb.VisibilityPublic,
				CreatedAt: today(), UpdatedAt: today(), PublishedAt: midnight(2016, 1, 1), Version: 1,
				Origin: &kb.Origin{Source: "plannen", Key: "NL.1#2", URL: "https://example.nl/1"},
			},
			Title: "Wonen boven winkels", Summary: "De gemeente helpt eigenaren. Zij betalen mee.", Body: "De gemeente helpt eigenaren. Zij betalen mee.",
			Themes: []string{"wonen"}, Regions: []string{"GM0629"}, Keywords: []string{"iets onbekends"}, Language: "nl",
		},
		PublicationKind: "plantoelichting (gemeente)", Issued: "2016",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		line     string
		kind     kb.Kind
		pubKind  string
		keywords []string
	}{
		{`{"title":"x"}`, kb.KindPublication, "", nil},
		{`{"title":"x","type":"CASE"}`, kb.KindCase, "", nil},
		{`{"title":"x","type":"casus"}`, kb.KindCase, "", nil},
		{`{"title":"x","kind":"lesson"}`, kb.KindLesson, "", nil},
		{`{"title":"x","kind":"wet"}`, kb.KindPublication, "wet", nil},
		{`{"title":"x","type":"publicatie","soort":"handreiking"}`, kb.KindPublication, "handreiking", nil},
		{`{"title":"x","type":"circulaire","soort":"brief"}`, kb.KindPublication, "circulaire", []string{"brief"}},
		{`{"naam":"Bouwlab","type":"organisatie"}`, kb.KindOrganisation, "", nil},
		{`{"name":"Meedenkers","type":"leerkring"}`, kb.KindLearningCircle, "", nil},
		{`{"label":"Getijden","type":"thema"}`, kb.KindTheme, "", nil},
	} {
		got := one(t, c.line, exchange.Options{})
		if got.Kind() != c.kind {
			t.Errorf("%s: %s", c.line, got.Kind())
		}
		if p, ok := got.(*kb.Publication); ok && (p.PublicationKind != c.pubKind || !cmp.Equal(p.Keywords, c.keywords)) {
			t.Errorf("%s: kind %q, keywords %q", c.line, p.PublicationKind, p.Keywords)
		}
	}
}

func TestRegions(t *testing.T) {
	for _, c := range []struct {
		fields   string
		regions  []string
		keywords []string
		problems int
	}{
		{`"gemeente":"Utrecht"`, []string{"GM0344"}, nil, 0},
		{`"provincie":"Utrecht"`, []string{"PV26"}, nil, 0},
		{`"regio":"provincie Utrecht; 's-Gravenhage"`, []string{"PV26", "GM0518"}, nil, 0},
		{`"gemeente_code":null,"provincie":"Zeeland"`, []string{"PV29"}, nil, 0},
		{`"gemeente_code":"GM9925"`, []string{"PV25"}, nil, 0}, // a province in the words of spatial plans
		{`"regions":["GM9925","PV25"]`, []string{"PV25"}, nil, 0},
		{`"gemeente_code":518`, []string{"GM0518"}, nil, 0}, // spreadsheets take the zeros off
		{`"gemeentecode":"80"`, []string{"GM0080"}, nil, 0},
		{`"gemeente_code":"0003"`, []string{"GM0003"}, nil, 0}, // no more, and kept
		{`"gemeente_code":3`, []string{"GM0003"}, nil, 0},
		{`"regio":"518"`, nil, []string{"518"}, 1}, // a number of something else
		{`"regions":["gm0363","GM0363"]`, []string{"GM0363"}, nil, 0},
		{`"gemeente_code":"GM7777"`, []string{"GM7777"}, nil, 1},
		{`"gemeente":"Lutjebroekerveen"`, nil, []string{"Lutjebroekerveen"}, 1},
	} {
		store := open(t)
		_, problems := imported(t, store, strings.NewReader(`{"title":"x",`+c.fields+`}`), exchange.Options{})
		got := stored(t, store)[0].(*kb.Publication)
		if !cmp.Equal(got.Regions, c.regions) || !cmp.Equal(got.Keywords, c.keywords) || len(problems) != c.problems {
			t.Errorf("%s: regions %q, keywords %q, problems %v", c.fields, got.Regions, got.Keywords, problems)
		}
	}
}

func TestReferencesFollowTheNamesOfTheFile(t *testing.T) {
	text := `{"type":"organisation","id":"bouwlab","name":"Bouwlab"}
{"type":"person","id":"ans","name":"Ans","organisation":"bouwlab","email":"ans@example.nl","consent":true}
{"type":"learningCircle","id":"kring","name":"Kring","organisers":["bouwlab"],"facilitators":"ans"}
{"type":"meeting","id":"kring-1","name":"Eerste","circle":"kring","start":"2026-02-03T09:30:00+01:00","host":"bouwlab","programme":[{"pillar":"deep dive","title":"Bouwen","speakers":["ans"],"material":["casus-1"]}]}
{"type":"case","id":"casus-1","title":"Casus","partners":[{"organisation":"bouwlab","role":"trekker"}],"people":["ans"],"period":{"from":"2024","to":"mei 2025"}}
{"type":"lesson","id":"les-1","title":"Les","learnedFrom":{"record":"casus-1","quote":"Begin klein."},"outcome":"did not"}
`
	all := every(t, text, exchange.Options{Source: "eigen"})
	id := func(name string) kb.ID { return kb.DeriveID("eigen", name) }
	ans, circle, meeting := all[1].(*kb.Person), all[2].(*kb.LearningCircle), all[3].(*kb.Meeting)
	dossier, lesson := all[4].(*kb.Case), all[5].(*kb.Lesson)
	if diff := cmp.Diff(&kb.Contact{Value: "ans@example.nl", Visibility: kb.VisibilityMembers}, ans.Email); diff != "" {
		t.Error(diff)
	}
	got := []any{
		ans.Organisation, circle.Organisers, circle.Facilitators, meeting.Circle, meeting.Host, meeting.Start.Format(time.RFC3339),
		meeting.Programme, dossier.Partners, dossier.Period, lesson.LearnedFrom, lesson.Outcome,
	}
	want := []any{
		id("bouwlab"),
		[]kb.ID{id("bouwlab")},
		[]kb.ID{id("ans")},
		id("kring"), id("bouwlab"), "2026-02-03T08:30:00Z",
		[]kb.ProgrammeItem{{Pillar: kb.PillarDeepDive, Title: "Bouwen", Speakers: []kb.ID{id("ans")}, Material: []kb.ID{id("casus-1")}}},
		[]kb.Partner{{Organisation: id("bouwlab"), Role: "trekker"}},
		&kb.Period{From: "2024", To: "2025-05"},
		&kb.Passage{Record: id("casus-1"), Quote: "Begin klein."}, kb.OutcomeDidNot,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestIds(t *testing.T) {
	own := kb.DeriveID("elders", "x")
	for _, c := range []struct {
		name, text string
		want       []kb.ID
	}{
		{"own", `{"id":"` + string(own) + `","title":"a"}`, []kb.ID{own}},
		{"number", `{"id":17,"title":"a"}`, []kb.ID{kb.DeriveID("import", "17")}},
		{"none", `{"title":"a","body":"b"}`, []kb.ID{kb.DeriveID("import", "a\x00b")}},
		{"the same line twice", "{\"id\":\"1\",\"title\":\"a\"}\n{\"id\":\"1\",\"title\":\"a\"}", []kb.ID{kb.DeriveID("import", "1")}},
		{"one id, two texts", "{\"id\":\"1\",\"title\":\"a\"}\n{\"id\":\"1\",\"title\":\"b\"}", []kb.ID{kb.DeriveID("import", "1"), kb.DeriveID("import", "1\x002")}},
	} {
		var got []kb.ID
		for _, e := range every(t, c.text, exchange.Options{}) {
			got = append(got, e.Base().ID)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// Nothing that a source says is lost: what has no field is a keyword, a note, or
// is reported.
func TestNothingIsLostInSilence(t *testing.T) {
	store := open(t)
	report, _ := imported(t, store, strings.NewReader(`{"type":"case","title":"x","url":"Document 14","auteur":"Ans; Bob","organisatie":"Bouwlab","dikte":3,"themes":["ruimtevaart"]}`), exchange.Options{})
	got := stored(t, store)[0].(*kb.Case)
	if diff := cmp.Diff([]string{"ruimtevaart", "Ans", "Bob", "Bouwlab"}, got.Keywords); diff != "" {
		t.Error(diff)
	}
	if got.Origin.Note != "Document 14" || got.Origin.URL != "" {
		t.Errorf("origin %+v", got.Origin)
	}
	want := exchange.Report{Created: 1, Last: 1, Themes: map[string]int{"ruimtevaart": 1}, Unused: map[string]int{"dikte": 1}}
	if diff := cmp.Diff(want, report); diff != "" {
		t.Error(diff)
	}
}

func TestABadLineDoesNotStopTheRest(t *testing.T) {
	text := `{"id":"1","title":"goed"}
{"id":"2","title":"half
{"id":"3"}
["geen object"]
null
{"id":"4","title":"datum","date":"gisteren"}
{"id":"5","title":"getal","type":"publicatie","pages":"veel"}
` + "{\"id\":\"6\",\"title\":\"\xff\"}" + `
{"id":"7","title":"te vaag","status":"MISSCHIEN"}
{"id":"8","title":"ook goed"}`
	store := open(t)
	report, problems := imported(t, store, strings.NewReader(text), exchange.Options{})
	if report.Created != 2 || report.Refused != 8 {
		t.Errorf("%+v", report)
	}
	for i, want := range []string{"complete JSON object", "title: is required", "complete JSON object", "complete JSON object", "publishedAt: is not a date", "pages: is not a whole number", "UTF-8", `status: "MISSCHIEN" is not allowed`} {
		if i >= len(problems) || problems[i].Line != i+2 || !strings.Contains(problems[i].Text, want) {
			t.Errorf("line %d: want %q in %v", i+2, want, problems)
			break
		}
	}
}

func TestStrictStopsAtTheFirstBadLine(t *testing.T) {
	store := open(t)
	report, problems, err := run(t, store, strings.NewReader("{\"title\":\"a\"}\n{\n{\"title\":\"b\"}"), exchange.Options{Strict: true})
	if kb.CodeOf(err) != kb.Invalid || report.Created != 1 || len(problems) != 1 || len(stored(t, store)) != 1 {
		t.Errorf("%v %+v %v", err, report, problems)
	}
}

func TestAgainChangesNothingAndAChangeIsOneRevision(t *testing.T) {
	store := open(t)
	first := "{\"id\":\"1\",\"title\":\"a\"}\n{\"id\":\"2\",\"title\":\"a\"}\n"
	imported(t, store, strings.NewReader(first), exchange.Options{})
	again, _ := imported(t, store, strings.NewReader(first), exchange.Options{})
	if again.Unchanged != 2 || again.Last != 0 {
		t.Errorf("again: %+v", again)
	}
	changed, _ := imported(t, store, strings.NewReader(strings.Replace(first, `"2","title":"a"`, `"2","title":"b"`, 1)), exchange.Options{})
	if changed.Updated != 1 || changed.Unchanged != 1 || changed.Last != 3 {
		t.Errorf("changed: %+v", changed)
	}
	e := stored(t, store)[2]
	if e.Label() != "b" || e.Base().Version != 2 || !strings.HasPrefix(e.Base().Slug, "a-") {
		t.Errorf("%q version %d slug %q", e.Label(), e.Base().Version, e.Base().Slug)
	}
}

func TestMapNamesFieldsOfTheFile(t *testing.T) {
	got := one(t, "Kop;Verhaal;titel\nEcht;Tekst.;Onecht\n", exchange.Options{Map: map[string]string{"title": "Kop", "body": "Verhaal"}}).(*kb.Publication)
	if got.Title != "Echt" || got.Body != "Tekst." {
		t.Errorf("%q %q", got.Title, got.Body)
	}
}
