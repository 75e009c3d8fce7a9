package office

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestTextOfASlide(t *testing.T) {
	line := func(x string) string { return `<p:sp><p:txBody><a:p>` + x + `</a:p></p:txBody></p:sp>` }
	run := `<a:r><a:t>a</a:t></a:r>`
	for name, c := range map[string]struct{ content, want string }{
		"runs":              {line(run + `<a:r><a:t>b</a:t></a:r>`), "a\nab"},
		"a break":           {line(run + `<a:br/>` + run), "a\na\na"},
		"a tab":             {line(`<a:r><a:t>x</a:t><a:tab/><a:t>y</a:t></a:r>`), "a\nx\ty"},
		"tabs of the style": {line(`<a:pPr><a:tabLst><a:tab/></a:tabLst></a:pPr>` + run), "a\na"},
		"a number":          {line(run + `<a:fld type="slidenum"><a:t>7</a:t></a:fld>`), "a\na"},
		"a date":            {line(run + `<a:fld type="datetime1"><a:t>vandaag</a:t></a:fld>`), "a\na"},
		"another field":     {line(`<a:fld type="TxLink"><a:t>x</a:t></a:fld>`), "a\nx"},
		"an old break":      {line(`<a:r><a:t>x_x000B_y</a:t></a:r>`), "a\nx\ny"},
		"a sub heading":     {placed("subTitle", "x"), "a\nx"},
		"a date by place":   {placed("dt", "x"), "a"},
		"a footer":          {placed("ftr", "x"), "a\nx"},
		"only a fallback":   {`<mc:AlternateContent><mc:Fallback>` + line(run) + `</mc:Fallback></mc:AlternateContent>`, "a"},
		"a choice outside":  {`<mc:Choice>` + line(run) + `</mc:Choice>`, "a"},
		"a lost diagram":    {`<p:graphicFrame><dgm:relIds r:dm="weg"/></p:graphicFrame>`, "a"},
	} {
		r := mustRead(t, ReadPPTX, presentation(placed("title", "a")+c.content))
		if diff := cmp.Diff([]string{c.want}, texts(r)); diff != "" {
			t.Error(name, diff)
		}
	}
}

// A part beside a slide that cannot be read costs only itself.
func TestPartsBesideASlideThatBreak(t *testing.T) {
	for kind, name := range map[string]string{"notesSlide": "n.xml", "comments": "k.xml", "diagramData": "d.xml"} {
		p := presentation(titled("Een") + `<p:graphicFrame><dgm:relIds r:dm="r1"/></p:graphicFrame>`)
		p = append(p, "ppt/slides/_rels/slide1.xml.rels", rels("r1", kind, name), "ppt/slides/"+name, "<x>")
		r := mustRead(t, ReadPPTX, p)
		got := found(r, kb.FindingUnchecked)
		if len(got) == 0 || got[0].Page != 1 || got[0].Passage != name || r.Pages[0].Text != "Een" {
			t.Errorf("%s: %+v, %+v", kind, got, r.Pages)
		}
	}
}

func TestCommentsOfASlide(t *testing.T) {
	p := append(presentation(titled("Een")),
		"ppt/slides/_rels/slide1.xml.rels", rels("r1", "comments", "a.xml", "r2", "comments", "b.xml"),
		"ppt/slides/a.xml", `<p:cmLst><p:cm><p:text>oud</p:text></p:cm></p:cmLst>`,
		"ppt/slides/b.xml", `<cmLst><cm><reply><txBody><a:p><a:t>ant</a:t><a:t>woord</a:t></a:p></txBody></reply><txBody><a:p><a:t>een</a:t></a:p><a:p><a:t>twee</a:t></a:p></txBody></cm></cmLst>`)
	if diff := cmp.Diff([]kb.Aside{
		{Page: 1, Type: kb.FindingComment, Text: "oud"},
		{Page: 1, Type: kb.FindingComment, Text: "antwoord"},
		{Page: 1, Type: kb.FindingComment, Text: "een\ntwee"},
	}, asidesOf(mustRead(t, ReadPPTX, p), kb.FindingComment)); diff != "" {
		t.Error(diff)
	}
}

