package main

import (
	"os"
	"path/filepath"
	"testing"

	"leerkring/internal/search/dutch/internal/compound"
	"leerkring/internal/search/dutch/internal/lexicon"
)

func TestRun(t *testing.T) {
	noun := lexicon.Base | lexicon.Noun | lexicon.Begin | lexicon.End
	transducer, readings, err := lexicon.Write(map[string]lexicon.Word{
		"markt":      {Flags: noun, Lemma: "markt"},
		"regio":      {Flags: noun, Lemma: "regio"},
		"marktregio": {Flags: noun, Lemma: "marktregio"},
	})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, "words.fst", transducer)
	write(t, dir, "readings.txt", []byte(readings))
	if err := run(dir); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "compounds.txt"))
	if err != nil {
		t.Fatal(err)
	}
	families, err := compound.ReadFamilies(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if families["markt"].First == 0 || families["regio"].Last == 0 {
		t.Errorf("counted %v", families)
	}
}

func TestRunRefuses(t *testing.T) {
	if err := run(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a folder that is not there was read")
	}
	dir := t.TempDir()
	if err := run(dir); err == nil {
		t.Error("a folder without a word list was read")
	}
	write(t, dir, "words.fst", []byte("no transducer"))
	if err := run(dir); err == nil {
		t.Error("a list without readings was read")
	}
	write(t, dir, "readings.txt", nil)
	if err := run(dir); err == nil {
		t.Error("a damaged list was read")
	}
}

func write(t *testing.T, dir, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
		t.Fatal(err)
	}
}
