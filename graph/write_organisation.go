package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreateOrganisation is the resolver of createOrganisation.
func (r mutationResolver) CreateOrganisation(ctx context.Context, input map[string]any) (*model.CreateOrganisationPayload, error) {
	p, err := createRecord[*kb.Organisation](ctx, r.desk, input)
	return (*model.CreateOrganisationPayload)(p), err
}

// UpdateOrganisation is the resolver of updateOrganisation.
func (r mutationResolver) UpdateOrganisation(ctx context.Context, input map[string]any) (*model.UpdateOrganisationPayload, error) {
	p, err := updateRecord[*kb.Organisation](ctx, r.desk, input)
	return (*model.UpdateOrganisationPayload)(p), err
}

// WithdrawOrganisation is the resolver of withdrawOrganisation.
func (r mutationResolver) WithdrawOrganisation(ctx context.Context, input model.WithdrawInput) (*model.WithdrawOrganisationPayload, error) {
	p, err := withdrawRecord[*kb.Organisation](ctx, r.desk, input)
	return (*model.WithdrawOrganisationPayload)(p), err
}

// RestoreOrganisation is the resolver of restoreOrganisation.
func (r mutationResolver) RestoreOrganisation(ctx context.Context, input model.RestoreInput) (*model.RestoreOrganisationPayload, error) {
	p, err := restoreRecord[*kb.Organisation](ctx, r.desk, input)
	return (*model.RestoreOrganisationPayload)(p), err
}

// DeleteOrganisation is the resolver of deleteOrganisation.
func (r mutationResolver) DeleteOrganisation(ctx context.Context, input model.DeleteInput) (*model.DeleteOrganisationPayload, error) {
	p, err := deleteRecord[*kb.Organisation](ctx, r.desk, input)
	return (*model.DeleteOrganisationPayload)(p), err
}
