package office

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func tableCell(inside string) string { return `<w:tc>` + inside + `</w:tc>` }

func tableRow(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

// The text of a document comes in the order in which a person reads it, however it is
// nested, and each piece once.
func TestNestedTextOfADocument(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"a table in a table": {
			`<w:tbl>` + tableRow(tableCell(para("a")), tableCell(`<w:tbl>`+tableRow(tableCell(para("b")), tableCell(para("c")))+`</w:tbl>`+para("d"))) + `</w:tbl>`,
			"a\nb\tc\td",
		},
		"cells that go on":            {`<w:tbl>` + tableRow(tableCell(`<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>`+para("breed")), tableCell(para("smal"))) + tableRow(tableCell(`<w:tcPr><w:vMerge/></w:tcPr><w:p/>`), tableCell(para("x")), tableCell(para("y"))) + `</w:tbl>`, "breed\tsmal\nx\ty"},
		"a link":                      {`<w:p><w:r><w:t>zie </w:t></w:r><w:hyperlink r:id="r1"><w:r><w:t>de site</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>`, "zie de site."},
		"content controls":            {`<w:sdt><w:sdtPr><w:alias w:val="Naam"/></w:sdtPr><w:sdtContent>` + para("in een blok") + `</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtContent><w:r><w:t>in een regel</w:t></w:r></w:sdtContent></w:sdt></w:p>`, "in een blok\nin een regel"},
		"a formula":                   {`<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>`, "x=1"},
		"words of the program itself": {`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://x.example/"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>klik</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, "klik"},
		"a soft hyphen":               {`<w:p><w:r><w:t>woning</w:t><w:softHyphen/><w:t>bouw</w:t></w:r></w:p>`, "woningbouw"},
		"spaces that are kept":        {`<w:p><w:r><w:t xml:space="preserve">een </w:t></w:r><w:r><w:t>twee</w:t></w:r></w:p>`, "een twee"},
		"characters that are named":   {para("R&amp;D &lt;nu&gt; caf&#233;"), "R&D <nu> café"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff([]string{c.want}, texts(mustRead(t, ReadDOCX, document(c.body)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Slides that are hidden stay in the count, so that a slide has the number that the
// program shows, and each is marked.
func TestHiddenSlidesKeepTheirPlace(t *testing.T) {
	p := presentation(titled("Een"), titled("Twee"), titled("Drie"), titled("Vier"))
	for i, content := range p {
		if strings.Contains(content, "Twee") || strings.Contains(content, "Vier") {
			p[i] = strings.Replace(content, "<p:sld>", `<p:sld show="0">`, 1)
		}
	}
	r := mustRead(t, ReadPPTX, p)
	if diff := cmp.Diff([]kb.ReadPage{
		{Number: 1, Title: "Een", Text: "Een"},
		{Number: 2, Title: "Twee", Text: "Twee", Hidden: true},
		{Number: 3, Title: "Drie", Text: "Drie"},
		{Number: 4, Title: "Vier", Text: "Vier", Hidden: true},
	}, r.Pages); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.Finding{{Type: kb.FindingHiddenPage, Page: 2, Passage: "Twee"}, {Type: kb.FindingHiddenPage, Page: 4, Passage: "Vier"}}, found(r, kb.FindingHiddenPage)); diff != "" {
		t.Error(diff)
	}
	if r.Unit != kb.UnitSlide || len(r.Outline) != 4 {
		t.Errorf("%s, %v", r.Unit, r.Outline)
	}
}

// Text on a slide is read from its heading on, whatever its shapes are wrapped in.
func TestShapesOfASlide(t *testing.T) {
	shape := func(text string) string {
		return `<p:sp><p:txBody><a:p><a:r><a:t>` + text + `</a:t></a:r></a:p></p:txBody></p:sp>`
	}
	for name, c := range map[string]struct{ slide, want string }{
		"the heading last":        {shape("onder") + placed("title", "Kop"), "Kop\nonder"},
		"a heading in the middle": {shape("a") + placed("ctrTitle", "Kop") + shape("b"), "Kop\na\nb"},
		"with a line beneath":     {placed("subTitle", "Regio Noord") + placed("ctrTitle", "Kop"), "Kop\nRegio Noord"},
		"groups":                  {placed("title", "Kop") + `<p:grpSp>` + shape("a") + `<p:grpSp>` + shape("b") + `</p:grpSp></p:grpSp>` + shape("c"), "Kop\na\nb\nc"},
		"lines and breaks":        {`<p:sp><p:txBody><a:p><a:r><a:t>een</a:t></a:r><a:br/><a:r><a:t>twee</a:t></a:r></a:p><a:p/><a:p><a:r><a:t>drie</a:t></a:r></a:p></p:txBody></p:sp>`, "een\ntwee\ndrie"},
		"runs in one word":        {`<p:sp><p:txBody><a:p><a:r><a:t>woning</a:t></a:r><a:r><a:rPr b="1"/><a:t>bouw</a:t></a:r></a:p></p:txBody></p:sp>`, "woningbouw"},
		"only a picture":          {`<p:pic><p:cNvPr descr="kaart"/><a:blip/></p:pic>` + shape("bij de kaart"), "bij de kaart"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff([]string{c.want}, texts(mustRead(t, ReadPPTX, presentation(c.slide)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A deck of forty slides, with its parts in any order, has forty pages in the order in
// which they are shown.
func TestADeckOfFortySlides(t *testing.T) {
	var slides []string
	var want []string
	for i := range 40 {
		word := "dia" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		slides = append(slides, titled("Kop "+word, "regel "+word))
		want = append(want, "Kop "+word+"\nregel "+word)
	}
	r := mustRead(t, ReadPPTX, presentation(slides...))
	if diff := cmp.Diff(want, texts(r)); diff != "" {
		t.Error(diff)
	}
	for i, p := range r.Pages {
		if p.Number != i+1 || p.Hidden || !strings.HasPrefix(p.Title, "Kop ") {
			t.Errorf("slide %d: %+v", i+1, p)
		}
	}
}
