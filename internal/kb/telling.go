package kb

import "slices"

// listener is why somebody is told of an event.
type listener int

const (
	owner              listener = iota // who made the record
	submitter                          // who submitted it
	reviewer                           // the editor who was asked to look at it
	reviewerOrEditors                  // the same, or all editors where nobody was asked
	allEditors                         // all editors
	earlierCommentator                 // who commented on it before
	accountItself                      // the account that was changed
)

// listeners is the table of who is told of what. What is not in it is in the
// history of a record, and nobody is told.
func listeners(t EventType) []listener {
	switch t {
	case EventSubmitted:
		return []listener{reviewerOrEditors}
	case EventReviewerAssigned:
		return []listener{reviewer}
	case EventChangesRequested, EventScheduled, EventPublished, EventWithdrawn:
		return []listener{owner, submitter}
	case EventCommented:
		return []listener{owner, submitter, reviewer, earlierCommentator}
	case EventReviewDue:
		return []listener{owner, allEditors}
	case EventRoleChanged, EventTeamsChanged:
		return []listener{accountItself}
	}
	return nil
}

// happening is one event with the record that it happened to.
type happening struct {
	event Event
	by    ID
	// halves are the live half and the working copy after the event, and then those
	// before it; nil for what there is not.
	halves []Entity
	// comments are those on the record.
	comments []*Comment
}

// audience are the accounts to tell; editors says that all editors are among them.
type audience struct {
	accounts []ID
	editors  bool
}

// audience applies the table. Nobody is told of what they did themselves.
func (h happening) audience() audience {
	var out audience
	for _, l := range listeners(h.event.Type) {
		switch l {
		case owner:
			out.accounts = append(out.accounts, h.owner())
		case submitter:
			out.accounts = append(out.accounts, h.review().SubmittedBy)
		case reviewer:
			out.accounts = append(out.accounts, h.review().Reviewer)
		case reviewerOrEditors:
			out.accounts = append(out.accounts, h.review().Reviewer)
			out.editors = h.review().Reviewer == ""
		case allEditors:
			out.editors = true
		case earlierCommentator:
			for _, c := range h.comments {
				out.accounts = append(out.accounts, c.CreatedBy)
			}
		case accountItself:
			for _, e := range h.present() {
				out.accounts = append(out.accounts, e.Base().ID)
			}
		}
	}
	out.accounts = slices.DeleteFunc(out.with(nil, h.by), func(id ID) bool { return id == "" })
	return out
}

// with gives the accounts together with the editors, without who did it.
func (a audience) with(editors []ID, by ID) []ID {
	all := append(slices.Clone(a.accounts), editors...)
	all = slices.DeleteFunc(all, func(id ID) bool { return id == by })
	slices.Sort(all)
	return slices.Compact(all)
}

func (h happening) present() []Entity {
	return slices.DeleteFunc(slices.Clone(h.halves), func(e Entity) bool { return e == nil })
}

func (h happening) owner() ID {
	for _, e := range h.present() {
		return e.Base().CreatedBy
	}
	return ""
}

// review is where the record stands in its review, or stood before: a publication
// ends the review.
func (h happening) review() Review {
	for i := range h.halves {
		// The working copy of each pair comes first: the review is about that.
		e := h.halves[i^1]
		if e != nil && e.Base().Review != nil && e.Base().Review.SubmittedBy+e.Base().Review.Reviewer != "" {
			return *e.Base().Review
		}
	}
	return Review{}
}

// titleFor gives the name of a record as the actor may read it now; ok is false
// when they may not know of it.
func titleFor(actor Actor, live, copied Entity) (title string, ok bool) {
	if live == nil || !actor.CanRead(live) {
		return "", false
	}
	if copied != nil && actor.holds(accessToCopy(live, copied)) {
		return copied.Label(), true
	}
	return live.Label(), true
}
