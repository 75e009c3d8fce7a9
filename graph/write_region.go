package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreateRegion is the resolver of createRegion.
func (r mutationResolver) CreateRegion(ctx context.Context, input map[string]any) (*model.CreateRegionPayload, error) {
	p, err := createRecord[*kb.Region](ctx, r.desk, input)
	return (*model.CreateRegionPayload)(p), err
}

// UpdateRegion is the resolver of updateRegion.
func (r mutationResolver) UpdateRegion(ctx context.Context, input map[string]any) (*model.UpdateRegionPayload, error) {
	p, err := updateRecord[*kb.Region](ctx, r.desk, input)
	return (*model.UpdateRegionPayload)(p), err
}

// WithdrawRegion is the resolver of withdrawRegion.
func (r mutationResolver) WithdrawRegion(ctx context.Context, input model.WithdrawInput) (*model.WithdrawRegionPayload, error) {
	p, err := withdrawRecord[*kb.Region](ctx, r.desk, input)
	return (*model.WithdrawRegionPayload)(p), err
}

// RestoreRegion is the resolver of restoreRegion.
func (r mutationResolver) RestoreRegion(ctx context.Context, input model.RestoreInput) (*model.RestoreRegionPayload, error) {
	p, err := restoreRecord[*kb.Region](ctx, r.desk, input)
	return (*model.RestoreRegionPayload)(p), err
}

// DeleteRegion is the resolver of deleteRegion.
func (r mutationResolver) DeleteRegion(ctx context.Context, input model.DeleteInput) (*model.DeleteRegionPayload, error) {
	p, err := deleteRecord[*kb.Region](ctx, r.desk, input)
	return (*model.DeleteRegionPayload)(p), err
}
