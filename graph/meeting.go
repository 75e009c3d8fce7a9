package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

type meetingResolver struct{ noun[*kb.Meeting] }

// Meeting resolves the fields of meetings.
func (r *Resolver) Meeting() exec.MeetingResolver { return meetingResolver{noun[*kb.Meeting]{r}} }

// LearningCircle is the resolver of learningCircle.
func (meetingResolver) LearningCircle(ctx context.Context, m *kb.Meeting) (*kb.LearningCircle, error) {
	return reference[*kb.LearningCircle](ctx, m.Circle)
}

// Number is the resolver of number.
func (meetingResolver) Number(_ context.Context, m *kb.Meeting) (*int, error) {
	return positive(m.Number), nil
}

// Host is the resolver of host.
func (meetingResolver) Host(ctx context.Context, m *kb.Meeting) (*kb.Organisation, error) {
	return organisationOf(ctx, m.Host)
}

// HostCity is the resolver of hostCity.
func (meetingResolver) HostCity(ctx context.Context, m *kb.Meeting) (*kb.Region, error) {
	return regionOf(ctx, m.HostCity)
}

// Themes is the resolver of themes.
func (meetingResolver) Themes(ctx context.Context, m *kb.Meeting) ([]*kb.Theme, error) {
	return readingOf(ctx).themes.list(ctx, m.Themes)
}

type programmeItemResolver struct{}

// ProgrammeItem resolves the fields of the parts of a meeting.
func (r *Resolver) ProgrammeItem() exec.ProgrammeItemResolver { return programmeItemResolver{} }

// Speakers is the resolver of speakers.
func (programmeItemResolver) Speakers(ctx context.Context, i *kb.ProgrammeItem) ([]*kb.Person, error) {
	return readingOf(ctx).people.list(ctx, i.Speakers)
}

// Material is the resolver of material.
func (programmeItemResolver) Material(ctx context.Context, i *kb.ProgrammeItem) ([]kb.Material, error) {
	return readingOf(ctx).material.list(ctx, i.Material)
}
