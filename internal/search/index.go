package search

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

// State is what Open found.
type State string

// The states of an index. With any but Current, Open starts an empty one, and
// following the feed from position 0 fills it.
const (
	Missing  State = "missing"
	Damaged  State = "damaged"
	Outdated State = "outdated"
	Current  State = "current"
)

// version is part of the fingerprint: it changes whenever documents are laid
// out in another way.
const version = "6"

const (
	lockTimeout = time.Second
	currentName = "CURRENT"
)

// Options tune an index.
type Options struct {
	// Fingerprint names the data outside this package that documents are made
	// with, like the edition of the regions; another one means Outdated.
	Fingerprint string
	// Replace is asked before an outdated index is given up, with how far it had
	// come; its error ends Open, and the index stays.
	Replace func(position kb.Seq) error
	// Ranking is DefaultRanking when nil.
	Ranking *Ranking
	// NoCache makes every search anew, for measuring.
	NoCache bool
	// PinFor is how long a cursor keeps its snapshot, 5 minutes and 10 seconds when 0.
	PinFor time.Duration
	// Now is the clock, time.Now when nil.
	Now func() time.Time
	Log *slog.Logger
}

// Index is what searches and the indexer use. Underneath lies one generation at
// a time; a rebuild makes the next one beside it and swaps.
type Index struct {
	dir         string
	fingerprint string
	opts        Options
	words       *dutch.Analyzer
	corrector   *corrector
	ranking     Ranking
	places      *kb.Gazetteer
	scratches   scratches
	lock        *flock.Flock
	views       *views
	lexicons    lexicons

	mu      sync.Mutex  // held while committing and swapping
	current *generation // nil once closed

	stop   chan struct{}
	done   sync.WaitGroup
	closed sync.Once
}

// Open opens the index in dir. InUse when another process has it; a damaged or
// outdated one is set aside and never an error.
func Open(dir string, opts Options) (*Index, State, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.PinFor == 0 {
		opts.PinFor = 5*time.Minute + 10*time.Second
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, "", ioError(err, dir)
	}
	lock, err := hold(dir)
	if err != nil {
		return nil, "", err
	}
	x := &Index{dir: dir, opts: opts, words: dutch.New(), ranking: DefaultRanking(), places: kb.NewGazetteer(), lock: lock, stop: make(chan struct{})}
	if opts.Ranking != nil {
		x.ranking = *opts.Ranking
	}
	x.fingerprint = strings.Join([]string{version, dutch.Version(), x.ranking.indexed(), opts.Fingerprint}, " ")
	x.views = newViews(opts.PinFor, opts.Now)
	if x.corrector, err = newCorrector(x.words); err != nil {
		_ = lock.Unlock()
		return nil, "", err
	}
	state, err := x.open()
	if err != nil {
		_ = lock.Unlock()
		return nil, "", err
	}
	x.done.Go(x.sweep)
	return x, state, nil
}

// hold takes the index for this process. The lock is the operating system's: it
// goes when the process goes, however it ends.
func hold(dir string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(dir, "lock"))
	held, err := lock.TryLock()
	if err != nil {
		return nil, ioError(err, dir)
	}
	if !held {
		return nil, kb.Errorf(kb.InUse, kb.Text{
			NL: "De zoekindex in %s is in gebruik door een ander Leerkring-proces. Stop dat proces, of kies een andere map met --data.",
			EN: "The search index in %s is in use by another Leerkring process. Stop that process, or choose another folder with --data.",
		}, dir)
	}
	return lock, nil
}

// open finds the current generation, or starts one.
func (x *Index) open() (State, error) {
	g, state, err := x.load()
	if err != nil {
		return "", err
	}
	if g == nil {
		if g, err = x.create(); err != nil {
			return "", err
		}
		if err := x.makeCurrent(g); err != nil {
			return "", errors.Join(err, g.release())
		}
	}
	x.current = g
	x.removeOthers(filepath.Base(g.dir))
	if err := x.refresh(); err != nil {
		return "", errors.Join(err, g.release())
	}
	return state, nil
}

// load opens the generation that CURRENT names; nil when there is none to use.
func (x *Index) load() (*generation, State, error) {
	name, err := os.ReadFile(filepath.Join(x.dir, currentName))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, Missing, nil
		}
		return nil, x.damaged(err), nil
	}
	base := strings.TrimSpace(string(name))
	if !strings.HasPrefix(base, "gen-") || base != filepath.Base(base) {
		return nil, x.damaged(fmt.Errorf("CURRENT names %q", base)), nil
	}
	dir := filepath.Join(x.dir, base)
	if err := examine(dir); err != nil {
		return nil, x.damaged(err), nil
	}
	g, err := openGeneration(dir, x.words, &x.ranking, runtime.GOMAXPROCS(0))
	if err != nil {
		return nil, x.damaged(err), nil
	}
	state, err := x.suits(g)
	if state == Current {
		return g, Current, nil
	}
	if err != nil {
		x.damaged(err)
		return nil, state, g.release()
	}
	position, err := g.position()
	if err == nil && x.opts.Replace != nil {
		err = x.opts.Replace(position)
	}
	return nil, state, errors.Join(err, g.release())
}

