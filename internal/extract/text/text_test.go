package text

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

func of(text string) format.Input {
	return format.Input{ReaderAt: strings.NewReader(text), Size: int64(len(text)), Limits: format.Defaults()}
}

func mustRead(t *testing.T, read format.Reader, text string) *kb.Reading {
	t.Helper()
	r, err := read(of(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEncodings(t *testing.T) {
	for name, c := range map[string]struct{ bytes, want string }{
		"UTF-8":             {"één\r\ntwee", "één\ntwee"},
		"UTF-8 with a mark": {"\ufeffeen", "een"},
		"UTF-16, little":    {"\xff\xfee\x00\xeb\x00n\x00", "eën"},
		"UTF-16, big":       {"\xfe\xff\x00e\x00n", "en"},
		"Windows-1252":      {"caf\xe9 \x80 5", "café € 5"},
		"control":           {"a\x00\x01" + strings.Repeat("b", 200) + "\x1b", "a" + strings.Repeat("b", 200)},
	} {
		if got := mustRead(t, ReadText, c.bytes); got.Pages[0].Text != c.want {
			t.Errorf("%s: %q, want %q", name, got.Pages[0].Text, c.want)
		}
	}
}

func TestStates(t *testing.T) {
	for name, c := range map[string]struct {
		read format.Reader
		text string
		want kb.ExtractionState
	}{
		"nothing":       {ReadText, "", kb.ExtractionEmpty},
		"spaces":        {ReadMarkdown, " \n\t", kb.ExtractionEmpty},
		"bytes":         {ReadText, "\x00\x01\x00\x02\xff", kb.ExtractionBroken},
		"only a script": {ReadHTML, "<script>x</script>", kb.ExtractionEmpty},
		"only commas":   {ReadCSV, ",,,\n,,,", kb.ExtractionEmpty},
	} {
		_, err := c.read(of(c.text))
		if problem, ok := errors.AsType[*format.Problem](err); !ok || problem.State != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestLimits(t *testing.T) {
	for name, c := range map[string]struct {
		read  format.Reader
		limit func(*format.Limits)
	}{
		"text of plain text": {ReadText, func(l *format.Limits) { l.Text = 100 }},
		"bytes":              {ReadText, func(l *format.Limits) { l.Part = 1000 }},
		"pages":              {ReadText, func(l *format.Limits) { l.Pages = 1 }},
		"text of Markdown":   {ReadMarkdown, func(l *format.Limits) { l.Text = 100 }},
		"text of HTML":       {ReadHTML, func(l *format.Limits) { l.Text = 100 }},
		"tokens of HTML":     {ReadHTML, func(l *format.Limits) { l.Tokens = 10 }},
		"text of CSV":        {ReadCSV, func(l *format.Limits) { l.Text = 100 }},
	} {
		in := of(strings.Repeat("een;twee<br>\n", 1000))
		c.limit(&in.Limits)
		if r, err := c.read(in); err != nil || !r.Cut || len(r.Pages) == 0 {
			t.Errorf("%s: %v, want what was read until then", name, err)
		}
	}
}

func TestMarkdown(t *testing.T) {
	r := mustRead(t, ReadMarkdown, "---\ntitle: \"Nota wonen\"\nauthor: Ans\nlang: nl-NL\ndate: 2024-02-03\nkeywords: [wonen, werk]\n---\n"+
		"# Kop #\nEen **vet** woord en een [link](https://x.example \"t\").\n\n```sh\n# geen kop\n```\n![](https://x.example/a.png) ![kaart](b.png)\n")
	if diff := cmp.Diff([]kb.ReadPage{{Number: 1, Title: "Kop", Text: "Kop\nEen vet woord en een link.\n# geen kop\nkaart"}}, r.Pages); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]kb.Finding{{Type: kb.FindingExternalLink, Passage: "https://x.example/a.png"}, {Type: kb.FindingNoAlternative, Count: 1}}, r.Findings); diff != "" {
		t.Error(diff)
	}
	if r.Title != "Nota wonen" || r.Language != "nl" || r.Created == nil || cmp.Diff([]string{"Ans"}, r.Authors) != "" || cmp.Diff([]string{"wonen", "werk"}, r.Keywords) != "" {
		t.Errorf("properties: %+v", r)
	}
}

func TestHTML(t *testing.T) {
	r := mustRead(t, ReadHTML, `<!doctype html><html lang="nl"><head><title>Wonen &amp; werk</title><meta name="author" content="Ans"><meta name="dcterms.modified" content="2024-01-02">`+
		`<link rel="stylesheet" href="//x.example/a.css"><script>var x = "<p>nee</p>"</script><style>p{}</style></head><body>`+
		`<h2>Aanpak</h2><p>Een <b>vet</b>te <i>kluif</i>.<br>Twee&nbsp;drie</p><ul><li>a<li>b</ul><svg><svg><text>x</text></svg><text>y</text></svg>`+
		`<table><tr><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr></table><table><tr><th>g</th><td>h</td></tr><tr><td>i</td><td>j</td></tr></table>`+
		`<img src="https://x.example/t.gif"><img src="a.png" alt=""><iframe src="http://x.example/f"></iframe></body>`)
	if diff := cmp.Diff([]kb.ReadPage{{Number: 1, Title: "Aanpak", Text: "Aanpak\nEen vette kluif.\nTwee drie\na\nb\nc\td\ne\tf\ng\th\ni\tj"}}, r.Pages); diff != "" {
		t.Error(diff)
	}
	if r.Title != "Wonen & werk" || r.Language != "nl" || r.Modified == nil || cmp.Diff([]string{"Ans"}, r.Authors) != "" {
		t.Errorf("properties: %+v", r)
	}
	if diff := cmp.Diff([]kb.Finding{
		{Type: kb.FindingExternalLink, Passage: "//x.example/a.css"},
		{Type: kb.FindingExternalLink, Passage: "https://x.example/t.gif"},
		{Type: kb.FindingExternalLink, Passage: "http://x.example/f"},
		{Type: kb.FindingNoAlternative, Count: 1},
		{Type: kb.FindingNoTableHeader, Count: 1},
	}, r.Findings); diff != "" {
		t.Error(diff)
	}
	latin := mustRead(t, ReadHTML, "<meta charset=iso-8859-1><p>caf\xe9")
	if latin.Pages[0].Text != "café" || len(latin.Findings) != 2 {
		t.Errorf("%+v", latin)
	}
}

func TestCSV(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"semicolons":       {"a;b\n1,5;2,5\n", "a\tb\n1,5\t2,5"},
		"commas":           {"a,b\n\"x,y\",z\n", "a\tb\nx,y\tz"},
		"tabs":             {"a\tb\nc\td", "a\tb\nc\td"},
		"bars":             {"a|b\nc|d", "a\tb\nc\td"},
		"it says so":       {"sep=,\na;x,b\n", "sep=\na;x\tb"},
		"a line in a cell": {"a;\"b\nc\"\n", "a\tb c"},
		"one column":       {"a\nb", "a\nb"},
		"quotes open":      {"a;\"b", "a\tb"},
	} {
		r := mustRead(t, ReadCSV, c.text)
		if diff := cmp.Diff([]kb.ReadPage{{Number: 1, Text: c.want}}, r.Pages); diff != "" || r.Unit != kb.UnitSheet {
			t.Error(name, r.Unit, diff)
		}
	}
}

func FuzzReaders(f *testing.F) {
	f.Add([]byte("---\ntitle: a\n---\n# b\n![](c)"))
	f.Add([]byte("<html lang=nl><h1>a<table><tr><td>b<img src=//c>"))
	f.Add([]byte("a;b\n\"c"))
	f.Add([]byte("\xff\xfea\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, read := range []format.Reader{ReadText, ReadMarkdown, ReadHTML, ReadCSV} {
			r, err := read(format.Input{ReaderAt: bytes.NewReader(b), Size: int64(len(b)), Limits: format.Defaults()})
			if err != nil {
				if _, ok := errors.AsType[*format.Problem](err); !ok {
					t.Errorf("%v is no problem of the file", err)
				}
				continue
			}
			for _, p := range r.Pages {
				if !utf8.ValidString(p.Text) || strings.ContainsAny(p.Text, "\x00\r") {
					t.Errorf("%q is no clean text", p.Text)
				}
			}
		}
	})
}
