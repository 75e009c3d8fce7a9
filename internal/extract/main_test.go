//go:build unix

package extract

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// TestMain makes this program a child when it is asked to: the real one, or one that
// misbehaves as the name of the file says.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 || os.Args[1] != "extract-worker" {
		os.Exit(m.Run())
	}
	work := Work
	switch len(os.Args) {
	case 3:
		work = misbehave
	case 4:
		work = probe
	}
	if err := work(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// misbehave is a child that does what the name of a file tells it.
func misbehave(context.Context) error {
	l, err := inherited()
	if err != nil {
		return err
	}
	var s setup
	if _, err := l.receive(&s); err != nil {
		return err
	}
	if err := writeJSON(l, frameReady, nil); err != nil {
		return err
	}
	for {
		var j job
		if _, err := l.receive(&j); err != nil {
			return err
		}
		switch {
		case j.Ask == askDraw:
			drawBadly(l, j)
		case j.Name == "crash":
			panic("a reader went wrong")
		case j.Name == "hang":
			time.Sleep(time.Hour)
		case j.Name == "eat":
			eat()
		case j.Name == "exit":
			os.Exit(0)
		default:
			for _, part := range strings.Split(j.Name, "|") {
				_, err = l.Write(fmt.Appendf(nil, "%c\x00\x00%c%c%s", part[0], (len(part)-1)>>8, (len(part)-1)&255, part[1:]))
			}
			if err != nil {
				return err
			}
		}
	}
}

// drawBadly draws page 1, and dies of page 2.
func drawBadly(l *line, j job) {
	for _, page := range j.Pages {
		if page == 2 {
			os.Exit(3)
		}
		_ = writeJSON(l, frameItem, page)
		_ = writeFrame(l, frameBytes, fmt.Appendf(nil, "picture %d", page))
		_ = writeFrame(l, frameItemEnd, nil)
	}
	_ = writeFrame(l, frameDone, nil)
}

func eat() {
	var all [][]byte
	for {
		piece := make([]byte, 8<<20)
		for i := range piece {
			piece[i] = 1
		}
		all = append(all, piece)
		if len(all) > 512 {
			return
		}
	}
}

// blob is a file in memory.
type blob struct{ *strings.Reader }

func (blob) Close() error { return nil }

func source(name, content string) kb.Source {
	return kb.Source{Blob: blob{strings.NewReader(content)}, Name: name}
}

// opening makes an extractor with children of this program.
// compiled is the folder for compiled code, which is that of the program: PDFium is not
// compiled anew for each test.
func compiled(t *testing.T) string {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	return filepath.Join(dir, "leerkring")
}

func opening(t *testing.T, c Config, args ...string) *Extractor {
	t.Helper()
	c.Command = append([]string{os.Args[0], "extract-worker"}, args...)
	x, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}
