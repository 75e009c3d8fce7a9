package kb_test

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func text(s string) *string { return &s }

func yes(b bool) *bool { return &b }

func TestProfile(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	_, _, err := p.GiveConsent(t.Context(), mo)
	wantCode(t, "consent without a profile", kb.NotFound, err)
	person, _, err := p.SaveProfile(t.Context(), mo, 0, kb.Profile{
		Function: text(" adviseur wonen "), Expertise: &[]string{"woningbouw"},
		Email: &kb.Contact{Value: "mo@werk.example", Visibility: kb.VisibilityMembers}, Phone: &kb.Contact{Value: "06", Visibility: kb.VisibilityPublic},
	})
	check(t, err)
	if person.Name != "Mo2" || person.Function != "adviseur wonen" || person.Consent || person.Account != mo.Account || person.Version != 1 {
		t.Errorf("%+v", person)
	}
	lib := kb.NewLibrary(p.store, p.index, p.own)
	for name, actor := range map[string]kb.Actor{"a visitor": kb.Visitor(), "an editor": p.editor} {
		_, err := lib.One(t.Context(), actor, person.ID)
		wantCode(t, "a person without consent, for "+name, kb.NotFound, err)
	}
	_, err = lib.One(t.Context(), mo, person.ID)
	check(t, err)

	listed, _, err := p.GiveConsent(t.Context(), mo)
	check(t, err)
	seen, err := lib.One(t.Context(), kb.Visitor(), person.ID)
	check(t, err)
	if x := seen.(*kb.Person); x.Email != nil || x.Phone == nil || x.Function != "adviseur wonen" {
		t.Errorf("a visitor sees %+v", x)
	}
	_, _, err = p.SaveProfile(t.Context(), mo, person.Version, kb.Profile{Bio: text("x")})
	wantCode(t, "an old version", kb.Conflict, err)
	next, _, err := p.SaveProfile(t.Context(), mo, listed.Version, kb.Profile{Bio: text("x"), Phone: &kb.Contact{}})
	if err != nil || next.Phone != nil || next.Email == nil || !next.Consent || next.Bio != "x" {
		t.Errorf("%+v %v", next, err)
	}
	_, _, err = p.SaveProfile(t.Context(), mo, 0, kb.Profile{Name: text("")})
	wantCode(t, "no name", kb.Invalid, err)
	_, _, err = p.SaveProfile(t.Context(), kb.Visitor(), 0, kb.Profile{})
	wantCode(t, "a visitor", kb.Unauthenticated, err)

	// Who withdraws is gone at once, from searches once the index has followed.
	find := func() int {
		p.follow()
		res, err := lib.Search(t.Context(), p.editor, kb.SearchRequest{Kinds: []kb.Kind{kb.KindPerson}, First: 10})
		check(t, err)
		return res.Total
	}
	before := find()
	_, _, err = p.WithdrawConsent(t.Context(), mo)
	check(t, err)
	_, err = lib.One(t.Context(), kb.Visitor(), person.ID)
	wantCode(t, "a person who withdrew", kb.NotFound, err)
	if after := find(); after != before-1 {
		t.Errorf("%d people are found, before %d", after, before)
	}
}

// Two first savings at the same time make one profile.
func TestOneProfile(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	var wg sync.WaitGroup
	ids := make([]kb.ID, 6)
	for i := range ids {
		wg.Go(func() {
			person, _, err := p.SaveProfile(t.Context(), mo, 0, kb.Profile{Function: text("adviseur")})
			if err != nil {
				t.Errorf("%v", err)
				return
			}
			ids[i] = person.ID
		})
	}
	wg.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("%v", ids)
		}
	}
}

// Who deleted their profile can make another one, as often as it takes; what an
// admin deleted stays away.
func TestAProfileIsMadeAgain(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	seen := map[kb.ID]bool{}
	for range 3 {
		person, _, err := p.SaveProfile(t.Context(), mo, 0, kb.Profile{Function: text("adviseur")})
		check(t, err)
		if seen[person.ID] || person.Version != 1 {
			t.Fatalf("%s again, as version %d", person.ID, person.Version)
		}
		seen[person.ID] = true
		results, err := p.store.Put(t.Context(), []kb.Record{{ID: person.ID, Kind: kb.KindPerson, Version: 2, At: p.now, By: mo.Account, Deleted: true}})
		check(t, err)
		check(t, results[0].Err)
		if d, err := p.PersonalData(t.Context(), mo); err != nil || d.Person != nil {
			t.Errorf("%+v %v", d, err)
		}
	}
}

