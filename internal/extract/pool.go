//go:build unix

package extract

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"sync"
)

// pool keeps children that wait for jobs.
type pool struct {
	config Config
	slots  chan struct{} // one for each child that may be

	stop   context.CancelFunc // of warming
	warmed chan struct{}      // closed when there is compiled code

	mu     sync.Mutex
	idle   []*child
	shared bool // children share our network: the kernel gives them none of their own
	told   bool // what the confinement of children lacks
}

func newPool(c Config) *pool {
	ctx, stop := context.WithCancel(context.Background())
	p := &pool{config: c, slots: make(chan struct{}, c.Workers), stop: stop, warmed: make(chan struct{})}
	if c.Cache == "" {
		close(p.warmed)
	} else {
		go p.warm(ctx)
	}
	return p
}

// warm starts the first child, which compiles what is not in the cache. Jobs wait for
// it: two compilers at once are no quicker, and no deadline counts it.
func (p *pool) warm(ctx context.Context) {
	defer close(p.warmed)
	c, err := p.start(ctx, setup{Cache: p.config.Cache, Memory: p.config.Memory})
	if err == nil {
		p.keep(c)
	} else if ctx.Err() == nil {
		p.config.Log.Error("files cannot be read", slog.Any("error", err))
	}
}

// do has a child do one job. An error of the job ends that child and no other.
func (p *pool) do(ctx context.Context, s setup, r request) error {
	select {
	case <-p.warmed:
	case <-ctx.Done():
		return ctx.Err()
	}
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
	if c.done++; c.done >= p.config.Files || c.resident() > c.Memory/3 {
		_ = c.end() // killed by us, which is what its error says
		return nil
	}
	p.keep(c)
	return nil
}

// keep has a child wait for its next job.
func (p *pool) keep(c *child) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, c)
}

// take gives a child that waits, or a new one.
func (p *pool) take(ctx context.Context, s setup) (*child, error) {
	c, other := p.waiting(s)
	if c != nil {
		return c, nil
	}
	if other != nil {
		_ = other.end() // killed by us
	}
	return p.start(ctx, s)
}

// waiting gives a child that waits, or one of another sort, whose place is needed.
func (p *pool) waiting(s setup) (c, other *child) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, c := range p.idle {
		if c.setup == s {
			p.idle = append(p.idle[:i], p.idle[i+1:]...)
			return c, nil
		}
	}
	if len(p.idle) > 0 {
		other, p.idle = p.idle[0], p.idle[1:]
	}
	return nil, other
}

// start starts a child, with a network of its own where the kernel gives one.
func (p *pool) start(ctx context.Context, s setup) (*child, error) {
	p.mu.Lock()
	shared := p.shared
	p.mu.Unlock()
	c, err := start(ctx, p.config.Command, s, !shared)
	if err != nil && !shared && ctx.Err() == nil {
		var again error
		if c, again = start(ctx, p.config.Command, s, false); again != nil {
			return nil, errors.Join(err, again)
		}
		shared, err = true, nil
	}
	if err != nil {
		return nil, err
	}
	p.tell(c, shared)
	return c, nil
}

// tell says once what the confinement of children lacks.
func (p *pool) tell(c *child, shared bool) {
	if shared && runtime.GOOS == "linux" {
		c.missing = append(c.missing, "network")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shared = shared
	if len(c.missing) > 0 && !p.told {
		p.told = true
		p.config.Log.Warn("files of strangers are read by processes that this system does not confine in all", slog.Any("missing", c.missing))
	}
}

// close ends the children that wait. Nothing may be asked any more.
func (p *pool) close() {
	p.stop()
	<-p.warmed
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	for _, c := range p.idle {
		_ = c.end() // killed by us
	}
	p.idle = nil
}
