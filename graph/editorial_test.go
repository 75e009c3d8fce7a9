package graph_test

import (
	"net/http"
	"testing"

	"leerkring/internal/kb"
)

// Synonyms are public records without a type in the schema: asking for one by its
// id used to be a fault of the server.
func TestListsOfEditorsAreNoNodes(t *testing.T) {
	synonyms := &kb.Synonyms{Head: published("synoniemen"), Terms: []string{"huis", "woning"}}
	judgements := &kb.JudgementList{Head: published("oordelen"), Name: "Wonen", Queries: []kb.JudgedQuery{
		{Text: "huis", Wanted: []kb.Wanted{{Record: id("x"), Grade: 3}}},
	}}
	w := newWorld(t, synonyms, judgements, &kb.Case{Common: text("casus", "Een huis")})
	inner := w.handler
	for who, actor := range map[string]kb.Actor{"visitor": kb.Visitor(), "editor": kb.Editor()} {
		w.handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			inner.ServeHTTP(rw, r.WithContext(kb.WithActor(r.Context(), actor)))
		})
		type node struct{ ID kb.ID }
		got := answer[struct {
			Nodes  []*node
			Search struct{ Nodes []node }
		}](t, w, `query($ids:[ID!]!) { nodes(ids:$ids) { id } search(query:"huis") { nodes { id } } }`,
			`{"ids":["`+string(synonyms.ID)+`","`+string(judgements.ID)+`","`+string(id("casus"))+`"]}`)
		if len(got.Nodes) != 3 || got.Nodes[0] != nil || got.Nodes[1] != nil || got.Nodes[2] == nil {
			t.Errorf("nodes for the %s: %v", who, got.Nodes)
		}
		if len(got.Search.Nodes) != 1 || got.Search.Nodes[0].ID != id("casus") {
			t.Errorf("found by the %s: %v", who, got.Search.Nodes)
		}
	}
}
