package search

import (
	"context"

	"leerkring/internal/kb"
)

// Related implements kb.Searcher.
func (x *Index) Related(context.Context, kb.Actor, kb.ID, int) ([]kb.Related, error) {
	return nil, nil
}
