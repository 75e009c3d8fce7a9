package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// CreateCase is the resolver of createCase.
func (mutationResolver) CreateCase(ctx context.Context, input map[string]any) (*model.CreateCasePayload, error) {
	return nil, errStub
}

// UpdateCase is the resolver of updateCase.
func (mutationResolver) UpdateCase(ctx context.Context, input map[string]any) (*model.UpdateCasePayload, error) {
	return nil, errStub
}

// WithdrawCase is the resolver of withdrawCase.
func (mutationResolver) WithdrawCase(ctx context.Context, input model.WithdrawInput) (*model.WithdrawCasePayload, error) {
	return nil, errStub
}

// RestoreCase is the resolver of restoreCase.
func (mutationResolver) RestoreCase(ctx context.Context, input model.RestoreInput) (*model.RestoreCasePayload, error) {
	return nil, errStub
}

// DeleteCase is the resolver of deleteCase.
func (mutationResolver) DeleteCase(ctx context.Context, input model.DeleteInput) (*model.DeleteCasePayload, error) {
	return nil, errStub
}

// CreatePublication is the resolver of createPublication.
func (mutationResolver) CreatePublication(ctx context.Context, input map[string]any) (*model.CreatePublicationPayload, error) {
	return nil, errStub
}

// UpdatePublication is the resolver of updatePublication.
func (mutationResolver) UpdatePublication(ctx context.Context, input map[string]any) (*model.UpdatePublicationPayload, error) {
	return nil, errStub
}

// WithdrawPublication is the resolver of withdrawPublication.
func (mutationResolver) WithdrawPublication(ctx context.Context, input model.WithdrawInput) (*model.WithdrawPublicationPayload, error) {
	return nil, errStub
}

// RestorePublication is the resolver of restorePublication.
func (mutationResolver) RestorePublication(ctx context.Context, input model.RestoreInput) (*model.RestorePublicationPayload, error) {
	return nil, errStub
}

// DeletePublication is the resolver of deletePublication.
func (mutationResolver) DeletePublication(ctx context.Context, input model.DeleteInput) (*model.DeletePublicationPayload, error) {
	return nil, errStub
}

// CreatePresentation is the resolver of createPresentation.
func (mutationResolver) CreatePresentation(ctx context.Context, input map[string]any) (*model.CreatePresentationPayload, error) {
	return nil, errStub
}

// UpdatePresentation is the resolver of updatePresentation.
func (mutationResolver) UpdatePresentation(ctx context.Context, input map[string]any) (*model.UpdatePresentationPayload, error) {
	return nil, errStub
}

// WithdrawPresentation is the resolver of withdrawPresentation.
func (mutationResolver) WithdrawPresentation(ctx context.Context, input model.WithdrawInput) (*model.WithdrawPresentationPayload, error) {
	return nil, errStub
}

// RestorePresentation is the resolver of restorePresentation.
func (mutationResolver) RestorePresentation(ctx context.Context, input model.RestoreInput) (*model.RestorePresentationPayload, error) {
	return nil, errStub
}

// DeletePresentation is the resolver of deletePresentation.
func (mutationResolver) DeletePresentation(ctx context.Context, input model.DeleteInput) (*model.DeletePresentationPayload, error) {
	return nil, errStub
}

// CreateLesson is the resolver of createLesson.
func (mutationResolver) CreateLesson(ctx context.Context, input map[string]any) (*model.CreateLessonPayload, error) {
	return nil, errStub
}

// UpdateLesson is the resolver of updateLesson.
func (mutationResolver) UpdateLesson(ctx context.Context, input map[string]any) (*model.UpdateLessonPayload, error) {
	return nil, errStub
}

// WithdrawLesson is the resolver of withdrawLesson.
func (mutationResolver) WithdrawLesson(ctx context.Context, input model.WithdrawInput) (*model.WithdrawLessonPayload, error) {
	return nil, errStub
}

// RestoreLesson is the resolver of restoreLesson.
func (mutationResolver) RestoreLesson(ctx context.Context, input model.RestoreInput) (*model.RestoreLessonPayload, error) {
	return nil, errStub
}

