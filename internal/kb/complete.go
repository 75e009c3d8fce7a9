package kb

import (
	"slices"
	"strings"
)

// complete gives all that an entity lacks before it can be reviewed or published:
// what breaks the rules of its kind, and what readers cannot do without.
func complete(e Entity) []Problem {
	c := &checker{problems: brokenRules(e, false)}
	switch x := e.(type) {
	case Material:
		completeMaterial(c, x)
	case *Person:
		if !x.Consent {
			c.add("consent", Text{"vraag de persoon eerst om toestemming, of trek het record in", "ask the person for consent first, or withdraw the record"})
		}
	}
	return c.problems
}

func completeMaterial(c *checker, m Material) {
	common := m.Shared()
	c.required("summary", common.Summary)
	if len(common.Themes) == 0 {
		c.add("themes", Text{"kies ten minste één thema", "choose at least one theme"})
	}
	if l, ok := m.(*Lesson); ok {
		c.required("statement", l.Statement)
		return
	}
	if !hasText(m) {
		c.add("body", Text{"schrijf een tekst, vul een onderdeel in of voeg een bestand toe", "write a text, fill in a section or add a file"})
	}
}

// hasText reports whether a material has something to read beyond its summary: a
// body, a section of its kind or a file, and for a publication where it is found.
func hasText(m Material) bool {
	c := m.Shared()
	text := []string{c.Body}
	switch x := m.(type) {
	case *Case:
		text = append(text, x.Sections()...)
	case *Presentation:
		text = append(text, x.Sections()...)
	case *Publication:
		text = append(text, x.Abstract, x.DOI)
	}
	written := slices.ContainsFunc(text, func(s string) bool { return strings.TrimSpace(s) != "" })
	return written || len(c.Files) > 0 || c.Origin != nil && c.Origin.URL != ""
}
