package operations

// Status is where a record stands in its life.
type Status string

// The values of Status.
const (
	StatusDraft     Status = "DRAFT"
	StatusInReview  Status = "IN_REVIEW"
	StatusPublished Status = "PUBLISHED"
	StatusWithdrawn Status = "WITHDRAWN"
)

// RecordAction is what someone may do with a record.
type RecordAction string

// The values of RecordAction.
const (
	RecordActionEdit            RecordAction = "EDIT"
	RecordActionSubmit          RecordAction = "SUBMIT"
	RecordActionRetract         RecordAction = "RETRACT"
	RecordActionComment         RecordAction = "COMMENT"
	RecordActionAssignReviewer  RecordAction = "ASSIGN_REVIEWER"
	RecordActionRequestChanges  RecordAction = "REQUEST_CHANGES"
	RecordActionApprove         RecordAction = "APPROVE"
	RecordActionUnschedule      RecordAction = "UNSCHEDULE"
	RecordActionDiscardCopy     RecordAction = "DISCARD_COPY"
	RecordActionConfirm         RecordAction = "CONFIRM"
	RecordActionWithdraw        RecordAction = "WITHDRAW"
	RecordActionRestore         RecordAction = "RESTORE"
	RecordActionDelete          RecordAction = "DELETE"
	RecordActionRestoreRevision RecordAction = "RESTORE_REVISION"
	RecordActionSeeHistory      RecordAction = "SEE_HISTORY"
	RecordActionSeeAudit        RecordAction = "SEE_AUDIT"
)

// UserErrorCode is what kind of thing is wrong with what was asked.
type UserErrorCode string

// The values of UserErrorCode.
const (
	UserErrorCodeBadUserInput UserErrorCode = "BAD_USER_INPUT"
	UserErrorCodeConflict     UserErrorCode = "CONFLICT"
	UserErrorCodeNotFound     UserErrorCode = "NOT_FOUND"
)
