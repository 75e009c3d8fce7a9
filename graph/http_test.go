package graph_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	typeJSON     = "application/json"
	typeResponse = "application/graphql-response+json"
)

// TestRequests holds the handler against the GraphQL-over-HTTP specification.
func TestRequests(t *testing.T) {
	w := newWorld(t)
	get := func(query string, headers ...string) *http.Request {
		return request(http.MethodGet, "/graphql?"+query, nil, headers...)
	}
	q := url.QueryEscape
	for _, c := range []struct {
		name   string
		req    *http.Request
		status int
		code   string
	}{
		{"a query", post(`{"query":"{__typename}"}`), 200, ""},
		{"a query with charset", post(`{"query":"{__typename}"}`, "Content-Type", "application/json; charset=UTF-8"), 200, ""},
		{"null variables", post(`{"query":"{__typename}","variables":null,"operationName":null,"extensions":{}}`), 200, ""},
		{"GET", get("query=" + q("{__typename}")), 200, ""},
		{"GET with variables", get("query=" + q("query A($f:Int){themes(first:$f){totalCount}}") + "&variables=" + q(`{"f":1}`) + "&operationName=A"), 200, ""},
		{"GET of a mutation", get("query=" + q("mutation{a}")), 405, "METHOD_NOT_ALLOWED"},
		{"GET without query", get(""), 400, "BAD_REQUEST"},
		{"GET with broken variables", get("query=" + q("{__typename}") + "&variables=" + q(`[1]`)), 400, "BAD_REQUEST"},
		{"GET with broken extensions", get("query=" + q("{__typename}") + "&extensions=7"), 400, "BAD_REQUEST"},
		{"a number as extensions", post(`{"query":"{__typename}","extensions":7}`), 400, "BAD_REQUEST"},
		{"GET with a broken address", get("query=%zz"), 400, "BAD_REQUEST"},
		{"POST of a mutation", post(`{"query":"mutation{a}"}`, "Accept", typeResponse), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"PUT", request(http.MethodPut, "/graphql", strings.NewReader("{}"), "Content-Type", typeJSON), 405, "METHOD_NOT_ALLOWED"},
		{"no content type", request(http.MethodPost, "/graphql", strings.NewReader(`{"query":"{__typename}"}`)), 415, "UNSUPPORTED_MEDIA_TYPE"},
		{"a form", post("query={__typename}", "Content-Type", "application/x-www-form-urlencoded"), 415, "UNSUPPORTED_MEDIA_TYPE"},
		{"a form that another site could send", post("x", "Content-Type", "multipart/form-data; boundary=x"), 400, "BAD_REQUEST"},
		{"Latin-1", post(`{"query":"{__typename}"}`, "Content-Type", "application/json; charset=iso-8859-1"), 415, "UNSUPPORTED_MEDIA_TYPE"},
		{"empty body", post(""), 400, "BAD_REQUEST"},
		{"no JSON", post("{query"), 400, "BAD_REQUEST"},
		{"half a body", post(`{"query":"{__typename}"`), 400, "BAD_REQUEST"},
		{"two bodies", post(`{"query":"{__typename}"}{}`), 400, "BAD_REQUEST"},
		{"a text", post(`"{__typename}"`), 400, "BAD_REQUEST"},
		{"a batch", post(`[{"query":"{__typename}"},{"query":"{__typename}"}]`), 400, "BAD_REQUEST"},
		{"no query", post(`{"variables":{}}`), 400, "BAD_REQUEST"},
		{"an empty query", post(`{"query":" \n"}`), 400, "BAD_REQUEST"},
		{"a number as query", post(`{"query":7}`), 400, "BAD_REQUEST"},
		{"a list as variables", post(`{"query":"{__typename}","variables":[]}`), 400, "BAD_REQUEST"},
		{"a number as operation name", post(`{"query":"{__typename}","operationName":7}`), 400, "BAD_REQUEST"},
		{"invalid UTF-8", post("{\"query\":\"{a\xff}\"}"), 400, "BAD_REQUEST"},
		{"control characters", post(`{"query":"{\u0000\u0007}"}`), 200, "GRAPHQL_PARSE_FAILED"},
		{"control characters, newer form", post(`{"query":"{\u0000\u0007}"}`, "Accept", typeResponse), 400, "GRAPHQL_PARSE_FAILED"},
		{"not GraphQL", post(`{"query":"SELECT 1"}`), 200, "GRAPHQL_PARSE_FAILED"},
		{"an unknown field", post(`{"query":"{thems}"}`), 200, "GRAPHQL_VALIDATION_FAILED"},
		{"an unknown field, newer form", post(`{"query":"{thems}"}`, "Accept", typeResponse), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"only a fragment", post(`{"query":"fragment a on Query{__typename}"}`, "Accept", typeResponse), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"an unknown operation", post(`{"query":"query A{__typename}","operationName":"B"}`, "Accept", typeResponse), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"two operations, none named", post(`{"query":"query A{__typename} query B{__typename}"}`, "Accept", typeResponse), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"a missing variable", post(`{"query":"query($id:ID!){node(id:$id){id}}"}`, "Accept", typeResponse), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"a variable of another type", post(`{"query":"query($f:Int){themes(first:$f){totalCount}}","variables":{"f":"veel"}}`, "Accept", typeResponse), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"a variable past 64 bits", post(`{"query":"query($f:Int){themes(first:$f){totalCount}}","variables":{"f":1e400}}`, "Accept", typeResponse), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"a literal past 64 bits", post(`{"query":"{themes(first:99999999999999999999){totalCount}}"}`, "Accept", typeResponse), 400, "GRAPHQL_VALIDATION_FAILED"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := w.send(t, c.req)
			if got.Status != c.status || got.code() != c.code {
				t.Errorf("got %d %q, want %d %q: %s", got.Status, got.code(), c.status, c.code, got.Raw)
			}
			if c.code != "" && strings.Contains(got.Raw, `"data"`) {
				t.Errorf("nothing was executed, yet there is data: %s", got.Raw)
			}
			if c.status == 405 && got.Header.Get("Allow") == "" {
				t.Error("405 without Allow")
			}
		})
	}
}

