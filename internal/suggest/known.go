package suggest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"leerkring/internal/kb"
)

// The shares of suggestions that were right; see TestMeasured for themes. Known names of
// organisations and people are exact matches, and what is left is whether they matter.
const (
	sureTheme        = .57
	perhapsTheme     = .3
	sureOrganisation = .7
	surePerson       = .6
	sureCredited     = .9
	mostOfOne        = 5 // suggestions of one field
)

// counted is something with how often it was found, and where first.
type counted struct {
	value, label string
	n            int
	at           span
}

// themes are those whose labels and synonyms stand in the text at least twice.
func (g *gathering) themes(ctx context.Context, c Collection) error {
	known, err := all(ctx, c, kb.KindTheme)
	if err != nil {
		return err
	}
	var found []counted
	for _, e := range known {
		theme, ok := e.(*kb.Theme)
		if !ok || slices.Contains(g.common.Themes, theme.Slug) {
			continue
		}
		names := append([]string{theme.PrefLabel.NL, theme.PrefLabel.EN}, theme.Synonyms...)
		if x := g.count(names); x.n >= 2 {
			x.value, x.label = theme.Slug, theme.PrefLabel.NL
			found = append(found, x)
		}
	}
	for i, x := range most(found) {
		sure := perhapsTheme
		if i == 0 {
			sure = sureTheme
		}
		g.add("themes", x.value, x.label, sure, x.at)
	}
	return nil
}

// count counts the places of names, each name once.
func (g *gathering) count(names []string) counted {
	var x counted
	seen := map[string]bool{}
	for _, name := range names {
		folded := kb.Fold(name)
		if seen[folded] {
			continue
		}
		seen[folded] = true
		for _, at := range g.text.find(folded) {
			if x.n++; x.n == 1 {
				x.at = at
			}
		}
	}
	return x
}

// most gives the few that were found most often, in that order, and of equals the one
// that comes first in the text.
func most(found []counted) []counted {
	slices.SortStableFunc(found, func(a, b counted) int {
		return cmp.Or(b.n-a.n, a.at.index-b.at.index, a.at.start-b.at.start, strings.Compare(a.value, b.value))
	})
	return found[:min(len(found), mostOfOne)]
}

// organisations are those of the collection that the text names. A short name is an
// abbreviation, and stands in capitals.
func (g *gathering) organisations(ctx context.Context, c Collection) error {
	known, err := all(ctx, c, kb.KindOrganisation)
	if err != nil {
		return err
	}
	var found []counted
	for _, e := range known {
		o, ok := e.(*kb.Organisation)
		if !ok || slices.Contains(g.common.Organisations, o.ID) {
			continue
		}
		names := slices.DeleteFunc(append([]string{o.Name}, o.Also...), func(n string) bool { return len(kb.Fold(n)) < 3 })
		x := g.count(names)
		if x.n > 0 && (strings.Contains(g.written(x.at), " ") || g.written(x.at) == strings.ToUpper(g.written(x.at)) || x.n > 1 && g.written(x.at) != strings.ToLower(g.written(x.at))) {
			x.value, x.label = string(o.ID), o.Name
			found = append(found, x)
		}
	}
	for _, x := range most(found) {
		g.add("organisations", x.value, x.label, sureOrganisation, x.at)
	}
	return nil
}

func (g *gathering) written(at span) string { return g.text.pages[at.index].Text[at.start:at.end] }

// people are those of the collection whom the properties or the first pages name: the
// speakers of a presentation, the people of other material; and the names in the
// properties as authors of a publication.
func (g *gathering) people(ctx context.Context, c Collection) error {
	field, has := "people", g.common.People
	if p, ok := g.material.(*kb.Presentation); ok {
		field, has = "speakers", p.Speakers
	}
	if p, ok := g.material.(*kb.Publication); ok && len(p.Authors) == 0 {
		for _, name := range g.authors() {
			g.add("authors", name, name, surePerson, span{})
		}
		g.byline()
	}
	known, err := all(ctx, c, kb.KindPerson)
	if err != nil {
		return err
	}
	for _, e := range known {
		p, ok := e.(*kb.Person)
		name := kb.Fold(e.Label())
		if !ok || slices.Contains(has, p.ID) || !strings.Contains(name, " ") {
			continue
		}
		sure, at := 0., span{}
		for _, place := range g.text.find(name) {
			sure, at = surePerson, place
			break
		}
		credited := slices.ContainsFunc(g.reading.Authors, func(a string) bool { return kb.Fold(a) == name })
		if credited || at.page > 0 && g.credited(at) {
			sure = sureCredited
		}
		if sure > 0 {
			g.add(field, string(p.ID), p.Name, sure, at)
		}
	}
	return nil
}

// credited reports whether the text names a person as who made it.
func (g *gathering) credited(at span) bool {
	body := g.text.pages[at.index].Text
	lead := strings.TrimRight(strings.ToLower(body[max(0, at.start-24):at.start]), " :\n\t")
	for _, word := range []string{"door", "auteur", "auteurs", "auteur(s)", "spreker", "sprekers", "presentatie", "geschreven door", "by", "author", "speaker"} {
		if strings.HasSuffix(lead, word) {
			return true
		}
	}
	return false
}

// authors are the authors in the properties that look like people: two words or
// more, and no program or department.
func (g *gathering) authors() []string {
	var out []string
	for _, a := range g.reading.Authors {
		a = strings.Join(strings.Fields(kb.OneLine(a)), " ")
		if len(a) <= 80 && strings.Contains(a, " ") && !strings.ContainsAny(a, "0123456789@_\\/") && !strings.Contains(strings.ToLower(a), "gemeente") && len(out) < mostOfOne {
			out = append(out, a)
		}
	}
	return out
}
