package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/mattn/go-isatty"

	"leerkring/internal/kb"
)

// terminal is how a command speaks with who started it.
type terminal struct {
	out, err io.Writer
	lang     string // nl or en
	// live is set when err is a screen, on which a line can be written over.
	live bool
}

func newTerminal(out, errs io.Writer, getenv func(string) string) *terminal {
	t := &terminal{out: out, err: errs, lang: language(getenv)}
	if f, ok := errs.(*os.File); ok {
		t.live = isatty.IsTerminal(f.Fd())
	}
	return t
}

// language is Dutch where the environment says so, else English.
func language(getenv func(string) string) string {
	for _, name := range []string{"LEERKRING_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			if strings.HasPrefix(strings.ToLower(v), "nl") {
				return "nl"
			}
			return "en"
		}
	}
	return "en"
}

func (t *terminal) text(x kb.Text) string { return x.In(t.lang) }

// say writes one line to stderr.
func (t *terminal) say(x kb.Text, args ...any) {
	_, _ = fmt.Fprintf(t.err, t.text(x)+"\n", args...) // there is nobody else to tell
}

// print writes one line to stdout: what was asked for.
func (t *terminal) print(x kb.Text, args ...any) {
	_, _ = fmt.Fprintf(t.out, t.text(x)+"\n", args...) // there is nobody else to tell
}

// describe gives an error as a person may read it: its text and what is wrong in
// which field.
func (t *terminal) describe(err error) string {
	e, ok := errors.AsType[*kb.Error](err)
	if !ok {
		return t.text(kb.Text{NL: "Er ging iets mis dat niet had mogen gebeuren.", EN: "Something went wrong that should not have happened."})
	}
	s := t.text(e.Text)
	for _, p := range e.Problems {
		s += " " + p.Field + " " + t.text(p.Text) + "."
	}
	return s
}

// finish says how a command ended, if it has not said so itself, and gives the exit code.
func (t *terminal) finish(ctx context.Context, err error) int {
	if err == nil {
		return exitOK
	}
	if ctx.Err() != nil && kb.CodeOf(err) == kb.Internal {
		err = context.Cause(ctx)
	}
	_, said := errors.AsType[exitError](err)
	switch {
	case said:
	case errors.Is(err, context.Canceled):
		t.say(kb.Text{NL: "Gestopt.", EN: "Stopped."})
	default:
		t.say(kb.Text{NL: "Fout: %s", EN: "Error: %s"}, t.describe(err))
		if kb.CodeOf(err) == kb.Internal {
			slog.New(slog.NewTextHandler(t.err, nil)).Error("internal", "err", err)
		}
	}
	return exitCode(err)
}

// wrongUsage tells what is wrong with the command line: in the words of a check of
// ours, else in those of the parser.
func (t *terminal) wrongUsage(err error) {
	said := err.Error()
	if e, ok := errors.AsType[*kb.Error](err); ok {
		said = t.text(e.Text)
	}
	t.say(kb.Text{
		NL: "Onjuist gebruik: %s\nMeer uitleg: leerkring --help",
		EN: "Wrong usage: %s\nFor help: leerkring --help",
	}, said)
}
