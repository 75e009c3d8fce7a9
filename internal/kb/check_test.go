package kb_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// problems gives the fields that Validate complains of, sorted, each once.
func problems(t *testing.T, e kb.Entity) []string {
	t.Helper()
	err := kb.Validate(e)
	if err == nil {
		return nil
	}
	var coded *kb.Error
	if !errors.As(err, &coded) || coded.Code != kb.Invalid || len(coded.Problems) == 0 {
		t.Fatalf("%v, want %s with problems", err, kb.Invalid)
	}
	var fields []string
	for _, p := range coded.Problems {
		if p.Text.NL == "" || p.Text.EN == "" {
			t.Errorf("%s: a problem told in one language only: %v", p.Field, p.Text)
		}
		fields = append(fields, p.Field)
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}

// sample gives the valid entity of a kind.
func sample[T kb.Entity](t *testing.T) T {
	t.Helper()
	for _, e := range samples() {
		if v, ok := e.(T); ok {
			return v
		}
	}
	t.Fatal("no sample of this kind")
	panic("unreachable")
}

func TestWhatEachKindRequires(t *testing.T) {
	head := []string{"id", "slug", "status", "visibility"}
	own := map[kb.Kind][]string{
		kb.KindCase: {"title", "language"}, kb.KindPublication: {"title", "language"}, kb.KindPresentation: {"title", "language"},
		kb.KindLesson: {"title", "language"}, kb.KindTheme: {"prefLabel.nl"}, kb.KindRegion: {"name", "regionKind", "code"},
		kb.KindOrganisation: {"name"}, kb.KindPerson: {"name"}, kb.KindLearningCircle: {"name"}, kb.KindMeeting: {"name"},
		kb.KindQuestion: {"title"}, kb.KindFile: {"mediaType", "name", "record", "sha256"},
		kb.KindSynonyms: {"terms"}, kb.KindJudgements: {"name", "queries"},
	}
	for kind, fields := range own {
		e, ok := kb.New(kind)
		if !ok || e.Kind() != kind {
			t.Fatalf("New(%s) = %v, %v", kind, e, ok)
		}
		want := slices.Concat(head, fields)
		slices.Sort(want)
		if diff := cmp.Diff(want, problems(t, e)); diff != "" {
			t.Errorf("an empty %s (-want +got):\n%s", kind, diff)
		}
	}
	if e, ok := kb.New("gedicht"); ok || e != nil {
		t.Errorf("New(gedicht) = %v, %v", e, ok)
	}
}

// change breaks one rule of a valid entity.
type change[T kb.Entity] struct {
	name   string
	change func(T)
	want   []string
}

func checkChanges[T kb.Entity](t *testing.T, changes []change[T]) {
	t.Helper()
	for _, c := range changes {
		e := sample[T](t)
		c.change(e)
		if diff := cmp.Diff(c.want, problems(t, e)); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", e.Kind(), c.name, diff)
		}
	}
}

func TestRulesOfTheHead(t *testing.T) {
	checkChanges(t, []change[*kb.Theme]{
		{"as it is", func(*kb.Theme) {}, nil},
		{"a foreign id", func(e *kb.Theme) { e.ID = "42" }, []string{"id"}},
		{"a slug with capitals", func(e *kb.Theme) { e.Slug = "Wonen" }, []string{"slug"}},
		{"a slug with a path", func(e *kb.Theme) { e.Slug = "../wonen" }, []string{"slug"}},
		{"a slug that ends in a hyphen", func(e *kb.Theme) { e.Slug = "wonen-" }, []string{"slug"}},
		{"a slug as long as it may be", func(e *kb.Theme) { e.Slug = strings.Repeat("a", kb.MaxSlug) }, nil},
		{"a longer slug", func(e *kb.Theme) { e.Slug = strings.Repeat("a", kb.MaxSlug+1) }, []string{"slug"}},
		{"another status", func(e *kb.Theme) { e.Status = "published" }, []string{"status"}},
		{"another visibility", func(e *kb.Theme) { e.Visibility = "ALL" }, []string{"visibility"}},
		{"for a team without a team", func(e *kb.Theme) { e.Visibility = kb.VisibilityTeam }, []string{"team"}},
		{"for a team", func(e *kb.Theme) { e.Visibility, e.Team = kb.VisibilityTeam, e.ID }, nil},
		{"a team that is no id", func(e *kb.Theme) { e.Team = "ons team" }, []string{"team"}},
		{"an origin without end", func(e *kb.Theme) { e.Origin.Note = strings.Repeat("a", kb.MaxText+1) }, []string{"origin.note"}},
		{"an origin that is not UTF-8", func(e *kb.Theme) { e.Origin.Source, e.Origin.Key = "\xff", "\x00" }, []string{"origin.key", "origin.source"}},
		{"an origin that is a script", func(e *kb.Theme) { e.Origin.URL = "javascript:alert(1)" }, []string{"origin.url"}},
	})
}

