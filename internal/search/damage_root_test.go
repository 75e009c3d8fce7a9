package search

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"leerkring/internal/kb"
)

// closedIndex makes an index of several segments, closes it, and gives its folder.
func closedIndex(tb testing.TB) (dir, generation string) {
	tb.Helper()
	dir = tb.TempDir()
	x := openIndex(tb, dir, Options{})
	for i := range 4 {
		put(tb, x, kb.Seq(i+1), publicCase(fmt.Sprintf("huis %d", i), nil))
		if err := x.Flush(tb.Context()); err != nil {
			tb.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		tb.Fatal(err)
	}
	return dir, generations(tb, dir)[0]
}

func TestExamineRootNamesTheSegments(t *testing.T) {
	_, gen := closedIndex(t)
	segments, err := examineRoot(filepath.Join(gen, "root.bolt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(segments)) {
		if err := examineSegment(filepath.Join(gen, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(segments) == 0 {
		t.Error("no segments")
	}
	if err := examine(gen); err != nil {
		t.Error(err)
	}
}

// Bolt's own check runs in a goroutine of its own. One flipped bit in the number
// or the flags of a page, the very first byte of the file among them, made it
// panic there and ended the process, at every start again; one in the number of
// further pages had it walk over four billion of them.
func TestFlippedPageHeaders(t *testing.T) {
	_, gen := closedIndex(t)
	whole := readFile(t, filepath.Join(gen, "root.bolt"))
	name := filepath.Join(t.TempDir(), "root.bolt")
	writeFile(t, name, whole)
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	set := func(offset int, b byte) {
		if _, err := f.WriteAt([]byte{b}, int64(offset)); err != nil {
			t.Fatal(err)
		}
	}
	page := os.Getpagesize()
	for offset := 0; offset < len(whole); offset++ {
		if offset%page >= 16 {
			continue
		}
		for _, flip := range []byte{0x01, 0x80, 0xff} {
			set(offset, whole[offset]^flip)
			_, err := examineRoot(name)
			// The number of elements of a meta page is not used, nor are free pages.
			if count := offset%page == 10 || offset%page == 11; offset < 2*page && !count && err == nil {
				t.Errorf("byte %d of page %d with %02x flipped was not noticed", offset%page, offset/page, flip)
			}
		}
		set(offset, whole[offset])
	}
	if _, err := examineRoot(name); err != nil {
		t.Errorf("put back as it was: %v", err)
	}
}

// A branch that led back to itself, and a bucket that began at a page without
// keys, had bolt go round until memory ran out.
func TestPagesThatLeadRound(t *testing.T) {
	for name, harm := range map[string]func(b []byte, page int) (at int, child uint64){
		"to itself":       func(_ []byte, page int) (int, uint64) { return page*os.Getpagesize() + pageHeader + 8, uint64(page) },
		"to a meta page":  func(_ []byte, page int) (int, uint64) { return page*os.Getpagesize() + pageHeader + 8, 0 },
		"out of the file": func(_ []byte, page int) (int, uint64) { return page*os.Getpagesize() + pageHeader + 8, 1 << 40 },
		"to another child": func(b []byte, page int) (int, uint64) {
			at := page*os.Getpagesize() + pageHeader + 8
			return at, binary.NativeEndian.Uint64(b[at+branchElement:])
		},
		"from the bucket": func(b []byte, page int) (int, uint64) {
			at := bytes.Index(b, append([]byte("keys"), binary.NativeEndian.AppendUint64(nil, uint64(page))...))
			return at + 4, 1
		},
		"from an empty bucket to itself": func(b []byte, _ int) (int, uint64) {
			return bytes.LastIndex(b, []byte("leeg")) + 4 + bucketHeader + 8, 1 // flag of a branch
		},
	} {
		file := filepath.Join(t.TempDir(), "root.bolt")
		page := boltWithBranch(t, file)
		b := readFile(t, file)
		at, child := harm(b, page)
		binary.NativeEndian.PutUint64(b[at:], child)
		writeFile(t, file, b)
		if _, err := examineRoot(file); err == nil {
			t.Errorf("a branch %s was not noticed", name)
		}
	}
}

// boltWithBranch makes a good bolt file with a branch page and gives its number.
func boltWithBranch(t *testing.T, name string) (page int) {
	t.Helper()
	db, err := bolt.Open(name, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		if _, err := tx.CreateBucket([]byte("leeg")); err != nil {
			return err
		}
		b, err := tx.CreateBucket([]byte("keys"))
		for i := 0; err == nil && i < 1000; i++ {
			err = b.Put(fmt.Appendf(nil, "key %04d", i), []byte("0.zap"))
		}
		return err
	})
	if err = errors.Join(err, db.View(func(tx *bolt.Tx) error { page = int(tx.Bucket([]byte("keys")).Root()); return nil }), db.Close()); err != nil {
		t.Fatal(err)
	}
	if segments, err := examineRoot(name); err != nil || len(segments) != 1 {
		t.Fatalf("whole: %v, %v", segments, err)
	}
	return page
}

// FuzzExamineRoot writes over a good root.bolt: whatever comes of it, the process goes on.
func FuzzExamineRoot(f *testing.F) {
	_, gen := closedIndex(f)
	whole := readFile(f, filepath.Join(gen, "root.bolt"))
	f.Add(uint32(0), []byte{1}, uint32(0))
	f.Add(uint32(8), []byte{0xff, 0xff}, uint32(0))
	f.Add(uint32(12), []byte{0xff, 0xff, 0xff, 0xff}, uint32(0))
	f.Add(uint32(4096*3), []byte(strings.Repeat("\xff", 64)), uint32(0))
	f.Add(uint32(4096*2), []byte(strings.Repeat("\x00", 4096)), uint32(0))
	f.Add(uint32(0), []byte{}, uint32(len(whole)-1))
	f.Fuzz(func(t *testing.T, offset uint32, over []byte, size uint32) {
		b := slices.Clone(whole)
		copy(b[int(offset)%len(b):], over)
		if size != 0 {
			b = b[:int(size)%len(b)]
		}
		name := filepath.Join(t.TempDir(), "root.bolt")
		writeFile(t, name, b)
		segments, err := examineRoot(name)
		if err == nil && len(segments) == 0 {
			t.Error("nothing is wrong, and there are no segments")
		}
	})
}

func FuzzExamineGarbage(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte(strings.Repeat("\x00", 16*4096)))
	f.Add([]byte(strings.Repeat("\xff", 16*4096)))
	f.Fuzz(func(t *testing.T, data []byte) {
		name := filepath.Join(t.TempDir(), "root.bolt")
		writeFile(t, name, data)
		if _, err := examineRoot(name); err == nil {
			t.Errorf("%d bytes of anything are in order", len(data))
		}
		if err := examineSegment(name); err == nil {
			t.Errorf("%d bytes of anything are a segment", len(data))
		}
	})
}

func TestExamineSegment(t *testing.T) {
	_, gen := closedIndex(t)
	files, err := filepath.Glob(filepath.Join(gen, "*.zap"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	whole := readFile(t, files[0])
	name := filepath.Join(t.TempDir(), "segment.zap")
	for i := range whole {
		b := slices.Clone(whole)
		b[i] ^= 1 << (i % 8)
		writeFile(t, name, b)
		if examineSegment(name) == nil {
			t.Errorf("a flipped bit in byte %d of %d was not noticed", i, len(whole))
		}
	}
	for _, n := range []int{0, 1, 63, 64, len(whole) / 2, len(whole) - 1} {
		writeFile(t, name, whole[:n])
		if examineSegment(name) == nil {
			t.Errorf("cut to %d of %d bytes it is in order", n, len(whole))
		}
	}
	writeFile(t, name, append(slices.Clone(whole), 0))
	if examineSegment(name) == nil {
		t.Error("with a byte more it is in order")
	}
	if err := examineSegment(filepath.Join(gen, "gone.zap")); err == nil {
		t.Error("a segment that is not there is in order")
	}
}

// CURRENT with anything but the name of a good generation is healed at opening,
// and nothing outside the folder is touched.
func TestOddCURRENT(t *testing.T) {
	whole, gen := closedIndex(t)
	for name, change := range map[string]func(t *testing.T, dir, base string) string{
		"empty":             func(*testing.T, string, string) string { return "" },
		"white space":       func(*testing.T, string, string) string { return " \n\t" },
		"another folder":    func(*testing.T, string, string) string { return "../gen-x\n" },
		"the parent":        func(*testing.T, string, string) string { return "..\n" },
		"the folder itself": func(*testing.T, string, string) string { return ".\n" },
		"a path below":      func(_ *testing.T, _, base string) string { return base + "/store\n" },
		"no generation":     func(*testing.T, string, string) string { return "lock\n" },
		"two lines":         func(_ *testing.T, _, base string) string { return base + "\n" + base + "\n" },
		"a missing folder":  func(*testing.T, string, string) string { return "gen-000000000000\n" },
		"an empty folder": func(t *testing.T, dir, _ string) string {
			if err := os.Mkdir(filepath.Join(dir, "gen-1"), 0o755); err != nil {
				t.Fatal(err)
			}
			return "gen-1\n"
		},
		"bytes": func(*testing.T, string, string) string { return "gen-\x00\xff" },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
				t.Fatal(err)
			}
			outside := filepath.Join(filepath.Dir(dir), "gen-x")
			if err := os.MkdirAll(outside, 0o755); err != nil {
				t.Fatal(err)
			}
			writeFile(t, filepath.Join(dir, currentName), []byte(change(t, dir, filepath.Base(gen))))
			if state, err := Inspect(dir); state != Damaged || err == nil {
				t.Errorf("Inspect: %s, %v", state, err)
			}
			x, state, err := Open(dir, Options{})
			if err != nil || state != Damaged || x.Position() != 0 {
				t.Fatalf("opening: %s, %v", state, err)
			}
			put(t, x, 1, publicCase("huis", nil))
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(1, len(generations(t, dir))); d != "" {
				t.Errorf("generations: %s", d)
			}
			if _, err := os.Stat(outside); err != nil {
				t.Error(err)
			}
			x, state, err = Open(dir, Options{})
			if err != nil || state != Current || x.Position() != 1 {
				t.Fatalf("opening again: %s, %v", state, err)
			}
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestLeftoversAreRemoved(t *testing.T) {
	dir, gen := closedIndex(t)
	for _, name := range []string{"gen-0123", "tmp-0123"} {
		if err := os.MkdirAll(filepath.Join(dir, name, "store"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, filepath.Join(dir, "tmp-4567"), nil)
	writeFile(t, filepath.Join(dir, "notes.txt"), nil)
	openIndex(t, dir, Options{})
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if d := cmp.Diff([]string{currentName, filepath.Base(gen), "lock", "notes.txt"}, got); d != "" {
		t.Error(d)
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Open(dir, Options{}); kb.CodeOf(err) != kb.ReadOnly {
		t.Errorf("got %v", err)
	}
}
