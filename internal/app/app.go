// Package app puts the parts of Leerkring together: a store, the index that
// follows it, and what is served from both. The commands, the end-to-end tests
// and the benchmark all run this one composition.
//
// The invariant that a newcomer must know: only this package and cmd may import
// everything. The store is the truth; whatever is wrong with the index is mended
// here at the start, by filling it anew, and is never an error for a user.
package app

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"leerkring/internal/blob"
	"leerkring/internal/blob/gridfs"
	"leerkring/internal/extract"
	"leerkring/internal/indexer"
	"leerkring/internal/kb"
	"leerkring/internal/search"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/sqlite"
	"leerkring/internal/suggest"
)

// Config says where the data is.
type Config struct {
	// Data is the folder of the embedded store and of the index.
	Data string
	// Store is the URI of a MongoDB that holds the records; empty means the
	// embedded store. It may hold a password and goes into no message.
	Store string
	Log   *slog.Logger
	Now   func() time.Time
	// Files bounds what people upload; Scan looks for viruses in it, nil for no look,
	// and ScanRequired keeps nothing that could not be scanned.
	Files        kb.FileLimits
	Scan         kb.Scanner
	ScanRequired bool
	// Extract is the command of the processes that read files; empty is this program.
	Extract []string
	// Readers is how many of them there are at once, and ReaderMemory how many bytes each
	// may use; 0 is the default of package extract.
	Readers      int
	ReaderMemory int64
	// Stall is how long the index may stand still before Settle gives up; 0 is 30 s.
	Stall time.Duration
}

// Store is a store as the commands need it.
type Store interface {
	kb.Store
	// Check reads everything and gives Damaged unless it holds together.
	Check(ctx context.Context) error
}

// OpenStore opens the store alone. Its errors are those of the adapters: InUse,
// ReadOnly, DiskFull, Damaged, Invalid, Unavailable.
func OpenStore(ctx context.Context, c Config) (Store, error) {
	if c.Store != "" {
		return mongo.Open(ctx, c.Store, mongo.Options{})
	}
	return sqlite.Open(ctx, c.Data, sqlite.Options{})
}

// OpenBlobs opens what keeps the bytes of files: a folder beside the embedded store, or
// the same MongoDB. Its errors are those of OpenStore.
func OpenBlobs(ctx context.Context, c Config) (kb.Blobs, error) {
	if c.Store != "" {
		return gridfs.Open(ctx, c.Store, gridfs.Options{Now: c.Now})
	}
	return blob.Open(filepath.Join(c.Data, "files"), c.Now)
}

// App is a store with the index that follows it.
type App struct {
	Store   Store
	Blobs   kb.Blobs
	Index   *search.Index
	Indexer *indexer.Indexer
	Places  *kb.Gazetteer
	Library *kb.Library
	Files   *kb.Files
	// Own lets people find what they just wrote.
	Own *kb.OwnWrites
	// Counting counts what is opened and searched for in this process.
	Counting *kb.Counting
	// Found is in which state the index was when it was opened.
	Found search.State

	config    Config
	describer *kb.Describer
	stop      context.CancelFunc
	running   sync.WaitGroup
}

// Open opens store and index and starts to follow. The errors are those of the
// store and, for the folder of the index, InUse, ReadOnly and DiskFull. An index
// that is missing, damaged or outdated, or that is ahead of its store, is filled
// anew; Indexer.Ready tells when that is done.
func Open(ctx context.Context, c Config) (*App, error) {
	if c.Stall == 0 {
		c.Stall = 30 * time.Second
	}
	store, err := OpenStore(ctx, c)
	if err != nil {
		return nil, err
	}
	blobs, err := OpenBlobs(ctx, c)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	a := &App{Store: store, Blobs: blobs, Places: kb.NewGazetteer(), config: c}
	if err := a.openIndex(ctx); err != nil {
		return nil, errors.Join(err, blobs.Close(), store.Close())
	}
	a.Own = kb.NewOwnWrites(a.Indexer.WaitFor)
	a.Library = kb.NewLibrary(store, a.Index, a.Own)
	a.Files = kb.NewFiles(kb.FilesConfig{
		Store: store, Search: a.Index, Blobs: blobs, Own: a.Own, Now: c.Now, NewID: newID, Log: c.Log,
		Sniff:   func(b kb.Blob, name string) (string, error) { return extract.MediaType(b, name) },
		Suggest: suggest.New(a.Library, a.Places), Limits: c.Files, Scan: c.Scan, ScanRequired: c.ScanRequired,
	})
	a.Counting = kb.NewCounting(store, a.Index, c.Now, newID())
	follow, stop := context.WithCancel(context.WithoutCancel(ctx))
	a.stop = stop
	a.running.Go(func() { _ = a.Indexer.Run(follow) }) // it logs what fails, and goes on
	return a, nil
}

