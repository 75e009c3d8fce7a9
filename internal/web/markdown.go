package web

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown turns texts that anyone may have written into HTML that is safe to
// show. It parses no HTML and shows no pictures, and what comes out passes an
// allow-list. It may be used by many goroutines.
type markdown struct {
	engine goldmark.Markdown
	policy *bluemonday.Policy
	// tight finds headings without a space after their signs, as converters write
	// them; with one sign it may be a hashtag.
	tight *regexp.Regexp
}

func newMarkdown() *markdown {
	p := parser.NewParser(
		parser.WithBlockParsers( // all but HTML
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithASTTransformers(util.Prioritized(tame{}, 1000)),
	)
	return &markdown{
		engine: goldmark.New(goldmark.WithParser(p), goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify)),
		policy: allowed(),
		tight:  regexp.MustCompile(`(?m)^(#{2,6})([^#\s])`),
	}
}

const linkRel = "nofollow noopener noreferrer"

// allowed is the HTML that a text may have.
func allowed() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "strong", "em", "del", "blockquote", "code", "pre", "ul", "ol", "li",
		"h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,9}$`)).OnElements("ol")
	p.AllowAttrs("tabindex").Matching(regexp.MustCompile(`^0$`)).OnElements("table")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile(`^` + linkRel + `$`)).OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
}

// The most that a text may have to be parsed: bytes in all, marks in one block
// and ">" in one line. goldmark takes time in the square of the last two.
const (
	maxRendered = 400_000
	maxMarks    = 1_000
	maxNested   = 50
)

// costly reports whether a text could keep the server busy. It is shown as plain
// paragraphs.
func costly(source string) bool {
	if len(source) > maxRendered {
		return true
	}
	marks := 0
	for line := range strings.Lines(source) {
		if strings.TrimSpace(line) == "" {
			marks = 0
			continue
		}
		for _, c := range []byte(line) {
			if strings.IndexByte("*_~[]<`&!", c) >= 0 {
				marks++
			}
		}
		if marks > maxMarks || strings.Count(line, ">") > maxNested {
			return true
		}
	}
	return false
}

// html renders a text. Its headings begin at level 3, since the page has its own above.
func (m *markdown) html(source string) template.HTML {
	if costly(source) {
		return paragraphs(source)
	}
	var b bytes.Buffer
	if err := m.engine.Convert(m.tight.ReplaceAll([]byte(source), []byte("$1 $2")), &b); err != nil {
		panic(fmt.Sprintf("web: writing to memory failed: %v", err))
	}
	return template.HTML(m.policy.SanitizeBytes(b.Bytes())) //nolint:gosec // sanitised on this line
}

// paragraphs shows a text as it is.
func paragraphs(source string) template.HTML {
	var b strings.Builder
	for p := range strings.SplitSeq(source, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			b.WriteString("<p>" + template.HTMLEscapeString(p) + "</p>\n")
		}
	}
	return template.HTML(b.String()) //nolint:gosec // escaped above
}

// tame takes from a document what a page cannot have.
type tame struct{}

// Transform shifts headings, so that none skips a level; turns pictures into
// their description, HTML line breaks into line breaks and other tags into
// nothing; takes text that is indented for text, since imported texts are full of
// stray spaces; and marks links.
func (tame) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	source := reader.Source()
	var replaced []replacement
	last := 2
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker itself never fails
		if !entering {
			return ast.WalkContinue, nil
		}
		switch v := n.(type) {
		case *ast.Heading:
			v.Level = min(v.Level+2, last+1, 6)
			last = v.Level
		case *ast.Image:
			replaced = append(replaced, replacement{n, ast.NewString([]byte(plainText(v, source)))})
			return ast.WalkSkipChildren, nil
		case *ast.RawHTML:
			replaced = append(replaced, replacement{n, lineBreak(v, source)})
		case *ast.CodeBlock:
			replaced = append(replaced, replacement{n, asParagraph(v, source)})
		case *east.Table:
			v.SetAttributeString("tabindex", []byte("0")) // a wide table is scrolled, also by keyboard
		case *ast.Link:
			v.SetAttributeString("rel", []byte(linkRel))
		case *ast.AutoLink:
			v.SetAttributeString("rel", []byte(linkRel))
		}
		return ast.WalkContinue, nil
	})
	for _, r := range replaced {
		r.old.Parent().ReplaceChild(r.old.Parent(), r.old, r.by)
	}
}

// replacement is a node to put in the place of another once the walk is over.
type replacement struct{ old, by ast.Node }

// asParagraph gives the lines of a block of code as text.
func asParagraph(code *ast.CodeBlock, source []byte) ast.Node {
	out := ast.NewParagraph()
	for i := range code.Lines().Len() {
		segment := code.Lines().At(i)
		line := ast.NewTextSegment(segment.TrimRightSpace(source))
		line.SetSoftLineBreak(i < code.Lines().Len()-1)
		out.AppendChild(out, line)
	}
	return out
}

// lineBreak is what stands for a tag: a break for <br>, nothing for any other.
func lineBreak(tag *ast.RawHTML, source []byte) ast.Node {
	out := ast.NewText()
	name := strings.ToLower(string(tag.Segments.Value(source)))
	if strings.HasPrefix(name, "<br>") || strings.HasPrefix(name, "<br/") || strings.HasPrefix(name, "<br ") {
		out.SetHardLineBreak(true)
	}
	return out
}

// plainText gives the words within a node.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker itself never fails
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
