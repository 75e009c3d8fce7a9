package mongo_test

import (
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/mongo/mongotest"
)

// impatient makes an outage short.
func impatient() mongo.Options {
	return mongo.Options{SelectTimeout: 300 * time.Millisecond, Timeout: time.Second}
}

func TestOpenRefused(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, uri string
		want      kb.Code
		says      string
	}{
		{"nobody there", "mongodb://jan:geheim@" + free + "/db?directConnection=true", kb.Unavailable, free},
		{"no such host", "mongodb://jan:geheim@host.invalid/db", kb.Unavailable, "host.invalid"},
		{"another scheme", "postgres://jan:geheim@localhost/db", kb.Invalid, "--store"},
		{"a broken password", "mongodb://jan:geheim%zz@localhost/db", kb.Invalid, "--store"},
		{"no text", "", kb.Invalid, "--store"},
	} {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			_, err := mongo.Open(t.Context(), test.uri, impatient())
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("the answer took %v", took)
			}
			e, ok := err.(*kb.Error) //nolint:errorlint // the outermost error is what is shown
			if !ok || e.Code != test.want || !strings.Contains(e.Text.NL, test.says) || !strings.Contains(e.Text.EN, test.says) {
				t.Fatalf("got %v, want %s and a text with %q", err, test.want, test.says)
			}
			if strings.Contains(err.Error(), "geheim") {
				t.Errorf("the error shows the password: %v", err)
			}
		})
	}
}

// TestOutage stops the server under an open store and starts it again.
func TestOutage(t *testing.T) {
	server := mongotest.Start(t)
	s := open(t, server.URI(), impatient())
	defer s.Close()
	codes(t, s, record("a", 1))
	server.Stop()
	for name, call := range map[string]func() error{
		"Get":     func() error { _, err := s.Get(t.Context(), []kb.ID{record("a", 1).ID}); return err },
		"Put":     func() error { _, err := s.Put(t.Context(), []kb.Record{record("b", 1)}); return err },
		"Changes": func() error { _, err := s.Changes(t.Context(), 0, 1); return err },
		"Wait":    func() error { return s.Wait(t.Context(), 1) },
	} {
		start := time.Now()
		err := call()
		if got := kb.CodeOf(err); got != kb.Unavailable {
			t.Errorf("%s: got %v, want %s", name, err, kb.Unavailable)
		}
		if took := time.Since(start); took > 4*time.Second {
			t.Errorf("%s: the answer took %v", name, took)
		}
	}
	server.Restart()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for kb.CodeOf(s.Wait(ctx, 0)) == kb.Unavailable {
		// the driver looks for the server on its own schedule; Wait takes its time to fail
	}
	if got := codes(t, s, record("a", 2), record("a", 2)); got[0] != "" || got[1] != kb.Conflict {
		t.Errorf("after the outage: %v", got)
	}
	whole(t, s)
}

// TestLostConfirmation loses the server's answer to an insert that was done: Put
// must find its own row, instead of failing or answering Conflict to itself.
func TestLostConfirmation(t *testing.T) {
	server := mongotest.Start(t)
	line := newCutter(t, server.Addr())
	uri := strings.Replace(server.URI(), server.Addr(), line.addr, 1)
	var opts mongo.Options // patient: the driver has to find the server again
	var cuts atomic.Int32
	opts.BeforeInsert = func(context.Context, kb.Seq) {
		if cuts.Add(1) == 2 {
			line.loseNextAnswer()
		}
	}
	s := open(t, uri, opts)
	defer s.Close()
	codes(t, s, record("a", 1, "k"))
	if got := codes(t, s, record("a", 2, "k"), record("b", 1)); got[0] != "" || got[1] != "" {
		t.Errorf("the write whose answer was lost got %v", got)
	}
	if !line.lost.Load() {
		t.Error("no answer was lost")
	}
	if last, err := s.Last(t.Context()); err != nil || last != 3 {
		t.Errorf("Last: got %d, %v; want 3", last, err)
	}
	whole(t, s)
}

// cutter is a line to a server that can swallow the answer to an insert.
type cutter struct {
	addr  string
	armed atomic.Bool
	lost  atomic.Bool
}

func newCutter(t *testing.T, server string) *cutter {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cutter{addr: listener.Addr().String()}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() { c.join(client, server) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		all.Wait()
	})
	return c
}

func (c *cutter) loseNextAnswer() { c.armed.Store(true) }

// join passes bytes on. Once an insert has passed while armed, the connection ends
// at the first byte of the answer.
func (c *cutter) join(client net.Conn, server string) {
	defer client.Close()
	upstream, err := net.Dial("tcp", server)
	if err != nil {
		return
	}
	defer upstream.Close()
	var cut atomic.Bool
	var up sync.WaitGroup
	up.Go(func() {
		defer upstream.Close()
		buffer := make([]byte, 64<<10)
		for {
			n, err := client.Read(buffer)
			if strings.Contains(string(buffer[:n]), "insert") && c.armed.CompareAndSwap(true, false) {
				cut.Store(true)
			}
			if _, writeErr := upstream.Write(buffer[:n]); err != nil || writeErr != nil {
				return
			}
		}
	})
	buffer := make([]byte, 64<<10)
	for {
		n, err := upstream.Read(buffer)
		if cut.Load() {
			c.lost.Store(true)
			break
		}
		if _, writeErr := client.Write(buffer[:n]); err != nil || writeErr != nil {
			break
		}
	}
	_ = client.Close()
	_, _ = io.Copy(io.Discard, upstream)
	up.Wait()
}
