package graph_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// TestEditorsOnly: whoever is no editor gets FORBIDDEN, a visitor is asked to sign
// in, and nothing else.
func TestEditorsOnly(t *testing.T) {
	w := newWorld(t)
	for _, query := range []string{
		`{ synonyms { totalCount } }`,
		`{ judgementLists { totalCount } }`,
		`{ previewSynonyms(input: {terms: ["a", "b"]}, queries: ["a"]) { query } }`,
		`mutation { putSynonyms(input: {terms: ["a", "b"]}) { record { id } userErrors { code } } }`,
		`mutation { putSynonyms(input: {terms: []}) { record { id } userErrors { code } } }`,
		`mutation { deleteSynonyms(input: {id: "` + string(kb.SynonymsID("a")) + `", version: 1}) { id userErrors { code } } }`,
	} {
		for want, actor := range map[string]kb.Actor{"UNAUTHENTICATED": kb.Visitor(), "FORBIDDEN": expert()} {
			if got := w.as(actor).ask(t, query, ""); got.code() != want || string(got.Data) != "null" {
				t.Errorf("%s asks %s: %s", actor.Role, query, got.Raw)
			}
		}
	}
	if got := w.as(kb.System()).ask(t, `{ synonyms { totalCount } judgementLists { totalCount } }`, ""); len(got.Errors) > 0 {
		t.Errorf("the operator: %s", got.Raw)
	}
}

// written is what came of a mutation.
type written struct {
	Put, Delete struct {
		ID     kb.ID
		Record *struct {
			ID      kb.ID
			Version int
			Terms   []string
			OneWay  bool
			Note    string
		}
		UserErrors []struct{ Field, Code, Message string }
		Sequence   *int
	}
}

const (
	putSynonyms = `mutation ($in: SynonymsInput!) { put: putSynonyms(input: $in) {
		record { id version terms oneWay note } userErrors { field code message } sequence } }`
	deleteSynonyms = `mutation ($id: ID!, $v: Int!) { delete: deleteSynonyms(input: {id: $id, version: $v}) { id userErrors { field code message } sequence } }`
	listSynonyms   = `{ synonyms { totalCount nodes { terms oneWay note version } edges { cursor node { id } } pageInfo { hasNextPage } } }`
)

// TestSynonymsAreKept makes, changes and takes away a list.
func TestSynonymsAreKept(t *testing.T) {
	w := newWorld(t)
	editor := w.as(editor())
	made := answer[written](t, editor, putSynonyms, `{"in":{"terms":["Woning","huis"]}}`).Put
	if made.Record == nil || made.Record.ID != kb.SynonymsID("woning") || made.Record.Version != 1 || len(made.UserErrors) > 0 || made.Sequence == nil {
		t.Fatalf("made: %+v", made)
	}
	id := string(made.Record.ID)
	changed := answer[written](t, editor, putSynonyms, `{"in":{"id":"`+id+`","version":1,"terms":["woning","huis","pand"],"oneWay":true,"note":"zo zoekt men"}}`).Put
	if changed.Record == nil || changed.Record.Version != 2 || *changed.Sequence <= *made.Sequence {
		t.Fatalf("changed: %+v", changed)
	}
	w.follow(t)
	got := editor.ask(t, listSynonyms, "")
	if !strings.HasPrefix(got.Raw, `{"data":{"synonyms":{"totalCount":1,"nodes":[{"terms":["woning","huis","pand"],"oneWay":true,"note":"zo zoekt men","version":2}],"edges":[{"cursor":"`) {
		t.Errorf("listed: %s", got.Raw)
	}
	gone := answer[written](t, editor, deleteSynonyms, `{"id":"`+id+`","v":2}`).Delete
	if gone.ID != made.Record.ID || len(gone.UserErrors) > 0 || *gone.Sequence <= *changed.Sequence {
		t.Errorf("taken away: %+v", gone)
	}
	w.follow(t)
	wants(t, editor.ask(t, listSynonyms, ""), `{"data":{"synonyms":{"totalCount":0,"nodes":[],"edges":[],"pageInfo":{"hasNextPage":false}}}}`)
}

