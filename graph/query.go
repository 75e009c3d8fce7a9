package graph

import (
	"context"
	"slices"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

type queryResolver struct{ *Resolver }

// Query resolves what a reader can ask.
func (r *Resolver) Query() exec.QueryResolver { return queryResolver{r} }

// Node is the resolver of node.
func (queryResolver) Node(ctx context.Context, id kb.ID) (kb.Entity, error) {
	reading := readingOf(ctx)
	e, err := reading.record(ctx, id)
	reading.opened(ctx, e)
	return e, err
}

// Nodes is the resolver of nodes.
func (queryResolver) Nodes(ctx context.Context, ids []kb.ID) ([]kb.Entity, error) {
	if len(ids) > kb.MaxPage {
		return nil, badArgument("ids", kb.Text{NL: "Vraag hoogstens %d records per keer.", EN: "Ask for at most %d records at a time."}, kb.MaxPage)
	}
	reading := readingOf(ctx)
	reading.records.expect(ids...)
	reading.drafts.expect(ids...)
	reading.fileViews.expect(ids...)
	out := make([]kb.Entity, len(ids))
	for i, id := range ids {
		e, err := reading.record(ctx, id)
		if err != nil {
			return nil, err
		}
		out[i] = e
	}
	return out, nil
}

// Material is the resolver of material.
func (r queryResolver) Material(ctx context.Context, slug string) (kb.Material, error) {
	return bySlug[kb.Material](ctx, r.library, kb.KindCase, slug)
}

// Theme is the resolver of theme.
func (r queryResolver) Theme(ctx context.Context, slug string) (*kb.Theme, error) {
	return bySlug[*kb.Theme](ctx, r.library, kb.KindTheme, slug)
}

// Region is the resolver of region. A slug goes before a name: a municipality
// that was renamed keeps its own page.
func (r queryResolver) Region(ctx context.Context, code string) (*kb.Region, error) {
	g, err := bySlug[*kb.Region](ctx, r.library, kb.KindRegion, code)
	if err != nil || g != nil {
		return g, err
	}
	if g, err = regionOf(ctx, r.regionCode(code)); g != nil {
		readingOf(ctx).opened(ctx, g)
	}
	return g, err
}

// Organisation is the resolver of organisation.
func (r queryResolver) Organisation(ctx context.Context, slug string) (*kb.Organisation, error) {
	return bySlug[*kb.Organisation](ctx, r.library, kb.KindOrganisation, slug)
}

// Person is the resolver of person.
func (r queryResolver) Person(ctx context.Context, slug string) (*kb.Person, error) {
	return bySlug[*kb.Person](ctx, r.library, kb.KindPerson, slug)
}

// LearningCircle is the resolver of learningCircle.
func (r queryResolver) LearningCircle(ctx context.Context, slug string) (*kb.LearningCircle, error) {
	return bySlug[*kb.LearningCircle](ctx, r.library, kb.KindLearningCircle, slug)
}

// Meeting is the resolver of meeting.
func (r queryResolver) Meeting(ctx context.Context, slug string) (*kb.Meeting, error) {
	return bySlug[*kb.Meeting](ctx, r.library, kb.KindMeeting, slug)
}

// IndexStatus is the resolver of indexStatus.
func (r queryResolver) IndexStatus(context.Context) (*model.IndexStatus, error) {
	return &model.IndexStatus{Ready: r.ready()}, nil
}

// bySlug gives the record of a kind with a slug; nil when there is none or it may
// not be read, which must look the same.
func bySlug[V kb.Entity](ctx context.Context, lib *kb.Library, k kb.Kind, slug string) (V, error) {
	var none V
	reading := readingOf(ctx)
	e, err := lib.BySlug(ctx, reading.actor, k, slug)
	if kb.CodeOf(err) == kb.NotFound {
		return none, nil
	}
	if err != nil {
		return none, err
	}
	reading.expect(e)
	reading.opened(ctx, e)
	v, _ := e.(V)
	return v, nil
}

// regionCode gives the code of a region in whatever spelling, or the text itself
// when it names none.
func (r *Resolver) regionCode(text string) string {
	if code, ok := r.gazetteer.Resolve(text); ok {
		return code
	}
	return text
}

// withSuccessors adds a code to a list and, for a municipality that is no more,
// the codes of what it became part of: material is found by both.
func (r *Resolver) withSuccessors(codes []string, code string) []string {
	if slices.Contains(codes, code) {
		return codes
	}
	codes = append(codes, code)
	if g, ok := r.gazetteer.Region(code); ok {
		for _, next := range g.SucceededBy {
			codes = r.withSuccessors(codes, next)
		}
	}
	return codes
}
