package graph

import (
	"context"
	"slices"
	"strings"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// schemaName gives the name that the schema has for a field of a kind of record.
func schemaName(k kb.Kind, field string) string {
	switch field {
	case "prefLabel":
		return "labels"
	case "organisationKind", "regionKind":
		return "kind"
	case "related":
		if slices.Contains(kb.MaterialKinds(), k) {
			return "seeAlso"
		}
	}
	return field
}

// domainName gives the name that the domain has for a field of a kind of record.
func domainName(k kb.Kind, field string) string {
	switch {
	case k == kb.KindTheme && field == "labels":
		return "prefLabel"
	case k == kb.KindOrganisation && field == "kind":
		return "organisationKind"
	case k == kb.KindRegion && field == "kind":
		return "regionKind"
	case field == "seeAlso" && slices.Contains(kb.MaterialKinds(), k):
		return "related"
	}
	return field
}

func schemaNames(k kb.Kind, fields []string) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = schemaName(k, f)
	}
	return out
}

// kindOfRecord gives the kind of a record; empty when who asks may not know of it.
func kindOfRecord(ctx context.Context, id kb.ID) (kb.Kind, error) {
	d, err := readingOf(ctx).draft(ctx, id)
	if err != nil || d.Work() == nil {
		return "", err
	}
	return d.Work().Kind(), nil
}

// recordErrors gives what people can mend of an error about a record, by the names
// that the schema has for its fields.
func recordErrors(ctx context.Context, target kb.Target, err error) []*model.UserError {
	wrong := userErrors(ctx, err)
	if target.Kind == "" && len(wrong) > 0 {
		target.Kind, _ = kindOfRecord(ctx, target.ID) // without it a field has the name that the domain has for it
	}
	for _, w := range wrong {
		if w.Field != nil {
			first, _, _ := strings.Cut(strings.ReplaceAll(*w.Field, "[", "."), ".")
			w.Field = filled(schemaName(target.Kind, first) + strings.TrimPrefix(*w.Field, first))
		}
		if w.Conflict != nil {
			w.Conflict.Fields = schemaNames(target.Kind, w.Conflict.Fields)
		}
	}
	return wrong
}
