package graph_test

import (
	"net/http"
	"testing"

	"leerkring/internal/kb"
)

// TestWhatIsCounted: pages that are opened and questions that are asked, once each,
// and nothing that a program reads or that somebody is still writing.
func TestWhatIsCounted(t *testing.T) {
	draft := &kb.Case{Common: text("concept", "Nog niet af")}
	draft.Status, draft.PublishedAt, draft.CreatedBy = kb.StatusDraft, nil, expert().Account
	w := newWorld(t, append(library(), draft)...)
	s := newScenario(t, w)
	s.signIn(editor())
	s.signIn(expert())
	for range 3 {
		s.as("", `{ material(slug: "terrein") { seeAlso { id } organisations { name } } again: material(slug: "terrein") { id } }`)
		s.as("", `{ search(query: "Bedrijventerrein") { totalCount } other: search(query: "bedrijventerrein") { totalCount } }`)
		s.as("Expert", `{ search(query: "qqqxxx zzz") { totalCount } }`)
	}
	s.as("", `{ node(id: "`+string(id("mobiel"))+`") { id } }`)
	s.as("", `{ region(code: "Amsterdam") { slug } }`)
	s.as("", `{ material(slug: "niets") { id } search(query: "") { totalCount } suggest(prefix: "bedr") { text } themes { totalCount } }`)
	s.as("Expert", `{ material(slug: "concept") { id } }`).is("material.id", `"`+string(id("concept"))+`"`)
	// Who narrows an answer down, orders it or goes on in it asks the same question.
	s.as("", `{ search(query: "bedrijventerrein", filter: {themes: ["bedrijventerreinen"]}) { totalCount } }`)
	s.as("", `{ search(query: "bedrijventerrein", filter: {years: {from: 2020}}) { totalCount } }`)
	s.as("", `{ search(query: "bedrijventerrein", sort: NEWEST) { totalCount } }`)
	s.as("", `{ search(query: "bedrijventerrein", asTyped: true) { totalCount } }`)
	s.as("", `{ search(query: "arbeid beweging", first: 1, filter: {themes: []}) { pageInfo { endCursor } } }`).keep("cursor", "search.pageInfo.endCursor")
	s.as("", `{ search(query: "arbeid beweging", first: 1, filter: {themes: []}, after: "<cursor>") { totalCount } }`)
	crawler := *s
	crawler.w = w.uncounted()
	crawler.as("", `{ material(slug: "terrein") { id } search(query: "bedrijventerrein") { totalCount } }`).is("material.id", `"`+string(id("terrein"))+`"`)

	must(t, w.config.Counting.Flush(t.Context()))
	w.follow(t)
	const ask = `{ statistics { from to views searches searchesWithoutResult mostViewed { views record { slug } } topSearches { text count }
		topSearchesWithoutResult { text count } days { day views searches searchesWithoutResult } } }`
	s.as("Redacteur", ask).is("statistics", `{"days":[{"day":"2024-05-31","searches":7,"searchesWithoutResult":3,"views":5}],"from":"2024-05-01",`+
		`"mostViewed":[{"record":{"slug":"terrein"},"views":3},{"record":{"slug":"mobiel"},"views":1},{"record":{"slug":"gemeente-amsterdam"},"views":1}],`+
		`"searches":7,"searchesWithoutResult":3,"to":"2024-05-31","topSearches":[{"count":3,"text":"bedrijventerrein"},{"count":3,"text":"qqqxxx zzz"}],`+
		`"topSearchesWithoutResult":[{"count":3,"text":"qqqxxx zzz"}],"views":5}`)
	s.as("Redacteur", `{ statistics(from: "2024-06-01", to: "2024-06-02") { views days { day } } }`).is("statistics", `{"days":[],"views":0}`)
	s.as("Redacteur", `{ statistics(from: "2024-06-02", to: "2024-06-01") { views } }`).refused("BAD_USER_INPUT")
	s.as("Expert", ask).refused("FORBIDDEN")
}

// uncounted is the world before a program that reads all there is.
func (w *world) uncounted() *world {
	other := *w
	other.handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.handler.ServeHTTP(rw, r.WithContext(kb.Uncounted(r.Context())))
	})
	return &other
}
