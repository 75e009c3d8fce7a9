package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreateQuestion is the resolver of createQuestion.
func (r mutationResolver) CreateQuestion(ctx context.Context, input map[string]any) (*model.CreateQuestionPayload, error) {
	p, err := createRecord[*kb.Question](ctx, r.desk, input)
	return (*model.CreateQuestionPayload)(p), err
}

// UpdateQuestion is the resolver of updateQuestion.
func (r mutationResolver) UpdateQuestion(ctx context.Context, input map[string]any) (*model.UpdateQuestionPayload, error) {
	p, err := updateRecord[*kb.Question](ctx, r.desk, input)
	return (*model.UpdateQuestionPayload)(p), err
}

// WithdrawQuestion is the resolver of withdrawQuestion.
func (r mutationResolver) WithdrawQuestion(ctx context.Context, input model.WithdrawInput) (*model.WithdrawQuestionPayload, error) {
	p, err := withdrawRecord[*kb.Question](ctx, r.desk, input)
	return (*model.WithdrawQuestionPayload)(p), err
}

// RestoreQuestion is the resolver of restoreQuestion.
func (r mutationResolver) RestoreQuestion(ctx context.Context, input model.RestoreInput) (*model.RestoreQuestionPayload, error) {
	p, err := restoreRecord[*kb.Question](ctx, r.desk, input)
	return (*model.RestoreQuestionPayload)(p), err
}

// DeleteQuestion is the resolver of deleteQuestion.
func (r mutationResolver) DeleteQuestion(ctx context.Context, input model.DeleteInput) (*model.DeleteQuestionPayload, error) {
	p, err := deleteRecord[*kb.Question](ctx, r.desk, input)
	return (*model.DeleteQuestionPayload)(p), err
}
