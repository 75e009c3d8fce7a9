package office

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// book makes an XLSX with one sheet of these rows.
func book(rows string, more ...string) parts {
	return append(parts{
		"xl/workbook.xml", `<workbook><sheets><sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("r1", "worksheet", "worksheets/sheet1.xml", "r2", "sharedStrings", "sharedStrings.xml", "r3", "styles", "styles.xml"),
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
	}, more...)
}

func TestCellsAreShownAsTheyLook(t *testing.T) {
	r := mustRead(t, ReadXLSX, book(
		`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>in</t></is></c></row>`+
			`<row r="2"><c r="A2" s="1"><v>45000</v></c><c r="B2" s="2"><v>1234.5</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="str"><f>A1</f><v>formule</v></c><c r="E2" t="e"><v>#N/A</v></c></row>`+
			`<row r="3"><c r="A3"/></row><row r="4"><c t="s"><v>99</v></c><c><v>0.1</v></c></row>`,
		"xl/sharedStrings.xml", `<sst><si><t>nul</t></si><si><r><t>ge</t></r><r><t>deeld</t></r><rPh><t>x</t></rPh></si></sst>`,
		"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="#,##0.00"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`))
	if diff := cmp.Diff([]kb.ReadPage{{Number: 1, Title: "Blad1", Text: "gedeeld\t\tin\n15-03-2023\t1.234,50\tWAAR\tformule\t#N/A\n0,1"}}, r.Pages); diff != "" {
		t.Error(diff)
	}
}

func TestSheetsRowsAndColumnsThatAreHidden(t *testing.T) {
	cell := `<c r="A1" t="inlineStr"><is><t>x</t></is></c>`
	r := mustRead(t, ReadXLSX, parts{
		"xl/workbook.xml", `<workbook><sheets><sheet name="Een" r:id="r1"/><sheet name="Twee" state="veryHidden" r:id="r2"/><sheet name="Een" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("r1", "worksheet", "/xl/a.xml", "r2", "worksheet", "b.xml", "r3", "externalLink", "externalLinks/e1.xml"),
		"xl/a.xml", `<worksheet><cols><col min="2" hidden="1"/></cols><sheetData><row r="1" hidden="1">` + cell + `</row></sheetData></worksheet>`,
		"xl/b.xml", `<worksheet><sheetData><row>` + cell + `</row></sheetData></worksheet>`,
		"xl/_rels/a.xml.rels", rels("r1", "comments", "c.xml", "r2", "drawing", "d.xml"),
		"xl/c.xml", `<comments><comment><text><r><t>let op</t></r></text></comment></comments>`,
		"xl/d.xml", `<xdr:wsDr><a:p><a:r><a:t>vorm</a:t></a:r></a:p></xdr:wsDr>`,
		"xl/externalLinks/_rels/e1.xml.rels", rels("r1", "externalLinkPath", "file:///C:/geheim.xlsx"),
		"xl/connections.xml", "<connections/>",
	})
	if diff := cmp.Diff([]kb.ReadPage{{Number: 1, Title: "Een", Text: "x\nvorm"}, {Number: 2, Title: "Twee", Text: "x", Hidden: true}}, r.Pages); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.Finding{
		{Type: kb.FindingExternalLink, Passage: "file:///C:/geheim.xlsx"},
		{Type: kb.FindingExternalLink, Passage: "connections.xml"},
		{Type: kb.FindingHiddenText, Page: 1, Passage: "column 2", Count: 2},
		{Type: kb.FindingComment, Page: 1, Passage: "let op"},
		{Type: kb.FindingHiddenPage, Page: 2, Passage: "Twee"},
	}, found(r, kb.FindingHiddenText, kb.FindingHiddenPage, kb.FindingExternalLink, kb.FindingComment)); diff != "" {
		t.Error(diff)
	}
}

func TestWorkbookStates(t *testing.T) {
	for name, c := range map[string]struct {
		p    parts
		want kb.ExtractionState
	}{
		"empty":        {book(""), kb.ExtractionEmpty},
		"no workbook":  {parts{"xl/workbook.xml", "<x/>"}, kb.ExtractionBroken},
		"broken sheet": {book("<row>"), kb.ExtractionBroken},
		"no styles":    {book(`<row><c s="7"><v>1</v></c></row>`), kb.ExtractionRead},
	} {
		r, err := ReadXLSX(packed(pack(t, c.p)))
		if got := state(r, err); got != c.want {
			t.Errorf("%s: %s (%v), want %s", name, got, err, c.want)
		}
	}
}

func TestNumberFormats(t *testing.T) {
	for _, c := range []struct {
		code   string
		number float64
		want   string
	}{
		{"", 1234.5, "1234,5"},
		{"General", 0.1 + 0.2, "0,3"},
		{"General", 1e21, "1E+21"},
		{"0", 2.5, "3"},
		{"0.00", 1.005, "1,01"},
		{"0.0#", 1.5, "1,5"},
		{"#,##0", -1234567, "-1.234.567"},
		{"0%", 0.256, "26%"},
		{"0.00E+00", 12345, "1,23E+04"},
		{`"€" #,##0.00;[Red]-"€" #,##0.00`, -12.5, "-€ 12,50"},
		{`[$€-413] #,##0`, 5, "€ 5"},
		{`0;-0;"geen"`, 0, "geen"},
		{"#,##0,", 12345, "12"},
		{"000", 7, "007"},
		{"dd-mm-yyyy", 45000, "15-03-2023"},
		{"d mmmm yyyy", 45000, "15 maart 2023"},
		{"dddd", 45000, "woensdag"},
		{"h:mm", 0.75, "18:00"},
		{"h:mm AM/PM", 0.75, "6:00 PM"},
		{"[h]:mm:ss", 1.5, "36:00:00"},
		{"mm:ss", 0.5 / 24, "30:00"},
		{"yyyy-mm-dd hh:mm", 44927.5, "2023-01-01 12:00"},
		{"d-m-yyyy", 1, "1-1-1900"},
		{"d-m-yyyy", -5, "-5"},
		{`0\ "stuks"_)`, 3, "3 stuks "},
		{"[", 3, ""},
		{"@", 3, "3"},
	} {
		if got := parseNumberFormat(c.code).show(c.number, false); got != c.want {
			t.Errorf("%q of %v: %q, want %q", c.code, c.number, got, c.want)
		}
	}
	if got := parseNumberFormat("d-m-yyyy").show(1, true); got != "2-1-1904" {
		t.Errorf("counted from 1904: %q", got)
	}
}

func FuzzNumberFormat(f *testing.F) {
	f.Add(`[$€-413] #,##0.00;"a"`, 1.5)
	f.Add(`yyyy-mm-dd hh:mm:ss AM/PM`, 45000.25)
	f.Fuzz(func(t *testing.T, code string, n float64) {
		if got := parseNumberFormat(code).show(n, false); len(got) > 1000+50*len(code) {
			t.Errorf("%q of %v gives %d bytes", code, n, len(got))
		}
	})
}
