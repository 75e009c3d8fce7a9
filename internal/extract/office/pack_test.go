package office

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// parts are the parts of a document that a test makes: name and content in turn.
type parts []string

// pack makes the archive.
func pack(t testing.TB, p parts) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(p); i += 2 {
		w, err := z.Create(p[i])
		if err == nil {
			_, err = w.Write([]byte(p[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func packed(b []byte) format.Input {
	return format.Input{ReaderAt: bytes.NewReader(b), Size: int64(len(b)), Limits: format.Defaults()}
}

// mustRead reads a document that a test made.
func mustRead(t *testing.T, read format.Reader, p parts) *kb.Reading {
	t.Helper()
	r, err := read(packed(pack(t, p)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// rels makes a part of relations: id, kind and target in turn; a target that begins with
// http or file is external.
func rels(of ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships>`)
	for i := 0; i+2 < len(of); i += 3 {
		mode := ""
		if strings.HasPrefix(of[i+2], "http") || strings.HasPrefix(of[i+2], "file") {
			mode = ` TargetMode="External"`
		}
		b.WriteString(`<Relationship Id="` + of[i] + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + of[i+1] + `" Target="` + of[i+2] + `"` + mode + `/>`)
	}
	return b.String() + `</Relationships>`
}

// texts gives the texts of the pages.
func texts(r *kb.Reading) []string {
	var out []string
	for _, p := range r.Pages {
		out = append(out, p.Text)
	}
	return out
}

// found gives the findings of some types, as type, page and passage.
func found(r *kb.Reading, types ...kb.FindingType) []kb.Finding {
	var out []kb.Finding
	for _, f := range r.Findings {
		for _, of := range types {
			if f.Type == of {
				out = append(out, f)
			}
		}
	}
	return out
}
