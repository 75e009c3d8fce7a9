package office

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// presentation makes a PPTX of slides with these contents, in this order. Its parts are
// named the other way round, as after moving slides.
func presentation(slides ...string) parts {
	list, relations := "", []string{}
	var p parts
	for i, content := range slides {
		n := strconv.Itoa(len(slides) - i)
		list += `<p:sldId id="` + strconv.Itoa(256+i) + `" r:id="r` + n + `"/>`
		relations = append(relations, "r"+n, "slide", "slides/slide"+n+".xml")
		p = append(p, "ppt/slides/slide"+n+".xml", `<p:sld><p:cSld><p:spTree>`+content+`</p:spTree></p:cSld></p:sld>`)
	}
	return append(p, "ppt/presentation.xml", `<p:presentation><p:sldIdLst>`+list+`</p:sldIdLst></p:presentation>`, "ppt/_rels/presentation.xml.rels", rels(relations...))
}

func placed(kind string, lines ...string) string {
	out := `<p:sp><p:nvPr><p:ph type="` + kind + `"/></p:nvPr><p:txBody>`
	for _, l := range lines {
		out += `<a:p><a:r><a:t>` + l + `</a:t></a:r></a:p>`
	}
	return out + `</p:txBody></p:sp>`
}

func titled(title string, lines ...string) string {
	return placed("body", lines...) + placed("title", title)
}

func TestSlidesComeInTheOrderInWhichTheyAreShown(t *testing.T) {
	r := mustRead(t, ReadPPTX, presentation(titled("Een", "a", "b")+placed("ftr", "X 2024"), titled("Twee")+placed("ftr", "X 2024")+placed("sldNum", "2"), placed("body", "los")))
	if diff := cmp.Diff([]kb.ReadPage{
		{Number: 1, Title: "Een", Text: "Een\na\nb\nX 2024"}, {Number: 2, Title: "Twee", Text: "Twee"}, {Number: 3, Text: "los"},
	}, r.Pages); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.OutlineEntry{{Title: "Een", Page: 1, Level: 1}, {Title: "Twee", Page: 2, Level: 1}}, r.Outline); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.Finding{{Type: kb.FindingNoSlideHeading, Page: 3}}, found(r, kb.FindingNoSlideHeading)); diff != "" {
		t.Error(diff)
	}
}

func TestSlideWithAllOnIt(t *testing.T) {
	p := presentation(titled("Vol") +
		`<p:graphicFrame><a:tbl><a:tblPr/><a:tr><a:tc><a:p><a:r><a:t>a</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>b</a:t></a:r></a:p></a:tc></a:tr><a:tr><a:tc/><a:tc><a:p><a:r><a:t>c</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:graphicFrame>` +
		`<p:graphicFrame><dgm:relIds r:dm="d1"/></p:graphicFrame><p:graphicFrame><p:cNvPr descr="groei"/><c:chart r:id="c1"/></p:graphicFrame>` +
		`<p:grpSp><p:grpSp><p:pic><p:cNvPr id="3"/><a:blip/></p:pic></p:grpSp></p:grpSp>` +
		`<mc:AlternateContent><mc:Choice><p:sp><a:p><a:r><a:t>nieuw</a:t></a:r></a:p></p:sp></mc:Choice><mc:Fallback><p:sp><a:p><a:r><a:t>oud</a:t></a:r></a:p></p:sp></mc:Fallback></mc:AlternateContent>`)
	p[1] = `<p:sld show="0">` + p[1][len(`<p:sld>`):]
	p = append(p,
		"ppt/slides/_rels/slide1.xml.rels", rels("d1", "diagramData", "../diagrams/data1.xml", "c1", "chart", "../charts/chart1.xml", "n1", "notesSlide", "../notesSlides/n1.xml", "k1", "comments", "../comments/c1.xml", "i1", "image", "http://x.example/i.png"),
		"ppt/diagrams/data1.xml", `<dgm:dataModel><dgm:pt><dgm:t><a:p><a:r><a:t>stap 1</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>`,
		"ppt/charts/chart1.xml", `<c:chartSpace><c:tx><c:strRef><c:f>Blad1!A1</c:f><c:strCache><c:pt><c:v>Reeks</c:v></c:pt></c:strCache></c:strRef></c:tx><c:val><c:numCache><c:pt><c:v>17</c:v></c:pt></c:numCache></c:val></c:chartSpace>`,
		"ppt/notesSlides/n1.xml", `<p:notes>`+placed("body", "zeg dit")+placed("sldNum", "1")+placed("hdr", "kop")+`</p:notes>`,
		"ppt/comments/c1.xml", `<p:cmLst><p:cm><p:text>mooi</p:text></p:cm><p:cm><p:text>lelijk</p:text></p:cm></p:cmLst>`)
	r := mustRead(t, ReadPPTX, p)
	if diff := cmp.Diff([]kb.ReadPage{{Number: 1, Title: "Vol", Text: "Vol\na\tb\nc\nstap 1\nReeks\nnieuw", Notes: "zeg dit", Hidden: true}}, r.Pages); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.Finding{
		{Type: kb.FindingNoTitle},
		{Type: kb.FindingNoLanguage},
		{Type: kb.FindingNoTableHeader, Page: 1},
		{Type: kb.FindingNoAlternative, Page: 1},
		{Type: kb.FindingComment, Page: 1, Passage: "mooi", Count: 2},
		{Type: kb.FindingHiddenPage, Page: 1, Passage: "Vol"},
		{Type: kb.FindingExternalLink, Page: 1, Passage: "http://x.example/i.png"},
	}, r.Findings); diff != "" {
		t.Error(diff)
	}
}

