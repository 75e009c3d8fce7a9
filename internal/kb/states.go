package kb

import (
	"slices"
	"time"
)

// The states of documents that are no Status.
const (
	StateScheduled = "SCHEDULED" // approved, to be published by itself
	StateCopy      = "COPY"      // the working copy of a published record
	StateWork      = "WORK"      // a draft or a working copy, in review or not
	StateWaiting   = "WAITING"   // in review, and not approved yet
	StateUnread    = "UNREAD"    // of notifications
	StateOpen      = "OPEN"      // of comments
	StateUnderWay  = "UNDER_WAY" // of uploads
)

// StateOwner marks what an account is working on or made.
func StateOwner(account ID) string { return "owner:" + string(account) }

// StateReviewer marks what an editor was asked to review.
func StateReviewer(account ID) string { return "reviewer:" + string(account) }

// StateAbout marks a comment on a record, and a token of an account.
func StateAbout(record ID) string { return "about:" + string(record) }

// StateTeam marks the accounts in a team, and what is for a team.
func StateTeam(team ID) string { return "team:" + string(team) }

// StateBytes marks the files and the extraction of the same bytes.
func StateBytes(sha256 string) string { return "sha:" + sha256 }

// stateBand marks files that may have nearly the same text (Bands).
func stateBand(band string) string { return "band:" + band }

// accessToCopy gives who may read the working copy of a record: those who work on
// the record, whoever wrote the copy. All of them read the record itself. The copy
// of a person without consent is for nobody else than the person's record.
func accessToCopy(live, copied Entity) []string {
	for _, e := range []Entity{live, copied} {
		if withheld(e) {
			return Access(e)
		}
	}
	return workers(live)
}

// authors are the accounts that work on a draft or a working copy: who made the
// record, who changed it last, and who submitted it.
func (h *Head) authors() []ID {
	ids := []ID{h.CreatedBy, h.UpdatedBy}
	if h.Review != nil {
		ids = append(ids, h.Review.SubmittedBy)
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id ID) bool { return id == "" })
}

// isWork reports whether an entity is being written: a draft, or what is in review.
func (h *Head) isWork() bool { return h.Status == StatusDraft || h.Status == StatusInReview }

// StateRole marks the accounts with a role.
func StateRole(r Role) string { return "role:" + string(r) }

// statesOf gives where an entity stands, and when something is to happen to it.
func statesOf(e Entity, copied bool) (states []string, due time.Time) {
	h := e.Base()
	states = []string{string(h.Status)}
	if copied {
		states = append(states, StateCopy)
	}
	if h.isWork() {
		states = append(states, StateWork)
		for _, id := range h.authors() {
			states = append(states, StateOwner(id))
		}
	} else if h.CreatedBy != "" {
		states = append(states, StateOwner(h.CreatedBy))
	}
	if h.Team != "" {
		states = append(states, StateTeam(h.Team))
	}
	if r := h.Review; r != nil && h.Status == StatusInReview {
		if r.Reviewer != "" {
			states = append(states, StateReviewer(r.Reviewer))
		}
		if r.PublishAt != nil {
			states, due = append(states, StateScheduled), *r.PublishAt
		}
	}
	if h.Status == StatusInReview && due.IsZero() {
		states = append(states, StateWaiting)
	}
	switch x := e.(type) {
	case Material:
		if day, ok := x.Shared().ReviewBy.Time(); ok && h.Status == StatusPublished && !copied {
			due = day
		}
	case *Comment:
		states = append(states, StateAbout(x.Record))
		if x.ResolvedAt == nil {
			states = append(states, StateOpen)
		}
	case *Notification:
		if x.ReadAt == nil {
			states = append(states, StateUnread)
		}
	case *Mail:
		states = append(states, string(x.State))
		if x.State == MailWaiting {
			due = x.NextTry
		}
	case *Token:
		states = append(states, StateAbout(x.Account))
	case *Upload:
		if x.File == "" {
			states = append(states, StateUnderWay)
		}
		due = x.ExpiresAt
	case *Extraction:
		states = append(states, string(x.State), StateBytes(x.SHA256))
		if job := x.job(); job != "" {
			states, due = append(states, string(job)), later(x.NextTry, x.LeaseUntil)
		}
	case *Account:
		states = append(states, StateRole(x.Role))
		for _, m := range x.Teams {
			states = append(states, StateTeam(m.Team))
		}
	}
	return states, due
}
