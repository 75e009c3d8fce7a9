package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestWhatDividesCells(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want rune
	}{
		"semicolons":               {"a;b\nc;d", ';'},
		"decimal commas":           {"a;b\n1,5;2,5\n3,5;4,5", ';'},
		"commas":                   {"a,b\nc,d", ','},
		"tabs":                     {"a\tb\nc\td", '\t'},
		"bars":                     {"a|b\nc|d", '|'},
		"nothing":                  {"a\nb", ';'},
		"commas, in quotes":        {"a,\"x;y;z\"\nb,\"x;y;z\"", ','},
		"commas, in some lines":    {"a;b;c\nd, e;f;g\nh;i;j", ';'},
		"more of one":              {"a,b;c;d\na,b;c;d", ';'},
		"empty lines between":      {"a,b\n\n\n\nc,d", ','},
		"it says so":               {"sep=|\na;b|c\na;b|c", '|'},
		"it says so in capitals":   {"SEP=,\na;b", ','},
		"what it says is too long": {"sep=;;\na,b\nc,d", ','},
		"only later":               {strings.Repeat("a;b\n", 20) + strings.Repeat("a,b,c,d\n", 100), ';'},
	} {
		if got := delimiter(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestCellsOfATable(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"quotes":                 {"\"a\";\"b\"", "a\tb"},
		"quotes in quotes":       {"\"zei \"\"ja\"\"\";b", "zei \"ja\"\tb"},
		"a quote in the midst":   {"5\" buis;b", "5\" buis\tb"},
		"what divides, quoted":   {"\"a;b\";c", "a;b\tc"},
		"lines in a cell":        {"\"a\r\nb\r\nc\";d\r\ne;f", "a b c\td\ne\tf"},
		"a tab in a cell":        {"\"a\tb\";c", "a b\tc"},
		"spaces":                 {"  a  ;  b  c ", "a\tb c"},
		"empty cells":            {"a;;c", "a\t\tc"},
		"an empty cell first":    {"x;y\n;b", "x\ty\n\tb"},
		"empty cells at the end": {"a;b;;;", "a\tb"},
		"empty rows":             {"a;b\n;\n\nc;d", "a\tb\nc\td"},
		"rows of other lengths":  {"a;b\nc\nd;e;f", "a\tb\nc\nd\te\tf"},
		"no line at the end":     {"a;b", "a\tb"},
		"control codes":          {"a\x01;b\x1b", "a\tb"},
	} {
		if got := mustRead(t, ReadCSV, c.text).Pages[0].Text; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestMarksOfMarkdown(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"strong":               {"een **twee** __drie__", "een twee drie"},
		"struck out":           {"een ~~twee~~", "een twee"},
		"code in a line":       {"een `twee` ``drie``", "een twee drie"},
		"a link":               {"een [twee](https://x.example/a_b)", "een twee"},
		"a link with a title":  {"[een](a.md \"titel\")", "een"},
		"a picture":            {"een ![kaart](a.png)", "een kaart"},
		"a picture in a link":  {"[![kaart](a.png)](b)", "kaart"},
		"a heading":            {"### Kop", "Kop"},
		"closed":               {"# Kop ##", "Kop"},
		"indented":             {"   # Kop", "Kop"},
		"no heading":           {"#geen", "#geen"},
		"seven signs":          {"####### geen", "####### geen"},
		"a fence":              {"```go\n# geen **kop**\n```\nna", "# geen **kop**\nna"},
		"another fence":        {"~~~\n[a](b)\n~~~", "[a](b)"},
		"a fence that is open": {"```\n# een", "# een"},
		"a list":               {"- een\n- twee\n1. drie", "- een\n- twee\n1. drie"},
		"empty lines":          {"een\n\n\ntwee", "een\ntwee"},
	} {
		if got := mustRead(t, ReadMarkdown, c.text).Pages[0].Text; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestOutlineOfMarkdownAndHTML(t *testing.T) {
	long := strings.Repeat("woord ", 400)
	want := []kb.OutlineEntry{{Title: "Een", Page: 1, Level: 1}, {Title: "Twee", Page: 2, Level: 2}, {Title: "Drie", Page: 2, Level: 6}}
	for name, r := range map[string]*kb.Reading{
		"Markdown": mustRead(t, ReadMarkdown, "# Een\n"+long+"\n## Twee\ntekst\n###### Drie\ntekst"),
		"HTML":     mustRead(t, ReadHTML, "<h1>Een</h1><p>"+long+"</p><h2>Tw<b>ee</b></h2>tekst<h6>Drie</h6>tekst"),
	} {
		if diff := cmp.Diff(want, r.Outline); diff != "" || len(r.Pages) != 2 || r.Pages[1].Title != "Twee" || r.Unit != kb.UnitPart {
			t.Error(name, r.Unit, len(r.Pages), diff)
		}
	}
}

func TestPicturesOfMarkdown(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []kb.Finding
	}{
		"described":          {"![kaart](a.png)", nil},
		"not described":      {"![](a.png) en ![ ](b.png)", []kb.Finding{{Type: kb.FindingNoAlternative, Count: 2}}},
		"from elsewhere":     {"![kaart](https://x.example/a.png)", []kb.Finding{{Type: kb.FindingExternalLink, Passage: "https://x.example/a.png"}}},
		"without a scheme":   {"![kaart](//x.example/a.png \"t\")", []kb.Finding{{Type: kb.FindingExternalLink, Passage: "//x.example/a.png"}}},
		"of the disk":        {"![kaart](file:///C:/a.png)", []kb.Finding{{Type: kb.FindingExternalLink, Passage: "file:///C:/a.png"}}},
		"a link to follow":   {"[kaart](https://x.example/)", nil},
		"both, once each":    {"![](http://x.example/a)", []kb.Finding{{Type: kb.FindingExternalLink, Passage: "http://x.example/a"}, {Type: kb.FindingNoAlternative, Count: 1}}},
		"in the file itself": {"![kaart](data:image/png;base64,AA)", nil},
	} {
		r := mustRead(t, ReadMarkdown, "---\ntitle: Nota\nlang: nl\n---\ntekst\n"+c.text)
		if diff := cmp.Diff(c.want, r.Findings); diff != "" {
			t.Error(name, diff)
		}
	}
}
