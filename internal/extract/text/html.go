package text

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/text/flow"
	"leerkring/internal/kb"
)

// ReadHTML reads a web page in parts by its headings: what a person sees of it, without
// scripts and forms. Nothing that it names is fetched; what a browser would fetch from
// elsewhere is found.
func ReadHTML(in format.Input) (*kb.Reading, error) {
	b, cut, err := read(in)
	if err != nil {
		return nil, err
	}
	// What is not known is taken for Windows-1252, by the first kilobyte alone.
	encoding, name, _ := charset.DetermineEncoding(b, "")
	if name != "windows-1252" || !inUTF8(b, cut) {
		if text, err := encoding.NewDecoder().Bytes(b); err == nil {
			b = text
		}
	}
	p := &page{text: flow.New(in.Limits), reading: &kb.Reading{}, tokens: in.Limits.Tokens}
	if err := p.read(b); err != nil && !errors.Is(err, errCut) {
		return nil, err
	} else if err != nil {
		cut = true
	}
	result := p.text.Result()
	r, err := finish(p.text, result, cut)
	if err != nil {
		return nil, err
	}
	said := p.reading
	said.Asides = p.asides(result)
	said.Unit, said.Pages, said.Outline, said.Cut = r.Unit, r.Pages, r.Outline, r.Cut
	if p.undescribed > 0 {
		p.found = append(p.found, kb.Finding{Type: kb.FindingNoAlternative, Count: p.undescribed})
	}
	if p.headless > 0 {
		p.found = append(p.found, kb.Finding{Type: kb.FindingNoTableHeader, Count: p.headless})
	}
	said.Findings = append(p.found, properties(said)...)
	return said, nil
}

// errCut ends a reading that has as much as is read of one file.
var errCut = errors.New("as much as is read of one file")

// maxAddresses is how many addresses of one page are told.
const maxAddresses = 100

// page is one web page that is being read.
type page struct {
	text        *flow.Text
	reading     *kb.Reading // what the page says of itself
	found       []kb.Finding
	tokens      int
	line        strings.Builder
	level       int
	cell        bool // the line stands beside the one before it
	cells, rows int
	header      bool
	undescribed int
	headless    int
	skipped     atom.Atom // what is left out until it ends
	nested      int       // of the same within it
	inTitle     bool
	remarks     []kb.Aside      // comments, by place in the text from 0
	meta        strings.Builder // a line for each property
}

// asides gives what stands in the page and is not shown.
func (p *page) asides(result *flow.Result) []kb.Aside {
	for i := range p.remarks {
		p.remarks[i].Page = result.PageOf(p.remarks[i].Page)
	}
	if p.meta.Len() > 0 {
		p.remarks = append(p.remarks, kb.Aside{Type: kb.FindingPropertyName, Text: p.meta.String()})
	}
	return p.remarks
}

func (p *page) read(b []byte) error {
	z := html.NewTokenizer(bytes.NewReader(b))
	for {
		kind := z.Next()
		if p.tokens--; p.tokens < 0 {
			if p.text.Empty() {
				return format.Problemf(kb.ExtractionTooLarge, "too many tokens of HTML")
			}
			return errCut
		}
		switch kind {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return format.Problemf(kb.ExtractionBroken, "HTML: %v", err)
			}
			return p.end()
		case html.CommentToken:
			if text := strings.TrimSpace(clean(string(z.Text()))); text != "" && p.skipped == 0 {
				p.remarks = append(p.remarks, kb.Aside{Page: p.text.Here(), Type: kb.FindingComment, Text: text})
			}
		case html.TextToken:
			p.write(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			if err := p.start(z.Token(), kind == html.SelfClosingTagToken); err != nil {
				return err
			}
		case html.EndTagToken:
			if err := p.close(z.Token().DataAtom); err != nil {
				return err
			}
		}
	}
}

