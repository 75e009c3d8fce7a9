package kb

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// fieldNames gives the JSON names of all fields of a kind, in their order.
func fieldNames(k Kind) []string {
	e, ok := New(k)
	if !ok {
		return nil
	}
	var names []string
	for _, f := range reflect.VisibleFields(reflect.TypeOf(e).Elem()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.Anonymous && name != "-" {
			names = append(names, name)
		}
	}
	return names
}

// keptFields are the fields that are ours to write, or those of the accounts.
func keptFields() []string {
	return []string{
		"id", "status", "createdAt", "createdBy", "updatedAt", "updatedBy", "publishedAt", "publishedBy",
		"review", "withdrawal", "origin", "account",
	}
}

// jsonName gives the JSON name of a field that GraphQL calls otherwise.
func jsonName(e Entity, name string) string {
	switch e.(type) {
	case Material:
		if name == "seeAlso" {
			return "related"
		}
	case *Theme:
		if name == "labels" {
			return "prefLabel"
		}
	case *Organisation:
		if name == "kind" {
			return "organisationKind"
		}
	case *Region:
		if name == "kind" {
			return "regionKind"
		}
	}
	return name
}

// apply gives an entity with its fields set, and leaves the given one as it is.
// What cannot be set is a problem of that field.
func (f Fields) apply(e Entity) (Entity, []Problem, error) {
	data, err := Encode(e)
	if err != nil {
		return nil, nil, err
	}
	values := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &values); err != nil {
		return nil, nil, err
	}
	known, kept := fieldNames(e.Kind()), keptFields()
	var problems []Problem
	for _, given := range slices.Sorted(maps.Keys(f)) {
		name := jsonName(e, given)
		switch {
		case !slices.Contains(known, name):
			problems = append(problems, Problem{given, Text{"is geen veld van deze soort record", "is not a field of this kind of record"}})
		case slices.Contains(kept, name):
			problems = append(problems, Problem{given, Text{"kan niet worden ingevuld", "cannot be set"}})
		case f[given] == nil:
			delete(values, name)
		default:
			raw, p := fieldValue(e.Kind(), name, f[given])
			if p != nil {
				problems = append(problems, *p)
				continue
			}
			values[name] = raw
		}
	}
	out, err := reassemble(e, values)
	return out, problems, err
}

// reassemble makes an entity of values that each fit their field.
func reassemble(like Entity, values map[string]json.RawMessage) (Entity, error) {
	data, err := json.Marshal(values)
	if err != nil {
		return nil, err
	}
	return Decode(like.Kind(), like.Base().Version, data)
}

// fieldValue encodes a value for a field, or tells that it has another form.
func fieldValue(k Kind, name string, value any) (json.RawMessage, *Problem) {
	wrong := &Problem{name, Text{"heeft niet de juiste vorm", "does not have the right form"}}
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, wrong
	}
	alone, err := json.Marshal(map[string]json.RawMessage{name: raw})
	if err != nil {
		return nil, wrong
	}
	dec := json.NewDecoder(bytes.NewReader(alone))
	dec.DisallowUnknownFields()
	e, _ := New(k)
	if err := dec.Decode(e); err != nil {
		if typed, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && typed.Field != "" {
			wrong.Field = typed.Field[max(0, strings.Index(typed.Field, name)):]
		}
		return nil, wrong
	}
	return raw, nil
}

// changedFields gives the names of the fields that differ between two encoded
// entities, sorted, those that are ours to write left out.
func changedFields(before, after json.RawMessage) ([]string, error) {
	var b, a map[string]json.RawMessage
	for _, half := range []struct {
		data json.RawMessage
		into *map[string]json.RawMessage
	}{{before, &b}, {after, &a}} {
		if len(half.data) == 0 {
			continue
		}
		if err := json.Unmarshal(half.data, half.into); err != nil {
			return nil, Wrap(err, Damaged, Text{"Een opgeslagen record is niet te lezen.", "A stored record cannot be read."})
		}
	}
	all := maps.Clone(a)
	if all == nil {
		all = map[string]json.RawMessage{}
	}
	maps.Copy(all, b)
	var changed []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if !bytes.Equal(b[name], a[name]) && !slices.Contains(keptFields(), name) {
			changed = append(changed, name)
		}
	}
	return changed, nil
}
