package app_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"leerkring/internal/kb"
)

// uploading sends files to cases of every state and visibility as everyone: they are
// taken and refused as an update of the case is. It comes last, since what is published
// gets a working copy by it.
func (m *matrix) uploading(t *testing.T, rules map[string][]map[string]string) {
	at := slices.IndexFunc(rules["Changing a record"], func(row map[string]string) bool { return row["Operation"] == "update" })
	row := rules["Changing a record"][at]
	for _, s := range m.some(m.records) {
		if s.kind != kb.KindCase {
			continue
		}
		for _, who := range everyone() {
			edits := who == "editor" || who == "admin"
			within := slices.Contains(strings.Split(row["In the states"], ", "), s.state) || s.state == "scheduled" && edits
			want := []string{"FORBIDDEN"}
			switch {
			case who == "visitor":
				want = []string{"UNAUTHENTICATED"}
			case !readable(rules["Reading"], s, false, who):
				want = []string{"NOT_FOUND"}
			case !within:
				want = []string{"CONFLICT", "BAD_USER_INPUT", "FORBIDDEN"}
			case row[who] == "yes":
				want = []string{"OK"}
			}
			for _, several := range []bool{false, true} {
				if got := m.send(t, who, s.id, several); !slices.Contains(want, resultOf(got)) {
					t.Errorf("a file (several: %v) to %s by %s: got %s, want %v: %s", several, s, who, resultOf(got), want, got.raw)
				}
			}
		}
	}
}

// send sends a file, alone or in a list, and gives what became of it.
func (m *matrix) send(t *testing.T, who string, record kb.ID, list bool) outcome {
	t.Helper()
	m.cells++
	op := map[string]any{
		"query":     `mutation ($r: ID!, $f: Upload!) { uploadFile(input: {record: $r, file: $f}) { userErrors { code } } }`,
		"variables": map[string]any{"r": record, "f": nil},
	}
	if list {
		op["query"] = `mutation ($r: ID!, $f: Upload!) { uploadFiles(input: {record: $r, files: [$f]}) { userErrors { code } } }`
	}
	data, err := json.Marshal(op)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for _, field := range [][2]string{{"operations", string(data)}, {"map", `{"0":["variables.f"]}`}} {
		if err := form.WriteField(field[0], field[1]); err != nil {
			t.Fatal(err)
		}
	}
	file, err := form.CreateFormFile("0", "a.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(file, "de inhoud"); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, m.url, &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("GraphQL-Preflight", "1")
	if secret := m.secrets[who]; secret != "" {
		r.Header.Set("Authorization", "Bearer "+secret)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	out := outcome{raw: string(raw)}
	var reply struct {
		Data   map[string]json.RawMessage
		Errors []struct{ Extensions struct{ Code string } }
	}
	if err := json.Unmarshal(raw, &reply); err != nil {
		t.Fatalf("%s: %.300s", who, raw)
	}
	if out.data = reply.Data; len(reply.Errors) > 0 {
		out.code = reply.Errors[0].Extensions.Code
	}
	return out
}
