package kb

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// FileLimits bound what people can upload. A zero takes the default that is named.
type FileLimits struct {
	File    int64 // bytes of one file; 100 MB
	Request int64 // bytes of one request with several files, for the edges; 250 MB
	Account int64 // bytes of all files that one account added; 5 GB
	Total   int64 // bytes of all that is stored; no limit
	Pending int   // uploads of one account that are under way; 20
}

// withDefaults fills in what is not set.
func (l FileLimits) withDefaults() FileLimits {
	const mb = 1_000_000
	for _, d := range []struct {
		limit *int64
		value int64
	}{{&l.File, 100 * mb}, {&l.Request, 250 * mb}, {&l.Account, 5_000 * mb}} {
		if *d.limit == 0 {
			*d.limit = d.value
		}
	}
	if l.Pending == 0 {
		l.Pending = 20
	}
	return l
}

// Scanner looks for viruses (clamd).
type Scanner interface {
	// Scan gives the name of the virus that is in some bytes, empty for none.
	Scan(ctx context.Context, b Blob) (virus string, err error)
}

// Suggester makes suggestions for a material of what was read from a file of it.
type Suggester interface {
	Suggest(ctx context.Context, r *Reading, f *File, m Material) ([]Suggested, error)
}

// FilesConfig is what files are kept with. Store, Search, Blobs, Now, NewID and Log
// are required.
type FilesConfig struct {
	Store  Store
	Search Searcher
	Blobs  Blobs
	Own    *OwnWrites
	Now    func() time.Time
	NewID  func() ID
	Limits FileLimits
	// Scan looks for viruses before a file is kept; nil for no look. ScanRequired keeps
	// nothing that could not be scanned, else that is logged.
	Scan         Scanner
	ScanRequired bool
	// Sniff gives the media type of bytes by their content; nil calls all of them
	// application/octet-stream.
	Sniff func(b Blob, name string) (mediaType string, err error)
	// Suggest is nil where nothing is suggested.
	Suggest Suggester
	Log     *slog.Logger
}

// Files are what is uploaded to materials: the way in, who may read and change
// them, and what was found in them. All rules are here and in the files beside it.
//
// The invariant that a newcomer must know: a file is written when its bytes are kept,
// and listed by its material last. What is cut off before that is gone on with at the
// next look at the upload (Sweep), or taken away a day later (Scrub).
//
// Errors, besides those of the store, the index and Blobs: NotFound for what is not
// there or may not be known, Forbidden (Unauthenticated when nobody is signed in) for
// what the actor may not do, Conflict for another version or state, Invalid with
// Problems, TooLarge and TooMany for what is over a limit.
type Files struct {
	FilesConfig
	desk *Desk

	mu       sync.Mutex
	stored   int64 // bytes of all blobs, as counted at storedAt
	storedAt time.Time
}

// NewFiles keeps files.
func NewFiles(c FilesConfig) *Files {
	c.Limits = c.Limits.withDefaults()
	return &Files{FilesConfig: c, desk: NewDesk(c.Store, c.Search, c.Own, c.Now, c.NewID)}
}

// FileView is a file as an actor sees it.
type FileView struct {
	// File is without what only those who work on the material see, unless Works.
	File *File
	// Extraction is how far its reading is; nil for a moment after a crash.
	Extraction *Extraction
	// Record is the material: the working copy for those who work on it.
	Record Entity
	// Works says that the actor works on the material and so sees findings,
	// suggestions, hidden pages and errors.
	Works bool
	// Original says that the actor may fetch the bytes.
	Original bool
}

// placed is a file with what it belongs to, whoever may read it.
type placed struct {
	file       *File
	live, copy Entity
	extraction *Extraction // nil when there is none
}

// view gives a file as an actor sees it; ok is false when they may not know of it.
func (p *placed) view(actor Actor) (v FileView, ok bool) {
	if !actor.holds(accessToFile(p.file, p.live)) {
		return FileView{}, false
	}
	v = FileView{File: p.file, Record: p.live, Works: actor.holds(workers(p.live))}
	v.Original = v.Works || len(p.file.Hidden) == 0
	if p.extraction != nil {
		x := *p.extraction
		x.Name = p.file.Name // it may be named after another file with these bytes
		v.Extraction = &x
	}
	if v.Works {
		v.Record = workOf(p.live, p.copy)
		return v, true
	}
	v.File = p.file.shown()
	if x := v.Extraction; x != nil {
		x.Error, x.Serious, x.Findings, x.Bands = "", nil, 0, nil
	}
	return v, true
}

