package search

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// openFiles gives the files below a folder that this process has open, or skips
// where the system does not tell.
func openFiles(t *testing.T, dir string) []string {
	t.Helper()
	links, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("the system does not tell which files are open: no /proc/self/fd")
	}
	var out []string
	for _, l := range links {
		name, err := os.Readlink(filepath.Join("/proc/self/fd", l.Name()))
		if err == nil && strings.HasPrefix(name, dir+string(filepath.Separator)) {
			out = append(out, name)
		}
	}
	return out
}

func refs(x *Index, v *view) int {
	x.views.mu.Lock()
	defer x.views.mu.Unlock()
	return v.refs
}

func TestPinnedViewLivesUntilItExpires(t *testing.T) {
	clock := newClock()
	x := openIndex(t, t.TempDir(), Options{Now: clock.Now, PinFor: time.Minute})
	put(t, x, 1, publicCase("huis", nil))
	v := x.views.acquire()
	x.views.pin(v)
	x.views.pin(v)
	if got := refs(x, v); got != 3 { // the newest, this test, and the cursors
		t.Errorf("%d uses", got)
	}
	x.views.release(v)
	put(t, x, 2, publicCase("boom", nil))
	if got := refs(x, v); got != 1 {
		t.Errorf("%d uses of a view that only cursors keep", got)
	}
	if x.views.pinnedView(x.views.process+1, v.id) != nil || x.views.pinnedView(x.views.process, v.id+100) != nil {
		t.Error("a view of another process, or another view")
	}
	clock.advance(time.Minute)
	x.views.expire()
	if got := x.views.pinnedView(x.views.process, v.id); got != v {
		t.Fatalf("at its last moment: %v", got)
	}
	clock.advance(time.Nanosecond)
	x.views.expire() // the test still uses it
	if got := refs(x, v); got != 1 {
		t.Errorf("%d uses of an expired view in use", got)
	}
	x.views.release(v)
	if got := refs(x, v); got != 0 || x.views.pinnedView(x.views.process, v.id) != nil {
		t.Errorf("%d uses in the end", got)
	}
}

func TestExpiredViewIsNotFoundBeforeItIsSwept(t *testing.T) {
	clock := newClock()
	vs := newViews(time.Minute, clock.Now)
	v := &view{id: 7, refs: 1}
	vs.pin(v)
	clock.advance(time.Minute + 1)
	if vs.pinnedView(vs.process, 7) != nil {
		t.Error("an expired view is given out")
	}
	vs.pin(v)
	if vs.pinnedView(vs.process, 7) != v || v.refs != 3 {
		t.Errorf("pinned again it has %d uses", v.refs)
	}
}

// A worker that looks for work many times a second must not keep the view of each look.
func TestPassingSearchesKeepNoView(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("huis", nil), publicCase("huizen", nil))
	ask := func(passing bool, after string) *kb.SearchResult {
		t.Helper()
		res, err := x.Search(t.Context(), kb.Visitor(), kb.SearchRequest{Sort: kb.SortTitle, First: 1, After: after, Passing: passing})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	for range 2 { // the second answer is remembered
		if res := ask(true, ""); !res.HasNextPage || len(x.views.pinned) != 0 {
			t.Fatalf("more: %v; %d views are kept", res.HasNextPage, len(x.views.pinned))
		}
	}
	first := ask(true, "")
	put(t, x, 2, publicCase("zolder", nil)) // another view
	if second := ask(true, first.Hits[0].Cursor); len(second.Hits) != 1 || second.Hits[0].Entity.Label() == first.Hits[0].Entity.Label() {
		t.Errorf("after %q came %+v", first.Hits[0].Entity.Label(), second.Hits)
	}
	if ask(false, ""); len(x.views.pinned) != 1 {
		t.Errorf("%d views are kept for who pages on", len(x.views.pinned))
	}
}

func TestPinsAreBounded(t *testing.T) {
	clock := newClock()
	vs := newViews(time.Minute, clock.Now)
	oldest := &view{id: 1, refs: 2} // a search is still using it
	vs.pin(oldest)
	clock.advance(time.Second)
	for i := range uint64(maxPinned - 1) {
		vs.pin(&view{id: i + 2, refs: 1})
	}
	more := &view{id: maxPinned + 1, refs: 1}
	vs.pin(more)
	if len(vs.pinned) != maxPinned || more.refs != 2 || oldest.refs != 2 || vs.pinned[1] != nil {
		t.Errorf("%d pinned, one more has %d uses, the oldest %d", len(vs.pinned), more.refs, oldest.refs)
	}
	clock.advance(30 * time.Second)
	known := vs.pinned[5]
	vs.pin(known)
	if known.refs != 2 || !known.pinnedUntil.Equal(clock.Now().Add(time.Minute)) {
		t.Errorf("a pinned one is kept until %v with %d uses", known.pinnedUntil, known.refs)
	}
}

