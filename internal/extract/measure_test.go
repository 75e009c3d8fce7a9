//go:build unix

package extract

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// word is what is compared: letters and digits, however they are written.
var word = regexp.MustCompile(`[\p{L}\p{N}]+`)

// words counts the words of a text. Hyphens at the ends of lines are not compared: one
// side joins words there, and the other does not.
func words(s string) []string {
	s = regexp.MustCompile(`[-\x{00ad}]\s*\n\s*`).ReplaceAllString(s, "")
	return word.FindAllString(strings.ToLower(strings.ReplaceAll(s, "-", "")), -1)
}

// f1 is the harmonic mean of precision and recall of words, each as often as it is there.
func f1(want, got []string) float64 {
	count := map[string]int{}
	for _, w := range want {
		count[w]++
	}
	common := 0
	for _, w := range got {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	if len(want)+len(got) == 0 {
		return 1
	}
	return 2 * float64(common) / float64(len(want)+len(got))
}

func testFiles(t *testing.T, pattern string) []string {
	t.Helper()
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" {
		t.Skip("LEERKRING_TESTDATA is not set: there are no real files")
	}
	files, err := filepath.Glob(filepath.Join(dir, "files", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s in %s: %v", pattern, dir, err)
	}
	return files
}

// TestPDFReadsLikePoppler measures real PDFs against pdftotext -raw.
func TestPDFReadsLikePoppler(t *testing.T) {
	files := testFiles(t, "*.pdf")
	poppler, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
			t.Fatal("pdftotext is not installed")
		}
		t.Skip("pdftotext is not installed")
	}
	x := opening(t, Config{Cache: compiled(t)})
	sum, pages, low := 0.0, 0, 0
	for _, name := range files {
		r := readFile(t, x, name)
		if r == nil || r.State != kb.ExtractionRead {
			continue
		}
		raw, err := exec.CommandContext(t.Context(), poppler, "-raw", name, "-").Output()
		if err != nil {
			t.Logf("%s: %v", name, err)
			continue
		}
		want := strings.Split(string(raw), "\f")
		for i, p := range r.Pages {
			if p.Picture || i >= len(want) {
				continue
			}
			score := f1(words(want[i]), words(p.Text))
			pages++
			sum += score
			if score < 0.95 {
				low++
				t.Logf("%s page %d: F1 %.3f", filepath.Base(name), p.Number, score)
			}
		}
	}
	t.Logf("%d pages, F1 %.4f, %d under .95", pages, sum/float64(pages), low)
	if sum/float64(pages) < 0.99 {
		t.Error("the mean F1 is under .99")
	}
}

// readFile reads a file, and gives nothing when it could not be read in its bounds.
func readFile(t *testing.T, x *Extractor, name string) *kb.Reading {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // only read
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	r, err := x.Read(t.Context(), kb.Source{Blob: onDisk{f, info.Size()}, Name: filepath.Base(name)})
	if _, ok := errors.AsType[*kb.Unread](err); err != nil && !ok {
		t.Logf("%s: %v", name, err)
	}
	if err != nil || time.Since(begun) > 5*time.Second {
		t.Logf("%s: %v in %s", filepath.Base(name), err, time.Since(begun))
	}
	return r
}

// onDisk is a file of which the descriptor is sent.
type onDisk struct {
	*os.File
	size int64
}

func (o onDisk) Size() int64 { return o.size }

// TestHostileFilesEndInAState reads all files of a folder that is named by
// LEERKRING_HOSTILE, made by others to do harm.
func TestHostileFilesEndInAState(t *testing.T) {
	dir := os.Getenv("LEERKRING_HOSTILE")
	if dir == "" {
		t.Skip("LEERKRING_HOSTILE is not set: there are no hostile files")
	}
	x := opening(t, Config{Cache: compiled(t)})
	states := map[kb.ExtractionState]int{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if r := readFile(t, x, name); r != nil {
			states[r.State]++
		} else {
			states["UNREAD"]++
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	t.Log(states)
}
