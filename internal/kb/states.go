package kb

import "time"

// The states of documents that are no Status.
const (
	StateScheduled = "SCHEDULED" // approved, to be published by itself
	StateCopy      = "COPY"      // the working copy of a published record
	StateUnread    = "UNREAD"    // of notifications
	StateOpen      = "OPEN"      // of comments
)

// StateOwner marks what an account is working on or made.
func StateOwner(account ID) string { return "owner:" + string(account) }

// StateReviewer marks what an editor was asked to review.
func StateReviewer(account ID) string { return "reviewer:" + string(account) }

// StateAbout marks a comment on a record, and a token of an account.
func StateAbout(record ID) string { return "about:" + string(record) }

// StateTeam marks the accounts in a team, and what is for a team.
func StateTeam(team ID) string { return "team:" + string(team) }

// accessToCopy gives who may read a working copy: editors, who made the record,
// and who is changing it.
func accessToCopy(h *Head) []string {
	terms := []string{AccessEditors}
	for _, id := range []ID{h.CreatedBy, h.UpdatedBy} {
		if id != "" {
			terms = append(terms, AccessAccount(id))
		}
	}
	return terms
}

// statesOf gives where an entity stands, and when something is to happen to it.
func statesOf(e Entity, copied bool) (states []string, due time.Time) {
	h := e.Base()
	states = []string{string(h.Status)}
	if copied {
		states = append(states, StateCopy)
	}
	if h.CreatedBy != "" {
		states = append(states, StateOwner(h.CreatedBy))
	}
	if h.UpdatedBy != "" && h.UpdatedBy != h.CreatedBy && (copied || h.Status == StatusDraft) {
		states = append(states, StateOwner(h.UpdatedBy))
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
	case *Account:
		for _, m := range x.Teams {
			states = append(states, StateTeam(m.Team))
		}
	}
	return states, due
}
