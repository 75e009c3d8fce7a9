package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"

	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

// TestOpenReading: while one store writes a folder, another reads it, and sees each
// write that was acknowledged before.
func TestOpenReading(t *testing.T) {
	dir := filled(t, 3)
	s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	reading, err := sqlite.OpenReading(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if reading.Identity() != s.Identity() {
		t.Error("it is another store")
	}
	if results, err := s.Put(t.Context(), []kb.Record{sized(1_000)}); err != nil || results[0].Err != nil {
		t.Fatal(results, err)
	}
	want, err := s.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := reading.Log(t.Context(), 0, 100); err != nil || got.Position != want || len(got.Records) != int(want) {
		t.Errorf("the log: %d records to %d, %v; want %d", len(got.Records), got.Position, err, want)
	}
	if _, err := reading.Put(t.Context(), []kb.Record{sized(1_001)}); kb.CodeOf(err) != kb.ReadOnly {
		t.Errorf("Put: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := reading.Last(t.Context()); err != nil || got != want {
		t.Errorf("after the writer closed: %d, %v", got, err)
	}
	if err := reading.Close(); err != nil {
		t.Error(err)
	}
	if got := openCode(t, dir); got != "" {
		t.Errorf("Open after both: %q", got)
	}
}

func TestOpenReadingRefused(t *testing.T) {
	other := t.TempDir()
	write(t, filepath.Join(other, "store.db"), []byte("this is no store, and never was one: it is text of some length"))
	blank := t.TempDir()
	write(t, filepath.Join(blank, "store.db"), nil)
	for dir, want := range map[string]kb.Code{t.TempDir(): kb.NotFound, other: kb.Damaged, blank: kb.Damaged} {
		if _, err := sqlite.OpenReading(t.Context(), dir); kb.CodeOf(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := os.Stat(filepath.Join(blank, "store.lock")); err == nil {
		t.Error("a folder that is only read was locked")
	}
}
