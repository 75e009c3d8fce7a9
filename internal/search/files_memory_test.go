//go:build !race

package search

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"runtime/debug"
	"strconv"
	"testing"

	"leerkring/internal/kb"
)

// peakMemory gives the most memory that this process had since it was last asked, in
// bytes.
func peakMemory(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("this system does not tell the most memory that a process had: ", err)
	}
	found := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		t.Skip("this system does not tell the most memory that a process had")
	}
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		t.Skip("this system does not forget the most memory that a process had: ", err)
	}
	n, _ := strconv.Atoi(string(found[1]))
	return n << 10
}

// A file of 20 MB of text once took 450 MB of memory while it was indexed, and one in
// which no word stands twice more than 2 GB. It is indexed in a process of its own, since other tests use memory as well.
func TestMemoryForAVeryLongFile(t *testing.T) {
	const child = "LEERKRING_TEST_MEMORY"
	if kind := os.Getenv(child); kind != "" {
		indexVeryLongFile(t, kind)
		return
	}
	peakMemory(t)
	for _, kind := range []string{"words", "numbers"} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMemoryForAVeryLongFile$", "-test.v")
		cmd.Env = append(os.Environ(), child+"="+kind)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", kind, err, out)
		}
		for _, line := range regexp.MustCompile(`.*MB.*`).FindAll(bytes.TrimSpace(out), -1) {
			t.Logf("%s", line)
		}
	}
}

func indexVeryLongFile(t *testing.T, kind string) {
	rng := rand.New(rand.NewPCG(1, 1))
	var texts []string
	switch kind {
	case "words":
		texts = pageTexts(rng, 8650)
	default: // no word twice
		for n := range 5000 {
			var b bytes.Buffer
			for b.Len() < 4000 {
				fmt.Fprintf(&b, "n%dx%x ", n, b.Len())
			}
			texts = append(texts, b.String())
		}
	}
	size := 0
	for _, text := range texts {
		size += len(text)
	}
	d := publicCase("rapport", func(d *kb.Document) { d.Pages = filePages("rapport", texts...) })
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("iets", nil))
	debug.FreeOSMemory()
	peakMemory(t)
	before := peakMemory(t)
	put(t, x, 2, d)
	grown := peakMemory(t) - before
	t.Logf("%s: %.1f MB of text, memory grew from %.0f by %.0f MB", kind, float64(size)/1e6, float64(before)/1e6, float64(grown)/1e6)
	if grown > 400<<20 {
		t.Errorf("indexing took %d MB", grown>>20)
	}
}
