package kb_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// answers is a Searcher that gives one answer to every search and keeps the request.
type answers struct {
	kb.Searcher
	result *kb.SearchResult
	err    error
	asked  []kb.SearchRequest
}

func (a *answers) Search(_ context.Context, _ kb.Actor, req kb.SearchRequest) (*kb.SearchResult, error) {
	a.asked = append(a.asked, req)
	return a.result, a.err
}

func (a *answers) Position() kb.Seq { return 42 }

// deaf is a store that cannot be reached, or that holds what cannot be read.
type deaf struct {
	kb.Store
	err   error
	found map[kb.ID]kb.Record
}

func (d deaf) Get(context.Context, []kb.ID) (map[kb.ID]kb.Record, error) { return d.found, d.err }

func (d deaf) Find(context.Context, []string) (map[string]kb.ID, error) { return nil, d.err }

func (d deaf) Last(context.Context) (kb.Seq, error) { return 0, d.err }

func readers() map[string]kb.Actor {
	return map[string]kb.Actor{"visitor": kb.Visitor(), "someone": {Role: kb.RoleVisitor, Account: kb.DeriveID("library", "someone")}, "system": kb.System()}
}

// Every way to read gives the same answer about who may read what.
func TestEveryWayToReadKnowsWhoMayRead(t *testing.T) {
	store := openStore(t)
	library := kb.NewLibrary(store, &answers{}, nil)
	n := 0
	for _, kind := range []kb.Kind{kb.KindCase, kb.KindPublication, kb.KindTheme, kb.KindOrganisation, kb.KindPerson, kb.KindMeeting} {
		for _, status := range []kb.Status{kb.StatusDraft, kb.StatusInReview, kb.StatusPublished, kb.StatusWithdrawn} {
			for _, visibility := range []kb.Visibility{kb.VisibilityPublic, kb.VisibilityMembers, kb.VisibilityTeam} {
				for _, consent := range []bool{false, true} {
					e, _ := kb.New(kind)
					person, isPerson := e.(*kb.Person)
					if isPerson {
						person.Consent = consent
					} else if !consent {
						continue
					}
					n++
					*e.Base() = head(fmt.Sprintf("record-%d", n))
					e.Base().Status, e.Base().Visibility = status, visibility
					write(t, store, e, nil, nil)
					what := fmt.Sprintf("%s %s %s, consent %v", status, visibility, kind, consent)
					for who, actor := range readers() {
						public := status == kb.StatusPublished && visibility == kb.VisibilityPublic && (!isPerson || consent)
						checkReading(t, library, actor, e, public || who == "system", who+": "+what)
					}
				}
			}
		}
	}
}

func checkReading(t *testing.T, library *kb.Library, actor kb.Actor, e kb.Entity, may bool, what string) {
	t.Helper()
	ctx, id, slug := t.Context(), e.Base().ID, e.Base().Slug
	many, err := library.Get(ctx, actor, []kb.ID{id})
	if err != nil || (many[id] != nil) != may || len(many) > 1 {
		t.Errorf("%s: Get %v %v", what, many, err)
	}
	wanted := kb.Code("")
	if !may {
		wanted = kb.NotFound
	}
	if one, err := library.One(ctx, actor, id); kb.CodeOf(err) != wanted || (one != nil) != may {
		t.Errorf("%s: One %v %v", what, one, err)
	}
	if one, err := library.BySlug(ctx, actor, e.Kind(), slug); kb.CodeOf(err) != wanted || (one != nil) != may {
		t.Errorf("%s: BySlug %v %v", what, one, err)
	}
	key := kb.SlugKey(e.Kind(), slug)
	if held, err := library.ByKeys(ctx, actor, []string{key, "slug:theme/bestaat-niet"}); err != nil || (held[key] != nil) != may || len(held) > 1 {
		t.Errorf("%s: ByKeys %v %v", what, held, err)
	}
}

