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
	Cards  []card
	Facets []facet
	Years  yearFacet
	Chips  []chip
	// Hidden are the filters that have no facet and stay in the form.
	Hidden []chip
	Sorts  []option
	// Next and First lead to other pages of the search; empty where there is none.
	Next, First string
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
	for _, e := range found.Search.Edges {
		p.Cards = append(p.Cards, v.cardOf(e.Node, e.Highlights))
	}
	if p.Facets, err = v.facets(asked, found.Search.Facets); err != nil {
		return answer{}, err
	}
	p.Years = v.yearFacet(asked, found.Search.Facets)
	if err := p.addChips(v, asked); err != nil {
		return answer{}, err
	}
	if page := found.Search.PageInfo; page.HasNextPage {
		next := asked
		next.after = page.EndCursor
		p.Next = next.address()
	}
	if asked.after != "" {
		p.First = asked.first().address()
	}
	return answer{template: "search", page: p}, nil
}

// asked reports whether an address asks for a search at all.
func asked(q map[string][]string) bool {
	for _, name := range []string{paramQuery, paramFrom, paramTo, paramSort, paramAfter} {
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
	found, err := operations.Search(v.Context(), v.client, s.query, s.filter(), s.sort, s.after)
	notice := cursorNotice(err)
	if s.after == "" || notice == "" {
		return found, "", err
	}
	*s = s.first()
	found, err = operations.Search(v.Context(), v.client, s.query, s.filter(), s.sort, "")
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
