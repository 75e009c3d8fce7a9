package kb

import "slices"

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

// writer is the least role that writes a kind of its own accord.
func writer(k Kind) Role {
	switch k {
	case KindQuestion:
		return RoleMember
	case KindCase, KindPublication, KindPresentation, KindLesson, KindOrganisation, KindPerson:
		return RoleExpert
	}
	return RoleEditor
}

// mayMake reports whether an actor may make an entity: by their role, or a meeting
// because they keep those of its circle.
func mayMake(a Actor, e Entity) bool {
	if writer(e.Kind()) == RoleEditor {
		m, isMeeting := e.(*Meeting)
		return a.CanEdit() || isMeeting && keepsMeetings(a, m.Circle)
	}
	return a.CanEdit() || a.Has(writer(e.Kind()), ScopeWrite)
}

func keepsMeetings(a Actor, circle ID) bool { return keepsTeam(a, &Meeting{Circle: circle}) }

// keepers gives the roles in which people keep an entity for a team: meetings of
// their circle, the circle itself, and material that is for a team.
func keepers(e Entity) (team ID, roles []TeamRole) {
	h := e.Base()
	switch x := e.(type) {
	case *Meeting:
		if x.Circle != "" {
			return x.Circle, []TeamRole{TeamOrganiser, TeamFacilitator}
		}
	case *LearningCircle:
		return h.ID, []TeamRole{TeamOrganiser}
	case Material:
		if h.Visibility == VisibilityTeam && h.Team != "" {
			return h.Team, []TeamRole{TeamOrganiser}
		}
	}
	return "", nil
}

// keepsTeam reports whether an actor keeps an entity by what they are in its team.
func keepsTeam(a Actor, e Entity) bool {
	team, roles := keepers(e)
	return a.Has(RoleMember, ScopeWrite) && slices.Contains(roles, a.TeamRole(team))
}

// standing is what an actor is to a record, whatever the state that it is in.
type standing struct {
	live, copy bool // which halves they read
	reader     bool // reads what is published, with an account that counts as a member
	author     bool // may change the text
	owner      bool // is an author who made the record
	withdrew   bool // is who withdrew the record
	self       bool // is the person that the record is about
	editor     bool
	admin      bool
}

func standingOf(a Actor, live, copy Entity) standing {
	h := live.Base()
	s := standing{live: a.CanRead(live), editor: a.CanEdit()}
	s.owner = h.CreatedBy != "" && h.CreatedBy == a.Account && mayMake(a, live)
	s.author = s.owner || keepsTeam(a, live)
	s.withdrew = h.Withdrawal != nil && h.Withdrawal.By != "" && h.Withdrawal.By == a.Account
	if p, ok := live.(*Person); ok {
		s.self = p.Account != "" && p.Account == a.Account && a.Has(RoleMember, ScopeWrite)
	}
	if !s.live {
		return standing{}
	}
	s.copy = copy != nil && a.holds(accessToCopy(live, copy))
	s.reader = a.Has(RoleMember, ScopeRead)
	s.admin = a.Has(RoleAdmin, ScopeReview)
	return s
}

// entitled reports whether the actor may ever do something with a record, in the
// right state.
func (s standing) entitled(do Ability, live Entity) bool {
	if !s.live {
		return false
	}
	switch do {
	case CanEdit:
		return s.author || s.self || s.editor
	case CanSubmit, CanRetract, CanComment, CanDiscardCopy, CanRestoreRevision:
		return s.author || s.editor
	case CanWithdraw:
		return s.author || s.editor
	case CanRestore:
		return s.author && s.withdrew || s.editor
	case CanConfirm:
		return s.owner || s.editor
	case CanDelete:
		return s.admin || (s.owner || s.editor) && !wasPublished(live)
	case CanSeeHistory:
		return s.author || s.self || s.editor || s.reader
	}
	return s.editor
}

// wasPublished reports whether readers ever saw a record.
func wasPublished(live Entity) bool {
	h := live.Base()
	return h.PublishedAt != nil || !h.isWork()
}

// fits tells why something cannot be done in the state that a record is in; nil
// when it can.
func (s standing) fits(do Ability, live, copy Entity) error {
	work := workOf(live, copy).Base()
	published, withdrawn := live.Base().Status == StatusPublished, live.Base().Status == StatusWithdrawn
	refuse := func(unless bool, nl, en string) error {
		if unless {
			return nil
		}
		return Errorf(Conflict, Text{nl, en})
	}
	switch do {
	case CanEdit, CanRestoreRevision:
		if withdrawn {
			return refuse(false, "Dit record is ingetrokken. Herstel het eerst.", "This record was withdrawn. Restore it first.")
		}
		return refuse(s.editor || s.self && published || !work.scheduled(),
			"Dit is al goedgekeurd en wordt straks gepubliceerd. Trek het terug uit de review om het te wijzigen.",
			"This is approved and will be published later. Take it back from review to change it.")
	case CanSubmit:
		if work.Status == StatusInReview {
			return refuse(false, "Dit is al ter review aangeboden.", "This was submitted already.")
		}
		return refuse(work.Status == StatusDraft, "Alleen een concept kan ter review worden aangeboden.", "Only a draft can be submitted for review.")
	case CanRetract, CanAssignReviewer, CanRequestChanges:
		return refuse(work.Status == StatusInReview, "Dit record is niet in review.", "This record is not in review.")
	case CanComment:
		return refuse(work.isWork(), "Opmerkingen horen bij een concept of een werkversie.", "Comments belong to a draft or a working copy.")
	case CanApprove:
		return refuse(work.isWork(), "Er is niets om goed te keuren.", "There is nothing to approve.")
	case CanUnschedule:
		return refuse(work.scheduled(), "Er is geen publicatie gepland.", "No publication is scheduled.")
	case CanDiscardCopy:
		return refuse(copy != nil, "Er is geen werkversie.", "There is no working copy.")
	case CanConfirm:
		_, material := live.(Material)
		return refuse(published && material, "Alleen van gepubliceerd materiaal kan worden bevestigd dat het klopt.", "Only published material can be confirmed to be correct.")
	case CanWithdraw:
		return refuse(published, "Alleen wat gepubliceerd is kan worden ingetrokken.", "Only what is published can be withdrawn.")
	case CanRestore:
		return refuse(withdrawn, "Dit record is niet ingetrokken.", "This record was not withdrawn.")
	}
	return nil
}

// scheduled reports whether something is approved and will be published later.
func (h *Head) scheduled() bool {
	return h.Status == StatusInReview && h.Review != nil && h.Review.PublishAt != nil
}

func workOf(live, copy Entity) Entity {
	if copy != nil {
		return copy
	}
	return live
}

// forbidden is the refusal of what someone may know of but not do. Who is not
// signed in is asked to do that first.
func forbidden(actor Actor, why Text) error {
	if err := needSignIn(actor); err != nil {
		return err
	}
	return Errorf(Forbidden, why)
}

// abilities gives what an actor may do with a record now; copy is nil without a
// working copy.
func abilities(a Actor, live, copy Entity) []Ability {
	s := standingOf(a, live, copy)
	return slices.DeleteFunc(Abilities(), func(do Ability) bool { return !s.entitled(do, live) || s.fits(do, live, copy) != nil })
}
