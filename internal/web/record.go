package web

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// recordPage is the page of one record of any kind: what it is, what is known of
// it, its text, and the material around it.
type recordPage struct {
	*layout
	Kind     string // in words
	Colour   string
	Name     string
	NameLang string
	TextLang string
	Lead     template.HTML
	Date     string
	DateISO  string
	Facts    []fact
	Sections []section
	// Material is about this record; All leads to the rest of it.
	Material []card
	Total    int
	All      string
	// Standing is where it stands, for who works on it.
	Standing *standing
}

// textLanguage is the language of the texts of records that name none: all but material.
const textLanguage = string(dutch)

// fact is one thing known of a record: a text, links, or both.
type fact struct {
	Label string
	Text  string
	Links []link
}

// section is one part of a record's text under its own heading.
type section struct {
	Title string
	HTML  template.HTML
	Items []string
	Cards []card
	// Meetings are those of a learning circle, Programme the parts of a meeting.
	Meetings  []meetingCard
	Programme []pillar
	// Files are those of a piece of material.
	Files []fileCard
}

// records are the pages of records by the first segment of their address.
func records() map[string]handler {
	return map[string]handler{
		"casus": material, "publicatie": material, "presentatie": material, "les": material,
		"thema": theme, "regio": region, "organisatie": organisation, "persoon": person,
		"leerkring": learningCircle, "bijeenkomst": meeting, "vraagstuk": question,
	}
}

// record makes the page of a record that was found, at its own address only.
func (v *visit) record(address, id, name, section string, fill func(*recordPage) error) (answer, error) {
	if to, ok := v.foundAt(address); !ok {
		return answer{moved: to}, nil
	}
	p := &recordPage{layout: v.layout(name), Name: name, NameLang: string(v.lang), TextLang: textLanguage}
	p.layout.Section = section
	if err := fill(p); err != nil {
		return answer{}, err
	}
	if v.asking != nil {
		r, err := operations.Standing(v.Context(), v.client, id)
		if err != nil {
			return answer{}, err
		}
		p.Standing = v.standing(p.layout, r.Node)
	}
	return answer{template: "record", page: p}, nil
}

// about adds the material that a filter finds, the newest of it, and the way to the rest.
func (p *recordPage) about(v *visit, param, value string) error {
	s := state{values: map[string][]string{param: {value}}}
	r, err := operations.MaterialAbout(v.Context(), v.client, s.filter())
	if err != nil {
		return err
	}
	for _, m := range r.Search.Nodes {
		p.Material = append(p.Material, v.cardOf(m, nil))
	}
	p.Total, p.All = r.Search.TotalCount, s.address()
	return nil
}

// fact adds a text that is known.
func (p *recordPage) fact(label message, text string) {
	if strings.TrimSpace(text) != "" {
		p.Facts = append(p.Facts, fact{Label: p.T(label), Text: text})
	}
}

// number adds a number that is known.
func (p *recordPage) number(label message, n int) {
	if n > 0 {
		p.fact(label, p.Number(n))
	}
}

// links adds what a record leads to.
func (p *recordPage) links(label message, links ...link) {
	if len(links) > 0 {
		p.Facts = append(p.Facts, fact{Label: p.T(label), Links: links})
	}
}

// unseen keeps the links that no fact has yet: a partner need not be named twice.
func (p *recordPage) unseen(links []link) []link {
	return slices.DeleteFunc(links, func(l link) bool {
		return slices.ContainsFunc(p.Facts, func(f fact) bool {
			return slices.ContainsFunc(f.Links, func(seen link) bool { return seen.URL == l.URL })
		})
	})
}

// texts are links that lead nowhere.
func texts(list []string) []link {
	out := make([]link, len(list))
	for i, s := range list {
		out[i].Text = s
	}
	return out
}

// text adds a section of running text that is not empty.
func (p *recordPage) text(v *visit, title message, source string) {
	if strings.TrimSpace(source) != "" {
		p.Sections = append(p.Sections, section{Title: p.T(title), HTML: v.site.markdown.html(source)})
	}
}

// items adds a section of points that is not empty.
func (p *recordPage) items(title message, items []string) {
	if len(items) > 0 {
		p.Sections = append(p.Sections, section{Title: p.T(title), Items: items})
	}
}

// period adds when something ran.
func (p *recordPage) period(label message, from, to kb.Date) {
	p.fact(label, p.span(from, to))
}

// enum adds a value of an enumeration in words; the empty one is not known.
func (p *recordPage) enum(label message, prefix, value string) {
	if value != "" {
		p.fact(label, p.T(message(prefix+value)))
	}
}

func ordinal(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
