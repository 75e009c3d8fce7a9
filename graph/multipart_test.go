package graph_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"leerkring/internal/kb"
)

// part is one part of a form.
type part struct{ name, file, body string }

// form writes a form as the multipart request specification orders it.
func form(tb testing.TB, parts ...part) *http.Request {
	tb.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		var into io.Writer
		var err error
		if p.file == "" {
			into, err = w.CreateFormField(p.name)
		} else {
			into, err = w.CreateFormFile(p.name, p.file)
		}
		must(tb, err)
		_, err = io.WriteString(into, p.body)
		must(tb, err)
	}
	must(tb, w.Close())
	return request(http.MethodPost, "/graphql", &b, "Content-Type", w.FormDataContentType(), "GraphQL-Preflight", "1")
}

const (
	uploadOne = `mutation ($r: ID!, $f: Upload!) { uploadFile(input: {record: $r, file: $f}) { file { id name size state message url } userErrors { field code message } } }`
	uploadAll = `mutation ($r: ID!, $f: [Upload!]!) { uploadFiles(input: {record: $r, files: $f}) { files { name size } userErrors { field code message } } }`
)

// operations is the first part: an operation on a record with a value for its files.
func operations(tb testing.TB, query string, record kb.ID, files any) part {
	tb.Helper()
	return part{name: "operations", body: jsonOf(tb, input{"query": query, "variables": input{"r": record, "f": files}})}
}

// draftCase is a case of the expert that nobody else knows.
func draftCase(t testing.TB, p *play) *record {
	t.Helper()
	return p.done(t, expert(), "createCase", complete("Een casus met bestanden")).Record
}

