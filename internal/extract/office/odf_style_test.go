package office

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// styles makes the part with the named styles and these master pages.
func styles(named, masters string) string {
	return `<office:document-styles><office:styles><style:default-style><style:text-properties text:display="none"/></style:default-style>` + named +
		`</office:styles><office:master-styles><style:master-page>` + masters + `</style:master-page></office:master-styles></office:document-styles>`
}

func TestHeadersAndFootersOfOpenDocument(t *testing.T) {
	masters := `<style:header><text:p>Gemeente X<text:tab/><text:s/>nota</text:p></style:header><style:header-left><text:p>Gemeente Y</text:p></style:header-left>` +
		`<style:footer><text:p>Gemeente Y</text:p><text:p>versie 2<office:annotation><text:p>klopt dit?</text:p></office:annotation><text:soft-page-break/></text:p><draw:frame><draw:image/></draw:frame></style:footer>` +
		`<style:header-style><text:p>geen tekst</text:p></style:header-style>`
	pages := `<text:p>een<text:soft-page-break/>twee</text:p>`
	r := mustRead(t, ReadODT, open("text", pages, "styles.xml", styles("", masters)))
	if diff := cmp.Diff([]string{"een\nGemeente X\t nota\nGemeente Y\nversie 2", "twee"}, texts(r)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.Finding{{Type: kb.FindingComment, Passage: "klopt dit?"}}, found(r, kb.FindingComment, kb.FindingNoAlternative, kb.FindingUnchecked)); diff != "" {
		t.Error(diff)
	}
	only := mustRead(t, ReadODT, open("text", "<text:p/>", "styles.xml", styles("", masters)))
	if diff := cmp.Diff([]kb.ReadPage{{Number: 1, Text: "Gemeente X\t nota\nGemeente Y\nversie 2"}}, only.Pages); diff != "" {
		t.Error("a text of margins alone", diff)
	}
	slides := mustRead(t, ReadODP, open("presentation", `<draw:page><draw:frame><text:p>een</text:p></draw:frame></draw:page>`, "styles.xml", styles("", masters)))
	if diff := cmp.Diff([]string{"een"}, texts(slides)); diff != "" {
		t.Error("a slide has the placeholders of its master", diff)
	}
	many := mustRead(t, ReadODT, open("text", pages, "styles.xml", styles("", `<style:header><text:p>`+strings.Repeat("a<text:line-break/>", 10)+strings.Repeat("</text:p><text:p>", 10)+`</text:p></style:header>`)))
	if got := texts(many)[0]; got != "een\na" {
		t.Errorf("equal lines: %q", got)
	}
	broken := mustRead(t, ReadODT, open("text", pages, "styles.xml", "<x>"))
	if diff := cmp.Diff([]kb.Finding{{Type: kb.FindingUnchecked, Passage: "styles.xml"}}, found(broken, kb.FindingUnchecked)); diff != "" {
		t.Error(diff)
	}
}

func TestStylesOfOpenDocumentHideAndBreak(t *testing.T) {
	named := `<style:style style:name="Geheim"><style:text-properties text:display="none"/></style:style>` +
		`<style:style style:name="Kind" style:parent-style-name="Geheim"/>` +
		`<style:style style:name="Nieuw"><style:paragraph-properties fo:break-before="page"/></style:style>` +
		`<style:style style:name="a" style:parent-style-name="b"/><style:style style:name="b" style:parent-style-name="a"/>` +
		`<text:list-style><style:text-properties text:display="none"/></text:list-style>`
	for name, c := range map[string]struct {
		content string
		want    []string
		hidden  string
	}{
		"by name":          {`<text:p>open<text:span text:style-name="Geheim">dicht</text:span></text:p>`, []string{"open"}, "dicht"},
		"by its parent":    {`<text:p>open<text:span text:style-name="Kind">dicht</text:span></text:p>`, []string{"open"}, "dicht"},
		"in a circle":      {`<text:p>open<text:span text:style-name="a">ook</text:span></text:p>`, []string{"openook"}, ""},
		"after a list":     {`<text:p>open<text:span text:style-name="b">ook</text:span></text:p>`, []string{"openook"}, ""},
		"a section":        {`<text:p>open</text:p><text:section text:display="none"><text:p>een</text:p><text:p>twee</text:p></text:section>`, []string{"open"}, "een twee"},
		"a hidden field":   {`<text:p>open<text:hidden-text text:is-hidden="true">dicht</text:hidden-text></text:p>`, []string{"open"}, "dicht"},
		"a field in sight": {`<text:p>open<text:hidden-text text:is-hidden="false">ook</text:hidden-text></text:p>`, []string{"openook"}, ""},
		"a break":          {`<text:p>een</text:p><text:p text:style-name="Nieuw">twee</text:p>`, []string{"een", "twee"}, ""},
	} {
		r := mustRead(t, ReadODT, open("text", c.content, "styles.xml", styles(named, "")))
		if diff := cmp.Diff(c.want, texts(r)); diff != "" {
			t.Error(name, diff)
		}
		got := ""
		for _, f := range found(r, kb.FindingHiddenText) {
			got += f.Passage
		}
		if got != c.hidden {
			t.Errorf("%s: hidden %q, want %q", name, got, c.hidden)
		}
	}
}

