//go:build unix

package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"

	"leerkring/internal/kb"
)

const (
	startLimit = instrumented * time.Minute // the first child of a machine compiles PDFium
	watchEvery = 50 * time.Millisecond      // how often the memory of a child is looked at
	maxSaid    = 8 << 10                    // bytes of what a child says as it dies
	endLimit   = 500 * time.Millisecond     // for pipes of what a child started
)

// child is a process that does one job at a time.
type child struct {
	cmd  *exec.Cmd
	line *line
	said *tail
	setup
	dir     string   // for what its programs write; none when it starts none
	missing []string // of its confinement
	done    int      // jobs
}

// start starts a child and waits until it is ready.
func start(ctx context.Context, command []string, s setup, apart bool) (*child, error) {
	ours, theirs, err := newLine()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.Command(command[0], command[1:]...), line: ours, said: &tail{}, setup: s}
	c.cmd.Env = []string{"GOMAXPROCS=2"} // and nothing of ours
	c.cmd.Dir = "/"
	if s.startsPrograms() {
		if c.dir, err = os.MkdirTemp("", "leerkring-draw-"); err != nil {
			return nil, errors.Join(err, ours.Close(), theirs.Close())
		}
		c.cmd.Env = append(c.cmd.Env, "TMPDIR="+c.dir)
	}
	c.cmd.ExtraFiles = []*os.File{theirs}
	c.cmd.Stderr = c.said
	c.cmd.SysProcAttr = attributes(apart)
	c.cmd.WaitDelay = endLimit
	err = errors.Join(c.cmd.Start(), theirs.Close())
	if c.cmd.Process == nil {
		return nil, errors.Join(err, ours.Close(), c.tidy())
	}
	ready := func(kind byte, payload []byte) (bool, error) {
		if kind != frameReady {
			return false, errFrame
		}
		return true, json.Unmarshal(payload, &c.missing)
	}
	if err = c.exchange(ctx, request{what: s, limit: startLimit, on: ready}); err != nil {
		return nil, fmt.Errorf("a child did not start: %w", errors.Join(err, c.end()))
	}
	return c, nil
}

// request is something to ask a child.
type request struct {
	what  any
	file  opened
	limit time.Duration // for all of it, and again after each item
	// on gets the frames of the answer until it says that there are no more.
	on func(kind byte, payload []byte) (last bool, err error)
}

// exchange asks a child for something. After an error it must be ended.
func (c *child) exchange(ctx context.Context, r request) error {
	if err := c.line.SetDeadline(time.Now().Add(r.limit)); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = c.line.Close() })
	watch := c.watch()
	err := c.talk(r)
	tooLarge := watch()
	switch open := stop(); {
	case !open: // the line is closed, even when the answer came just before
		return ctx.Err()
	case err == nil:
		return nil
	case tooLarge:
		return &kb.Unread{Reason: kb.ExtractionTooLarge, Detail: "the memory of the process is full"}
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		return &kb.Unread{Reason: kb.ExtractionTimedOut, Detail: fmt.Sprintf("not done in %s", r.limit)}
	}
	return err
}

func (c *child) talk(r request) error {
	if err := c.line.send(r.what, r.file); err != nil {
		return err
	}
	for {
		kind, payload, err := readFrame(c.line)
		if err != nil {
			return err
		}
		last, err := r.on(kind, payload)
		if last || err != nil {
			return err
		}
		if kind == frameItemEnd {
			if err := c.line.SetDeadline(time.Now().Add(r.limit)); err != nil {
				return err
			}
		}
	}
}

// watch looks at the memory of a child until the function that it gives is called,
// which tells whether the child had to be killed.
func (c *child) watch() (stop func() bool) {
	ended, result := make(chan struct{}), make(chan bool)
	go func() {
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for {
			select {
			case <-ended:
				result <- false
				return
			case <-tick.C:
				if c.resident() > c.Memory {
					c.kill()
					<-ended
					result <- true
					return
				}
			}
		}
	}()
	return func() bool { close(ended); return <-result }
}

// resident is the memory of a child with all that it started, in bytes.
func (c *child) resident() int64 { return resident(c.cmd.Process.Pid) }

// kill ends a child with all that it started.
func (c *child) kill() { _ = syscall.Kill(-c.cmd.Process.Pid, syscall.SIGKILL) } // it may have ended by itself

// tidy removes what the programs of a child wrote.
func (c *child) tidy() error {
	if c.dir == "" {
		return nil
	}
	return os.RemoveAll(c.dir)
}

// end kills a child and waits for it. Its error says what the child said.
func (c *child) end() error {
	c.kill()
	err := errors.Join(c.line.Close(), c.cmd.Wait(), c.tidy())
	if said := c.said.text(); said != "" {
		return fmt.Errorf("%w: %s", err, said)
	}
	return err
}

// failed ends a child and tells what a crash means for the file.
func (c *child) failed(err error) error {
	ended := c.end()
	if _, ok := errors.AsType[*kb.Unread](err); ok || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	reason := kb.ExtractionFailed
	if usage, ok := c.cmd.ProcessState.SysUsage().(*syscall.Rusage); ok && peak(usage) > c.Memory*2/3 {
		reason = kb.ExtractionTooLarge
	}
	return &kb.Unread{Reason: reason, Detail: plain(fmt.Sprintf("%v; %v", err, ended), 4000)}
}

// tail keeps the first bytes of what a child says: a crash begins with its reason.
type tail struct{ buffer bytes.Buffer }

// Write takes everything, and keeps what there is room for.
func (t *tail) Write(p []byte) (int, error) {
	t.buffer.Write(p[:min(len(p), maxSaid-t.buffer.Len())])
	return len(p), nil
}

func (t *tail) text() string { return plain(t.buffer.String(), maxSaid) }
