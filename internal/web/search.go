package web

import (
	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// searchPage is what a search found.
type searchPage struct {
	*layout
	Query string
	Total int
	// Notice says that a cursor did not work and the first page is shown instead.
	Notice message
	// Searched is what was searched for; Undo leads to what was typed, when that is
	// something else.
	Searched, Undo string
	// Loosen leads from a search for the very words to one that corrects them.
	Loosen string
	// Literal is the query to which searching for the very words belongs.
	Literal string
	// Meant is another query that may be what the reader meant; its text is empty
	// without one.
	Meant link
	// Names are names in the query that can be made filters.
	Names  []link
	Cards  []card
	Facets []facet
	Years  yearFacet
	Chips  []chip
	// Hidden are the filters that have no facet and stay in the form.
	Hidden []chip
	Sorts  []option
	// Explain keeps the explanations in the form.
	Explain bool
	pager
	// Clear drops the filters; empty without any.
	Clear string
}

// search is the page for "/": the start page when nothing is asked.
func search(v *visit) (answer, error) {
	q := v.URL.Query()
	if !asked(q) {
		return start(v)
	}
	asked := parseState(q)
	found, notice, err := v.find(&asked)
	if err != nil {
		return answer{}, err
	}
	p := &searchPage{
		layout: v.layout(v.text("search.title")), Query: asked.query, Total: found.Search.TotalCount,
		Notice: notice, Sorts: v.sorts(asked),
	}
	if asked.query != "" {
		p.Title = v.text("search.title.for", asked.query)
	}
	p.Here, p.NoIndex, p.CatchingUp = asked.address(), true, !found.IndexStatus.Ready
	p.understood(v, asked, found.Search)
	for _, e := range found.Search.Edges {
		c := v.cardOf(e.Node, e.Highlights)
		c.Explanation = v.explanation(e.Explanation)
		if s := e.Passage; s != nil {
			c.Passage = &passage{Label: s.Label, File: s.File.Name, URL: pathOf(s.Url), Text: readable(mark(s.Text, s.Ranges))}
		}
		p.Cards = append(p.Cards, c)
	}
	if p.Facets, err = v.facets(asked, found.Search.Facets); err != nil {
		return answer{}, err
	}
	p.Years = v.yearFacet(asked, found.Search.Facets)
	if err := p.addChips(v, asked); err != nil {
		return answer{}, err
	}
	p.pager = pagerOf(asked, found.Search.PageInfo)
	return answer{template: "search", page: p}, nil
}

// asked reports whether an address asks for a search at all.
func asked(q map[string][]string) bool {
	for _, name := range []string{paramQuery, paramFrom, paramTo, paramSort, paramAfter, paramLiteral, paramExplain} {
		if _, ok := q[name]; ok {
			return true
		}
	}
	for _, p := range params() {
		if _, ok := q[p.name]; ok {
			return true
		}
	}
	return false
}

// find searches. A cursor that does not work gives the first page, with a notice.
func (v *visit) find(s *state) (*operations.SearchResponse, message, error) {
	found, err := operations.Search(v.Context(), v.client, s.query, s.filter(), s.sort, s.cursor(), s.literal, s.explain)
	notice := cursorNotice(err)
	if len(s.after) == 0 || notice == "" {
		return found, "", err
	}
	*s = s.first()
	found, err = operations.Search(v.Context(), v.client, s.query, s.filter(), s.sort, "", s.literal, s.explain)
	return found, notice, err
}

// cursorNotice is what a reader is told of a cursor that does not work; empty for
// any other error.
func cursorNotice(err error) message {
	switch codeOf(err) {
	case kb.CursorExpired:
		return "notice.expired"
	case kb.CursorInvalid:
		return "notice.invalid"
	}
	return ""
}

// option is one choice of a form.
type option struct {
	Name     string // of the parameter
	Value    string
	Label    string
	Selected bool
	// Count is how many there are; empty for a value that was asked for and is not
	// among those that were counted.
	Count string
}

// sorts are the orders to choose from. The first is what the program chooses by
// itself, and has no word in the address.
func (v *visit) sorts(s state) []option {
	first := message("sort.relevance")
	if s.query == "" {
		first = "sort.newest"
	}
	out := []option{{Label: v.text(first), Selected: s.sort == operations.SearchSortRelevance}}
	for _, sort := range []struct {
		order operations.SearchSort
		label message
	}{
		{operations.SearchSortNewest, "sort.newest"},
		{operations.SearchSortOldest, "sort.oldest"},
		{operations.SearchSortTitle, "sort.title"},
	} {
		if sort.label != first {
			out = append(out, option{Value: sortWords()[sort.order], Label: v.text(sort.label), Selected: s.sort == sort.order})
		}
	}
	if s.query == "" && s.sort == operations.SearchSortNewest {
		out[0].Selected = true
	}
	return out
}
