package app

import (
	"context"
	"io"
	"time"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// Import brings a file into a store, and the built-in records with it: those
// go before a foreign collection, and after an export, which has its own.
// Names of themes are those of the store, as it was before the file.
// opts needs neither Themes, Regions nor Now.
func Import(ctx context.Context, store kb.Store, now func() time.Time, file io.Reader, opts exchange.Options) (exchange.Report, error) {
	taxonomy := &kb.Taxonomy{} // filled before the first line is read; an export needs none
	opts.Themes = taxonomy
	opts.Regions = kb.NewGazetteer()
	opts.Now = now
	opts.Prepare = func(ctx context.Context) error {
		if err := kb.Seed(ctx, store); err != nil {
			return err
		}
		themes, err := themes(ctx, store)
		if err != nil {
			return err
		}
		*taxonomy = *kb.NewTaxonomy(themes)
		return nil
	}
	report, err := exchange.Import(ctx, store, file, opts)
	if err != nil {
		return report, err
	}
	return report, kb.Seed(ctx, store)
}

// themes gives the themes by which a store orders its material: the built-in
// ones, as the store has them where it does, and then its own. No store finds
// records by kind, so all of it is read.
func themes(ctx context.Context, store kb.Store) ([]*kb.Theme, error) {
	var ids []kb.ID
	current := map[kb.ID]*kb.Theme{}
	for _, t := range kb.BuiltinThemes() {
		ids, current[t.ID] = append(ids, t.ID), t
	}
	err := kb.Walk(ctx, store.Changes, func(changed []kb.Record) error {
		for _, r := range changed {
			if r.Kind != kb.KindTheme {
				continue
			}
			if _, known := current[r.ID]; !known {
				ids = append(ids, r.ID)
			}
			current[r.ID] = themeOf(r)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []*kb.Theme
	for _, id := range ids {
		if t := current[id]; t.Status == kb.StatusPublished {
			out = append(out, t)
		}
	}
	return out, nil
}

// themeOf gives the theme of a record; an empty one when it was deleted or cannot
// be read, which verify tells.
func themeOf(r kb.Record) *kb.Theme {
	live, _, err := kb.DecodeRecord(r)
	if t, ok := live.(*kb.Theme); ok && err == nil {
		return t
	}
	return &kb.Theme{}
}

// Rehearsal is a store into which an import can be tried: it reads what is there
// and answers each write as if it had been made.
type Rehearsal struct{ kb.Store }

// Put writes nothing.
func (r Rehearsal) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	last, err := r.Last(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]kb.Result, len(records))
	for i := range out {
		out[i].Seq = last + kb.Seq(i) + 1
	}
	return out, nil
}
