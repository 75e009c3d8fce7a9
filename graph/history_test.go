package graph_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// edited gives a case that was published, changed in a copy, and published again.
func (p *play) edited(t *testing.T) *record {
	t.Helper()
	r := p.publishedCase(t, "Warmtenet")
	r = p.step(t, expert(), "updateCase", r, input{"title": "Warmtenet Zuid", "lessons": []string{"Begin vroeg", "Meet veel"}, "seeAlso": []kb.ID{id("les")}})
	return p.step(t, editor(), "publish", r, nil)
}

// TestVersions: who works on a record sees all of them, a member those that readers
// saw and nothing of what was said, a visitor none.
func TestVersions(t *testing.T) {
	p := newPlay(t, library()...)
	r := p.edited(t)
	p.step(t, expert(), "submitForReview", p.step(t, expert(), "updateCase", r, input{"title": "Geheim plan"}), input{"note": "tussen ons"})
	const query = `query ($id: ID!, $before: Int, $first: Int) { node(id: $id) { ... on Case { revisions(before: $before, first: $first) {
		version event fields note by { name } record { ... on Case { title status } } } } } }`
	type version struct {
		Version int
		Event   string
		Fields  []string
		Note    string
		By      name
		Record  struct{ Title, Status string }
	}
	versions := func(who kb.Actor, more input) []string {
		variables := input{"id": r.ID}
		for k, v := range more {
			variables[k] = v
		}
		got := answer[struct{ Node struct{ Revisions []version } }](t, p.as(who), query, jsonOf(t, variables))
		out := []string{}
		for _, v := range got.Node.Revisions {
			out = append(out, strings.Join(strings.Fields(strings.Join([]string{v.Event, v.By.Name, v.Record.Title, v.Record.Status, v.Note, strings.Join(v.Fields, "+")}, " ")), " "))
		}
		return out
	}
	all := []string{
		"SUBMITTED Expert Geheim plan IN_REVIEW tussen ons", "SAVED Expert Geheim plan DRAFT title",
		"PUBLISHED Redacteur Warmtenet Zuid PUBLISHED", "SAVED Expert Warmtenet Zuid DRAFT lessons+seeAlso+title",
		"PUBLISHED Redacteur Warmtenet PUBLISHED", "CREATED Expert Warmtenet DRAFT body+language+slug+summary+themes+title+visibility",
	}
	for _, c := range []struct {
		name string
		who  kb.Actor
		more input
		want []string
	}{
		{"the author", expert(), nil, all},
		{"an editor", editor(), nil, all},
		{"a part", editor(), input{"before": 5, "first": 2}, all[2:4]},
		{"none", editor(), input{"first": 0}, []string{}},
		{"a member", member(), nil, []string{"PUBLISHED Redacteur Warmtenet Zuid PUBLISHED", "PUBLISHED Redacteur Warmtenet PUBLISHED"}},
		{"a visitor", kb.Visitor(), nil, []string{}},
		{"a guest", guest(), nil, []string{}},
	} {
		if diff := cmp.Diff(c.want, versions(c.who, c.more)); diff != "" {
			t.Errorf("%s sees (-want +got):\n%s", c.name, diff)
		}
	}
	for _, more := range []input{{"first": 101}, {"before": -1}} {
		if got := p.as(editor()).ask(t, query, jsonOf(t, input{"id": r.ID, "before": more["before"], "first": more["first"]})); got.code() != "BAD_USER_INPUT" {
			t.Errorf("%v: %s", more, got.Raw)
		}
	}
}