// DeleteLesson is the resolver of deleteLesson.
func (mutationResolver) DeleteLesson(ctx context.Context, input model.DeleteInput) (*model.DeleteLessonPayload, error) {
	return nil, errStub
}

// CreateTheme is the resolver of createTheme.
func (mutationResolver) CreateTheme(ctx context.Context, input map[string]any) (*model.CreateThemePayload, error) {
	return nil, errStub
}

// UpdateTheme is the resolver of updateTheme.
func (mutationResolver) UpdateTheme(ctx context.Context, input map[string]any) (*model.UpdateThemePayload, error) {
	return nil, errStub
}

// WithdrawTheme is the resolver of withdrawTheme.
func (mutationResolver) WithdrawTheme(ctx context.Context, input model.WithdrawInput) (*model.WithdrawThemePayload, error) {
	return nil, errStub
}

// RestoreTheme is the resolver of restoreTheme.
func (mutationResolver) RestoreTheme(ctx context.Context, input model.RestoreInput) (*model.RestoreThemePayload, error) {
	return nil, errStub
}

// DeleteTheme is the resolver of deleteTheme.
func (mutationResolver) DeleteTheme(ctx context.Context, input model.DeleteInput) (*model.DeleteThemePayload, error) {
	return nil, errStub
}

// CreateRegion is the resolver of createRegion.
func (mutationResolver) CreateRegion(ctx context.Context, input map[string]any) (*model.CreateRegionPayload, error) {
	return nil, errStub
}

// UpdateRegion is the resolver of updateRegion.
func (mutationResolver) UpdateRegion(ctx context.Context, input map[string]any) (*model.UpdateRegionPayload, error) {
	return nil, errStub
}

// WithdrawRegion is the resolver of withdrawRegion.
func (mutationResolver) WithdrawRegion(ctx context.Context, input model.WithdrawInput) (*model.WithdrawRegionPayload, error) {
	return nil, errStub
}

// RestoreRegion is the resolver of restoreRegion.
func (mutationResolver) RestoreRegion(ctx context.Context, input model.RestoreInput) (*model.RestoreRegionPayload, error) {
	return nil, errStub
}

// DeleteRegion is the resolver of deleteRegion.
func (mutationResolver) DeleteRegion(ctx context.Context, input model.DeleteInput) (*model.DeleteRegionPayload, error) {
	return nil, errStub
}

// CreateOrganisation is the resolver of createOrganisation.
func (mutationResolver) CreateOrganisation(ctx context.Context, input map[string]any) (*model.CreateOrganisationPayload, error) {
	return nil, errStub
}

// UpdateOrganisation is the resolver of updateOrganisation.
func (mutationResolver) UpdateOrganisation(ctx context.Context, input map[string]any) (*model.UpdateOrganisationPayload, error) {
	return nil, errStub
}

// WithdrawOrganisation is the resolver of withdrawOrganisation.
func (mutationResolver) WithdrawOrganisation(ctx context.Context, input model.WithdrawInput) (*model.WithdrawOrganisationPayload, error) {
	return nil, errStub
}

// RestoreOrganisation is the resolver of restoreOrganisation.
func (mutationResolver) RestoreOrganisation(ctx context.Context, input model.RestoreInput) (*model.RestoreOrganisationPayload, error) {
	return nil, errStub
}

// DeleteOrganisation is the resolver of deleteOrganisation.
func (mutationResolver) DeleteOrganisation(ctx context.Context, input model.DeleteInput) (*model.DeleteOrganisationPayload, error) {
	return nil, errStub
}

// CreatePerson is the resolver of createPerson.
func (mutationResolver) CreatePerson(ctx context.Context, input map[string]any) (*model.CreatePersonPayload, error) {
	return nil, errStub
}

// UpdatePerson is the resolver of updatePerson.
func (mutationResolver) UpdatePerson(ctx context.Context, input map[string]any) (*model.UpdatePersonPayload, error) {
	return nil, errStub
}

// WithdrawPerson is the resolver of withdrawPerson.
func (mutationResolver) WithdrawPerson(ctx context.Context, input model.WithdrawInput) (*model.WithdrawPersonPayload, error) {
	return nil, errStub
}