func TestRulesOfMaterial(t *testing.T) {
	checkChanges(t, []change[*kb.Case]{
		{"a title of spaces", func(e *kb.Case) { e.Title = " \t" }, []string{"title"}},
		{"a title too long", func(e *kb.Case) { e.Title = strings.Repeat("a", kb.MaxLine+1) }, []string{"title"}},
		{"a title that is not UTF-8", func(e *kb.Case) { e.Title = "a\xff" }, []string{"title"}},
		{"a body with a zero byte", func(e *kb.Case) { e.Body = "a\x00b" }, []string{"body"}},
		{"a body too long", func(e *kb.Case) { e.Body = strings.Repeat("a", kb.MaxBody+1) }, []string{"body"}},
		{"a theme that is no slug", func(e *kb.Case) { e.Themes = []string{"wonen", "Wonen!"} }, []string{"themes[1]"}},
		{"regions that are no codes", func(e *kb.Case) { e.Regions = []string{"Utrecht", "GM0363", "gm0363", "GM", "GM036a"} }, []string{"regions[0]", "regions[2]", "regions[3]", "regions[4]"}},
		{"an organisation that is no id", func(e *kb.Case) { e.Organisations = []kb.ID{"x"} }, []string{"organisations[0]"}},
		{"an empty keyword", func(e *kb.Case) { e.Keywords = []string{"a", ""} }, []string{"keywords[1]"}},
		{"too many keywords", func(e *kb.Case) { e.Keywords = slices.Repeat([]string{"a"}, kb.MaxList+1) }, []string{"keywords"}},
		{"another level of collaboration", func(e *kb.Case) { e.Collaboration = "LOCAL" }, []string{"collaboration"}},
		{"no level of collaboration", func(e *kb.Case) { e.Collaboration = "" }, nil},
		{"a review on no day", func(e *kb.Case) { e.ReviewBy = "2024-02-30" }, []string{"reviewBy"}},
		{"another phase", func(e *kb.Case) { e.Phase = "DONE" }, []string{"phase"}},
		{"a period that ends first", func(e *kb.Case) { e.Period = &kb.Period{From: "2024", To: "2023"} }, []string{"period"}},
		{"a period of one year", func(e *kb.Case) { e.Period = &kb.Period{From: "2024-05", To: "2024"} }, nil},
		{"a period of one month", func(e *kb.Case) { e.Period = &kb.Period{From: "2024-05-31", To: "2024-05"} }, nil},
		{"a period that ends the month before", func(e *kb.Case) { e.Period = &kb.Period{From: "2024-05-31", To: "2024-04"} }, []string{"period"}},
		{"a period without an end", func(e *kb.Case) { e.Period = &kb.Period{From: "2024"} }, nil},
		{"a period of words", func(e *kb.Case) { e.Period = &kb.Period{From: "lente"} }, []string{"period.from"}},
		{"a partner that is no id", func(e *kb.Case) { e.Partners = []kb.Partner{{Organisation: "x"}} }, []string{"partners.organisation"}},
		{"a contact that is no id", func(e *kb.Case) { e.Contacts = []kb.ID{""} }, []string{"contacts[0]"}},
		{"a section too long", func(e *kb.Case) { e.Results = strings.Repeat("a", kb.MaxText+1) }, []string{"sections"}},
		{"too many lessons", func(e *kb.Case) { e.Lessons = slices.Repeat([]string{"a"}, kb.MaxList+1) }, []string{"lessons"}},
		{"everything at once is told at once", func(e *kb.Case) { e.Title, e.Language, e.Phase = "", "", "x" }, []string{"language", "phase", "title"}},
	})
	checkChanges(t, []change[*kb.Presentation]{
		{"another pillar", func(e *kb.Presentation) { e.Pillar = "LUNCH" }, []string{"pillar"}},
		{"fewer than no slides", func(e *kb.Presentation) { e.Slides = -1 }, []string{"slides"}},
		{"a meeting that is no id", func(e *kb.Presentation) { e.Meeting = "x" }, []string{"meeting"}},
		{"given on no day", func(e *kb.Presentation) { e.GivenAt = "31-05-2024" }, []string{"givenAt"}},
		{"a takeaway too long", func(e *kb.Presentation) { e.Takeaways = []string{strings.Repeat("a", kb.MaxText+1)} }, []string{"takeaways"}},
	})
	checkChanges(t, []change[*kb.Lesson]{
		{"another outcome", func(e *kb.Lesson) { e.Outcome = "FAILED" }, []string{"outcome"}},
		{"learned from no id", func(e *kb.Lesson) { e.LearnedFrom.Record = "x" }, []string{"learnedFrom.record"}},
		{"learned from nothing", func(e *kb.Lesson) { e.LearnedFrom = nil }, nil},
	})
}