func TestDeckStates(t *testing.T) {
	broken := presentation(titled("Een"), titled("Twee"))
	broken[1] = "<p:sld><p:sp>"
	r := mustRead(t, ReadPPTX, broken)
	if diff := cmp.Diff([]kb.Finding{{Type: kb.FindingUnchecked, Page: 1, Passage: "slide2.xml"}}, found(r, kb.FindingUnchecked)); diff != "" || len(r.Pages) != 2 || r.Pages[1].Text != "Twee" {
		t.Error(diff, r.Pages)
	}
	deep := ""
	for range 600 {
		deep += "<p:grpSp>"
	}
	for name, c := range map[string]struct {
		p    parts
		want kb.ExtractionState
	}{
		"no slides":      {presentation(), kb.ExtractionEmpty},
		"empty slides":   {presentation("", ""), kb.ExtractionEmpty},
		"only a picture": {presentation("<p:pic><a:blip/></p:pic>"), kb.ExtractionRead},
		"broken slides":  {presentation("<a:p>"), kb.ExtractionBroken},
		"groups, deep":   {presentation(deep), kb.ExtractionTooLarge},
		"no deck":        {parts{"ppt/presentation.xml", "<x/>"}, kb.ExtractionBroken},
	} {
		r, err := ReadPPTX(packed(pack(t, c.p)))
		if got := state(r, err); got != c.want {
			t.Errorf("%s: %s (%v), want %s", name, got, err, c.want)
		}
	}
}

// TestManyReferencesToOneSlide took 22 seconds while relations were found by looking
// through all of them.
func TestManyReferencesToOneSlide(t *testing.T) {
	var list strings.Builder
	var relations []string
	for i := range 20_000 {
		id := "r" + strconv.Itoa(i)
		list.WriteString(`<p:sldId r:id="` + id + `"/>`)
		relations = append(relations, id, "slide", "slides/slide1.xml")
	}
	r := mustRead(t, ReadPPTX, parts{"ppt/presentation.xml", `<p:presentation><p:sldIdLst>` + list.String() + `</p:sldIdLst></p:presentation>`, "ppt/_rels/presentation.xml.rels", rels(relations...), "ppt/slides/slide1.xml", `<p:sld>` + titled("Een") + `</p:sld>`})
	if len(r.Pages) != 1 {
		t.Errorf("%d slides, want 1", len(r.Pages))
	}
}
