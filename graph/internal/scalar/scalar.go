// Package scalar writes and reads the scalars and enums of the schema.
//
// The invariant that a newcomer must know: a value that is empty in the domain is
// null outside, and a value that the schema does not name never gets in.
package scalar

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"leerkring/internal/kb"
)

// MarshalID writes an id; none is null.
func MarshalID(id kb.ID) graphql.Marshaler { return word(id) }

// UnmarshalID reads an id. The specification takes whole numbers for ids too.
func UnmarshalID(v any) (kb.ID, error) {
	switch v := v.(type) {
	case string:
		return kb.ID(v), nil
	case json.Number:
		return kb.ID(v), nil
	case int64:
		return kb.ID(strconv.FormatInt(v, 10)), nil
	}
	return "", invalid("ID")
}

// MarshalDate writes a date as precise as it is known; none is null.
func MarshalDate(d kb.Date) graphql.Marshaler { return word(d) }

// UnmarshalDate reads a date.
func UnmarshalDate(v any) (kb.Date, error) {
	s, _ := v.(string)
	if d := kb.Date(s); d.Valid() {
		return d, nil
	}
	return "", invalid("Date")
}

// MarshalDateTime writes a moment in UTC as RFC 3339; the zero time is null.
func MarshalDateTime(t time.Time) graphql.Marshaler { return graphql.MarshalTime(t.UTC()) }

// UnmarshalDateTime reads a moment.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, _ := v.(string)
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, invalid("DateTime")
	}
	return t, nil
}

// word writes a text or an enum value; the empty one is null.
func word[T ~string](v T) graphql.Marshaler {
	if v == "" {
		return graphql.Null
	}
	return graphql.MarshalString(string(v))
}

// choice reads an enum value in its exact spelling.
func choice[T ~string](enum string, v any, allowed ...T) (T, error) {
	s, _ := v.(string)
	if slices.Contains(allowed, T(s)) {
		return T(s), nil
	}
	return "", invalid(enum)
}

func invalid(name string) error {
	return kb.Errorf(kb.Invalid, kb.Text{NL: "Deze waarde is geen %s.", EN: "This value is not a valid %s."}, name)
}
