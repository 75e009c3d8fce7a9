package graph_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// scripted is an index that answers as it was told and keeps what it was asked.
type scripted struct {
	kb.Searcher
	result      kb.SearchResult
	suggestions []kb.Suggestion
	related     []kb.Related

	asked kb.SearchRequest
	about kb.ID
	first int
}

func (s *scripted) Search(_ context.Context, _ kb.Actor, req kb.SearchRequest) (*kb.SearchResult, error) {
	s.asked = req
	return &s.result, nil
}

func (s *scripted) Suggest(_ context.Context, _ kb.Actor, _ string, first int) ([]kb.Suggestion, error) {
	s.first = first
	return s.suggestions, nil
}

func (s *scripted) Related(_ context.Context, _ kb.Actor, id kb.ID, first int) ([]kb.Related, error) {
	s.about, s.first = id, first
	return s.related, nil
}

// answering puts a scripted index before the records of a world.
func (w *world) answering(s *scripted) {
	s.Searcher = w.index
	w.config.Library = kb.NewLibrary(w.store, s, nil)
	w.handler = handlerOf(w.config)
}

// wants compares an answer with the JSON that it must be.
func wants(t *testing.T, got reply, want string) {
	t.Helper()
	if diff := cmp.Diff(want, strings.TrimSpace(got.Raw)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCorrectionsAreTold(t *testing.T) {
	w := newWorld(t)
	s := &scripted{result: kb.SearchResult{SearchedFor: "bedrijventerrein", DidYouMean: "bedrijventerreinen"}}
	w.answering(s)
	const query = `query ($as: Boolean) { search(query: "bedrijventerein", asTyped: $as) { searchedFor didYouMean } }`
	wants(t, w.ask(t, query, ""), `{"data":{"search":{"searchedFor":"bedrijventerrein","didYouMean":"bedrijventerreinen"}}}`)
	s.result = kb.SearchResult{}
	for variables, want := range map[string]bool{`{}`: false, `{"as":null}`: false, `{"as":false}`: false, `{"as":true}`: true} {
		wants(t, w.ask(t, query, variables), `{"data":{"search":{"searchedFor":null,"didYouMean":null}}}`)
		if s.asked.AsTyped != want {
			t.Errorf("%s: searched as typed: %v", variables, s.asked.AsTyped)
		}
	}
}

// TestNamesInAQuery: labels are in the language of the request, values as the
// filter takes them, and a name that the reader may not know is no name.
func TestNamesInAQuery(t *testing.T) {
	w := newWorld(t, append(secrets(), library()...)...)
	s := &scripted{result: kb.SearchResult{Recognised: []kb.Recognised{
		{Field: kb.FacetTheme, Value: "bedrijventerreinen", Label: "x", Text: "bedrijventerreinen", Rest: "casus amsterdam"},
		{Field: kb.FacetMunicipality, Value: "GM0363", Label: "x", Text: "amsterdam", Rest: "casus bedrijventerreinen"},
		{Field: kb.FacetType, Value: string(kb.KindCase), Label: "x", Text: "casus", Rest: "bedrijventerreinen amsterdam"},
		{Field: kb.FacetTheme, Value: "geheim-thema", Label: "Geheim", Text: "geheim", Rest: ""},
	}}}
	w.answering(s)
	const query = `{ search(query: "x") { recognised { field value label text rest } } }`
	wants(t, w.ask(t, query, "", "Accept-Language", "en"), `{"data":{"search":{"recognised":[`+
		`{"field":"THEME","value":"bedrijventerreinen","label":"Business parks","text":"bedrijventerreinen","rest":"casus amsterdam"},`+
		`{"field":"MUNICIPALITY","value":"GM0363","label":"Amsterdam","text":"amsterdam","rest":"casus bedrijventerreinen"},`+
		`{"field":"TYPE","value":"CASE","label":"Case","text":"casus","rest":"bedrijventerreinen amsterdam"}]}}}`)
	for range 5 {
		s.result.Recognised = append(s.result.Recognised, s.result.Recognised[:3]...)
	}
	if n := strings.Count(w.ask(t, query, "").Raw, `"field"`); n != 10 {
		t.Errorf("%d names, want 10", n)
	}
}

// tree is an explanation of three levels.
func tree() *kb.Explanation {
	return &kb.Explanation{Name: "score", Kind: "sum", Value: 3.5, Factors: []kb.Explanation{
		{Name: "wonen", Kind: "product", Value: 3, Factors: []kb.Explanation{{Name: "idf", Value: 1.5}, {Name: "title", Value: 2}}},
		{Name: "recent", Value: 0.5},
	}}
}

func TestExplanationIsATreeOfLines(t *testing.T) {
	w := newWorld(t)
	s := &scripted{result: kb.SearchResult{Hits: []kb.Hit{
		{Entity: library()[0], Explanation: tree()}, {Entity: library()[1]},
	}}}
	w.answering(s)
	got := w.ask(t, `{ search { edges { explanation { depth name kind value } } } }`, "")
	wants(t, got, `{"data":{"search":{"edges":[{"explanation":[`+
		`{"depth":0,"name":"score","kind":"SUM","value":3.5},{"depth":1,"name":"wonen","kind":"PRODUCT","value":3},`+
		`{"depth":2,"name":"idf","kind":null,"value":1.5},{"depth":2,"name":"title","kind":null,"value":2},`+
		`{"depth":1,"name":"recent","kind":null,"value":0.5}]},{"explanation":[]}]}}}`)
	long := &s.result.Hits[0].Explanation.Factors
	for range 100 {
		*long = append(*long, (*long)[0])
	}
	if n := strings.Count(w.ask(t, `{ search { edges { explanation { name } } } }`, "").Raw, `"name"`); n != 200 {
		t.Errorf("%d lines, want 200", n)
	}
}

// TestExplanationsCostOnlyWhoAsks: the index explains nothing that was not asked for.
func TestExplanationsCostOnlyWhoAsks(t *testing.T) {
	w := newWorld(t)
	s := &scripted{}
	w.answering(s)
	const included = `query ($yes: Boolean!) { search { edges { cursor explanation @include(if: $yes) { name } } } }`
	for _, c := range []struct {
		query, variables string
		want             bool
	}{
		{`{ search { edges { cursor } } }`, "", false},
		{`{ search { edges { explanation { name } } } }`, "", true},
		{included, `{"yes":false}`, false},
		{included, `{"yes":true}`, true},
	} {
		if got := w.ask(t, c.query, c.variables); len(got.Errors) > 0 || s.asked.Explain != c.want {
			t.Errorf("%s with %s: asked %v: %s", c.query, c.variables, s.asked.Explain, got.Raw)
		}
	}
}

// TestLongQueries: whatever is typed is a query, and the first part of it is read.
func TestLongQueries(t *testing.T) {
	w := newWorld(t)
	s := &scripted{}
	w.answering(s)
	for _, c := range []struct {
		name, text string
		read       int
	}{
		{"short", "wonen", 5},
		{"at the limit", strings.Repeat("a", kb.MaxQuery), kb.MaxQuery},
		{"ten thousand letters", strings.Repeat("a", 10_000), kb.MaxQuery},
		{"signs of three bytes", strings.Repeat("日", 5_000), kb.MaxQuery - kb.MaxQuery%3},
	} {
		got := w.ask(t, `query ($q: String!) { search(query: $q) { totalCount } suggest(prefix: $q) { text } }`, `{"q":"`+c.text+`"}`)
		if len(got.Errors) > 0 || len(s.asked.Text) != c.read || !strings.HasPrefix(c.text, s.asked.Text) {
			t.Errorf("%s: %d bytes were read: %s", c.name, len(s.asked.Text), got.Raw)
		}
	}
	real := newWorld(t, library()...)
	if got := real.ask(t, `query ($q: String!) { search(query: $q) { totalCount } }`, `{"q":"`+strings.Repeat("bedrijventerrein ", 600)+`"}`); len(got.Errors) > 0 {
		t.Error(got.Raw)
	}
}
