package search

import (
	"crypto/rand"
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"leerkring/internal/kb"
)

// view is an unchanging snapshot of the index with its columns.
type view struct {
	id       uint64 // names it in cursors, unique in this process
	gen      *generation
	snapshot *scorch.IndexSnapshot
	segments []part
	// position is the last that has these documents.
	position atomic.Uint64
	sets     readableSets
	results  results
	lexicon  viewLexicon

	refs        int // guarded by views.mu
	pinnedUntil time.Time
}

// part is one segment of a view.
type part struct {
	*scorch.SegmentSnapshot
	cols *columns
}

// views holds the newest view and those that cursors keep.
type views struct {
	process uint64 // names this process in cursors
	pinFor  time.Duration
	now     func() time.Time

	mu      sync.Mutex
	newest  *view
	pinned  map[uint64]*view // nil once closed
	counter uint64
}

// maxPinned bounds the views that cursors keep. Each distinct view is one commit
// that somebody paged from. The indexer commits every 50 ms at most, which is
// 6,200 in the time that a cursor keeps its view; past the bound the oldest
// cursors go on from their sort key.
const maxPinned = 6400

func newViews(pinFor time.Duration, now func() time.Time) *views {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return &views{process: binary.BigEndian.Uint64(b[:]), pinFor: pinFor, now: now, pinned: map[uint64]*view{}}
}

// refresh makes the newest snapshot of a generation the one that searches use.
// One caller at a time.
func (vs *views) refresh(g *generation) error {
	r, err := g.index.Reader()
	if err != nil {
		return err
	}
	snapshot := r.(*scorch.IndexSnapshot)
	old := vs.acquire()
	if old != nil {
		defer vs.release(old)
		if old.snapshot == snapshot {
			return snapshot.Close()
		}
	}
	position, err := positionOf(snapshot)
	if err == nil && old != nil && old.gen == g && sameDocuments(old.snapshot, snapshot) {
		// What was written is in no index, like a session: all that is remembered stays.
		old.position.Store(uint64(position))
		return snapshot.Close()
	}
	var v *view
	if err == nil {
		v, err = newView(g, snapshot, old)
	}
	if err != nil {
		_ = snapshot.Close()
		return err
	}
	v.position.Store(uint64(position))
	g.retain()
	vs.mu.Lock()
	vs.counter++
	v.id = vs.counter
	previous := vs.newest
	vs.newest = v
	vs.mu.Unlock()
	if previous != nil {
		previous.results.forget()
		previous.sets.forget()
		vs.release(previous)
	}
	return nil
}

// newView reads the columns of the segments that old does not share.
func newView(g *generation, snapshot *scorch.IndexSnapshot, old *view) (*view, error) {
	known := map[uint64]*columns{}
	if old != nil && old.gen == g {
		for _, p := range old.segments {
			known[p.Id()] = p.cols
		}
	}
	v := &view{gen: g, snapshot: snapshot, refs: 1}
	for _, s := range snapshot.Segments() {
		cols := known[s.Id()]
		if cols == nil || cols.docs != int(s.FullSize()) {
			var err error
			if cols, err = loadColumns(s.Segment()); err != nil {
				return nil, err
			}
		}
		v.segments = append(v.segments, part{SegmentSnapshot: s, cols: cols})
	}
	return v, nil
}

func positionOf(snapshot *scorch.IndexSnapshot) (kb.Seq, error) {
	b, err := snapshot.GetInternal(keyPosition)
	if err != nil {
		return 0, err
	}
	return decodePosition(b)
}

// sameDocuments reports whether two snapshots of one generation, of which b is the
// later, hold the same documents in the same segments. Deletions only grow, so
// that as many are the same.
func sameDocuments(a, b *scorch.IndexSnapshot) bool {
	return slices.EqualFunc(a.Segments(), b.Segments(), func(x, y *scorch.SegmentSnapshot) bool {
		return x.Segment() == y.Segment() && x.Count() == y.Count()
	})
}

// isNewest reports whether a view is the one that new searches use.
func (vs *views) isNewest(v *view) bool {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	return vs.newest == v
}

// acquire gives the newest view, to be released.
func (vs *views) acquire() *view {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	if vs.newest != nil {
		vs.newest.refs++
	}
	return vs.newest
}

// pinnedView gives a view that a cursor of this process names, to be released,
// or nil when it is gone.
func (vs *views) pinnedView(process, id uint64) *view {
	if process != vs.process {
		return nil
	}
	vs.mu.Lock()
	defer vs.mu.Unlock()
	v := vs.pinned[id]
	if v == nil || v.pinnedUntil.Before(vs.now()) {
		return nil
	}
	v.refs++
	return v
}

// pin keeps a view for cursors that name it. A search that ends after close
// keeps none: nothing would ever let go of it.
func (vs *views) pin(v *view) {
	if gone := vs.pinFirst(v); gone != nil {
		vs.release(gone)
	}
}

// pinFirst pins a view and gives the one that had to go for it, if any.
func (vs *views) pinFirst(v *view) (gone *view) {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	if vs.pinned == nil {
		return nil
	}
	if vs.pinned[v.id] == nil {
		if len(vs.pinned) >= maxPinned {
			gone = vs.oldest()
			delete(vs.pinned, gone.id)
		}
		v.refs++
		vs.pinned[v.id] = v
	}
	v.pinnedUntil = vs.now().Add(vs.pinFor)
	return gone
}

// oldest gives the pinned view that would be let go of first; vs.mu is held.
func (vs *views) oldest() *view {
	var first *view
	for _, v := range vs.pinned {
		if first == nil || v.pinnedUntil.Before(first.pinnedUntil) {
			first = v
		}
	}
	return first
}

// expire lets go of views whose cursors are too old.
func (vs *views) expire() {
	now := vs.now()
	var gone []*view
	vs.mu.Lock()
	for id, v := range vs.pinned {
		if v.pinnedUntil.Before(now) {
			delete(vs.pinned, id)
			gone = append(gone, v)
		}
	}
	vs.mu.Unlock()
	for _, v := range gone {
		vs.release(v)
	}
}

func (vs *views) release(v *view) {
	vs.mu.Lock()
	v.refs--
	last := v.refs == 0
	vs.mu.Unlock()
	if last {
		_ = v.snapshot.Close()
		_ = v.gen.release()
	}
}

func (vs *views) position() kb.Seq {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	if vs.newest == nil {
		return 0
	}
	return kb.Seq(vs.newest.position.Load())
}

// close lets go of everything; searches that are under way let go of their view.
func (vs *views) close() {
	vs.mu.Lock()
	gone := make([]*view, 0, len(vs.pinned)+1)
	for _, v := range vs.pinned {
		gone = append(gone, v)
	}
	if vs.newest != nil {
		gone = append(gone, vs.newest)
	}
	vs.pinned, vs.newest = nil, nil
	vs.mu.Unlock()
	for _, v := range gone {
		vs.release(v)
	}
}
