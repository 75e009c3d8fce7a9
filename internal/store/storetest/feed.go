package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// testFeed has versions that are replaced: Log tells of them, Changes does not.
func testFeed(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	w := put(t, s,
		record("a", 1), record("b", 1), record("a", 2), record("c", 1), tombstone("b", 2), record("a", 3), record("d", 1))
	current := []kb.Record{w[3], w[4], w[5], w[6]}
	for _, limit := range []int{1, 2, 3, 100} {
		equal(t, fmt.Sprintf("Log by %d", limit), w, feed(t, s.Log, 0, limit))
		equal(t, fmt.Sprintf("Changes by %d", limit), current, feed(t, s.Changes, 0, limit))
	}
	equal(t, "Changes after 5", w[5:], feed(t, s.Changes, 5, 2))

	// A step over replaced versions alone has no records, and still goes on.
	got, err := s.Changes(t.Context(), 0, 3)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "a step without records", kb.Changes{Position: 3}, got)
}

func testFeedLimits(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	w := put(t, s, record("a", 1), record("b", 1), record("c", 1))
	for _, test := range []struct {
		after kb.Seq
		limit int
		want  kb.Changes
	}{
		{0, 2, kb.Changes{Records: w[:2], Position: 2}},
		{1, 1, kb.Changes{Records: w[1:2], Position: 2}},
		{2, math.MaxInt, kb.Changes{Records: w[2:], Position: 3}},
		{3, 10, kb.Changes{Position: 3}},
		{4, 10, kb.Changes{Position: 4}}, // a position that the store never gave
		{math.MaxInt64, 10, kb.Changes{Position: math.MaxInt64}},
		{1, 0, kb.Changes{Position: 1}},
	} {
		for name, read := range map[string]func(context.Context, kb.Seq, int) (kb.Changes, error){"Changes": s.Changes, "Log": s.Log} {
			got, err := read(t.Context(), test.after, test.limit)
			if err != nil {
				t.Fatalf("%s(%d, %d): %v", name, test.after, test.limit, err)
			}
			equal(t, fmt.Sprintf("%s(%d, %d)", name, test.after, test.limit), test.want, got)
		}
	}
}

// testLargeFeed has more text than a step should hold in memory: the step ends
// early, and the feed is whole.
func testLargeFeed(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	text := json.RawMessage(`"` + strings.Repeat("a", 4<<20) + `"`)
	const n = 10
	records := make([]kb.Record, n)
	for i := range records {
		records[i] = record(fmt.Sprint(i), 1)
		records[i].Live = text
	}
	put(t, s, records...)
	got, err := s.Changes(t.Context(), 0, n)
	if err != nil {
		t.Fatal(err)
	}
	if got.Position >= n || int(got.Position) != len(got.Records) {
		t.Errorf("one step came to %d with %d records", got.Position, len(got.Records))
	}
	if all := feed(t, s.Log, 0, n); len(all) != n {
		t.Errorf("got %d records, want %d", len(all), n)
	}
}

func testWait(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	put(t, s, record("a", 1))
	if err := s.Wait(t.Context(), 0); err != nil {
		t.Fatalf("Wait for a write that is there: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	stopped := make(chan error)
	go func() { stopped <- s.Wait(ctx, 1) }()
	cancel()
	if err := <-stopped; err != context.Canceled { //nolint:errorlint // the error itself is promised
		t.Errorf("Wait that was cancelled: got %v, want %v", err, context.Canceled)
	}
	for seq := kb.Seq(1); seq < 4; seq++ {
		woken := make(chan error)
		go func() { woken <- s.Wait(t.Context(), seq) }()
		put(t, s, record("a", int(seq)+1))
		if err := <-woken; err != nil {
			t.Fatalf("Wait after %d: %v", seq, err)
		}
	}
}

// testCancelled calls everything with a context that is over: its own error
// comes back and nothing is written.
func testCancelled(t *testing.T, fresh Fresh) {
	s := opened(t, fresh)
	put(t, s, record("a", 1))
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, stop := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer stop()
	for _, ctx := range []context.Context{cancelled, expired} {
		for name, err := range everyCall(ctx, s) {
			if err != ctx.Err() { //nolint:errorlint // the error itself is promised
				t.Errorf("%s: got %v, want %v", name, err, ctx.Err())
			}
		}
	}
	last, err := s.Last(t.Context())
	if err != nil || last != 1 {
		t.Errorf("Last: got %d, %v; want 1", last, err)
	}
}

// everyCall gives the error of each method.
func everyCall(ctx context.Context, s kb.Store) map[string]error {
	errs := map[string]error{}
	_, errs["Get"] = s.Get(ctx, []kb.ID{id("a")})
	_, errs["Find"] = s.Find(ctx, []string{"k"})
	_, errs["Put"] = s.Put(ctx, []kb.Record{record("b", 1)})
	_, errs["Changes"] = s.Changes(ctx, 0, 1)
	_, errs["Log"] = s.Log(ctx, 0, 1)
	_, errs["Last"] = s.Last(ctx)
	_, errs["Revisions"] = s.Revisions(ctx, id("a"), 0, 1)
	errs["Wait"] = s.Wait(ctx, 99)
	return errs
}

func testReopened(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s := open()
	w := put(t, s, record("a", 1, "k"), record("b", 1), record("a", 2, "k", "l"))
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	for range 2 {
		s = open()
		equal(t, "Log", w, feed(t, s.Log, 0, 2))
		got, _ := get(t, s, "a")
		equal(t, "Get", w[len(w)-1], got)
		holders(t, s, []string{"k", "l"}, map[string]string{"k": "a", "l": "a"})
		refused(t, s, record("c", 1, "l"), kb.KeyTaken)
		w = append(w, put(t, s, record("a", got.Version+1, "k", "l"))...)
		if err := s.Close(); err != nil {
			t.Fatalf("Close: %v", err)
		}
	}
}

func testClosed(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	put(t, s, record("a", 1))
	waiting := make(chan error)
	go func() { waiting <- s.Wait(t.Context(), 1) }()
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	if err := <-waiting; err == nil {
		t.Error("Wait that was under way: no error")
	}
	for name, err := range everyCall(t.Context(), s) {
		if got := kb.CodeOf(err); got != kb.Unavailable {
			t.Errorf("%s on a closed store: got %v, want %s", name, err, kb.Unavailable)
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
}

// testIdentity: the name of the data stays with it, and is nobody else's.
func testIdentity(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s := open()
	name := s.Identity()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := open()
	defer again.Close()
	if name == "" || again.Identity() != name {
		t.Errorf("opened again, %q is called %q", name, again.Identity())
	}
	if other := opened(t, fresh).Identity(); other == name {
		t.Errorf("two stores are called %q", name)
	}
}
