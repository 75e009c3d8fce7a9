package kb_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// storied is a lesson with a life: drafted, published, changed, withdrawn, restored.
func (w *deskWorld) storied() kb.Target {
	w.t.Helper()
	ctx := w.t.Context()
	at := w.draft("Eerste titel")
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"keywords": []any{"een", "twee"}}, true))
	at = w.done(w.Submit(ctx, w.expert, at, "Kijk naar de titel."))
	at = w.done(w.Approve(ctx, w.editor, at, nil))
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"title": "Tweede titel", "keywords": []any{"een", "drie"}}, false))
	at = w.done(w.Approve(ctx, w.editor, at, nil))
	at = w.done(w.Withdraw(ctx, w.editor, at, "Klopt niet.", ""))
	return w.done(w.Restore(ctx, w.editor, at))
}

func TestRevisions(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.storied()
	told := func(actor kb.Actor, before, limit int) []string {
		rs, err := w.Revisions(ctx, actor, at.ID, before, limit)
		check(t, err)
		out := []string{}
		for _, r := range rs {
			out = append(out, fmt.Sprintf("%d %s %s %s", r.Version, r.Event.Type, r.Entity.Label(), r.Event.Note))
		}
		return out
	}
	for name, c := range map[string]struct {
		actor         kb.Actor
		before, limit int
		want          []string
	}{
		"the owner": {w.expert, 0, 100, []string{
			"8 RESTORED Tweede titel ", "7 WITHDRAWN Tweede titel Klopt niet.", "6 PUBLISHED Tweede titel ", "5 SAVED Tweede titel ",
			"4 PUBLISHED Eerste titel ", "3 SUBMITTED Eerste titel Kijk naar de titel.", "2 AUTOSAVED Eerste titel ", "1 CREATED Eerste titel ",
		}},
		"an editor, a page":   {w.editor, 6, 2, []string{"5 SAVED Tweede titel ", "4 PUBLISHED Eerste titel "}},
		"another expert":      {w.other, 0, 100, []string{"8 RESTORED Tweede titel ", "6 PUBLISHED Tweede titel ", "4 PUBLISHED Eerste titel "}},
		"a member, a page":    {w.member, 8, 1, []string{"6 PUBLISHED Tweede titel "}},
		"before there is any": {w.editor, 1, 5, []string{}},
	} {
		if diff := cmp.Diff(c.want, told(c.actor, c.before, c.limit)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, c := range map[string]struct {
		actor kb.Actor
		limit int
		want  kb.Code
	}{"a visitor": {kb.Visitor(), 1, kb.Unauthenticated}, "none": {w.editor, 0, kb.Invalid}, "too many": {w.editor, 101, kb.Invalid}} {
		_, err := w.Revisions(ctx, c.actor, at.ID, 0, c.limit)
		if kb.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// A version that was for a team is no version of what is for everyone now, and how
// a person could be reached once is nobody's to read.
func TestOldVersionsKeepTheirSecrets(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	p := &kb.Person{Head: head("mo"), Name: "Mo", Consent: true, Account: w.member.Account, Email: &kb.Contact{Value: "mo@leerkring.example", Visibility: kb.VisibilityPublic}}
	p.Visibility, p.Team = kb.VisibilityTeam, kb.DeriveID("some", "team")
	w.put(p)
	at := w.done(w.Update(ctx, w.member, kb.Target{ID: p.ID, Version: 1}, kb.Fields{"visibility": "PUBLIC"}, false))
	w.done(w.Update(ctx, w.member, at, kb.Fields{"email": nil, "bio": "Ik"}, false))
	rs, err := w.Revisions(ctx, w.other, p.ID, 0, 10)
	check(t, err)
	var versions []int
	for _, r := range rs {
		versions = append(versions, r.Version)
		if r.Entity.(*kb.Person).Email != nil {
			t.Errorf("version %d tells an address that was taken away", r.Version)
		}
	}
	if !slices.Equal(versions, []int{3, 2}) {
		t.Errorf("versions %v", versions)
	}
	changes, err := w.Compare(ctx, w.other, p.ID, 2, 3)
	if diff := cmp.Diff([]kb.FieldChange{{Field: "bio", After: "Ik"}}, changes); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	_, err = w.Compare(ctx, w.other, p.ID, 1, 2)
	w.refused(kb.NotFound, err)
}

// Speakers took their consent back, and an author then restored the text of before:
// the working copy said that they agreed, and an approval would have shown them again.
func TestAnOldVersionBringsNoConsentBack(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	f := kb.Fields{"title": "Praatje", "summary": "x", "body": "tekst", "themes": []any{"wonen"}, "visibility": "PUBLIC", "consent": true}
	at := w.done(w.Approve(ctx, w.editor, w.done(w.Create(ctx, w.expert, kb.KindPresentation, f, "")), nil))
	agreed := at.Version
	at = w.done(w.Update(ctx, w.editor, at, kb.Fields{"consent": false, "body": "korter"}, false))
	at = w.done(w.Approve(ctx, w.editor, at, nil))
	at = w.done(w.RestoreRevision(ctx, w.expert, at, agreed))
	copied, ok := w.open(w.editor, at.ID).Copy.(*kb.Presentation)
	if !ok || copied.Body != "tekst" || copied.Consent == nil || *copied.Consent {
		t.Errorf("restored as %+v", copied)
	}
}

// Petra took back her consent, Paul deleted his profile and his account. The audit
// trail went on naming them to editors, who could not find them anywhere else.
func TestTheAuditTrailNamesNobodyWhoLeft(t *testing.T) {
	p, ctx := newPeople(t), t.Context()
	profile := func(name string) (kb.Actor, kb.ID) {
		who, _ := p.person(name, kb.RoleMember)
		x, _, err := p.SaveProfile(ctx, who, 0, kb.Profile{Consent: new(true)})
		check(t, err)
		return who, x.ID
	}
	named := func(actor kb.Actor, what kb.ID) (titles []string) {
		page, err := p.Audit(ctx, actor, kb.AuditRequest{Record: what, Limit: 10})
		check(t, err)
		if len(page.Entries) == 0 {
			t.Errorf("no trail of %s", what)
		}
		for _, e := range page.Entries {
			if e.Title != "" {
				titles = append(titles, e.Title)
			}
		}
		return titles
	}
	petra, hers := profile("Petra")
	paul, his := profile("Paul")
	if got := named(p.editor, hers); !slices.Equal(got, []string{"Petra"}) {
		t.Errorf("with consent: %q", got)
	}
	_, _, err := p.WithdrawConsent(ctx, petra)
	check(t, err)
	if got := named(p.editor, hers); got != nil {
		t.Errorf("to an editor: %q", got)
	}
	if got := named(p.boss, hers); len(got) == 0 {
		t.Error("an admin reads a profile and not its name")
	}
	_, err = p.DeleteAccount(ctx, paul, goodPassword, home())
	check(t, err)
	for _, actor := range []kb.Actor{p.editor, p.boss} {
		if got := named(actor, his); got != nil {
			t.Errorf("a profile that was deleted: %q", got)
		}
	}
	if got := named(p.boss, paul.Account); got != nil {
		t.Errorf("an account that was ended: %q", got)
	}
	page, err := p.Audit(ctx, p.boss, kb.AuditRequest{Limit: kb.MaxPage})
	check(t, err)
	for _, e := range page.Entries {
		if strings.Contains(e.Title, "Paul") {
			t.Errorf("%s of %s: %q", e.Event.Type, e.Kind, e.Title)
		}
	}
}

func TestCompare(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.storied()
	org := w.done(w.Create(ctx, w.expert, kb.KindOrganisation, kb.Fields{"name": "Bouwlab"}, ""))
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{
		"organisations": []kb.ID{org.ID}, "themes": []any{"wonen", "economie"}, "regions": []any{"GM0363"}, "outcome": "WORKED",
	}, false))
	theme := func(slug string) string {
		e, err := kb.NewLibrary(w.store, w.index, nil).BySlug(ctx, w.editor, kb.KindTheme, slug)
		check(t, err)
		return e.Label()
	}
	want := []kb.FieldChange{
		{Field: "themes", Before: theme("wonen"), After: theme("wonen") + "\n" + theme("economie")},
		{Field: "regions", After: "Amsterdam"},
		{Field: "organisations", After: "Bouwlab"},
		{Field: "outcome", After: "WORKED"},
	}
	got, err := w.Compare(ctx, w.expert, at.ID, 0, 0)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("copy against live: %v (-want +got):\n%s", err, diff)
	}
	got, err = w.Compare(ctx, w.other, at.ID, 4, 6)
	want = []kb.FieldChange{{Field: "title", Before: "Eerste titel", After: "Tweede titel"}, {Field: "keywords", Before: "een\ntwee", After: "een\ndrie"}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("what readers saw: %v (-want +got):\n%s", err, diff)
	}
	for name, c := range map[string]struct {
		actor    kb.Actor
		from, to int
		want     kb.Code
	}{
		"the copy, by another":        {w.other, 0, 0, kb.NotFound},
		"a draft, by another":         {w.other, 1, 4, kb.NotFound},
		"a copy as it was":            {w.other, 4, 5, kb.NotFound},
		"a version that is not there": {w.editor, 1, 99, kb.NotFound},
		"less than none":              {w.editor, -1, 1, kb.NotFound},
		"a visitor":                   {kb.Visitor(), 4, 6, kb.Unauthenticated},
	} {
		if _, err := w.Compare(ctx, c.actor, at.ID, c.from, c.to); kb.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestAnEarlierVersionIsTakenBack(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.storied()
	_, err := w.RestoreRevision(ctx, w.expert, at, 99)
	w.refused(kb.NotFound, err)
	at = w.done(w.RestoreRevision(ctx, w.expert, at, 2))
	d := w.open(w.expert, at.ID)
	if d.Live.Label() != "Tweede titel" || d.Copy.Label() != "Eerste titel" || d.Copy.Base().Status != kb.StatusDraft || d.Copy.Base().PublishedAt == nil {
		t.Errorf("%+v", d)
	}
	if ev := stored(t, w.store, at.ID).Event; ev.Type != kb.EventRevisionRestored || !slices.Equal(ev.Fields, []string{"keywords", "title"}) {
		t.Errorf("%+v", ev)
	}
	org := w.done(w.Create(ctx, w.expert, kb.KindOrganisation, kb.Fields{"name": "Bouwlab"}, ""))
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"organisations": []kb.ID{org.ID}}, false))
	naming := at.Version
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"organisations": nil}, false))
	w.done(w.Delete(ctx, w.expert, org))
	at = w.done(w.RestoreRevision(ctx, w.expert, at, naming)) // what it names is gone since
	if got := w.open(w.expert, at.ID).Copy.(*kb.Lesson).Organisations; !slices.Equal(got, []kb.ID{org.ID}) {
		t.Errorf("taken back with %v", got)
	}
	p := &kb.Person{Head: head("mo"), Name: "Mo", Account: w.member.Account, Consent: true, Phone: &kb.Contact{Value: "030", Visibility: kb.VisibilityPublic}}
	w.put(p)
	to := w.done(w.Update(ctx, w.member, kb.Target{ID: p.ID, Version: 1}, kb.Fields{"phone": nil, "name": "Mo B."}, false))
	w.done(w.RestoreRevision(ctx, w.editor, to, 1))
	if back := w.open(w.editor, p.ID).Copy.(*kb.Person); back.Phone != nil || back.Name != "Mo" || !back.Consent {
		t.Errorf("what only Mo decides came back: %+v", back)
	}
}

