package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/exchange"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

func speaking(lang string, live bool) (*terminal, *bytes.Buffer) {
	var b bytes.Buffer
	return &terminal{out: &b, err: &b, lang: lang, live: live}, &b
}

func openFile(t *testing.T, size int) *os.File {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x.jsonl")
	if err := os.WriteFile(name, make([]byte, size), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestMeterLine(t *testing.T) {
	report := exchange.Report{Created: 400, Unchanged: 50, Repeated: 25, Refused: 25}
	for _, c := range []struct {
		lang string
		read int
		want string
	}{
		{"nl", 250, "[######··················]  25%  500 records, 50 per seconde, nog 30s"},
		{"en", 500, "[############············]  50%  500 records, 50 per second, 10s left"},
		{"en", 2_000, "[########################] 100%  500 records, 50 per second, 0s left"}, // a file that grew
		{"en", 0, "500 records, 50 per second"},
	} {
		term, _ := speaking(c.lang, false)
		m := newMeter(term, openFile(t, 1_000))
		_, _ = m.Write(make([]byte, c.read))
		if got := m.line(report, 10*time.Second); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// On a screen the line is written over and taken away before a message; in a
// file each line stands for itself.
func TestMeterOnAScreenAndInAFile(t *testing.T) {
	term, out := speaking("en", true)
	m := newMeter(term, openFile(t, 10))
	m.last = m.start.Add(-time.Hour)
	m.progress(exchange.Report{Created: 1})
	m.progress(exchange.Report{Created: 2}) // too soon
	m.clear()
	m.clear()
	if got := out.String(); strings.Contains(got, "\n") || strings.Count(got, "records") != 1 || strings.Count(got, "\r") != 3 {
		t.Errorf("%q", got)
	}
	term, out = speaking("en", false)
	m = newMeter(term, openFile(t, 10))
	m.last = m.start.Add(-time.Hour)
	m.progress(exchange.Report{Created: 1})
	m.clear()
	if got := out.String(); !strings.HasSuffix(got, "\n") || strings.Contains(got, "\r") {
		t.Errorf("%q", got)
	}
}

func TestCountsNameTheMostFirst(t *testing.T) {
	term, out := speaking("nl", false)
	counts := map[string]int{"b": 2, "a": 2, "veel": 9}
	for i := range 20 {
		counts[fmt.Sprintf("z%02d", i)] = 1
	}
	term.counts(kb.Text{NL: "Namen: %s", EN: "Names: %s"}, counts)
	if got := out.String(); !strings.HasPrefix(got, `Namen: "veel" (9×), "a" (2×), "b" (2×), "z00" (1×)`) || !strings.Contains(got, "… (13)") {
		t.Error(got)
	}
}

func TestFinishShowsNoCauses(t *testing.T) {
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		ctx  context.Context
		err  error
		code int
		says string
	}{
		{context.Background(), nil, exitOK, ""},
		{context.Background(), kb.Wrap(errors.New("geheim"), kb.DiskFull, kb.Text{NL: "De schijf is vol."}), exitNoWrite, "Fout: De schijf is vol.\n"},
		{context.Background(), exitError(exitRefused), exitRefused, ""},
		{canceled, errors.New("geheim"), exitInterrupted, "Gestopt.\n"},
		{canceled, context.Canceled, exitInterrupted, "Gestopt.\n"},
	} {
		term, out := speaking("nl", false)
		if code := term.finish(c.ctx, c.err); code != c.code || out.String() != c.says {
			t.Errorf("%v: exit code %d, %q", c.err, code, out)
		}
	}
}

func TestDescribeNamesEveryField(t *testing.T) {
	err := kb.Validate(&kb.Lesson{})
	term, _ := speaking("nl", false)
	got := term.describe(fmt.Errorf("around: %w", err))
	for _, want := range []string{"Het record klopt niet.", "title is verplicht.", "status ", "id ongeldig kenmerk."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
}

func TestExplainSaysWhatDiffersAndWhatToDo(t *testing.T) {
	ids := func(n int) (out []kb.ID) {
		for i := range n {
			out = append(out, kb.DeriveID("x", fmt.Sprint(i)))
		}
		return out
	}
	for _, c := range []struct {
		verdict app.Verdict
		says    []string
	}{
		{app.Verdict{Store: kb.Wrap(errors.New("page 3"), kb.Damaged, kb.Text{NL: "x", EN: "Restore a backup."})}, []string{"Restore a backup.", "page 3"}},
		{app.Verdict{Index: search.Missing}, []string{"missing", "leerkring reindex"}},
		{app.Verdict{Index: search.Damaged, IndexErr: errors.New("segment 7")}, []string{"segment 7", "leerkring reindex"}},
		{app.Verdict{Index: search.Outdated}, []string{"built anew"}},
		{
			app.Verdict{Index: search.Current, Differences: search.Differences{Missing: ids(25), Extra: ids(1), Different: ids(1)}},
			[]string{"missing from the index", "… and 5 more", "without reason", "different in the index", "leerkring reindex"},
		},
	} {
		term, out := speaking("en", false)
		term.explain(&c.verdict)
		for _, want := range c.says {
			if !strings.Contains(out.String(), want) {
				t.Errorf("no %q in %q", want, out)
			}
		}
	}
}
