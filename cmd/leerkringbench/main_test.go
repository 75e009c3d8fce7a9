package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// built gives the program itself: its victims are processes of their own, and
// the figures are those of a program that is not watched for races.
func built(t *testing.T) string {
	t.Helper()
	goTool, err := exec.LookPath("go")
	if err != nil {
		missing(t, "the go command is not there to build the program with")
	}
	name := filepath.Join(t.TempDir(), "leerkringbench")
	if out, err := exec.Command(goTool, "build", "-o", name, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return name
}

// missing skips a test for want of a tool; where all tools must be there it fails.
func missing(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// bench runs the program to its end and gives what it printed and its exit code.
func bench(t *testing.T, program string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return out.String(), errs.String(), exit.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), 0
}

// says runs the program, which must succeed and print what each pattern finds.
func says(t *testing.T, program string, args []string, patterns ...string) {
	t.Helper()
	stdout, stderr, code := bench(t, program, args...)
	if code != 0 {
		t.Fatalf("%q: exit code %d\n%s%s", args, code, stdout, stderr)
	}
	for _, p := range append(patterns, `machine: .* cores`) {
		if !regexp.MustCompile(p).MatchString(stdout) {
			t.Errorf("%q: no %q in\n%s", args, p, stdout)
		}
	}
}

// Each proof and each measurement, small, as an operator runs it.
func TestCommands(t *testing.T) {
	program := built(t)
	t.Run("crash", func(t *testing.T) {
		t.Parallel()
		crash(t, program)
	})
	t.Run("visible", func(t *testing.T) {
		t.Parallel()
		says(t, program, []string{"visible", "--duration", "2s"}, `100 writes at 50 a second; acknowledged until found by a search: p50 [1-9]`)
	})
	t.Run("import, start, graphql", func(t *testing.T) {
		t.Parallel()
		figures(t, program)
	})
	t.Run("search", func(t *testing.T) {
		t.Parallel()
		searches(t, program)
	})
	t.Run("full", func(t *testing.T) {
		t.Parallel()
		full(t, program)
	})
	t.Run("wrong use", func(t *testing.T) {
		for _, args := range [][]string{{}, {"race"}, {"start"}, {"import", "nowhere.jsonl"}, {"graphql", "--data", t.TempDir(), "--times", "1"}} {
			if stdout, stderr, code := bench(t, program, args...); code == 0 || !strings.Contains(stderr, "leerkringbench") {
				t.Errorf("%q: exit code %d\n%s%s", args, code, stdout, stderr)
			}
		}
	})
}

// crash kills six times. How soon it serves again is a figure of the machine, and
// this one may be busy with other tests; anything else that is amiss counts.
func crash(t *testing.T, program string) {
	stdout, stderr, code := bench(t, program, "crash", "--runs", "6", "--lines", "500", "--seed", "5")
	slow := regexp.MustCompile(`(?m)^run \d+ \(.*\): serving again took .*\n`).FindAllString(stdout, -1)
	if faults := regexp.MustCompile(`(?m)^run \d+ `).FindAllString(stdout, -1); len(faults) > len(slow) || code != 0 && len(slow) == 0 {
		t.Fatalf("exit code %d\n%s%s", code, stdout, stderr)
	}
	for _, p := range []string{`seed: 5`, `kills: map\[first start:1 import:1 rebuild:1 write:3\]`, `acknowledged writes checked: [1-9]`, `serving again after: p50 [1-9]`} {
		if !regexp.MustCompile(p).MatchString(stdout) {
			t.Errorf("no %q in\n%s%s", p, stdout, stderr)
		}
	}
}

// figures imports a collection, and measures on the folder that is kept.
func figures(t *testing.T, program string) {
	file, data := filepath.Join(t.TempDir(), "c.jsonl"), filepath.Join(t.TempDir(), "data")
	if err := writeCollection(file, 300); err != nil {
		t.Fatal(err)
	}
	says(t, program, []string{"import", file, "--data", data},
		`import: 300 records in .* durable and searchable`, `created 300, updated 0, unchanged 0, refused 0`, `index: \d+ MB = \d`)
	says(t, program, []string{"import", file, "--data", data}, `created 0, updated 0, unchanged 300`)
	says(t, program, []string{"start", "--data", data, "--times", "2"}, `start until /readyz, after a kill -9 each: \[\S+ \S+\]; median [1-9]`)
	says(t, program, []string{"mutations", "--data", data, "--for", "300ms", "--clients", "3", "--publish", "2"},
		`1 editors: [1-9]\d* durable mutations a second over HTTP`, `3 editors: .* ([1-9]\d*) of [1-9]\d* own publications found`)
	says(t, program, []string{"graphql", "--data", data, "--times", "15"}, `p50: index alone \S+, GraphQL over HTTP \S+, with 20 prepared cards`, `p95: `)
}

// searches fills a store beyond the passages of its file, and asks it over HTTP.
func searches(t *testing.T, program string) {
	file, data := filepath.Join(t.TempDir(), "p.jsonl.gz"), filepath.Join(t.TempDir(), "data")
	writePassages(t, file, 100)
	args := []string{"search", file, "--records", "250", "--data", data, "--rounds", "1", "--turn", "200ms", "--clients", "3"}
	figures := []string{
		`\d+ hits on average; a typical response has [1-9]\d+ bytes`, `search, 1 client: p50 0?\.?\d`, `prepared, 1 client: p50 `,
		`search, 3 clients: p50 .* [1-9]\d* a second`, `search, 3 clients: \d\.\d\d x the prepared response`,
	}
	says(t, program, args, append(figures, `stored and indexed: 250 records in `)...)
	says(t, program, args, figures...)
	if _, stderr, code := bench(t, program, "clients", "--url", "http://127.0.0.1:1/graphql"); code == 0 || !strings.Contains(stderr, "no queries") {
		t.Errorf("clients without queries: exit code %d\n%s", code, stderr)
	}
}

// writePassages writes a gzipped file as the command search reads it.
func writePassages(t *testing.T, name string, n int) {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for i := range n {
		rare := strings.Repeat(string(rune('a'+i%26)), 3) + string(rune('a'+i/26))
		if _, err := fmt.Fprintf(z, `{"title":"Plan %s","body":"%s","gemeente_code":"GM0363"}`+"\n", rare, strings.Repeat("bouwen aan "+rare+" ", 20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), os.WriteFile(name, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// full needs a system on which a process may mount a disk of its own.
func full(t *testing.T, program string) {
	if runtime.GOOS != "linux" {
		t.Skip("a disk of its own can only be mounted on Linux")
	}
	stdout, stderr, code := bench(t, program, "full", "--size", "32")
	if code != 0 && (strings.Contains(stderr, "no disk can be mounted") || strings.Contains(stderr, "operation not permitted")) {
		t.Skip("no disk can be mounted here: " + strings.TrimSpace(stderr))
	}
	for _, want := range []string{"codes of 200 refused ones: map[DISK_FULL:200]", "lost or not found: 0", "opened again: store and index agree"} {
		if code != 0 || !strings.Contains(stdout, want) {
			t.Errorf("exit code %d, no %q in\n%s%s", code, want, stdout, stderr)
		}
	}
}
