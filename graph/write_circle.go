package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreateLearningCircle is the resolver of createLearningCircle.
func (r mutationResolver) CreateLearningCircle(ctx context.Context, input map[string]any) (*model.CreateLearningCirclePayload, error) {
	p, err := createRecord[*kb.LearningCircle](ctx, r.desk, input)
	return (*model.CreateLearningCirclePayload)(p), err
}

// UpdateLearningCircle is the resolver of updateLearningCircle.
func (r mutationResolver) UpdateLearningCircle(ctx context.Context, input map[string]any) (*model.UpdateLearningCirclePayload, error) {
	p, err := updateRecord[*kb.LearningCircle](ctx, r.desk, input)
	return (*model.UpdateLearningCirclePayload)(p), err
}

// WithdrawLearningCircle is the resolver of withdrawLearningCircle.
func (r mutationResolver) WithdrawLearningCircle(ctx context.Context, input model.WithdrawInput) (*model.WithdrawLearningCirclePayload, error) {
	p, err := withdrawRecord[*kb.LearningCircle](ctx, r.desk, input)
	return (*model.WithdrawLearningCirclePayload)(p), err
}

// RestoreLearningCircle is the resolver of restoreLearningCircle.
func (r mutationResolver) RestoreLearningCircle(ctx context.Context, input model.RestoreInput) (*model.RestoreLearningCirclePayload, error) {
	p, err := restoreRecord[*kb.LearningCircle](ctx, r.desk, input)
	return (*model.RestoreLearningCirclePayload)(p), err
}

// DeleteLearningCircle is the resolver of deleteLearningCircle.
func (r mutationResolver) DeleteLearningCircle(ctx context.Context, input model.DeleteInput) (*model.DeleteLearningCirclePayload, error) {
	p, err := deleteRecord[*kb.LearningCircle](ctx, r.desk, input)
	return (*model.DeleteLearningCirclePayload)(p), err
}
