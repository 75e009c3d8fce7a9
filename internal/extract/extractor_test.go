//go:build unix

package extract

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

const good = `h{"state":"READ","unit":"PAGE"}|p{"number":9}|tEen|n n|d`

func TestChildrenThatMisbehave(t *testing.T) {
	badly := opening(t, Config{Memory: 200 << 20}, "badly")
	hurried := opening(t, Config{Text: time.Second}, "badly")
	for _, c := range []struct {
		name   string
		reason kb.ExtractionState
	}{
		{"crash", kb.ExtractionFailed},
		{"exit", kb.ExtractionFailed},
		{"hang", kb.ExtractionTimedOut},
		{"eat", kb.ExtractionTooLarge},
		{"?what", kb.ExtractionFailed},
		{"hnot JSON", kb.ExtractionFailed},
		{"d", kb.ExtractionFailed},
		{"h{}|tbefore a page", kb.ExtractionFailed},
		{`h{"state":"WAITING"}|d`, kb.ExtractionFailed},
		{`h{"state":"ANYTHING"}|d`, kb.ExtractionFailed},
	} {
		x := badly
		if c.name == "hang" {
			x = hurried
		}
		_, err := x.Read(t.Context(), source(c.name, "x"))
		unread, ok := errors.AsType[*kb.Unread](err)
		if !ok || unread.Reason != c.reason {
			t.Errorf("%s: got %v, want %s", c.name, err, c.reason)
		}
	}
	r, err := badly.Read(t.Context(), source(good, "x"))
	if err != nil {
		t.Fatal("after all of these:", err)
	}
	want := &kb.Reading{State: kb.ExtractionRead, Unit: kb.UnitPage, Pages: []kb.ReadPage{{Number: 1, Text: "Een", Notes: " n"}}}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Error(diff)
	}
}

func TestAnswersAreBounded(t *testing.T) {
	limits := format.Defaults()
	limits.Text, limits.Pages = 10, 2
	x := opening(t, Config{Limits: limits}, "badly")
	r, err := x.Read(t.Context(), source(`h{"state":"READ","outline":[{"page":-4,"level":99}]}|p{}|tachtbyte|p{}|tnog acht|d`, "x"))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Pages[0].Text + r.Pages[1].Text; got != "achtbyteno" || !r.Cut {
		t.Errorf("got %q, cut %v", got, r.Cut)
	}
	if diff := cmp.Diff([]kb.OutlineEntry{{Page: 1, Level: 20}}, r.Outline); diff != "" {
		t.Error(diff)
	}
	_, err = x.Read(t.Context(), source(`h{"state":"READ"}|p{}|p{}|p{}|d`, "x"))
	if _, ok := errors.AsType[*kb.Unread](err); !ok {
		t.Errorf("a third page: %v", err)
	}
}

// A job that is given up ends its own child only.
func TestCancelledJobsLeaveOthersAlone(t *testing.T) {
	x := opening(t, Config{Text: time.Minute}, "badly")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := x.Read(ctx, source("hang", "x"))
		ended <- err
	}()
	if _, err := x.Read(t.Context(), source(good, "x")); err != nil {
		t.Error(err)
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := x.Read(t.Context(), source(good, "x")); err != nil {
		t.Error(err)
	}
}

func TestPagesThatCannotBeDrawnGetACard(t *testing.T) {
	x := opening(t, Config{}, "badly")
	got := map[int]string{}
	r := &kb.Reading{Format: format.PDF, Pages: []kb.ReadPage{{Number: 1}, {Number: 2, Text: "Tekst"}, {Number: 3}}}
	err := x.Pictures(t.Context(), source("x", "x"), r, []int{1, 2, 3}, 200, func(page int, png []byte) error {
		got[page] = string(png)
		if strings.HasPrefix(got[page], "\x89PNG") {
			got[page] = "card"
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[int]string{1: "picture 1", 2: "card", 3: "picture 3"}, got); diff != "" {
		t.Error(diff)
	}
}

// The real child, with all its limits.
func TestRealChildren(t *testing.T) {
	x := opening(t, Config{Cache: compiled(t), Files: 2})
	for range 3 { // the third is of a new child
		r, err := x.Read(t.Context(), source("notitie.txt", "De gemeente overlegt met de regio over wonen."))
		if err != nil {
			t.Fatal(err)
		}
		if r.State != kb.ExtractionRead || r.Format != format.Text || !strings.Contains(r.Pages[0].Text, "over wonen") {
			t.Errorf("got %+v", r)
		}
	}
	for content, want := range map[string]kb.ExtractionState{
		"":                            kb.ExtractionEmpty,
		"%PDF-1.7 and no more":        kb.ExtractionBroken,
		"PK\x03\x04 and no more":      kb.ExtractionBroken,
		"\x7fELF\x02\x01\x01\x00\x00": kb.ExtractionUnsupported,
	} {
		r, err := x.Read(t.Context(), source("x.pdf", content))
		if err != nil || r.State != want {
			t.Errorf("%q: got %v, %v, want %s", content, r, err, want)
		}
	}
}
