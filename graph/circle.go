package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

type circleResolver struct{ noun[*kb.LearningCircle] }

// LearningCircle resolves the fields of learning circles.
func (r *Resolver) LearningCircle() exec.LearningCircleResolver {
	return circleResolver{noun[*kb.LearningCircle]{r}}
}

// Themes is the resolver of themes.
func (circleResolver) Themes(ctx context.Context, l *kb.LearningCircle) ([]*kb.Theme, error) {
	return readingOf(ctx).themes.list(ctx, l.Themes)
}

// Regions is the resolver of regions.
func (circleResolver) Regions(ctx context.Context, l *kb.LearningCircle) ([]*kb.Region, error) {
	return readingOf(ctx).regions.list(ctx, l.Regions)
}

// Organisers is the resolver of organisers.
func (circleResolver) Organisers(ctx context.Context, l *kb.LearningCircle) ([]*kb.Organisation, error) {
	return readingOf(ctx).organisations.list(ctx, l.Organisers)
}

// Facilitators is the resolver of facilitators.
func (circleResolver) Facilitators(ctx context.Context, l *kb.LearningCircle) ([]*kb.Person, error) {
	return readingOf(ctx).people.list(ctx, l.Facilitators)
}

// Participants is the resolver of participants.
func (circleResolver) Participants(ctx context.Context, l *kb.LearningCircle) ([]*kb.Person, error) {
	return readingOf(ctx).people.list(ctx, l.Participants)
}

// Capacity is the resolver of capacity.
func (circleResolver) Capacity(_ context.Context, l *kb.LearningCircle) (*int, error) {
	return positive(l.Capacity), nil
}

// Meetings is the resolver of meetings.
func (r circleResolver) Meetings(ctx context.Context, l *kb.LearningCircle, first *int, after *string) (*model.MeetingConnection, error) {
	return r.meetings(ctx, kb.SearchRequest{Sort: kb.SortOldest, Filter: kb.Filter{Circle: l.ID}}, page{first, after, 20})
}
