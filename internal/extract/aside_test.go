//go:build unix

package extract

import (
	"archive/zip"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// packed makes an archive of parts, name and content in turn.
func packed(t *testing.T, parts ...string) string {
	t.Helper()
	var b strings.Builder
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i]})
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func wordRelations(kinds ...string) string {
	out := "<Relationships>"
	for i, kind := range kinds {
		out += fmt.Sprintf(`<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s.xml"/>`, i, kind, kind)
	}
	return out + "</Relationships>"
}

// A citizen service number stood far down a comment, or in the second comment of a page,
// where no finding showed it: the check saw only the passages of findings.
func TestHiddenWordsAreCheckedForPersonalData(t *testing.T) {
	far := strings.Repeat("lang verhaal ", 100)
	word := func(body string, more ...string) string {
		return packed(t, append([]string{
			"[Content_Types].xml", `<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
			"_rels/.rels", `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
			"word/document.xml", `<w:document><w:body><w:p><w:r><w:t>Een</w:t><w:lastRenderedPageBreak/><w:t>Twee</w:t></w:r>` + body + `</w:p></w:body></w:document>`,
		}, more...)...)
	}
	open := func(kind, body string) string {
		return packed(t, "mimetype", "application/vnd.oasis.opendocument."+kind, "content.xml", `<office:document-content><office:body><office:`+kind+`>`+body+`</office:`+kind+`></office:body></office:document-content>`,
			"meta.xml", `<office:meta><meta:user-defined meta:name="BSN">111222333</meta:user-defined></office:meta>`)
	}
	x := opening(t, Config{Cache: compiled(t)})
	for name, c := range map[string]struct {
		file, content string
		want          []string
	}{
		"the second comment": {
			"a.docx", word(
				`<w:r><w:commentReference w:id="1"/><w:commentReference w:id="2"/></w:r>`,
				"word/_rels/document.xml.rels", wordRelations("comments"),
				"word/comments.xml", `<w:comments><w:comment w:id="1"><w:p><w:r><w:t>mooi</w:t></w:r></w:p></w:comment><w:comment w:id="2"><w:p><w:r><w:t>`+far+`BSN 1234</w:t></w:r><w:r><w:t>56782</w:t></w:r></w:p></w:comment></w:comments>`),
			[]string{"BSN SERIOUS 2 COMMENT"},
		},
		"a deletion":                {"a.docx", word(`<w:del><w:r><w:delText>eerst</w:delText></w:r></w:del><w:del><w:r><w:delText>` + far + `BSN 123456782</w:delText></w:r></w:del>`), []string{"BSN SERIOUS 2 TRACKED_CHANGE"}},
		"hidden text":               {"a.docx", word(`<w:r><w:rPr><w:vanish/></w:rPr><w:t>` + far + `NL91 ABNA 0417 1643 00</w:t></w:r>`), []string{"IBAN SERIOUS 2 HIDDEN_TEXT"}},
		"a property of its own":     {"a.docx", word("", "docProps/custom.xml", `<Properties><property name="BSN"><vt:lpwstr>123456782</vt:lpwstr></property></Properties>`), []string{"BSN SERIOUS 0 PROPERTY_NAME"}},
		"a comment in OpenDocument": {"a.odt", open("text", `<text:p>Een<office:annotation><text:p>`+far+`BSN 12345<text:span>6782</text:span></text:p></office:annotation></text:p>`), []string{"BSN SERIOUS 0 PROPERTY_NAME", "BSN SERIOUS 1 COMMENT"}},
		"a comment on a sheet":      {"a.ods", open("spreadsheet", `<table:table><table:table-row><table:table-cell><office:annotation><text:p>`+far+`BSN 123456782</text:p></office:annotation><text:p>Een</text:p></table:table-cell></table:table-row></table:table>`), []string{"BSN SERIOUS 0 PROPERTY_NAME", "BSN SERIOUS 1 COMMENT"}},
		"a comment in a web page":   {"a.html", `<!doctype html><html><head><meta name="author" content="piet.jansen@gmail.com"></head><body><p>Een</p><!-- ` + far + `BSN 123456782 --></body></html>`, []string{"EMAIL NOTABLE 0 PROPERTY_NAME", "BSN SERIOUS 1 COMMENT"}},
		"before Markdown":           {"a.md", "---\nauteur: piet.jansen@gmail.com\n---\n# Kop\n", []string{"EMAIL NOTABLE 0 PROPERTY_NAME"}},
		"nowhere":                   {"a.docx", word(`<w:r><w:commentReference w:id="1"/></w:r>`), nil},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := x.Read(t.Context(), source(c.file, c.content))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range r.Findings {
				if len(f.Ranges) > 0 {
					got = append(got, fmt.Sprintf("%s %s %d %s", f.Type, f.Severity, f.Page, f.In))
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (%s): %s", r.Format, r.State, diff)
			}
		})
	}
}
