package suggest

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"leerkring/internal/kb"
)

// The confidences of what cannot be measured against a reference are those of the
// real files that were looked at one by one: 299 of 335 titles in properties are titles.
const (
	sureProperty = .89
	sureHeading  = .4 // an estimate: see TestHeadingsMeasured for how little titles in properties say
	sureName     = .3
	sureSummary  = .5
	sureLanguage = .99
	sureLicence  = .9
	sureHolder   = .5
	sureCount    = .99
)

var (
	junk    = regexp.MustCompile(`(?i)^(?:microsoft (?:word|powerpoint|excel)|powerpoint[- ]presentati|presentati(?:e|on)\d*$|document\d*$|untitled|naamloos|titel$|title$|dia ?\d+$|slide ?\d+$|template|sjabloon|geen diatitel)|\.(?:docx?|pptx?|xlsx?|pdf|indd|odt|odp)$|^[\d\W_]*$|_v?\d|^\S{24,}$|(?:^|\s)(?:pagina|page|blad) ?\d+ (?:van|of) \d+$`)
	holder  = regexp.MustCompile(`(?:©|\(c\)|[Cc]opyright ©?) *(?:(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?,? *)?\p{Lu}[^\n.;|©]{2,60}`)
	tidied  = regexp.MustCompile(`[_\s]+`)
	licence = regexp.MustCompile(`(?i)\bCC(?:[ -]BY(?:-(?:NC|SA|ND)){0,2}|[ -]?0)(?:[ -]\d\.\d)?(?:[ -]NL)?\b|creativecommons\.org/licenses/[a-z-]{2,8}/\d\.\d|creativecommons\.org/publicdomain/zero/1\.0`)
)

// title is that of the properties unless it is junk, else the heading of the first
// page, else the name of the file.
func (g *gathering) title(f *kb.File) {
	if g.common.Title != "" {
		return
	}
	own := strings.TrimSpace(kb.OneLine(g.reading.Title))
	if own != "" && !junk.MatchString(own) && fits(own) {
		g.add("title", own, own, sureProperty, span{})
		return
	}
	if heading, at := g.heading(); heading != "" {
		g.add("title", heading, heading, sureHeading, at)
		return
	}
	name := f.Name
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		name = name[:dot]
	}
	if name = strings.TrimSpace(tidied.ReplaceAllString(name, " ")); name != "" && fits(name) {
		g.add("title", name, name, sureName, span{})
	}
}

func fits(s string) bool { return len(s) <= 300 && utf8.ValidString(s) }

// heading is the line on the first page that is the heading of the slide, else the first
// one that reads like a title.
func (g *gathering) heading() (string, span) {
	p := g.reading.Pages[0]
	title := strings.TrimSpace(p.Title)
	first, at, from := "", span{}, 0
	for i, l := range strings.SplitN(p.Text, "\n", 13) {
		if i == 12 {
			break
		}
		here := span{page: p.Number, start: from, end: from + len(l)}
		from += len(l) + 1
		trimmed := strings.TrimSpace(l)
		if trimmed == title && trimmed != "" && fits(trimmed) {
			return kb.OneLine(trimmed), here
		}
		if first == "" && readsLikeATitle(trimmed) {
			first, at = kb.OneLine(trimmed), here
		}
	}
	return first, at
}

func readsLikeATitle(line string) bool {
	letters := 0
	for _, r := range line {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 8 && len(strings.Fields(line)) >= 2 && len(line) <= 160 && !junk.MatchString(line) && !strings.HasSuffix(line, ":")
}

func (g *gathering) language() {
	if g.common.Language == "" && g.reading.Language != "" {
		g.add("language", g.reading.Language, g.reading.Language, sureLanguage, span{})
	}
}

// size is the number of pages of a publication and of slides of a presentation.
func (g *gathering) size() {
	n := len(g.reading.Pages)
	if g.reading.Cut {
		return
	}
	switch m := g.material.(type) {
	case *kb.Publication:
		if m.Pages == 0 && g.reading.Unit == kb.UnitPage {
			g.add("pages", strconv.Itoa(n), strconv.Itoa(n), sureCount, span{})
		}
	case *kb.Presentation:
		if m.Slides == 0 && g.reading.Unit == kb.UnitSlide {
			g.add("slides", strconv.Itoa(n), strconv.Itoa(n), sureCount, span{})
		}
	}
}

// licence is a Creative Commons licence, else who has the copyright.
func (g *gathering) licence() {
	if g.common.Licence != "" {
		return
	}
	left, rights := mostText, span{}
	for i, p := range g.reading.Pages {
		if left -= len(p.Text); left < 0 {
			break
		}
		m := licence.FindStringIndex(p.Text)
		if m == nil {
			if c := holder.FindStringIndex(p.Text); c != nil && rights.page == 0 {
				rights = span{p.Number, i, c[0], c[1]}
			}
			continue
		}
		value := strings.ToUpper(strings.ReplaceAll(p.Text[m[0]:m[1]], " ", "-"))
		if _, path, ok := strings.Cut(value, "/LICENSES/"); ok {
			value = "CC-" + strings.ReplaceAll(path, "/", "-")
		} else if strings.Contains(value, "ZERO") {
			value = "CC0-1.0"
		} else if number, ok := strings.CutPrefix(value, "CC-0"); ok {
			value = "CC0" + number
		}
		g.add("licence", value, value, sureLicence, span{p.Number, i, m[0], m[1]})
		return
	}
	if rights.page > 0 {
		value := strings.TrimSpace(kb.OneLine(g.written(rights)))
		g.add("licence", value, value, sureHolder, rights)
	}
}
