package graph

import (
	"context"
	"slices"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

type caseResolver struct{ material[*kb.Case] }

// Case resolves the fields of cases.
func (r *Resolver) Case() exec.CaseResolver {
	return caseResolver{material[*kb.Case]{noun[*kb.Case]{r}}}
}

// Partners is the resolver of partners: those whose organisation may be read.
func (caseResolver) Partners(ctx context.Context, c *kb.Case) ([]*kb.Partner, error) {
	ids := make([]kb.ID, len(c.Partners))
	for i, p := range c.Partners {
		ids[i] = p.Organisation
	}
	found, err := readingOf(ctx).organisations.list(ctx, ids)
	if err != nil {
		return nil, err
	}
	var shown []*kb.Partner
	for _, p := range c.Partners {
		if slices.ContainsFunc(found, func(o *kb.Organisation) bool { return o.ID == p.Organisation }) {
			shown = append(shown, &p)
		}
	}
	return shown, nil
}

// Contacts is the resolver of contacts.
func (caseResolver) Contacts(ctx context.Context, c *kb.Case) ([]*kb.Person, error) {
	return readingOf(ctx).people.list(ctx, c.Contacts)
}

type partnerResolver struct{}

// Partner resolves the fields of the partners in a case.
func (r *Resolver) Partner() exec.PartnerResolver { return partnerResolver{} }

// Organisation is the resolver of organisation.
func (partnerResolver) Organisation(ctx context.Context, p *kb.Partner) (*kb.Organisation, error) {
	return readingOf(ctx).organisations.one(ctx, p.Organisation)
}
