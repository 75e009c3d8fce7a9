package office

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestNumbersOfItems(t *testing.T) {
	for _, c := range []struct {
		n      int
		format string
		want   string
	}{
		{1, "decimal", "1"},
		{1, "lowerLetter", "a"},
		{26, "lowerLetter", "z"},
		{27, "lowerLetter", "aa"},
		{53, "upperLetter", "AAA"},
		{4, "lowerRoman", "iv"},
		{9, "lowerRoman", "ix"},
		{1994, "upperRoman", "MCMXCIV"},
		{3999, "upperRoman", "MMMCMXCIX"},
		{4000, "upperRoman", "4000"},
		{0, "lowerLetter", "0"},
		{-3, "lowerRoman", "-3"},
		{7, "decimalZero", "07"},
		{12, "decimalZero", "12"},
		{12, "cardinalText", "12"},
	} {
		if got := listNumber(c.n, c.format); got != c.want {
			t.Errorf("%d as %s: %q, want %q", c.n, c.format, got, c.want)
		}
	}
}

// level makes one level of a list.
func level(n int, format, text string) string {
	return `<w:lvl w:ilvl="` + strconv.Itoa(n) + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
}

// item makes a paragraph of a list.
func item(list string, level int, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + strconv.Itoa(level) + `"/><w:numId w:val="` + list + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func TestListsCountAsInTheWordProcessor(t *testing.T) {
	numbering := `<w:numbering><w:abstractNum w:abstractNumId="1">` + level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "%3)") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2">` + level(0, "bullet", "•") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="3">` + level(0, "none", "x") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>` +
		`<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num></w:numbering>`
	for name, c := range map[string]struct{ body, want string }{
		"one level":           {item("1", 0, "a") + item("1", 0, "b"), "1. a\n2. b"},
		"levels":              {item("1", 0, "a") + item("1", 1, "b") + item("1", 1, "c") + item("1", 0, "d") + item("1", 1, "e"), "1. a\n1.1 b\n1.2 c\n2. d\n2.1 e"},
		"letters":             {item("1", 2, "a") + item("1", 2, "b"), "a) a\nb) b"},
		"text between":        {item("1", 0, "a") + para("los") + item("1", 0, "b"), "1. a\nlos\n2. b"},
		"bullets":             {item("2", 0, "a"), "a"},
		"without a number":    {item("3", 0, "a"), "a"},
		"of no list":          {item("0", 0, "a"), "a"},
		"of an unknown list":  {item("99", 0, "a"), "a"},
		"too deep":            {item("1", 99, "a"), "a"},
		"of a negative level": {item("1", -1, "a"), "a"},
		"an empty item":       {item("1", 0, "a") + item("1", 0, "") + item("1", 0, "b"), "1. a\n2. b"},
		"lists of one kind":   {item("1", 0, "a") + item("4", 0, "b"), "1. a\n2. b"},
	} {
		r := mustRead(t, ReadDOCX, document(c.body, "word/_rels/document.xml.rels", rels("r1", "numbering", "numbering.xml"), "word/numbering.xml", numbering))
		if diff := cmp.Diff([]string{c.want}, texts(r)); diff != "" {
			t.Error(name, diff)
		}
	}
}

func TestHeadingsOfADocument(t *testing.T) {
	styles := `<w:styles>` +
		`<w:style w:styleId="Title"><w:name w:val="Title"/></w:style>` +
		`<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>` +
		`<w:style w:styleId="H9"><w:name w:val="heading 9"/></w:style>` +
		`<w:style w:styleId="H10"><w:name w:val="heading 10"/></w:style>` +
		`<w:style w:styleId="Kop"><w:name w:val="Kop 3"/></w:style>` +
		`<w:style w:styleId="Eigen"><w:name w:val="Hoofdstuk"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>` +
		`<w:style w:styleId="Onder"><w:name w:val="Onder"/><w:basedOn w:val="Eigen"/></w:style>` +
		`<w:style w:styleId="Plat"><w:name w:val="Plat"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>` +
		`</w:styles>`
	styled := func(style, more string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + more + `</w:pPr><w:r><w:t>tekst</w:t></w:r></w:p>`
	}
	for name, c := range map[string]struct {
		body  string
		level int
	}{
		"title":                {styled("Title", ""), 1},
		"heading":              {styled("H1", ""), 1},
		"the deepest":          {styled("H9", ""), 9},
		"deeper than there is": {styled("H10", ""), 0},
		"in Dutch":             {styled("Kop", ""), 3},
		"of its own":           {styled("Eigen", ""), 2},
		"based on it":          {styled("Onder", ""), 2},
		"body text":            {styled("Plat", ""), 0},
		"unknown":              {styled("Weg", ""), 0},
		"in the paragraph":     {styled("Weg", `<w:outlineLvl w:val="3"/>`), 4},
		"over the style":       {styled("H1", `<w:outlineLvl w:val="9"/>`), 0},
		"no number":            {styled("Weg", `<w:outlineLvl w:val="x"/>`), 0},
	} {
		r := mustRead(t, ReadDOCX, document(c.body, "word/_rels/document.xml.rels", rels("r1", "styles", "styles.xml"), "word/styles.xml", styles))
		var want []kb.OutlineEntry
		if c.level > 0 {
			want = []kb.OutlineEntry{{Title: "tekst", Page: 1, Level: c.level}}
		}
		if diff := cmp.Diff(want, r.Outline); diff != "" {
			t.Error(name, diff)
		}
	}
}

