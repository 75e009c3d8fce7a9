package kb_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// samples gives a valid entity of every kind, with the fields of its own filled.
func samples() []kb.Entity {
	at := time.Date(2024, 5, 31, 12, 30, 0, 123_000_000, time.UTC)
	head := func(k kb.Kind) kb.Head {
		return kb.Head{
			ID: kb.DeriveID("test", string(k)), Slug: "een-" + strings.ToLower(string(k)), Status: kb.StatusPublished, Visibility: kb.VisibilityPublic,
			CreatedAt: at, CreatedBy: kb.DeriveID("test", "maker"), UpdatedAt: at, PublishedAt: &at,
			Origin: &kb.Origin{Source: "test", Key: "1", URL: "https://voorbeeld.nl/1", Note: "type: notitie"},
		}
	}
	other := kb.DeriveID("test", "other")
	common := func(k kb.Kind) kb.Common {
		return kb.Common{
			Head: head(k), Title: "Wonen & werken <in> de regio", Summary: "Korte tekst", Body: "# Kop\n\nTekst met “aanhalingstekens”",
			Themes: []string{"wonen"}, Regions: []string{"GM0363"}, Organisations: []kb.ID{other}, People: []kb.ID{other},
			Keywords: []string{"woondeal"}, Collaboration: kb.CollaborationRegional, Language: "nl", Licence: "CC BY 4.0",
			Related: []kb.ID{other}, Files: []kb.ID{other}, ReviewBy: "2027",
		}
	}
	return []kb.Entity{
		&kb.Case{Common: common(kb.KindCase), Phase: kb.PhaseRunning, Period: &kb.Period{From: "2020", To: "2024-05"}, Partners: []kb.Partner{{Organisation: other, Role: "trekker"}}, Lessons: []string{"begin klein"}, Contacts: []kb.ID{other}},
		&kb.Publication{Common: common(kb.KindPublication), PublicationKind: "rapport", Authors: []string{"A. Auteur"}, Issued: "2024-05-31", Pages: 12, ISBN: "978-90-274-3964-2", DOI: "10.1000/182", Replaces: other},
		&kb.Presentation{Common: common(kb.KindPresentation), Speakers: []kb.ID{other}, Meeting: other, Pillar: kb.PillarDeepDive, GivenAt: "2024-05", Slides: 20, Takeaways: []string{"doen"}, Consent: new(false)},
		&kb.Lesson{Common: common(kb.KindLesson), Statement: "Begin klein", Outcome: kb.OutcomeDidNot, LearnedFrom: &kb.Passage{Record: other, Quote: "te groot begonnen"}, AppliesTo: []string{"pilots"}},
		&kb.Theme{Head: head(kb.KindTheme), PrefLabel: kb.Label{NL: "Wonen", EN: "Housing"}, Synonyms: []string{"huisvesting"}, Related: []string{"economie"}, TOOI: "https://voorbeeld.nl/thema", TOOIMatch: "exact"},
		&kb.Region{Head: head(kb.KindRegion), Name: "Amsterdam", RegionKind: kb.Municipality, Code: "GM0363", Parents: []string{"PV27"}, Population: 1, ValidFrom: "1795"},
		&kb.Organisation{Head: head(kb.KindOrganisation), Name: "Regio", Also: []string{"R"}, CBSCode: "GM0363", Website: "https://voorbeeld.nl", Members: []kb.ID{other}},
		&kb.Person{Head: head(kb.KindPerson), Name: "An de Vries", Organisation: other, Email: &kb.Contact{Value: "an@voorbeeld.nl", Visibility: kb.VisibilityMembers}, Consent: true},
		&kb.LearningCircle{Head: head(kb.KindLearningCircle), Name: "Kring", LearningQuestions: []string{"Hoe?"}, Participants: []kb.ID{other}, Capacity: 12, Registration: kb.RegistrationOpen},
		&kb.Meeting{Head: head(kb.KindMeeting), Name: "Eerste", Circle: other, Number: 1, Start: &at, End: &at, HostCity: "GM0363", Programme: []kb.ProgrammeItem{{Pillar: kb.PillarUpdates, Title: "Nieuws", Speakers: []kb.ID{other}}}},
		&kb.Question{Head: head(kb.KindQuestion), Title: "Hoe?", AskedBy: other, Answers: []kb.Answer{{By: other, Text: "Zo", Material: []kb.ID{other}}}},
		&kb.File{Head: head(kb.KindFile), Record: other, Hidden: []int{2}, Name: "deck.pptx", MediaType: "application/pdf", Size: 3, SHA256: strings.Repeat("a1", 32)},
		&kb.Synonyms{Head: head(kb.KindSynonyms), Terms: []string{"woning", "huis"}, OneWay: true, Note: "Zo zoekt men."},
		&kb.JudgementList{Head: head(kb.KindJudgements), Name: "Wonen", Queries: []kb.JudgedQuery{{Text: "huis", Wanted: []kb.Wanted{{Record: other, Grade: 3, Why: "gaat erover"}}}}},
	}
}

func TestSamplesCoverEveryKindAndAreValid(t *testing.T) {
	kinds := map[kb.Kind]bool{}
	for _, e := range samples() {
		kinds[e.Kind()] = true
		if err := kb.Validate(e); err != nil {
			t.Errorf("%s: %v", e.Kind(), err)
		}
	}
	if len(kinds) != 14 {
		t.Errorf("%d kinds, want 14", len(kinds))
	}
}

