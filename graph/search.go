package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"leerkring/graph/internal/exec"
	"leerkring/graph/internal/scalar"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// maxValues is the most values that one field of a filter may have.
const maxValues = 100

// Search is the resolver of search.
func (r queryResolver) Search(ctx context.Context, query *string, filter *model.SearchFilter, sort *kb.Sort, first *int, after *string, asTyped *bool) (*model.SearchConnection, error) {
	req := kb.SearchRequest{
		Sort: kb.SortRelevance, Facets: facetsSelected(ctx),
		Highlights: graphql.FieldRequested(ctx, "edges.highlights") || graphql.FieldRequested(ctx, "edges.passage"), Explain: graphql.FieldRequested(ctx, "edges.explanation"),
		AsTyped: deref(asTyped), After: deref(after),
	}
	if query != nil {
		req.Text = *query
	}
	if sort != nil {
		req.Sort = *sort
	}
	if err := r.limit(&req, filter); err != nil {
		return nil, err
	}
	res, err := r.search(ctx, req, page{first, after, 20})
	if err != nil {
		return nil, err
	}
	readingOf(ctx).searched(ctx, req, res.Total)
	for _, h := range res.Hits {
		if h.Passage != nil {
			readingOf(ctx).fileViews.expect(h.Passage.File)
		}
	}
	return searchConnection(res), nil
}

// limit puts the filter into the request.
func (r *Resolver) limit(req *kb.SearchRequest, f *model.SearchFilter) error {
	if f == nil {
		return nil
	}
	if max(len(f.Types), len(f.Themes), len(f.Regions), len(f.Organisations), len(f.People), len(f.Collaboration), len(f.Languages)) > maxValues {
		return badArgument("filter", kb.Text{NL: "Een veld van het filter heeft hoogstens %d waarden.", EN: "A field of the filter has at most %d values."}, maxValues)
	}
	req.Kinds = f.Types
	req.Filter = kb.Filter{
		Themes: f.Themes, Organisations: f.Organisations, People: f.People,
		Collaboration: f.Collaboration, Languages: f.Languages,
	}
	for _, text := range f.Regions {
		req.Filter.Regions = r.withSuccessors(req.Filter.Regions, r.regionCode(text))
	}
	if y := f.Years; y != nil && y.From != nil {
		req.Filter.YearFrom = *y.From
	}
	if y := f.Years; y != nil && y.To != nil {
		req.Filter.YearTo = *y.To
	}
	return nil
}

func searchConnection(res *kb.SearchResult) *model.SearchConnection {
	c := &model.SearchConnection{
		PageInfo: pageInfo(res), TotalCount: res.Total, SearchedFor: filled(res.SearchedFor), DidYouMean: filled(res.DidYouMean),
	}
	for i := range res.Recognised {
		c.Recognised = append(c.Recognised, &res.Recognised[i])
	}
	for i := range res.Facets {
		c.Facets = append(c.Facets, &res.Facets[i])
	}
	for _, h := range res.Hits {
		e := &model.SearchEdge{Cursor: h.Cursor, Node: h.Entity.(kb.Material), Score: h.Score, Passage: h.Passage, Explanation: lines(h.Explanation)}
		for i := range h.Highlights {
			e.Highlights = append(e.Highlights, &h.Highlights[i])
		}
		c.Nodes = append(c.Nodes, e.Node)
		c.Edges = append(c.Edges, e)
	}
	return c
}

// filled gives a text that is null when it is empty.
func filled(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// facetsSelected gives the facets that the operation asks of the search that is
// being resolved, each once: counting is dear, so what is not asked is not counted.
func facetsSelected(ctx context.Context) []kb.FacetField {
	asked := map[kb.FacetField]bool{}
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		if f.Name != "facets" {
			continue
		}
		named := f.ArgumentMap(graphql.GetOperationContext(ctx).Variables)["fields"]
		if named == nil {
			return kb.FacetFields()
		}
		for _, name := range graphql.CoerceList(named) {
			if field, err := scalar.UnmarshalFacetField(name); err == nil { // a wrong one is reported where it stands
				asked[field] = true
			}
		}
	}
	var fields []kb.FacetField
	for _, field := range kb.FacetFields() {
		if asked[field] {
			fields = append(fields, field)
		}
	}
	return fields
}

type searchConnectionResolver struct{}

// SearchConnection resolves the fields of a page of search.
func (r *Resolver) SearchConnection() exec.SearchConnectionResolver {
	return searchConnectionResolver{}
}

// Facets is the resolver of facets.
func (searchConnectionResolver) Facets(_ context.Context, c *model.SearchConnection, fields []kb.FacetField) ([]*kb.FacetCounts, error) {
	if fields == nil {
		fields = kb.FacetFields()
	}
	counted := make(map[kb.FacetField]*kb.FacetCounts, len(c.Facets))
	for _, f := range c.Facets {
		counted[f.Field] = f
	}
	var out []*kb.FacetCounts
	for _, field := range fields {
		if f, ok := counted[field]; ok {
			out = append(out, f)
		}
	}
	return out, nil
}
