package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"leerkring/internal/extract/picture"
)

// probe is a child that is confined like a real one, tries to reach what the name of
// its file says, and answers with what it got.
func probe(context.Context) error {
	l, err := inherited()
	if err != nil {
		return err
	}
	var s setup
	if _, err := l.receive(&s); err != nil {
		return err
	}
	missing, err := confine(s)
	if err != nil {
		return err
	}
	if err := writeJSON(l, frameReady, missing); err != nil {
		return err
	}
	var j job
	if _, err := l.receive(&j); err != nil {
		return err
	}
	got := "reached"
	if address, ok := strings.CutPrefix(j.Name, "tcp "); ok {
		if _, err := net.Dial("tcp", address); err != nil {
			got = "refused"
		}
	} else if j.Name == "own" {
		name := filepath.Join(os.TempDir(), "eigen")
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			got = "refused"
		}
	} else if _, err := os.Open(j.Name); err != nil {
		got = "refused"
	}
	_ = writeFrame(l, frameHead, []byte(`{"state":"READ"}`))
	_ = writeFrame(l, framePage, []byte(`{}`))
	_ = writeFrame(l, frameText, []byte(got))
	return writeFrame(l, frameDone, nil)
}

// attempt has a probe reach for something, and gives what it got and what the pool logged.
func attempt(t *testing.T, what string, c Config) (got, logged string) {
	t.Helper()
	var log bytes.Buffer
	c.Log, c.Files = slog.New(slog.NewTextHandler(&log, nil)), 1
	x := opening(t, c, "probe", "it")
	r, err := x.Read(t.Context(), source(what, "x"))
	if err != nil {
		t.Fatal(err)
	}
	return r.Pages[0].Text, log.String()
}

func TestChildrenReachNoNetwork(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }() // nothing comes
	got, logged := attempt(t, "tcp "+listener.Addr().String(), Config{})
	if strings.Contains(logged, "network") {
		unconfined(t, "this kernel gives no network of its own to a child")
	}
	if got != "refused" {
		t.Error("a child reached a server")
	}
}

func TestChildrenOpenNoFiles(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "geheim")
	if err := os.WriteFile(secret, []byte("geheim"), 0o644); err != nil {
		t.Fatal(err)
	}
	got, logged := attempt(t, secret, Config{})
	if strings.Contains(logged, "files]") || strings.Contains(logged, "[files") {
		unconfined(t, "this kernel has no landlock")
	}
	if got != "refused" {
		t.Error("a child opened a file")
	}
	tools := Config{Programs: picture.Programs{Tesseract: "tesseract"}}
	if got, _ := attempt(t, "/etc/passwd", tools); got != "refused" {
		t.Error("a child without programs opened a file")
	}
}

// A child that starts programs has a folder of its own, which goes with it; it reads
// nothing else that is not of the system.
func TestChildrenWithProgramsReadTheirOwnFolder(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "geheim")
	if err := os.WriteFile(secret, []byte("geheim"), 0o644); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, name := range []string{secret, "/etc/passwd", "/etc/hostname", "/root", "/usr/share/doc", "own"} {
		x := opening(t, Config{Programs: picture.Programs{Tesseract: "tesseract"}}, "probe", "it")
		a := &answer{limits: x.config.Limits, left: 1000}
		if err := x.run(t.Context(), source(name, "x"), job{Ask: askRecognise}, x.config.OCR, a.frame); err != nil {
			t.Fatal(err)
		}
		c := x.pool.idle[0]
		if slices.Contains(c.missing, "files") {
			unconfined(t, "this kernel has no landlock")
		}
		got[name] = a.pages[0].Text
		_ = c.end() // killed by us
		if !strings.Contains(c.dir, "leerkring") {
			t.Errorf("a child was in %q", c.dir)
		}
		x.pool.idle = nil
		if _, err := os.Stat(c.dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the folder of a child is left: %v", err)
		}
	}
	want := map[string]string{secret: "refused", "/etc/passwd": "refused", "/etc/hostname": "refused", "/root": "refused", "/usr/share/doc": "reached", "own": "reached"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// unconfined skips a test for want of a kernel; where all must be there it fails.
func unconfined(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// What the system does not confine is said once, and not for each child.
func TestMissingConfinementIsSaidOnce(t *testing.T) {
	var log bytes.Buffer
	p := &pool{config: Config{Log: slog.New(slog.NewTextHandler(&log, nil))}}
	for range 3 {
		p.tell(&child{missing: []string{"files"}}, true)
	}
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "[files network]") || !p.shared {
		t.Errorf("got %q", got)
	}
	log.Reset()
	(&pool{config: p.config}).tell(&child{}, false)
	if log.Len() > 0 {
		t.Errorf("a child that is confined in all gives %q", &log)
	}
}

func TestResidentCountsWhatAChildStarted(t *testing.T) {
	self := resident(os.Getpid())
	if self < 1<<20 || resident(1<<30) != 0 {
		t.Errorf("this process has %d bytes", self)
	}
}

// Everything that an extractor started has ended when it is closed.
func TestNothingIsLeft(t *testing.T) {
	before := goleak.IgnoreCurrent()
	x, err := New(Config{Command: []string{os.Args[0], "extract-worker", "badly"}, Cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Repeat([]string{good, "crash"}, 3) {
		_, _ = x.Read(t.Context(), source(name, "x")) // what it gives is another test's
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	goleak.VerifyNone(t, before)
	if children, err := os.ReadFile(fmt.Sprintf("/proc/self/task/%d/children", os.Getpid())); err == nil && len(children) > 0 {
		t.Errorf("children are left: %s", children)
	}
}
