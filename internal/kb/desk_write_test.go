package kb_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestWhatCannotBeSet(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	for name, c := range map[string]struct {
		kind   kb.Kind
		fields kb.Fields
		want   []string
	}{
		"a field that is not there":    {kb.KindLesson, kb.Fields{"titel": "x"}, []string{"titel"}},
		"a field of another kind":      {kb.KindLesson, kb.Fields{"isbn": "x"}, []string{"isbn"}},
		"another spelling":             {kb.KindLesson, kb.Fields{"Status": "PUBLISHED"}, []string{"Status"}},
		"bookkeeping":                  {kb.KindLesson, kb.Fields{"id": "x", "status": "PUBLISHED", "review": nil}, []string{"id", "review", "status"}},
		"who made it":                  {kb.KindLesson, kb.Fields{"createdBy": string(w.editor.Account)}, []string{"createdBy"}},
		"the account of a person":      {kb.KindPerson, kb.Fields{"account": string(w.expert.Account)}, []string{"account"}},
		"a number for a text":          {kb.KindLesson, kb.Fields{"title": 7}, []string{"title"}},
		"a text for a list":            {kb.KindLesson, kb.Fields{"themes": "wonen"}, []string{"themes"}},
		"half a page":                  {kb.KindPublication, kb.Fields{"pages": 1.5}, []string{"pages"}},
		"no number":                    {kb.KindPublication, kb.Fields{"pages": math.NaN()}, []string{"pages"}},
		"what JSON does not know":      {kb.KindLesson, kb.Fields{"title": func() {}}, []string{"title"}},
		"an unknown value of a field":  {kb.KindCase, kb.Fields{"period": map[string]any{"vanaf": "2020"}}, []string{"period"}},
		"a date that does not exist":   {kb.KindLesson, kb.Fields{"reviewBy": "2026-02-31"}, []string{"reviewBy"}},
		"a moment that is none":        {kb.KindLesson, kb.Fields{"embargoUntil": "straks"}, []string{"embargoUntil"}},
		"an embargo for centuries":     {kb.KindLesson, kb.Fields{"embargoUntil": "9999-12-31T23:59:59-23:59"}, []string{"embargoUntil"}},
		"an unknown visibility":        {kb.KindLesson, kb.Fields{"visibility": "ALL"}, []string{"visibility"}},
		"a slug of capitals":           {kb.KindLesson, kb.Fields{"slug": "Wonen"}, []string{"slug"}},
		"a theme that is not there":    {kb.KindLesson, kb.Fields{"themes": []any{"wonen", "nergens"}}, []string{"themes[1]"}},
		"a region that is not there":   {kb.KindLesson, kb.Fields{"regions": []any{"GM9999"}}, []string{"regions[0]"}},
		"another kind of record":       {kb.KindLesson, kb.Fields{"people": []any{string(w.editor.Account)}}, []string{"people[0]"}},
		"a team of others":             {kb.KindLesson, kb.Fields{"visibility": "TEAM", "team": string(kb.DeriveID("x", "y"))}, []string{"team"}},
		"everything at once":           {kb.KindLesson, kb.Fields{"title": 7, "themes": []any{"nergens"}, "licence": strings.Repeat("a", 2_000)}, []string{"title", "licence", "themes[0]"}},
		"a text that is not complete":  {kb.KindLesson, kb.Fields{"title": "", "summary": nil}, nil},
		"half a person":                {kb.KindPerson, kb.Fields{"email": map[string]any{"value": "", "visibility": "PUBLIC"}}, nil},
		"a list with an empty keyword": {kb.KindLesson, kb.Fields{"keywords": []any{""}}, nil},
	} {
		_, err := w.Create(ctx, w.expert, c.kind, c.fields, "")
		if diff := cmp.Diff(c.want, problemFields(err)); diff != "" || (c.want == nil) != (err == nil) {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestFieldsHaveTheNamesOfGraphQL(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	other := w.published("Ander")
	lesson := w.done(w.Create(ctx, w.expert, kb.KindLesson, kb.Fields{"seeAlso": []kb.ID{other.ID}}, ""))
	theme := w.done(w.Create(ctx, w.editor, kb.KindTheme, kb.Fields{"labels": kb.Label{NL: "Nieuw"}, "related": []any{"wonen"}}, ""))
	org := w.done(w.Create(ctx, w.expert, kb.KindOrganisation, kb.Fields{"kind": "gemeente"}, ""))
	region := w.done(w.Create(ctx, w.editor, kb.KindRegion, kb.Fields{"kind": "MUNICIPALITY", "name": "Nieuw", "code": "GM9998"}, ""))
	got := []any{
		w.open(w.expert, lesson.ID).Live.(*kb.Lesson).Related, w.open(w.editor, theme.ID).Live.(*kb.Theme).PrefLabel.NL,
		w.open(w.expert, org.ID).Live.(*kb.Organisation).OrganisationKind, w.open(w.editor, region.ID).Live.(*kb.Region).RegionKind,
	}
	if diff := cmp.Diff([]any{[]kb.ID{other.ID}, "Nieuw", "gemeente", kb.Municipality}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err := w.Create(ctx, w.editor, kb.KindRegion, kb.Fields{"kind": "MUNICIPALITY", "name": "Nog nieuwer", "code": "GM9998"}, "")
	if diff := cmp.Diff([]string{"code"}, problemFields(err)); diff != "" {
		t.Errorf("a code twice: %v\n%s", err, diff)
	}
}

// A draft that was not published is a secret, also when it is named.
func TestWhatOneMayNotReadCannotBeNamed(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	secret := w.draft("Geheim")
	_, err := w.Create(ctx, w.other, kb.KindLesson, kb.Fields{"related": []kb.ID{secret.ID}}, "")
	hidden := w.refused(kb.Invalid, err)
	_, err = w.Create(ctx, w.other, kb.KindLesson, kb.Fields{"related": []kb.ID{kb.DeriveID("no", "thing")}}, "")
	if diff := cmp.Diff(hidden, w.refused(kb.Invalid, err)); diff != "" {
		t.Errorf("what is hidden and what is not there differ:\n%s", diff)
	}
	// What is named already stays, whoever edits.
	at := w.done(w.Create(ctx, w.expert, kb.KindLesson, kb.Fields{"title": "Noemt", "summary": "s", "statement": "x", "themes": []any{"wonen"}, "related": []kb.ID{secret.ID}}, ""))
	at = w.done(w.Approve(ctx, w.editor, at, nil))
	w.done(w.Update(ctx, w.editor, at, kb.Fields{"title": "Noemt nog"}, false))
}

func TestAddressesFollowTheTitleUntilReadersKnowThem(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	slug := func(at kb.Target) string { return w.open(w.editor, at.ID).Work().Base().Slug }
	at := w.done(w.Create(ctx, w.expert, kb.KindLesson, nil, ""))
	if got := slug(at); got != "record" {
		t.Errorf("without a title: %q", got)
	}
	second := w.done(w.Create(ctx, w.other, kb.KindLesson, nil, ""))
	if got := slug(second); !strings.HasPrefix(got, "record-") {
		t.Errorf("the second one: %q", got)
	}
	at = w.done(w.Update(ctx, w.expert, at, lessonFields("Samen wonen"), false))
	second = w.done(w.Update(ctx, w.other, second, kb.Fields{"title": "Samen wonen"}, false))
	if one, two := slug(at), slug(second); one != "samen-wonen" || !strings.HasPrefix(two, "samen-wonen-") {
		t.Errorf("of one title: %q and %q", one, two)
	}
	_, err := w.Update(ctx, w.other, second, kb.Fields{"title": "Anders wonen", "slug": "samen-wonen"}, false)
	if diff := cmp.Diff([]string{"slug"}, problemFields(err)); diff != "" {
		t.Errorf("taken: %v\n%s", err, diff)
	}
	second = w.done(w.Update(ctx, w.other, second, kb.Fields{"slug": "eigen-keuze"}, false))
	second = w.done(w.Update(ctx, w.other, second, kb.Fields{"title": "Iets anders"}, false))
	if got := slug(second); got != "eigen-keuze" {
		t.Errorf("chosen: %q", got)
	}
	second = w.done(w.Update(ctx, w.other, second, kb.Fields{"slug": nil}, false))
	if got := slug(second); got != "iets-anders" {
		t.Errorf("given back: %q", got)
	}
	at = w.done(w.Approve(ctx, w.editor, at, nil))
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"title": "Apart wonen"}, false))
	if got := slug(at); got != "samen-wonen" {
		t.Errorf("after publication: %q", got)
	}
	_, err = w.Update(ctx, w.expert, at, kb.Fields{"slug": "apart"}, false)
	w.refused(kb.Invalid, err)
}

func TestARetryMakesNoSecondRecord(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	create := func(actor kb.Actor, k kb.Kind, key string) (kb.Saved, error) {
		return w.Create(ctx, actor, k, kb.Fields{"title": "Eén keer"}, key)
	}
	first := w.done(create(w.expert, kb.KindLesson, "a"))
	w.done(w.Update(ctx, w.expert, first, kb.Fields{"title": "Gewijzigd"}, false))
	again, err := create(w.expert, kb.KindLesson, "a")
	if err != nil || again.Entity.Base().ID != first.ID || again.Entity.Label() != "Gewijzigd" || again.Version != 2 || again.Seq == 0 {
		t.Errorf("again: %+v, %v", again, err)
	}
	if other := w.done(create(w.other, kb.KindLesson, "a")); other.ID == first.ID {
		t.Error("the key of someone else gave their record")
	}
	for name, c := range map[string]struct {
		kind kb.Kind
		key  string
	}{"another kind": {kb.KindCase, "a"}, "a key too long": {kb.KindLesson, strings.Repeat("k", kb.MaxIdempotencyKey+1)}} {
		_, err := create(w.expert, c.kind, c.key)
		if diff := cmp.Diff([]string{"idempotencyKey"}, problemFields(err)); diff != "" {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
	w.done(w.Delete(ctx, w.admin, kb.Target{ID: first.ID, Version: 2}))
	_, err = create(w.expert, kb.KindLesson, "a")
	w.refused(kb.Conflict, err)
}

// Two windows, or two people: the second one learns what the first one did.
func TestConflictsSayWhatHappened(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.draft("Samen")
	stale := at
	at = w.done(w.Update(ctx, w.editor, at, kb.Fields{"title": "Samen beter", "summary": "Anders"}, false))
	_, err := w.Update(ctx, w.expert, stale, kb.Fields{"statement": "Mijn zin"}, false)
	refused := w.refused(kb.Conflict, err)
	c, ok := errors.AsType[*kb.Clash](err)
	if !ok {
		t.Fatalf("%v does not say who", err)
	}
	want := &kb.Clash{By: w.editor.Account, ByName: "Rian", At: w.now, Version: at.Version, Fields: []string{"slug", "summary", "title"}}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.Contains(refused.Text.NL, "Rian op 2026-03-02 09:00 UTC (Naam in het adres, Samenvatting, Titel)") {
		t.Errorf("it says %q", refused.Text.NL)
	}
	own := w.done(w.Update(ctx, w.expert, at, kb.Fields{"summary": "Hier"}, true))
	_, err = w.Update(ctx, w.expert, at, kb.Fields{"summary": "Daar"}, false)
	if e := w.refused(kb.Conflict, err); !strings.Contains(e.Text.EN, "yourself, in another window") {
		t.Errorf("an autosave of oneself: %q", e.Text.EN)
	}
	_, err = w.Submit(ctx, w.expert, kb.Target{ID: own.ID, Version: 99}, "")
	if c, ok := errors.AsType[*kb.Clash](err); !ok || c.Fields != nil {
		t.Errorf("a version that never was: %v", err)
	}
}

func TestWhatChangesNothingWritesNothing(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.published("Zelfde")
	before := stored(t, w.store, at.ID)
	same, err := w.Update(ctx, w.expert, at, kb.Fields{"title": "Zelfde", "context": nil, "keywords": []any{}}, false)
	if err != nil || same.Version != at.Version || same.Seq != before.Seq {
		t.Errorf("%+v, %v", same, err)
	}
	if diff := cmp.Diff(before, stored(t, w.store, at.ID)); diff != "" {
		t.Errorf("written:\n%s", diff)
	}
}

func TestWhoMayKnowIsToldWhatTheyMayNot(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	draft, published := w.draft("Concept"), w.published("Boek")
	for name, c := range map[string]struct {
		actor kb.Actor
		at    kb.Target
		want  kb.Code
	}{
		"a draft of others":            {w.other, draft, kb.NotFound},
		"what is published, of others": {w.other, published, kb.Forbidden},
		"by a visitor":                 {kb.Visitor(), published, kb.Unauthenticated},
		"a draft, by a visitor":        {kb.Visitor(), draft, kb.NotFound},
		"as another kind":              {w.expert, kb.Target{Kind: kb.KindCase, ID: draft.ID, Version: 1}, kb.NotFound},
		"what is no content":           {w.admin, kb.Target{ID: w.expert.Account, Version: 1}, kb.NotFound},
		"what is not there":            {w.admin, kb.Target{ID: kb.DeriveID("no", "thing"), Version: 1}, kb.NotFound},
		"what is no id":                {w.admin, kb.Target{ID: "x", Version: 1}, kb.NotFound},
	} {
		_, err := w.Update(ctx, c.actor, c.at, kb.Fields{"title": "x"}, false)
		if got := kb.CodeOf(err); got != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	for name, err := range map[string]error{
		"a lesson by a member":    errorOf(w.Create(ctx, w.member, kb.KindLesson, nil, "")),
		"a file":                  errorOf(w.Create(ctx, w.admin, kb.KindFile, nil, "")),
		"a meeting of nothing":    errorOf(w.Create(ctx, w.expert, kb.KindMeeting, nil, "")),
		"the queue, by an expert": errorOf(w.Queue(ctx, w.expert, kb.QueueFilter{}, 1, "")),
		"approved by its author":  errorOf(w.Approve(ctx, w.expert, draft, nil)),
	} {
		if kb.CodeOf(err) != kb.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is for a team is written by who is in it, and kept by its organisers.
func TestTeams(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	circle := w.done(w.Create(ctx, w.editor, kb.KindLearningCircle, kb.Fields{"name": "Wonen in de regio"}, ""))
	circle = w.done(w.Approve(ctx, w.editor, circle, nil))
	in := func(name string, role kb.Role, team kb.TeamRole) kb.Actor {
		return w.account(name, role, kb.Membership{Team: circle.ID, Role: team})
	}
	writer, organiser, facilitator := in("Wim", kb.RoleExpert, kb.TeamParticipant), in("Olga", kb.RoleMember, kb.TeamOrganiser), in("Fred", kb.RoleMember, kb.TeamFacilitator)
	f := lessonFields("Voor ons")
	f["visibility"], f["team"] = "TEAM", circle.ID
	_, err := w.Create(ctx, w.expert, kb.KindLesson, f, "")
	w.refused(kb.Invalid, err)
	at := w.done(w.Create(ctx, writer, kb.KindLesson, f, ""))
	at = w.done(w.Approve(ctx, w.editor, at, nil))
	_, err = w.Update(ctx, w.member, at, kb.Fields{"title": "x"}, false)
	w.refused(kb.NotFound, err)
	_, err = w.Update(ctx, facilitator, at, kb.Fields{"title": "x"}, false)
	w.refused(kb.Forbidden, err)
	at = w.done(w.Update(ctx, organiser, at, kb.Fields{"title": "Voor ons allemaal"}, false))
	at = w.done(w.Submit(ctx, organiser, at, ""))
	at = w.done(w.Update(ctx, w.editor, at, kb.Fields{"summary": "Netter"}, false))
	if d := w.open(organiser, at.ID); d.Copy == nil || d.Copy.Label() != "Voor ons allemaal" {
		t.Errorf("who submitted it sees %+v", d)
	}
	if got := w.titles(w.Drafts(ctx, organiser, 10, "")); len(got) != 1 {
		t.Errorf("the drafts of who submitted it: %q", got)
	}

	meeting := w.done(w.Create(ctx, facilitator, kb.KindMeeting, kb.Fields{"name": "Eerste", "circle": circle.ID}, ""))
	_, err = w.Update(ctx, facilitator, meeting, kb.Fields{"circle": nil}, false)
	w.refused(kb.Forbidden, err)
	meeting = w.done(w.Submit(ctx, facilitator, meeting, ""))
	w.done(w.Approve(ctx, w.editor, meeting, nil))
	w.done(w.Update(ctx, organiser, circle, kb.Fields{"goal": "Meer woningen"}, false))
	_, err = w.Update(ctx, facilitator, circle, kb.Fields{"goal": "x"}, false)
	w.refused(kb.Forbidden, err)
}

// A profile is its person's own: published at once, whoever has a working copy.
func TestOnesOwnProfile(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	p := &kb.Person{Head: head("mo"), Name: "Mo", Account: w.member.Account, Consent: true}
	p.CreatedBy = w.expert.Account
	w.put(p)
	at := kb.Target{ID: p.ID, Version: 1}
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"function": "Adviseur"}, false))
	_, err := w.Update(ctx, w.expert, at, kb.Fields{"consent": false}, false)
	w.refused(kb.Invalid, err)
	at = w.done(w.Update(ctx, w.member, at, kb.Fields{"bio": "Over mij"}, false))
	d := w.open(w.editor, p.ID)
	live, copied := d.Live.(*kb.Person), d.Copy.(*kb.Person)
	got := []any{live.Bio, live.Function, copied.Bio, copied.Function, live.Status}
	if diff := cmp.Diff([]any{"Over mij", "", "Over mij", "Adviseur", kb.StatusPublished}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err = w.Update(ctx, w.member, at, kb.Fields{"name": ""}, false)
	w.refused(kb.Invalid, err)
	w.done(w.Update(ctx, w.member, at, kb.Fields{"consent": false}, false))
	if _, err := w.Open(ctx, w.editor, p.ID); kb.CodeOf(err) != kb.NotFound {
		t.Errorf("without consent: %v", err)
	}
}

// Petra gave her phone number to her team only. An editor made it public in a working
// copy, and approved that. How to reach people who have an account is theirs to say,
// also where it was not said before and where it is taken away.
func TestOnlyPeopleThemselvesSayHowToReachThem(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	contact := func(value, v string) map[string]any { return map[string]any{"value": value, "visibility": v} }
	p := &kb.Person{Head: head("petra"), Name: "Petra", Account: w.member.Account, Consent: true, Phone: &kb.Contact{Value: "06", Visibility: kb.VisibilityTeam}}
	w.put(p)
	at := kb.Target{ID: p.ID, Version: 1}
	for _, actor := range []kb.Actor{w.editor, w.admin} {
		for field, f := range map[string]kb.Fields{
			"phone": {"phone": contact("06", "PUBLIC")}, "email": {"email": contact("petra@leerkring.example", "PUBLIC")},
		} {
			_, err := w.Update(ctx, actor, at, f, false)
			w.refused(kb.Invalid, err)
			if got := problemFields(err); !slices.Equal(got, []string{field}) {
				t.Errorf("%s: problems of %q", field, got)
			}
		}
		_, err := w.Update(ctx, actor, at, kb.Fields{"phone": nil}, false)
		w.refused(kb.Invalid, err)
	}
	at = w.done(w.Update(ctx, w.editor, at, kb.Fields{"function": "Adviseur", "phone": contact("06", "TEAM")}, false))
	w.done(w.Update(ctx, w.member, at, kb.Fields{"phone": contact("06", "PUBLIC")}, false))
	if c := w.open(kb.Visitor(), p.ID).Live.(*kb.Person).Phone; c == nil || c.Value != "06" {
		t.Errorf("what she made public: %+v", c)
	}
}

// What is approved for later stays complete, whoever changes it.
func TestEditorsChangeWhatIsScheduled(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	soon := w.now.Add(time.Hour)
	at := w.done(w.Approve(ctx, w.editor, w.draft("Straks"), &soon))
	_, err := w.Update(ctx, w.editor, at, kb.Fields{"summary": nil}, false)
	w.refused(kb.Invalid, err)
	later := soon.Add(time.Hour)
	at = w.done(w.Update(ctx, w.editor, at, kb.Fields{"embargoUntil": later}, false))
	if r := w.open(w.editor, at.ID).Live.Base().Review; !r.PublishAt.Equal(later) {
		t.Errorf("published before its embargo, at %s", r.PublishAt)
	}
	_, err = w.Approve(ctx, w.editor, at, new(time.Date(2300, 1, 1, 0, 0, 0, 0, time.UTC)))
	w.refused(kb.Invalid, err)
}

// Whatever values come in, the answer is a record or what is wrong with them.
func FuzzFields(f *testing.F) {
	for _, s := range []string{
		`{"title":"x","themes":["wonen"]}`, `{"period":{"from":"2020"}}`, `{"status":"PUBLISHED"}`, `{"embargoUntil":"2026-01-01T00:00:00Z"}`,
		`{"title":{"a":[null]}}`, `{"partners":[{"organisation":"x","role":3}]}`, `{"pages":1e300}`, `{"Title":"x"}`, `{"team":null,"visibility":"TEAM"}`,
	} {
		f.Add(s, uint8(0))
	}
	w := newDeskWorld(f)
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		var fields kb.Fields
		if json.Unmarshal([]byte(text), &fields) != nil {
			return
		}
		kinds := kb.ContentKinds()
		saved, err := w.Create(t.Context(), w.admin, kinds[int(kind)%len(kinds)], fields, "")
		switch kb.CodeOf(err) {
		case "":
			if h := saved.Entity.Base(); h.Status != kb.StatusDraft || h.CreatedBy != w.admin.Account || h.Origin != nil {
				t.Errorf("%s made %+v", text, h)
			}
			if _, err := w.Approve(t.Context(), w.admin, kb.Target{ID: saved.Entity.Base().ID, Version: 1}, nil); err != nil {
				if c := kb.CodeOf(err); c != kb.Invalid && c != kb.NotFound {
					t.Errorf("%s cannot be approved: %v", text, err)
				}
			}
		case kb.Invalid:
		default:
			t.Errorf("%s: %v", text, err)
		}
	})
}