// suits tells whether an opened generation can be used.
func (x *Index) suits(g *generation) (State, error) {
	made, err := g.internal(keyFingerprint)
	if err != nil {
		return Damaged, err
	}
	if made == nil {
		return Damaged, errors.New("no snapshot of the index could be loaded")
	}
	if string(made) != x.fingerprint {
		return Outdated, nil
	}
	if _, err := g.position(); err != nil {
		return Damaged, err
	}
	return Current, nil
}

func (x *Index) damaged(err error) State {
	x.opts.Log.Warn("the search index is damaged and is built anew", "cause", err)
	return Damaged
}

// create makes an empty generation. It is nobody's until makeCurrent names it,
// so a crash leaves only a folder that the next Open removes.
func (x *Index) create() (*generation, error) {
	var random [6]byte
	if _, err := rand.Read(random[:]); err != nil {
		return nil, err
	}
	dir := filepath.Join(x.dir, "gen-"+hex.EncodeToString(random[:]))
	g, err := openGeneration(dir, x.words, &x.ranking, runtime.GOMAXPROCS(0))
	if err != nil {
		return nil, ioError(err, x.dir)
	}
	if err := g.stamp(x.fingerprint); err != nil {
		return nil, errors.Join(ioError(err, x.dir), g.release())
	}
	return g, nil
}

// makeCurrent names a generation in CURRENT, atomically and durably, once all of
// it is on disk.
func (x *Index) makeCurrent(g *generation) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := g.flush(ctx); err != nil {
		return ioError(err, x.dir)
	}
	if err := writeDurably(filepath.Join(x.dir, currentName), filepath.Base(g.dir)+"\n"); err != nil {
		return ioError(err, x.dir)
	}
	return nil
}

func writeDurably(name, text string) error {
	f, err := os.CreateTemp(filepath.Dir(name), "tmp-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	dir, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// removeOthers removes what earlier processes left.
func (x *Index) removeOthers(keep string) {
	entries, err := os.ReadDir(x.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		old := strings.HasPrefix(e.Name(), "gen-") && e.Name() != keep
		if old || strings.HasPrefix(e.Name(), "tmp-") {
			_ = os.RemoveAll(filepath.Join(x.dir, e.Name()))
		}
	}
}

// Commit makes a step visible to searches. When it fails, the step may or may
// not be visible: ask Position and commit again. Unavailable after Close, like
// every other use.
func (x *Index) Commit(ctx context.Context, step kb.Step) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.current == nil {
		return stopping()
	}
	if err := x.current.commit(ctx, step); err != nil {
		return ioError(err, x.dir)
	}
	return x.refresh()
}

// Position is how far searches see the feed.
func (x *Index) Position() kb.Seq { return x.views.position() }

// Flush waits until all that is visible is on disk.
func (x *Index) Flush(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.current == nil {
		return stopping()
	}
	return ioError(x.current.flush(ctx), x.dir)
}

// refresh lets searches see the newest snapshot. x.mu is held, or nobody else has x yet.
func (x *Index) refresh() error { return x.views.refresh(x.current) }

// sweep lets go of what merges have replaced and of cursors that expired.
func (x *Index) sweep() {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-x.stop:
			return
		case <-tick.C:
		}
		x.mu.Lock()
		err := x.refresh()
		x.mu.Unlock()
		x.views.expire()
		if err != nil {
			x.opts.Log.Error("the search index could not be read again", "err", err)
		}
	}
}

// Close puts what is visible on disk and closes; searches that are under way
// still end. A second call does nothing.
func (x *Index) Close() (err error) {
	x.closed.Do(func() { err = x.close() })
	return err
}

func (x *Index) close() error {
	close(x.stop)
	x.done.Wait()
	x.mu.Lock()
	defer x.mu.Unlock()
	// What does not reach the disk in time is followed again at the next start.
	ctx, cancel := context.WithTimeout(context.Background(), 1500*time.Millisecond)
	defer cancel()
	flushed := x.current.flush(ctx)
	if errors.Is(flushed, context.DeadlineExceeded) {
		flushed = nil
	}
	x.views.close()
	last := x.current
	x.current = nil
	return errors.Join(ioError(flushed, x.dir), last.release(), x.lock.Unlock())
}
