package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// slow is a write function that waits for a word, and tells what it got.
type slow struct {
	begun  chan int // how many jobs it has in hand
	finish chan error
	next   kb.Seq
}

func newSlow() *slow { return &slow{begun: make(chan int), finish: make(chan error)} }

func (s *slow) write(jobs []*store.Job) {
	s.begun <- len(jobs)
	err := <-s.finish
	for _, j := range jobs {
		for i := range j.Records {
			s.next++
			j.Results[i].Seq = s.next
		}
		j.Err = err
	}
}

// call is one Put in a goroutine.
func call(ctx context.Context, w *store.Writer, name string) <-chan error {
	done := make(chan error, 1)
	go func() {
		results, err := w.Put(ctx, []kb.Record{{ID: kb.ID(name), Version: 1}})
		if err == nil && results[0].Seq == 0 {
			err = errors.New("no number and no error")
		}
		done <- err
	}()
	return done
}

// TestWriterGroups: what comes while a write is under way goes into the next one.
func TestWriterGroups(t *testing.T) {
	s := newSlow()
	w := store.NewWriter(s.write)
	defer w.Close()
	first := call(t.Context(), w, "first")
	if got := <-s.begun; got != 1 {
		t.Fatalf("the first write has %d jobs", got)
	}
	const n = 20
	var others []<-chan error
	for i := range n {
		others = append(others, call(t.Context(), w, fmt.Sprint(i)))
	}
	for w.Queued() < n {
		runtime.Gosched()
	}
	s.finish <- nil
	if got := <-s.begun; got != n {
		t.Errorf("the second write has %d jobs, want the %d that came meanwhile", got, n)
	}
	s.finish <- nil
	for _, done := range append(others, first) {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// TestWriterCancelled: a caller that goes away while its write is under way gets
// no answer; one that goes away in the queue is not written.
func TestWriterCancelled(t *testing.T) {
	s := newSlow()
	w := store.NewWriter(s.write)
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	under := call(ctx, w, "under way")
	<-s.begun
	queued := call(ctx, w, "queued")
	cancel()
	for name, done := range map[string]<-chan error{"under way": under, "queued": queued} {
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	s.finish <- nil
	last := call(t.Context(), w, "last")
	if got := <-s.begun; got != 1 {
		t.Errorf("the next write has %d jobs, want the last one only", got)
	}
	s.finish <- nil
	if err := <-last; err != nil {
		t.Error(err)
	}
}

func TestWriterFails(t *testing.T) {
	s := newSlow()
	w := store.NewWriter(s.write)
	defer w.Close()
	done := call(t.Context(), w, "a")
	<-s.begun
	s.finish <- store.Closed()
	if err := <-done; kb.CodeOf(err) != kb.Unavailable {
		t.Errorf("got %v", err)
	}
}

// TestWriterClose: Close waits for what is under way and refuses the rest.
func TestWriterClose(t *testing.T) {
	s := newSlow()
	w := store.NewWriter(s.write)
	under := call(t.Context(), w, "under way")
	<-s.begun
	closed := make(chan struct{})
	go func() {
		w.Close()
		close(closed)
	}()
	select {
	case <-closed:
		t.Fatal("Close did not wait")
	case s.finish <- nil:
	}
	if err := <-under; err != nil {
		t.Error(err)
	}
	<-closed
	if err := <-call(t.Context(), w, "after"); kb.CodeOf(err) != kb.Unavailable {
		t.Errorf("Put after Close: got %v", err)
	}
	w.Close() // again is harmless
}

func TestReady(t *testing.T) {
	keys := []string{"b", "a", "b"}
	got := store.Ready(kb.Record{Keys: keys, Live: []byte("x")})
	if diff := cmp.Diff([]string{"a", "b"}, got.Keys); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"b", "a", "b"}, keys); diff != "" {
		t.Errorf("the caller's keys were changed (-want +got):\n%s", diff)
	}
	got = store.Ready(kb.Record{Deleted: true, Keys: keys, Live: []byte("x"), Copy: []byte("y")})
	if got.Keys != nil || got.Live != nil || got.Copy != nil {
		t.Errorf("a tombstone kept %v", got)
	}
}

func TestRefuse(t *testing.T) {
	for _, test := range []struct {
		version, stored, size int
		want                  kb.Code
	}{
		{1, 0, 10, ""},
		{5, 4, store.MaxRecord, ""},
		{5, 4, store.MaxRecord + 1, kb.TooLarge},
		{0, 0, 10, kb.Conflict},
		{2, 0, 10, kb.Conflict},
		{4, 4, 10, kb.Conflict},
		{1, 4, 10, kb.Conflict},
	} {
		r := kb.Record{Version: test.version, Live: make([]byte, test.size/2), Copy: make([]byte, test.size-test.size/2)}
		if got := kb.CodeOf(store.Refuse(r, test.stored)); got != test.want {
			t.Errorf("version %d after %d, %d bytes: got %q, want %q", test.version, test.stored, test.size, got, test.want)
		}
	}
}

func TestNotice(t *testing.T) {
	n := store.NewNotice()
	before := n.Next()
	n.Call()
	after := n.Next()
	<-before
	select {
	case <-after:
		t.Error("a channel taken after the call is closed by it")
	default:
	}
	n.Call()
	<-after
}
