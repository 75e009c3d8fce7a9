package search

import (
	"context"
	"errors"

	"leerkring/internal/kb"
)

// Rebuild is a new generation that is made beside the one that is searched.
type Rebuild struct {
	x *Index
	g *generation
}

// Rebuild starts an empty generation beside the current one.
func (x *Index) Rebuild() (*Rebuild, error) {
	x.mu.Lock()
	closed := x.current == nil
	x.mu.Unlock()
	if closed {
		return nil, stopping()
	}
	g, err := x.create()
	if err != nil {
		return nil, err
	}
	return &Rebuild{x: x, g: g}, nil
}

// Commit adds a step to the new generation.
func (r *Rebuild) Commit(ctx context.Context, step kb.Step) error {
	return ioError(r.g.commit(ctx, step), r.x.dir)
}

// Referring is Index.Referring for the new generation.
func (r *Rebuild) Referring(refs []string) ([]kb.ID, error) { return r.g.referring(refs) }

// Position is how far the new generation has come.
func (r *Rebuild) Position() kb.Seq {
	p, err := r.g.position()
	if err != nil {
		return 0
	}
	return p
}

// Swap puts the new generation in the place of the old one, durably. Searches
// and cursors that are under way end on the old one, which is then removed. The
// caller sees to it that nothing is committed to the old one since it last
// caught up with the new one, and discards a generation whose Swap failed.
func (r *Rebuild) Swap() error {
	r.x.mu.Lock()
	defer r.x.mu.Unlock()
	if r.x.current == nil {
		return stopping()
	}
	if err := r.x.makeCurrent(r.g); err != nil {
		return err
	}
	old := r.x.current
	r.x.current = r.g
	old.drop = true
	// The new one is current now, whatever goes wrong: sweep tries again to read
	// it, and the next Open removes what is left of the old one.
	if err := errors.Join(r.x.refresh(), old.release()); err != nil {
		r.x.opts.Log.Error("the old search index could not be let go", "err", err)
	}
	return nil
}

// Discard gives up on the new generation.
func (r *Rebuild) Discard() error {
	r.g.drop = true
	return r.g.release()
}
