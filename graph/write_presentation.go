package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreatePresentation is the resolver of createPresentation.
func (r mutationResolver) CreatePresentation(ctx context.Context, input map[string]any) (*model.CreatePresentationPayload, error) {
	p, err := createRecord[*kb.Presentation](ctx, r.desk, input)
	return (*model.CreatePresentationPayload)(p), err
}

// UpdatePresentation is the resolver of updatePresentation.
func (r mutationResolver) UpdatePresentation(ctx context.Context, input map[string]any) (*model.UpdatePresentationPayload, error) {
	p, err := updateRecord[*kb.Presentation](ctx, r.desk, input)
	return (*model.UpdatePresentationPayload)(p), err
}

// WithdrawPresentation is the resolver of withdrawPresentation.
func (r mutationResolver) WithdrawPresentation(ctx context.Context, input model.WithdrawInput) (*model.WithdrawPresentationPayload, error) {
	p, err := withdrawRecord[*kb.Presentation](ctx, r.desk, input)
	return (*model.WithdrawPresentationPayload)(p), err
}

// RestorePresentation is the resolver of restorePresentation.
func (r mutationResolver) RestorePresentation(ctx context.Context, input model.RestoreInput) (*model.RestorePresentationPayload, error) {
	p, err := restoreRecord[*kb.Presentation](ctx, r.desk, input)
	return (*model.RestorePresentationPayload)(p), err
}

// DeletePresentation is the resolver of deletePresentation.
func (r mutationResolver) DeletePresentation(ctx context.Context, input model.DeleteInput) (*model.DeletePresentationPayload, error) {
	p, err := deleteRecord[*kb.Presentation](ctx, r.desk, input)
	return (*model.DeletePresentationPayload)(p), err
}
