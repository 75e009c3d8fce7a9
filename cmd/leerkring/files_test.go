package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

func TestOpenAllOpensAllOrNone(t *testing.T) {
	dir := t.TempDir()
	there := filepath.Join(dir, "er-is")
	if err := os.WriteFile(there, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	files, err := openAll([]string{there, "-"})
	if err != nil || len(files) != 2 || files[1] != os.Stdin {
		t.Fatal(files, err)
	}
	_ = files[0].Close()
	for _, bad := range []string{filepath.Join(dir, "er-niet"), dir, ""} {
		if files, err := openAll([]string{there, bad}); kb.CodeOf(err) != kb.NotFound || files != nil {
			t.Errorf("%q: %v %v", bad, files, err)
		}
	}
}

// store gives a data folder with one record in it.
func filled(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	store, err := app.OpenStore(t.Context(), app.Config{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	_, err = app.Import(t.Context(), store, time.Now, strings.NewReader(`{"title":"Een"}`), exchange.Options{
		Progress: func(exchange.Report) {}, Problem: func(p exchange.Problem) { t.Error(p.Err) },
	})
	if err := firstError(err, store.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// An export that breaks off leaves the file of the last one as it was, and no rest.
func TestAnExportReplacesAFileWholeOrNotAtAll(t *testing.T) {
	data, out := filled(t), t.TempDir()
	name := filepath.Join(out, "export.jsonl")
	if err := os.WriteFile(name, []byte("de vorige"), 0o600); err != nil {
		t.Fatal(err)
	}
	term, _ := speaking("nl", false)
	stopped, stop := context.WithCancel(t.Context())
	command := &exportCommand{where: where{Data: data}, File: name}
	store, err := app.OpenStore(t.Context(), app.Config{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	stop()
	if _, err := command.write(stopped, term, store); err == nil {
		t.Error("an export that was stopped gives no error")
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(name); err != nil || string(text) != "de vorige" {
		t.Errorf("%q %v", text, err)
	}
	if err := command.Run(t.Context(), term); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(name); err != nil || !strings.HasPrefix(string(text), `{"leerkring":1}`) {
		t.Errorf("%.40q %v", text, err)
	}
	if entries, err := os.ReadDir(out); err != nil || len(entries) != 1 {
		t.Errorf("%v %v", entries, err)
	}
}

// A dry run reads what is there and changes nothing.
func TestADryRunChangesNothing(t *testing.T) {
	data := filled(t)
	file := filepath.Join(t.TempDir(), "x.jsonl")
	if err := os.WriteFile(file, []byte("{\"title\":\"Een\"}\n{\"title\":\"Twee\"}\n{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	last := func() kb.Seq {
		store, err := app.OpenStore(t.Context(), app.Config{Data: data})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = store.Close() }()
		n, err := store.Last(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := last()
	term, out := speaking("en", false)
	command := &importCommand{where: where{Data: data}, Files: []string{file}, Source: "import", DryRun: true}
	if code := exitCode(command.Run(t.Context(), term)); code != exitRefused {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(out.String(), "1 new, 0 changed, 1 unchanged, 0 repeated in the file, 1 refused") {
		t.Error(out)
	}
	if after := last(); after != before {
		t.Errorf("%d writes became %d", before, after)
	}
}
