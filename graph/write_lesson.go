package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreateLesson is the resolver of createLesson.
func (r mutationResolver) CreateLesson(ctx context.Context, input map[string]any) (*model.CreateLessonPayload, error) {
	p, err := createRecord[*kb.Lesson](ctx, r.desk, input)
	return (*model.CreateLessonPayload)(p), err
}

// UpdateLesson is the resolver of updateLesson.
func (r mutationResolver) UpdateLesson(ctx context.Context, input map[string]any) (*model.UpdateLessonPayload, error) {
	p, err := updateRecord[*kb.Lesson](ctx, r.desk, input)
	return (*model.UpdateLessonPayload)(p), err
}

// WithdrawLesson is the resolver of withdrawLesson.
func (r mutationResolver) WithdrawLesson(ctx context.Context, input model.WithdrawInput) (*model.WithdrawLessonPayload, error) {
	p, err := withdrawRecord[*kb.Lesson](ctx, r.desk, input)
	return (*model.WithdrawLessonPayload)(p), err
}

// RestoreLesson is the resolver of restoreLesson.
func (r mutationResolver) RestoreLesson(ctx context.Context, input model.RestoreInput) (*model.RestoreLessonPayload, error) {
	p, err := restoreRecord[*kb.Lesson](ctx, r.desk, input)
	return (*model.RestoreLessonPayload)(p), err
}

// DeleteLesson is the resolver of deleteLesson.
func (r mutationResolver) DeleteLesson(ctx context.Context, input model.DeleteInput) (*model.DeleteLessonPayload, error) {
	p, err := deleteRecord[*kb.Lesson](ctx, r.desk, input)
	return (*model.DeleteLessonPayload)(p), err
}
