package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreatePublication is the resolver of createPublication.
func (r mutationResolver) CreatePublication(ctx context.Context, input map[string]any) (*model.CreatePublicationPayload, error) {
	p, err := createRecord[*kb.Publication](ctx, r.desk, input)
	return (*model.CreatePublicationPayload)(p), err
}

// UpdatePublication is the resolver of updatePublication.
func (r mutationResolver) UpdatePublication(ctx context.Context, input map[string]any) (*model.UpdatePublicationPayload, error) {
	p, err := updateRecord[*kb.Publication](ctx, r.desk, input)
	return (*model.UpdatePublicationPayload)(p), err
}

// WithdrawPublication is the resolver of withdrawPublication.
func (r mutationResolver) WithdrawPublication(ctx context.Context, input model.WithdrawInput) (*model.WithdrawPublicationPayload, error) {
	p, err := withdrawRecord[*kb.Publication](ctx, r.desk, input)
	return (*model.WithdrawPublicationPayload)(p), err
}

// RestorePublication is the resolver of restorePublication.
func (r mutationResolver) RestorePublication(ctx context.Context, input model.RestoreInput) (*model.RestorePublicationPayload, error) {
	p, err := restoreRecord[*kb.Publication](ctx, r.desk, input)
	return (*model.RestorePublicationPayload)(p), err
}

// DeletePublication is the resolver of deletePublication.
func (r mutationResolver) DeletePublication(ctx context.Context, input model.DeleteInput) (*model.DeletePublicationPayload, error) {
	p, err := deleteRecord[*kb.Publication](ctx, r.desk, input)
	return (*model.DeletePublicationPayload)(p), err
}
