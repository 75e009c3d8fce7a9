package backup

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"iter"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// How much is given to a store at a time.
const (
	batchRecords = 1_000
	batchBytes   = 16 << 20
)

// begun gives Conflict unless the store holds the beginning of the records, and not all.
func (t Target) begun(ctx context.Context, r io.Reader) error {
	in, err := gzip.NewReader(r)
	if err != nil {
		return damaged("the records: %w", err)
	}
	next, stop := iter.Pull2(exchange.Versions(in))
	defer stop()
	err = kb.Walk(ctx, t.Store.Log, func(records []kb.Record) error {
		for _, have := range records {
			want, err, ok := next()
			if err != nil {
				return damaged("the records: %w", err)
			}
			if !ok || !same(have, want) {
				return notEmpty(have.Seq)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if _, err, ok := next(); err == nil && !ok {
		return notEmpty(0)
	}
	return nil
}

// same compares versions as an export writes them.
func same(a, b kb.Record) bool {
	one, errOne := json.Marshal(a)
	two, errTwo := json.Marshal(b)
	return errOne == nil && errTwo == nil && bytes.Equal(one, two)
}

func notEmpty(at kb.Seq) error {
	if at == 0 {
		return kb.Errorf(kb.Conflict, kb.Text{
			NL: "Hier staan al gegevens: deze back-up is al teruggezet.",
			EN: "There are data here already: this backup was restored.",
		})
	}
	return kb.Errorf(kb.Conflict, kb.Text{
		NL: "Hier staan al gegevens, die vanaf schrijfactie %d anders zijn. Zet een back-up terug in een lege map of database.",
		EN: "There are data here already, which differ from write %d on. Restore a backup into an empty folder or database.",
	}, at)
}

// putting writes versions in the order of the log of the original, so that each gets the
// number that it had there.
type putting struct {
	store kb.Store
	last  kb.Seq // that is written
	want  int
	batch []kb.Record
	size  int
}

// records writes the versions after those that are there, as they were: what was allowed
// once may not be today, and is put back all the same.
func (t Target) records(ctx context.Context, r io.Reader, last kb.Seq, want int) error {
	in, err := gzip.NewReader(r)
	if err != nil {
		return damaged("the records: %w", err)
	}
	p := &putting{store: t.Store, last: last, want: want}
	n := kb.Seq(0)
	for record, err := range exchange.Versions(in) {
		if err != nil {
			return p.stopped(damaged("the records: %w", err))
		}
		if n++; n <= last {
			continue
		}
		if err := p.add(ctx, record); err != nil {
			return p.stopped(err)
		}
	}
	if err := p.flush(ctx); err != nil {
		return p.stopped(err)
	}
	if p.last != kb.Seq(want) {
		return p.stopped(damaged("the manifest tells another number of versions"))
	}
	return nil
}

func (p *putting) add(ctx context.Context, r kb.Record) error {
	p.batch = append(p.batch, r)
	p.size += len(r.Live) + len(r.Copy)
	if len(p.batch) < batchRecords && p.size < batchBytes {
		return nil
	}
	return p.flush(ctx)
}

func (p *putting) flush(ctx context.Context) error {
	results, err := p.store.Put(ctx, p.batch)
	for _, res := range results {
		if err == nil {
			err = res.Err
		}
		if err == nil && res.Seq != p.last+1 {
			err = kb.Errorf(kb.Conflict, kb.Text{
				NL: "Een ander programma schrijft in deze opslag. Stop dat eerst.",
				EN: "Another program writes to this store. Stop it first.",
			})
		}
		if err != nil {
			return err
		}
		p.last = res.Seq
	}
	p.batch, p.size = p.batch[:0], 0
	return err
}

// stopped says how far it came; the meaning of the cause stays.
func (p *putting) stopped(cause error) error {
	return kb.Wrap(cause, kb.CodeOf(cause), kb.Text{
		NL: "Het terugzetten kwam tot versie %d van %d. Herhaal het als de oorzaak weg is, of begin opnieuw in een lege map of database.",
		EN: "The restore came to version %d of %d. Repeat it once the cause is gone, or begin again in an empty folder or database.",
	}, p.last, p.want)
}
