package kb_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"leerkring/internal/kb"
)

// follower is an index that is somewhere, and gets further when it is told to.
type follower struct {
	mu    sync.Mutex
	at    kb.Seq
	moved chan struct{}
	waits int
}

func newFollower() *follower { return &follower{moved: make(chan struct{})} }

func (f *follower) wait(ctx context.Context, seq kb.Seq) error {
	f.mu.Lock()
	f.waits++
	f.mu.Unlock()
	for {
		f.mu.Lock()
		at, moved := f.at, f.moved
		f.mu.Unlock()
		if at >= seq {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (f *follower) reach(seq kb.Seq) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.at = seq
	close(f.moved)
	f.moved = make(chan struct{})
}

func TestReadersWaitForTheirOwnWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFollower()
		own := kb.NewOwnWrites(f.wait)
		eva, otto := kb.Actor{Account: "eva"}, kb.Actor{Account: "otto"}
		own.Note("eva", 7)
		own.Note("eva", 5) // told of later, and written before
		own.Note("", 9)
		for who, actor := range map[string]kb.Actor{"a visitor": kb.Visitor(), "the program": kb.System(), "who wrote nothing": otto} {
			if err := own.Wait(t.Context(), actor); err != nil || f.waits != 0 {
				t.Errorf("%s waited: %v", who, err)
			}
		}
		done := make(chan error, 1)
		go func() { done <- own.Wait(t.Context(), eva) }()
		synctest.Wait()
		f.reach(6)
		synctest.Wait()
		select {
		case <-done:
			t.Fatal("did not wait for the last write")
		default:
		}
		f.reach(7)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		before := f.waits
		if err := own.Wait(t.Context(), eva); err != nil || f.waits != before {
			t.Errorf("what the index has was not forgotten: %v", err)
		}
	})
}

// An index that does not get any further keeps nobody from reading.
func TestReadersDoNotWaitForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFollower()
		own := kb.NewOwnWrites(f.wait)
		own.Note("eva", 7)
		begin := time.Now()
		if err := own.Wait(t.Context(), kb.Actor{Account: "eva"}); err != nil || time.Since(begin) != 2*time.Second {
			t.Errorf("after %s: %v", time.Since(begin), err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := own.Wait(ctx, kb.Actor{Account: "eva"}); !errors.Is(err, context.Canceled) {
			t.Errorf("a reader who left: %v", err)
		}
	})
}

// What the index has of one account it has of all that wrote before.
func TestOwnWritesAreForgottenTogether(t *testing.T) {
	f := newFollower()
	own := kb.NewOwnWrites(f.wait)
	for i, account := range []kb.ID{"a", "b", "c", "d"} {
		own.Note(account, kb.Seq(i+1))
	}
	f.reach(3)
	check(t, own.Wait(t.Context(), kb.Actor{Account: "c"}))
	for _, account := range []kb.ID{"a", "b", "c"} {
		check(t, own.Wait(t.Context(), kb.Actor{Account: account}))
	}
	if f.waits != 1 {
		t.Errorf("asked the index %d times, want once", f.waits)
	}
	f.reach(4)
	check(t, own.Wait(t.Context(), kb.Actor{Account: "d"}))
	if f.waits != 2 {
		t.Errorf("the later write was forgotten")
	}
}

func TestNobodyNeedsOwnWrites(t *testing.T) {
	var none *kb.OwnWrites
	none.Note("eva", 7)
	check(t, none.Wait(t.Context(), kb.Actor{Account: "eva"}))
}

// Every search of the library waits for what its reader wrote.
func TestTheLibraryWaits(t *testing.T) {
	f := newFollower()
	own := kb.NewOwnWrites(f.wait)
	person := &kb.Person{Name: "Noor"}
	library := kb.NewLibrary(openStore(t), suggesting{Searcher: &answers{result: &kb.SearchResult{}}, person: person}, own)
	eva := kb.Actor{Account: "eva", Role: kb.RoleExpert}
	f.reach(9)
	for name, ask := range map[string]func(context.Context) error{
		"search":  func(ctx context.Context) error { return errorOf(library.Search(ctx, eva, kb.SearchRequest{})) },
		"suggest": func(ctx context.Context) error { return errorOf(library.Suggest(ctx, eva, "x", 1)) },
		"related": func(ctx context.Context) error { return errorOf(library.Related(ctx, eva, "x", 1)) },
	} {
		before := f.waits
		own.Note("eva", 8)
		if err := ask(t.Context()); err != nil || f.waits != before+1 {
			t.Errorf("%s did not wait: %v", name, err)
		}
		left, cancel := context.WithCancel(t.Context())
		cancel()
		own.Note("eva", 8)
		if err := ask(left); !errors.Is(err, context.Canceled) {
			t.Errorf("%s by who left: %v", name, err)
		}
	}
}
