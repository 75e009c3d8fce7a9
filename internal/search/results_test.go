package search

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"leerkring/internal/kb"
)

// A page that was remembered while its view was the newest showed what was
// withdrawn since to whoever asked for the same page again.
func TestRememberedPagesShowNothingThatWasWithdrawn(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	names := []string{"huis a", "huis b", "huis c", "huis d", "huis e", "huis f"}
	var docs []kb.Document
	for _, name := range names {
		docs = append(docs, publicCase(name, nil))
	}
	put(t, x, 1, docs...)
	req := kb.SearchRequest{Text: "huis", Sort: kb.SortTitle, First: 2}
	req.After = ask(t, x, req).Hits[1].Cursor
	if diff := cmp.Diff(names[2:4], titles(ask(t, x, req))); diff != "" {
		t.Fatal(diff)
	}
	put(t, x, 2, publicCase("huis c", func(d *kb.Document) { d.Access = nil }))
	if diff := cmp.Diff([]string{"huis d"}, titles(ask(t, x, req))); diff != "" {
		t.Errorf("after it was withdrawn (-want +got):\n%s", diff)
	}
}

// A remembered answer is of the same position, actor and request: asked twice, and
// of an index that remembers nothing, it is the same.
func TestRememberedAnswers(t *testing.T) {
	x, plain := openIndex(t, t.TempDir(), Options{}), openIndex(t, t.TempDir(), Options{NoCache: true})
	both := func(position kb.Seq, docs ...kb.Document) {
		put(t, x, position, docs...)
		put(t, plain, position, docs...)
	}
	editors := func(d *kb.Document) { d.Access = []string{kb.AccessEditors} }
	both(1, publicCase("huis", nil), publicCase("huis en boom", nil), publicCase("woning", nil), publicCase("huis van de redactie", editors))
	stored := kb.Synonyms{Terms: []string{"huis", "woning"}}
	requests := []kb.SearchRequest{
		{Text: "huis", First: 1},
		{Text: "huis", First: 10},
		{Text: "huis", First: 10, Sort: kb.SortTitle},
		{Text: "huis", First: 10, Highlights: true},
		{Text: "huis", First: 10, Explain: true},
		{Text: "huis", First: 10, Facets: []kb.FacetField{kb.FacetType}},
		{Text: "huis", First: 10, Synonyms: []kb.Synonyms{stored}},
		{Text: "woning", First: 10, Synonyms: []kb.Synonyms{stored}},
		{Text: "woning", First: 10, Synonyms: []kb.Synonyms{{Terms: stored.Terms, OneWay: true}}},
		{Text: "huiss", First: 10},
		{Text: "huiss", First: 10, AsTyped: true},
	}
	check := func(when string) {
		for round := range 2 {
			for i, req := range requests {
				for _, actor := range []kb.Actor{kb.Visitor(), editor(), kb.System()} {
					got, want := answer(t, x, actor, req), answer(t, plain, actor, req)
					if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(kb.Hit{}, "Cursor")); diff != "" {
						t.Errorf("%s, request %d, round %d, %q (-want +got):\n%s", when, i, round, actor.Role, diff)
					}
				}
			}
		}
	}
	check("first")
	both(2, publicCase("huis aan de gracht", nil))
	check("after a commit")
}

func answer(tb testing.TB, x *Index, actor kb.Actor, req kb.SearchRequest) *kb.SearchResult {
	tb.Helper()
	res, err := x.Search(context.Background(), actor, req)
	if err != nil {
		tb.Fatal(err)
	}
	return res
}

// Whoever changes the hits of an answer changes his own.
func TestAnswersAreOnesOwn(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("huis", nil), publicCase("huis en boom", nil))
	req := kb.SearchRequest{Text: "huis", First: 10}
	for range 3 {
		res := ask(t, x, req)
		if res.Hits[0].Entity == nil {
			t.Fatal("somebody else emptied this answer")
		}
		res.Hits[0].Entity, res.Total = nil, 0
	}
}

// However many different things are asked, a bounded number is remembered.
func TestRememberedAnswersAreBounded(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("huis", nil))
	v := x.views.acquire()
	defer x.views.release(v)
	long := func(n int) *kb.SearchResult {
		return &kb.SearchResult{Hits: []kb.Hit{{Entity: &kb.Case{Common: kb.Common{Body: strings.Repeat("x", n)}}}}}
	}
	for i := range 100 {
		v.results.put(fmt.Sprint(i), long(maxResults/20))
		if n := len(v.results.known); n == 0 || n > 20 {
			t.Fatalf("%d answers are remembered", n)
		}
	}
	v.results.put("too long", long(maxResults/5))
	if v.results.get("too long") != nil {
		t.Error("an answer that takes a fifth of the room is remembered")
	}
}