// TestFormOfTheAnswer chooses the media type by Accept.
func TestFormOfTheAnswer(t *testing.T) {
	w := newWorld(t)
	for accept, want := range map[string]string{
		"":                                 typeJSON,
		"*/*":                              typeJSON,
		"text/html,*/*;q=0.8":              typeJSON,
		typeJSON:                           typeJSON,
		typeResponse:                       typeResponse,
		typeResponse + ", " + typeJSON:     typeResponse,
		typeJSON + ", " + typeResponse:     typeJSON,
		typeResponse + ";q=0, " + typeJSON: typeJSON,
	} {
		got := w.send(t, post(`{"query":"{__typename}"}`, "Accept", accept))
		if diff := cmp.Diff(want+"; charset=utf-8", got.Header.Get("Content-Type")); diff != "" {
			t.Errorf("Accept %q (-want +got):\n%s", accept, diff)
		}
	}
}

func TestOptionsAndHead(t *testing.T) {
	w := newWorld(t)
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, request(http.MethodOptions, "/graphql", nil))
	if rec.Code != http.StatusNoContent || rec.Header().Get("Allow") != "GET, HEAD, POST, OPTIONS" {
		t.Errorf("OPTIONS: %d, Allow %q", rec.Code, rec.Header().Get("Allow"))
	}
	server := httptest.NewServer(w.handler)
	defer server.Close()
	resp, err := http.Head(server.URL + "/graphql?query=" + url.QueryEscape("{__typename}"))
	must(t, err)
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	must(t, err)
	if resp.StatusCode != http.StatusOK || len(body) > 0 {
		t.Errorf("HEAD: %d with %d bytes", resp.StatusCode, len(body))
	}
}

// endless gives more bytes than anyone may send, and counts how many were read.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	const all = 64 << 20
	if e.read >= all {
		return 0, io.EOF
	}
	n := copy(p, bytes.Repeat([]byte(" "), min(len(p), all-e.read)))
	e.read += n
	return n, nil
}

// TestABodyIsNotReadToItsEnd sends 64 MB, of which little more than the limit may be read.
func TestABodyIsNotReadToItsEnd(t *testing.T) {
	w := newWorld(t)
	body := &endless{}
	got := w.send(t, request(http.MethodPost, "/graphql", body, "Content-Type", typeJSON))
	if got.Status != http.StatusRequestEntityTooLarge || got.code() != "TOO_LARGE" {
		t.Errorf("got %d %q", got.Status, got.code())
	}
	if body.read > 2<<20 {
		t.Errorf("%d bytes were read", body.read)
	}
}

func TestLanguageOfMessages(t *testing.T) {
	w := newWorld(t)
	for accept, want := range map[string]string{
		"":                    "Vraag hoogstens 100 resultaten per keer (first van 0 tot en met 100).",
		"nl-NL,nl;q=0.9":      "Vraag hoogstens 100 resultaten per keer (first van 0 tot en met 100).",
		"fr":                  "Vraag hoogstens 100 resultaten per keer (first van 0 tot en met 100).",
		"en-GB,en;q=0.9":      "Ask for at most 100 results at a time (first from 0 up to 100).",
		"fr, en;q=0.5":        "Ask for at most 100 results at a time (first from 0 up to 100).",
		"\xff;;;q=x,,, \x00;": "Vraag hoogstens 100 resultaten per keer (first van 0 tot en met 100).",
	} {
		got := w.ask(t, `{ search(first: 101) { totalCount } }`, "", "Accept-Language", accept)
		if len(got.Errors) != 1 || got.Errors[0].Message != want {
			t.Errorf("Accept-Language %q: %s", accept, got.Raw)
		}
	}
}

// FuzzHandler sends any bytes: the answer is JSON with a code on every error,
// never a fault of ours.
func FuzzHandler(f *testing.F) {
	w := newWorld(f, open()...)
	for _, seed := range []string{
		`{"query":"{__typename}"}`, `[]`, ``, `{"query":"{a:search(first:1){nodes{...on Case{id}}}}"}`,
		`{"query":"query($a:[ID!]!){nodes(ids:$a){id}}","variables":{"a":[1,"x",null,{}]}}`,
		`{"query":"query($f:SearchFilter){search(filter:$f){facets(fields:[YEAR]){buckets{label}}}}","variables":{"f":{"types":"case","years":{"from":"1"}}}}`,
		`{"query":"{__schema{types{name fields{args{type{ofType{name}}}}}}}"}`,
		`{"query":"fragment a on Query{...b} fragment b on Query{...a} {...a}"}`,
		`{"query":"query($s:SearchSort=TITLE){search(sort:$s,after:\"x\"){nodes{id @skip(if:true)}}}"}`,
	} {
		f.Add([]byte(seed), "application/json")
	}
	f.Fuzz(func(t *testing.T, body []byte, accept string) {
		got := w.send(t, request(http.MethodPost, "/graphql", bytes.NewReader(body), "Content-Type", typeJSON, "Accept", accept, "Accept-Language", accept))
		if got.Status >= 500 || got.code() == "INTERNAL" {
			t.Errorf("%d %s\n%s", got.Status, got.Raw, w.log)
		}
	})
}
