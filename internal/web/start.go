package web

import (
	"leerkring/internal/web/operations"
)

// startPage is the page of who has not asked anything yet.
type startPage struct {
	*layout
	Query  string // always empty; the search box is shared with the search page
	Total  int
	Kinds  []kindCount
	Newest []card
	Themes []link
}

// kindCount is how much there is of one kind of material.
type kindCount struct {
	Title  string
	About  string
	Colour string
	URL    string
	Count  int
}

func start(v *visit) (answer, error) {
	r, err := operations.Start(v.Context(), v.client)
	if err != nil {
		return answer{}, err
	}
	p := &startPage{layout: v.layout(v.text("start.title")), Total: r.Search.TotalCount}
	p.CatchingUp = !r.IndexStatus.Ready
	counts := map[string]int{}
	for _, f := range r.Search.Facets {
		for _, b := range f.Buckets {
			counts[b.Value] = b.Count
		}
	}
	for _, t := range []operations.MaterialType{
		operations.MaterialTypeCase, operations.MaterialTypePublication, operations.MaterialTypePresentation, operations.MaterialTypeLesson,
	} {
		word := typeWords()[string(t)]
		p.Kinds = append(p.Kinds, kindCount{
			Title: v.text(message("kinds." + word)), About: v.text(message("about." + word)), Colour: word,
			URL: state{values: map[string][]string{"type": {string(t)}}}.address(), Count: counts[string(t)],
		})
	}
	for _, m := range r.Search.Nodes {
		p.Newest = append(p.Newest, v.cardOf(m, nil))
	}
	for _, t := range r.Themes.Nodes {
		if len(t.Broader) == 0 {
			p.Themes = append(p.Themes, link{Text: t.Label, URL: pathOf(t.Url)})
		}
	}
	return answer{template: "start", page: p}, nil
}
