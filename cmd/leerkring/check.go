package main

import (
	"context"
	"errors"
	"strings"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

type checkCommand struct {
	Files    []string `arg:"" name:"file" help:"${check_files}"`
	Language string   `help:"${check_lang}" enum:"nl,en," default:""`
}

// Run prints of each file what it is and what was found in it, and ends with
// exitRefused when something is serious or could not be read.
func (c *checkCommand) Run(ctx context.Context, t *terminal) error {
	if c.Language != "" {
		t.lang = c.Language
	}
	inspector, end, err := app.NewInspector(ctx, nil, quiet())
	if err != nil {
		return err
	}
	serious := false
	for _, name := range c.Files {
		r, err := inspector.Read(ctx, name)
		if unread, ok := errors.AsType[*kb.Unread](err); ok {
			r, err = &kb.Reading{State: unread.Reason}, nil
		}
		if err != nil {
			return firstError(err, end())
		}
		serious = t.checked(name, r) || serious
	}
	if err := end(); err != nil {
		return err
	}
	if serious {
		return exitError(exitRefused)
	}
	return nil
}

// checked prints what is known of a file, and reports whether it needs an answer.
func (t *terminal) checked(name string, r *kb.Reading) (serious bool) {
	format := r.Format
	if format == "" {
		format = "?"
	}
	t.print(kb.Text{NL: "%s: %s, %s, %d %s", EN: "%s: %s, %s, %d %s"}, name, format, t.text(stateWord(r.State)), len(r.Pages), t.text(unitWord(r.Unit)))
	if advice := stateAdvice(r.State); advice != (kb.Text{}) {
		t.print(kb.Text{NL: "  %s", EN: "  %s"}, t.text(advice))
		serious = r.State != kb.ExtractionEmpty
	}
	for _, f := range r.Findings {
		serious = serious || f.Severity == kb.Serious
		t.print(kb.Text{NL: "  %s, %s: %s%s", EN: "  %s, %s: %s%s"}, t.text(severityWord(f.Severity)), t.text(placeWord(r.Unit)(f.Page)), t.text(findingWord(f.Type)), passage(f))
	}
	if len(r.Findings) == 0 && stateAdvice(r.State) == (kb.Text{}) {
		t.print(kb.Text{NL: "  Niets gevonden.", EN: "  Nothing found."})
	}
	return serious
}

// passage is the text around a finding on one line.
func passage(f kb.Finding) string {
	text := strings.Join(strings.Fields(f.Passage), " ")
	if text == "" {
		return ""
	}
	return " – " + printable(text)
}

// printable leaves out what would steer a terminal: the text is a stranger's.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
}
