package kb

// Ability is something that an actor may do with a record.
type Ability string

// The abilities.
const (
	CanEdit            Ability = "EDIT"
	CanSubmit          Ability = "SUBMIT"
	CanRetract         Ability = "RETRACT"
	CanComment         Ability = "COMMENT"
	CanAssignReviewer  Ability = "ASSIGN_REVIEWER"
	CanRequestChanges  Ability = "REQUEST_CHANGES"
	CanApprove         Ability = "APPROVE"
	CanUnschedule      Ability = "UNSCHEDULE"
	CanDiscardCopy     Ability = "DISCARD_COPY"
	CanConfirm         Ability = "CONFIRM"
	CanWithdraw        Ability = "WITHDRAW"
	CanRestore         Ability = "RESTORE"
	CanDelete          Ability = "DELETE"
	CanRestoreRevision Ability = "RESTORE_REVISION"
	CanSeeHistory      Ability = "SEE_HISTORY"
	CanSeeAudit        Ability = "SEE_AUDIT"
)

// Abilities are all abilities.
func Abilities() []Ability {
	return []Ability{
		CanEdit, CanSubmit, CanRetract, CanComment, CanAssignReviewer, CanRequestChanges, CanApprove, CanUnschedule,
		CanDiscardCopy, CanConfirm, CanWithdraw, CanRestore, CanDelete, CanRestoreRevision, CanSeeHistory, CanSeeAudit,
	}
}

// ContentKinds are the kinds of records that people write and review.
func ContentKinds() []Kind {
	return append(MaterialKinds(), KindOrganisation, KindPerson, KindQuestion, KindLearningCircle, KindMeeting, KindTheme, KindRegion)
}
