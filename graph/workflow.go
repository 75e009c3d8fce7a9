package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// step does a step of the workflow with a record of any kind.
func step(ctx context.Context, id kb.ID, version int, do func(actor kb.Actor, t kb.Target) (kb.Saved, error)) (*saved[kb.Entity], error) {
	target := kb.Target{ID: id, Version: version}
	return write[kb.Entity](ctx, target, func(actor kb.Actor) (kb.Saved, error) { return do(actor, target) })
}

// SubmitForReview is the resolver of submitForReview.
func (r mutationResolver) SubmitForReview(ctx context.Context, input model.SubmitForReviewInput) (*model.SubmitForReviewPayload, error) {
	p, err := step(ctx, input.ID, input.Version, func(actor kb.Actor, t kb.Target) (kb.Saved, error) {
		return r.desk.Submit(ctx, actor, t, deref(input.Note))
	})
	return (*model.SubmitForReviewPayload)(p), err
}

// RetractFromReview is the resolver of retractFromReview.
func (r mutationResolver) RetractFromReview(ctx context.Context, input model.RetractFromReviewInput) (*model.RetractFromReviewPayload, error) {
	p, err := step(ctx, input.ID, input.Version, func(actor kb.Actor, t kb.Target) (kb.Saved, error) {
		return r.desk.Retract(ctx, actor, t)
	})
	return (*model.RetractFromReviewPayload)(p), err
}

// AssignReviewer is the resolver of assignReviewer.
func (r mutationResolver) AssignReviewer(ctx context.Context, input model.AssignReviewerInput) (*model.AssignReviewerPayload, error) {
	p, err := step(ctx, input.ID, input.Version, func(actor kb.Actor, t kb.Target) (kb.Saved, error) {
		return r.desk.AssignReviewer(ctx, actor, t, deref(input.Reviewer))
	})
	return (*model.AssignReviewerPayload)(p), err
}

// RequestChanges is the resolver of requestChanges.
func (r mutationResolver) RequestChanges(ctx context.Context, input model.RequestChangesInput) (*model.RequestChangesPayload, error) {
	p, err := step(ctx, input.ID, input.Version, func(actor kb.Actor, t kb.Target) (kb.Saved, error) {
		return r.desk.RequestChanges(ctx, actor, t, input.Note)
	})
	return (*model.RequestChangesPayload)(p), err
}

// Publish is the resolver of publish.
func (r mutationResolver) Publish(ctx context.Context, input model.PublishInput) (*model.PublishPayload, error) {
	p, err := step(ctx, input.ID, input.Version, func(actor kb.Actor, t kb.Target) (kb.Saved, error) {
		return r.desk.Approve(ctx, actor, t, input.PublishAt)
	})
	return (*model.PublishPayload)(p), err
}

// Unschedule is the resolver of unschedule.
func (r mutationResolver) Unschedule(ctx context.Context, input model.UnscheduleInput) (*model.UnschedulePayload, error) {
	p, err := step(ctx, input.ID, input.Version, func(actor kb.Actor, t kb.Target) (kb.Saved, error) {
		return r.desk.Unschedule(ctx, actor, t)
	})
	return (*model.UnschedulePayload)(p), err
}

// DiscardWorkingCopy is the resolver of discardWorkingCopy.
func (r mutationResolver) DiscardWorkingCopy(ctx context.Context, input model.DiscardWorkingCopyInput) (*model.DiscardWorkingCopyPayload, error) {
	p, err := step(ctx, input.ID, input.Version, func(actor kb.Actor, t kb.Target) (kb.Saved, error) {
		return r.desk.DiscardCopy(ctx, actor, t)
	})
	return (*model.DiscardWorkingCopyPayload)(p), err
}

// ConfirmStillCorrect is the resolver of confirmStillCorrect.
func (r mutationResolver) ConfirmStillCorrect(ctx context.Context, input model.ConfirmStillCorrectInput) (*model.ConfirmStillCorrectPayload, error) {
	p, err := step(ctx, input.ID, input.Version, func(actor kb.Actor, t kb.Target) (kb.Saved, error) {
		return r.desk.Confirm(ctx, actor, t, input.ReviewBy)
	})
	return (*model.ConfirmStillCorrectPayload)(p), err
}

// RestoreRevision is the resolver of restoreRevision.
func (r mutationResolver) RestoreRevision(ctx context.Context, input model.RestoreRevisionInput) (*model.RestoreRevisionPayload, error) {
	p, err := step(ctx, input.ID, input.Version, func(actor kb.Actor, t kb.Target) (kb.Saved, error) {
		return r.desk.RestoreRevision(ctx, actor, t, input.Revision)
	})
	return (*model.RestoreRevisionPayload)(p), err
}
