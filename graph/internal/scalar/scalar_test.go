package scalar_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"leerkring/graph/internal/scalar"
	"leerkring/internal/kb"
)

func written(m graphql.Marshaler) string {
	var b strings.Builder
	m.MarshalGQL(&b)
	return b.String()
}

func TestWhatIsEmptyIsNull(t *testing.T) {
	for name, m := range map[string]graphql.Marshaler{
		"id":       scalar.MarshalID(""),
		"date":     scalar.MarshalDate(""),
		"dateTime": scalar.MarshalDateTime(time.Time{}),
		"phase":    scalar.MarshalCasePhase(""),
		"outcome":  scalar.MarshalOutcome(""),
	} {
		if got := written(m); got != "null" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestDateTimeIsInUTC(t *testing.T) {
	at := time.Date(2024, 5, 31, 11, 30, 0, 5_000_000, time.FixedZone("CEST", 2*3600))
	if got := written(scalar.MarshalDateTime(at)); got != `"2024-05-31T09:30:00.005Z"` {
		t.Error(got)
	}
	back, err := scalar.UnmarshalDateTime("2024-05-31T11:30:00.005+02:00")
	if err != nil || !back.Equal(at) {
		t.Errorf("%v %v", back, err)
	}
}

// roundTrip writes a value and reads it back.
func roundTrip[T comparable](t *testing.T, marshal func(T) graphql.Marshaler, unmarshal func(any) (T, error), values ...T) {
	t.Helper()
	for _, v := range values {
		var text string
		if err := json.Unmarshal([]byte(written(marshal(v))), &text); err != nil {
			t.Fatal(err)
		}
		if back, err := unmarshal(text); err != nil || back != v {
			t.Errorf("%v became %q and then %v (%v)", v, text, back, err)
		}
		for _, wrong := range []any{"?" + text, strings.ToLower(text) + strings.ToUpper(text), nil, 7, true, []any{text}} {
			if _, err := unmarshal(wrong); kb.CodeOf(err) != kb.Invalid {
				t.Errorf("%v was taken for a %T: %v", wrong, v, err)
			}
		}
	}
}

func TestEnumsReadWhatTheyWrite(t *testing.T) {
	roundTrip(t, scalar.MarshalMaterialType, scalar.UnmarshalMaterialType, kb.MaterialKinds()...)
	roundTrip(t, scalar.MarshalCollaborationLevel, scalar.UnmarshalCollaborationLevel, kb.CollaborationInternal, kb.CollaborationRegional, kb.CollaborationSociety)
	roundTrip(t, scalar.MarshalCasePhase, scalar.UnmarshalCasePhase, kb.PhaseExploring, kb.PhasePreparing, kb.PhaseRunning, kb.PhaseFinished, kb.PhaseStopped)
	roundTrip(t, scalar.MarshalOutcome, scalar.UnmarshalOutcome, kb.OutcomeWorked, kb.OutcomePartly, kb.OutcomeDidNot)
	roundTrip(t, scalar.MarshalPillar, scalar.UnmarshalPillar, kb.PillarUpdates, kb.PillarPeerConsultation, kb.PillarDeepDive, kb.PillarProjectVisit)
	roundTrip(t, scalar.MarshalRegistration, scalar.UnmarshalRegistration, kb.RegistrationPlanned, kb.RegistrationOpen, kb.RegistrationFull, kb.RegistrationClosed)
	roundTrip(t, scalar.MarshalRegionKind, scalar.UnmarshalRegionKind, kb.Municipality, kb.Province, kb.LabourMarketRegion, kb.COROP)
	roundTrip(t, scalar.MarshalSearchSort, scalar.UnmarshalSearchSort, kb.SortRelevance, kb.SortNewest, kb.SortOldest, kb.SortTitle)
	roundTrip(t, scalar.MarshalFacetField, scalar.UnmarshalFacetField, kb.FacetFields()...)
	roundTrip(t, scalar.MarshalSuggestionKind, scalar.UnmarshalSuggestionKind, kb.SuggestQuery, kb.SuggestMaterial, kb.SuggestTheme, kb.SuggestRegion, kb.SuggestOrganisation, kb.SuggestPerson)
	roundTrip(t, scalar.MarshalExplanationKind, scalar.UnmarshalExplanationKind, "sum", "product")
	roundTrip(t, scalar.MarshalDate, scalar.UnmarshalDate, "2024-05-31", "2024-05", "2024")
}

func TestIDsMayBeNumbers(t *testing.T) {
	for _, v := range []any{"7", json.Number("7"), int64(7)} {
		if got, err := scalar.UnmarshalID(v); err != nil || got != "7" {
			t.Errorf("%T: %q %v", v, got, err)
		}
	}
	if _, err := scalar.UnmarshalID(7.5); kb.CodeOf(err) != kb.Invalid {
		t.Errorf("7.5 was taken for an id: %v", err)
	}
}
