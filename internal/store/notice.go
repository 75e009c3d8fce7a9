package store

import "sync"

// Notice wakes everyone who waits for a write. The zero value is not ready; see NewNotice.
type Notice struct {
	mu   sync.Mutex
	next chan struct{}
}

// NewNotice makes a Notice on which nothing has been called out.
func NewNotice() *Notice { return &Notice{next: make(chan struct{})} }

// Next gives a channel that closes at the next Call. Take it before looking
// whether there is something new, so that no call in between is missed.
func (n *Notice) Next() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.next
}

// Call wakes everyone who waits.
func (n *Notice) Call() {
	n.mu.Lock()
	defer n.mu.Unlock()
	close(n.next)
	n.next = make(chan struct{})
}
