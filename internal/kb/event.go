package kb

// Event is what a write was for. It is stored with the version that it made, so
// that the log of a store is the audit trail: append-only, and never without the
// write or the write without it.
type Event struct {
	Type EventType `json:"type"`
	// Fields are the JSON names of the fields that changed, sorted.
	Fields []string `json:"fields,omitempty"`
	// Note is what the person said of it: why it was sent back or withdrawn.
	Note string `json:"note,omitempty"`
	// About is the record that it is about when that is another one: the record that
	// a comment is on, the account that was given a role.
	About ID `json:"about,omitempty"`
	// Token is the token by which it was done.
	Token ID `json:"token,omitempty"`
}

// EventType is a kind of step in the audit trail.
type EventType string

// What happens to material and the records around it.
const (
	EventCreated          EventType = "CREATED"
	EventSaved            EventType = "SAVED"
	EventAutosaved        EventType = "AUTOSAVED"
	EventSubmitted        EventType = "SUBMITTED"
	EventRetracted        EventType = "RETRACTED" // taken back from review by who wrote it
	EventReviewerAssigned EventType = "REVIEWER_ASSIGNED"
	EventChangesRequested EventType = "CHANGES_REQUESTED"
	EventScheduled        EventType = "SCHEDULED" // approved, and published by itself later
	EventUnscheduled      EventType = "UNSCHEDULED"
	EventPublished        EventType = "PUBLISHED"
	EventCopyDiscarded    EventType = "COPY_DISCARDED"
	EventConfirmed        EventType = "CONFIRMED" // still correct at its review-by date
	EventWithdrawn        EventType = "WITHDRAWN"
	EventRestored         EventType = "RESTORED"
	EventRevisionRestored EventType = "REVISION_RESTORED"
	EventDeleted          EventType = "DELETED"
	EventCommented        EventType = "COMMENTED"
	EventCommentChanged   EventType = "COMMENT_CHANGED"
	EventCommentResolved  EventType = "COMMENT_RESOLVED"
	EventImported         EventType = "IMPORTED"
	EventReviewDue        EventType = "REVIEW_DUE" // its review-by date was reached
)

// What happens to files. That a file was read is in no audit trail.
const (
	EventFileAdded        EventType = "FILE_ADDED"
	EventFileChanged      EventType = "FILE_CHANGED"
	EventFileRemoved      EventType = "FILE_REMOVED"
	EventFindingExplained EventType = "FINDING_EXPLAINED"
	// EventFileUnread is of an extraction that ended without a text: who uploaded the
	// file is told.
	EventFileUnread EventType = "FILE_UNREAD"
)

// What happens to accounts, and to what admins and editors keep.
const (
	EventInvited          EventType = "INVITED"
	EventSignedUp         EventType = "SIGNED_UP"
	EventAddressConfirmed EventType = "ADDRESS_CONFIRMED"
	EventSignedIn         EventType = "SIGNED_IN"
	EventSignedOut        EventType = "SIGNED_OUT"
	EventPasswordSet      EventType = "PASSWORD_SET"
	EventResetRequested   EventType = "RESET_REQUESTED"
	EventRoleChanged      EventType = "ROLE_CHANGED"
	EventTeamsChanged     EventType = "TEAMS_CHANGED"
	EventProfileChanged   EventType = "PROFILE_CHANGED"
	EventConsentGiven     EventType = "CONSENT_GIVEN"
	EventConsentWithdrawn EventType = "CONSENT_WITHDRAWN"
	EventDisabled         EventType = "DISABLED"
	EventEnabled          EventType = "ENABLED"
	EventTokenCreated     EventType = "TOKEN_CREATED"
	EventTokenRevoked     EventType = "TOKEN_REVOKED"
	EventListChanged      EventType = "LIST_CHANGED" // synonyms, judgements, redirects
	EventListDeleted      EventType = "LIST_DELETED"
	// EventInternal is bookkeeping that no audit trail shows: a notification that was
	// read, a mail that was sent, counts of a day.
	EventInternal EventType = "INTERNAL"
)
