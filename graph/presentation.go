package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

type presentationResolver struct{ material[*kb.Presentation] }

// Presentation resolves the fields of presentations.
func (r *Resolver) Presentation() exec.PresentationResolver {
	return presentationResolver{material[*kb.Presentation]{noun[*kb.Presentation]{r}}}
}

// Speakers is the resolver of speakers.
func (presentationResolver) Speakers(ctx context.Context, p *kb.Presentation) ([]*kb.Person, error) {
	return readingOf(ctx).people.list(ctx, p.Speakers)
}

// Meeting is the resolver of meeting.
func (presentationResolver) Meeting(ctx context.Context, p *kb.Presentation) (*kb.Meeting, error) {
	return reference[*kb.Meeting](ctx, p.Meeting)
}

// Slides is the resolver of slides.
func (presentationResolver) Slides(_ context.Context, p *kb.Presentation) (*int, error) {
	return positive(p.Slides), nil
}
