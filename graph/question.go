package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Question is the resolver of question.
func (r queryResolver) Question(ctx context.Context, slug string) (*kb.Question, error) {
	return bySlug[*kb.Question](ctx, r.library, kb.KindQuestion, slug)
}

// Questions is the resolver of questions.
func (r queryResolver) Questions(ctx context.Context, first *int, after *string) (*model.QuestionConnection, error) {
	res, err := r.search(ctx, kb.SearchRequest{Kinds: []kb.Kind{kb.KindQuestion}, Sort: kb.SortNewest}, page{first, after, 20})
	if err != nil {
		return nil, err
	}
	nodes, edges := listed(res, func(cursor string, q *kb.Question) *model.QuestionEdge {
		return &model.QuestionEdge{Cursor: cursor, Node: q}
	})
	return &model.QuestionConnection{Nodes: nodes, Edges: edges, PageInfo: pageInfo(res), TotalCount: res.Total}, nil
}

type questionResolver struct{ noun[*kb.Question] }

// Question resolves the fields of questions.
func (r *Resolver) Question() exec.QuestionResolver { return questionResolver{noun[*kb.Question]{r}} }

// AskedBy is the resolver of askedBy.
func (questionResolver) AskedBy(ctx context.Context, q *kb.Question) (*kb.Person, error) {
	return readingOf(ctx).people.one(ctx, q.AskedBy)
}

// Themes is the resolver of themes.
func (questionResolver) Themes(ctx context.Context, q *kb.Question) ([]*kb.Theme, error) {
	return readingOf(ctx).themes.list(ctx, q.Themes)
}

type answerResolver struct{}

// Answer resolves the fields of answers.
func (r *Resolver) Answer() exec.AnswerResolver { return answerResolver{} }

// By is the resolver of by.
func (answerResolver) By(ctx context.Context, a *kb.Answer) (*kb.Person, error) {
	return readingOf(ctx).people.one(ctx, a.By)
}

// Material is the resolver of material.
func (answerResolver) Material(ctx context.Context, a *kb.Answer) ([]kb.Material, error) {
	return readingOf(ctx).material.list(ctx, a.Material)
}
