package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

func TestAFileIsInspectedWithoutAStore(t *testing.T) {
	dir := folder(t, map[string]string{
		"plan.md": "# Plan\n\nWonen boven winkels begint met een gesprek.\n", "lijst.txt": "Naam: Jan Jansen\nBSN: 111222333\n",
		"leeg.txt": "", "wat.bin": "\x00\x01\x02\x03\xff",
	})
	inspector, end, err := app.NewInspector(t.Context(), []string{os.Args[0], "extract-worker"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := end(); err != nil {
			t.Error(err)
		}
	})
	serious := func(f kb.Finding) bool { return f.Severity == kb.Serious && f.Type == kb.FindingBSN && f.Page == 1 }
	for _, c := range []struct {
		name  string
		state kb.ExtractionState
		bsn   bool
	}{
		{"plan.md", kb.ExtractionRead, false},
		{"lijst.txt", kb.ExtractionRead, true},
		{"leeg.txt", kb.ExtractionEmpty, false},
		{"wat.bin", kb.ExtractionUnsupported, false},
	} {
		r, err := inspector.Read(t.Context(), filepath.Join(dir, c.name))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if r.State != c.state || slices.ContainsFunc(r.Findings, serious) != c.bsn {
			t.Errorf("%s: %s %+v", c.name, r.State, r.Findings)
		}
	}
	for _, name := range []string{dir, filepath.Join(dir, "niet")} {
		if _, err := inspector.Read(t.Context(), name); kb.CodeOf(err) != kb.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}
