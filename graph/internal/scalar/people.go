package scalar

import (
	"maps"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"leerkring/internal/kb"
)

// MarshalStatus writes a status.
func MarshalStatus(v kb.Status) graphql.Marshaler { return word(v) }

// UnmarshalStatus reads a status.
func UnmarshalStatus(v any) (kb.Status, error) {
	return choice("Status", v, kb.StatusDraft, kb.StatusInReview, kb.StatusPublished, kb.StatusWithdrawn)
}

// MarshalVisibility writes for whom a record is.
func MarshalVisibility(v kb.Visibility) graphql.Marshaler { return word(v) }

// UnmarshalVisibility reads for whom a record is.
func UnmarshalVisibility(v any) (kb.Visibility, error) {
	return choice("Visibility", v, kb.VisibilityPublic, kb.VisibilityMembers, kb.VisibilityTeam)
}

// MarshalRole writes a role.
func MarshalRole(v kb.Role) graphql.Marshaler { return word(v) }

// UnmarshalRole reads a role.
func UnmarshalRole(v any) (kb.Role, error) { return choice("Role", v, kb.Roles()...) }

// MarshalTeamRole writes a role in a team.
func MarshalTeamRole(v kb.TeamRole) graphql.Marshaler { return word(v) }

// UnmarshalTeamRole reads a role in a team.
func UnmarshalTeamRole(v any) (kb.TeamRole, error) {
	return choice("TeamRole", v, kb.TeamOrganiser, kb.TeamFacilitator, kb.TeamParticipant)
}

// MarshalScope writes a scope.
func MarshalScope(v kb.Scope) graphql.Marshaler { return word(v) }

// UnmarshalScope reads a scope.
func UnmarshalScope(v any) (kb.Scope, error) { return choice("Scope", v, kb.Scopes()...) }

// MarshalMailMode writes a way of mailing.
func MarshalMailMode(v kb.MailMode) graphql.Marshaler { return word(v) }

// UnmarshalMailMode reads a way of mailing.
func UnmarshalMailMode(v any) (kb.MailMode, error) {
	return choice("MailMode", v, kb.MailNone, kb.MailDaily, kb.MailAtOnce)
}

// MarshalTicketPurpose writes a purpose of a link.
func MarshalTicketPurpose(v kb.TicketPurpose) graphql.Marshaler { return word(v) }

// UnmarshalTicketPurpose reads a purpose of a link.
func UnmarshalTicketPurpose(v any) (kb.TicketPurpose, error) {
	return choice("TicketPurpose", v, kb.TicketFirstAdmin, kb.TicketInvitation, kb.TicketConfirm, kb.TicketReset)
}

// MarshalRecordAction writes what one may do with a record.
func MarshalRecordAction(a kb.Ability) graphql.Marshaler { return word(a) }

// UnmarshalRecordAction reads what one may do with a record; no argument takes one.
func UnmarshalRecordAction(any) (kb.Ability, error) { return "", invalid("RecordAction") }

// MarshalEventType writes what a write was for.
func MarshalEventType(t kb.EventType) graphql.Marshaler { return word(t) }

// UnmarshalEventType reads what a write was for.
func UnmarshalEventType(v any) (kb.EventType, error) {
	s, ok := v.(string)
	if !ok {
		return "", invalid("EventType")
	}
	return kb.EventType(s), nil // the validator has held it against the schema
}

// recordKinds are the kinds of content by the name that the schema gives them.
func recordKinds() map[string]kb.Kind {
	return map[string]kb.Kind{
		"CASE": kb.KindCase, "PUBLICATION": kb.KindPublication, "PRESENTATION": kb.KindPresentation, "LESSON": kb.KindLesson,
		"THEME": kb.KindTheme, "REGION": kb.KindRegion, "ORGANISATION": kb.KindOrganisation, "PERSON": kb.KindPerson,
		"LEARNING_CIRCLE": kb.KindLearningCircle, "MEETING": kb.KindMeeting, "QUESTION": kb.KindQuestion,
	}
}

// MarshalRecordKind writes a kind of content.
func MarshalRecordKind(k kb.Kind) graphql.Marshaler {
	if k == kb.KindLearningCircle {
		return word("LEARNING_CIRCLE")
	}
	return word(strings.ToUpper(string(k)))
}

// UnmarshalRecordKind reads a kind of content.
func UnmarshalRecordKind(v any) (kb.Kind, error) {
	name, err := choice("RecordKind", v, slices.Sorted(maps.Keys(recordKinds()))...)
	return recordKinds()[name], err
}
