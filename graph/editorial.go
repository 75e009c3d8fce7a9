package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// lists asks for a page of the lists of a kind that editors keep.
func (r *Resolver) lists(ctx context.Context, kind kb.Kind, p page) (*kb.SearchResult, error) {
	var req kb.SearchRequest
	if err := p.into(&req); err != nil {
		return nil, err
	}
	return r.editorial.Page(ctx, readingOf(ctx).actor, kind, req.First, req.After)
}

// Synonyms is the resolver of synonyms.
func (r queryResolver) Synonyms(ctx context.Context, first *int, after *string) (*model.SynonymsConnection, error) {
	res, err := r.lists(ctx, kb.KindSynonyms, page{first, after, 50})
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, s *kb.Synonyms) *model.SynonymsEdge {
		return &model.SynonymsEdge{Cursor: cursor, Node: s}
	})
	return &model.SynonymsConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

// JudgementLists is the resolver of judgementLists.
func (r queryResolver) JudgementLists(ctx context.Context, first *int, after *string) (*model.JudgementListConnection, error) {
	res, err := r.lists(ctx, kb.KindJudgements, page{first, after, 20})
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, l *kb.JudgementList) *model.JudgementListEdge {
		return &model.JudgementListEdge{Cursor: cursor, Node: l}
	})
	return &model.JudgementListConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

type wantedResolver struct{}

// Wanted resolves the fields of wanted records.
func (r *Resolver) Wanted() exec.WantedResolver { return wantedResolver{} }

// Record is the resolver of record.
func (wantedResolver) Record(ctx context.Context, w *kb.Wanted) (kb.Entity, error) {
	return reference[kb.Entity](ctx, w.Record)
}
