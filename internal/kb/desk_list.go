package kb

// The lists of what is to be done by editors.
const (
	QueueInReview  = "IN_REVIEW" // submitted and not approved yet; also the empty text
	QueueScheduled = "SCHEDULED" // approved, to be published later
	QueueReviewBy  = "REVIEW_BY" // published, and its review-by date is reached
)

// QueueFilter limits the review queue.
type QueueFilter struct {
	Reviewer ID     // what this editor was asked to review; empty for all
	Due      string // QueueInReview, QueueScheduled or QueueReviewBy
}