func TestAudit(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	at := w.storied()
	other := w.draft("Een ander")
	at = w.done(w.Update(ctx, w.expert, at, kb.Fields{"title": "Derde titel"}, false))
	comment, _, err := w.AddComment(ctx, w.editor, at.ID, "title", "Korter?")
	check(t, err)
	w.done(w.Submit(ctx, w.expert, at, ""))
	told := func(actor kb.Actor, req kb.AuditRequest) (out []string) {
		for {
			page, err := w.Audit(ctx, actor, req)
			check(t, err)
			for _, e := range page.Entries {
				out = append(out, fmt.Sprintf("%s %s %s", e.Event.Type, e.Title, e.By[:4]))
			}
			if page.Next == 0 {
				return out
			}
			req.Before = page.Next
		}
	}
	eva, rian := " "+string(w.expert.Account[:4]), " "+string(w.editor.Account[:4])
	all := []string{
		"SUBMITTED Derde titel" + eva, "COMMENTED " + rian, "SAVED Derde titel" + eva,
		"RESTORED Tweede titel" + rian, "WITHDRAWN Tweede titel" + rian, "PUBLISHED Tweede titel" + rian, "SAVED Tweede titel" + eva,
		"PUBLISHED Eerste titel" + rian, "SUBMITTED Eerste titel" + eva, "CREATED Eerste titel" + eva,
	}
	for _, limit := range []int{1, 3, 100} {
		if diff := cmp.Diff(all, told(w.editor, kb.AuditRequest{Record: at.ID, Limit: limit})); diff != "" {
			t.Errorf("of the record, %d a page (-want +got):\n%s", limit, diff)
		}
		got := told(w.editor, kb.AuditRequest{Limit: limit, Account: w.expert.Account, Types: []kb.EventType{kb.EventCreated, kb.EventAutosaved}})
		want := []string{"CREATED Een ander" + eva, "AUTOSAVED Eerste titel" + eva, "CREATED Eerste titel" + eva}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("of one account, %d a page (-want +got):\n%s", limit, diff)
		}
	}
	if got := told(w.admin, kb.AuditRequest{Record: other.ID, Limit: 10}); len(got) != 1 {
		t.Errorf("another record: %q", got)
	}
	if comment.Field != "title" {
		t.Errorf("%+v", comment)
	}
	for name, c := range map[string]struct {
		actor kb.Actor
		limit int
		want  kb.Code
	}{"an expert": {w.expert, 1, kb.Forbidden}, "a visitor": {kb.Visitor(), 1, kb.Unauthenticated}, "no entries": {w.editor, 0, kb.Invalid}} {
		if _, err := w.Audit(ctx, c.actor, kb.AuditRequest{Limit: c.limit}); kb.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What was done to accounts is for admins, and bookkeeping for nobody.
func TestWhatTheAuditTrailHides(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	for i, ev := range []kb.EventType{kb.EventInvited, kb.EventInternal} {
		a := &kb.Account{Head: head(fmt.Sprint("a", i)), Name: "A", Email: fmt.Sprint(i, "@x.nl"), Role: kb.RoleMember, Language: "nl", Mails: kb.MailNone}
		write(t, w.store, a, nil, func(r *kb.Record) { r.Event.Type = ev })
	}
	for who, c := range map[string]struct {
		actor kb.Actor
		want  int
	}{
		"editor": {w.editor, 0}, "admin": {w.admin, 1}, "system": {kb.System(), 1},
		"admin without the scope": {kb.Actor{Account: w.admin.Account, Role: kb.RoleAdmin, Token: "t", Scopes: []kb.Scope{kb.ScopeReview}}, 0},
	} {
		page, err := w.Audit(ctx, c.actor, kb.AuditRequest{Limit: 100})
		if err != nil || len(page.Entries) != c.want {
			t.Errorf("%s: %+v, %v", who, page, err)
		}
	}
}

// A trail longer than one page reads goes on where the page ended.
func TestALongAuditTrail(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	w.draft("Lang geleden")
	batch := make([]kb.Record, 11_000)
	for i := range batch {
		batch[i] = kb.Record{ID: kb.DeriveID("long", fmt.Sprint(i)), Kind: kb.KindStatistics, Version: 1, Live: []byte("{}"), Event: kb.Event{Type: kb.EventInternal}}
	}
	_, err := w.store.Put(ctx, batch)
	check(t, err)
	first, err := w.Audit(ctx, w.editor, kb.AuditRequest{Limit: 10})
	if err != nil || len(first.Entries) != 0 || first.Next == 0 {
		t.Fatalf("%+v, %v", first, err)
	}
	next, err := w.Audit(ctx, w.editor, kb.AuditRequest{Limit: 10, Before: first.Next})
	if err != nil || len(next.Entries) != 1 || next.Entries[0].Title != "Lang geleden" || next.Next != 0 {
		t.Errorf("%+v, %v", next, err)
	}
}