func (a *App) openIndex(ctx context.Context) error {
	a.describer = kb.NewDescriber(a.Store, a.Places)
	a.describer.Damaged = func(r kb.Record, err error) {
		a.config.Log.Error("a record cannot be read and is left out of the index; run leerkring verify", "id", r.ID, "version", r.Version, "seq", r.Seq, "err", err)
	}
	a.describer.Blobs = a.Blobs
	a.describer.Unread = func(f *kb.File, err error) {
		a.config.Log.Error("the text of a file cannot be read and is left out of the index; run leerkring verify", "file", f.ID, "sha256", f.SHA256, "err", err)
	}
	edition, err := a.describer.Edition()
	if err != nil {
		return err
	}
	a.Index, a.Found, err = search.Open(indexDir(a.config), search.Options{
		Fingerprint: edition + " " + a.Store.Identity(), Now: a.config.Now, Log: a.config.Log,
		Replace: func(position kb.Seq) error { return a.refuseEmptied(ctx, position) },
	})
	if err != nil {
		return err
	}
	begin := func() (indexer.Rebuild, error) {
		r, err := a.Index.Rebuild()
		if err != nil {
			return nil, err
		}
		return r, nil
	}
	a.Indexer = indexer.New(a.Store, a.Index, begin, a.describer.Describe, indexer.Options{Log: a.config.Log})
	if err := a.mendAhead(ctx); err != nil {
		return errors.Join(err, a.Index.Close())
	}
	return nil
}

// refuseEmptied refuses an embedded store with nothing in it when the index beside
// it has seen writes: its file was emptied or lost, and going on would hide that.
// With a MongoDB the index may be that of another database.
func (a *App) refuseEmptied(ctx context.Context, indexed kb.Seq) error {
	if a.config.Store != "" {
		return nil
	}
	last, err := a.Store.Last(ctx)
	if err != nil || last > 0 || indexed == 0 {
		return err
	}
	return kb.Errorf(kb.Damaged, kb.Text{
		NL: "De opslag is leeg, maar de zoekindex kent %d schrijfacties: de opslag is gewist of kwijt. Zet een back-up terug. Wilt u echt leeg beginnen, verwijder dan de map %s.",
		EN: "The store is empty, but the search index knows %d writes: the store was emptied or lost. Put a backup back. To really start empty, remove the folder %s.",
	}, indexed, indexDir(a.config))
}

// mendAhead fills the index anew when it has seen writes that the store does not
// have: the store was put back from an earlier backup.
func (a *App) mendAhead(ctx context.Context) error {
	last, err := a.Store.Last(ctx)
	if err != nil {
		return err
	}
	if a.Index.Position() <= last {
		return nil
	}
	a.config.Log.Warn("the index is ahead of the store and is built anew", "index", a.Index.Position(), "store", last)
	a.Found = search.Outdated
	return a.Indexer.Rebuild(ctx)
}

func indexDir(c Config) string { return filepath.Join(c.Data, "index") }

// Settle waits until searches see all writes up to a position, durably.
// Unavailable means that the index does not get any further, for want of space
// for instance; what was written stands, and the next start goes on.
func (a *App) Settle(ctx context.Context, position kb.Seq) error {
	for {
		before := a.Index.Position()
		wait, cancel := context.WithTimeout(ctx, a.config.Stall)
		err := a.Indexer.WaitFor(wait, position)
		cancel()
		if err == nil {
			return a.Index.Flush(ctx)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if a.Index.Position() == before {
			return kb.Wrap(err, kb.Unavailable, kb.Text{
				NL: "Alles is opgeslagen, maar de zoekindex komt niet verder dan %d van %d. Is er ruimte op de schijf? De volgende start gaat er vanzelf mee verder.",
				EN: "Everything is stored, but the search index gets no further than %d of %d. Is there space on the disk? The next start goes on with it by itself.",
			}, before, position)
		}
	}
}

// Ready gives nil when the index has caught up with the store as it was at the
// start and the store answers; otherwise an error that says what is waited for.
func (a *App) Ready(ctx context.Context) error {
	last, err := a.Store.Last(ctx)
	if err != nil {
		return kb.Wrap(err, kb.Unavailable, kb.Text{NL: "De opslag is nu niet bereikbaar.", EN: "The store cannot be reached now."})
	}
	if !a.Indexer.Ready() {
		return kb.Errorf(kb.Unavailable, kb.Text{
			NL: "De zoekindex wordt bijgewerkt: %d%%.",
			EN: "The search index is catching up: %d%%.",
		}, 100*a.Index.Position()/max(1, last))
	}
	return nil
}

// Close ends what runs, puts the index on disk and closes the store. Nothing
// may use the app any more.
func (a *App) Close() error {
	a.stop()
	a.running.Wait()
	return errors.Join(a.Index.Close(), a.Blobs.Close(), a.Store.Close())
}
