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
// opts needs neither Themes, Regions nor Now.
func Import(ctx context.Context, store kb.Store, now func() time.Time, file io.Reader, opts exchange.Options) (exchange.Report, error) {
	opts.Themes = kb.NewTaxonomy(kb.BuiltinThemes())
	opts.Regions = kb.NewGazetteer()
	opts.Now = now
	opts.Prepare = func(ctx context.Context) error { return kb.Seed(ctx, store) }
	report, err := exchange.Import(ctx, store, file, opts)
	if err != nil {
		return report, err
	}
	return report, kb.Seed(ctx, store)
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