func TestRefreshWithoutNewsKeepsTheView(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir, Options{})
	put(t, x, 1, publicCase("huis", nil))
	mergeAll(t, x)
	before := x.views.newest
	for range 3 {
		x.mu.Lock()
		err := x.refresh()
		x.mu.Unlock()
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := x.views.newest; got.snapshot == before.snapshot && got.id != before.id {
		t.Errorf("view %d became %d of the same snapshot", before.id, got.id)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string(nil), openFiles(t, dir)); d != "" {
		t.Errorf("these are open: %s", d)
	}
}

// After hundreds of commits, each paged through, nothing is kept beyond its time
// and nothing is open after closing.
func TestNothingStays(t *testing.T) {
	clock := newClock()
	dir := t.TempDir()
	x := openIndex(t, dir, Options{Now: clock.Now, PinFor: time.Minute})
	seen := map[uint64]*view{}
	for i := range 200 {
		put(t, x, kb.Seq(i+1), publicCase(fmt.Sprint("huis ", i%20), nil), publicCase(fmt.Sprint("boom ", i%7), nil))
		ask(t, x, kb.SearchRequest{First: 1}) // there is a next page, so its view is kept
		if i%50 == 0 {
			if err := x.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		x.views.mu.Lock()
		for id, v := range x.views.pinned {
			seen[id] = v
		}
		x.views.mu.Unlock()
		clock.advance(time.Second)
		if i%10 == 9 {
			x.views.expire()
		}
	}
	if len(x.views.pinned) > 70 || len(seen) < 200 {
		t.Errorf("%d of %d views are kept for a minute, with one a second", len(x.views.pinned), len(seen))
	}
	g := x.current
	if len(openFiles(t, dir)) == 0 {
		t.Error("nothing is open of an open index")
	}
	clock.advance(2 * time.Minute)
	x.views.expire()
	newest := x.views.newest
	for id, v := range seen {
		if got := refs(x, v); (v == newest && got != 1) || (v != newest && got != 0) {
			t.Errorf("view %d has %d uses", id, got)
		}
	}
	if g.refs != 2 { // the index and its newest view
		t.Errorf("%d uses of the generation", g.refs)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string(nil), openFiles(t, dir)); d != "" || g.refs != 0 {
		t.Errorf("after closing, with %d uses, these are open: %s", g.refs, d)
	}
}

func TestSearchUnderWayOutlivesClose(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir, Options{})
	put(t, x, 1, publicCase("huis", nil))
	v := x.views.acquire()
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	res, err := x.search(t.Context(), v, kb.System(), compile(kb.SearchRequest{Text: "huis"}), kb.SearchRequest{First: 2}, nil)
	if err != nil || res.Total != 1 || res.Hits[0].Entity.Label() != "huis" {
		t.Errorf("%+v, %v", res, err)
	}
	// Its cursors kept the view for ever, and with it the lock on root.bolt.
	x.views.pin(v)
	x.views.release(v)
	if d := cmp.Diff([]string(nil), openFiles(t, dir)); d != "" {
		t.Errorf("these are open: %s", d)
	}
}

// The folder of a replaced generation goes with the last cursor that needs it.
func TestReplacedGenerationGoesWithItsLastCursor(t *testing.T) {
	clock := newClock()
	dir := t.TempDir()
	x := openIndex(t, dir, Options{Now: clock.Now, PinFor: time.Minute})
	put(t, x, 1, publicCase("a", nil), publicCase("b", nil), publicCase("c", nil))
	req := kb.SearchRequest{First: 1, Sort: kb.SortTitle}
	req.After = ask(t, x, req).Hits[0].Cursor
	old := x.current
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Commit(t.Context(), kb.Step{Documents: []kb.Document{publicCase("a2", nil), publicCase("b", nil), publicCase("c", nil)}, Position: 2}); err != nil {
		t.Fatal(err)
	}
	if err := r.Swap(); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, x, req); got.Hits[0].Entity.Label() != "b" || got.Position != 1 || len(generations(t, dir)) != 2 {
		t.Errorf("the next page begins with %q at %d", got.Hits[0].Entity.Label(), got.Position)
	}
	clock.advance(time.Minute + 1)
	x.views.expire()
	if d := cmp.Diff([]string{x.current.dir}, generations(t, dir)); d != "" || old.refs != 0 {
		t.Errorf("with %d uses: %s", old.refs, d)
	}
	if d := cmp.Diff([]string(nil), openFiles(t, old.dir)); d != "" {
		t.Errorf("these are open: %s", d)
	}
	if got := ask(t, x, req); got.Hits[0].Entity.Label() != "a2" || got.Position != 2 {
		t.Errorf("after that the next page begins with %q at %d", got.Hits[0].Entity.Label(), got.Position)
	}
}
