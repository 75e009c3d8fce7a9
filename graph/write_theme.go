package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreateTheme is the resolver of createTheme.
func (r mutationResolver) CreateTheme(ctx context.Context, input map[string]any) (*model.CreateThemePayload, error) {
	p, err := createRecord[*kb.Theme](ctx, r.desk, input)
	return (*model.CreateThemePayload)(p), err
}

// UpdateTheme is the resolver of updateTheme.
func (r mutationResolver) UpdateTheme(ctx context.Context, input map[string]any) (*model.UpdateThemePayload, error) {
	p, err := updateRecord[*kb.Theme](ctx, r.desk, input)
	return (*model.UpdateThemePayload)(p), err
}

// WithdrawTheme is the resolver of withdrawTheme.
func (r mutationResolver) WithdrawTheme(ctx context.Context, input model.WithdrawInput) (*model.WithdrawThemePayload, error) {
	p, err := withdrawRecord[*kb.Theme](ctx, r.desk, input)
	return (*model.WithdrawThemePayload)(p), err
}

// RestoreTheme is the resolver of restoreTheme.
func (r mutationResolver) RestoreTheme(ctx context.Context, input model.RestoreInput) (*model.RestoreThemePayload, error) {
	p, err := restoreRecord[*kb.Theme](ctx, r.desk, input)
	return (*model.RestoreThemePayload)(p), err
}

// DeleteTheme is the resolver of deleteTheme.
func (r mutationResolver) DeleteTheme(ctx context.Context, input model.DeleteInput) (*model.DeleteThemePayload, error) {
	p, err := deleteRecord[*kb.Theme](ctx, r.desk, input)
	return (*model.DeleteThemePayload)(p), err
}