// What one may not see and what does not exist get the same answer, word for
// word: otherwise the answer tells that there is something.
func TestNotFoundTellsNothing(t *testing.T) {
	store := openStore(t)
	secret := lesson("secret", "Geheim")
	secret.Slug, secret.Status = "geheim", kb.StatusDraft
	write(t, store, secret, nil, nil)
	gone := lesson("gone", "Weg")
	gone.Slug = "weg"
	write(t, store, gone, nil, nil)
	write(t, store, gone, nil, func(r *kb.Record) { *r = kb.Record{ID: gone.ID, Kind: kb.KindLesson, Version: 2, Deleted: true} })
	library := kb.NewLibrary(store, &answers{}, nil)
	want := kb.Errorf(kb.NotFound, kb.Text{NL: "Dit record bestaat niet, of u mag het niet zien.", EN: "This record does not exist, or you may not see it."})
	for name, read := range map[string]func() (kb.Entity, error){
		"a draft":             func() (kb.Entity, error) { return library.One(t.Context(), kb.Visitor(), secret.ID) },
		"a draft by slug":     func() (kb.Entity, error) { return library.BySlug(t.Context(), kb.Visitor(), kb.KindLesson, "geheim") },
		"deleted":             func() (kb.Entity, error) { return library.One(t.Context(), kb.System(), gone.ID) },
		"deleted, by slug":    func() (kb.Entity, error) { return library.BySlug(t.Context(), kb.System(), kb.KindLesson, "weg") },
		"unknown":             func() (kb.Entity, error) { return library.One(t.Context(), kb.System(), kb.DeriveID("library", "x")) },
		"an unknown slug":     func() (kb.Entity, error) { return library.BySlug(t.Context(), kb.System(), kb.KindCase, "x") },
		"a slug of no kind":   func() (kb.Entity, error) { return library.BySlug(t.Context(), kb.System(), "spaceship", "geheim") },
		"no id":               func() (kb.Entity, error) { return library.One(t.Context(), kb.System(), "") },
		"an id of other form": func() (kb.Entity, error) { return library.One(t.Context(), kb.System(), "../../etc/passwd") },
		"an id in capitals": func() (kb.Entity, error) {
			return library.One(t.Context(), kb.System(), kb.ID(strings.ToUpper(string(secret.ID))))
		},
	} {
		e, err := read()
		var got *kb.Error
		if e != nil || !errors.As(err, &got) {
			t.Errorf("%s: %v %v", name, e, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// One address finds all four kinds of material; other kinds have their own.
func TestSlugsOfMaterialAreOneSpace(t *testing.T) {
	store := openStore(t)
	l := lesson("l", "Samen")
	l.Slug = "samen"
	theme := &kb.Theme{Head: head("samen"), PrefLabel: kb.Label{NL: "Samen"}}
	write(t, store, l, nil, nil)
	write(t, store, theme, nil, nil)
	library := kb.NewLibrary(store, &answers{}, nil)
	for kind, want := range map[kb.Kind]kb.ID{
		kb.KindCase: l.ID, kb.KindPublication: l.ID, kb.KindPresentation: l.ID, kb.KindLesson: l.ID, kb.KindTheme: theme.ID,
	} {
		if e, err := library.BySlug(t.Context(), kb.Visitor(), kind, "samen"); err != nil || e.Base().ID != want {
			t.Errorf("%s: %v %v", kind, e, err)
		}
	}
}

func TestGetTakesWhatIsThere(t *testing.T) {
	store := openStore(t)
	var ids []kb.ID
	for _, name := range []string{"a", "b"} {
		l := lesson(name, name)
		l.Slug = name
		write(t, store, l, nil, nil)
		ids = append(ids, l.ID)
	}
	library := kb.NewLibrary(store, &answers{}, nil)
	got, err := library.Get(t.Context(), kb.Visitor(), []kb.ID{ids[0], "", "onzin", ids[1], ids[0], kb.DeriveID("library", "x")})
	if err != nil || len(got) != 2 || got[ids[0]].Label() != "a" || got[ids[1]].Base().Version != 1 {
		t.Errorf("%v %v", got, err)
	}
	unreachable := kb.NewLibrary(deaf{err: kb.Errorf(kb.Unavailable, kb.Text{})}, &answers{}, nil)
	if got, err := unreachable.Get(t.Context(), kb.Visitor(), []kb.ID{"onzin"}); err != nil || got == nil || len(got) != 0 {
		t.Errorf("the store was asked for what is no id: %v %v", got, err)
	}
}

func TestReadingTellsWhenItCannot(t *testing.T) {
	id := kb.DeriveID("library", "x")
	for name, c := range map[string]struct {
		store deaf
		want  kb.Code
	}{
		"unreachable": {deaf{err: kb.Errorf(kb.Unavailable, kb.Text{})}, kb.Unavailable},
		"damaged":     {deaf{found: map[kb.ID]kb.Record{id: {ID: id, Kind: kb.KindCase, Live: []byte("{")}}}, kb.Damaged},
	} {
		library := kb.NewLibrary(c.store, &answers{}, nil)
		if _, err := library.One(t.Context(), kb.System(), id); kb.CodeOf(err) != c.want {
			t.Errorf("%s: One %v", name, err)
		}
		if c.want != kb.Unavailable {
			continue
		}
		if _, err := library.BySlug(t.Context(), kb.System(), kb.KindCase, "x"); kb.CodeOf(err) != c.want {
			t.Errorf("%s: BySlug %v", name, err)
		}
		if _, err := library.ByKeys(t.Context(), kb.System(), []string{"x"}); kb.CodeOf(err) != c.want {
			t.Errorf("%s: ByKeys %v", name, err)
		}
	}
}

// Each way to reach a person has its own visibility, whatever the record's, on
// every way out of the library; what is stored keeps all of it.
func TestContactsAreForWhomTheyAreMeant(t *testing.T) {
	for _, c := range []struct {
		visibility kb.Visibility
		public     bool
	}{{kb.VisibilityPublic, true}, {kb.VisibilityMembers, false}, {kb.VisibilityTeam, false}, {"", false}} {
		store := openStore(t)
		p := &kb.Person{
			Head: head("ans"), Name: "Ans", Consent: true,
			Email: &kb.Contact{Value: "ans@voorbeeld.nl", Visibility: c.visibility}, Phone: &kb.Contact{Value: "030", Visibility: c.visibility},
		}
		write(t, store, p, nil, nil)
		for who, actor := range readers() {
			for way, got := range everyWayOut(t, store, actor, p) {
				if shown := c.public || who == "system"; (got.Email != nil) != shown || (got.Phone != nil) != shown {
					t.Errorf("%s, %s, %q: e-mail %v, phone %v", who, way, c.visibility, got.Email, got.Phone)
				}
				if got.Name != "Ans" || got.ID != p.ID {
					t.Errorf("%s, %s: %+v", who, way, got)
				}
			}
		}
		if p.Email == nil || p.Phone == nil {
			t.Error("showing a person changed what is stored")
		}
	}
}

func everyWayOut(t *testing.T, store kb.Store, actor kb.Actor, p *kb.Person) map[string]*kb.Person {
	t.Helper()
	library := kb.NewLibrary(store, &answers{result: &kb.SearchResult{Hits: []kb.Hit{{Entity: p}}}}, nil)
	one, err := library.One(t.Context(), actor, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	slug, err := library.BySlug(t.Context(), actor, kb.KindPerson, p.Slug)
	if err != nil {
		t.Fatal(err)
	}
	key := kb.SlugKey(kb.KindPerson, p.Slug)
	keys, err := library.ByKeys(t.Context(), actor, []string{key})
	if err != nil {
		t.Fatal(err)
	}
	hits, err := library.Search(t.Context(), actor, kb.SearchRequest{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*kb.Person{}
	for way, e := range map[string]kb.Entity{"by id": one, "by slug": slug, "by key": keys[key], "by search": hits.Hits[0].Entity} {
		out[way] = e.(*kb.Person)
	}
	return out
}

func TestSearchIsBounded(t *testing.T) {
	for first, want := range map[int]kb.Code{-1: kb.Invalid, 0: "", 1: "", kb.MaxPage: "", kb.MaxPage + 1: kb.Invalid} {
		index := &answers{result: &kb.SearchResult{}}
		_, err := kb.NewLibrary(openStore(t), index, nil).Search(t.Context(), kb.Visitor(), kb.SearchRequest{First: first})
		if kb.CodeOf(err) != want || (len(index.asked) == 0) != (want != "") {
			t.Errorf("first %d: %v, asked %v", first, err, index.asked)
		}
	}
}

func TestSearchPassesOnWhatTheIndexSays(t *testing.T) {
	index := &answers{err: kb.Errorf(kb.CursorExpired, kb.Text{})}
	library := kb.NewLibrary(openStore(t), index, nil)
	req := kb.SearchRequest{Text: "wonen", First: 10, After: "c"}
	if res, err := library.Search(t.Context(), kb.Visitor(), req); kb.CodeOf(err) != kb.CursorExpired || res != nil {
		t.Errorf("%v %v", res, err)
	}
	if diff := cmp.Diff([]kb.SearchRequest{req}, index.asked); diff != "" {
		t.Error(diff)
	}
}

func TestPaths(t *testing.T) {
	segments := map[string]kb.Kind{}
	for _, e := range samples() {
		path := kb.Path(e)
		if kb.HasPage(e.Kind()) != (path != "") {
			t.Errorf("%s: HasPage %v, path %q", e.Kind(), kb.HasPage(e.Kind()), path)
		}
		if slices.Contains([]kb.Kind{kb.KindFile, kb.KindSynonyms, kb.KindJudgements}, e.Kind()) {
			if path != "" {
				t.Errorf("%s has no page, but the path %q", e.Kind(), path)
			}
			continue
		}
		segment, ok := strings.CutSuffix(path, "/"+e.Base().Slug)
		segment = strings.TrimPrefix(segment, "/")
		if !ok || segment == "" || strings.Contains(segment, "/") {
			t.Errorf("%s: %q", e.Kind(), path)
		}
		if other, taken := segments[segment]; taken {
			t.Errorf("%s and %s are both under %q", other, e.Kind(), segment)
		}
		segments[segment] = e.Kind()
	}
}

// A query of any length is searched for, as far as it is read.
func TestLongQueriesAreCut(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0},
		{strings.Repeat("a", kb.MaxQuery), kb.MaxQuery},
		{strings.Repeat("a", kb.MaxQuery+1), kb.MaxQuery},
		{strings.Repeat("é", kb.MaxQuery), kb.MaxQuery},
		{"a" + strings.Repeat("é", kb.MaxQuery), kb.MaxQuery - 1},
		{strings.Repeat("\x80", kb.MaxQuery*2), kb.MaxQuery - 4}, // no text at all
	} {
		searcher := &answers{result: &kb.SearchResult{}}
		_, err := kb.NewLibrary(openStore(t), searcher, nil).Search(t.Context(), kb.Visitor(), kb.SearchRequest{Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		if got := searcher.asked[0].Text; len(got) != c.want || !strings.HasPrefix(c.text, got) {
			t.Errorf("%.10q… of %d bytes: %d were searched for, want %d", c.text, len(c.text), len(got), c.want)
		}
	}
}

// suggesting is an index that suggests a person and finds a material alike.
type suggesting struct {
	kb.Searcher
	person *kb.Person
}

func (s suggesting) Suggest(context.Context, kb.Actor, string, int) ([]kb.Suggestion, error) {
	return []kb.Suggestion{{Kind: kb.SuggestQuery, Text: "noor"}, {Kind: kb.SuggestPerson, Text: "Noor", Entity: s.person}}, nil
}

func (s suggesting) Related(context.Context, kb.Actor, kb.ID, int) ([]kb.Related, error) {
	return []kb.Related{{}}, nil
}

// A suggested person shows no more than a person does, and lists are bounded.
func TestSuggestionsAreWhatMayBeRead(t *testing.T) {
	person := &kb.Person{Name: "Noor", Phone: &kb.Contact{Value: "1", Visibility: kb.VisibilityMembers}, Email: &kb.Contact{Value: "a@b.nl", Visibility: kb.VisibilityPublic}}
	library := kb.NewLibrary(openStore(t), suggesting{person: person}, nil)
	found, err := library.Suggest(t.Context(), kb.Visitor(), "no", kb.MaxSuggestions)
	if err != nil || len(found) != 2 {
		t.Fatal(found, err)
	}
	shown := found[1].Entity.(*kb.Person)
	if shown.Phone != nil || shown.Email == nil || person.Phone == nil {
		t.Errorf("shown %+v of %+v", shown, person)
	}
	for _, first := range []int{-1, kb.MaxSuggestions + 1} {
		_, err := library.Suggest(t.Context(), kb.Visitor(), "no", first)
		_, other := library.Related(t.Context(), kb.Visitor(), "x", first)
		if kb.CodeOf(err) != kb.Invalid || kb.CodeOf(other) != kb.Invalid {
			t.Errorf("%d suggestions: %v, %v", first, err, other)
		}
	}
}
