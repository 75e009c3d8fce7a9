package web

import (
	"net/url"

	"leerkring/internal/web/operations"
)

// tablePage is a page of tables: what someone is writing, what waits, what there is
// to keep.
type tablePage struct {
	*layout
	Intro string
	// Ways lead on from the page, Tabs to the parts of what it shows.
	Ways []link
	Tabs []menuItem
	// Ask narrows down what is shown; empty for nothing to ask.
	Ask    []input
	Tables []table
	// Buttons do something with all that is shown.
	Buttons []button
	pager
}

// table is one table; without rows its text Empty is shown.
type table struct {
	// Caption is its heading, Label what it is called where it has none.
	Caption string
	Label   string
	Columns []string
	Rows    [][]cell
	Empty   string
}

// cell is one place in a table.
type cell struct {
	Text, URL string
	Note      string
	// Buttons do something with the row.
	Buttons []button
}

// button is a form of one button.
type button struct {
	Action string
	Text   string
	Hidden []hidden
	Danger bool
}

func cells(texts ...string) []cell {
	out := make([]cell, len(texts))
	for i, t := range texts {
		out[i].Text = t
	}
	return out
}

// tables makes a page of tables.
func (v *visit) tables(title message) *tablePage {
	p := &tablePage{layout: v.layout(v.text(title))}
	p.NoIndex = true
	return p
}

// columns gives the headings of a table.
func (p *tablePage) columns(keys ...message) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = p.T(k)
	}
	return out
}

// turn makes the way to the next part of a list, and back to its beginning.
func (p *tablePage) turn(path string, query url.Values, page operations.Page) {
	if query.Get(paramAfter) != "" {
		first := cloned(query)
		first.Del(paramAfter)
		p.First = address(path, first)
	}
	if page.HasNextPage {
		next := cloned(query)
		next.Set(paramAfter, page.EndCursor)
		p.Next = address(path, next)
	}
	p.Here = address(path, query)
}

func cloned(q url.Values) url.Values {
	out := make(url.Values, len(q))
	for k, v := range q {
		out[k] = v
	}
	return out
}

// only keeps some parameters of an address.
func only(q url.Values, names ...string) url.Values {
	out := url.Values{}
	for _, name := range names {
		if value := clean(q.Get(name)); value != "" {
			out.Set(name, value)
		}
	}
	return out
}

// answer gives the page; a table without a caption is called like the page.
func (p *tablePage) answer() answer {
	for i := range p.Tables {
		p.Tables[i].Label = p.Title
	}
	return answer{template: "table", page: p}
}
