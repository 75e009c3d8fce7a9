package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreateCase is the resolver of createCase.
func (r mutationResolver) CreateCase(ctx context.Context, input map[string]any) (*model.CreateCasePayload, error) {
	p, err := createRecord[*kb.Case](ctx, r.desk, input)
	return (*model.CreateCasePayload)(p), err
}

// UpdateCase is the resolver of updateCase.
func (r mutationResolver) UpdateCase(ctx context.Context, input map[string]any) (*model.UpdateCasePayload, error) {
	p, err := updateRecord[*kb.Case](ctx, r.desk, input)
	return (*model.UpdateCasePayload)(p), err
}

// WithdrawCase is the resolver of withdrawCase.
func (r mutationResolver) WithdrawCase(ctx context.Context, input model.WithdrawInput) (*model.WithdrawCasePayload, error) {
	p, err := withdrawRecord[*kb.Case](ctx, r.desk, input)
	return (*model.WithdrawCasePayload)(p), err
}

// RestoreCase is the resolver of restoreCase.
func (r mutationResolver) RestoreCase(ctx context.Context, input model.RestoreInput) (*model.RestoreCasePayload, error) {
	p, err := restoreRecord[*kb.Case](ctx, r.desk, input)
	return (*model.RestoreCasePayload)(p), err
}

// DeleteCase is the resolver of deleteCase.
func (r mutationResolver) DeleteCase(ctx context.Context, input model.DeleteInput) (*model.DeleteCasePayload, error) {
	p, err := deleteRecord[*kb.Case](ctx, r.desk, input)
	return (*model.DeleteCasePayload)(p), err
}
