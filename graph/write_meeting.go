package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreateMeeting is the resolver of createMeeting.
func (r mutationResolver) CreateMeeting(ctx context.Context, input map[string]any) (*model.CreateMeetingPayload, error) {
	p, err := createRecord[*kb.Meeting](ctx, r.desk, input)
	return (*model.CreateMeetingPayload)(p), err
}

// UpdateMeeting is the resolver of updateMeeting.
func (r mutationResolver) UpdateMeeting(ctx context.Context, input map[string]any) (*model.UpdateMeetingPayload, error) {
	p, err := updateRecord[*kb.Meeting](ctx, r.desk, input)
	return (*model.UpdateMeetingPayload)(p), err
}

// WithdrawMeeting is the resolver of withdrawMeeting.
func (r mutationResolver) WithdrawMeeting(ctx context.Context, input model.WithdrawInput) (*model.WithdrawMeetingPayload, error) {
	p, err := withdrawRecord[*kb.Meeting](ctx, r.desk, input)
	return (*model.WithdrawMeetingPayload)(p), err
}

// RestoreMeeting is the resolver of restoreMeeting.
func (r mutationResolver) RestoreMeeting(ctx context.Context, input model.RestoreInput) (*model.RestoreMeetingPayload, error) {
	p, err := restoreRecord[*kb.Meeting](ctx, r.desk, input)
	return (*model.RestoreMeetingPayload)(p), err
}

// DeleteMeeting is the resolver of deleteMeeting.
func (r mutationResolver) DeleteMeeting(ctx context.Context, input model.DeleteInput) (*model.DeleteMeetingPayload, error) {
	p, err := deleteRecord[*kb.Meeting](ctx, r.desk, input)
	return (*model.DeleteMeetingPayload)(p), err
}
