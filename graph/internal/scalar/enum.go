package scalar

import (
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"leerkring/internal/kb"
)

// MarshalMaterialType writes a kind of material as its type.
func MarshalMaterialType(k kb.Kind) graphql.Marshaler { return word(strings.ToUpper(string(k))) }

// UnmarshalMaterialType reads a type of material as its kind.
func UnmarshalMaterialType(v any) (kb.Kind, error) {
	name, err := choice("MaterialType", v, "CASE", "PUBLICATION", "PRESENTATION", "LESSON")
	return kb.Kind(strings.ToLower(name)), err
}

// MarshalCollaborationLevel writes a level of collaboration.
func MarshalCollaborationLevel(l kb.CollaborationLevel) graphql.Marshaler { return word(l) }

// UnmarshalCollaborationLevel reads a level of collaboration.
func UnmarshalCollaborationLevel(v any) (kb.CollaborationLevel, error) {
	return choice("CollaborationLevel", v, kb.CollaborationInternal, kb.CollaborationRegional, kb.CollaborationSociety)
}

// MarshalCasePhase writes a phase of a case.
func MarshalCasePhase(p kb.CasePhase) graphql.Marshaler { return word(p) }

// UnmarshalCasePhase reads a phase of a case.
func UnmarshalCasePhase(v any) (kb.CasePhase, error) {
	return choice("CasePhase", v, kb.PhaseExploring, kb.PhasePreparing, kb.PhaseRunning, kb.PhaseFinished, kb.PhaseStopped)
}

// MarshalOutcome writes an outcome.
func MarshalOutcome(o kb.Outcome) graphql.Marshaler { return word(o) }

// UnmarshalOutcome reads an outcome.
func UnmarshalOutcome(v any) (kb.Outcome, error) {
	return choice("Outcome", v, kb.OutcomeWorked, kb.OutcomePartly, kb.OutcomeDidNot)
}

// MarshalPillar writes a pillar.
func MarshalPillar(p kb.Pillar) graphql.Marshaler { return word(p) }

// UnmarshalPillar reads a pillar.
func UnmarshalPillar(v any) (kb.Pillar, error) {
	return choice("Pillar", v, kb.PillarUpdates, kb.PillarPeerConsultation, kb.PillarDeepDive, kb.PillarProjectVisit)
}

// MarshalRegistration writes a state of registration.
func MarshalRegistration(r kb.Registration) graphql.Marshaler { return word(r) }

// UnmarshalRegistration reads a state of registration.
func UnmarshalRegistration(v any) (kb.Registration, error) {
	return choice("Registration", v, kb.RegistrationPlanned, kb.RegistrationOpen, kb.RegistrationFull, kb.RegistrationClosed)
}

// MarshalRegionKind writes a kind of region.
func MarshalRegionKind(k kb.RegionKind) graphql.Marshaler { return word(k) }

// UnmarshalRegionKind reads a kind of region.
func UnmarshalRegionKind(v any) (kb.RegionKind, error) {
	return choice("RegionKind", v, kb.Municipality, kb.Province, kb.LabourMarketRegion, kb.COROP)
}

// MarshalSearchSort writes an order.
func MarshalSearchSort(s kb.Sort) graphql.Marshaler { return word(s) }

// UnmarshalSearchSort reads an order.
func UnmarshalSearchSort(v any) (kb.Sort, error) {
	return choice("SearchSort", v, kb.SortRelevance, kb.SortNewest, kb.SortOldest, kb.SortTitle)
}

// MarshalFacetField writes a field of a facet.
func MarshalFacetField(f kb.FacetField) graphql.Marshaler { return word(f) }

// UnmarshalFacetField reads a field of a facet.
func UnmarshalFacetField(v any) (kb.FacetField, error) {
	return choice("FacetField", v, kb.FacetFields()...)
}

// MarshalSuggestionKind writes what a suggestion leads to.
func MarshalSuggestionKind(k kb.SuggestionKind) graphql.Marshaler { return word(k) }

// UnmarshalSuggestionKind reads what a suggestion leads to.
func UnmarshalSuggestionKind(v any) (kb.SuggestionKind, error) {
	return choice(
		"SuggestionKind", v,
		kb.SuggestQuery, kb.SuggestMaterial, kb.SuggestTheme, kb.SuggestRegion, kb.SuggestOrganisation, kb.SuggestPerson,
	)
}

// MarshalExplanationKind writes how a value is made of others, as kb.Explanation has it.
func MarshalExplanationKind(kind string) graphql.Marshaler { return word(strings.ToUpper(kind)) }

// UnmarshalExplanationKind reads how a value is made of others.
func UnmarshalExplanationKind(v any) (string, error) {
	name, err := choice("ExplanationKind", v, "SUM", "PRODUCT")
	return strings.ToLower(name), err
}
