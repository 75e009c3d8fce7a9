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
	s.Actions = v.waysWith(l, r)
	return s
}

// waysWith are the pages on which one does something with a record, but for the one
// that it stands on.
func (v *visit) waysWith(l *layout, r *operations.Record) []link {
	var out []link
	add := func(show bool, key message, to string) {
		if show && to != v.path() {
			out = append(out, link{Text: v.text(key), URL: l.Link(to)})
		}
	}
	id := url.PathEscape(r.ID)
	add(may(r.ViewerCan, operations.RecordActionEdit), "action.EDIT", "/bewerken/"+id)
	if v.can(operations.ViewerActionReview) {
		add(true, "action.REVIEW", "/redactie/"+id)
	} else {
		add(may(r.ViewerCan, operations.RecordActionComment), "review.remarks", "/redactie/"+id)
	}
	for _, a := range recordActions() {
		if a.ability != operations.RecordActionRestoreRevision {
			add(may(r.ViewerCan, a.ability), message("action."+string(a.ability)), "/actie/"+id+"/"+a.word)
		}
	}
	add(may(r.ViewerCan, operations.RecordActionSeeHistory), "action.SEE_HISTORY", "/geschiedenis/"+id)
	return out
}