func TestEncryptedOpenDocument(t *testing.T) {
	noise := "\x17\xa9noise that does not pack"
	for name, c := range map[string]struct {
		method   uint16
		content  string
		manifest string
		want     kb.ExtractionState
	}{
		"with keys of people":            {zip.Store, noise, `<manifest><keyinfo/></manifest>`, kb.ExtractionEncrypted},
		"a manifest with a type":         {zip.Store, noise, `<!DOCTYPE manifest><manifest><file-entry><encryption-data/></file-entry></manifest>`, kb.ExtractionEncrypted},
		"no manifest":                    {zip.Store, noise, "", kb.ExtractionEncrypted},
		"noise that was packed":          {zip.Deflate, noise, "", kb.ExtractionBroken},
		"XML that was stored and breaks": {zip.Store, " \ufeff<a>", "", kb.ExtractionBroken},
		"stored in UTF-16":               {zip.Store, "\xff\xfe<\x00a\x00", "", kb.ExtractionBroken},
		"nothing was stored":             {zip.Store, "", "", kb.ExtractionBroken},
	} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, part := range [][2]string{{"content.xml", c.content}, {"META-INF/manifest.xml", c.manifest}} {
			w, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: c.method})
			if err == nil && (part[0] == "content.xml" || part[1] != "") {
				_, err = w.Write([]byte(part[1]))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if got := state(ReadODT(packed(b.Bytes()))); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestEmptyCellsOfASheetAreTabs(t *testing.T) {
	cell := func(text string) string {
		return `<table:table-cell><text:p>` + text + `</text:p></table:table-cell>`
	}
	empty := func(n string) string { return `<table:table-cell table:number-columns-repeated="` + n + `"/>` }
	for name, c := range map[string]struct{ row, want string }{
		"beside each other": {cell("a") + cell("b"), "a\tb"},
		"one between":       {cell("a") + `<table:table-cell/>` + cell("b"), "a\t\tb"},
		"three at once":     {cell("a") + empty("3") + cell("b"), "a\t\t\t\tb"},
		"covered":           {cell("a") + `<table:covered-table-cell/>` + cell("b"), "a\t\tb"},
		"first":             {empty("2") + cell("b"), "b"},
		"last":              {cell("a") + empty("999999999"), "a"},
		"very many":         {cell("a") + empty("9999") + cell("b"), "a" + strings.Repeat("\t", maxGap) + "b"},
		"after a repeated":  {`<table:table-cell table:number-columns-repeated="2"><text:p>a</text:p></table:table-cell><table:table-cell/>` + cell("b"), "a\ta\t\tb"},
		"two lines":         {`<table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>` + cell("c"), "a\nb\tc"},
	} {
		r := mustRead(t, ReadODS, open("spreadsheet", `<table:table><table:table-row>`+cell("kop")+`</table:table-row><table:table-row>`+c.row+`</table:table-row></table:table>`))
		if diff := cmp.Diff([]string{"kop\n" + c.want}, texts(r)); diff != "" {
			t.Error(name, diff)
		}
	}
}
