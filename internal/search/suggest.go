package search

import (
	"context"

	"leerkring/internal/kb"
)

// Suggest implements kb.Searcher.
func (x *Index) Suggest(context.Context, kb.Actor, string, int) ([]kb.Suggestion, error) {
	return nil, nil
}