// A guest who opened an account by themselves published a page about "Minister X"
// that every visitor found, and made it again when an admin had deleted it.
func TestAGuestPublishesNoProfile(t *testing.T) {
	p := newPeople(t)
	guest, _ := p.person("Gast", kb.RoleVisitor)
	x, _, err := p.SaveProfile(t.Context(), guest, 0, kb.Profile{Name: text("Minister X"), Consent: yes(true)})
	check(t, err)
	if x.Status != kb.StatusDraft || kb.Visitor().CanRead(x) || !guest.CanRead(x) {
		t.Errorf("%s, for visitors %v, for the guest %v", x.Status, kb.Visitor().CanRead(x), guest.CanRead(x))
	}
	gone := kb.DeriveID("test", "gone")
	_, _, err = p.SaveProfile(t.Context(), guest, 0, kb.Profile{Organisation: &gone, Regions: &[]string{"GM9999"}})
	if e, ok := errors.AsType[*kb.Error](err); !ok || e.Code != kb.Invalid || len(e.Problems) != 2 {
		t.Errorf("what does not exist: %v", err)
	}
	member := guest
	member.Role = kb.RoleMember
	x, _, err = p.SaveProfile(t.Context(), member, 0, kb.Profile{Bio: text("Nu lid")})
	check(t, err)
	if x.Status != kb.StatusPublished || !kb.Visitor().CanRead(x) {
		t.Errorf("of a member: %s", x.Status)
	}
	results, err := p.store.Put(t.Context(), []kb.Record{{ID: x.ID, Kind: kb.KindPerson, Version: x.Version + 1, At: p.now, By: kb.DeriveID("test", "admin"), Deleted: true}})
	check(t, err)
	check(t, results[0].Err)
	if _, _, err := p.SaveProfile(t.Context(), guest, 0, kb.Profile{Name: text("Minister X")}); kb.CodeOf(err) != kb.Forbidden {
		t.Errorf("made again: %v", err)
	}
}

// A profile that an editor gave to someone else is not one's own any more.
func TestAProfileOfSomeoneElse(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	person, _, err := p.SaveProfile(t.Context(), mo, 0, kb.Profile{Consent: yes(true)})
	check(t, err)
	given := *person
	given.Account = p.boss.Account
	p.put(&given)
	own, _, err := p.SaveProfile(t.Context(), mo, 0, kb.Profile{Bio: text("van mij")})
	check(t, err)
	if own.ID == person.ID || own.Consent {
		t.Errorf("%+v", own)
	}
	live, _, err := kb.DecodeRecord(stored(t, p.store, person.ID))
	check(t, err)
	if live.(*kb.Person).Bio != "" {
		t.Error("the profile of someone else was changed")
	}
	_, err = p.DeleteAccount(t.Context(), mo, goodPassword, home())
	check(t, err)
	if stored(t, p.store, person.ID).Deleted || !stored(t, p.store, own.ID).Deleted {
		t.Error("the profile of someone else was deleted, or one's own was not")
	}
}

// An editor who is changing a person cannot bring back what the person took away.
func TestConsentIsWithdrawnFromTheCopyToo(t *testing.T) {
	p := newPeople(t)
	mo, _ := p.person("Mo2", kb.RoleMember)
	person, _, err := p.SaveProfile(t.Context(), mo, 0, kb.Profile{Consent: yes(true)})
	check(t, err)
	copied := *person
	copied.Function = "van een redacteur"
	r, err := kb.NewRecord(person, &copied)
	check(t, err)
	results, err := p.store.Put(t.Context(), []kb.Record{r})
	check(t, err)
	check(t, results[0].Err)
	_, _, err = p.WithdrawConsent(t.Context(), mo)
	check(t, err)
	live, draft, err := kb.DecodeRecord(stored(t, p.store, person.ID))
	check(t, err)
	if live.(*kb.Person).Consent || draft.(*kb.Person).Consent || draft.(*kb.Person).Function != "van een redacteur" {
		t.Errorf("%+v\n%+v", live, draft)
	}
}

