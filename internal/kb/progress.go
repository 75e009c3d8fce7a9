package kb

import (
	"context"
	"time"
)

// Progress is how far a worker has followed the log. Each worker has one.
type Progress struct {
	Head
	Worker   string `json:"worker"`
	Position Seq    `json:"position"`
}

// Kind is KindProgress.
func (*Progress) Kind() Kind { return KindProgress }

// Label is the worker.
func (p *Progress) Label() string { return p.Worker }

func (*Progress) access() []string { return nil }

func (p *Progress) check(c *checker) { c.line("worker", p.Worker) }

// readProgress gives how far a worker came. One that nobody did any of yet begins
// where begin says, and that is written, so that all processes begin there.
func readProgress(ctx context.Context, store Store, worker string, begin func() (Seq, error)) (*Progress, error) {
	id := DeriveID("progress", worker)
	for {
		p, ok, err := liveOf[*Progress](ctx, store, id)
		if err != nil || ok {
			return p, err
		}
		p = &Progress{Head: internalHead(id, time.Time{}), Worker: worker}
		if p.Position, err = begin(); err != nil {
			return nil, err
		}
		if err := p.write(ctx, store); err != nil {
			return nil, err
		}
	}
}

// advance writes a later position. Another process that came further is left alone.
func (p *Progress) advance(ctx context.Context, store Store, to Seq) error {
	stored, err := readProgress(ctx, store, p.Worker, func() (Seq, error) { return to, nil })
	if err != nil {
		return err
	}
	*p = *stored
	if to <= p.Position {
		return nil
	}
	p.Position = to
	return p.write(ctx, store)
}

// write stores it, unless another process just did.
func (p *Progress) write(ctx context.Context, store Store) error {
	r, err := internalRecord(p)
	if err != nil {
		return err
	}
	_, err = putAll(ctx, store, []Record{r})
	return err
}
