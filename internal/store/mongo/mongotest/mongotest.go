// Package mongotest gives tests a server that speaks MongoDB's wire protocol.
//
// The invariant that a newcomer must know: every test gets a database of its own.
// The server is FerretDB, built from tools/ferretdb and run as a process of its
// own that cannot outlive the test; LEERKRING_TEST_MONGO_URI names another one.
package mongotest

import (
	"bufio"
	"context"
	"crypto/rand"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// URI gives the address of an empty database.
func URI(t testing.TB) string {
	t.Helper()
	return Databases(t)()
}

// Databases gives a function that gives the address of an empty database at each
// call, all on one server.
func Databases(t testing.TB) func() string {
	t.Helper()
	if uri := os.Getenv("LEERKRING_TEST_MONGO_URI"); uri != "" {
		return func() string { return dropped(t, uri, "leerkring_test_"+strings.ToLower(rand.Text())) }
	}
	server := Start(t)
	return func() string { return server.URI() }
}

// dropped names a database in an address, and drops it after the test.
func dropped(t testing.TB, uri, name string) string {
	t.Helper()
	u, err := url.Parse(uri)
	if err != nil {
		t.Fatal("LEERKRING_TEST_MONGO_URI is not an address")
	}
	u.Path = "/" + name
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		client, err := mongo.Connect(options.Client().ApplyURI(uri))
		if err != nil {
			t.Errorf("drop %s: %v", name, err)
			return
		}
		if err := client.Database(name).Drop(ctx); err != nil {
			t.Errorf("drop %s: %v", name, err)
		}
		_ = client.Disconnect(ctx)
	})
	return u.String()
}

// Server is a FerretDB process.
type Server struct {
	t       testing.TB
	program string
	dir     string
	addr    string
	cmd     *exec.Cmd
	stdin   io.Closer
}

// Start runs a server until the end of the test.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{t: t, program: build(t), dir: t.TempDir(), addr: "127.0.0.1:0"}
	s.Restart()
	t.Cleanup(s.Stop)
	return s
}

// URI gives the address of an empty database on the server.
func (s *Server) URI() string {
	return "mongodb://" + s.addr + "/test_" + strings.ToLower(rand.Text())
}

// Addr is the host and port on which the server listens.
func (s *Server) Addr() string { return s.addr }

// Stop ends the process; what it stored stays.
func (s *Server) Stop() {
	if s.cmd == nil {
		return
	}
	_ = s.stdin.Close()
	_ = s.cmd.Wait() // how it ended is of no interest
	s.cmd = nil
}

// Restart runs a stopped server again, on the same address and folder.
func (s *Server) Restart() {
	s.t.Helper()
	cmd := exec.Command(s.program, "-stdin", "-addr", s.addr, "-dir", s.dir)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.cmd, s.stdin = cmd, stdin
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		s.t.Fatalf("FerretDB did not start: %v", err)
	}
	u, err := url.Parse(strings.TrimSpace(line))
	if err != nil {
		s.t.Fatal(err)
	}
	s.addr = u.Host
}