// TestComparison tells what differs, with the name of each field in the language of
// the request; going back to a version brings its text back.
func TestComparison(t *testing.T) {
	p := newPlay(t, library()...)
	r := p.edited(t)
	const query = `query ($id: ID!, $from: Int!, $to: Int!) { comparison(id: $id, from: $from, to: $to) { field label before after } }`
	got := p.as(expert()).ask(t, query, jsonOf(t, input{"id": r.ID, "from": 2, "to": 4}))
	want := `{"data":{"comparison":[{"field":"title","label":"Titel","before":"Warmtenet","after":"Warmtenet Zuid"},` +
		`{"field":"seeAlso","label":"Zie ook","before":"","after":"Begin vroeg"},` +
		`{"field":"lessons","label":"Geleerde lessen","before":"","after":"Begin vroeg\nMeet veel"}]}}`
	wants(t, got, want)
	english := p.as(expert()).ask(t, query, jsonOf(t, input{"id": r.ID, "from": 2, "to": 4}), "Accept-Language", "en")
	if !strings.Contains(english.Raw, `"label":"Title"`) {
		t.Errorf("in English: %s", english.Raw)
	}
	r = p.step(t, expert(), "restoreRevision", r, input{"revision": 2})
	if r.Title != "Warmtenet" || r.Status != "DRAFT" {
		t.Errorf("restored: %+v", r)
	}
	got = p.as(expert()).ask(t, query, jsonOf(t, input{"id": r.ID, "from": 0, "to": 0}))
	if !strings.Contains(got.Raw, `{"field":"title","label":"Titel","before":"Warmtenet Zuid","after":"Warmtenet"}`) {
		t.Errorf("the copy against what readers see: %s", got.Raw)
	}
	if e := p.wrong(t, expert(), "restoreRevision", on(r, input{"revision": 99})); e[0].Code != "NOT_FOUND" {
		t.Errorf("a version that is not there: %v", e)
	}
	for who, code := range map[string]kb.Actor{"NOT_FOUND": another(), "": editor()} {
		draft := p.done(t, expert(), "createCase", complete("Geheim "+code.Name)).Record
		if got := p.as(code).ask(t, query, jsonOf(t, input{"id": draft.ID, "from": 1, "to": 1})); got.code() != who {
			t.Errorf("%s compares: %s", code.Name, got.Raw)
		}
	}
}

// TestAudit is for editors, page by page, and names nothing that they may not read.
func TestAudit(t *testing.T) {
	p := newPlay(t, library()...)
	r := p.edited(t)
	type page struct {
		Audit struct {
			Entries []struct{ Event, Kind string }
			Next    *int
		}
	}
	const query = `query ($f: AuditFilter, $n: Int, $b: Int) { audit(filter: $f, first: $n, before: $b) { entries { event kind } next } }`
	var events []string
	for variables := (input{"f": input{"account": expert().Account}, "n": 2}); ; {
		got := answer[page](t, p.as(editor()), query, jsonOf(t, variables))
		for _, e := range got.Audit.Entries {
			events = append(events, e.Event+" "+e.Kind)
		}
		if got.Audit.Next == nil {
			break
		}
		variables["b"] = *got.Audit.Next
	}
	if diff := cmp.Diff([]string{"SAVED case", "CREATED case"}, events); diff != "" {
		t.Errorf("what the expert did (-want +got):\n%s", diff)
	}
	got := answer[page](t, p.as(editor()), query, jsonOf(t, input{"f": input{"record": r.ID, "types": []string{"PUBLISHED"}}}))
	if len(got.Audit.Entries) != 2 {
		t.Errorf("publications: %+v", got)
	}
	for _, who := range []kb.Actor{kb.Visitor(), member(), expert()} {
		if got := p.as(who).ask(t, query, ""); got.code() != "FORBIDDEN" && got.code() != "UNAUTHENTICATED" || string(got.Data) != "null" {
			t.Errorf("%s reads the audit trail: %s", who.Role, got.Raw)
		}
	}
	for _, variables := range []string{`{"n":101}`, `{"n":-1}`, `{"b":-1}`} {
		if got := p.as(editor()).ask(t, query, variables); got.code() != "BAD_USER_INPUT" {
			t.Errorf("%s: %s", variables, got.Raw)
		}
	}
}

