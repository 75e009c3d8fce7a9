package graph

import (
	"context"
	"slices"
	"strings"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

type facetResolver struct{}

// Facet resolves the fields of facets.
func (r *Resolver) Facet() exec.FacetResolver { return facetResolver{} }

// Buckets is the resolver of buckets. A value whose record may not be read is left
// out, so labels are looked up until there are enough.
func (facetResolver) Buckets(ctx context.Context, f *kb.FacetCounts, first *int) ([]*model.FacetBucket, error) {
	most := 12
	if first != nil {
		most = min(*first, kb.MaxPage)
	}
	if most < 0 {
		return nil, badFirst(kb.MaxPage)
	}
	var out []*model.FacetBucket
	for chunk := range slices.Chunk(f.Buckets, max(most, 1)) {
		labels, err := labels(ctx, f.Field, valuesOf(chunk))
		if err != nil {
			return nil, err
		}
		for _, b := range chunk {
			label, ok := labels[b.Value]
			if len(out) == most {
				return out, nil
			}
			if ok {
				b.Value = outside(f.Field, b.Value)
				out = append(out, &model.FacetBucket{FacetBucket: b, Label: label})
			}
		}
	}
	return out, nil
}

// outside gives a value as SearchFilter takes it.
func outside(f kb.FacetField, value string) string {
	if f == kb.FacetType {
		return strings.ToUpper(value)
	}
	return value
}

func valuesOf(buckets []kb.FacetBucket) []string {
	values := make([]string, len(buckets))
	for i, b := range buckets {
		values[i] = b.Value
	}
	return values
}

// labels gives values of a field in words, without those whose record may not be read.
func labels(ctx context.Context, f kb.FacetField, values []string) (map[string]string, error) {
	reading := readingOf(ctx)
	switch f {
	case kb.FacetTheme:
		return labelled(ctx, reading.themes, values, func(t *kb.Theme) (string, string) { return t.Slug, themeLabel(t, reading.lang) })
	case kb.FacetProvince, kb.FacetLabourMarketRegion, kb.FacetMunicipality:
		return labelled(ctx, reading.regions, values, func(g *kb.Region) (string, string) { return g.Code, g.Name })
	case kb.FacetOrganisation:
		return labelled(ctx, reading.organisations, values, func(o *kb.Organisation) (string, string) { return string(o.ID), o.Name })
	}
	out := make(map[string]string, len(values))
	for _, v := range values {
		out[v] = word(f, v).In(reading.lang)
	}
	return out, nil
}

// labelled loads the records that values name, and gives the label of each.
func labelled[K ~string, V any](ctx context.Context, from *loader[K, V], values []string, label func(V) (value, label string)) (map[string]string, error) {
	keys := make([]K, len(values))
	for i, v := range values {
		keys[i] = K(v)
	}
	found, err := from.list(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(found))
	for _, v := range found {
		value, text := label(v)
		out[value] = text
	}
	return out, nil
}

// word gives a value that is no record in words.
func word(f kb.FacetField, value string) kb.Text {
	if f == kb.FacetLanguage {
		return languageName(value)
	}
	switch value {
	case string(kb.KindCase):
		return kb.Text{NL: "Casus", EN: "Case"}
	case string(kb.KindPublication):
		return kb.Text{NL: "Publicatie", EN: "Publication"}
	case string(kb.KindPresentation):
		return kb.Text{NL: "Presentatie", EN: "Presentation"}
	case string(kb.KindLesson):
		return kb.Text{NL: "Geleerde les", EN: "Lesson learned"}
	case string(kb.CollaborationInternal):
		return kb.Text{NL: "Binnen de organisatie", EN: "Within the organisation"}
	case string(kb.CollaborationRegional):
		return kb.Text{NL: "Met buren in de regio", EN: "With neighbours in the region"}
	case string(kb.CollaborationSociety):
		return kb.Text{NL: "Met inwoners, bedrijven en instellingen", EN: "With inhabitants, business and institutions"}
	}
	return kb.Text{NL: value, EN: value} // a year
}