// Names of answers differ where anything differs that an answer depends on, also
// where the texts run together to the same: 1 and 15, 11 and 5.
func TestNamesOfAnswers(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("a", nil), publicCase("b", func(d *kb.Document) { d.Access = []string{kb.AccessEditors} }),
		publicCase("c", func(d *kb.Document) { d.Access = nil }))
	v := x.views.acquire()
	defer x.views.release(v)
	seen := map[string]string{}
	for _, c := range []struct {
		name  string
		actor kb.Actor
		req   kb.SearchRequest
	}{
		{"one", kb.Visitor(), kb.SearchRequest{Text: "a", First: 1, After: "5"}},
		{"digits in the cursor", kb.Visitor(), kb.SearchRequest{Text: "a", First: 15}},
		{"facets", kb.Visitor(), kb.SearchRequest{Text: "a", First: 15, Facets: []kb.FacetField{"A", "B"}}},
		{"one facet", kb.Visitor(), kb.SearchRequest{Text: "a", First: 15, Facets: []kb.FacetField{"A B"}}},
		{"highlights", kb.Visitor(), kb.SearchRequest{Text: "a", First: 15, Highlights: true}},
		{"explained", kb.Visitor(), kb.SearchRequest{Text: "a", First: 15, Explain: true}},
		{"editor", editor(), kb.SearchRequest{Text: "a", First: 15}},
		{"system", kb.System(), kb.SearchRequest{Text: "a", First: 15}},
		{"two sets of synonyms", kb.Visitor(), kb.SearchRequest{Text: "a", Synonyms: []kb.Synonyms{{Terms: []string{"a", "b"}}, {Terms: []string{"c"}}}}},
		{"one set of synonyms", kb.Visitor(), kb.SearchRequest{Text: "a", Synonyms: []kb.Synonyms{{Terms: []string{"a", "b", "c"}}}}},
		{"the other way", kb.Visitor(), kb.SearchRequest{Text: "a", Synonyms: []kb.Synonyms{{Terms: []string{"a", "b", "c"}, OneWay: true}}}},
		{"a text as another's values", kb.Visitor(), kb.SearchRequest{Text: "a", Filter: kb.Filter{Themes: []string{"a1:b"}}}},
		{"a state", kb.Visitor(), kb.SearchRequest{Text: "a", Filter: kb.Filter{States: []string{"DRAFT"}}}},
		{"due", kb.Visitor(), kb.SearchRequest{Text: "a", Filter: kb.Filter{DueBefore: time.Unix(1, 0)}}},
		{"two values", kb.Visitor(), kb.SearchRequest{Text: "a", Filter: kb.Filter{Themes: []string{"a", "b"}}}},
	} {
		name := v.answerName(compile(c.req), c.actor, c.req)
		if other, ok := seen[name]; ok {
			t.Errorf("%s has the name of %s", c.name, other)
		}
		seen[name] = c.name
	}
}

// A record that is withdrawn, made a draft, or for fewer readers is in no answer
// after the commit, of any sort and for any of those who may not read it now.
func TestChangedVisibilityIsGoneFromEveryAnswer(t *testing.T) {
	state := func(s kb.Status) []string { return []string{string(s)} }
	for name, change := range map[string]func(*kb.Document){
		"withdrawn":   func(d *kb.Document) { d.Access, d.States = []string{kb.AccessEditors}, state(kb.StatusWithdrawn) },
		"a draft":     func(d *kb.Document) { d.Access, d.States = []string{kb.AccessEditors}, state(kb.StatusDraft) },
		"for members": func(d *kb.Document) { d.Access = []string{kb.AccessEditors, kb.AccessMembers} },
		"for a team":  func(d *kb.Document) { d.Access = []string{kb.AccessEditors, kb.AccessTeam("t")} },
	} {
		t.Run(name, func(t *testing.T) {
			x := openIndex(t, t.TempDir(), Options{})
			body := func(d *kb.Document) { d.Body, d.Themes = "warmtenet geothermie bewoners", []kb.Term{{Value: "wonen"}} }
			put(t, x, 1, publicCase("Kwartiermaker", body), publicCase("Buurthuis", body), publicCase("Dorpshuis", body))
			requests := []kb.SearchRequest{
				{First: 10},
				{Text: "geothermie", First: 10, Facets: kb.FacetFields()},
				{Text: "kwartiermaker", First: 10},
				{Text: "kwartiermakr", First: 10},
				{Text: "warmtenet", First: 10, Sort: kb.SortTitle},
				{Text: "thema:wonen", First: 10},
				{Text: "titel:kwartiermaker", First: 10},
			}
			everything := func() string {
				var b strings.Builder
				for _, req := range requests {
					res := ask(t, x, req)
					fmt.Fprintln(&b, titles(res), res.Total, res.Facets, res.SearchedFor, res.DidYouMean)
				}
				for _, prefix := range []string{"kw", "kwartiermaker", "kwartiermakre"} {
					fmt.Fprintln(&b, suggested(t, x, prefix, 10))
				}
				fmt.Fprintln(&b, related(t, x, "Buurthuis", 10), related(t, x, "Kwartiermaker", 10))
				return b.String()
			}
			if before := everything(); everything() != before || strings.Count(strings.ToLower(before), "kwartiermaker") < 8 {
				t.Fatalf("before the change:\n%s", before)
			}
			put(t, x, 2, publicCase("Kwartiermaker", func(d *kb.Document) { body(d); change(d) }))
			plain := openIndex(t, t.TempDir(), Options{NoCache: true})
			put(t, plain, 2, publicCase("Buurthuis", body), publicCase("Dorpshuis", body))
			got := everything()
			x = plain
			if diff := cmp.Diff(everything(), got); diff != "" {
				t.Errorf("(-never there +changed):\n%s", diff)
			}
		})
	}
}

// Two who read the same material, and not the same people, shared the answer to a
// query that names one.
func TestAnswersThatNamePeople(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1,
		card(t, &kb.Person{Name: "Jansje"}, "jansje", func(d *kb.Document) { d.Access = []string{kb.AccessMembers} }),
		publicCase("van jansje", func(d *kb.Document) { d.Title, d.People = "boom", []kb.ID{kb.DeriveID("test", "jansje")} }),
		publicCase("huis", func(d *kb.Document) { d.Body = "jansje" }),
	)
	for range 2 {
		for who, c := range map[string]struct {
			actor kb.Actor
			want  string
		}{"visitor": {kb.Visitor(), "huis"}, "member": {person1("jan"), "boom"}} {
			res := answer(t, x, c.actor, kb.SearchRequest{Text: "persoon:jansje", First: 5})
			if diff := cmp.Diff([]string{c.want}, titles(res)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", who, diff)
			}
		}
	}
}