// RestorePerson is the resolver of restorePerson.
func (mutationResolver) RestorePerson(ctx context.Context, input model.RestoreInput) (*model.RestorePersonPayload, error) {
	return nil, errStub
}

// DeletePerson is the resolver of deletePerson.
func (mutationResolver) DeletePerson(ctx context.Context, input model.DeleteInput) (*model.DeletePersonPayload, error) {
	return nil, errStub
}

// CreateLearningCircle is the resolver of createLearningCircle.
func (mutationResolver) CreateLearningCircle(ctx context.Context, input map[string]any) (*model.CreateLearningCirclePayload, error) {
	return nil, errStub
}

// UpdateLearningCircle is the resolver of updateLearningCircle.
func (mutationResolver) UpdateLearningCircle(ctx context.Context, input map[string]any) (*model.UpdateLearningCirclePayload, error) {
	return nil, errStub
}

// WithdrawLearningCircle is the resolver of withdrawLearningCircle.
func (mutationResolver) WithdrawLearningCircle(ctx context.Context, input model.WithdrawInput) (*model.WithdrawLearningCirclePayload, error) {
	return nil, errStub
}

// RestoreLearningCircle is the resolver of restoreLearningCircle.
func (mutationResolver) RestoreLearningCircle(ctx context.Context, input model.RestoreInput) (*model.RestoreLearningCirclePayload, error) {
	return nil, errStub
}

// DeleteLearningCircle is the resolver of deleteLearningCircle.
func (mutationResolver) DeleteLearningCircle(ctx context.Context, input model.DeleteInput) (*model.DeleteLearningCirclePayload, error) {
	return nil, errStub
}

// CreateMeeting is the resolver of createMeeting.
func (mutationResolver) CreateMeeting(ctx context.Context, input map[string]any) (*model.CreateMeetingPayload, error) {
	return nil, errStub
}

// UpdateMeeting is the resolver of updateMeeting.
func (mutationResolver) UpdateMeeting(ctx context.Context, input map[string]any) (*model.UpdateMeetingPayload, error) {
	return nil, errStub
}

// WithdrawMeeting is the resolver of withdrawMeeting.
func (mutationResolver) WithdrawMeeting(ctx context.Context, input model.WithdrawInput) (*model.WithdrawMeetingPayload, error) {
	return nil, errStub
}

// RestoreMeeting is the resolver of restoreMeeting.
func (mutationResolver) RestoreMeeting(ctx context.Context, input model.RestoreInput) (*model.RestoreMeetingPayload, error) {
	return nil, errStub
}

// DeleteMeeting is the resolver of deleteMeeting.
func (mutationResolver) DeleteMeeting(ctx context.Context, input model.DeleteInput) (*model.DeleteMeetingPayload, error) {
	return nil, errStub
}

// CreateQuestion is the resolver of createQuestion.
func (mutationResolver) CreateQuestion(ctx context.Context, input map[string]any) (*model.CreateQuestionPayload, error) {
	return nil, errStub
}

// UpdateQuestion is the resolver of updateQuestion.
func (mutationResolver) UpdateQuestion(ctx context.Context, input map[string]any) (*model.UpdateQuestionPayload, error) {
	return nil, errStub
}

// WithdrawQuestion is the resolver of withdrawQuestion.
func (mutationResolver) WithdrawQuestion(ctx context.Context, input model.WithdrawInput) (*model.WithdrawQuestionPayload, error) {
	return nil, errStub
}

// RestoreQuestion is the resolver of restoreQuestion.
func (mutationResolver) RestoreQuestion(ctx context.Context, input model.RestoreInput) (*model.RestoreQuestionPayload, error) {
	return nil, errStub
}

// DeleteQuestion is the resolver of deleteQuestion.
func (mutationResolver) DeleteQuestion(ctx context.Context, input model.DeleteInput) (*model.DeleteQuestionPayload, error) {
	return nil, errStub
}

// SubmitForReview is the resolver of submitForReview.
func (mutationResolver) SubmitForReview(ctx context.Context, input model.SubmitForReviewInput) (*model.SubmitForReviewPayload, error) {
	return nil, errStub
}

