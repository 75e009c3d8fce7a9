package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

func TestQuantile(t *testing.T) {
	seconds := func(n ...int) []time.Duration {
		var out []time.Duration
		for _, s := range n {
			out = append(out, time.Duration(s)*time.Second)
		}
		return out
	}
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(100-i) * time.Second
	}
	for _, c := range []struct {
		all  []time.Duration
		q    float64
		want int
	}{
		{nil, .5, 0},
		{seconds(7), 0, 7},
		{seconds(7), .5, 7},
		{seconds(7), 1, 7},
		{seconds(3, 1, 2), .5, 2},
		{seconds(3, 1, 2), 0, 1},
		{seconds(3, 1, 2), 1, 3},
		{seconds(3, 1, 2), .95, 3},
		{hundred, .5, 51},
		{hundred, .95, 96},
		{hundred, 1, 100},
	} {
		if got := quantile(c.all, c.q); got != time.Duration(c.want)*time.Second {
			t.Errorf("%v of %d values: %s, want %d s", c.q, len(c.all), got, c.want)
		}
	}
}

func TestFolderSize(t *testing.T) {
	dir := t.TempDir()
	if got := folderSize(dir); got != 0 {
		t.Errorf("an empty folder: %d bytes", got)
	}
	if err := os.MkdirAll(filepath.Join(dir, "a", "b"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, size := range map[string]int{"x": 10, "a/y": 200, "a/b/z": 3_000, "leeg": 0} {
		if err := os.WriteFile(filepath.Join(dir, name), make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := folderSize(dir); got != 3_210 {
		t.Errorf("%d bytes, want 3210", got)
	}
	if got := folderSize(filepath.Join(dir, "nergens")); got != 0 {
		t.Errorf("no folder: %d bytes", got)
	}
	if got := megabytes(3<<20 + 1); got != "3 MB" {
		t.Error(got)
	}
}

func TestFolder(t *testing.T) {
	named := t.TempDir()
	dir, done, err := folder(named)
	if err != nil || dir != named {
		t.Fatal(dir, err)
	}
	done()
	if _, err := os.Stat(named); err != nil {
		t.Errorf("a folder that was named is removed: %v", err)
	}
	t.Setenv("TMPDIR", named)
	if dir, done, err = folder(""); err != nil || filepath.Dir(dir) != named {
		t.Fatal(dir, err)
	}
	done()
	if _, err := os.Stat(dir); err == nil {
		t.Error("a temporary folder is left behind")
	}
}

func TestTheMachineIsNamed(t *testing.T) {
	if got := machine(); !strings.Contains(got, runtime.Version()) || !strings.Contains(got, "cores") {
		t.Error(got)
	}
	if runtime.GOOS != "linux" {
		t.Skip("peak memory is read from /proc, which only Linux has")
	}
	if got := peakMemory(os.Getpid()); got < 1<<20 || got > 1<<40 {
		t.Errorf("%d bytes", got)
	}
	if got := peakMemory(-1); got != 0 {
		t.Errorf("no process: %d bytes", got)
	}
}

// Each record has a word that no other record has and that is no beginning of
// another: a search for it counts exactly one.
func TestWordsAreTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for run := range uint64(20) {
		for n := range 50 {
			w := word(run, n)
			if seen[w] || kb.Slugify(w, kb.MaxSlug) != w {
				t.Fatalf("%q is taken or no slug", w)
			}
			seen[w] = true
		}
	}
}
