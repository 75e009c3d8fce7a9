package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

// spoken gives the lines that f writes to the standard output, as the parent of a victim reads it.
func spoken(t *testing.T, f func()) []string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = w
	f()
	os.Stdout = stdout
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

// What a victim acknowledges is what is held against it: both sides read one line alike.
func TestNoteReadsWhatAVictimSays(t *testing.T) {
	one, two := kb.DeriveID("test", "1"), kb.DeriveID("test", "2")
	lines := spoken(t, func() {
		sayAcknowledged(kb.Record{ID: one, Version: 1, Keys: []string{"slug:material/w1n0"}}, 1)
		sayAcknowledged(kb.Record{ID: two, Version: 1, Keys: []string{"slug:material/w1n1"}}, 2)
		say("REBUILT")
		sayAcknowledged(kb.Record{ID: one, Version: 2, Keys: []string{"slug:material/w1n0"}}, 3)
		sayAcknowledged(kb.Record{ID: two, Version: 2, Deleted: true}, 4)
	})
	s := &crashes{acked: map[kb.ID]ack{}}
	s.note(append(lines, "SERVING http://127.0.0.1:1", "", "ACK "+string(one)+" 3 5", "ACK"))
	want := map[kb.ID]ack{one: {version: 2, word: "w1n0"}, two: {version: 2, deleted: true}}
	if diff := cmp.Diff(want, s.acked, cmp.AllowUnexported(ack{})); diff != "" || s.writes != 4 {
		t.Errorf("%s, %d writes\n%s", diff, s.writes, strings.Join(lines, "\n"))
	}
}

func TestSaidGivesTheFailure(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "SERVING x\nACK a 1 1 put k": "", "REBUILT\nFAILED writing: vol\nFAILED rebuilding: x": "FAILED writing: vol",
	} {
		got := ""
		if err := said(strings.Split(text, "\n")); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// victim gives a process that has said some lines, and has ended with a code.
func victim(t *testing.T, code int, lines ...string) *process {
	t.Helper()
	cmd := exec.Command("sh", "-c", fmt.Sprintf("exit %d", code))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: cmd, started: time.Now(), lines: make(chan string, len(lines))}
	for _, l := range lines {
		p.lines <- l
	}
	close(p.lines)
	return p
}

func TestAwait(t *testing.T) {
	p := victim(t, 0, "REBUILT", "SERVING http://127.0.0.1:8080", "IMPORTED")
	if rest, _, err := p.await("SERVING", time.Minute); err != nil || rest != "http://127.0.0.1:8080" {
		t.Errorf("%q %v", rest, err)
	}
	if diff := cmp.Diff([]string{"IMPORTED"}, p.kill()); diff != "" {
		t.Errorf("what was not read yet: %s", diff)
	}
	for name, c := range map[string]struct {
		p      *process
		atMost time.Duration
		want   string
	}{
		"it fails": {victim(t, 0, "FAILED writing: vol", "SERVING x"), time.Minute, "FAILED writing: vol"},
		"it ends":  {victim(t, 3, "REBUILT"), time.Minute, "ended before it said SERVING: exit status 3"},
		"it waits": {&process{lines: make(chan string)}, time.Millisecond, "nothing said SERVING within"},
	} {
		if _, _, err := c.p.await("SERVING", c.atMost); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A server that starts says no at first; one that never says yes ends the wait.
func TestGetAsksUntilTheAnswer(t *testing.T) {
	var asked atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) < 4 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer srv.Close()
	if err := get(srv.URL, 200, time.Minute); err != nil || asked.Load() != 4 {
		t.Errorf("%v after %d", err, asked.Load())
	}
	if err := get(srv.URL, 404, 20*time.Millisecond); err == nil || !strings.Contains(err.Error(), "404") {
		t.Error(err)
	}
}

func TestWriteCollection(t *testing.T) {
	name := filepath.Join(t.TempDir(), "c.jsonl")
	if err := writeCollection(name, 25); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for line := range bytes.Lines(text) {
		var r struct{ ID, Type, Title, Body string }
		if err := json.Unmarshal(line, &r); err != nil || r.Type != "CASE" || !strings.Contains(r.Title, "ingevoerd") || r.Body == "" {
			t.Fatalf("%s: %v", line, err)
		}
		ids[r.ID] = true
	}
	if len(ids) != 25 {
		t.Errorf("%d ids, want 25", len(ids))
	}
	if err := writeCollection(filepath.Join(name, "x"), 1); err == nil {
		t.Error("a file below a file")
	}
}

// The writer acknowledges what the store holds: every create, change, working
// copy and deletion, in versions that follow each other.
func TestTheWriterAcknowledgesWhatIsStored(t *testing.T) {
	store, err := sqlite.Open(t.Context(), t.TempDir(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	newest, copies, deleted, writes := map[kb.ID]kb.Record{}, 0, 0, 0
	w := newWriter(store, 7, func(r kb.Record, seq kb.Seq) {
		if writes++; seq != kb.Seq(writes) || r.Version != newest[r.ID].Version+1 || newest[r.ID].Deleted {
			t.Errorf("write %d has number %d; version %d follows %d", writes, seq, r.Version, newest[r.ID].Version)
		}
		newest[r.ID] = r
		if len(r.Copy) > 0 {
			copies++
		}
		if r.Deleted {
			deleted++
		}
		if writes == 150 {
			stop()
		}
	})
	if err := w.run(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if copies == 0 || deleted == 0 || len(newest) < 50 {
		t.Errorf("seed 7: %d records, %d working copies, %d deletions", len(newest), copies, deleted)
	}
	for id, want := range newest {
		got, err := store.Get(t.Context(), []kb.ID{id})
		if err != nil || got[id].Version != want.Version || got[id].Deleted != want.Deleted {
			t.Fatalf("%+v %v, want %+v", got[id], err, want)
		}
	}
}

// A write that is refused is not acknowledged, and ends the writer.
func TestTheWriterStopsAtARefusal(t *testing.T) {
	for name, c := range map[string]struct {
		result kb.Result
		err    error
	}{
		"the store": {err: kb.Errorf(kb.DiskFull, kb.Text{})}, "the write": {result: kb.Result{Err: kb.Errorf(kb.DiskFull, kb.Text{})}},
	} {
		w := newWriter(refusal{result: c.result, err: c.err}, 1, func(kb.Record, kb.Seq) { t.Errorf("%s: acknowledged", name) })
		if err := w.run(t.Context()); kb.CodeOf(err) != kb.DiskFull {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type refusal struct {
	kb.Store
	result kb.Result
	err    error
}

func (r refusal) Put(context.Context, []kb.Record) ([]kb.Result, error) {
	return []kb.Result{r.result}, r.err
}
