package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestTooMuchIsRefused sends documents that are hard to answer, each within the
// limit on bytes. All are refused with a code before anything is executed.
func TestTooMuchIsRefused(t *testing.T) {
	w := newWorld(t)
	var bomb strings.Builder
	bomb.WriteString("{...f0}")
	for i := range 28 {
		fmt.Fprintf(&bomb, "fragment f%d on Query{...f%d ...f%d}", i, i+1, i+1)
	}
	bomb.WriteString("fragment f28 on Query{__typename}")
	related := strings.Repeat("seeAlso{", 14) + "id" + strings.Repeat("}", 14)
	for _, c := range []struct{ name, query, code string }{
		{"a fragment bomb", bomb.String(), "QUERY_TOO_COMPLEX"},
		{"10,000 × __typename", "{" + strings.Repeat("__typename ", 2_900) + "}", "QUERY_TOO_COMPLEX"},
		{"a document over 32 kB", "{" + strings.Repeat("__typename ", 10_000) + "}", "TOO_LARGE"},
		{"too deep", `{material(slug:"a"){` + related + `}}`, "QUERY_TOO_COMPLEX"},
		{"an alias flood", "{themes{" + aliases(60, "totalCount") + "}}", "QUERY_TOO_COMPLEX"},
		{"root fields", "{" + aliases(21, "themes{totalCount}") + "}", "QUERY_TOO_COMPLEX"},
		{"a directive flood", "{__typename" + strings.Repeat("@skip(if:false)", 60) + "}", "QUERY_TOO_COMPLEX"},
		{"long searches", "{" + aliases(20, `search(query:"`+strings.Repeat("wonen ", 50)+`"){totalCount}`) + "}", "QUERY_TOO_COMPLEX"},
		{"nested lists", `{search(first:100){nodes{seeAlso{seeAlso{seeAlso{themes{label}}}}}}}`, "QUERY_TOO_COMPLEX"},
		{"what is like what is like", `{search(first:100){nodes{related(first:20){node{related{text}}}}}}`, "QUERY_TOO_COMPLEX"},
		{"nested pages", `{learningCircles(first:100){nodes{meetings(first:100){nodes{name themes{label}}}}}}`, "QUERY_TOO_COMPLEX"},
		{"pages by variable", `query($n:Int=100){learningCircles(first:$n){nodes{meetings(first:$n){nodes{name themes{label}}}}}}`, "QUERY_TOO_COMPLEX"},
		{"the schema again and again", "{" + aliases(2, "__schema{types{...FullType}}") + "}" + introspection[strings.Index(introspection, "fragment"):], "QUERY_TOO_COMPLEX"},
		{"a fragment in itself", "{...a} fragment a on Query{...b} fragment b on Query{...a}", "GRAPHQL_VALIDATION_FAILED"},
		{"deep lists in a literal", "{nodes(ids:" + strings.Repeat("[", 1_500) + strings.Repeat("]", 1_500) + "){id}}", "GRAPHQL_PARSE_FAILED"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := w.ask(t, c.query, "")
			if got.code() != c.code || strings.Contains(got.Raw, `"data"`) {
				t.Errorf("got %q, want %q: %.300s", got.code(), c.code, got.Raw)
			}
			if len(got.Raw) > 20_000 {
				t.Errorf("the refusal has %d bytes", len(got.Raw))
			}
		})
	}
}

func aliases(n int, field string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d:%s ", i, field)
	}
	return b.String()
}

// TestEnoughIsAllowed asks what real clients ask.
func TestEnoughIsAllowed(t *testing.T) {
	w := newWorld(t)
	for name, query := range map[string]string{
		"the schema, as tools ask it": introspection,
		"a page of 100 cards": `{search(first:100){totalCount pageInfo{endCursor hasNextPage}
			nodes{id slug type title summary url language collaboration publishedAt themes{slug label} regions{code name} organisations{id name} people{id name}}
			facets{field buckets(first:100){value label count selected}}}}`,
	} {
		if got := w.ask(t, query, ""); len(got.Errors) > 0 {
			t.Errorf("%s: %.300s", name, got.Raw)
		}
	}
}

// introspection is the query that GraphiQL and code generators send.
const introspection = `query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name }
  types { ...FullType } directives { name description locations args { ...InputValue } } } }
fragment FullType on __Type { kind name description
  fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields { ...InputValue } interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`