func TestRulesOfPublications(t *testing.T) {
	checkChanges(t, []change[*kb.Publication]{
		{"fewer than no pages", func(e *kb.Publication) { e.Pages = -1 }, []string{"pages"}},
		{"replaces no id", func(e *kb.Publication) { e.Replaces = "x" }, []string{"replaces"}},
		{"a DOI as a link", func(e *kb.Publication) { e.DOI = "https://doi.org/10.1000/182" }, []string{"doi"}},
		{"a DOI without a suffix", func(e *kb.Publication) { e.DOI = "10.1000" }, []string{"doi"}},
		{"an author without a name", func(e *kb.Publication) { e.Authors = []string{""} }, []string{"authors[0]"}},
	})
	for isbn, valid := range map[string]bool{
		"": true, "9789027439642": true, "978-90-274-3964-2": true, "90 274 3964 8": true, "0-306-40615-2": true,
		"0-8044-2957-X": true, "0-8044-2957-x": true, "9780306406157": true,
		"978-90-274-3964-3": false, "90-274-3964-5": false, "0-8044-2957-1": false, "X804429570": false,
		"978030640615X": false, "97803064061": false, "ISBN 9780306406157": false, "----": false,
	} {
		e := sample[*kb.Publication](t)
		e.ISBN = isbn
		if got := problems(t, e) == nil; got != valid {
			t.Errorf("ISBN %q is valid: %v, want %v", isbn, got, valid)
		}
	}
}

func TestRulesOfTheOtherKinds(t *testing.T) {
	later, earlier := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	checkChanges(t, []change[*kb.Theme]{
		{"an empty synonym", func(e *kb.Theme) { e.Synonyms = []string{""} }, []string{"synonyms[0]"}},
		{"related to no slug", func(e *kb.Theme) { e.Related = []string{"Wonen"} }, []string{"related[0]"}},
		{"another match", func(e *kb.Theme) { e.TOOIMatch = "same" }, []string{"tooiMatch"}},
	})
	checkChanges(t, []change[*kb.Region]{
		{"a code of another kind", func(e *kb.Region) { e.Code = "PV27" }, []string{"code"}},
		{"another kind", func(e *kb.Region) { e.RegionKind = "COUNTRY" }, []string{"code", "regionKind"}},
		{"parents that are no codes", func(e *kb.Region) { e.Parents = []string{"Noord-Holland"} }, []string{"parents[0]"}},
	})
	checkChanges(t, []change[*kb.Organisation]{
		{"a website without http", func(e *kb.Organisation) { e.Website = "www.voorbeeld.nl" }, []string{"website"}},
		{"a member that is no id", func(e *kb.Organisation) { e.Members = []kb.ID{"x"} }, []string{"members[0]"}},
		{"a CBS code that is none", func(e *kb.Organisation) { e.CBSCode = "0363" }, []string{"cbsCode"}},
	})
	checkChanges(t, []change[*kb.Person]{
		{"an e-mail address without @", func(e *kb.Person) { e.Email.Value = "an" }, []string{"email.value"}},
		{"an e-mail address for no one", func(e *kb.Person) { e.Email.Visibility = "" }, []string{"email.visibility"}},
		{"an empty phone", func(e *kb.Person) { e.Phone = &kb.Contact{Visibility: kb.VisibilityPublic} }, []string{"phone.value"}},
		{"no e-mail address", func(e *kb.Person) { e.Email = nil }, nil},
	})
	checkChanges(t, []change[*kb.LearningCircle]{
		{"room for fewer than none", func(e *kb.LearningCircle) { e.Capacity = -1 }, []string{"capacity"}},
		{"another registration", func(e *kb.LearningCircle) { e.Registration = "SOON" }, []string{"registration"}},
		{"an empty question", func(e *kb.LearningCircle) { e.LearningQuestions = []string{""} }, []string{"learningQuestions[0]"}},
	})
	checkChanges(t, []change[*kb.Meeting]{
		{"ends before it starts", func(e *kb.Meeting) { e.Start, e.End = &later, &earlier }, []string{"end"}},
		{"a host city by name", func(e *kb.Meeting) { e.HostCity = "Utrecht" }, []string{"hostCity"}},
		{"an item without pillar and title", func(e *kb.Meeting) { e.Programme = []kb.ProgrammeItem{{}} }, []string{"programme[0].pillar", "programme[0].title"}},
	})
	checkChanges(t, []change[*kb.Question]{
		{"answered by no id", func(e *kb.Question) { e.Answers[0].By = "An" }, []string{"answers.by"}},
		{"answers with no material", func(e *kb.Question) { e.Answers[0].Material = []kb.ID{"x"} }, []string{"answers.material[0]"}},
	})
	checkChanges(t, []change[*kb.File]{
		{"smaller than nothing", func(e *kb.File) { e.Size = -1 }, []string{"size"}},
		{"a page before the first", func(e *kb.File) { e.Hidden = []int{2, 0} }, []string{"hidden"}},
		{"a finding without a reason", func(e *kb.File) { e.Explained = []kb.Explained{{Finding: "x"}} }, []string{"explained.reason"}},
		{"a hash in capitals", func(e *kb.File) { e.SHA256 = strings.Repeat("A1", 32) }, []string{"sha256"}},
		{"a short hash", func(e *kb.File) { e.SHA256 = "a1" }, []string{"sha256"}},
	})
}

