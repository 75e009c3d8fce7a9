package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Viewer is the resolver of viewer. What takes a look into the index or the store
// is looked up only when it is asked for: pages ask who is there each time.
func (r queryResolver) Viewer(ctx context.Context) (*model.Viewer, error) {
	actor := readingOf(ctx).actor
	v := &model.Viewer{Role: roleOf(actor), Creatable: r.desk.Creatable(actor), Settings: r.signInSettings()}
	v.Can = viewerActions(actor, v.Creatable)
	var err error
	if graphql.FieldRequested(ctx, "account") && actor.SignedIn() {
		if v.Account, err = r.accountOf(ctx, actor.Account); err != nil {
			return nil, err
		}
	}
	if graphql.FieldRequested(ctx, "unreadNotifications") && actor.Has(kb.RoleVisitor, kb.ScopeRead) {
		if v.UnreadNotifications, err = r.notifications.Unread(ctx, actor); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// roleOf gives the role of an actor in the words of the schema.
func roleOf(actor kb.Actor) kb.Role {
	for _, role := range slices.Backward(kb.Roles()) {
		if actor.Role.AtLeast(role) {
			return role
		}
	}
	return kb.RoleVisitor
}

// viewerActions gives what an actor may do in general. Each service decides again.
func viewerActions(actor kb.Actor, creatable []kb.Kind) []model.ViewerAction {
	organises := slices.ContainsFunc(actor.Teams, func(m kb.Membership) bool { return m.Role == kb.TeamOrganiser })
	keepsAccounts := actor.Has(kb.RoleAdmin, kb.ScopeAdmin)
	may := map[model.ViewerAction]bool{
		model.ViewerActionSignIn:         !actor.SignedIn(),
		model.ViewerActionWrite:          len(creatable) > 0,
		model.ViewerActionSeeDrafts:      actor.SignedIn() && actor.Has(kb.RoleVisitor, kb.ScopeRead),
		model.ViewerActionReview:         actor.CanEdit(),
		model.ViewerActionSeeAudit:       actor.CanEdit(),
		model.ViewerActionSeeStatistics:  actor.CanEdit(),
		model.ViewerActionEditLists:      actor.CanEdit(),
		model.ViewerActionManageTeams:    keepsAccounts || organises && actor.Has(kb.RoleVisitor, kb.ScopeAdmin),
		model.ViewerActionManageAccounts: keepsAccounts,
	}
	return slices.DeleteFunc(slices.Clone(model.AllViewerAction), func(a model.ViewerAction) bool { return !may[a] })
}

func (r *Resolver) signInSettings() *model.SignInSettings {
	s := &model.SignInSettings{OpenSignUp: r.signIn.Open}
	for _, p := range r.signIn.Providers {
		s.Providers = append(s.Providers, &model.SignInProvider{Name: p.Name, Label: p.Label, URL: p.URL})
	}
	return s
}