func TestPicturesOfASlide(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    int
	}{
		"without words":    {`<p:pic><a:blip/></p:pic>`, 1},
		"described":        {`<p:pic><p:cNvPr descr="kaart"/><a:blip/></p:pic>`, 0},
		"for decoration":   {`<p:pic><p:cNvPr/><adec:decorative val="1"/><a:blip/></p:pic>`, 0},
		"a filled shape":   {`<p:sp><a:blip/></p:sp>`, 0},
		"a chart":          {`<p:graphicFrame><c:chart r:id="r9"/></p:graphicFrame>`, 1},
		"a described one":  {`<p:graphicFrame><p:cNvPr title="groei"/><c:chart r:id="r9"/></p:graphicFrame>`, 0},
		"outside of shape": {`<a:blip/>`, 0},
	} {
		r := mustRead(t, ReadPPTX, presentation(titled("Een")+c.content))
		if got := found(r, kb.FindingNoAlternative); len(got) != c.want {
			t.Errorf("%s: %v, want %d", name, got, c.want)
		}
	}
}

func TestHiddenWordsOfADocumentAreWhole(t *testing.T) {
	r := mustRead(t, ReadDOCX, document(
		`<w:p><w:r><w:t>een</w:t><w:lastRenderedPageBreak/></w:r><w:del><w:r><w:delText>weg</w:delText></w:r><w:r><w:delText>gehaald</w:delText></w:r></w:del><w:del><w:r><w:delText>ook</w:delText></w:r></w:del><w:r><w:t>twee</w:t></w:r></w:p>`+
			`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ge</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>heim</w:t></w:r></w:p>`,
		"docProps/custom.xml", `<Properties><property name="Dossier"><vt:lpwstr>17</vt:lpwstr></property></Properties>`))
	if diff := cmp.Diff([]kb.Aside{
		{Page: 2, Type: kb.FindingTrackedChange, Text: "weggehaald"},
		{Page: 2, Type: kb.FindingTrackedChange, Text: "ook"},
		{Page: 2, Type: kb.FindingHiddenText, Text: "geheim"},
		{Type: kb.FindingPropertyName, Text: "Dossier: 17"},
	}, r.Asides); diff != "" {
		t.Error(diff)
	}
}

// asidesOf gives the asides of a type.
func asidesOf(r *kb.Reading, of kb.FindingType) []kb.Aside {
	var out []kb.Aside
	for _, a := range r.Asides {
		if a.Type == of {
			out = append(out, a)
		}
	}
	return out
}

func TestFindingsOfOpenDocument(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    []kb.Finding
	}{
		"an insertion":     {`<text:p>a</text:p><text:tracked-changes><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>`, []kb.Finding{{Type: kb.FindingTrackedChange, Page: 1}}},
		"an object of old": {`<text:p>a<draw:frame><draw:object-ole xlink:href="./Object 2"/><svg:desc>x</svg:desc></draw:frame></text:p>`, []kb.Finding{{Type: kb.FindingEmbeddedFile, Page: 1, Passage: "Object 2"}}},
		"a linked object":  {`<text:p>a<draw:frame><draw:object xlink:href="../geheim.ods"/><svg:desc>x</svg:desc></draw:frame></text:p>`, []kb.Finding{{Type: kb.FindingExternalLink, Page: 1, Passage: "../geheim.ods"}}},
		"a table":          {`<text:p>a</text:p><table:table><table:table-header-rows><table:table-row><table:table-cell/><table:table-cell/></table:table-row></table:table-header-rows><table:table-row><table:table-cell/></table:table-row></table:table>`, nil},
		"a picture lost":   {`<text:p>a</text:p><text:tracked-changes><text:p><draw:frame><draw:image/></draw:frame></text:p></text:tracked-changes>`, nil},
	} {
		r := mustRead(t, ReadODT, open("text", c.content))
		var got []kb.Finding
		for _, f := range r.Findings {
			if f.Type != kb.FindingNoTitle && f.Type != kb.FindingNoLanguage {
				got = append(got, f)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(name, diff)
		}
	}
}
