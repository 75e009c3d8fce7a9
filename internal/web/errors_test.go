package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"leerkring/internal/kb"
	"leerkring/internal/web"
)

func request(method, target string) *http.Request { return httptest.NewRequest(method, target, nil) }

func TestErrorPages(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		method, target string
		status         int
		heading        string
	}{
		{"GET", "/bestaat-niet", 404, "Deze pagina bestaat niet"},
		{"GET", "/en/bestaat-niet", 404, "This page does not exist"},
		{"GET", "/casus/bestaat-niet", 404, "Deze pagina bestaat niet"},
		{"GET", "/en/thema/bestaat-niet", 404, "This page does not exist"},
		{"GET", "/regio/bestaat-niet", 404, "Deze pagina bestaat niet"},
		{"GET", "/organisatie/x", 404, "Deze pagina bestaat niet"},
		{"GET", "/persoon/%00%ff", 404, "Deze pagina bestaat niet"},
		{"GET", "/leerkring/x", 404, "Deze pagina bestaat niet"},
		{"GET", "/bijeenkomst/x", 404, "Deze pagina bestaat niet"},
		{"GET", "/casus/x/y", 404, "Deze pagina bestaat niet"},
		{"POST", "/", 405, "Dit kan hier niet"},
		{"DELETE", "/en/themas", 405, "This cannot be done here"},
		{"GET", "/?q=" + strings.Repeat("a", 140_000), 414, "Dit adres is te lang"},
		{"GET", "/en/?" + manyThemes(101), 400, "We cannot read this request"},
		{"GET", "/?" + strings.Repeat("thema=x&thema=y&", 1) + manyThemes(101), 400, "Deze vraag kunnen we niet lezen"},
	} {
		d := send(t, w.handler, request(c.method, c.target))
		name := c.method + " " + c.target[:min(len(c.target), 40)]
		if d.status != c.status {
			t.Errorf("%s: status %d, want %d", name, d.status, c.status)
			continue
		}
		if got := text(d.one("h1", "", "")); got != c.heading {
			t.Errorf("%s: heading %q, want %q", name, got, c.heading)
		}
		if len(d.all("a", "", "")) < 5 {
			t.Errorf("%s: no way on", name)
		}
		if d.header.Get("Cache-Control") != "no-store" || d.header.Get("ETag") != "" {
			t.Errorf("%s: an error page may be kept", name)
		}
		if c.status == 405 && d.header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: Allow %q", name, d.header.Get("Allow"))
		}
	}
}

func manyThemes(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("&thema=t" + strings.Repeat("x", i%60) + string(rune('a'+i/60)))
	}
	return b.String()
}

// TestFaults: whatever fails behind the pages, a reader gets a page with a way on
// and learns nothing of the inside.
func TestFaults(t *testing.T) {
	inside := errors.New("dial tcp 10.0.0.7: password hunter2")
	for _, c := range []struct {
		name    string
		err     error
		status  int
		shown   string
		logged  bool
		retried bool
	}{
		{"unavailable", &web.Failure{Code: kb.Unavailable, Message: "m"}, 503, "even niet bereikbaar", false, true},
		{"timeout", &web.Failure{Code: kb.Timeout, Message: "m"}, 503, "even niet bereikbaar", false, true},
		{"fault with a reference", &web.Failure{Code: kb.Internal, Message: "m", Reference: "ref-graph"}, 500, "ref-graph", false, false},
		{"damaged without a reference", &web.Failure{Code: kb.Damaged, Message: "m"}, 500, "ref-web", true, false},
		{"anything else", inside, 500, "ref-web", true, false},
		{"too large", &web.Failure{Code: kb.TooLarge, Message: "m"}, 413, "minder filters", false, false},
		{"said to the reader", &web.Failure{Code: kb.Invalid, Message: "De zoektekst is te lang."}, 400, "De zoektekst is te lang.", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := &bytes.Buffer{}
			h := pages(t, web.Config{
				Execute:   func(context.Context, web.Operation) (json.RawMessage, error) { return nil, c.err },
				Log:       slog.New(slog.NewTextHandler(log, nil)),
				Reference: func(context.Context) string { return "ref-web" },
			})
			for _, target := range []string{"/", "/?q=geheim", "/casus/x", "/regio/x", "/themas", "/leerkring/x"} {
				d := get(t, h, target)
				if d.status != c.status || !strings.Contains(text(d.root), c.shown) {
					t.Errorf("%s: status %d, text %q", target, d.status, text(d.one("main", "", "")))
				}
				if strings.Contains(d.raw, "hunter2") {
					t.Errorf("%s shows the inside", target)
				}
				if (d.header.Get("Retry-After") != "") != c.retried {
					t.Errorf("%s: Retry-After %q", target, d.header.Get("Retry-After"))
				}
			}
			if logged := strings.Contains(log.String(), "ref-web"); logged != c.logged {
				t.Errorf("logged %v, want %v: %s", logged, c.logged, log)
			}
			if strings.Contains(log.String(), "geheim") {
				t.Error("the log holds what a person searched for")
			}
		})
	}
}

// TestAnAnswerThatDoesNotFit: data of another shape is a fault, not a panic.
func TestAnAnswerThatDoesNotFit(t *testing.T) {
	for _, data := range []string{"", "{", `{"search":3,"material":3}`, `{"search":{"edges":[{"node":{"__typename":"X"}}]},"material":{"__typename":"X"}}`} {
		h := pages(t, web.Config{
			Execute:   func(context.Context, web.Operation) (json.RawMessage, error) { return json.RawMessage(data), nil },
			Log:       slog.New(slog.DiscardHandler),
			Reference: func(context.Context) string { return "ref-web" },
		})
		for _, target := range []string{"/?q=a", "/casus/x"} {
			if d := get(t, h, target); d.status != http.StatusInternalServerError {
				t.Errorf("%s with data %q: status %d", target, data, d.status)
			}
		}
	}
}

func TestRedirects(t *testing.T) {
	w := newWorld(t, &kb.Case{Common: kb.Common{Head: published("een-casus"), Title: "Een casus", Language: "nl"}})
	for from, to := range map[string]string{
		"/publicatie/een-casus":             "/casus/een-casus",
		"/en/les/een-casus":                 "/en/casus/een-casus",
		"/regio/GM0344":                     "/regio/gemeente-utrecht",
		"/en/regio/gm0344":                  "/en/regio/gemeente-utrecht",
		"/regio/provincie-friesland":        "/regio/provincie-fryslan",
		"/themas/":                          "/themas",
		"/en":                               "/en/",
		"/en/casus/een-casus/":              "/en/casus/een-casus",
		"/casus/een-casus//":                "/casus/een-casus/",
		`/\elders.example/`:                 "/elders.example",
		"//leerkring.example/casus/een-cas": "/leerkring.example/casus/een-cas",
	} {
		d := get(t, w.handler, from)
		if d.status != http.StatusMovedPermanently && d.status != http.StatusTemporaryRedirect {
			t.Errorf("%s: status %d", from, d.status)
		}
		if got := d.header.Get("Location"); got != to {
			t.Errorf("%s leads to %q, want %q", from, got, to)
		}
	}
}
