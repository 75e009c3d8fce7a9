package sqlite_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

// filled makes a closed store with n records and gives its folder.
func filled(t *testing.T, n int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s, n)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// openCode opens and closes a store and gives the code of the error; every error
// must speak to people, in two languages and without a path in the machine's terms.
func openCode(t *testing.T, dir string) kb.Code {
	t.Helper()
	s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
	if err == nil {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		return ""
	}
	e, ok := err.(*kb.Error) //nolint:errorlint // the outermost error is what is shown
	if !ok {
		t.Fatalf("Open gives an error without a meaning: %v", err)
	}
	for _, text := range []string{e.Text.NL, e.Text.EN} {
		if text == "" || strings.Contains(text, "SQLITE") || strings.Contains(text, "store.db") {
			t.Errorf("a text that is not for people: %q", text)
		}
	}
	return e.Code
}

func TestOpenDamaged(t *testing.T) {
	for _, test := range []struct {
		name   string
		damage func(t *testing.T, file string)
	}{
		{"garbage", func(t *testing.T, file string) {
			write(t, file, bytes.Repeat([]byte("geen database "), 1_000))
		}},
		{"a text of some bytes", func(t *testing.T, file string) { write(t, file, []byte("hoi")) }},
		{"cut in half", func(t *testing.T, file string) { truncate(t, file, 2) }},
		{"cut to a page", func(t *testing.T, file string) { truncate(t, file, 1_000_000) }},
		{"somebody else's tables", func(t *testing.T, file string) {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			execute(t, file, "CREATE TABLE recipes (name TEXT)")
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := filled(t, 2_000)
			test.damage(t, filepath.Join(dir, "store.db"))
			if got := openCode(t, dir); got != kb.Damaged {
				t.Errorf("Open: got %q, want %q", got, kb.Damaged)
			}
		})
	}
}

func TestOpenNewer(t *testing.T) {
	dir := filled(t, 1)
	execute(t, filepath.Join(dir, "store.db"), "PRAGMA user_version = 2")
	if got := openCode(t, dir); got != kb.Unavailable {
		t.Errorf("Open: got %q, want %q", got, kb.Unavailable)
	}
}

// TestOpenCutOff: a first start that died before its tables were there has left an
// empty file, which is no reason to call a human.
func TestOpenCutOff(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "store.db"), nil)
	if got := openCode(t, dir); got != "" {
		t.Errorf("Open: got %q, want none", got)
	}
}

func TestOpenNoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, []byte("text"))
	if got := openCode(t, file); got != kb.Invalid {
		t.Errorf("Open: got %q, want %q", got, kb.Invalid)
	}
}

// TestOpenOddFolder: characters that mean something in SQLite's addresses do not here.
func TestOpenOddFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b?mode=memory#%41&é")
	for range 2 {
		if got := openCode(t, dir); got != "" {
			t.Fatalf("Open: got %q, want none", got)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "store.db")); err != nil {
		t.Error(err)
	}
}

// TestCloseLeavesOneFile: a statement of the writing connection once stayed open
// after Close, so that SQLite kept the connection, and the write-ahead log with all
// records beside an empty store.db: whoever copied that file alone lost everything.
func TestCloseLeavesOneFile(t *testing.T) {
	dir := filled(t, 10)
	left, err := filepath.Glob(filepath.Join(dir, "store.db-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("Close left %v, %v", left, err)
	}
}

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		name, sql string
		want      kb.Code
	}{
		{"whole", "SELECT 1", ""},
		{"a number is missing", "DELETE FROM log WHERE seq = 7; DELETE FROM keys WHERE key = 'slug:publication/6'", kb.Damaged},
		{"the first is missing", "DELETE FROM log WHERE seq = 1; DELETE FROM keys WHERE key = 'slug:publication/0'", kb.Damaged},
		{"a version is missing", "UPDATE log SET version = 2 WHERE seq = 7", kb.Damaged},
		{"a key is lost", "DELETE FROM keys WHERE key = 'slug:publication/3'", kb.Damaged},
		{"a key too many", "INSERT INTO keys VALUES ('x', 'y')", kb.Damaged},
		{"a key of another", "UPDATE keys SET id = 'y' WHERE key = 'slug:publication/3'", kb.Damaged},
		{"a key held twice", "UPDATE log SET keys = '[\"slug:publication/3\"]' WHERE seq = 9; DELETE FROM keys WHERE key = 'slug:publication/8'", kb.Damaged},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := filled(t, 20)
			execute(t, filepath.Join(dir, "store.db"), test.sql)
			check(t, dir, test.want)
		})
	}
}

// TestAfterFailedWrite: a batch that breaks off on a damaged row leaves nothing
// behind, neither its first records nor an open transaction.
func TestAfterFailedWrite(t *testing.T) {
	dir := filled(t, 3)
	execute(t, filepath.Join(dir, "store.db"), "UPDATE log SET keys = '{' WHERE seq = 2")
	s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	next := sized(1)
	next.Version = 2
	results, err := s.Put(t.Context(), []kb.Record{sized(10), next, sized(11)})
	if kb.CodeOf(err) != kb.Damaged || results[0] != (kb.Result{}) {
		t.Fatalf("Put: got %v, %v", results, err)
	}
	results, err = s.Put(t.Context(), []kb.Record{sized(12)})
	if err != nil || results[0].Seq != 4 {
		t.Errorf("Put after it: got %v, %v; want number 4", results, err)
	}
}

// TestCheckBytes: damage between the records, where no read of ours may pass.
func TestCheckBytes(t *testing.T) {
	dir := filled(t, 2_000)
	file := filepath.Join(dir, "store.db")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for at := 4096 * 20; at < 4096*24; at += 7 {
		data[at] ^= 0xff
	}
	write(t, file, data)
	check(t, dir, kb.Damaged)
}

func check(t *testing.T, dir string, want kb.Code) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := kb.CodeOf(s.Check(t.Context())); got != want {
		t.Errorf("Check: got %q, want %q", got, want)
	}
}

func write(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// truncate keeps one part of so many of a file, a whole page at least.
func truncate(t *testing.T, file string, part int64) {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file, max(info.Size()/part/4096, 1)*4096); err != nil {
		t.Fatal(err)
	}
}

func execute(t *testing.T, file, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(fmt.Errorf("%s: %w", statements, err))
	}
}
