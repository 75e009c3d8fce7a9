package search

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"leerkring/internal/kb"
)

// numbered is the document that step n of a growing index adds.
func numbered(n int) kb.Document {
	return publicCase(fmt.Sprintf("huis %d", n), func(d *kb.Document) { d.Body = fmt.Sprintf("tekst van %d", n) })
}

// Searches, paging, commits, rebuilds and refreshing go on at the same time until
// the index is closed under them. Step n adds one document, so whatever a search
// sees, it sees as many as its position says.
func TestEverythingAtOnce(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, numbered(1))
	var work sync.WaitGroup
	for range 3 {
		work.Go(func() { searchUntilClosed(t, x) })
	}
	work.Go(func() { refreshUntilClosed(t, x) })
	last := 60
	for n := 2; n <= last; n++ {
		put(t, x, kb.Seq(n), numbered(n))
		if n%20 == 0 {
			rebuildTo(t, x, n)
		}
		if n%15 == 0 {
			if err := x.Flush(t.Context()); err != nil {
				t.Error(err)
			}
		}
	}
	if got := ask(t, x, kb.SearchRequest{Text: "huis"}); got.Total != last {
		t.Errorf("%d of %d in the end", got.Total, last)
	}
	if err := x.Close(); err != nil {
		t.Error(err)
	}
	work.Wait()
}

// searchUntilClosed pages through everything, again and again.
func searchUntilClosed(t *testing.T, x *Index) {
	for {
		seen := map[kb.ID]bool{}
		req := kb.SearchRequest{Text: "huis", First: 9, Highlights: true, Facets: []kb.FacetField{kb.FacetType}}
		for {
			res, err := x.Search(context.Background(), kb.Visitor(), req)
			if kb.CodeOf(err) == kb.Unavailable {
				return
			}
			if err != nil {
				t.Error(err)
				return
			}
			if res.Total != int(res.Position) || res.Facets[0].Buckets[0].Count != res.Total {
				t.Errorf("at %d: %d found, facet %v", res.Position, res.Total, res.Facets[0].Buckets)
				return
			}
			for _, h := range res.Hits {
				seen[h.Entity.Base().ID] = true
				req.After = h.Cursor
			}
			if !res.HasNextPage {
				if len(seen) != res.Total {
					t.Errorf("pages show %d of %d", len(seen), res.Total)
				}
				break
			}
		}
	}
}

// refreshUntilClosed does what sweep does, all the time.
func refreshUntilClosed(t *testing.T, x *Index) {
	for {
		x.mu.Lock()
		if x.current == nil {
			x.mu.Unlock()
			return
		}
		err := x.refresh()
		x.mu.Unlock()
		if err != nil {
			t.Error(err)
			return
		}
		x.views.expire()
	}
}

func rebuildTo(t *testing.T, x *Index, n int) {
	r, err := x.Rebuild()
	for i := 1; err == nil && i <= n; i++ {
		err = r.Commit(t.Context(), kb.Step{Documents: []kb.Document{numbered(i)}, Position: kb.Seq(i)})
	}
	if err == nil {
		err = r.Swap()
	}
	if err != nil {
		t.Error(err)
	}
}

// copyFolder copies what is there while others write to it.
func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(from, name)
		switch {
		case errors.Is(err, fs.ErrNotExist) || (err == nil && d.Name() == "lock"):
			return nil
		case err != nil:
			return err
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		b, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // merged away meanwhile
		}
		return errors.Join(err, os.WriteFile(filepath.Join(to, rel), b, 0o600))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkCopy opens a copy: it is current or healed, not ahead of what was
// committed, and holds just the documents of its position.
func checkCopy(t *testing.T, dir string, committed kb.Seq) (State, kb.Seq) {
	t.Helper()
	x, state, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	position := x.Position()
	if position > committed || (state != Current && position != 0) {
		t.Errorf("a copy is %s at %d of %d", state, position, committed)
	}
	diff, err := x.Compare(t.Context(), func(yield func(kb.Document) error) error {
		for n := 1; n <= int(position); n++ {
			if err := yield(numbered(n)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || !diff.None() {
		t.Errorf("a copy that is %s at %d: %+v, %v", state, position, diff, err)
	}
	return state, position
}

// Killed at any moment, an index is as it was at some position, or is noticed to
// be damaged; what was flushed is there.
func TestKilledAtAnyMoment(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir, Options{})
	kept := 0
	for round := range 6 {
		first := round*20 + 1
		var copying sync.WaitGroup
		to := t.TempDir()
		copying.Go(func() { copyFolder(t, dir, to) })
		for n := first; n < first+20; n++ {
			put(t, x, kb.Seq(n), numbered(n))
		}
		copying.Wait()
		checkCopy(t, to, x.Position())
		if err := x.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		to = t.TempDir()
		copyFolder(t, dir, to)
		state, position := checkCopy(t, to, x.Position())
		if state == Current && position != x.Position() {
			t.Errorf("flushed to %d, a copy is at %d", x.Position(), position)
		}
		if state == Current {
			kept++
		}
	}
	if kept == 0 { // a merge may write while one copies, but not each time
		t.Error("no copy of a flushed index could be used")
	}
}
