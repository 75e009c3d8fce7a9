package kb

import "slices"

// The access terms: the forms of "who may read this" that an index can hold.
const (
	AccessPublic  = "public"
	AccessMembers = "members"
	AccessEditors = "editors"
	AccessAdmins  = "admins"
)

// AccessTeam is the term for those who are in a team.
func AccessTeam(team ID) string { return "team:" + string(team) }

// AccessTeamRole is the term for those who have a role in a team.
func AccessTeamRole(team ID, role TeamRole) string { return AccessTeam(team) + ":" + string(role) }

// AccessAccount is the term for one account.
func AccessAccount(account ID) string { return "account:" + string(account) }

// Access gives the terms under which an entity may be read. It is the form of
// CanRead that an index can hold: an actor reads an entity when one of its terms
// is among Reads.
//
// A draft, what is in review and what was withdrawn are read by those who work on
// it; what is published also by those for whom it is. A person without consent is
// read by themselves and by admins, a presentation whose speakers said no as if it
// were a draft.
func Access(e Entity) []string {
	if own, ok := e.(interface{ access() []string }); ok {
		return own.access()
	}
	h := e.Base()
	terms := workers(e)
	switch x := e.(type) {
	case *Person:
		if x.Account != "" && x.Account != h.CreatedBy {
			terms = append(terms, AccessAccount(x.Account))
		}
		if !x.Consent {
			terms[0] = AccessAdmins
			return terms
		}
	case *Presentation:
		if x.Consent != nil && !*x.Consent {
			return terms
		}
	}
	if h.Status != StatusPublished {
		return terms
	}
	return append(terms, visibleTo(h.Visibility, h.Team)...)
}

// workers gives the terms of those who work on a record, in whatever state it is:
// editors, who made it, and who keeps it for its team.
func workers(e Entity) []string {
	terms := []string{AccessEditors}
	if by := e.Base().CreatedBy; by != "" {
		terms = append(terms, AccessAccount(by))
	}
	team, roles := keepers(e)
	for _, role := range roles {
		terms = append(terms, AccessTeamRole(team, role))
	}
	return terms
}

// visibleTo gives the term of those for whom a visibility is.
func visibleTo(v Visibility, team ID) []string {
	switch v {
	case VisibilityPublic:
		return []string{AccessPublic}
	case VisibilityMembers:
		return []string{AccessMembers}
	case VisibilityTeam:
		return []string{AccessTeam(team)}
	}
	return nil
}

// Reads gives the access terms that an actor may read; all is true for an actor
// who reads everything.
func (a Actor) Reads() (terms []string, all bool) {
	if a.Role == RoleSystem {
		return nil, true
	}
	terms = []string{AccessPublic}
	if !a.SignedIn() || !a.in(ScopeRead) {
		return terms, false
	}
	for _, t := range []struct {
		role Role
		term string
	}{{RoleMember, AccessMembers}, {RoleEditor, AccessEditors}, {RoleAdmin, AccessAdmins}} {
		if a.Role.AtLeast(t.role) {
			terms = append(terms, t.term)
		}
	}
	for _, m := range a.Teams {
		terms = append(terms, AccessTeam(m.Team))
		if a.Role.AtLeast(RoleMember) { // who keeps nothing of the team reads no work on it
			terms = append(terms, AccessTeamRole(m.Team, m.Role))
		}
	}
	return append(terms, AccessAccount(a.Account)), false
}

// CanRead reports whether the actor may read, and so may know of, an entity.
func (a Actor) CanRead(e Entity) bool { return a.holds(Access(e)) }

// holds reports whether the actor reads any of the access terms.
func (a Actor) holds(needed []string) bool {
	terms, all := a.Reads()
	return all || slices.ContainsFunc(terms, func(t string) bool { return slices.Contains(needed, t) })
}
