package graph

import (
	"context"
	"net/url"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

// Suggest is the resolver of suggest.
func (r queryResolver) Suggest(ctx context.Context, prefix string, first *int) ([]*kb.Suggestion, error) {
	n, err := size(first, 8, kb.MaxSuggestions)
	if err != nil {
		return nil, err
	}
	reading := readingOf(ctx)
	found, err := r.library.Suggest(ctx, reading.actor, prefix, n)
	if err != nil {
		return nil, err
	}
	out := make([]*kb.Suggestion, len(found))
	for i := range found {
		out[i] = &found[i]
		if found[i].Entity != nil {
			reading.records.expect(found[i].Entity.Base().ID)
		}
	}
	return out, nil
}

type suggestionResolver struct{ *Resolver }

// Suggestion resolves the fields of suggestions.
func (r *Resolver) Suggestion() exec.SuggestionResolver { return suggestionResolver{r} }

// URL is the resolver of url.
func (r suggestionResolver) URL(_ context.Context, s *kb.Suggestion) (string, error) {
	if s.Entity == nil {
		return r.baseURL + "/?q=" + url.QueryEscape(s.Text), nil
	}
	return r.baseURL + kb.Path(s.Entity), nil
}

// Type is the resolver of type.
func (suggestionResolver) Type(_ context.Context, s *kb.Suggestion) (*kb.Kind, error) {
	m, ok := s.Entity.(kb.Material)
	if !ok {
		return nil, nil
	}
	kind := m.Kind()
	return &kind, nil
}

// Node is the resolver of node. What the index holds of a record for suggestions
// is not all of it, so it is read from the store.
func (suggestionResolver) Node(ctx context.Context, s *kb.Suggestion) (kb.Entity, error) {
	if s.Entity == nil {
		return nil, nil
	}
	return reference[kb.Entity](ctx, s.Entity.Base().ID)
}
