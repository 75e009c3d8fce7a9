package kb

import (
	"context"
	"slices"
)

// Role is what a person may do at most.
type Role string

// The roles. Until there are accounts everyone is a visitor but who knows the
// token of the editors, and the commands on the operator's own machine act as System.
const (
	RoleVisitor Role = ""
	RoleEditor  Role = "editor"
	RoleSystem  Role = "system"
)

// Actor is who is asking.
type Actor struct {
	Person ID
	Role   Role
}

// Visitor is anyone from outside.
func Visitor() Actor { return Actor{} }

// System is the operator at the command line and the program itself.
func System() Actor { return Actor{Role: RoleSystem} }

// Editor is someone who keeps the lists that steer and judge the search.
func Editor() Actor { return Actor{Role: RoleEditor} }

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

// CanEdit reports whether the actor may write.
func (a Actor) CanEdit() bool { return a.Role == RoleEditor || a.Role == RoleSystem }

// The access terms: what everyone may read, and what is for editors.
const (
	AccessPublic  = "public"
	AccessEditors = "editors"
)

// Access gives the terms under which an entity may be read. It is the form of
// CanRead that an index can hold: an actor reads an entity when one of its terms
// is among Reads. A person without consent is nobody's to read, nor is a
// presentation whose speakers said no.
func Access(e Entity) []string {
	switch x := e.(type) {
	case *Person:
		if !x.Consent {
			return nil
		}
	case *Presentation:
		if x.Consent != nil && !*x.Consent {
			return nil
		}
	}
	h := e.Base()
	if h.Status != StatusPublished {
		return nil
	}
	if e.Kind() == KindJudgements {
		return []string{AccessEditors}
	}
	return visibleTo(h.Visibility)
}

func visibleTo(v Visibility) []string {
	if v == VisibilityPublic {
		return []string{AccessPublic}
	}
	return nil
}

// Reads gives the access terms that an actor may read; all is true for an actor
// who reads everything.
func (a Actor) Reads() (terms []string, all bool) {
	switch a.Role {
	case RoleSystem:
		return nil, true
	case RoleEditor:
		return []string{AccessPublic, AccessEditors}, false
	}
	return []string{AccessPublic}, false
}

// CanRead reports whether the actor may read, and so may know of, an entity.
func (a Actor) CanRead(e Entity) bool { return a.holds(Access(e)) }

// holds reports whether the actor reads any of the access terms.
func (a Actor) holds(needed []string) bool {
	terms, all := a.Reads()
	return all || slices.ContainsFunc(terms, func(t string) bool { return slices.Contains(needed, t) })
}
