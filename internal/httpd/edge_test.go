package httpd_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"leerkring/internal/httpd"
	"leerkring/internal/kb"
)

// A log line has the id of its request however the logger was made, and no id
// outside a request.
func TestLogLinesCarryTheRequestID(t *testing.T) {
	for name, c := range map[string]struct {
		with func(*slog.Logger) *slog.Logger
		want string
	}{
		"plain": {func(l *slog.Logger) *slog.Logger { return l }, "msg=binnen request_id=ref-00000001"},
		"attrs": {func(l *slog.Logger) *slog.Logger { return l.With("deel", "zoeken") }, "msg=binnen deel=zoeken request_id=ref-00000001"},
		"group": {func(l *slog.Logger) *slog.Logger { return l.WithGroup("g") }, "request_id=ref-00000001"},
	} {
		var out bytes.Buffer
		log := c.with(slog.New(httpd.WithRequestID(slog.NewTextHandler(&out, nil))))
		h, _ := site(t, func(_ http.ResponseWriter, r *http.Request) {
			if httpd.RequestID(r.Context()) != "ref-00000001" {
				t.Errorf("%s: RequestID is %q", name, httpd.RequestID(r.Context()))
			}
			log.InfoContext(r.Context(), "binnen")
		}, nil)
		ask(h, "GET", "/")
		if !strings.Contains(out.String(), c.want) {
			t.Errorf("%s: %q", name, &out)
		}
		out.Reset()
		log.Info("buiten")
		if strings.Contains(out.String(), "request_id") {
			t.Errorf("%s: an id outside a request: %q", name, &out)
		}
	}
	if id := httpd.RequestID(t.Context()); id != "" {
		t.Errorf("RequestID outside a request is %q", id)
	}
}

// Whatever a request holds, it is one line of the log, and not a long one.
func TestARequestIsOneLineOfTheLog(t *testing.T) {
	h, log := site(t, hello, nil)
	for _, r := range []*http.Request{
		httptest.NewRequest("GET", "/"+strings.Repeat("a", 5_000), nil),
		httptest.NewRequest(strings.Repeat("M", 500), "/", nil),
		httptest.NewRequest("GET", "/a%0alevel=ERROR%20msg=vals", nil),
		httptest.NewRequest("GET", "/%ff%fe", nil),
	} {
		log.Reset()
		h.ServeHTTP(httptest.NewRecorder(), r)
		if text := log.String(); strings.Count(text, "\n") != 1 || len(text) > 500 || !strings.Contains(text, "msg=request") {
			t.Errorf("%.60s: %q", r.URL, text)
		}
	}
}

// Health is asked every few seconds: it is no line in the log, unless something is wrong.
func TestHealthIsQuiet(t *testing.T) {
	var problem error
	h, log := site(t, hello, func(c *httpd.Config) { c.Ready = func(context.Context) error { return problem } })
	for _, path := range []string{"/healthz", "/readyz"} {
		ask(h, "GET", path)
	}
	if log.Len() > 0 {
		t.Errorf("%q", log)
	}
	problem = kb.Errorf(kb.Unavailable, kb.Text{NL: "achter", EN: "behind"})
	if w := ask(h, "GET", "/readyz"); w.Header().Get("Cache-Control") != "no-store" || !strings.Contains(log.String(), "code=UNAVAILABLE") {
		t.Errorf("%v %q", w.Header(), log)
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if w := ask(h, "POST", path); w.Code == 200 && w.Body.String() == "ok\n" {
			t.Errorf("POST %s: %d", path, w.Code)
		}
	}
}

