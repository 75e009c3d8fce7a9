package httpd_test

import (
	"bytes"
	"context"
	"errors"
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

// site gives a handler around pages, and its log.
func site(t *testing.T, pages http.HandlerFunc, change func(*httpd.Config)) (http.Handler, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	c := httpd.Config{
		Pages:     pages,
		GraphQL:   http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"data":{}}`) }),
		Ready:     func(context.Context) error { return nil },
		Reference: func() string { return "ref-00000001" },
		Now:       func() time.Time { return time.Unix(0, 0) },
		Log:       slog.New(httpd.WithRequestID(slog.NewTextHandler(&log, nil))),
	}
	if change != nil {
		change(&c)
	}
	h, err := httpd.NewHandler(c)
	if err != nil {
		t.Fatal(err)
	}
	return h, &log
}

func ask(h http.Handler, method, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func hello(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "dag") }

func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	h, _ := site(t, hello, nil)
	for _, target := range []string{"/", "/graphql", "/healthz", "/readyz", "/bestaat-niet"} {
		w := ask(h, "GET", target)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'self'", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "strict-origin", "X-Request-Id": "ref-00000001",
		} {
			if !strings.HasPrefix(w.Header().Get(name), want) {
				t.Errorf("%s: %s is %q", target, name, w.Header().Get(name))
			}
		}
	}
}

// A request id from outside is taken over only when it cannot forge a log line.
func TestRequestIDs(t *testing.T) {
	h, _ := site(t, hello, nil)
	for given, want := range map[string]string{
		"0af7651916cd43dd": "0af7651916cd43dd", "kort": "ref-00000001", "": "ref-00000001",
		"met spatie en\nregel": "ref-00000001", strings.Repeat("a", 65): "ref-00000001",
	} {
		if got := ask(h, "GET", "/", "X-Request-Id", given).Header().Get("X-Request-Id"); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

func TestTheLogHoldsNoSearchText(t *testing.T) {
	h, log := site(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "vier", 404) }, nil)
	ask(h, "GET", "/zoeken?q=geheim")
	line := log.String()
	for _, want := range []string{"method=GET", "path=/zoeken", "status=404", "bytes=5", "request_id=ref-00000001"} {
		if !strings.Contains(line, want) {
			t.Errorf("no %q in %q", want, line)
		}
	}
	if strings.Contains(line, "geheim") {
		t.Errorf("search text in the log: %q", line)
	}
}

func TestAPanicIsAnswered(t *testing.T) {
	h, log := site(t, func(http.ResponseWriter, *http.Request) { panic("wachtwoord1") }, nil)
	w := ask(h, "GET", "/")
	if w.Code != 500 || !strings.Contains(w.Body.String(), "ref-00000001") || strings.Contains(w.Body.String()+log.String(), "wachtwoord1") {
		t.Errorf("%d %s %s", w.Code, w.Body, log)
	}
	if !strings.Contains(log.String(), "httpd_test.go") {
		t.Errorf("no stack in the log: %s", log)
	}
}

// Half an answer that panics is cut off, so that nobody takes it for a whole one.
func TestAPanicHalfway(t *testing.T) {
	h, _ := site(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("half ", 1000))
		_ = http.NewResponseController(w).Flush()
		panic("x")
	}, nil)
	srv := httptest.NewServer(h)
	defer srv.Close()
	resp, err := http.Get(srv.URL)
	if err != nil {
		return // not even the beginning came through
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.ReadAll(resp.Body); err == nil {
		t.Error("the answer looks whole")
	}
}

func TestCrossOrigin(t *testing.T) {
	none, _ := site(t, hello, nil)
	listed, _ := site(t, hello, func(c *httpd.Config) { c.Origins = []string{"https://app.example.nl"} })
	for _, c := range []struct {
		name   string
		h      http.Handler
		origin string
		target string
		want   string
	}{
		{"nobody by default", none, "https://app.example.nl", "/graphql", ""},
		{"who is listed", listed, "https://app.example.nl", "/graphql", "https://app.example.nl"},
		{"who is not", listed, "https://kwaad.example", "/graphql", ""},
		{"never the pages", listed, "https://app.example.nl", "/", ""},
	} {
		w := ask(c.h, "POST", c.target, "Origin", c.origin)
		if got := w.Header().Get("Access-Control-Allow-Origin"); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
		if w.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: credentials", c.name)
		}
	}
	pre := ask(listed, "OPTIONS", "/graphql", "Origin", "https://app.example.nl", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type")
	if pre.Code != 204 || pre.Header().Get("Access-Control-Allow-Origin") == "" {
		t.Errorf("preflight %d %v", pre.Code, pre.Header())
	}
}

// A list of origins is a list: no patterns, no addresses of pages.
func TestOriginsAreSites(t *testing.T) {
	for origin, want := range map[string]kb.Code{
		"https://app.example.nl": "", "http://localhost:3000": "", "*": kb.Invalid, "https://*.example.nl": kb.Invalid,
		"https://app.example.nl/": kb.Invalid, "app.example.nl": kb.Invalid, "null": kb.Invalid, "": kb.Invalid, "https://u:p@example.nl": kb.Invalid,
	} {
		_, err := httpd.NewHandler(httpd.Config{Pages: http.HandlerFunc(hello), GraphQL: http.HandlerFunc(hello), Origins: []string{origin}})
		if kb.CodeOf(err) != want {
			t.Errorf("%q: %v, want %q", origin, err, want)
		}
	}
}

func TestHealth(t *testing.T) {
	var problem error = kb.Errorf(kb.Unavailable, kb.Text{NL: "De index loopt achter.", EN: "The index is behind."})
	h, _ := site(t, hello, func(c *httpd.Config) { c.Ready = func(context.Context) error { return problem } })
	if w := ask(h, "GET", "/healthz"); w.Code != 200 {
		t.Errorf("healthz %d", w.Code)
	}
	if w := ask(h, "GET", "/readyz"); w.Code != 503 || w.Body.String() != "De index loopt achter.\nThe index is behind.\n" {
		t.Errorf("readyz %d %q", w.Code, w.Body)
	}
	problem = errors.New("mongodb://u:geheim@h")
	if w := ask(h, "GET", "/readyz"); w.Code != 503 || strings.Contains(w.Body.String(), "geheim") {
		t.Errorf("readyz %d %q", w.Code, w.Body)
	}
	problem = nil
	if w := ask(h, "GET", "/readyz"); w.Code != 200 {
		t.Errorf("readyz %d", w.Code)
	}
}

func TestCompression(t *testing.T) {
	h, _ := site(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, strings.Repeat("<p>wonen</p>", 500))
	}, nil)
	if w := ask(h, "GET", "/", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "gzip" || w.Body.Len() > 1000 {
		t.Errorf("%v, %d bytes", w.Header(), w.Body.Len())
	}
	if w := ask(h, "GET", "/"); w.Header().Get("Content-Encoding") != "" || !strings.Contains(w.Header().Get("Vary"), "Accept-Encoding") {
		t.Errorf("%v", w.Header())
	}
}

func TestABodyIsBounded(t *testing.T) {
	h, _ := site(t, func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			http.Error(w, "te groot", http.StatusRequestEntityTooLarge)
		}
	}, nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("POST", "/", strings.NewReader(strings.Repeat("x", 5<<20))))
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", w.Code)
	}
}

func TestListen(t *testing.T) {
	ln, err := httpd.Listen(context.Background(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	for addr, want := range map[string]kb.Code{ln.Addr().String(): kb.InUse, "onzin": kb.Invalid, "127.0.0.1:99999": kb.Invalid} {
		if _, err := httpd.Listen(context.Background(), addr); kb.CodeOf(err) != want {
			t.Errorf("%s: %v, want %s", addr, err, want)
		}
	}
}

// A request that is under way when the signal comes is answered; a new one is not.
func TestStopLetsRequestsFinish(t *testing.T) {
	begun, finish := make(chan struct{}), make(chan struct{})
	h, _ := site(t, func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-finish
		_, _ = io.WriteString(w, "klaar")
	}, nil)
	ln, err := httpd.Listen(context.Background(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- httpd.Serve(ctx, ln, h, slog.New(slog.DiscardHandler)) }()
	answer := make(chan string, 1)
	go func() {
		resp, err := http.Get("http://" + ln.Addr().String())
		if err != nil {
			answer <- err.Error()
			return
		}
		defer func() { _ = resp.Body.Close() }()
		body, _ := io.ReadAll(resp.Body)
		answer <- string(body)
	}()
	<-begun
	stop()
	for { // the listener closes before the requests end
		c, err := net.Dial("tcp", ln.Addr().String())
		if err != nil {
			break
		}
		_ = c.Close()
	}
	close(finish)
	if got := <-answer; got != "klaar" {
		t.Error(got)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}

// The last part of a link lets its holder in; a log is read by more people than that.
func TestTheLogHoldsNoSecretOfALink(t *testing.T) {
	h, log := site(t, hello, nil)
	secret := strings.Repeat("0a1b2c3d", 6) + "wxyz"
	ask(h, "GET", "/en/uitnodiging/"+secret)
	ask(h, "GET", "/casus/een-lange-naam-met-streepjes-die-blijft-staan-in-het-log/5pqj0m1kq7w3d5r8c2v9x4t6gh")
	if s := log.String(); strings.Contains(s, secret) || !strings.Contains(s, "/en/uitnodiging/…") || !strings.Contains(s, "blijft-staan-in-het-log/5pqj0m1kq7w3d5r8c2v9x4t6gh") {
		t.Errorf("%s", s)
	}
}