// TestWhatAnEditorGotWrong is told in the payload, in the language of the request,
// and nothing is written.
func TestWhatAnEditorGotWrong(t *testing.T) {
	w := newWorld(t, library()...)
	editor := w.as(editor())
	if made := answer[written](t, editor, putSynonyms, `{"in":{"terms":["huis","woning"]}}`).Put; made.Record == nil {
		t.Fatalf("%+v", made)
	}
	synonyms := string(kb.SynonymsID("huis"))
	for _, c := range []struct{ name, query, variables, want string }{
		{"one term", putSynonyms, `{"in":{"terms":["dak"]}}`, "terms BAD_USER_INPUT name 2 to 50 words that mean the same"},
		{"no letters", putSynonyms, `{"in":{"terms":["dak","?"]}}`, "terms[1] BAD_USER_INPUT has no letters or digits"},
		{"made twice", putSynonyms, `{"in":{"terms":["Huis","thuis"]}}`, " CONFLICT This list exists already: Huis."},
		{"another version", putSynonyms, `{"in":{"id":"` + synonyms + `","version":7,"terms":["huis","thuis"]}}`, " CONFLICT "},
		{"no such list", deleteSynonyms, `{"id":"` + string(id("x")) + `","v":1}`, " NOT_FOUND This record does not exist, or you may not see it."},
		{"no list at all", deleteSynonyms, `{"id":"` + string(id("terrein")) + `","v":1}`, " NOT_FOUND This record does not exist, or you may not see it."},
		{"another version taken away", deleteSynonyms, `{"id":"` + synonyms + `","v":7}`, " CONFLICT "},
	} {
		t.Run(c.name, func(t *testing.T) {
			both := answer[written](t, editor, c.query, c.variables, "Accept-Language", "en")
			got := both.Put
			if c.query == deleteSynonyms {
				got = both.Delete
			}
			if got.Record != nil || got.ID != "" || got.Sequence != nil || len(got.UserErrors) != 1 {
				t.Fatalf("got %+v", got)
			}
			e := got.UserErrors[0]
			if said := e.Field + " " + e.Code + " " + e.Message; !strings.HasPrefix(said, c.want) || e.Message == "" {
				t.Errorf("got %q, want %q", said, c.want)
			}
		})
	}
	dutch := answer[written](t, editor, putSynonyms, `{"in":{"terms":["dak"]}}`).Put
	if got := dutch.UserErrors[0].Message; got != "noem 2 tot 50 woorden die hetzelfde betekenen" {
		t.Errorf("in Dutch: %q", got)
	}
}

// swapping is an index that turns its hits around when synonyms come along, and
// finds a third record.
type swapping struct {
	kb.Searcher
	hits []kb.Hit
}

func (s swapping) Search(_ context.Context, _ kb.Actor, req kb.SearchRequest) (*kb.SearchResult, error) {
	if len(req.Synonyms) == 0 {
		return &kb.SearchResult{Total: 2, Hits: s.hits[:2]}, nil
	}
	return &kb.SearchResult{Total: 7, Hits: []kb.Hit{s.hits[1], s.hits[2]}}, nil
}

