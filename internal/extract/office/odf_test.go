package office

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// open makes a document of OpenDocument with this content, and styles that hide.
func open(kind, content string, more ...string) parts {
	return append(parts{"content.xml", `<office:document-content><office:automatic-styles>` +
		`<style:style style:name="weg"><style:drawing-page-properties presentation:visibility="hidden"/><style:text-properties text:display="none"/></style:style>` +
		`<style:style style:name="dicht"><style:table-properties table:display="false"/></style:style>` +
		`</office:automatic-styles><office:body><office:` + kind + `>` + content + `</office:` + kind + `></office:body></office:document-content>`}, more...)
}

func TestTextOfOpenDocument(t *testing.T) {
	r := mustRead(t, ReadODT, open("text",
		`<text:tracked-changes><text:changed-region><text:deletion><dc:creator>Jan</dc:creator><text:p>weg</text:p></text:deletion></text:changed-region></text:tracked-changes>`+
			`<text:h text:outline-level="2">Kop</text:h>`+
			`<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>noot</text:p></text:note-body></text:note></text:p>`+
			`<text:p>e<office:annotation><dc:creator>Ans</dc:creator><text:p>echt?</text:p></office:annotation><text:span text:style-name="weg">geheim</text:span><text:title>Nota</text:title></text:p>`+
			`<table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row><table:table-row/></table:table>`+
			`<text:p>voor<text:soft-page-break/>na</text:p><text:p><draw:frame><draw:image xlink:href="https://x.example/a.png"/></draw:frame><draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:title>kaart</svg:title></draw:frame></text:p>`,
		"meta.xml", `<office:document-meta><office:meta><dc:title>Nota</dc:title><meta:initial-creator>Ans</meta:initial-creator><dc:date>2024-05-06T07:08:09.123</dc:date><dc:language>nl-NL</dc:language><meta:keyword>wonen</meta:keyword></office:meta></office:document-meta>`,
		"Basic/Standard/Module1.xml", "<x/>", "Thumbnails/thumbnail.png", "x"))
	if diff := cmp.Diff([]string{"Kop\na  b\tc\nd\neNota\nx\ty\nvoor\nnoot", "na"}, texts(r)); diff != "" || r.Unit != kb.UnitPage {
		t.Error(r.Unit, diff)
	}
	if r.Title != "Nota" || r.Language != "nl" || r.Modified == nil || !r.Preview || cmp.Diff([]string{"wonen"}, r.Keywords) != "" {
		t.Errorf("properties: %+v", r)
	}
	if diff := cmp.Diff([]kb.Finding{
		{Type: kb.FindingPropertyName, Passage: "initial-creator: Ans"},
		{Type: kb.FindingMacro, Passage: "Module1.xml"},
		{Type: kb.FindingTrackedChange, Page: 1, Passage: "Jan weg"},
		{Type: kb.FindingComment, Page: 1, Passage: "Ans echt?"},
		{Type: kb.FindingHiddenText, Page: 1, Passage: "geheim"},
		{Type: kb.FindingNoTableHeader, Page: 1},
		{Type: kb.FindingExternalLink, Page: 2, Passage: "https://x.example/a.png"},
		{Type: kb.FindingNoAlternative, Page: 2},
	}, r.Findings); diff != "" {
		t.Error(diff)
	}
}

func TestSlidesOfOpenDocument(t *testing.T) {
	r := mustRead(t, ReadODP, open("presentation",
		`<draw:page><draw:frame presentation:class="subtitle"><draw:text-box><text:p>a</text:p></draw:text-box></draw:frame><draw:frame presentation:class="title"><draw:text-box><text:p>Een</text:p></draw:text-box></draw:frame>`+
			`<draw:frame><draw:object xlink:href="./Object 1"/><svg:desc>groei</svg:desc></draw:frame>`+
			`<presentation:notes><draw:page-thumbnail/><draw:frame presentation:class="notes"><text:p>zeg dit</text:p></draw:frame><draw:frame presentation:class="page-number"><text:p>1</text:p></draw:frame></presentation:notes></draw:page>`+
			`<draw:page draw:style-name="weg"><draw:frame presentation:class="title" presentation:placeholder="true"><text:p>klik hier</text:p></draw:frame><draw:custom-shape><text:p>vorm</text:p></draw:custom-shape></draw:page>`,
		"Object 1/content.xml", `<c><chart:title><text:p>Groei</text:p></chart:title><table:table-rows><text:p>17</text:p></table:table-rows></c>`))
	if diff := cmp.Diff([]kb.ReadPage{{Number: 1, Title: "Een", Text: "Een\na\nGroei", Notes: "zeg dit"}, {Number: 2, Text: "vorm", Hidden: true}}, r.Pages); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.Finding{{Type: kb.FindingNoSlideHeading, Page: 2}, {Type: kb.FindingHiddenPage, Page: 2}}, found(r, kb.FindingHiddenPage, kb.FindingNoSlideHeading, kb.FindingNoAlternative)); diff != "" {
		t.Error(diff)
	}
}

func TestSheetsOfOpenDocument(t *testing.T) {
	r := mustRead(t, ReadODS, open("spreadsheet",
		`<table:table table:name="Een"><table:table-row><table:table-cell table:number-columns-repeated="3"><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated="999999999"/></table:table-row>`+
			`<table:table-row table:number-rows-repeated="999999999"><table:table-cell/></table:table-row><table:table-row table:visibility="collapse"><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>`+
			`<table:table table:name="Twee" table:style-name="dicht"><table:table-row><table:table-cell table:number-columns-repeated="999999999"><text:p>z</text:p></table:table-cell></table:table-row></table:table>`))
	if len(r.Pages) != 2 || r.Pages[0].Text != "x\tx\tx\ny" || !r.Pages[1].Hidden || len(r.Pages[1].Text) != 2*maxRepeat-1 {
		t.Errorf("%+v", r.Pages)
	}
	if got := found(r, kb.FindingHiddenText, kb.FindingHiddenPage); len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestOpenDocumentStates(t *testing.T) {
	for name, c := range map[string]struct {
		p    parts
		want kb.ExtractionState
	}{
		"empty":              {open("text", "<text:p/>"), kb.ExtractionEmpty},
		"a picture":          {open("text", "<text:p><draw:frame><draw:image/></draw:frame></text:p>"), kb.ExtractionRead},
		"another kind":       {open("spreadsheet", ""), kb.ExtractionBroken},
		"encrypted":          {open("text", "", "META-INF/manifest.xml", `<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`), kb.ExtractionEncrypted},
		"encrypted as whole": {parts{"encrypted-package", "x"}, kb.ExtractionEncrypted},
		"no content":         {parts{"mimetype", "application/vnd.oasis.opendocument.text"}, kb.ExtractionBroken},
	} {
		r, err := ReadODT(packed(pack(t, c.p)))
		if got := state(r, err); got != c.want {
			t.Errorf("%s: %s (%v), want %s", name, got, err, c.want)
		}
	}
}