// TestMultipart passes the cases of the GraphQL multipart request specification.
func TestMultipart(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	two := `mutation ($r: ID!, $f: [Upload!]!, $g: Upload!) { a: uploadFile(input: {record: $r, file: $g}) { file { name size } userErrors { message } } b: uploadFiles(input: {record: $r, files: $f}) { files { name size } userErrors { message } } }`
	both := part{name: "operations", body: jsonOf(t, input{"query": two, "variables": input{"r": r.ID, "f": []any{nil}, "g": nil}})}
	for _, c := range []struct {
		name  string
		parts []part
		want  string // a piece of the answer
	}{
		{
			"a single file",
			[]part{operations(t, uploadOne, r.ID, nil), {name: "map", body: `{"0":["variables.f"]}`}, {"0", "één dia.pptx", "abc"}},
			`"name":"één dia.pptx","size":3,"state":"WAITING"`,
		},
		{
			"a list",
			[]part{operations(t, uploadAll, r.ID, []any{nil, nil}), {name: "map", body: `{"a":["variables.f.0"],"b":["variables.f.1"]}`}, {"a", "a.txt", "a"}, {"b", "b.txt", "bb"}},
			`"files":[{"name":"a.txt","size":1},{"name":"b.txt","size":2}]`,
		},
		{
			"a list in another order",
			[]part{operations(t, uploadAll, r.ID, []any{nil, nil}), {name: "map", body: `{"a":["variables.f.1"],"b":["variables.f.0"]}`}, {"a", "a.txt", "a"}, {"b", "b.txt", "bb"}},
			`"files":[{"name":"b.txt","size":2},{"name":"a.txt","size":1}]`,
		},
		{
			"one file in several places",
			[]part{both, {name: "map", body: `{"x":["variables.f.0","variables.g"]}`}, {"x", "x.txt", "xyz"}},
			`"a":{"file":{"name":"x.txt","size":3},"userErrors":[]},"b":{"files":[{"name":"x.txt","size":3}],"userErrors":[]}`,
		},
		{
			"a part that belongs nowhere",
			[]part{operations(t, uploadOne, r.ID, nil), {name: "map", body: `{"0":["variables.f"]}`}, {"9", "9.txt", "nine"}, {"0", "0.txt", "zero"}, {"8", "8.txt", "eight"}},
			`"name":"0.txt","size":4`,
		},
		{
			"no files",
			[]part{{name: "operations", body: `{"query":"{__typename}"}`}, {name: "map", body: `{}`}},
			`{"data":{"__typename":"Query"}}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := p.as(expert()).send(t, form(t, c.parts...))
			if got.Status != 200 || !strings.Contains(got.Raw, c.want) {
				t.Errorf("%d %s\nwithout %s", got.Status, got.Raw, c.want)
			}
		})
	}
	must(t, p.blobs.Walk(t.Context(), func(s kb.Stored) error {
		if s.Stage != "" {
			t.Errorf("a stage was left: %+v", s)
		}
		return nil
	}))
}

// TestMultipartMalformed answers every form that is wrong with 400 and a code, and
// keeps nothing of it.
func TestMultipartMalformed(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	ops, list := operations(t, uploadOne, r.ID, nil), operations(t, uploadAll, r.ID, []any{nil})
	place := func(m string) part { return part{name: "map", body: m} }
	file := part{"0", "0.txt", "zero"}
	good := place(`{"0":["variables.f"]}`)
	many := []part{ops, good}
	for i := range 60 {
		many = append(many, part{fmt.Sprint("x", i), "x", "x"})
	}
	files := map[string][]string{}
	for i := range 21 {
		files[fmt.Sprint(i)] = nil
	}
	for name, parts := range map[string][]part{
		"nothing":                      {},
		"no operations":                {good, file},
		"no map":                       {ops},
		"a file instead of the map":    {ops, file},
		"a file first":                 {file, ops, good},
		"the map first":                {good, ops, file},
		"operations that are no JSON":  {{name: "operations", body: "{"}, good, file},
		"operations that are null":     {{name: "operations", body: "null"}, good, file},
		"operations that are a text":   {{name: "operations", body: `"x"`}, good, file},
		"a batch":                      {{name: "operations", body: "[" + ops.body + "]"}, place(`{"0":["0.variables.f"]}`), file},
		"operations without a query":   {{name: "operations", body: `{"variables":{"f":null}}`}, good, file},
		"operations without variables": {{name: "operations", body: `{"query":"{__typename}"}`}, good, file},
		"variables that are a list":    {{name: "operations", body: `{"query":"{__typename}","variables":[null]}`}, place(`{"0":["variables.0"]}`), file},
		"a map that is no JSON":        {ops, place("{"), file},
		"a map that is null":           {ops, place("null"), file},
		"a map that is a list":         {ops, place("[]"), file},
		"a map of texts":               {ops, place(`{"0":"variables.f"}`), file},
		"a map of numbers":             {ops, place(`{"0":[1]}`), file},
		"a map of null paths":          {ops, place(`{"0":[null]}`), file},
		"two maps in one":              {ops, place(`{"0":["variables.f"]}{}`), file},
		"a name twice in the map":      {ops, place(`{"0":["variables.f"],"0":[]}`), file},
		"a path twice":                 {ops, place(`{"0":["variables.f"],"1":["variables.f"]}`), file},
		"an empty path":                {ops, place(`{"0":[""]}`), file},
		"a path to all variables":      {ops, place(`{"0":["variables"]}`), file},
		"a path outside variables":     {ops, place(`{"0":["query"]}`), file},
		"a path that is not there":     {ops, place(`{"0":["variables.g"]}`), file},
		"a path to what is not null":   {ops, place(`{"0":["variables.r"]}`), file},
		"a path through a text":        {ops, place(`{"0":["variables.r.0"]}`), file},
		"a path through null":          {ops, place(`{"0":["variables.f.x"]}`), file},
		"a path to a prototype":        {ops, place(`{"0":["variables.__proto__.f"]}`), file},
		"a path to a constructor":      {ops, place(`{"0":["variables.constructor"]}`), file},
		"a place past the list":        {list, place(`{"0":["variables.f.1"]}`), file},
		"a place before the list":      {list, place(`{"0":["variables.f.-1"]}`), file},
		"a place that is no number":    {list, place(`{"0":["variables.f.00"]}`), file},
		"the length of the list":       {list, place(`{"0":["variables.f.length"]}`), file},
		"too many files":               {ops, place(jsonOf(t, files)), file},
		"too many parts":               append(many, file),
		"a file that is missing":       {ops, good},
		"a file under another name":    {ops, good, {"1", "1.txt", "one"}},
		"a file twice, one missing":    {operations(t, uploadAll, r.ID, []any{nil, nil}), place(`{"0":["variables.f.0"],"1":["variables.f.1"]}`), file, file},
	} {
		t.Run(name, func(t *testing.T) {
			got := p.as(expert()).send(t, form(t, parts...))
			if got.Status != 400 || got.code() != "BAD_REQUEST" || got.Data != nil {
				t.Errorf("%d %s", got.Status, got.Raw)
			}
		})
	}
}

// TestMultipartBroken cuts a form off at every byte: it is 400, or it was complete
// before the last boundary.
func TestMultipartBroken(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	whole := form(t, operations(t, uploadOne, r.ID, nil), part{name: "map", body: `{"0":["variables.f"]}`}, part{"0", "0.txt", "zero"})
	body, err := io.ReadAll(whole.Body)
	must(t, err)
	for n := 0; n < len(body)-len("\r\n--")-70; n += 7 {
		cut := request(http.MethodPost, "/graphql", bytes.NewReader(body[:n]), "Content-Type", whole.Header.Get("Content-Type"), "GraphQL-Preflight", "1")
		if got := p.as(expert()).send(t, cut); got.Status != 400 || got.code() != "BAD_REQUEST" {
			t.Fatalf("%d of %d bytes: %d %s", n, len(body), got.Status, got.Raw)
		}
	}
}

// TestMultipartBrokenAfterTheAnswer once was a panic: what followed the last file that
// was asked for made a request wrong that had been answered.
func TestMultipartBrokenAfterTheAnswer(t *testing.T) {
	p := newPlay(t)
	whole := form(t, part{name: "operations", body: `{"query":"{__typename}"}`}, part{name: "map", body: "{}"}, part{"0", "0.txt", "zero"})
	body, err := io.ReadAll(whole.Body)
	must(t, err)
	cut := request(http.MethodPost, "/graphql", bytes.NewReader(body[:len(body)-3]), "Content-Type", whole.Header.Get("Content-Type"), "GraphQL-Preflight", "1")
	if got := p.as(expert()).send(t, cut); got.Status != 200 || got.code() != "" {
		t.Errorf("%d %s", got.Status, got.Raw)
	}
}

// TestMultipartLimits holds requests, their parts and their files to their sizes.
func TestMultipartLimits(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	ops, good := operations(t, uploadOne, r.ID, nil), part{name: "map", body: `{"0":["variables.f"]}`}
	fileLimit, requestLimit := 1<<20, 3<<20
	chunked := func(req *http.Request) *http.Request {
		req.ContentLength = -1
		return req
	}
	for name, c := range map[string]struct {
		req    *http.Request
		status int
		code   string
	}{
		"a request that says it is too large": {form(t, ops, good, part{"0", "0", strings.Repeat("x", requestLimit)}), 413, "TOO_LARGE"},
		"a request that turns out too large":  {chunked(form(t, ops, good, part{"9", "9", strings.Repeat("x", requestLimit)}, part{"0", "0", "x"})), 413, "TOO_LARGE"},
		"operations over their limit":         {form(t, part{name: "operations", body: strings.Repeat(" ", 1<<20) + ops.body}, good), 413, "TOO_LARGE"},
		"a map over its limit":                {form(t, ops, part{name: "map", body: strings.Repeat(" ", 64<<10) + good.body}), 413, "TOO_LARGE"},
		"a header over its limit":             {form(t, ops, good, part{strings.Repeat("n", 64<<10), "0", "x"}), 413, "TOO_LARGE"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := p.as(expert()).send(t, c.req); got.Status != c.status || got.code() != c.code {
				t.Errorf("%d %.300s", got.Status, got.Raw)
			}
		})
	}
	got := p.as(expert()).send(t, form(t, ops, good, part{"0", "0.txt", strings.Repeat("x", fileLimit+1)}))
	if got.Status != 200 || !strings.Contains(got.Raw, `"file":null,"userErrors":[{"field":null,"code":"TOO_LARGE"`) {
		t.Errorf("a file over its limit: %d %s", got.Status, got.Raw)
	}
	got = p.as(expert()).send(t, form(t, ops, good, part{"0", "0.txt", strings.Repeat("x", fileLimit)}))
	if got.Status != 200 || !strings.Contains(got.Raw, `"userErrors":[]`) {
		t.Errorf("a file at its limit: %d %s", got.Status, got.Raw)
	}
}

// TestMultipartFromAnotherSite refuses what a form of another site can make a browser send.
func TestMultipartFromAnotherSite(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		header, value string
		status        int
	}{
		"nothing":           {"Accept", "*/*", 400},
		"another site":      {"Sec-Fetch-Site", "cross-site", 400},
		"another subdomain": {"Sec-Fetch-Site", "same-site", 400},
		"our own site":      {"Sec-Fetch-Site", "same-origin", 200},
		"a token":           {"Authorization", "Bearer lk_x", 200},
		"Apollo":            {"Apollo-Require-Preflight", "true", 200},
	} {
		t.Run(name, func(t *testing.T) {
			r := form(t, part{name: "operations", body: `{"query":"{__typename}"}`}, part{name: "map", body: "{}"})
			r.Header.Del("GraphQL-Preflight")
			r.Header.Set(c.header, c.value)
			if got := w.send(t, r); got.Status != c.status {
				t.Errorf("%d %s", got.Status, got.Raw)
			}
		})
	}
}

// TestBoundaries refuses Content-Types without a boundary that can be.
func TestBoundaries(t *testing.T) {
	w := newWorld(t)
	for _, kind := range []string{
		"multipart/form-data", "multipart/form-data; boundary=", `multipart/form-data; boundary=""`,
		"multipart/form-data; boundary=" + strings.Repeat("b", 71), "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=x",
	} {
		got := w.send(t, post("--x\r\n\r\n--x--", "Content-Type", kind, "GraphQL-Preflight", "1"))
		if got.Status != 400 && got.Status != 415 {
			t.Errorf("%s: %d %s", kind, got.Status, got.Raw)
		}
	}
}

// FuzzMultipart sends any body as a form: the answer is JSON, and never a fault of ours.
// The material is not there, so that no run writes: writes take longer than all else,
// and what the indexer does of them beside it is no use to the fuzzer.
func FuzzMultipart(f *testing.F) {
	w := newWorld(f)
	ops := operations(f, uploadOne, id("niet er"), nil).body
	head := "--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n" + ops + "\r\n--x\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n"
	f.Add([]byte(head + `{"0":["variables.f"]}` + "\r\n--x\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a\"\r\n\r\nabc\r\n--x--\r\n"))
	f.Add([]byte(head + `{"0":["variables.f","variables.f.0"]}` + "\r\n--x--"))
	f.Add([]byte("--x\n\n--x\n\n--x--"))
	f.Add([]byte(head + "{}\r\n--x\r\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		got := w.as(expert()).send(t, request(http.MethodPost, "/graphql", bytes.NewReader(body), "Content-Type", "multipart/form-data; boundary=x", "GraphQL-Preflight", "1"))
		if got.Status >= 500 || got.code() == "INTERNAL" {
			t.Fatalf("%d %s", got.Status, got.Raw)
		}
	})
}
