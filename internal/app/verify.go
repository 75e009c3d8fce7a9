package app

import (
	"context"
	"maps"
	"slices"

	"leerkring/internal/kb"
	"leerkring/internal/search"
)

// Verdict is what Verify found.
type Verdict struct {
	// Records is the number of records that were compared, Last the last write.
	Records int
	Last    kb.Seq
	// Store says what is wrong with the store, nil for nothing. It is Damaged; the
	// cause is for the operator.
	Store error
	// Unreadable are the versions of records that cannot be read.
	Unreadable []Version
	// Index is the state of the files of the index, and IndexErr what is wrong there.
	Index    search.State
	IndexErr error
	// Differences are the records for which index and store do not agree.
	Differences search.Differences
	// Files is what was found of the bytes of files.
	Files FilesVerdict
}

// Version is one version of one record, with its number in the store.
type Version struct {
	ID      kb.ID
	Version int
	Seq     kb.Seq
}

// Agrees reports whether nothing is wrong.
func (v *Verdict) Agrees() bool {
	return v.Store == nil && len(v.Unreadable) == 0 && v.IndexErr == nil && v.Index == search.Current && v.Differences.None() && v.Files.Agrees()
}

// Verify reads all of the store, the index and the files and compares them. What the index
// has not followed yet it takes in first, as a start would; nothing else is changed.
func Verify(ctx context.Context, c Config) (*Verdict, error) {
	v := &Verdict{}
	v.Index, v.IndexErr = search.Inspect(indexDir(c))
	if code := kb.CodeOf(v.IndexErr); code == kb.InUse || code == kb.ReadOnly {
		return nil, v.IndexErr
	}
	err := v.checkStore(ctx, c)
	if kb.CodeOf(err) == kb.Damaged {
		v.Store = err
		return v, nil
	}
	if err != nil || v.Index != search.Current {
		return v, err
	}
	a, err := Open(ctx, c)
	if err != nil {
		return nil, err
	}
	v.Index = a.Found
	if err = a.compare(ctx, v); err == nil {
		err = a.verifyFiles(ctx, &v.Files)
	}
	if closed := a.Close(); err == nil {
		err = closed
	}
	return v, err
}

// checkStore reads all of the store. It may be too damaged to be opened.
func (v *Verdict) checkStore(ctx context.Context, c Config) error {
	store, err := OpenStore(ctx, c)
	if err != nil {
		return err
	}
	if err = store.Check(ctx); err == nil {
		err = v.read(ctx, store)
	}
	if closed := store.Close(); closed != nil {
		return closed
	}
	return err
}

// read tries to read every version of every record.
func (v *Verdict) read(ctx context.Context, store kb.Store) error {
	return kb.Walk(ctx, store.Log, func(records []kb.Record) error {
		for _, r := range records {
			if _, _, err := kb.DecodeRecord(r); err != nil {
				v.Unreadable = append(v.Unreadable, Version{r.ID, r.Version, r.Seq})
			}
		}
		return nil
	})
}

// compare holds every record of the store against the index. With a MongoDB,
// others may write meanwhile: then it looks again.
func (a *App) compare(ctx context.Context, v *Verdict) error {
	const looks = 3
	for range looks {
		var err error
		if v.Last, err = a.Store.Last(ctx); err != nil {
			return err
		}
		if err := a.Settle(ctx, v.Last); err != nil {
			return err
		}
		v.Records = 0
		found, err := a.Index.Compare(ctx, func(yield func(kb.Document) error) error { return a.documents(ctx, v, yield) })
		if err != nil {
			return err
		}
		v.Differences = *found
		last, err := a.Store.Last(ctx)
		if err != nil || last == v.Last || found.None() {
			return err
		}
	}
	return nil
}

// documents makes the documents of all records anew from the store.
func (a *App) documents(ctx context.Context, v *Verdict, yield func(kb.Document) error) error {
	seen := map[kb.ID]bool{}
	return kb.Walk(ctx, a.Store.Changes, func(changed []kb.Record) error {
		var ids []kb.ID
		for _, r := range changed {
			if !seen[r.ID] {
				seen[r.ID] = true
				ids = append(ids, r.ID)
			}
		}
		// Others may write meanwhile, so a record is read anew, and once.
		current, err := a.Store.Get(ctx, ids)
		if err != nil {
			return err
		}
		documents, err := a.describer.Describe(ctx, slices.Collect(maps.Values(current)))
		if err != nil {
			return err
		}
		v.Records += len(current)
		for _, d := range documents {
			if err := yield(d); err != nil {
				return err
			}
		}
		return nil
	})
}
