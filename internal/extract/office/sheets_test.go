package office

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

func TestKindsOfCells(t *testing.T) {
	for name, c := range map[string]struct{ cell, want string }{
		"shared":             {`<c t="s"><v> 1 </v></c>`, "gedeeld"},
		"shared, too far":    {`<c t="s"><v>9</v></c>`, "na"},
		"shared, before":     {`<c t="s"><v>-1</v></c>`, "na"},
		"shared, no number":  {`<c t="s"><v>x</v></c>`, "na"},
		"in the cell":        {`<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>c</t></rPh></is></c>`, "ab"},
		"of a formula":       {`<c t="str"><f>A1&amp;B1</f><v>uitkomst</v></c>`, "uitkomst"},
		"an error":           {`<c t="e"><v>#DEEL/0!</v></c>`, "#DEEL/0!"},
		"true":               {`<c t="b"><v>1</v></c>`, "WAAR"},
		"false":              {`<c t="b"><v>0</v></c>`, "ONWAAR"},
		"a date":             {`<c t="d"><v>2024-03-01</v></c>`, "01-03-2024"},
		"a date that is not": {`<c t="d"><v>morgen</v></c>`, "morgen"},
		"a number":           {`<c><v>1.5</v></c>`, "1,5"},
		"no number":          {`<c><v>1,5x</v></c>`, "1,5x"},
		"an unknown style":   {`<c s="99"><v>1.5</v></c>`, "1,5"},
		"a style below zero": {`<c s="-1"><v>1.5</v></c>`, "1,5"},
		"with tabs":          {"<c t=\"str\"><v>a\tb</v></c>", "a b"},
	} {
		r := mustRead(t, ReadXLSX, book(`<row>`+c.cell+`</row><row><c t="str"><v>na</v></c></row>`,
			"xl/sharedStrings.xml", `<sst><si><t>nul</t></si><si><t>gedeeld</t></si></sst>`))
		want := c.want + "\nna"
		if c.want == "na" {
			want = "na"
		}
		if got := r.Pages[0].Text; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestColumnsOfCells(t *testing.T) {
	for reference, want := range map[string]int{"A1": 1, "Z9": 26, "AA1": 27, "XFD1048576": 16384, "": 0, "12": 0, "a1": 0} {
		if got := columnOf(reference); got != want {
			t.Errorf("%q: %d, want %d", reference, got, want)
		}
	}
	if got := columnOf("ZZZZZZZZZZZZZZZZZZZZ1"); got < 0 || got > 1<<26 {
		t.Errorf("a long reference: %d", got)
	}
	cell := func(at string) string { return `<c r="` + at + `" t="str"><v>x</v></c>` }
	for name, c := range map[string]struct{ row, want string }{
		"beside":    {cell("A1") + cell("B1"), "x\tx"},
		"a gap":     {cell("A1") + cell("D1"), "x\t\t\tx"},
		"backwards": {cell("D1") + cell("A1"), "x\tx"},
		"nowhere":   {cell("") + cell(""), "x\tx"},
	} {
		if got := texts(mustRead(t, ReadXLSX, book(`<row>`+c.row+`</row>`))); cmp.Diff([]string{c.want}, got) != "" {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What stands beside a sheet and cannot be read costs only itself.
func TestPartsBesideASheetThatBreak(t *testing.T) {
	row := `<row><c t="str"><v>x</v></c></row>`
	for name, c := range map[string]struct {
		more []string
		want []kb.Finding
	}{
		"comments": {[]string{"xl/worksheets/_rels/sheet1.xml.rels", rels("r1", "comments", "c.xml"), "xl/worksheets/c.xml", "<x>"}, []kb.Finding{{Type: kb.FindingUnchecked, Page: 1, Passage: "c.xml"}}},
		"shapes":   {[]string{"xl/worksheets/_rels/sheet1.xml.rels", rels("r1", "drawing", "d.xml"), "xl/worksheets/d.xml", "<x>"}, []kb.Finding{{Type: kb.FindingUnchecked, Page: 1, Passage: "d.xml"}}},
		"a chart": {[]string{
			"xl/worksheets/_rels/sheet1.xml.rels", rels("r1", "drawing", "d.xml"), "xl/worksheets/d.xml", "<x/>",
			"xl/worksheets/_rels/d.xml.rels", rels("r1", "chart", "k.xml"), "xl/worksheets/k.xml", "<x>",
		}, []kb.Finding{{Type: kb.FindingUnchecked, Page: 1, Passage: "k.xml"}}},
		"styles":         {[]string{"xl/styles.xml", "<x>"}, []kb.Finding{{Type: kb.FindingUnchecked, Passage: "styles.xml"}}},
		"what is absent": {[]string{"xl/worksheets/_rels/sheet1.xml.rels", rels("r1", "comments", "c.xml", "r2", "drawing", "d.xml")}, nil},
	} {
		r := mustRead(t, ReadXLSX, book(row, c.more...))
		if diff := cmp.Diff(c.want, found(r, kb.FindingUnchecked)); diff != "" || r.Pages[0].Text != "x" {
			t.Error(name, r.Pages, diff)
		}
	}
}

func TestCommentsOfASheet(t *testing.T) {
	r := mustRead(t, ReadXLSX, book(`<row><c t="str"><v>x</v></c></row>`,
		"xl/worksheets/_rels/sheet1.xml.rels", rels("r1", "comments", "c.xml", "r2", "threadedComment", "t.xml", "r3", "drawing", "d.xml"),
		"xl/worksheets/c.xml", `<comments><comment><text><r><t>[Threaded comment] uw programma</t></r></text></comment><comment><text><t>oud</t></text></comment></comments>`,
		"xl/worksheets/t.xml", `<ThreadedComments><threadedComment><text>nieuw</text></threadedComment></ThreadedComments>`,
		"xl/worksheets/d.xml", `<wsDr/>`, "xl/worksheets/_rels/d.xml.rels", rels("r1", "chart", "k.xml"),
		"xl/worksheets/k.xml", `<chartSpace><title><p><t>Groei</t></p></title><cat><strRef><strCache><pt><v>Ede</v></pt><pt><v>Ede</v></pt></strCache></strRef></cat><val><v>17</v></val></chartSpace>`))
	if diff := cmp.Diff([]string{"x\nGroei\nEde"}, texts(r)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.Aside{{Page: 1, Type: kb.FindingComment, Text: "oud"}, {Page: 1, Type: kb.FindingComment, Text: "nieuw"}}, r.Asides); diff != "" {
		t.Error(diff)
	}
}

func TestLimitsOfSheetsAndSlides(t *testing.T) {
	rows := ""
	for range 100 {
		rows += `<row><c t="str"><v>woorden</v></c></row>`
	}
	sheets := `<table:table>`
	for range 100 {
		sheets += `<table:table-row><table:table-cell><text:p>woorden</text:p></table:table-cell></table:table-row>`
	}
	sheets += `</table:table>`
	slide := `<draw:page><draw:frame><text:p>woorden</text:p></draw:frame></draw:page>`
	for name, c := range map[string]struct {
		read  format.Reader
		p     parts
		limit func(*format.Limits)
	}{
		"text of a workbook":           {ReadXLSX, book(rows), func(l *format.Limits) { l.Text = 100 }},
		"tokens of a workbook":         {ReadXLSX, book(rows), func(l *format.Limits) { l.Tokens = 300 }},
		"slides":                       {ReadPPTX, presentation(titled("Een"), titled("Twee")), func(l *format.Limits) { l.Pages = 1 }},
		"text of slides":               {ReadPPTX, presentation(titled("Een"), titled("Twee")), func(l *format.Limits) { l.Text = 4 }},
		"tokens of slides":             {ReadPPTX, presentation(titled("Een"), titled("Twee", "a", "b", "c", "d")), func(l *format.Limits) { l.Tokens = 40 }},
		"text of an open spreadsheet":  {ReadODS, open("spreadsheet", sheets), func(l *format.Limits) { l.Text = 100 }},
		"pages of an open spreadsheet": {ReadODS, open("spreadsheet", sheets+sheets), func(l *format.Limits) { l.Pages = 1 }},
		"open slides":                  {ReadODP, open("presentation", slide+slide), func(l *format.Limits) { l.Pages = 1 }},
		"tokens of open slides":        {ReadODP, open("presentation", slide+slide+slide), func(l *format.Limits) { l.Tokens = 35 }},
		"text of an open text":         {ReadODT, open("text", `<text:p>een</text:p><text:p>twee</text:p>`), func(l *format.Limits) { l.Text = 4 }},
	} {
		in := packed(pack(t, c.p))
		c.limit(&in.Limits)
		r, err := c.read(in)
		if err != nil || !r.Cut || len(r.Pages) == 0 || r.Pages[0].Text == "" {
			t.Errorf("%s: %+v, %v; want what was read until then", name, r, err)
		}
	}
}
