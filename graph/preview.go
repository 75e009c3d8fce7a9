package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// maxPreviewed is the most queries on which synonyms are tried at a time.
const maxPreviewed = 20

// PreviewSynonyms is the resolver of previewSynonyms.
func (r queryResolver) PreviewSynonyms(ctx context.Context, input model.SynonymsInput, queries []string, first *int) ([]*model.SynonymsPreview, error) {
	n, err := size(first, 10, kb.MaxPage)
	if err != nil {
		return nil, err
	}
	if len(queries) > maxPreviewed {
		return nil, badArgument("queries", kb.Text{NL: "Probeer hoogstens %d zoekvragen per keer.", EN: "Try at most %d queries at a time."}, maxPreviewed)
	}
	found, err := r.editorial.Preview(ctx, readingOf(ctx).actor, synonymsOf(input), queries)
	if err != nil {
		return nil, err
	}
	out := make([]*model.SynonymsPreview, len(found))
	for i, p := range found {
		changes, err := placeChanges(ctx, p.Moves[:min(len(p.Moves), n)])
		if err != nil {
			return nil, err
		}
		out[i] = &model.SynonymsPreview{Query: p.Query, TotalBefore: p.TotalBefore, TotalAfter: p.TotalAfter, Changes: changes}
	}
	return out, nil
}

// placeChanges reads the materials from the store: what the index holds is not all of one.
func placeChanges(ctx context.Context, moves []kb.Move) ([]*model.PlaceChange, error) {
	material := readingOf(ctx).material
	for _, m := range moves {
		material.expect(m.Entity.Base().ID)
	}
	var out []*model.PlaceChange
	for _, m := range moves {
		stored, err := material.one(ctx, m.Entity.Base().ID)
		if err != nil {
			return nil, err
		}
		if stored == nil {
			continue // it went since it was found
		}
		change := &model.PlaceChange{Kind: model.PlaceChangeKindMoved, Material: stored, Before: positive(m.Before), After: positive(m.After)}
		switch {
		case m.Before == 0:
			change.Kind = model.PlaceChangeKindAdded
		case m.After == 0:
			change.Kind = model.PlaceChangeKindRemoved
		}
		out = append(out, change)
	}
	return out, nil
}
