package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

type regionResolver struct{ noun[*kb.Region] }

// Region resolves the fields of regions.
func (r *Resolver) Region() exec.RegionResolver { return regionResolver{noun[*kb.Region]{r}} }

// Parents is the resolver of parents.
func (regionResolver) Parents(ctx context.Context, g *kb.Region) ([]*kb.Region, error) {
	return readingOf(ctx).regions.list(ctx, g.Parents)
}

// Municipalities is the resolver of municipalities.
func (regionResolver) Municipalities(ctx context.Context, g *kb.Region) ([]*kb.Region, error) {
	return readingOf(ctx).regions.list(ctx, g.Municipalities)
}

// SucceededBy is the resolver of succeededBy.
func (regionResolver) SucceededBy(ctx context.Context, g *kb.Region) ([]*kb.Region, error) {
	return readingOf(ctx).regions.list(ctx, g.SucceededBy)
}

// Population is the resolver of population.
func (regionResolver) Population(_ context.Context, g *kb.Region) (*int, error) {
	return positive(g.Population), nil
}

// regionOf gives the region with a code, nil when there is none.
func regionOf(ctx context.Context, code string) (*kb.Region, error) {
	if code == "" {
		return nil, nil
	}
	return readingOf(ctx).regions.one(ctx, code)
}