// shown is a copy without what only those who work on the material see.
func (f *File) shown() *File {
	x := *f
	x.Explained, x.Taken, x.Refused = nil, nil, nil
	return &x
}

// placeFiles reads files with what they belong to. Files without their material are absent.
func placeFiles(ctx context.Context, store Store, ids []ID) (map[ID]*placed, error) {
	found, err := store.Get(ctx, validIDs(ids))
	if err != nil {
		return nil, err
	}
	out := map[ID]*placed{}
	var others []ID
	for id, r := range found {
		e, err := decodeLive(r)
		if err != nil {
			return nil, err
		}
		if file, ok := e.(*File); ok {
			out[id] = &placed{file: file}
			others = append(others, file.Record, ExtractionID(file.SHA256))
		}
	}
	if len(out) == 0 {
		return out, nil
	}
	slices.Sort(others)
	records, err := store.Get(ctx, slices.Compact(others))
	if err != nil {
		return nil, err
	}
	for id, p := range out {
		if p.live, p.copy, err = DecodeRecord(records[p.file.Record]); err != nil {
			return nil, err
		}
		x, err := decodeLive(records[ExtractionID(p.file.SHA256)])
		if err != nil {
			return nil, err
		}
		p.extraction, _ = x.(*Extraction)
		if _, ok := p.live.(Material); !ok {
			delete(out, id)
		}
	}
	return out, nil
}

// Open gives the files that exist and that the actor may read, by id.
func (f *Files) Open(ctx context.Context, actor Actor, ids []ID) (map[ID]FileView, error) {
	placed, err := placeFiles(ctx, f.Store, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[ID]FileView, len(placed))
	for id, p := range placed {
		if v, ok := p.view(actor); ok {
			out[id] = v
		}
	}
	return out, nil
}

// one gives one file, or NotFound.
func (f *Files) one(ctx context.Context, actor Actor, id ID) (FileView, error) {
	found, err := f.Open(ctx, actor, []ID{id})
	if err != nil {
		return FileView{}, err
	}
	v, ok := found[id]
	if !ok {
		return FileView{}, noFile()
	}
	return v, nil
}

func noFile() error {
	return Errorf(NotFound, Text{"Dit bestand bestaat niet, of u mag het niet zien.", "This file does not exist, or you may not see it."})
}

// clock is the moment of a write: whole milliseconds, as stores keep them.
func (f *Files) clock() time.Time { return f.Now().UTC().Truncate(time.Millisecond) }

// write stores an entity as the version after the one that it was read from. It
// gives Conflict when somebody else wrote meanwhile.
func (f *Files) write(ctx context.Context, actor Actor, e Entity, ev Event) (Seq, error) {
	h := e.Base()
	h.UpdatedAt, h.UpdatedBy = f.clock(), actor.Account
	if err := Validate(e); err != nil {
		return 0, err
	}
	r, err := NewRecord(e, nil)
	if err != nil {
		return 0, err
	}
	seq, err := f.put(ctx, actor, r, ev)
	if err == nil {
		h.Version = r.Version
	}
	return seq, err
}

// drop puts a tombstone in the place of an entity.
func (f *Files) drop(ctx context.Context, actor Actor, e Entity, ev Event) (Seq, error) {
	h := e.Base()
	return f.put(ctx, actor, Record{ID: h.ID, Kind: e.Kind(), Version: h.Version + 1, At: f.clock(), Deleted: true}, ev)
}

func (f *Files) put(ctx context.Context, actor Actor, r Record, ev Event) (Seq, error) {
	ev.Token = actor.Token
	r.By, r.Event = actor.Account, ev
	results, err := f.Store.Put(ctx, []Record{r})
	if err != nil {
		return 0, err
	}
	if results[0].Err != nil {
		return 0, results[0].Err
	}
	f.Own.Note(actor.Account, results[0].Seq)
	return results[0].Seq, nil
}
