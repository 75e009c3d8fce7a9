package kb

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// TeamMember is someone in a team.
type TeamMember struct {
	Account ID
	Name    string
	Role    TeamRole
}

// mayOrganise lets organisers of a team, who must be members, and admins through.
func mayOrganise(actor Actor, team ID) error {
	if err := needSignIn(actor); err != nil {
		return err
	}
	if actor.Has(RoleAdmin, ScopeAdmin) || actor.Has(RoleMember, ScopeAdmin) && actor.TeamRole(team) == TeamOrganiser {
		return nil
	}
	return Errorf(Forbidden, Text{"Dit mogen alleen organisatoren van het team.", "Only organisers of the team may do this."})
}

// checkTeams refuses what is no team: a learning circle or an organisation.
func (a *Accounts) checkTeams(ctx context.Context, teams []Membership) error {
	ids := make([]ID, len(teams))
	for i, m := range teams {
		ids[i] = m.Team
	}
	found, err := a.Store.Get(ctx, validIDs(ids))
	if err != nil {
		return err
	}
	var problems []Problem
	for i, m := range teams {
		r, ok := found[m.Team]
		if !ok || r.Deleted || r.Kind != KindLearningCircle && r.Kind != KindOrganisation {
			problems = append(problems, Problem{
				Field: fmt.Sprintf("teams[%d].team", i), Text: Text{"is geen leerkring of organisatie", "is no learning circle or organisation"},
			})
		}
	}
	return errorOf(problems)
}

// Team gives the id of the team with a slug or an id, empty when there is none.
func (a *Accounts) Team(ctx context.Context, name string) (ID, error) {
	if id := ID(name); id.Valid() {
		err := a.checkTeams(ctx, []Membership{{Team: id}})
		if CodeOf(err) == Invalid {
			return "", nil
		}
		return id, err
	}
	keys := []string{SlugKey(KindLearningCircle, name), SlugKey(KindOrganisation, name)}
	found, err := a.Store.Find(ctx, keys)
	if id, ok := found[keys[0]]; ok {
		return id, err
	}
	return found[keys[1]], err
}

// TeamMembers gives who is in a team, by name, to its organisers and facilitators
// and to admins.
func (a *Accounts) TeamMembers(ctx context.Context, actor Actor, team ID) ([]TeamMember, error) {
	role := actor.TeamRole(team)
	if !actor.Has(RoleMember, ScopeRead) || role != TeamOrganiser && role != TeamFacilitator {
		if err := mayOrganise(actor, team); err != nil {
			return nil, err
		}
	}
	found, err := a.all(ctx, actor, SearchRequest{
		Kinds: []Kind{KindAccount}, Sort: SortTitle, Filter: Filter{States: []string{StateTeam(team)}},
	}, maxAccounts)
	if err != nil {
		return nil, err
	}
	in, err := a.current(ctx, found, func(x *Account) bool { return !x.Disabled && x.Actor().TeamRole(team) != "" })
	if err != nil {
		return nil, err
	}
	out := make([]TeamMember, len(in))
	for i, x := range in {
		out[i] = TeamMember{x.ID, x.Name, x.Actor().TeamRole(team)}
	}
	return out, nil
}

// AddToTeam puts someone with an account into a team, or gives them another role in
// it, by an organiser or an admin. NotFound when no account has the address.
func (a *Accounts) AddToTeam(ctx context.Context, actor Actor, team ID, email string, role TeamRole) (TeamMember, Seq, error) {
	if err := mayOrganise(actor, team); err != nil {
		return TeamMember{}, 0, err
	}
	m := Membership{Team: team, Role: role}
	if err := a.checkTeams(ctx, []Membership{m}); err != nil {
		return TeamMember{}, 0, err
	}
	x, err := a.byKey(ctx, EmailKey(email))
	if err != nil {
		return TeamMember{}, 0, err
	}
	if x == nil || strings.TrimSpace(email) == "" {
		return TeamMember{}, 0, noAccount()
	}
	x, seq, err := a.change(ctx, actor, x.ID, 0, Event{Type: EventTeamsChanged, About: x.ID, Fields: []string{"teams"}}, func(x *Account) error {
		x.Teams = append(without(x.Teams, team), m)
		return nil
	})
	if err != nil {
		return TeamMember{}, 0, err
	}
	return TeamMember{x.ID, x.Name, role}, seq, nil
}

// RemoveFromTeam takes someone out of a team, by an organiser, an admin, or who it is.
func (a *Accounts) RemoveFromTeam(ctx context.Context, actor Actor, team, account ID) (Seq, error) {
	if account != actor.Account || !actor.in(ScopeWrite) {
		if err := mayOrganise(actor, team); err != nil {
			return 0, err
		}
	}
	found, err := a.byID(ctx, account)
	if err != nil {
		return 0, err
	}
	if x := found[account]; x == nil || x.Actor().TeamRole(team) == "" {
		return 0, noAccount()
	}
	_, seq, err := a.change(ctx, actor, account, 0, Event{Type: EventTeamsChanged, About: account, Fields: []string{"teams"}}, func(x *Account) error {
		x.Teams = without(x.Teams, team)
		return nil
	})
	return seq, err
}

func without(teams []Membership, team ID) []Membership {
	return slices.DeleteFunc(slices.Clone(teams), func(m Membership) bool { return m.Team == team })
}