// RetractFromReview is the resolver of retractFromReview.
func (mutationResolver) RetractFromReview(ctx context.Context, input model.RetractFromReviewInput) (*model.RetractFromReviewPayload, error) {
	return nil, errStub
}

// AssignReviewer is the resolver of assignReviewer.
func (mutationResolver) AssignReviewer(ctx context.Context, input model.AssignReviewerInput) (*model.AssignReviewerPayload, error) {
	return nil, errStub
}

// RequestChanges is the resolver of requestChanges.
func (mutationResolver) RequestChanges(ctx context.Context, input model.RequestChangesInput) (*model.RequestChangesPayload, error) {
	return nil, errStub
}

// Publish is the resolver of publish.
func (mutationResolver) Publish(ctx context.Context, input model.PublishInput) (*model.PublishPayload, error) {
	return nil, errStub
}

// Unschedule is the resolver of unschedule.
func (mutationResolver) Unschedule(ctx context.Context, input model.UnscheduleInput) (*model.UnschedulePayload, error) {
	return nil, errStub
}

// DiscardWorkingCopy is the resolver of discardWorkingCopy.
func (mutationResolver) DiscardWorkingCopy(ctx context.Context, input model.DiscardWorkingCopyInput) (*model.DiscardWorkingCopyPayload, error) {
	return nil, errStub
}

// ConfirmStillCorrect is the resolver of confirmStillCorrect.
func (mutationResolver) ConfirmStillCorrect(ctx context.Context, input model.ConfirmStillCorrectInput) (*model.ConfirmStillCorrectPayload, error) {
	return nil, errStub
}

// RestoreRevision is the resolver of restoreRevision.
func (mutationResolver) RestoreRevision(ctx context.Context, input model.RestoreRevisionInput) (*model.RestoreRevisionPayload, error) {
	return nil, errStub
}

// AddComment is the resolver of addComment.
func (mutationResolver) AddComment(ctx context.Context, input model.AddCommentInput) (*model.AddCommentPayload, error) {
	return nil, errStub
}

// UpdateComment is the resolver of updateComment.
func (mutationResolver) UpdateComment(ctx context.Context, input model.UpdateCommentInput) (*model.UpdateCommentPayload, error) {
	return nil, errStub
}

// ResolveComment is the resolver of resolveComment.
func (mutationResolver) ResolveComment(ctx context.Context, input model.ResolveCommentInput) (*model.ResolveCommentPayload, error) {
	return nil, errStub
}

// DeleteComment is the resolver of deleteComment.
func (mutationResolver) DeleteComment(ctx context.Context, input model.DeleteCommentInput) (*model.DeleteCommentPayload, error) {
	return nil, errStub
}

// Tombstone is the resolver of tombstone.
func (queryResolver) Tombstone(ctx context.Context, slug string, kind *kb.Kind) (*model.Tombstone, error) {
	return nil, errStub
}

// Question is the resolver of question.
func (queryResolver) Question(ctx context.Context, slug string) (*kb.Question, error) {
	return nil, errStub
}

// Questions is the resolver of questions.
func (queryResolver) Questions(ctx context.Context, first *int, after *string) (*model.QuestionConnection, error) {
	return nil, errStub
}

// Drafts is the resolver of drafts.
func (queryResolver) Drafts(ctx context.Context, first *int, after *string) (*model.RecordConnection, error) {
	return nil, errStub
}

// ReviewQueue is the resolver of reviewQueue.
func (queryResolver) ReviewQueue(ctx context.Context, filter *model.ReviewQueueFilter, first *int, after *string) (*model.RecordConnection, error) {
	return nil, errStub
}

// Comparison is the resolver of comparison.
func (queryResolver) Comparison(ctx context.Context, id kb.ID, from int, to int) ([]*model.FieldChange, error) {
	return nil, errStub
}

// Audit is the resolver of audit.
func (queryResolver) Audit(ctx context.Context, filter *model.AuditFilter, first *int, before *int) (*model.AuditPage, error) {
	return nil, errStub
}

type commentResolver struct{ *Resolver }

// Comment resolves the fields of Comment.
func (r *Resolver) Comment() exec.CommentResolver { return commentResolver{r} }