// TestPreviewOfSynonyms shows what comes, goes and moves, and keeps nothing.
func TestPreviewOfSynonyms(t *testing.T) {
	w := newWorld(t, library()...)
	s := swapping{Searcher: w.index}
	for _, e := range library()[:3] {
		s.hits = append(s.hits, kb.Hit{Entity: e})
	}
	w.config.Editorial = kb.NewEditorial(w.store, s, nil, nil)
	w.handler = handlerOf(w.config)
	editor := w.as(editor())
	const query = `query ($q: [String!]!, $n: Int) { previewSynonyms(input: {terms: ["huis", "woning"]}, queries: $q, first: $n) {
		query totalBefore totalAfter changes { kind material { slug body } before after } } }`
	change := func(kind, slug, before, after string) string {
		title := map[string]string{"terrein": "Bedrijventerrein vernieuwen", "mobiel": "Arbeidsmarkt in beweging", "les": "Begin vroeg"}[slug]
		return `{"kind":"` + kind + `","material":{"slug":"` + slug + `","body":"De tekst van ` + title + `"},"before":` + before + `,"after":` + after + `}`
	}
	moved, added, removed := change("MOVED", "mobiel", "2", "1"), change("ADDED", "les", "null", "2"), change("REMOVED", "terrein", "1", "null")
	wants(t, editor.ask(t, query, `{"q":["huis"]}`),
		`{"data":{"previewSynonyms":[{"query":"huis","totalBefore":2,"totalAfter":7,"changes":[`+moved+`,`+added+`,`+removed+`]}]}}`)
	wants(t, editor.ask(t, query, `{"q":["a","b"],"n":1}`), `{"data":{"previewSynonyms":[`+
		`{"query":"a","totalBefore":2,"totalAfter":7,"changes":[`+moved+`]},{"query":"b","totalBefore":2,"totalAfter":7,"changes":[`+moved+`]}]}}`)

	list, err := json.Marshal(make([]string, 21))
	must(t, err)
	for variables, argument := range map[string]string{`{"q":` + string(list) + `}`: "queries", `{"q":["a"],"n":101}`: "first"} {
		got := editor.ask(t, query, variables)
		if got.code() != "BAD_USER_INPUT" || got.Errors[0].Extensions["argument"] != argument {
			t.Errorf("%s: %s", variables, got.Raw)
		}
	}
	got := editor.ask(t, `{ previewSynonyms(input: {terms: ["huis"]}, queries: ["a"]) { query } }`, "", "Accept-Language", "en")
	want := []any{map[string]any{"field": "terms", "message": "name 2 to 50 words that mean the same"}}
	if diff := cmp.Diff(want, got.Errors[0].Extensions["problems"]); diff != "" || got.code() != "BAD_USER_INPUT" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// TestJudgementLists pages through them; what a query wants may have gone.
func TestJudgementLists(t *testing.T) {
	w := newWorld(t, library()...)
	for _, name := range []string{"Wonen", "Arbeid"} {
		_, err := w.config.Editorial.PutJudgements(t.Context(), kb.System(), &kb.JudgementList{Name: name, Queries: []kb.JudgedQuery{
			{Text: "oud terrein", Wanted: []kb.Wanted{{Record: id("terrein"), Grade: 3, Why: "gaat erover"}, {Record: id("weg"), Grade: 1}}},
		}})
		must(t, err)
	}
	w.follow(t)
	editor := w.as(editor())
	const query = `query ($after: String) { judgementLists(first: 1, after: $after) { totalCount pageInfo { hasNextPage endCursor }
		nodes { name version queries { text wanted { id grade why record { id } } } } } }`
	type lists struct {
		JudgementLists struct {
			TotalCount int
			PageInfo   struct {
				HasNextPage bool
				EndCursor   string
			}
			Nodes json.RawMessage
		}
	}
	first := answer[lists](t, editor, query, "").JudgementLists
	body := `"version":1,"queries":[{"text":"oud terrein","wanted":[` +
		`{"id":"` + string(id("terrein")) + `","grade":3,"why":"gaat erover","record":{"id":"` + string(id("terrein")) + `"}},` +
		`{"id":"` + string(id("weg")) + `","grade":1,"why":"","record":null}]}]}]`
	if diff := cmp.Diff(`[{"name":"Arbeid",`+body, string(first.Nodes)); diff != "" || first.TotalCount != 2 || !first.PageInfo.HasNextPage {
		t.Errorf("%d lists, first page (-want +got):\n%s", first.TotalCount, diff)
	}
	second := answer[lists](t, editor, query, `{"after":"`+first.PageInfo.EndCursor+`"}`).JudgementLists
	if diff := cmp.Diff(`[{"name":"Wonen",`+body, string(second.Nodes)); diff != "" || second.PageInfo.HasNextPage {
		t.Errorf("second page (-want +got):\n%s", diff)
	}
	if got := editor.ask(t, `{ judgementLists(first: 101) { totalCount } }`, ""); got.code() != "BAD_USER_INPUT" {
		t.Errorf("101 lists: %s", got.Raw)
	}
}

// TestMutationsNeedPost: a link must not change anything.
func TestMutationsNeedPost(t *testing.T) {
	w := newWorld(t).as(editor())
	got := w.send(t, request("GET", `/graphql?query=mutation{putSynonyms(input:{terms:["a","b"]}){sequence}}`, nil))
	if got.code() != "METHOD_NOT_ALLOWED" {
		t.Errorf("%s", got.Raw)
	}
}
