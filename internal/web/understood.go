package web

import (
	"slices"
	"strings"

	"leerkring/internal/web/operations"
)

// understood tells what the search made of the query, with ways to change that.
func (p *searchPage) understood(v *visit, s state, found operations.SearchSearchSearchConnection) {
	p.Searched, p.Explain = s.query, s.explain
	switch {
	case found.SearchedFor != "":
		p.Searched, p.Undo = found.SearchedFor, s.asTyped(true).address()
	case s.literal:
		p.Literal, p.Loosen = s.query, s.asTyped(false).address()
	}
	if found.DidYouMean != "" {
		p.Meant = link{Text: found.DidYouMean, URL: s.asking(found.DidYouMean).address()}
	}
	p.Names = v.names(s, found.Recognised)
}

// names gives the names in a query with the searches in which they are filters.
func (v *visit) names(s state, recognised []operations.Recognised) []link {
	var out []link
	called := map[string]int{}
	for _, name := range recognised {
		called[name.Label]++
	}
	for _, name := range recognised {
		i := slices.IndexFunc(params(), func(p param) bool { return p.facet == name.Field })
		if i < 0 {
			continue // a year has its own filter
		}
		param := params()[i]
		set := s.values[param.name]
		if slices.Contains(set, name.Value) {
			continue
		}
		next := s.asking(name.Rest).with(param.name, append(slices.Clone(set), name.Value)...)
		out = append(out, link{Text: v.only(param, name, called[name.Label] > 1), URL: next.address()})
	}
	return out
}

// only says what a search finds once a name is its filter. A place that is called
// as another thing is, like the municipality and the province of Utrecht, is named
// with its kind.
func (v *visit) only(p param, name operations.Recognised, ambiguous bool) string {
	switch p.facet {
	case operations.FacetFieldType:
		return v.text("only.other", strings.ToLower(v.text(message("kinds."+p.outside(name.Value)))))
	case operations.FacetFieldTheme:
		return v.text("only.theme", name.Label)
	case operations.FacetFieldProvince, operations.FacetFieldLabourMarketRegion, operations.FacetFieldMunicipality:
		if ambiguous {
			return v.text("only.place", strings.ToLower(v.text(p.title))+" "+name.Label)
		}
		return v.text("only.place", name.Label)
	}
	return v.text("only.other", name.Label)
}

// explained is one line of how a score was made.
type explained struct {
	Depth int // 0 to maxDepth, for the style sheet
	Name  string
	Value string
	How   string // in words, empty for a value that is not made of others
}

// maxDepth is how deep the style sheet indents.
const maxDepth = 4

func (v *visit) explanation(lines []operations.ExplanationLine) []explained {
	var out []explained
	for _, l := range lines {
		e := explained{Depth: min(l.Depth, maxDepth), Name: v.factor(l.Name), Value: v.lang.decimal(l.Value)}
		if l.Kind != "" {
			e.How = v.text(message("explain." + string(l.Kind)))
		}
		out = append(out, e)
	}
	return out
}

// factor names a part of a score; what has no name of its own is a word of the query.
func (v *visit) factor(name string) string {
	if t, ok := v.site.messages[message("factor."+name)]; ok {
		return t.In(string(v.lang))
	}
	return name
}

// pager leads to other pages of a list; a way that is not there is empty.
type pager struct{ First, Previous, Next string }

// pagerOf gives the ways from a page of a search. The second page has no way to
// the previous one but the way to the first.
func pagerOf(s state, page operations.Page) pager {
	var p pager
	if page.HasNextPage {
		p.Next = s.next(page.EndCursor).address()
	}
	if n := len(s.after); n > 0 {
		p.First = s.first().address()
		if n > 1 {
			s.after = s.after[:n-1]
			p.Previous = s.address()
		}
	}
	return p
}
