package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Themes is the resolver of themes.
func (r queryResolver) Themes(ctx context.Context, first *int, after *string) (*model.ThemeConnection, error) {
	res, err := r.search(ctx, byTitle(kb.KindTheme), page{first, after, 50})
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, t *kb.Theme) *model.ThemeEdge {
		return &model.ThemeEdge{Cursor: cursor, Node: t}
	})
	return &model.ThemeConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

// Regions is the resolver of regions.
func (r queryResolver) Regions(ctx context.Context, kind *kb.RegionKind, first *int, after *string) (*model.RegionConnection, error) {
	req := byTitle(kb.KindRegion)
	if kind != nil {
		req.Filter.RegionKinds = []kb.RegionKind{*kind}
	}
	res, err := r.search(ctx, req, page{first, after, 50})
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, g *kb.Region) *model.RegionEdge {
		return &model.RegionEdge{Cursor: cursor, Node: g}
	})
	return &model.RegionConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

// Organisations is the resolver of organisations.
func (r queryResolver) Organisations(ctx context.Context, first *int, after *string) (*model.OrganisationConnection, error) {
	res, err := r.search(ctx, byTitle(kb.KindOrganisation), page{first, after, 50})
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, o *kb.Organisation) *model.OrganisationEdge {
		return &model.OrganisationEdge{Cursor: cursor, Node: o}
	})
	return &model.OrganisationConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

// People is the resolver of people.
func (r queryResolver) People(ctx context.Context, first *int, after *string) (*model.PersonConnection, error) {
	res, err := r.search(ctx, byTitle(kb.KindPerson), page{first, after, 50})
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, p *kb.Person) *model.PersonEdge {
		return &model.PersonEdge{Cursor: cursor, Node: p}
	})
	return &model.PersonConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

// LearningCircles is the resolver of learningCircles.
func (r queryResolver) LearningCircles(ctx context.Context, first *int, after *string) (*model.LearningCircleConnection, error) {
	res, err := r.search(ctx, byTitle(kb.KindLearningCircle), page{first, after, 20})
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, l *kb.LearningCircle) *model.LearningCircleEdge {
		return &model.LearningCircleEdge{Cursor: cursor, Node: l}
	})
	return &model.LearningCircleConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

// Meetings is the resolver of meetings.
func (r queryResolver) Meetings(ctx context.Context, first *int, after *string) (*model.MeetingConnection, error) {
	return r.meetings(ctx, kb.SearchRequest{Sort: kb.SortNewest}, page{first, after, 20})
}

// meetings gives a page of meetings, all or those of one learning circle.
func (r *Resolver) meetings(ctx context.Context, req kb.SearchRequest, p page) (*model.MeetingConnection, error) {
	req.Kinds = []kb.Kind{kb.KindMeeting}
	res, err := r.search(ctx, req, p)
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, m *kb.Meeting) *model.MeetingEdge {
		return &model.MeetingEdge{Cursor: cursor, Node: m}
	})
	return &model.MeetingConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

func byTitle(k kb.Kind) kb.SearchRequest {
	return kb.SearchRequest{Kinds: []kb.Kind{k}, Sort: kb.SortTitle}
}