// TestListsOfWork: drafts are of who writes them, the queue of editors, and each has
// its text and its version, which the index does not hold.
func TestListsOfWork(t *testing.T) {
	p := newPlay(t)
	mine := p.done(t, expert(), "createCase", complete("Mijn concept")).Record
	edited := p.step(t, expert(), "updateCase", p.publishedCase(t, "Bekend"), input{"title": "Bekend, herzien"})
	p.done(t, member(), "createQuestion", input{"title": "Hoe dan?"})
	due := p.publishedCase(t, "Verlopen")
	due = p.step(t, editor(), "confirmStillCorrect", due, input{"reviewBy": "2024-06-30"})
	p.step(t, expert(), "submitForReview", mine, nil)
	p.clock.now = day.AddDate(0, 2, 0)

	type list struct {
		Drafts struct {
			TotalCount int
			Nodes      []struct {
				Title, Body, Status string
				Version             int
			}
		}
	}
	got := answer[list](t, p.as(expert()), `{ drafts { totalCount nodes { status version ... on Case { title body } } edges { cursor node { id } } } }`, "")
	shown := map[string]int{}
	for _, n := range got.Drafts.Nodes {
		if shown[n.Title+" "+n.Status] = n.Version; !strings.HasPrefix(n.Body, "De tekst van") {
			t.Errorf("a draft without its text: %+v", n)
		}
	}
	if diff := cmp.Diff(map[string]int{"Mijn concept IN_REVIEW": 2, "Bekend, herzien DRAFT": edited.Version}, shown); diff != "" || got.Drafts.TotalCount != 2 {
		t.Errorf("%d drafts (-want +got):\n%s", got.Drafts.TotalCount, diff)
	}
	for filter, want := range map[string][]string{
		"":                               {"Mijn concept"},
		"part: SUBMITTED, mine: true":    {},
		"part: SCHEDULED":                {},
		"part: REVIEW_DUE":               {"Verlopen"},
		"part: REVIEW_DUE, mine: false,": {"Verlopen"},
	} {
		if diff := cmp.Diff(want, p.queue(t, editor(), filter)); diff != "" {
			t.Errorf("queue %s (-want +got):\n%s", filter, diff)
		}
	}
	p.step(t, editor(), "confirmStillCorrect", due, input{"reviewBy": "2026-01-01"})
	if diff := cmp.Diff([]string{}, p.queue(t, editor(), "part: REVIEW_DUE")); diff != "" {
		t.Errorf("after it was confirmed (-want +got):\n%s", diff)
	}
	for who, query := range map[string]string{"drafts": `{ drafts { totalCount } }`, "queue": `{ reviewQueue { totalCount } }`} {
		if got := p.ask(t, query, ""); string(got.Data) != "null" || got.code() != "FORBIDDEN" && got.code() != "UNAUTHENTICATED" {
			t.Errorf("a visitor asks for the %s: %s", who, got.Raw)
		}
	}
	if got := p.as(expert()).ask(t, `{ reviewQueue { totalCount } }`, ""); got.code() != "FORBIDDEN" {
		t.Errorf("an expert asks for the queue: %s", got.Raw)
	}
}

// countingGets counts look-ups of records.
type countingGets struct {
	kb.Store
	gets atomic.Int64
}

func (s *countingGets) Get(ctx context.Context, ids []kb.ID) (map[kb.ID]kb.Record, error) {
	s.gets.Add(1)
	return s.Store.Get(ctx, ids)
}

// TestAListOfRightsIsOneBatch: what may be done with each of 20 records is one
// look-up, and none for a visitor, who may do nothing.
func TestAListOfRightsIsOneBatch(t *testing.T) {
	w := newWorld(t, manyCases(20)...)
	store := &countingGets{Store: w.store}
	w.config.Desk = kb.NewDesk(store, w.index, w.own, w.config.Now, newID)
	w.handler = handlerOf(w.config)
	const query = `{ search(first: 20) { nodes { slug viewerCan workingCopy { id } review { note: changesRequested } } } }`
	for want, who := range map[int64]kb.Actor{1: editor(), 0: kb.Visitor()} {
		store.gets.Store(0)
		got := w.as(who).ask(t, query, "")
		if gets := store.gets.Load(); gets != want || len(got.Errors) > 0 || strings.Count(got.Raw, `"slug"`) != 20 {
			t.Errorf("%s: %d look-ups for %d records", who.Role, gets, strings.Count(got.Raw, `"slug"`))
		}
		var data struct {
			Search struct {
				Nodes []struct{ ViewerCan []string }
			}
		}
		must(t, json.Unmarshal(got.Data, &data))
		if can := data.Search.Nodes[0].ViewerCan; (len(can) > 0) != (want == 1) {
			t.Errorf("%s may %v", who.Role, can)
		}
	}
}
