package kb

import (
	"context"
	"sync"
	"time"
)

// ownWriteWait is how long a reader waits at most for the index to have what they
// wrote themselves.
const ownWriteWait = 2 * time.Second

// OwnWrites lets people find what they just wrote: it knows the last write of each
// account in this process, and a reader waits until the index has followed that
// far. A nil *OwnWrites knows of no writes.
type OwnWrites struct {
	follow func(context.Context, Seq) error

	mu   sync.Mutex
	last map[ID]Seq // of each account whose last write the index may not have yet
}

// NewOwnWrites waits with follow, which returns nil once the index has followed the
// store up to a write, or the error of its context.
func NewOwnWrites(follow func(context.Context, Seq) error) *OwnWrites {
	return &OwnWrites{follow: follow, last: map[ID]Seq{}}
}

// Note tells that an account wrote under a number. Writes of the program itself
// are not noted.
func (o *OwnWrites) Note(account ID, seq Seq) {
	if o == nil || account == "" {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.last[account] = max(o.last[account], seq)
}

// Wait returns once the index has what the actor wrote in this process, and after
// two seconds without it: a reader is then served what there is. Its only error is
// that of ctx.
func (o *OwnWrites) Wait(ctx context.Context, actor Actor) error {
	seq := o.noted(actor.Account)
	if seq == 0 {
		return nil
	}
	wait, cancel := context.WithTimeout(ctx, ownWriteWait)
	defer cancel()
	if o.follow(wait, seq) == nil {
		o.forget(seq)
	}
	return ctx.Err()
}

func (o *OwnWrites) noted(account ID) Seq {
	if o == nil || account == "" {
		return 0
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.last[account]
}

// forget drops the accounts whose last write the index has, so that this holds no
// more than who wrote since somebody last looked.
func (o *OwnWrites) forget(followed Seq) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for account, seq := range o.last {
		if seq <= followed {
			delete(o.last, account)
		}
	}
}