// TestWrongValues are arguments that no search can have.
func TestWrongValues(t *testing.T) {
	w := newWorld(t)
	manyIDs := `["` + strings.Repeat(`x","`, 100) + `x"]`
	for _, c := range []struct{ name, query, variables, code, argument string }{
		{"first above", `{search(first:101){totalCount}}`, "", "BAD_USER_INPUT", "first"},
		{"first below", `{themes(first:-1){totalCount}}`, "", "BAD_USER_INPUT", "first"},
		{"first of a facet below", `{search{facets(fields:[TYPE]){buckets(first:-4){value}}}}`, "", "BAD_USER_INPUT", "first"},
		{"first far above", `query($f:Int){meetings(first:$f){totalCount}}`, `{"f":9223372036854775807}`, "BAD_USER_INPUT", "first"},
		{"too many ids", `query($i:[ID!]!){nodes(ids:$i){id}}`, `{"i":` + manyIDs + `}`, "BAD_USER_INPUT", "ids"},
		{"too many values", `query($i:[String!]){search(filter:{themes:$i}){totalCount}}`, `{"i":` + manyIDs + `}`, "BAD_USER_INPUT", "filter"},
		{"an enum value in lower case", `query($s:SearchSort){search(sort:$s){totalCount}}`, `{"s":"title"}`, "BAD_USER_INPUT", ""},
		{"a cursor that is none", `{search(after:"x"){totalCount}}`, "", "CURSOR_INVALID", ""},
		{"a long cursor", `query($a:String){themes(after:$a){totalCount}}`, `{"a":"` + strings.Repeat("A", 100_000) + `"}`, "CURSOR_INVALID", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := w.ask(t, c.query, c.variables)
			if got.Status != http.StatusOK || got.code() != c.code {
				t.Fatalf("got %d %q, want 200 %q: %.300s", got.Status, got.code(), c.code, got.Raw)
			}
			argument, _ := got.Errors[0].Extensions["argument"].(string)
			if argument != c.argument {
				t.Errorf("argument %q, want %q", argument, c.argument)
			}
		})
	}
}

// TestErrorsSuggestNothing: a suggestion costs a comparison with every name there is.
func TestErrorsSuggestNothing(t *testing.T) {
	w := newWorld(t)
	for name, query := range map[string]string{
		"field":     `{ serch { totalCount } }`,
		"argument":  `{ search(fist: 1) { totalCount } }`,
		"type":      `{ ... on Qery { __typename } }`,
		"enum":      `{ search(sort: TITEL) { totalCount } }`,
		"input":     `{ search(filter: {theme: "a"}) { totalCount } }`,
		"selection": `{ search }`,
	} {
		got := w.ask(t, query, "")
		if got.code() != "GRAPHQL_VALIDATION_FAILED" || strings.Contains(got.Raw, "Did you mean") {
			t.Errorf("%s: %s", name, got.Raw)
		}
	}
}

// TestVariablesOfAnyShape puts every kind of JSON value in every place: what does
// not fit is the client's fault, never ours.
func TestVariablesOfAnyShape(t *testing.T) {
	w := newWorld(t)
	values := []string{
		`null`, `true`, `0`, `-1`, `1.5`, `1e400`, `99999999999999999999`, `""`, `"x"`, `"CASE"`, `[]`, `{}`,
		`[null]`, `[true]`, `[1]`, `["x"]`, `[["x"]]`, `[{}]`, `{"from":1}`, `{"from":"1"}`, `{"from":null,"to":[]}`, `{"x":1}`,
	}
	places := []string{`{"q":%s}`, `{"s":%s}`, `{"n":%s}`, `{"a":%s}`, `{"i":%s}`, `{"k":%s}`, `{"d":%s}`, `{"f":%s}`, `{"b":%s}`}
	for _, field := range []string{"types", "themes", "regions", "organisations", "people", "collaboration", "years", "languages"} {
		places = append(places, `{"f":{"`+field+`":%s}}`)
	}
	const query = `query ($q: String, $s: SearchSort, $n: Int, $a: String, $i: [ID!] = [], $k: RegionKind, $d: [FacetField!], $f: SearchFilter, $b: Boolean = true) {
		search(query: $q, sort: $s, first: $n, after: $a, filter: $f) { totalCount @include(if: $b) facets(fields: $d) { buckets(first: $n) { label } } }
		regions(kind: $k) { totalCount } nodes(ids: $i) { id } }`
	for _, place := range places {
		for _, value := range values {
			variables := fmt.Sprintf(place, value)
			if got := w.ask(t, query, variables); got.Status >= 500 || got.code() == "INTERNAL" {
				t.Errorf("%s: %d %s", variables, got.Status, got.Raw)
			}
		}
	}
}

// TestDeferIsUnknown: gqlgen knows @defer of itself, and put null in the place of
// what was deferred in the only answer that a request gets here.
func TestDeferIsUnknown(t *testing.T) {
	w := newWorld(t, library()...)
	got := w.ask(t, `{ search { nodes { slug ... @defer { themes { label } } } } }`, "")
	if got.code() != "GRAPHQL_VALIDATION_FAILED" {
		t.Errorf("@defer: %s", got.Raw)
	}
	if got := w.ask(t, introspection, ""); strings.Contains(got.Raw, `"defer"`) {
		t.Error("the schema tells of @defer")
	}
}
