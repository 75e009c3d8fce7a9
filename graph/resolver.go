package graph

import (
	"context"
	"time"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

// Resolver is the root of the resolvers. Each noun has its own file.
type Resolver struct {
	library       *kb.Library
	editorial     *kb.Editorial
	desk          *kb.Desk
	gazetteer     *kb.Gazetteer
	accounts      *kb.Accounts
	notifications *kb.Notifications
	files         *kb.Files
	signIn        SignIn
	now           func() time.Time
	baseURL       string
	ready         func() bool
}

var _ exec.ResolverRoot = (*Resolver)(nil)

// noun resolves what all kinds of records share.
type noun[E kb.Entity] struct{ *Resolver }

// URL is the resolver of url.
func (r noun[E]) URL(_ context.Context, e E) (string, error) {
	return r.baseURL + kb.Path(e), nil
}

// sequence gives the number of a write to experts and above, and to nobody else:
// between two of them is what others wrote, which a guest could count.
func sequence(ctx context.Context, seq kb.Seq) *int {
	if !readingOf(ctx).actor.Role.AtLeast(kb.RoleExpert) {
		return nil
	}
	return positive(int(seq))
}

// positive gives a number that is unknown when it is zero.
func positive(n int) *int {
	if n <= 0 {
		return nil
	}
	return &n
}
