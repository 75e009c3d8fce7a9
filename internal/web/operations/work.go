package operations

import (
	"time"

	"leerkring/internal/kb"
)

// Record is a record of any kind with where it stands. It is written by hand for
// the reason that Named has.
type Record struct {
	Type         string                    `json:"__typename"`
	ID           string                    `json:"id"`
	Slug         string                    `json:"slug"`
	URL          string                    `json:"url"`
	Version      int                       `json:"version"`
	Status       Status                    `json:"status"`
	Visibility   Visibility                `json:"visibility"`
	UpdatedAt    time.Time                 `json:"updatedAt"`
	CreatedAt    time.Time                 `json:"createdAt"`
	EmbargoUntil *time.Time                `json:"embargoUntil"`
	ReviewBy     kb.Date                   `json:"reviewBy"` // of material
	Title        string                    `json:"title"`    // of material and questions
	Name         string                    `json:"name"`     // of most others
	Heading      string                    `json:"heading"`  // of themes
	Code         string                    `json:"code"`     // of regions
	ViewerCan    []RecordAction            `json:"viewerCan"`
	Review       *ReviewState              `json:"review"`
	Withdrawal   *WithdrawalState          `json:"withdrawal"`
	WorkingCopy  *Record                   `json:"workingCopy"`
	Team         *Named                    `json:"team"`
	Comments     struct{ Nodes []Comment } `json:"comments"`
}

// Label is what people call the record.
func (r *Record) Label() string { return r.Title + r.Name + r.Heading }

// Work is what is being worked on: the working copy where there is one.
func (r *Record) Work() *Record {
	if r.WorkingCopy != nil {
		return r.WorkingCopy
	}
	return r
}

// ReviewState is where a record stands in its review.
type ReviewState struct {
	SubmittedAt      *time.Time `json:"submittedAt"`
	SubmittedBy      *Who       `json:"submittedBy"`
	Reviewer         *Who       `json:"reviewer"`
	ChangesRequested string     `json:"changesRequested"`
	PublishAt        *time.Time `json:"publishAt"`
	ApprovedBy       *Who       `json:"approvedBy"`
}

// Who is someone who did something, by name.
type Who struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// WithdrawalState is why a record was withdrawn.
type WithdrawalState struct {
	At         time.Time `json:"at"`
	Reason     string    `json:"reason"`
	ReplacedBy *Record   `json:"replacedBy"`
}

// Comment is a remark on a record.
type Comment struct {
	ID              string     `json:"id"`
	Version         int        `json:"version"`
	Field           string     `json:"field"`
	Text            string     `json:"text"`
	By              *Who       `json:"by"`
	CreatedAt       time.Time  `json:"createdAt"`
	ResolvedAt      *time.Time `json:"resolvedAt"`
	ResolvedBy      *Who       `json:"resolvedBy"`
	ViewerMayChange bool       `json:"viewerMayChange"`
	Record          *Record    `json:"record"`
}

// Versions is a record with its versions, the newest first.
type Versions struct {
	Record
	Revisions []Revision `json:"revisions"`
}

// Revision is one version of a record.
type Revision struct {
	Version int       `json:"version"`
	At      time.Time `json:"at"`
	By      *Who      `json:"by"`
	Event   EventType `json:"event"`
	Fields  []string  `json:"fields"`
	Note    string    `json:"note"`
}

// Place is a place in a team.
type Place struct {
	TeamID string   `json:"teamId"`
	Role   TeamRole `json:"role"`
	Team   *Named   `json:"team"`
}
