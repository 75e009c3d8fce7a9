package web

import (
	"net/url"

	"leerkring/internal/web/operations"
)

// standing is where a record stands, and what who is asking may do with it.
type standing struct {
	Status string // in words
	// Copy tells that a published record is being changed.
	Copy    bool
	Details []string
	// Asked is what an editor asked to change.
	Asked   string
	Actions []link
}

// standing tells where a record stands; nil for who may do nothing with it.
func (v *visit) standing(l *layout, r *operations.Record) *standing {
	if r == nil || len(r.ViewerCan) == 0 {
		return nil
	}
	work := r.Work()
	s := &standing{Status: v.text(message("status." + string(work.Status))), Copy: r.WorkingCopy != nil}
	if r.WorkingCopy != nil {
		s.Details = append(s.Details, v.text("standing.copy"))
	}
	if review := work.Review; review != nil {
		if review.SubmittedAt != nil && work.Status == operations.StatusInReview {
			s.Details = append(s.Details, v.text("standing.submitted", v.who(review.SubmittedBy), v.when(*review.SubmittedAt)))
		}
		if review.Reviewer != nil {
			s.Details = append(s.Details, v.text("standing.reviewer", v.who(review.Reviewer)))
		}
		if review.PublishAt != nil {
			s.Details = append(s.Details, v.text("standing.scheduled", v.when(*review.PublishAt)))
		}
		if work.Status == operations.StatusDraft {
			s.Asked = review.ChangesRequested
		}
	}
	if r.EmbargoUntil != nil {
		s.Details = append(s.Details, v.text("standing.embargo", v.when(*r.EmbargoUntil)))
	}
	s.Details = append(s.Details, v.text(message("visible."+string(r.Visibility))))
	id := url.PathEscape(r.ID)
	if may(r.ViewerCan, operations.RecordActionEdit) {
		s.Actions = append(s.Actions, link{Text: v.text("action.EDIT"), URL: l.Link("/bewerken/" + id)})
	}
	if v.can(operations.ViewerActionReview) {
		s.Actions = append(s.Actions, link{Text: v.text("action.REVIEW"), URL: l.Link("/redactie/" + id)})
	}
	for _, a := range recordActions() {
		if may(r.ViewerCan, a.ability) && a.ability != operations.RecordActionRestoreRevision {
			s.Actions = append(s.Actions, link{Text: v.text(message("action." + string(a.ability))), URL: l.Link("/actie/" + id + "/" + a.word)})
		}
	}
	if may(r.ViewerCan, operations.RecordActionSeeHistory) {
		s.Actions = append(s.Actions, link{Text: v.text("action.SEE_HISTORY"), URL: l.Link("/geschiedenis/" + id)})
	}
	return s
}
