package kb_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestCodeOf(t *testing.T) {
	notFound := kb.Errorf(kb.NotFound, kb.Text{NL: "weg", EN: "gone"})
	for name, c := range map[string]struct {
		err  error
		want kb.Code
	}{
		"none":               {nil, ""},
		"foreign":            {io.EOF, kb.Internal},
		"coded":              {notFound, kb.NotFound},
		"wrapped with %w":    {fmt.Errorf("reading: %w", notFound), kb.NotFound},
		"the outermost wins": {kb.Wrap(notFound, kb.Unavailable, kb.Text{EN: "later"}), kb.Unavailable},
		"joined":             {errors.Join(io.EOF, notFound), kb.NotFound},
	} {
		if got := kb.CodeOf(c.err); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestErrorfFillsBothLanguages(t *testing.T) {
	text := kb.Text{NL: "%d van %q", EN: "%d of %q"}
	if diff := cmp.Diff(kb.Text{NL: `3 van "x"`, EN: `3 of "x"`}, kb.Errorf(kb.Invalid, text, 3, "x").Text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	percent := kb.Text{NL: "100% vol", EN: "100% full"}
	if diff := cmp.Diff(percent, kb.Errorf(kb.DiskFull, percent).Text); diff != "" {
		t.Errorf("a text without arguments was formatted (-want +got):\n%s", diff)
	}
}

func TestWrapKeepsTheCauseForTheLogOnly(t *testing.T) {
	err := kb.Wrap(io.ErrUnexpectedEOF, kb.Damaged, kb.Text{NL: "Niet te lezen.", EN: "Cannot be read."})
	if !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), io.ErrUnexpectedEOF.Error()) {
		t.Errorf("the log does not tell the cause: %v", err)
	}
	if s := err.Text.NL + err.Text.EN; strings.Contains(s, io.ErrUnexpectedEOF.Error()) {
		t.Errorf("the text for people tells the cause: %s", s)
	}
}

func TestErrorTellsEveryProblem(t *testing.T) {
	err := kb.Validate(&kb.Theme{})
	for _, field := range []string{"id:", "slug:", "status:", "visibility:", "prefLabel.nl:"} {
		if !strings.Contains(err.Error(), field) {
			t.Errorf("%q does not tell of %s", err, field)
		}
	}
}

func TestTextIn(t *testing.T) {
	for _, c := range []struct {
		text       kb.Text
		lang, want string
	}{
		{kb.Text{NL: "ja", EN: "yes"}, "nl", "ja"},
		{kb.Text{NL: "ja", EN: "yes"}, "en", "yes"},
		{kb.Text{NL: "ja", EN: "yes"}, "fy", "ja"},
		{kb.Text{NL: "ja"}, "en", "ja"},
	} {
		if got := c.text.In(c.lang); got != c.want {
			t.Errorf("%v in %q is %q, want %q", c.text, c.lang, got, c.want)
		}
	}
}
