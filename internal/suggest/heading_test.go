package suggest_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/office"
	"leerkring/internal/extract/pdf"
	"leerkring/internal/kb"
	"leerkring/internal/suggest"
)

// TestHeadingsMeasured prints how often the heading of a real file is the title in its
// properties, for files where that is none of the junk.
func TestHeadingsMeasured(t *testing.T) {
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" {
		if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
			t.Fatal("LEERKRING_TESTDATA is not set")
		}
		t.Skip("LEERKRING_TESTDATA is not set: no real files to measure with")
	}
	engine, err := pdf.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close(t.Context())
	s := suggest.New(known(), kb.NewGazetteer())
	right, all := 0, 0
	for ending, read := range map[string]format.Reader{"pdf": engine.Read, "docx": office.ReadDOCX, "pptx": office.ReadPPTX} {
		files, err := filepath.Glob(filepath.Join(dir, "files", "*."+ending))
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s files: %v", ending, err)
		}
		for _, name := range files {
			r := readWith(t, read, name)
			title := titleOf(t, s, r)
			if title == "" || title != strings.TrimSpace(r.Title) {
				continue
			}
			r.Title = ""
			all++
			heading := kb.Fold(titleOf(t, s, r))
			if want := kb.Fold(title); heading != "" && (strings.Contains(want, heading) || strings.Contains(heading, want)) {
				right++
			} else {
				t.Logf("%q has the heading %q", title, heading)
			}
		}
	}
	t.Logf("%d of %d headings are the title of the file or a part of it", right, all)
	if all == 0 {
		t.Error("no file has a title")
	}
}

func readWith(t *testing.T, read format.Reader, name string) *kb.Reading {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	r, err := read(format.Input{ReaderAt: f, Size: info.Size(), Name: name, Limits: format.Defaults(), Late: func() bool { return false }})
	if _, broken := errors.AsType[*format.Problem](err); broken {
		return &kb.Reading{}
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return r
}

func titleOf(t *testing.T, s *suggest.Suggester, r *kb.Reading) string {
	t.Helper()
	got, err := s.Suggest(t.Context(), r, &kb.File{}, &kb.Publication{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range got {
		if x.Field == "title" {
			return x.Value
		}
	}
	return ""
}