func TestHiddenStylesHideTheirText(t *testing.T) {
	styles := `<w:styles><w:style w:styleId="Weg"><w:rPr><w:vanish/></w:rPr></w:style>` +
		`<w:style w:styleId="Ook"><w:basedOn w:val="Weg"/></w:style>` +
		`<w:style w:styleId="Niet"><w:rPr><w:vanish w:val="false"/></w:rPr></w:style></w:styles>`
	for name, c := range map[string]struct{ body, want, hidden string }{
		"a paragraph":          {`<w:p><w:pPr><w:pStyle w:val="Weg"/></w:pPr><w:r><w:t>dicht</w:t></w:r></w:p>` + para("open"), "open", "dicht"},
		"its child":            {`<w:p><w:pPr><w:pStyle w:val="Ook"/></w:pPr><w:r><w:t>dicht</w:t></w:r></w:p>` + para("open"), "open", "dicht"},
		"a run":                {`<w:p><w:r><w:rPr><w:rStyle w:val="Weg"/></w:rPr><w:t>dicht</w:t></w:r><w:r><w:t>open</w:t></w:r></w:p>`, "open", "dicht"},
		"switched off":         {`<w:p><w:r><w:rPr><w:rStyle w:val="Niet"/></w:rPr><w:t>open</w:t></w:r></w:p>`, "open", ""},
		"shown within a style": {`<w:p><w:pPr><w:pStyle w:val="Weg"/></w:pPr><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>open</w:t></w:r></w:p>`, "open", ""},
		"as it was before":     {`<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>open</w:t></w:r></w:p>`, "open", ""},
	} {
		r := mustRead(t, ReadDOCX, document(c.body, "word/_rels/document.xml.rels", rels("r1", "styles", "styles.xml"), "word/styles.xml", styles))
		got := ""
		for _, f := range found(r, kb.FindingHiddenText) {
			got += f.Passage
		}
		if diff := cmp.Diff([]string{c.want}, texts(r)); diff != "" || got != c.hidden {
			t.Errorf("%s: hidden %q, want %q\n%s", name, got, c.hidden, diff)
		}
	}
}

func TestPicturesOfADocument(t *testing.T) {
	for name, c := range map[string]struct {
		drawing string
		want    int // findings
	}{
		"without words":     {`<w:drawing><pic:pic/></w:drawing>`, 1},
		"described":         {`<w:drawing><wp:docPr descr="kaart"/><pic:pic/></w:drawing>`, 0},
		"with a title":      {`<w:drawing><wp:docPr title="kaart"/><pic:pic/></w:drawing>`, 0},
		"with spaces":       {`<w:drawing><wp:docPr descr="  "/><pic:pic/></w:drawing>`, 1},
		"for decoration":    {`<w:drawing><pic:pic/><adec:decorative val="1"/></w:drawing>`, 0},
		"not so":            {`<w:drawing><pic:pic/><adec:decorative val="0"/></w:drawing>`, 1},
		"a chart":           {`<w:drawing><c:chart/></w:drawing>`, 1},
		"of old, described": {`<w:pict><v:shape alt="kaart"><v:imagedata/></v:shape></w:pict>`, 0},
		"of old":            {`<w:pict><v:shape><v:imagedata/></v:shape></w:pict>`, 1},
		"a shape":           {`<w:drawing><wps:wsp/></w:drawing>`, 0},
		"that was deleted":  {`<w:del><w:drawing><pic:pic/></w:drawing></w:del>`, 0},
	} {
		r := mustRead(t, ReadDOCX, document(para("x")+`<w:p><w:r>`+c.drawing+`</w:r></w:p>`))
		if got := found(r, kb.FindingNoAlternative); len(got) != c.want {
			t.Errorf("%s: %v, want %d", name, got, c.want)
		}
	}
}

func TestTablesOfADocumentWithoutHeader(t *testing.T) {
	row := func(more string, cells int) string {
		return `<w:tr><w:trPr>` + more + `</w:trPr>` + strings.Repeat(`<w:tc>`+para("a")+`</w:tc>`, cells) + `</w:tr>`
	}
	header := `<w:tblHeader/>`
	for name, c := range map[string]struct {
		table string
		want  int
	}{
		"none":              {row("", 2) + row("", 2), 1},
		"the first row":     {row(header, 2) + row("", 2), 0},
		"only the second":   {row("", 2) + row(header, 2), 1},
		"switched off":      {row(`<w:tblHeader w:val="0"/>`, 2) + row("", 2), 1},
		"one row":           {row("", 2), 0},
		"one column":        {row("", 1) + row("", 1), 0},
		"wide further down": {row("", 1) + row("", 2), 1},
	} {
		r := mustRead(t, ReadDOCX, document(`<w:tbl>`+c.table+`</w:tbl>`+para("na")))
		if got := found(r, kb.FindingNoTableHeader); len(got) != c.want {
			t.Errorf("%s: %v, want %d", name, got, c.want)
		}
	}
}
