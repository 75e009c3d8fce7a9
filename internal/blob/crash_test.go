package blob_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"leerkring/internal/blob"
	"leerkring/internal/kb"
)

func sum(data string) string {
	s := sha256.Sum256([]byte(data))
	return hex.EncodeToString(s[:])
}

func stageID(name string) kb.ID { return kb.DeriveID("blob", name) }

func open(t testing.TB, dir string) *blob.Folder {
	t.Helper()
	f, err := blob.Open(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// stored makes a blob.
func stored(t testing.TB, f *blob.Folder, data string) string {
	t.Helper()
	if _, err := f.Append(t.Context(), stageID(data), 0, strings.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	name, _, err := f.Commit(t.Context(), stageID(data))
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func code(t *testing.T, what string, err error, want kb.Code) {
	t.Helper()
	if got := kb.CodeOf(err); got != want {
		t.Errorf("%s: got %v, want %q", what, err, want)
	}
}

// TestCrashes opens what a crash at each step of a write leaves behind.
func TestCrashes(t *testing.T) {
	id, name := stageID("s"), sum("abcdef")
	for _, test := range []struct {
		name   string
		left   map[string]string // files that the crash left
		staged int64
		blob   kb.Code
	}{
		{"nothing yet", nil, 0, kb.NotFound},
		{"the stage was made", map[string]string{"stages/" + string(id): ""}, 0, kb.NotFound},
		{"half of it came", map[string]string{"stages/" + string(id): "abc"}, 3, kb.NotFound},
		{"all of it came", map[string]string{"stages/" + string(id): "abcdef"}, 6, kb.NotFound},
		{"the folder of the blob was made", map[string]string{"stages/" + string(id): "abcdef", name[:2] + "/": ""}, 6, kb.NotFound},
		{"renamed", map[string]string{name[:2] + "/" + name: "abcdef"}, 0, ""},
		{"a draft of what is derived", map[string]string{name[:2] + "/" + name: "abcdef", name[:2] + "/" + name + ".d/a~1": "hal"}, 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			leave(t, dir, test.left)
			f := open(t, dir)
			if got, err := f.Staged(t.Context(), id); err != nil || got != test.staged {
				t.Errorf("Staged: got %d, %v; want %d", got, err, test.staged)
			}
			code(t, "Check", f.Check(t.Context(), name), test.blob)
			_, err := f.OpenDerived(t.Context(), name, "a")
			code(t, "OpenDerived", err, kb.NotFound)
			// The upload goes on where it was, and all is as if nothing happened.
			if _, err := f.Append(t.Context(), id, test.staged, strings.NewReader("abcdef"[test.staged:])); err != nil {
				t.Fatal(err)
			}
			if got, _, err := f.Commit(t.Context(), id); err != nil || got != name {
				t.Fatalf("Commit: got %s, %v", got, err)
			}
			if err := f.PutDerived(t.Context(), name, "a", strings.NewReader("whole")); err != nil {
				t.Fatal(err)
			}
			code(t, "Check", f.Check(t.Context(), name), "")
			if err := f.Delete(t.Context(), name); err != nil {
				t.Fatal(err)
			}
			if left := regularFiles(t, dir); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// leave writes files by name; a name that ends in a slash is a folder.
func leave(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path+"x"), 0o700); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(path, 0o700); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func regularFiles(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestDamage: bytes that changed on the disk are noticed, and mended by the same bytes
// coming again.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	name := stored(t, f, "abcdef")
	path := filepath.Join(dir, name[:2], name)
	for _, bad := range []string{"abcdeg", "abc", "", "abcdefg"} {
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		code(t, "Check of "+bad, f.Check(t.Context(), name), kb.Damaged)
		stored(t, f, "abcdef")
		code(t, "Check after it came again", f.Check(t.Context(), name), "")
	}
}

// TestStrangers: what lies in the folder and is not ours is neither visited nor opened.
func TestStrangers(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	f := open(t, dir)
	name, link := stored(t, f, "abc"), sum("linked")
	secret := filepath.Join(outside, "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	leave(t, dir, map[string]string{"README": "x", "ab/" + sum("elsewhere"): "x", "stages/" + name: "x", "stages/.DS_Store": "x", link[:2] + "/" + link + "/": ""})
	if err := os.Remove(filepath.Join(dir, link[:2], link)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, link[:2], link)); err != nil {
		t.Fatal(err)
	}
	if b, err := f.Open(t.Context(), link); err == nil {
		t.Errorf("a link out of the folder was opened: %v", b.Size())
	}
	var visited []string
	err := f.Walk(t.Context(), func(s kb.Stored) error {
		visited = append(visited, s.SHA256+string(s.Stage))
		return nil
	})
	if err != nil || len(visited) != 1 || visited[0] != name {
		t.Errorf("visited %v, %v; want only %s", visited, err, name)
	}
}

// TestGrowsSinceTheHashWasKept: bytes that were not written here are read at Commit.
func TestGrowsSinceTheHashWasKept(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	id := stageID("s")
	if _, err := f.Append(t.Context(), id, 0, strings.NewReader("abc")); err != nil {
		t.Fatal(err)
	}
	second := open(t, dir)
	if _, err := second.Append(t.Context(), id, 3, strings.NewReader("def")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Append(t.Context(), id, 6, strings.NewReader("ghi")); err != nil {
		t.Fatal(err)
	}
	if name, size, err := f.Commit(t.Context(), id); err != nil || name != sum("abcdefghi") || size != 9 {
		t.Errorf("got %s, %d, %v", name, size, err)
	}
}

// TestMemory: an upload of any size takes one buffer.
func TestMemory(t *testing.T) {
	f := open(t, t.TempDir())
	allocated := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			r := io.LimitReader(zeros{}, 8<<20)
			if _, err := f.Append(t.Context(), stageID("s"), 0, r); err != nil {
				b.Fatal(err)
			}
			if err := f.Discard(t.Context(), stageID("s")); err != nil {
				b.Fatal(err)
			}
		}
	}).AllocedBytesPerOp()
	if allocated > 1<<20 {
		t.Errorf("an upload of 8 MiB allocates %d bytes", allocated)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestReaderErrorsStayThemselves: who gave the reader can tell its error from ours.
func TestReaderErrorsStayThemselves(t *testing.T) {
	f := open(t, t.TempDir())
	name := stored(t, f, "abc")
	for what, err := range map[string]error{
		"Append": func() error {
			_, err := f.Append(t.Context(), stageID("s"), 0, iotest.ErrReader(os.ErrNotExist))
			return err
		}(),
		"PutDerived": f.PutDerived(t.Context(), name, "a", iotest.ErrReader(os.ErrNotExist)),
	} {
		if !errors.Is(err, os.ErrNotExist) || kb.CodeOf(err) != kb.Internal {
			t.Errorf("%s: got %v", what, err)
		}
	}
}
