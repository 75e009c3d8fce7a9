package graph

import (
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
)

// TestCost shows what operations cost: pages multiply, lists without pages count
// as five, fragments count where they are spread.
func TestCost(t *testing.T) {
	for _, c := range []struct {
		name, query string
		variables   map[string]any
		want        int
	}{
		{"a name", `{ __typename }`, nil, 1},
		{"one record", `{ node(id: "x") { id } }`, nil, 2},
		{"ids", `query ($i: [ID!]!) { nodes(ids: $i) { id } }`, map[string]any{"i": []any{"a", "b", "c"}}, 1 + 3},
		{"the default page", `{ search { nodes { id } } }`, nil, 100 + 1 + 20},
		{"a page", `{ search(first: 3) { nodes { id title } } }`, nil, 100 + 1 + 3*2},
		{"null is the default", `query ($n: Int) { search(first: $n) { nodes { id } } }`, map[string]any{"n": nil}, 100 + 1 + 20},
		{"a page that will be refused", `{ search(first: 5000) { nodes { id } } }`, nil, 100 + 1 + 100},
		{"less than nothing", `{ search(first: -5) { totalCount nodes { id } } }`, nil, 100 + 1 + 1},
		{"five words", `{ search(query: "een twee drie vier vijf", first: 0) { totalCount } }`, nil, 100 + 1},
		{"six words", `query ($q: String) { search(query: $q, first: 0) { totalCount } }`, map[string]any{"q": "een-twee, drie: vier vijf zes"}, 2*100 + 1},
		{"more words than are searched", `query ($q: String) { search(query: $q, first: 0) { totalCount } }`, map[string]any{"q": strings.Repeat("a ", 900)}, 60*100 + 1},
		{"edges", `{ search(first: 2) { edges { cursor node { id } } } }`, nil, 100 + 1 + 2*(1+1+1)},
		{"what is outside the list", `{ search(first: 100) { totalCount pageInfo { endCursor } } }`, nil, 100 + 1 + 2},
		{"a list in a page", `{ search(first: 2) { nodes { themes { slug } } } }`, nil, 100 + 1 + 2*(1+5)},
		{"a page in a page", `{ learningCircles(first: 2) { nodes { meetings(first: 3) { nodes { id } } } } }`, nil, 100 + 1 + 2*(100+1+3)},
		{"facets", `{ search(first: 0) { facets { buckets(first: 4) { value } } } }`, nil, 100 + 50 + 9*(1+4)},
		{"names that were recognised", `{ search(first: 0) { recognised { label } } }`, nil, 100 + 1 + 10},
		{"explanations", `{ search(first: 2) { edges { explanation { name value } } } }`, nil, 100 + 1 + 2*(1+50*2)},
		{"suggestions", `{ suggest(prefix: "w", first: 3) { text url } }`, nil, 100 + 3*2},
		{"the default of suggestions", `{ suggest(prefix: "w") { text } }`, nil, 100 + 8},
		{"what is like each of a page", `{ search(first: 2) { nodes { related(first: 3) { text } } } }`, nil, 100 + 1 + 2*(100+3)},
		{"a preview", `{ previewSynonyms(input: {terms: ["a", "b"]}, queries: ["x", "y"]) { query changes { kind } } }`, nil, 2*2*100 + 2*(1+1+100)},
		{"lists of editors", `{ judgementLists(first: 2) { nodes { queries { text wanted { id } } } } }`, nil, 100 + 1 + 2*(1+5*(1+1+5))},
		{"versions", `{ node(id: "x") { ... on Case { revisions(first: 3) { version by { name } } } } }`, nil, 1 + 100 + 3*(1+(1+1))},
		{"versions and comments of a page", `{ drafts(first: 2) { nodes { revisions { version } comments { totalCount } } } }`, nil, 100 + 1 + 2*((100+20)+(100+1))},
		{"a comparison", `{ comparison(id: "x", from: 1, to: 2) { field before after } }`, nil, 100 + 5*3},
		{"the audit trail", `{ audit(first: 3) { next entries { event by { name } } } }`, nil, 1_000 + 1 + (1 + 3*(1+(1+1)))},
		{"a mutation", `mutation { publish(input: {id: "x", version: 1}) { sequence record { id viewerCan } } }`, nil, 200 + 1 + (1 + 2)},
		{"files with their pages", `{ node(id: "x") { ... on Case { files { name pages(first: 3) { nodes { text } } } } } }`, nil, 1 + 1 + 5*(1+(100+1+3))},
		{"findings", `{ file(id: "x") { findings { key } outline { title } similar { likeness } } }`, nil, 1 + (20 + 50) + (20 + 50) + (500 + 5)},
		{"passages", `{ search(first: 2) { edges { passage { label file { name } } } } }`, nil, 100 + 1 + 2*(1+(1+1+1))},
		{"a fragment, twice", `{ a: node(id: "x") { ...f } b: node(id: "y") { ...f } } fragment f on Node { id }`, nil, 4},
		{"the schema", `{ __schema { types { name fields { name } } } }`, nil, 1 + 1 + 70*(1+1+8)},
	} {
		doc, errs := gqlparser.LoadQueryWithRules(schema(), c.query, validationRules())
		if len(errs) > 0 {
			t.Fatal(c.name, errs)
		}
		op := &graphql.OperationContext{Operation: doc.Operations[0], Variables: c.variables}
		counted := &coster{variables: op.Variables}
		if got := counted.set(op.Operation.SelectionSet, 1); got != c.want {
			t.Errorf("%s costs %d, want %d", c.name, got, c.want)
		}
	}
}
