package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

type organisationResolver struct{ noun[*kb.Organisation] }

// Organisation resolves the fields of organisations.
func (r *Resolver) Organisation() exec.OrganisationResolver {
	return organisationResolver{noun[*kb.Organisation]{r}}
}

// Region is the resolver of region.
func (organisationResolver) Region(ctx context.Context, o *kb.Organisation) (*kb.Region, error) {
	return regionOf(ctx, o.CBSCode)
}

// Members is the resolver of members.
func (organisationResolver) Members(ctx context.Context, o *kb.Organisation) ([]*kb.Organisation, error) {
	return readingOf(ctx).organisations.list(ctx, o.Members)
}

// organisationOf gives the organisation with an id, nil when there is none.
func organisationOf(ctx context.Context, id kb.ID) (*kb.Organisation, error) {
	if id == "" {
		return nil, nil
	}
	return readingOf(ctx).organisations.one(ctx, id)
}
