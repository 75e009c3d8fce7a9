package search

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

// generation is one index on disk. There is one writer; readers take snapshots.
// Batches are visible at once and reach the disk a moment later, in order, each
// with its position, so that a crash only means following the feed from an
// earlier position.
type generation struct {
	dir     string
	index   *scorch.Scorch
	queue   *index.AnalysisQueue
	words   *dutch.Analyzer
	ranking *Ranking
	// unpersisted bounds what is visible but not yet on disk.
	unpersisted *budget
	// refs counts the views and the Index; at zero the generation is closed.
	mu   sync.Mutex
	refs int
	drop bool // remove the folder when closed
}

// Keys of the index's own values.
var (
	keyFingerprint = []byte("leerkring.fingerprint")
	keyPosition    = []byte("leerkring.position")
)

// memory for batches that are visible but not on disk, in bytes of text.
const unpersistedBudget = 24 << 20

// openGeneration opens a folder, making a new index when it is empty.
func openGeneration(dir string, words *dutch.Analyzer, ranking *Ranking, workers int) (*generation, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	queue := index.NewAnalysisQueue(workers)
	config := map[string]any{
		"path":         dir,
		"bolt_timeout": "1s",
		"unsafe_batch": true,
		// The nap lets small batches reach the disk together, and keeps a full
		// disk from being tried without pause.
		"scorchPersisterOptions": map[string]any{"PersisterNapTimeMSec": 50, "PersisterNapUnderNumFiles": 500},
	}
	idx, err := scorch.NewScorch(scorch.Name, config, queue)
	if err != nil {
		queue.Close()
		return nil, err
	}
	if err := idx.Open(); err != nil {
		queue.Close()
		return nil, err
	}
	return &generation{
		dir: dir, index: idx.(*scorch.Scorch), queue: queue, words: words, ranking: ranking,
		unpersisted: newBudget(unpersistedBudget), refs: 1,
	}, nil
}

// remove deletes every document of records.
func (g *generation) remove(batch *index.Batch, records []kb.ID) error {
	r, err := g.index.Reader()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	for _, id := range records {
		batch.Delete(documentID(id, false, 0))
		batch.Delete(documentID(id, true, 0))
	}
	for _, s := range r.(*scorch.IndexSnapshot).Segments() {
		if err := eachCompanion(s.Segment(), records, batch.Delete); err != nil {
			return err
		}
	}
	return nil
}

// eachCompanion names the leaves and variants of records in a segment, deleted ones
// included.
func eachCompanion(seg segment.Segment, records []kb.ID, visit func(name string)) error {
	values, err := seg.Dictionary(fieldValues)
	if err != nil {
		return err
	}
	first, err := values.AutomatonIterator(nil, []byte{letterLeaf}, []byte{letterMore + 1}).Next()
	if err != nil || first == nil {
		return err // nothing here has any
	}
	for _, id := range records {
		err := eachTerm(seg, "_id", string(id)+variantMark, string(id)+copyMark+"\xff", func(name string, _ []uint32) { visit(name) })
		if err != nil {
			return err
		}
	}
	return nil
}

// flush waits until all that is visible is on disk.
func (g *generation) flush(ctx context.Context) error {
	done := make(chan struct{})
	batch := index.NewBatch()
	position, err := g.position()
	if err != nil {
		return err
	}
	batch.SetInternal(keyPosition, encodePosition(position))
	var once sync.Once
	batch.SetPersistedCallback(func(error) { once.Do(func() { close(done) }) })
	if err := g.index.Batch(batch); err != nil {
		return err
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stamp marks a new index as made by this code, at position 0.
func (g *generation) stamp(fingerprint string) error {
	batch := index.NewBatch()
	batch.SetInternal(keyFingerprint, []byte(fingerprint))
	batch.SetInternal(keyPosition, encodePosition(0))
	return g.index.Batch(batch)
}

func (g *generation) internal(key []byte) ([]byte, error) {
	r, err := g.index.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	return r.GetInternal(key)
}

func (g *generation) position() (kb.Seq, error) {
	v, err := g.internal(keyPosition)
	if err != nil {
		return 0, err
	}
	return decodePosition(v)
}

// encodePosition writes a position with a checksum, since nothing below keeps one.
func encodePosition(p kb.Seq) []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(p))
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

func decodePosition(b []byte) (kb.Seq, error) {
	if len(b) != 12 || crc32.ChecksumIEEE(b[:8]) != binary.BigEndian.Uint32(b[8:]) {
		return 0, fmt.Errorf("position of %d bytes does not match its checksum", len(b))
	}
	return kb.Seq(binary.BigEndian.Uint64(b)), nil
}

func (g *generation) retain() {
	g.mu.Lock()
	g.refs++
	g.mu.Unlock()
}

// release gives up one use; the last one closes the index and, when it was
// replaced, removes it.
func (g *generation) release() error {
	g.mu.Lock()
	g.refs--
	last := g.refs == 0
	g.mu.Unlock()
	if !last {
		return nil
	}
	err := g.index.Close()
	g.queue.Close()
	if g.drop {
		if rmErr := os.RemoveAll(g.dir); err == nil {
			err = rmErr
		}
	}
	return err
}

// budget is a counting semaphore that lets a single large claim through when
// nothing else is out.
type budget struct {
	mu      sync.Mutex
	free    int
	full    int
	changed chan struct{}
}

func newBudget(n int) *budget { return &budget{free: n, full: n, changed: make(chan struct{})} }

func (b *budget) take(ctx context.Context, n int) error {
	for {
		b.mu.Lock()
		if b.free >= n || b.free == b.full {
			b.free -= n
			b.mu.Unlock()
			return nil
		}
		changed := b.changed
		b.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (b *budget) give(n int) {
	b.mu.Lock()
	b.free += n
	close(b.changed)
	b.changed = make(chan struct{})
	b.mu.Unlock()
}