func (p *page) write(text string) {
	switch {
	case p.inTitle:
		p.property("title", text)
	case p.skipped == 0:
		p.line.WriteString(strings.Map(func(r rune) rune {
			if r == '\n' || r == '\r' || r == '\t' {
				return ' '
			}
			return r
		}, text))
	}
}

func (p *page) property(name, value string) {
	p.meta.WriteString(name + ": " + clean(value) + "\n")
	property(p.reading, name, value)
}

func (p *page) start(t html.Token, closed bool) error {
	if p.skipped != 0 {
		if t.DataAtom == p.skipped && !closed {
			p.nested++
		}
		return nil
	}
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Select, atom.Textarea, atom.Iframe, atom.Object:
		p.fetched(t)
		if !closed {
			p.skipped, p.nested = t.DataAtom, 0
		}
	case atom.Title:
		p.inTitle = true
	case atom.Html:
		property(p.reading, "lang", attr(t, "lang"))
	case atom.Meta:
		p.property(attr(t, "name")+attr(t, "property"), attr(t, "content"))
	case atom.Img:
		p.picture(t)
	case atom.Link, atom.Embed, atom.Video, atom.Audio, atom.Source:
		p.fetched(t)
	default:
		return p.block(t.DataAtom)
	}
	return nil
}

// block begins a line where the page does.
func (p *page) block(a atom.Atom) error {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		err := p.end()
		p.level = int(a.String()[1] - '0')
		return err
	case atom.Table:
		p.rows, p.header = 0, false
	case atom.Tr:
		p.rows, p.cells = p.rows+1, 0
	case atom.Td, atom.Th:
		err := p.end()
		p.header = p.header || a == atom.Th
		p.cells++
		p.cell = p.cells > 1
		return err
	}
	if blocks(a) {
		return p.end()
	}
	return nil
}

func (p *page) close(a atom.Atom) error {
	if p.skipped != 0 {
		if a == p.skipped {
			if p.nested--; p.nested < 0 {
				p.skipped = 0
			}
		}
		return nil
	}
	p.inTitle = p.inTitle && a != atom.Title
	if a == atom.Table && p.rows > 1 && p.cells > 1 && !p.header {
		p.headless++
	}
	if blocks(a) || strings.HasPrefix(a.String(), "h") && len(a.String()) == 2 {
		return p.end()
	}
	return nil
}

// end ends a line.
func (p *page) end() error {
	text := strings.Join(strings.Fields(clean(p.line.String())), " ")
	p.line.Reset()
	if text == "" {
		return nil
	}
	room := p.text.Add(flow.Paragraph{Text: text, Level: p.level, Cell: p.cell})
	p.level, p.cell = 0, false
	if !room {
		return errCut
	}
	return nil
}

// blocks reports whether an element stands on lines of its own.
func blocks(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Br, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.Tr, atom.Td, atom.Th, atom.Table, atom.Section,
		atom.Article, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Aside, atom.Blockquote, atom.Pre, atom.Figure, atom.Figcaption,
		atom.Form, atom.Fieldset, atom.Address, atom.Hr, atom.Caption, atom.Body, atom.Head, atom.Summary, atom.Details, atom.Option:
		return true
	}
	return false
}

func (p *page) picture(t html.Token) {
	described := false
	for _, a := range t.Attr {
		described = described || a.Key == "alt" // an empty one says: for decoration
	}
	if !described {
		p.undescribed++
	}
	p.fetched(t)
}

// fetched finds what a browser would fetch from elsewhere.
func (p *page) fetched(t html.Token) {
	address := attr(t, "src") + attr(t, "data")
	if rel := attr(t, "rel"); t.DataAtom == atom.Link && (rel == "stylesheet" || rel == "icon" || rel == "preload") {
		address = attr(t, "href")
	}
	if elsewhere(address) && len(p.found) < maxAddresses {
		p.found = append(p.found, kb.Finding{Type: kb.FindingExternalLink, Passage: address[:min(len(address), 300)]})
	}
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
