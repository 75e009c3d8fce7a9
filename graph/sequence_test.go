package graph_test

import (
	"testing"

	"leerkring/internal/kb"
)

// Between two writes of their own a guest asks a new password for an address, and
// compares the numbers of the writes: had an account been there, a mail would have
// been written between. So a guest and a member read no numbers; who writes by
// profession does.
func TestSequenceIsForExperts(t *testing.T) {
	w := newWorld(t)
	for _, who := range []kb.Actor{guest(), member(), expert(), editor(), admin()} {
		got := answer[struct {
			SetMailMode struct {
				Sequence *int
				Account  *struct{ ID kb.ID }
			}
		}](t, w.as(who), `mutation { setMailMode(input: {mode: AT_ONCE}) { sequence account { id } } }`, "{}").SetMailMode
		if got.Account == nil || (got.Sequence != nil) != who.Role.AtLeast(kb.RoleExpert) {
			t.Errorf("%s: %+v", who.Role, got)
		}
	}
}
