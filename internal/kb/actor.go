package kb

import (
	"context"
	"slices"
)

// Role is what a person may do at most. Each role may do what the ones before it may.
type Role string

// The roles, from least to most. A person without an account is a visitor, and so
// is one who opened an account that nobody gave more rights. System is the
// operator at the command line and the program itself, never an account.
const (
	RoleVisitor Role = "VISITOR"
	RoleMember  Role = "MEMBER"
	RoleExpert  Role = "EXPERT"
	RoleEditor  Role = "EDITOR"
	RoleAdmin   Role = "ADMIN"
	RoleSystem  Role = "SYSTEM"
)

// Roles are the roles that an account can have, from least to most.
func Roles() []Role {
	return []Role{RoleVisitor, RoleMember, RoleExpert, RoleEditor, RoleAdmin}
}

// AtLeast reports whether a role may do all that another one may. The empty role
// is that of a visitor.
func (r Role) AtLeast(other Role) bool { return r.rank() >= other.rank() }

func (r Role) rank() int {
	if r == RoleSystem {
		return len(Roles())
	}
	return max(0, slices.Index(Roles(), r))
}

// TeamRole is what a person does in a team.
type TeamRole string

// The roles in a team. Each reads what is for the team; facilitators also keep its
// meetings, and organisers the team itself and who is in it.
const (
	TeamOrganiser   TeamRole = "ORGANISER"
	TeamFacilitator TeamRole = "FACILITATOR"
	TeamParticipant TeamRole = "PARTICIPANT"
)

// Membership is a place in a team: a learning circle or an organisation.
type Membership struct {
	Team ID       `json:"team"`
	Role TeamRole `json:"role"`
}

// Scope is what a token is good for; a session is good for all.
type Scope string

// The scopes. Each is a limit on top of what the account may do itself.
const (
	ScopeRead   Scope = "READ"   // reading as the account
	ScopeWrite  Scope = "WRITE"  // writing, submitting and commenting
	ScopeReview Scope = "REVIEW" // what editors do
	ScopeAdmin  Scope = "ADMIN"  // accounts, tokens and teams
)

// Scopes are all scopes.
func Scopes() []Scope { return []Scope{ScopeRead, ScopeWrite, ScopeReview, ScopeAdmin} }

// Actor is who is asking.
type Actor struct {
	// Account is who is signed in, or whose token it is; empty for a visitor and System.
	Account ID
	Name    string
	Role    Role
	Teams   []Membership
	// Token is the token by which the request came in, and Scopes what it is good
	// for. Without a token everything that the account may do is.
	Token  ID
	Scopes []Scope
	// Session is the session by which the request came in.
	Session ID
}

// Visitor is anyone from outside.
func Visitor() Actor { return Actor{Role: RoleVisitor} }

// System is the operator at the command line and the program itself.
func System() Actor { return Actor{Role: RoleSystem} }

type actorKey struct{}

// WithActor says who is asking in a request.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorOf gives who is asking in a request: a visitor unless an edge has found
// out that it is someone else.
func ActorOf(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}

// SignedIn reports whether the actor has an account.
func (a Actor) SignedIn() bool { return a.Account != "" }

// Has reports whether the actor has a role, and came in with what is good for a scope.
func (a Actor) Has(role Role, scope Scope) bool { return a.Role.AtLeast(role) && a.in(scope) }

func (a Actor) in(scope Scope) bool { return a.Token == "" || slices.Contains(a.Scopes, scope) }

// TeamRole gives what the actor does in a team, empty for nothing.
func (a Actor) TeamRole(team ID) TeamRole {
	for _, m := range a.Teams {
		if m.Team == team && team != "" {
			return m.Role
		}
	}
	return ""
}

// CanEdit reports whether the actor may do what editors do.
func (a Actor) CanEdit() bool { return a.Has(RoleEditor, ScopeReview) }
