package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"leerkring/internal/kb"
)

func TestMain(m *testing.M) {
	if os.Getenv("LEERKRING_TEST_AS_PROGRAM") != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"leerkring": main})
}

// The scripts are what a person sees: flags, messages, exit codes.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error { // compiled code of PDFium is not made anew for each script
			dir, err := os.UserCacheDir()
			if err == nil {
				e.Setenv("XDG_CACHE_HOME", dir)
			}
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"taken": taken,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Getuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
	})
}

// exits CODE PROGRAM ARG… runs a program that must end with an exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// taken NAME sets an environment variable to an address on which something
// listens until the end of the script.
func taken(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: taken NAME")
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { _ = ln.Close() })
	ts.Setenv(args[0], ln.Addr().String())
}

// program starts the real program as a process of its own.
func program(t *testing.T, stdin io.Reader, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "LEERKRING_TEST_AS_PROGRAM=1", "LEERKRING_LANG=en")
	cmd.Stdin = stdin
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	return cmd, &out
}

func line(i int) string {
	return fmt.Sprintf(`{"id":"%d","title":"Plan %d","body":"%s"}`+"\n", i, i, strings.Repeat("wonen ", 100))
}

// SIGTERM halfway an import: what is in stays in, and the same import again
// brings the rest.
func TestTerminateDuringImport(t *testing.T) {
	const lines, enough = 40_000, 12_000 // more than an import holds in memory at a time
	data := t.TempDir()
	r, w := io.Pipe()
	cmd, out := program(t, r, "import", "--data", data, "-")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for i := 0; ; i++ {
			if i == enough {
				_ = cmd.Process.Signal(syscall.SIGTERM)
			}
			if _, err := io.WriteString(w, line(i%lines)); err != nil {
				return // the program is gone
			}
		}
	}()
	state, err := cmd.Process.Wait()
	_ = r.Close()
	_ = cmd.Wait() // ends the copying to and from the pipes
	if err != nil || state.ExitCode() != exitInterrupted {
		t.Fatalf("%v %v\n%s", state, err, out)
	}
	if !strings.Contains(out.String(), "goes on where this one stopped") || strings.Contains(out.String(), "-: 0 new") {
		t.Errorf("%s", out)
	}
	var all strings.Builder
	for i := range enough {
		all.WriteString(line(i))
	}
	again, out := program(t, strings.NewReader(all.String()), "import", "--data", data, "-")
	if err := again.Run(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if strings.Contains(out.String(), " 0 unchanged") {
		t.Errorf("nothing was kept: %s", out)
	}
	verify, out := program(t, nil, "verify", "--data", data)
	if err := verify.Run(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{}, "en"},
		{map[string]string{"LANG": "nl_NL.UTF-8"}, "nl"},
		{map[string]string{"LANG": "nl_NL.UTF-8", "LC_ALL": "C"}, "en"},
		{map[string]string{"LANG": "de_DE", "LEERKRING_LANG": "nl"}, "nl"},
		{map[string]string{"LANG": "nl_BE", "LEERKRING_LANG": "en"}, "en"},
	} {
		if got := language(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %s", c.env, got)
		}
	}
}

func TestExitCodes(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, exitOK},
		{kb.Errorf(kb.InUse, kb.Text{}), exitInUse},
		{fmt.Errorf("around: %w", kb.Errorf(kb.DiskFull, kb.Text{})), exitNoWrite},
		{kb.Errorf(kb.ReadOnly, kb.Text{}), exitNoWrite},
		{kb.Errorf(kb.Unavailable, kb.Text{}), exitUnreachable},
		{kb.Errorf(kb.Invalid, kb.Text{}), exitFailed},
		{errors.New("x"), exitFailed},
		{context.Canceled, exitInterrupted},
		{exitError(exitDiffers), exitDiffers},
	} {
		if got := exitCode(c.err); got != c.want {
			t.Errorf("%v: %d, want %d", c.err, got, c.want)
		}
	}
}
