package office

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// document makes a DOCX with this body, and more parts.
func document(body string, more ...string) parts {
	return append(parts{"word/document.xml", `<?xml version="1.0"?><w:document><w:body>` + body + `</w:body></w:document>`}, more...)
}

func para(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func TestDocumentText(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"paragraphs":        {para("een") + para("") + para("twee"), "een\ntwee"},
		"runs":              {`<w:p><w:r><w:t>won</w:t></w:r><w:r><w:t>ing</w:t><w:tab/><w:t>3</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r></w:p>`, "woning\t3\nb-c"},
		"tabs of the style": {`<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`, "a"},
		"a deletion":        {`<w:p><w:del w:id="1"><w:r><w:delText>weg</w:delText><w:t>ook</w:t></w:r></w:del><w:r><w:t>blijft</w:t></w:r></w:p>`, "blijft"},
		"moved away":        {`<w:p><w:moveFrom><w:r><w:t>oud</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>nieuw</w:t></w:r></w:moveTo></w:p>`, "nieuw"},
		"hidden":            {`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>open</w:t></w:r></w:p>`, "open"},
		"a hidden mark":     {`<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>te zien</w:t></w:r></w:p>`, "te zien"},
		"a field":           {`<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>`, "7"},
		"said twice":        {`<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>een</w:t></w:r></mc:Choice><mc:Choice><w:r><w:t>twee</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>drie</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>`, "een"},
		"a table":           {`<w:tbl><w:tr><w:tc>` + para("a") + para("b") + `</w:tc><w:tc>` + para("c") + `</w:tc></w:tr><w:tr><w:tc>` + para("d") + `</w:tc><w:tc>` + para("e") + `</w:tc></w:tr></w:tbl>` + para("na"), "a\nb\tc\nd\te\nna"},
		"a text box":        {`<w:p><w:r><w:t>voor</w:t></w:r><w:r><w:drawing><w:txbxContent>` + para("kader") + `</w:txbxContent></w:drawing></w:r><w:r><w:t> en na</w:t></w:r></w:p>`, "voor en na\nkader"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff([]string{c.want}, texts(mustRead(t, ReadDOCX, document(c.body)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDocumentHasThePagesThatWereRecorded(t *testing.T) {
	r := mustRead(t, ReadDOCX, document(
		`<w:p><w:r><w:t>een </w:t><w:lastRenderedPageBreak/><w:t>twee</w:t><w:br w:type="page"/></w:r></w:p>`+
			`<w:p><w:r><w:lastRenderedPageBreak/><w:t>drie</w:t></w:r></w:p>`))
	if diff := cmp.Diff([]string{"een", "twee", "drie"}, texts(r)); diff != "" || r.Unit != kb.UnitPage {
		t.Error(r.Unit, diff)
	}
	r = mustRead(t, ReadDOCX, document(para("een")+`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`+para("twee")))
	if diff := cmp.Diff([]string{"een", "twee"}, texts(r)); diff != "" || r.Unit != kb.UnitPart {
		t.Error("a break that only the author made tells nothing of pages", r.Unit, diff)
	}
}

func TestDocumentWithAllAround(t *testing.T) {
	r := mustRead(t, ReadDOCX, document(
		`<w:p><w:pPr><w:pStyle w:val="Kop"/></w:pPr><w:r><w:t>Aanpak</w:t></w:r></w:p>`+
			`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>doel</w:t><w:footnoteReference w:id="2"/><w:commentReference w:id="5"/></w:r></w:p>`+
			`<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>deel</w:t></w:r></w:p>`+
			`<w:p><w:r><w:rPr><w:rStyle w:val="Weg"/></w:rPr><w:t>verborgen</w:t></w:r></w:p>`+
			`<w:p><w:ins><w:r><w:t>erbij</w:t></w:r></w:ins><w:del><w:r><w:delText>eraf</w:delText></w:r></w:del></w:p>`+
			`<w:p><w:r><w:drawing><wp:docPr id="1"/><pic:pic/></w:drawing><w:drawing><wp:docPr descr="Kaart"/><pic:pic/></w:drawing><w:instrText>INCLUDEPICTURE "http://x.example/p.png" \d</w:instrText></w:r></w:p>`+
			`<w:tbl><w:tr><w:tc>`+para("a")+`</w:tc><w:tc>`+para("b")+`</w:tc></w:tr><w:tr/></w:tbl>`,
		"word/_rels/document.xml.rels", rels("r1", "styles", "styles.xml", "r2", "footnotes", "footnotes.xml", "r3", "comments", "comments.xml", "r4", "numbering", "numbering.xml",
			"r5", "header", "header1.xml", "r6", "header", "header2.xml", "r7", "footer", "footer1.xml", "r8", "attachedTemplate", "http://x.example/t.dotx", "r9", "hyperlink", "https://x.example/", "r10", "oleObject", "embeddings/geheim.xlsx"),
		"word/styles.xml", `<w:styles><w:style w:styleId="Basis"><w:name w:val="heading 2"/></w:style><w:style w:styleId="Kop"><w:basedOn w:val="Basis"/></w:style><w:style w:styleId="Weg"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`,
		"word/footnotes.xml", `<w:footnotes><w:footnote w:id="2">`+para("zie de wet")+`</w:footnote></w:footnotes>`,
		"word/comments.xml", `<w:comments><w:comment w:id="5" w:author="Jan">`+para("klopt dit?")+`</w:comment><w:comment w:id="6">`+para("los")+`</w:comment></w:comments>`,
		"word/numbering.xml", `<w:numbering><w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num></w:numbering>`,
		"word/header1.xml", `<w:hdr>`+para("Gemeente X")+`</w:hdr>`, "word/header2.xml", `<w:hdr>`+para("Gemeente X")+`</w:hdr>`, "word/footer1.xml", `<w:ftr>`+para("versie 2")+`</w:ftr>`,
		"word/vbaProject.bin", "x", "docProps/thumbnail.jpeg", "plaatje",
		"docProps/core.xml", `<cp:coreProperties><dc:title>Nota</dc:title><dc:creator>Ans; Bea</dc:creator><cp:lastModifiedBy>Cor</cp:lastModifiedBy><cp:keywords>wonen, werk</cp:keywords><dcterms:created>2024-03-01T10:00:00Z</dcterms:created><dc:language>nl-NL</dc:language></cp:coreProperties>`,
		"docProps/app.xml", `<Properties><Company>Gemeente X</Company></Properties>`,
	))
	want := []string{"Aanpak\nIV. doel\na) deel\nerbij\na\tb\nzie de wet\nGemeente X\nversie 2"}
	if diff := cmp.Diff(want, texts(r)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.OutlineEntry{{Title: "Aanpak", Page: 1, Level: 2}}, r.Outline); diff != "" {
		t.Error(diff)
	}
	if r.Title != "Nota" || r.Organisation != "Gemeente X" || r.Language != "nl" || !r.Preview || r.Created == nil || cmp.Diff([]string{"Ans", "Bea"}, r.Authors) != "" || cmp.Diff([]string{"wonen", "werk"}, r.Keywords) != "" {
		t.Errorf("properties: %+v", r)
	}
	if diff := cmp.Diff([]kb.Finding{
		{Type: kb.FindingComment, Passage: "los"},
		{Type: kb.FindingPropertyName, Passage: "creator: Ans; Bea"},
		{Type: kb.FindingPropertyName, Passage: "lastModifiedBy: Cor"},
		{Type: kb.FindingExternalLink, Passage: "http://x.example/t.dotx"},
		{Type: kb.FindingEmbeddedFile, Passage: "geheim.xlsx"},
		{Type: kb.FindingMacro, Passage: "vbaProject.bin"},
		{Type: kb.FindingComment, Page: 1, Passage: "Jan: klopt dit?"},
		{Type: kb.FindingHiddenText, Page: 1, Passage: "verborgen"},
		{Type: kb.FindingTrackedChange, Page: 1, Passage: "eraf", Count: 2},
		{Type: kb.FindingNoAlternative, Page: 1},
		{Type: kb.FindingExternalLink, Page: 1, Passage: `INCLUDEPICTURE "http://x.example/p.png" \d`},
		{Type: kb.FindingNoTableHeader, Page: 1},
	}, r.Findings); diff != "" {
		t.Error(diff)
	}
}

func TestDocumentStates(t *testing.T) {
	for name, c := range map[string]struct {
		p    parts
		want kb.ExtractionState
	}{
		"nothing":            {document(""), kb.ExtractionEmpty},
		"only a picture":     {document(`<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>`), kb.ExtractionRead},
		"no document":        {parts{"a.txt", "x"}, kb.ExtractionBroken},
		"cut off":            {parts{"word/document.xml", `<w:document><w:body>` + para("een")}, kb.ExtractionBroken},
		"another root":       {parts{"word/document.xml", `<x>` + para("een") + `</x>`}, kb.ExtractionBroken},
		"a type definition":  {parts{"word/document.xml", `<!DOCTYPE x [<!ENTITY a "b">]><w:document><w:body>` + para("&a;") + `</w:body></w:document>`}, kb.ExtractionBroken},
		"the relations":      {document(para("x"), "_rels/.rels", rels("r1", "officeDocument", "_rels/.rels")), kb.ExtractionBroken},
		"outside":            {document(para("x"), "_rels/.rels", rels("r1", "officeDocument", "../../etc/passwd")), kb.ExtractionRead},
		"broken comments":    {document(para("x"), "word/_rels/document.xml.rels", rels("r1", "comments", "c.xml"), "word/c.xml", "<w:comments>"), kb.ExtractionRead},
		"styles in a circle": {document(para("x"), "word/_rels/document.xml.rels", rels("r1", "styles", "s.xml"), "word/s.xml", `<w:styles><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>`), kb.ExtractionRead},
	} {
		r, err := ReadDOCX(packed(pack(t, c.p)))
		if got := state(r, err); got != c.want {
			t.Errorf("%s: %s (%v), want %s", name, got, err, c.want)
		}
	}
	r := mustRead(t, ReadDOCX, document(`<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>`))
	if len(r.Pages) != 1 || !r.Pages[0].Picture {
		t.Errorf("a document of a picture: %+v", r.Pages)
	}
}
