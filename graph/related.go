package graph

import (
	"context"
	"strings"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Related is the resolver of related.
func (r material[M]) Related(ctx context.Context, m M, first *int) ([]*model.RelatedMaterial, error) {
	n, err := size(first, 4, kb.MaxSuggestions)
	if err != nil {
		return nil, err
	}
	reading := readingOf(ctx)
	found, err := r.library.Related(ctx, reading.actor, m.Base().ID, n)
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		reading.expect(f.Entity)
	}
	out := make([]*model.RelatedMaterial, len(found))
	for i, f := range found {
		reasons, err := reasons(ctx, f.Reasons)
		if err != nil {
			return nil, err
		}
		out[i] = &model.RelatedMaterial{Node: f.Entity.(kb.Material), Reasons: reasons, Text: together(reasons, reading.lang)}
	}
	return out, nil
}

// reasons gives what two materials have in common in words. A value whose record
// may not be read is left out, and a reason without values is none.
func reasons(ctx context.Context, found []kb.Reason) ([]*model.RelatedReason, error) {
	lang := readingOf(ctx).lang
	var out []*model.RelatedReason
	for _, f := range found {
		if f.Field == "" {
			out = append(out, &model.RelatedReason{Values: f.Values, Labels: f.Values, Text: aboutWords(f.Values, lang)})
			continue
		}
		labels, err := labels(ctx, f.Field, f.Values)
		if err != nil {
			return nil, err
		}
		reason := &model.RelatedReason{Field: &f.Field}
		for _, value := range f.Values {
			if label, ok := labels[value]; ok {
				reason.Values = append(reason.Values, outside(f.Field, value))
				reason.Labels = append(reason.Labels, label)
			}
		}
		if len(reason.Values) > 0 {
			reason.Text = same([]string{fieldName(f.Field).In(lang)}, lang) + ": " + enumerate(reason.Labels, lang)
			out = append(out, reason)
		}
	}
	return out, nil
}

// together sums reasons up: "zelfde thema en arbeidsmarktregio, gaat ook over warmte".
func together(reasons []*model.RelatedReason, lang string) string {
	var fields, parts []string
	for _, r := range reasons {
		if r.Field != nil {
			fields = append(fields, fieldName(*r.Field).In(lang))
		} else {
			parts = append(parts, r.Text)
		}
	}
	if len(fields) > 0 {
		parts = append([]string{same(fields, lang)}, parts...)
	}
	if len(parts) == 0 {
		return kb.Text{NL: "de tekst lijkt erop", EN: "the text is alike"}.In(lang)
	}
	return strings.Join(parts, ", ")
}

func same(fields []string, lang string) string {
	return kb.Text{NL: "zelfde ", EN: "same "}.In(lang) + enumerate(fields, lang)
}

func aboutWords(words []string, lang string) string {
	return kb.Text{NL: "gaat ook over ", EN: "is also about "}.In(lang) + enumerate(words, lang)
}

// enumerate writes "a, b en c".
func enumerate(list []string, lang string) string {
	last := len(list) - 1
	if last <= 0 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:last], ", ") + kb.Text{NL: " en ", EN: " and "}.In(lang) + list[last]
}

// fieldName is what one value of a field is called.
func fieldName(f kb.FacetField) kb.Text {
	return map[kb.FacetField]kb.Text{
		kb.FacetType:               {NL: "soort", EN: "kind"},
		kb.FacetTheme:              {NL: "thema", EN: "theme"},
		kb.FacetProvince:           {NL: "provincie", EN: "province"},
		kb.FacetLabourMarketRegion: {NL: "arbeidsmarktregio", EN: "labour-market region"},
		kb.FacetMunicipality:       {NL: "gemeente", EN: "municipality"},
		kb.FacetOrganisation:       {NL: "organisatie", EN: "organisation"},
		kb.FacetCollaboration:      {NL: "vorm van samenwerking", EN: "form of collaboration"},
		kb.FacetYear:               {NL: "jaar", EN: "year"},
		kb.FacetLanguage:           {NL: "taal", EN: "language"},
	}[f]
}
