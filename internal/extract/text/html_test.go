package text

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

func TestWhatAPersonSeesOfAPage(t *testing.T) {
	for name, c := range map[string]struct{ html, want string }{
		"lines":                    {"<p>een<p>twee", "een\ntwee"},
		"no lines within":          {"<p>een <b>t</b>wee\n<span>drie</span>", "een twee drie"},
		"a break":                  {"een<br>twee<br/>drie", "een\ntwee\ndrie"},
		"spaces":                   {"<p>  een \t\n twee  ", "een twee"},
		"entities":                 {"<p>caf&eacute; &lt;b&gt; &#8364;", "café <b> €"},
		"a list":                   {"<ul><li>a<ul><li>b</ul><li>c</ul>", "a\nb\nc"},
		"definitions":              {"<dl><dt>a<dd>b</dl>", "a\nb"},
		"headings":                 {"<h1>a</h1>b<h6>c</h6>d", "a\nb\nc\nd"},
		"a rule":                   {"a<hr>b", "a\nb"},
		"a table":                  {"<table><caption>k<tr><td>a<td>b<tr><td>c<td>d</table>e", "k\na\tb\nc\td\ne"},
		"a script":                 {"a<script>if (a < b) { '</p>' }</script>b", "ab"},
		"a style":                  {"a<style>p > b {}</style>b", "ab"},
		"a choice":                 {"a<select><option>x<option>y</select>b", "ab"},
		"what is typed":            {"a<textarea>x</textarea>b", "ab"},
		"a template":               {"a<template><p>x</p></template>b", "ab"},
		"without scripts":          {"a<noscript>x</noscript>b", "ab"},
		"a drawing in a drawing":   {"a<svg><svg>x</svg>y</svg>b", "ab"},
		"a drawing that is closed": {"a<svg/>b", "ab"},
		"an object":                {"a<object>x</object>b", "ab"},
		"a comment":                {"a<!-- x -->b", "ab"},
		"one that never ends":      {"a<p>b<svg>c", "a\nb"},
		"closed without opening":   {"</svg></table></title>a</p>", "a"},
		"control codes":            {"<p>a\x01\x1bb", "ab"},
		"the title":                {"<title>x</title><p>a", "a"},
	} {
		if got := mustRead(t, ReadHTML, "<!doctype html><meta charset=utf-8>"+c.html).Pages[0].Text; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatABrowserWouldFetch(t *testing.T) {
	for name, c := range map[string]struct {
		html string
		want []string
	}{
		"a picture":          {`<img alt="" src="https://x.example/a">`, []string{"https://x.example/a"}},
		"without a scheme":   {`<img alt="" src="//x.example/a">`, []string{"//x.example/a"}},
		"of the page itself": {`<img alt="" src="a.png"><img alt="" src="data:image/png;base64,AA">`, nil},
		"a script":           {`<script src="HTTP://x.example/a"></script>`, []string{"HTTP://x.example/a"}},
		"a frame":            {`<iframe src="http://x.example/f"></iframe>`, []string{"http://x.example/f"}},
		"an object":          {`<object data="http://x.example/o"></object>`, []string{"http://x.example/o"}},
		"sound and film":     {`<video src="http://x.example/v"></video><audio><source src="http://x.example/s"></audio>`, []string{"http://x.example/v", "http://x.example/s"}},
		"a style":            {`<link rel="stylesheet" href="http://x.example/c">`, []string{"http://x.example/c"}},
		"an icon":            {`<link rel="icon" href="http://x.example/i">`, []string{"http://x.example/i"}},
		"the next page":      {`<link rel="next" href="http://x.example/n">`, nil},
		"a link to follow":   {`<a href="http://x.example/l">x</a>`, nil},
		"a file":             {`<embed src="file:///C:/geheim">`, []string{"file:///C:/geheim"}},
		"within a drawing":   {`<svg><img src="http://x.example/a"></svg>`, nil},
	} {
		var got []string
		for _, f := range mustRead(t, ReadHTML, c.html+"<p>tekst").Findings {
			if f.Type == kb.FindingExternalLink {
				got = append(got, f.Passage)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(name, diff)
		}
	}
	many := mustRead(t, ReadHTML, strings.Repeat(`<img alt="" src="http://x.example/`+strings.Repeat("a", 500)+`">`, 2*maxAddresses)+"<p>x")
	if n := len(many.Findings); n != maxAddresses+2 || len(many.Findings[0].Passage) > 300 {
		t.Errorf("%d findings, the first of %d bytes", n, len(many.Findings[0].Passage))
	}
}

func TestWhatNotEveryoneCanReadOfAPage(t *testing.T) {
	for name, c := range map[string]struct {
		html string
		want []kb.Finding
	}{
		"all in order":           {`<html lang="nl"><title>Nota</title><p>x`, nil},
		"no title":               {`<html lang="nl"><p>x`, []kb.Finding{{Type: kb.FindingNoTitle}}},
		"no language":            {`<title>Nota</title><p>x`, []kb.Finding{{Type: kb.FindingNoLanguage}}},
		"no real language":       {`<html lang="?"><title>Nota</title><p>x`, []kb.Finding{{Type: kb.FindingNoLanguage}}},
		"pictures":               {`<html lang="nl"><title>Nota</title><p>x<img src="a"><img src="b"><img src="c" alt="kaart">`, []kb.Finding{{Type: kb.FindingNoAlternative, Count: 2}}},
		"a table":                {`<html lang="nl"><title>Nota</title><table><tr><td>a<td>b<tr><td>c<td>d</table>`, []kb.Finding{{Type: kb.FindingNoTableHeader, Count: 1}}},
		"a table with a header":  {`<html lang="nl"><title>Nota</title><table><tr><th>a<th>b<tr><td>c<td>d</table>`, nil},
		"a table of one row":     {`<html lang="nl"><title>Nota</title><table><tr><td>a<td>b</table>`, nil},
		"a table of one column":  {`<html lang="nl"><title>Nota</title><table><tr><td>a<tr><td>c</table>`, nil},
		"the second table lacks": {`<html lang="nl"><title>Nota</title><table><tr><th>a<th>b<tr><td>c<td>d</table><table><tr><td>a<td>b<tr><td>c<td>d</table>`, []kb.Finding{{Type: kb.FindingNoTableHeader, Count: 1}}},
	} {
		if diff := cmp.Diff(c.want, mustRead(t, ReadHTML, c.html).Findings); diff != "" {
			t.Error(name, diff)
		}
	}
}

func TestWhatAPageDoesNotShow(t *testing.T) {
	long := strings.Repeat("<p>"+strings.Repeat("woord ", 300), 10)
	r := mustRead(t, ReadHTML, `<html><title>Nota</title><meta name="author" content="Ans"><meta property="og:publisher" content="Gemeente X"><!-- voor -->`+long+`<!-- na --><!-- --><svg><!-- tekening --></svg><p>eind`)
	want := []kb.Aside{
		{Page: 1, Type: kb.FindingComment, Text: "voor"},
		{Page: len(r.Pages) - 1, Type: kb.FindingComment, Text: "na"}, // "eind" begins the last part,
		{Type: kb.FindingPropertyName, Text: "title: Nota\nauthor: Ans\nog:publisher: Gemeente X\n"},
	}
	if diff := cmp.Diff(want, r.Asides); diff != "" || len(r.Pages) < 3 {
		t.Error(len(r.Pages), diff)
	}
	if r.Organisation != "Gemeente X" {
		t.Errorf("publisher: %q", r.Organisation)
	}
}

func TestPropertiesThatATextGives(t *testing.T) {
	for _, c := range []struct {
		name, value string
		got         func(*kb.Reading) any
		want        any
	}{
		{"DC.Title", " Nota\n wonen ", func(r *kb.Reading) any { return r.Title }, "Nota wonen"},
		{"og:title", strings.Repeat("a", maxProperty+1), func(r *kb.Reading) any { return r.Title }, ""},
		{"dcterms.creator", "Ans", func(r *kb.Reading) any { return strings.Join(r.Authors, "|") }, "Ans"},
		{"description", "kort", func(r *kb.Reading) any { return r.Subject }, "kort"},
		{"publisher", "Gemeente X", func(r *kb.Reading) any { return r.Organisation }, "Gemeente X"},
		{"keywords", "[a, b,,c]", func(r *kb.Reading) any { return strings.Join(r.Keywords, "|") }, "a|b|c"},
		{"tags", strings.Repeat("a,", 2*maxKeywords), func(r *kb.Reading) any { return len(r.Keywords) }, maxKeywords},
		{"lang", "nl-BE", func(r *kb.Reading) any { return r.Language }, "nl"},
		{"language", "geen taal", func(r *kb.Reading) any { return r.Language }, ""},
		{"article:published_time", "2024-03-01T12:00:00+02:00", func(r *kb.Reading) any { return r.Created.Format("15:04") }, "10:00"},
		{"modified", "2024-03-01", func(r *kb.Reading) any { return r.Modified.Format("02-01-2006") }, "01-03-2024"},
		{"date", "ooit", func(r *kb.Reading) any { return r.Created == nil }, true},
		{"robots", "noindex", func(r *kb.Reading) any { return cmp.Diff(&kb.Reading{}, r) }, ""},
	} {
		r := &kb.Reading{}
		property(r, c.name, c.value)
		if diff := cmp.Diff(c.want, c.got(r)); diff != "" {
			t.Error(c.name, diff)
		}
	}
}

func TestHTMLWithoutTextAndOverItsLimits(t *testing.T) {
	in := of("<b></b><b></b><b></b><p>laat")
	in.Limits.Tokens = 3
	_, err := ReadHTML(in)
	if problem, ok := errors.AsType[*format.Problem](err); !ok || problem.State != kb.ExtractionTooLarge {
		t.Errorf("tokens before any text: %v", err)
	}
	deep := mustRead(t, ReadHTML, strings.Repeat("<div>", 100_000)+"diep")
	if deep.Pages[0].Text != "diep" {
		t.Errorf("a deep page: %q", deep.Pages[0].Text)
	}
}