// A store that does not answer makes /readyz say no, not wait.
func TestReadyHasADeadline(t *testing.T) {
	h, _ := site(t, hello, func(c *httpd.Config) {
		c.Ready = func(ctx context.Context) error {
			deadline, ok := ctx.Deadline()
			if !ok || time.Until(deadline) > 5*time.Second {
				t.Errorf("deadline %v, %v", deadline, ok)
			}
			return context.DeadlineExceeded
		}
	})
	if w := ask(h, "GET", "/readyz"); w.Code != 503 || !strings.Contains(w.Body.String(), "nu niet bereikbaar") {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

// The log says what code a panic had, never what it said.
func TestPanicsAreLoggedByTheirCode(t *testing.T) {
	for want, v := range map[string]any{
		"type=INTERNAL":  errors.New("geheim"),
		"type=DISK_FULL": kb.Errorf(kb.DiskFull, kb.Text{NL: "geheim", EN: "geheim"}),
		"type=value":     "geheim",
	} {
		h, log := site(t, func(http.ResponseWriter, *http.Request) { panic(v) }, nil)
		w := ask(h, "GET", "/")
		if w.Code != 500 || !strings.Contains(log.String(), want) || strings.Contains(log.String()+w.Body.String(), "geheim") {
			t.Errorf("%s: %d %q", want, w.Code, log)
		}
		if !strings.Contains(log.String(), "status=500") {
			t.Errorf("the answer is not in the log: %q", log)
		}
	}
}

// A handler that breaks off on purpose is no fault of ours, and no answer.
func TestAHandlerThatBreaksOff(t *testing.T) {
	h, log := site(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, nil)
	defer func() {
		if recover() != http.ErrAbortHandler || strings.Contains(log.String(), "panicked") { //nolint:errorlint // the value that net/http itself compares
			t.Errorf("%q", log)
		}
	}()
	ask(h, "GET", "/")
	t.Error("the panic was taken for an answer")
}

// The scripts of other sites may send what GraphQL needs, and no cookies.
func TestPreflightAllowsWhatGraphQLNeeds(t *testing.T) {
	const origin = "https://app.example.nl"
	h, _ := site(t, hello, func(c *httpd.Config) { c.Origins = []string{"https://andere.example.nl", origin} })
	for _, c := range []struct {
		method, headers string
		allowed         bool
	}{
		{"POST", "content-type", true},
		{"GET", "accept,accept-language,content-type,x-request-id", true},
		{"POST", "authorization", true},
		{"POST", "cookie", false},
		{"DELETE", "", false},
		{"PUT", "content-type", false},
	} {
		args := []string{"Origin", origin, "Access-Control-Request-Method", c.method}
		if c.headers != "" {
			args = append(args, "Access-Control-Request-Headers", c.headers)
		}
		w := ask(h, "OPTIONS", "/graphql", args...)
		if got := w.Header().Get("Access-Control-Allow-Origin") == origin; got != c.allowed || w.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s with %q: %d %v", c.method, c.headers, w.Code, w.Header())
		}
		if vary := strings.Join(w.Header().Values("Vary"), ","); !strings.Contains(vary, "Origin") {
			t.Errorf("a cache may give this answer to another site: Vary %q", vary)
		}
	}
	if w := ask(h, "POST", "/graphql", "Origin", origin); !strings.EqualFold(w.Header().Get("Access-Control-Expose-Headers"), "X-Request-Id") {
		t.Errorf("%v", w.Header())
	}
}

// What is small or packed already goes out as it is.
func TestWhatIsNotCompressed(t *testing.T) {
	for _, c := range []struct {
		kind string
		size int
		want string
	}{
		{"text/html; charset=utf-8", 900, ""},
		{"text/html; charset=utf-8", 3_000, "gzip"},
		{"application/graphql-response+json", 3_000, "gzip"},
		{"image/png", 3_000, ""},
		{"font/woff2", 3_000, ""},
		{"application/octet-stream", 3_000, ""},
	} {
		h, _ := site(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", c.kind)
			_, _ = io.WriteString(w, strings.Repeat("a", c.size))
		}, nil)
		if got := ask(h, "GET", "/", "Accept-Encoding", "gzip, zstd, br").Header().Get("Content-Encoding"); got != c.want {
			t.Errorf("%d bytes of %s: %q, want %q", c.size, c.kind, got, c.want)
		}
	}
}

// serving runs a server until the end of the test and gives its address; stop
// ends it and gives what Serve returned.
func serving(t *testing.T, h http.Handler) (addr string, stop func() error) {
	t.Helper()
	ln, err := httpd.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- httpd.Serve(ctx, ln, h, slog.New(slog.DiscardHandler)) }()
	return ln.Addr().String(), func() error {
		cancel()
		return <-served
	}
}

// A client that sends headers without end is answered and let go.
func TestHeadersAreBounded(t *testing.T) {
	h, _ := site(t, hello, nil)
	addr, stop := serving(t, h)
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	go func() {
		_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n")
		for i := 0; ; i++ {
			if _, err := fmt.Fprintf(conn, "X-%d: %s\r\n", i, strings.Repeat("a", 1_000)); err != nil {
				return // it was let go
			}
		}
	}()
	answer, _ := io.ReadAll(conn) // the connection may be reset behind the answer
	if !strings.HasPrefix(string(answer), "HTTP/1.1 431") {
		t.Errorf("%.80q", answer)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// Serve tells when its listener fails under it; an orderly stop is no error.
func TestServeTellsWhyItEnded(t *testing.T) {
	ln, err := httpd.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	if err := httpd.Serve(t.Context(), ln, http.HandlerFunc(hello), slog.New(slog.DiscardHandler)); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("a closed listener: %v", err)
	}
	_, stop := serving(t, http.HandlerFunc(hello))
	if err := stop(); err != nil {
		t.Errorf("an orderly stop: %v", err)
	}
}