func TestPersonalData(t *testing.T) {
	p := newPeople(t)
	mo, in := p.person("Mo2", kb.RoleExpert)
	token, _, _, err := p.CreateToken(t.Context(), mo, kb.TokenRequest{Name: "script", Scopes: []kb.Scope{kb.ScopeRead}})
	check(t, err)
	person, _, err := p.SaveProfile(t.Context(), mo, 0, kb.Profile{Function: text("adviseur")})
	check(t, err)
	p.put(&kb.Case{Common: kb.Common{
		Head:  kb.Head{ID: kb.DeriveID("case", "mo"), Slug: "van-mo", Status: kb.StatusDraft, Visibility: kb.VisibilityPublic, CreatedBy: mo.Account, UpdatedBy: mo.Account, CreatedAt: p.now, UpdatedAt: p.now},
		Title: "Van Mo", Language: "nl",
	}})
	p.put(&kb.Comment{Head: kb.Head{ID: kb.DeriveID("comment", "mo"), Slug: "c", Status: kb.StatusPublished, Visibility: kb.VisibilityMembers, CreatedBy: mo.Account, CreatedAt: p.now, UpdatedAt: p.now}, Record: kb.DeriveID("case", "mo"), Text: "zo?"})
	p.put(&kb.Comment{Head: kb.Head{ID: kb.DeriveID("comment", "bea"), Slug: "d", Status: kb.StatusPublished, Visibility: kb.VisibilityMembers, CreatedBy: p.boss.Account, CreatedAt: p.now, UpdatedAt: p.now}, Record: kb.DeriveID("case", "mo"), Owner: mo.Account, Text: "nee"})
	p.follow()

	d, err := p.PersonalData(t.Context(), mo)
	check(t, err)
	got := map[string]int{"sessions": len(d.Sessions), "tokens": len(d.Tokens), "comments": len(d.Comments), "records": len(d.Records)}
	if diff := cmp.Diff(map[string]int{"sessions": 1, "tokens": 1, "comments": 1, "records": 1}, got); diff != "" || d.Person == nil || d.Person.ID != person.ID {
		t.Errorf("%+v %s", d.Person, diff)
	}
	var events []kb.EventType
	for _, e := range d.Events {
		events = append(events, e.Event.Type)
	}
	if diff := cmp.Diff([]kb.EventType{"", kb.EventCreated, kb.EventTokenCreated, kb.EventSignedIn, kb.EventPasswordSet}, events); diff != "" {
		t.Error(diff)
	}
	export, err := d.JSON(p.now)
	check(t, err)
	var said map[string]any
	check(t, json.Unmarshal(export, &said))
	for _, secret := range []string{in.Secret, token, "argon2", storedSecret(t, p, mo.Session)} {
		if strings.Contains(string(export), secret) {
			t.Errorf("the export holds %q", secret)
		}
	}
	for _, want := range []string{"mo2@leerkring.example", "adviseur", "Van Mo", "zo?", "TOKEN_CREATED", "Vuurvos"} {
		if !strings.Contains(string(export), want) {
			t.Errorf("the export does not hold %q", want)
		}
	}
	_, err = p.PersonalData(t.Context(), kb.Visitor())
	wantCode(t, "a visitor", kb.Unauthenticated, err)
}

func TestDeleteAccount(t *testing.T) {
	p := newPeople(t)
	mo, in := p.person("Mo2", kb.RoleExpert)
	token, _, _, err := p.CreateToken(t.Context(), mo, kb.TokenRequest{Name: "script", Scopes: []kb.Scope{kb.ScopeRead}})
	check(t, err)
	person, _, err := p.SaveProfile(t.Context(), mo, 0, kb.Profile{Consent: yes(true)})
	check(t, err)
	link, err := p.IssueTicket(t.Context(), mo.Account, kb.TicketReset)
	check(t, err)
	_, err = p.DeleteAccount(t.Context(), mo, "niet het wachtwoord", home())
	wantCode(t, "a wrong password", kb.Invalid, err)
	p.as(in.Secret)
	_, err = p.DeleteAccount(t.Context(), mo, goodPassword, home())
	check(t, err)
	p.dead("the session", in.Secret)
	p.dead("the token", token)
	_, err = p.UseTicket(t.Context(), kb.TicketUse{Secret: last(link), Password: otherPassword})
	wantCode(t, "the link", kb.NotFound, err)
	if !stored(t, p.store, person.ID).Deleted {
		t.Error("the profile is still there")
	}
	x, err := p.Get(t.Context(), p.boss, mo.Account)
	check(t, err)
	if x.Name != "Oud-deelnemer" || x.Email != "" || !x.Disabled || !x.Left || x.Role != kb.RoleVisitor {
		t.Errorf("%+v", x)
	}
	_, _, err = p.Enable(t.Context(), p.boss, mo.Account, 0)
	wantCode(t, "who has left comes back", kb.NotFound, err)
	if _, _, _, err := p.Invite(t.Context(), p.boss, kb.Invitation{Name: "Mo", Email: "mo2@leerkring.example"}); err != nil {
		t.Errorf("the address is still taken: %v", err)
	}
}
