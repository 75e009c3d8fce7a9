package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

type publicationResolver struct{ material[*kb.Publication] }

// Publication resolves the fields of publications.
func (r *Resolver) Publication() exec.PublicationResolver {
	return publicationResolver{material[*kb.Publication]{noun[*kb.Publication]{r}}}
}

// Pages is the resolver of pages.
func (publicationResolver) Pages(_ context.Context, p *kb.Publication) (*int, error) {
	return positive(p.Pages), nil
}

// Replaces is the resolver of replaces.
func (publicationResolver) Replaces(ctx context.Context, p *kb.Publication) (*kb.Publication, error) {
	return reference[*kb.Publication](ctx, p.Replaces)
}
