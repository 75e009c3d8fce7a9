package text

import (
	"regexp"
	"strings"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/text/flow"
	"leerkring/internal/kb"
)

// ReadText reads plain text in parts. Lines stay as they are.
func ReadText(in format.Input) (*kb.Reading, error) {
	return lines(in, func(to *flow.Text, text string) bool {
		for line := range strings.Lines(text) {
			if !to.Add(flow.Paragraph{Text: line}) {
				return false
			}
		}
		return true
	})
}

// lines makes a reading of a text that add puts in parts.
func lines(in format.Input, add func(to *flow.Text, text string) bool) (*kb.Reading, error) {
	b, cut, err := read(in)
	if err != nil {
		return nil, err
	}
	text, err := decode(b, cut)
	if err != nil {
		return nil, err
	}
	to := flow.New(in.Limits)
	cut = !add(to, text) || cut
	return finish(to, to.Result(), cut)
}

func finish(to *flow.Text, result *flow.Result, cut bool) (*kb.Reading, error) {
	if to.Empty() {
		return nil, format.Problemf(kb.ExtractionEmpty, "no text")
	}
	return &kb.Reading{Unit: result.Unit, Pages: result.Pages, Outline: result.Outline, Cut: cut || result.Cut}, nil
}

var (
	markdownHeading = regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]+(.+?)[ \t#]*$`)
	markdownPicture = regexp.MustCompile(`!\[([^\]]*)\]\(([^)\s]*)[^)]*\)`)
	markdownLink    = regexp.MustCompile(`\[([^\]]+)\]\([^)\s]*[^)]*\)`)
	markdownMark    = regexp.MustCompile("(\\*\\*|__|``?|~~)")
	frontMatter     = regexp.MustCompile(`^---\n(?s:(.*?))\n---\n`)
	matterLine      = regexp.MustCompile(`(?m)^(title|author|date|lang|language|keywords|tags):[ \t]*["']?(.*?)["']?[ \t]*$`)
)

// ReadMarkdown reads Markdown in parts by its headings, without its marks. What stands
// in front of it (YAML between lines of ---) gives title, author and language.
func ReadMarkdown(in format.Input) (*kb.Reading, error) {
	var front string
	var findings []kb.Finding
	r, err := lines(in, func(to *flow.Text, text string) bool {
		if m := frontMatter.FindStringSubmatch(text); m != nil {
			front, text = m[1], text[len(m[0]):]
		}
		findings = pictures(text)
		return markdown(to, text)
	})
	if err != nil {
		return nil, err
	}
	for _, m := range matterLine.FindAllStringSubmatch(front, 50) {
		property(r, m[1], m[2])
	}
	if front != "" {
		r.Asides = []kb.Aside{{Type: kb.FindingPropertyName, Text: front}}
	}
	r.Findings = append(findings, properties(r)...)
	return r, nil
}

func markdown(to *flow.Text, text string) bool {
	code := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		p := flow.Paragraph{Text: line}
		if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
			code = !code
			continue
		}
		if !code {
			if m := markdownHeading.FindStringSubmatch(line); m != nil {
				p.Level, p.Text = len(m[1]), m[2]
			}
			p.Text = markdownPicture.ReplaceAllString(p.Text, "$1")
			p.Text = markdownLink.ReplaceAllString(p.Text, "$1")
			p.Text = markdownMark.ReplaceAllString(p.Text, "")
		}
		if !to.Add(p) {
			return false
		}
	}
	return true
}

// pictures finds those without description, and those from elsewhere.
func pictures(text string) []kb.Finding {
	missing := 0
	var out []kb.Finding
	for _, m := range markdownPicture.FindAllStringSubmatch(text, 1000) {
		if strings.TrimSpace(m[1]) == "" {
			missing++
		}
		if elsewhere(m[2]) {
			out = append(out, kb.Finding{Type: kb.FindingExternalLink, Passage: m[2]})
		}
	}
	if missing > 0 {
		out = append(out, kb.Finding{Type: kb.FindingNoAlternative, Count: missing})
	}
	return out
}

// elsewhere reports whether a program would fetch an address from another machine.
func elsewhere(address string) bool {
	address = strings.ToLower(strings.TrimSpace(address))
	return strings.HasPrefix(address, "http:") || strings.HasPrefix(address, "https:") || strings.HasPrefix(address, "//") || strings.HasPrefix(address, "file:") || strings.HasPrefix(address, "ftp:")
}

// properties tells what a text lacks.
func properties(r *kb.Reading) []kb.Finding {
	var out []kb.Finding
	if r.Title == "" {
		out = append(out, kb.Finding{Type: kb.FindingNoTitle})
	}
	if r.Language == "" {
		out = append(out, kb.Finding{Type: kb.FindingNoLanguage})
	}
	return out
}