func TestEncodeAndDecode(t *testing.T) {
	for _, e := range samples() {
		data, err := kb.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := kb.Decode(e.Kind(), 7, data)
		if err != nil {
			t.Fatalf("%s: %v", e.Kind(), err)
		}
		if back.Base().Version != 7 {
			t.Errorf("%s: version %d, want 7", e.Kind(), back.Base().Version)
		}
		e.Base().Version = 7
		if diff := cmp.Diff(e, back); diff != "" {
			t.Errorf("%s (-want +got):\n%s", e.Kind(), diff)
		}
		if again, err := kb.Encode(back); err != nil || string(again) != string(data) {
			t.Errorf("%s: encoded again %s, want %s", e.Kind(), again, data)
		}
		if strings.Contains(string(data), `\u003c`) || strings.HasSuffix(string(data), "\n") {
			t.Errorf("%s: not plain: %s", e.Kind(), data)
		}
	}
}

func TestDecodeTellsDamage(t *testing.T) {
	for name, c := range map[string]struct {
		kind kb.Kind
		data string
	}{
		"cut off":      {kb.KindCase, `{"id":"x","ti`},
		"empty":        {kb.KindCase, ``},
		"another type": {kb.KindTheme, `{"synonyms":"wonen"}`},
		"no such kind": {"gedicht", `{}`},
	} {
		if e, err := kb.Decode(c.kind, 1, []byte(c.data)); kb.CodeOf(err) != kb.Damaged || e != nil {
			t.Errorf("%s: %v, %v, want %s", name, e, err, kb.Damaged)
		}
	}
}

func TestNewRecord(t *testing.T) {
	for _, live := range samples() {
		live.Base().Version = 3
		r, err := kb.NewRecord(live, nil)
		if err != nil {
			t.Fatal(err)
		}
		h := live.Base()
		if r.ID != h.ID || r.Kind != live.Kind() || r.Version != 4 || !r.At.Equal(h.UpdatedAt) || len(r.Copy) != 0 {
			t.Errorf("%s: %+v", live.Kind(), r)
		}
		if diff := cmp.Diff(kb.Keys(live), r.Keys); diff != "" || !slices.IsSorted(r.Keys) {
			t.Errorf("%s: keys (-want +got):\n%s", live.Kind(), diff)
		}
		got, workingCopy, err := kb.DecodeRecord(r)
		if err != nil || workingCopy != nil || got.Base().Version != 4 || got.Label() != live.Label() {
			t.Errorf("%s: read back %v, %v, %v", live.Kind(), got, workingCopy, err)
		}
	}
}

// A working copy holds its own slug, so that nobody takes it before it is approved.
func TestNewRecordWithAWorkingCopy(t *testing.T) {
	live, edited := samples()[0].(*kb.Case), samples()[0].(*kb.Case)
	edited.Slug, edited.Title = "nieuwe-naam", "Nieuwe naam"
	r, err := kb.NewRecord(live, edited)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"slug:material/een-case", "slug:material/nieuwe-naam"}, r.Keys); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	first, second, err := kb.DecodeRecord(r)
	if err != nil || first.Label() != live.Title || second.Label() != "Nieuwe naam" {
		t.Errorf("read back %v, %v, %v", first, second, err)
	}
	edited.Slug = live.Slug
	if r, err = kb.NewRecord(live, edited); err != nil || len(r.Keys) != 1 {
		t.Errorf("keys %v, want one: %v", r.Keys, err)
	}
}

func TestKeys(t *testing.T) {
	got := map[kb.Kind][]string{}
	for _, e := range samples() {
		got[e.Kind()] = kb.Keys(e)
	}
	want := map[kb.Kind][]string{
		kb.KindCase: {"slug:material/een-case"}, kb.KindPublication: {"slug:material/een-publication"},
		kb.KindPresentation: {"slug:material/een-presentation"}, kb.KindLesson: {"slug:material/een-lesson"},
		kb.KindTheme: {"slug:theme/een-theme"}, kb.KindRegion: {"region:GM0363", "slug:region/een-region"},
		kb.KindOrganisation: {"slug:organisation/een-organisation"}, kb.KindPerson: {"slug:person/een-person"},
		kb.KindLearningCircle: {"slug:learningCircle/een-learningcircle"}, kb.KindMeeting: {"slug:meeting/een-meeting"},
		kb.KindQuestion: {"slug:question/een-question"}, kb.KindFile: {"slug:file/een-file"},
		kb.KindSynonyms: {"slug:synonyms/een-synonyms"}, kb.KindJudgements: {"slug:judgements/een-judgements"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDecodeRecordOfATombstone(t *testing.T) {
	live, workingCopy, err := kb.DecodeRecord(kb.Record{Kind: kb.KindCase, Deleted: true})
	if live != nil || workingCopy != nil || err != nil {
		t.Errorf("%v, %v, %v, want nothing", live, workingCopy, err)
	}
	for _, r := range []kb.Record{{Kind: kb.KindCase, Live: []byte("{")}, {Kind: kb.KindCase, Live: []byte("{}"), Copy: []byte("[")}} {
		if _, _, err := kb.DecodeRecord(r); kb.CodeOf(err) != kb.Damaged {
			t.Errorf("a damaged half: %v, want %s", err, kb.Damaged)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, e := range samples() {
		data, err := kb.Encode(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(e.Kind()), []byte(data))
	}
	f.Fuzz(func(t *testing.T, kind string, data []byte) {
		e, err := kb.Decode(kb.Kind(kind), 1, data)
		if err != nil {
			return
		}
		_ = kb.Validate(e) // whatever was stored, judging it may not fail
		once, err := kb.Encode(e)
		if err != nil {
			return // a year that JSON cannot write
		}
		back, err := kb.Decode(kb.Kind(kind), 1, once)
		if err != nil {
			t.Fatalf("%s cannot be read back: %v", once, err)
		}
		if twice, err := kb.Encode(back); err != nil || string(twice) != string(once) {
			t.Errorf("%s becomes %s: %v", once, twice, err)
		}
	})
}