// Every address in a record may become a link on a page.
func TestWebAddresses(t *testing.T) {
	for address, valid := range map[string]bool{
		"": true, "https://voorbeeld.nl": true, "http://voorbeeld.nl/a?b=c#d": true, "HTTPS://voorbeeld.nl": true,
		"javascript:alert(1)": false, "JavaScript:alert(1)": false, " javascript:alert(1)": false, "java\nscript:alert(1)": false,
		"data:text/html,<script>": false, "vbscript:x": false, "file:///etc/passwd": false, "//voorbeeld.nl": false,
		"/pad": false, "https://": false, "https:/voorbeeld.nl": false, "ftp://voorbeeld.nl": false, "http://[::1": false,
		"https://voorbeeld.nl/" + strings.Repeat("a", 2000): false,
	} {
		e := sample[*kb.Organisation](t)
		e.Website = address
		if got := problems(t, e) == nil; got != valid {
			t.Errorf("%.60q is valid: %v, want %v", address, got, valid)
		}
	}
}

func TestLanguageTags(t *testing.T) {
	for tag, valid := range map[string]bool{
		"nl": true, "en": true, "fy": true, "nds": true, "nl-NL": true, "zh-Hant-TW": true, "de-1996": true,
		"": false, "n": false, "NL": false, "nederlands": false, "nl_NL": false, "nl-": false, "-nl": false, "nl--NL": false,
		"nl-abcdefghi": false, "n1": false, "nl NL": false, "é": false,
	} {
		e := sample[*kb.Lesson](t)
		e.Language = tag
		if got := problems(t, e) == nil; got != valid {
			t.Errorf("%q is valid: %v, want %v", tag, got, valid)
		}
	}
}

func TestDates(t *testing.T) {
	for date, want := range map[kb.Date]string{
		"2024-05-31": "2024-05-31", "2024-05": "2024-05-01", "2024": "2024-01-01", "2024-02-29": "2024-02-29", "1000": "1000-01-01",
		"2023-02-29": "", "2024-13": "", "2024-5": "", "0999": "", "24": "", "20245": "", "2024-05-31T12:00:00Z": "", "31-05-2024": "", "": "", "nu": "",
	} {
		at, ok := date.Time()
		got := ""
		if ok {
			got = at.Format(time.DateOnly)
		}
		if got != want || date.Valid() != (want != "") {
			t.Errorf("%q is %q, valid %v, want %q", date, got, date.Valid(), want)
		}
	}
}

func TestRegionCodes(t *testing.T) {
	for code, want := range map[string]kb.RegionKind{
		"GM0363": kb.Municipality, "PV27": kb.Province, "CR01": kb.COROP, "AM38": kb.LabourMarketRegion,
		"": "", "GM": "", "gm0363": "", "XX01": "", "GM03630": "", "PV2a": "", "PV 2": "",
	} {
		if got, ok := kb.RegionKindOf(code); got != want || ok != (want != "") {
			t.Errorf("RegionKindOf(%q) = %q, %v, want %q", code, got, ok, want)
		}
	}
}

// Every list and every text in it had a limit, but 500 lessons of 200 kB passed:
// 100 MB, where a MongoDB document takes 16.
func TestTextsOfARecordTogether(t *testing.T) {
	e := sample[*kb.Case](t)
	e.Lessons = slices.Repeat([]string{strings.Repeat("a", kb.MaxText)}, 18)
	if got := problems(t, e); got != nil {
		t.Errorf("3.6 MB of text: problems with %v", got)
	}
	e.Obstacles = slices.Repeat([]string{strings.Repeat("a", kb.MaxText)}, 2)
	if diff := cmp.Diff([]string{"record"}, problems(t, e)); diff != "" {
		t.Errorf("over 4 MB of text (-want +got):\n%s", diff)
	}
}

func TestProblemsNameTheLimits(t *testing.T) {
	e := sample[*kb.Theme](t)
	e.PrefLabel.NL = strings.Repeat("a", kb.MaxLine+1)
	if err := kb.Validate(e); !strings.Contains(fmt.Sprint(err), fmt.Sprint(kb.MaxLine)) {
		t.Errorf("%v does not say how long it may be", err)
	}
}
