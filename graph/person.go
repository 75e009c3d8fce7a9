package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

type personResolver struct{ noun[*kb.Person] }

// Person resolves the fields of people.
func (r *Resolver) Person() exec.PersonResolver { return personResolver{noun[*kb.Person]{r}} }

// Organisation is the resolver of organisation.
func (personResolver) Organisation(ctx context.Context, p *kb.Person) (*kb.Organisation, error) {
	return organisationOf(ctx, p.Organisation)
}

// Regions is the resolver of regions.
func (personResolver) Regions(ctx context.Context, p *kb.Person) ([]*kb.Region, error) {
	return readingOf(ctx).regions.list(ctx, p.Regions)
}

// Email is the resolver of email; the library took out what may not be read.
func (personResolver) Email(_ context.Context, p *kb.Person) (*string, error) {
	return contact(p.Email), nil
}

// Phone is the resolver of phone; the library took out what may not be read.
func (personResolver) Phone(_ context.Context, p *kb.Person) (*string, error) {
	return contact(p.Phone), nil
}

func contact(c *kb.Contact) *string {
	if c == nil {
		return nil
	}
	return &c.Value
}
