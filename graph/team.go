package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// TeamMembers is the resolver of teamMembers.
func (r queryResolver) TeamMembers(ctx context.Context, team kb.ID) ([]*model.TeamMember, error) {
	found, err := r.accounts.TeamMembers(ctx, readingOf(ctx).actor, team)
	if err != nil {
		return nil, err
	}
	out := make([]*model.TeamMember, len(found))
	for i, m := range found {
		out[i] = teamMember(m)
	}
	return out, nil
}

func teamMember(m kb.TeamMember) *model.TeamMember {
	return &model.TeamMember{Account: &model.AccountName{ID: m.Account, Name: m.Name}, Role: m.Role}
}

// AddTeamMember is the resolver of addTeamMember.
func (r mutationResolver) AddTeamMember(ctx context.Context, input model.AddTeamMemberInput) (*model.AddTeamMemberPayload, error) {
	m, seq, err := r.accounts.AddToTeam(ctx, readingOf(ctx).actor, input.Team, input.Email, input.Role)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return &model.AddTeamMemberPayload{UserErrors: wrong}, nil
	}
	return &model.AddTeamMemberPayload{Member: teamMember(m), Sequence: sequence(ctx, seq)}, nil
}

// RemoveTeamMember is the resolver of removeTeamMember.
func (r mutationResolver) RemoveTeamMember(ctx context.Context, input model.RemoveTeamMemberInput) (*model.RemoveTeamMemberPayload, error) {
	seq, err := r.accounts.RemoveFromTeam(ctx, readingOf(ctx).actor, input.Team, input.Account)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.RemoveTeamMemberPayload{UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}

type membershipResolver struct{ *Resolver }

// Membership resolves the fields of places in teams.
func (r *Resolver) Membership() exec.MembershipResolver { return membershipResolver{r} }

// Team is the resolver of team.
func (membershipResolver) Team(ctx context.Context, m *kb.Membership) (kb.Entity, error) {
	return reference[kb.Entity](ctx, m.Team)
}
