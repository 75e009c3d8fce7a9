package kb_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// session writes a session of the expert that ends at a moment.
func (w *deskWorld) session(n int, ends time.Time) kb.ID {
	w.t.Helper()
	id := kb.DeriveID("session", fmt.Sprint(n))
	w.put(&kb.Session{
		Head:    kb.Head{ID: id, Slug: string(id), Status: kb.StatusPublished, Visibility: kb.VisibilityMembers, CreatedAt: w.now, UpdatedAt: w.now},
		Account: w.expert.Account, Secret: fmt.Sprintf("%064x", n), ExpiresAt: ends,
	})
	return id
}

func TestWhatIsOverIsTakenAway(t *testing.T) {
	ctx := context.Background()
	w := newDeskWorld(t)
	expiry := kb.NewExpiry(w.store, func() time.Time { return w.now })
	var short, long []kb.ID
	for i := range 700 {
		ends := w.now.Add(time.Hour)
		if i%3 == 0 {
			long = append(long, w.session(i, w.now.AddDate(0, 1, 0)))
		} else {
			short = append(short, w.session(i, ends))
		}
	}
	clean := func() int {
		t.Helper()
		n, err := expiry.Clean(ctx)
		check(t, err)
		return n
	}
	if n := clean(); n != 0 {
		t.Errorf("%d taken away too early", n)
	}
	w.now = w.now.Add(2 * time.Hour)
	if n := clean(); n != len(short) {
		t.Errorf("%d of %d taken away", n, len(short))
	}
	found, err := w.store.Get(ctx, append(short, long...))
	check(t, err)
	for i, id := range append(short, long...) {
		if r := found[id]; r.Deleted != (i < len(short)) {
			t.Fatalf("session %d: deleted is %v", i, r.Deleted)
		}
	}
	if free, err := w.store.Find(ctx, []string{kb.SessionKey(fmt.Sprintf("%064x", 1))}); err != nil || len(free) > 0 {
		t.Errorf("the key of one that is over finds %v, %v", free, err)
	}
	w.now = w.now.AddDate(0, 2, 0)
	if n := clean(); n != len(long) {
		t.Errorf("a month later %d of %d", n, len(long))
	}
	// It remembers how far it came: another process does not read everything again.
	last, err := w.store.Last(ctx)
	check(t, err)
	if clean() != 0 {
		t.Error("taken away twice")
	}
	after, err := w.store.Last(ctx)
	check(t, err)
	if after > last+2 {
		t.Errorf("with nothing to do, %d writes", after-last)
	}
}
