package suggest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"leerkring/internal/kb"
)

// How sure a date is, by where it was found. These are estimates: the texts with a known
// date that there are to measure with do not name it.
const (
	sureDated    = .6
	sureDate     = .4
	sureProperly = .3
)

var (
	day    = regexp.MustCompile(`(?i)\b(\d{1,2})[ \x{a0}]+(januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|january|february|march|may|june|july|august|october)[ \x{a0}]+((?:19|20)\d\d)\b|\b(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)\b`)
	dating = regexp.MustCompile(`(?i)(?:datum|date|vastgesteld|d\.d\.|uitgave|publicatie|versie|vergadering|besluit|bijeenkomst|op)[^\n.]{0,25}$`)
)

// datePages is on how many of the first pages a date is looked for.
const datePages = 2

// date is that of publication, or when a presentation was given: the first day on
// the first pages, one that the text calls a date before others, else the property.
func (g *gathering) date() {
	field, has := "", kb.Date("")
	switch m := g.material.(type) {
	case *kb.Publication:
		field, has = "issued", m.Issued
	case *kb.Presentation:
		field, has = "givenAt", m.GivenAt
	}
	if field == "" || has != "" {
		return
	}
	for i, p := range g.reading.Pages[:min(datePages, len(g.reading.Pages))] {
		if value, at, sure, ok := firstDay(p.Text[:min(len(p.Text), 20_000)]); ok {
			at.page, at.index = p.Number, i
			g.add(field, value, value, sure, at)
			return
		}
	}
	if g.reading.Created != nil && kb.Date(g.reading.Created.Format("2006-01-02")).Valid() {
		value := g.reading.Created.Format("2006-01-02")
		g.add(field, value, value, sureProperly, span{})
	}
}

func firstDay(text string) (value string, at span, sure float64, ok bool) {
	for _, m := range day.FindAllStringSubmatchIndex(text, 20) {
		group := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return text[m[2*n]:m[2*n+1]]
		}
		d, _ := strconv.Atoi(group(1) + group(4))
		month := monthOf(group(2))
		if month == 0 {
			month, _ = strconv.Atoi(group(5))
		}
		date := fmt.Sprintf("%s-%02d-%02d", group(3)+group(6), month, d)
		if !kb.Date(date).Valid() {
			continue
		}
		here := span{start: m[0], end: m[1]}
		if dating.MatchString(text[max(0, m[0]-40):m[0]]) {
			return date, here, sureDated, true
		}
		if !ok {
			value, at, sure, ok = date, here, sureDate, true
		}
	}
	return value, at, sure, ok
}

func monthOf(name string) int {
	name = strings.ToLower(name)
	if len(name) < 3 {
		return 0
	}
	for i, months := range []string{"jan", "feb", "maa mar", "apr", "mei may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dec"} {
		if strings.Contains(months, name[:3]) {
			return i + 1
		}
	}
	return 0
}