// Record is the resolver of record.
func (commentResolver) Record(ctx context.Context, obj *kb.Comment) (kb.Entity, error) {
	return nil, errStub
}

// By is the resolver of by.
func (commentResolver) By(ctx context.Context, obj *kb.Comment) (*model.AccountName, error) {
	return nil, errStub
}

// ResolvedBy is the resolver of resolvedBy.
func (commentResolver) ResolvedBy(ctx context.Context, obj *kb.Comment) (*model.AccountName, error) {
	return nil, errStub
}

// ViewerMayChange is the resolver of viewerMayChange.
func (commentResolver) ViewerMayChange(ctx context.Context, obj *kb.Comment) (bool, error) {
	return false, errStub
}

type reviewResolver struct{ *Resolver }

// Review resolves the fields of Review.
func (r *Resolver) Review() exec.ReviewResolver { return reviewResolver{r} }

// SubmittedBy is the resolver of submittedBy.
func (reviewResolver) SubmittedBy(ctx context.Context, obj *kb.Review) (*model.AccountName, error) {
	return nil, errStub
}

// Reviewer is the resolver of reviewer.
func (reviewResolver) Reviewer(ctx context.Context, obj *kb.Review) (*model.AccountName, error) {
	return nil, errStub
}

// ApprovedBy is the resolver of approvedBy.
func (reviewResolver) ApprovedBy(ctx context.Context, obj *kb.Review) (*model.AccountName, error) {
	return nil, errStub
}

type withdrawalResolver struct{ *Resolver }

// Withdrawal resolves the fields of Withdrawal.
func (r *Resolver) Withdrawal() exec.WithdrawalResolver { return withdrawalResolver{r} }

// ReplacedBy is the resolver of replacedBy.
func (withdrawalResolver) ReplacedBy(ctx context.Context, obj *kb.Withdrawal) (kb.Entity, error) {
	return nil, errStub
}

type answerResolver struct{ *Resolver }

// Answer resolves the fields of Answer.
func (r *Resolver) Answer() exec.AnswerResolver { return answerResolver{r} }

// By is the resolver of by.
func (answerResolver) By(ctx context.Context, obj *kb.Answer) (*kb.Person, error) {
	return nil, errStub
}

// Material is the resolver of material.
func (answerResolver) Material(ctx context.Context, obj *kb.Answer) ([]kb.Material, error) {
	return nil, errStub
}

type questionResolver struct{ noun[*kb.Question] }

// Question resolves the fields of questions.
func (r *Resolver) Question() exec.QuestionResolver { return questionResolver{noun[*kb.Question]{r}} }

// AskedBy is the resolver of askedBy.
func (questionResolver) AskedBy(ctx context.Context, obj *kb.Question) (*kb.Person, error) {
	return nil, errStub
}

// Themes is the resolver of themes.
func (questionResolver) Themes(ctx context.Context, obj *kb.Question) ([]*kb.Theme, error) {
	return nil, errStub
}

// Team is the resolver of team.
func (noun[E]) Team(ctx context.Context, obj E) (kb.Entity, error) { return nil, errStub }

// Review is the resolver of review.
func (noun[E]) Review(ctx context.Context, obj E) (*kb.Review, error) { return nil, errStub }

// Withdrawal is the resolver of withdrawal.
func (noun[E]) Withdrawal(ctx context.Context, obj E) (*kb.Withdrawal, error) { return nil, errStub }

// ViewerCan is the resolver of viewerCan.
func (noun[E]) ViewerCan(ctx context.Context, obj E) ([]kb.Ability, error) { return nil, errStub }

// Comments is the resolver of comments.
func (noun[E]) Comments(ctx context.Context, obj E, first *int, after *string) (*model.CommentConnection, error) {
	return nil, errStub
}

// Revisions is the resolver of revisions.
func (noun[E]) Revisions(ctx context.Context, obj E, first *int, before *int) ([]*model.Revision, error) {
	return nil, errStub
}

// WorkingCopy is the resolver of workingCopy.
func (noun[E]) WorkingCopy(ctx context.Context, obj E) (E, error) { var none E; return none, errStub }
