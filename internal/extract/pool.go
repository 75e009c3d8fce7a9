//go:build unix

package extract

import (
	"context"
	"errors"
	"log/slog"
	"sync"
)

// pool keeps children that wait for jobs.
type pool struct {
	config Config
	slots  chan struct{} // one for each child that may be

	mu     sync.Mutex
	idle   []*child
	shared bool // children share our network: the kernel gives them none of their own
}

func newPool(c Config) *pool {
	return &pool{config: c, slots: make(chan struct{}, c.Workers)}
}

// do has a child do one job. An error of the job ends that child and no other.
func (p *pool) do(ctx context.Context, s setup, r request) error {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	c, err := p.take(ctx, s)
	if err != nil {
		return err
	}
	if err := c.exchange(ctx, r); err != nil {
		return c.failed(err)
	}
	if c.done++; c.done >= p.config.Files || resident(c.cmd.Process.Pid) > c.Memory/2 {
		_ = c.end() // killed by us, which is what its error says
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, c)
	return nil
}

// take gives a child that waits, or a new one.
func (p *pool) take(ctx context.Context, s setup) (*child, error) {
	p.mu.Lock()
	shared := p.shared
	var other *child
	for i, c := range p.idle {
		if c.setup == s {
			p.idle = append(p.idle[:i], p.idle[i+1:]...)
			p.mu.Unlock()
			return c, nil
		}
	}
	if len(p.idle) > 0 { // of another sort: its place is needed
		other, p.idle = p.idle[0], p.idle[1:]
	}
	p.mu.Unlock()
	if other != nil {
		_ = other.end() // killed by us
	}
	c, err := start(ctx, p.config.Command, s, !shared)
	if err == nil || shared || ctx.Err() != nil {
		return c, err
	}
	c, again := start(ctx, p.config.Command, s, false)
	if again != nil {
		return nil, errors.Join(err, again)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.shared {
		p.config.Log.Warn("files are read by processes that share the network of this one", slog.Any("error", err))
	}
	p.shared = true
	return c, nil
}

// close ends the children that wait. Nothing may be asked any more.
func (p *pool) close() {
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	for _, c := range p.idle {
		_ = c.end() // killed by us
	}
	p.idle = nil
}
