package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreatePerson is the resolver of createPerson.
func (r mutationResolver) CreatePerson(ctx context.Context, input map[string]any) (*model.CreatePersonPayload, error) {
	p, err := createRecord[*kb.Person](ctx, r.desk, input)
	return (*model.CreatePersonPayload)(p), err
}

// UpdatePerson is the resolver of updatePerson.
func (r mutationResolver) UpdatePerson(ctx context.Context, input map[string]any) (*model.UpdatePersonPayload, error) {
	p, err := updateRecord[*kb.Person](ctx, r.desk, input)
	return (*model.UpdatePersonPayload)(p), err
}

// WithdrawPerson is the resolver of withdrawPerson.
func (r mutationResolver) WithdrawPerson(ctx context.Context, input model.WithdrawInput) (*model.WithdrawPersonPayload, error) {
	p, err := withdrawRecord[*kb.Person](ctx, r.desk, input)
	return (*model.WithdrawPersonPayload)(p), err
}

// RestorePerson is the resolver of restorePerson.
func (r mutationResolver) RestorePerson(ctx context.Context, input model.RestoreInput) (*model.RestorePersonPayload, error) {
	p, err := restoreRecord[*kb.Person](ctx, r.desk, input)
	return (*model.RestorePersonPayload)(p), err
}

// DeletePerson is the resolver of deletePerson.
func (r mutationResolver) DeletePerson(ctx context.Context, input model.DeleteInput) (*model.DeletePersonPayload, error) {
	p, err := deleteRecord[*kb.Person](ctx, r.desk, input)
	return (*model.DeletePersonPayload)(p), err
}
