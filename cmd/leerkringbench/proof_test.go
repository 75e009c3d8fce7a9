package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// A proof that cannot fail proves nothing: each kind of loss is made, and noticed.
func TestTheProofNoticesWhatIsLost(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	acked := written(t, dir)
	var id, gone kb.ID
	for k, a := range acked {
		if a.deleted {
			gone = k
		} else {
			id = k
		}
	}
	for _, c := range []struct {
		name   string
		change func(m map[kb.ID]ack)
		want   string
	}{
		{"nothing", func(map[kb.ID]ack) {}, ""},
		{"a record", func(m map[kb.ID]ack) { m[kb.DeriveID("crash", "x")] = ack{version: 1, word: "x"} }, "version 1 was acknowledged, 0 is there"},
		{"a version", func(m map[kb.ID]ack) { m[id] = ack{version: 2, word: m[id].word} }, "version 2 was acknowledged, 1 is there"},
		{"a deletion", func(m map[kb.ID]ack) { m[id] = ack{version: 1, deleted: true} }, "deleted is false"},
		{"a record that is not found", func(m map[kb.ID]ack) { m[id] = ack{version: 1, word: "w9n9"} }, "is found 0 times, not 1"},
		{"a record that is found twice", func(m map[kb.ID]ack) { m[id] = ack{version: 1, word: "woningbouw"} }, "is found 2 times, not 1"},
		{"a write too many", func(m map[kb.ID]ack) { m[gone] = ack{version: 0} }, "version 0 was acknowledged, 2 is there"},
	} {
		s := &crashes{acked: map[kb.ID]ack{}}
		for k, a := range acked {
			s.acked[k] = a
		}
		c.change(s.acked)
		if err := s.check(t.Context(), dir); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("lost: %s: %v, want %q", c.name, err, c.want)
		}
	}
	if err := (&crashes{lines: 7}).allOnce(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "0 of 7") {
		t.Errorf("lines that were never imported: %v", err)
	}
	harm(t, dir)
	if err := compare(t.Context(), dir); err == nil {
		t.Error("an index whose files are emptied passes")
	}
}

// written gives what was acknowledged of three records, one of them deleted again.
func written(t *testing.T, dir string) map[kb.ID]ack {
	t.Helper()
	a, err := app.Open(t.Context(), config(dir))
	if err != nil {
		t.Fatal(err)
	}
	s := &crashes{acked: map[kb.ID]ack{}}
	var last kb.Seq
	w := newWriter(a.Store, 7, func(r kb.Record, seq kb.Seq) {
		last = seq
		key := "/-"
		if !r.Deleted {
			key = r.Keys[0]
		}
		_, word, _ := strings.Cut(key, "/")
		s.acked[r.ID] = ack{version: r.Version, deleted: r.Deleted, word: word}
	})
	for n := range 3 {
		if err := w.create(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.remove(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Settle(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return s.acked
}

// harm empties the files of the index.
func harm(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "index", "gen-*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if info, err := os.Stat(f); err == nil && info.Mode().IsRegular() {
			if err := os.Truncate(f, 0); err != nil {
				t.Fatal(err)
			}
		}
	}
}
