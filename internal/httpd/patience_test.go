package httpd

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// serve runs a server whose own limits on a request are short, as they are for forms.
func serve(t *testing.T, h http.Handler) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.Config.ReadTimeout, s.Config.WriteTimeout = 100*time.Millisecond, 100*time.Millisecond
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// A file takes longer to send than a form may, and comes in as long as bytes do.
func TestASlowFileComesIn(t *testing.T) {
	s := serve(t, patient(10*time.Second, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("after %d bytes: %v", len(got), err)
		}
		if r.Context().Err() != nil {
			t.Error("the request was ended after its last byte")
		}
		_, _ = fmt.Fprint(w, len(got))
	})))
	in, out := io.Pipe()
	go func() {
		for range 5 {
			_, _ = out.Write([]byte("stuk"))
			<-time.After(50 * time.Millisecond) // slower than the server's own limit, all in all
		}
		_ = out.Close()
	}()
	resp, err := http.Post(s.URL, "application/octet-stream", in)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if body, _ := io.ReadAll(resp.Body); string(body) != "20" {
		t.Errorf("%d %q", resp.StatusCode, body)
	}
}

// A sender that falls silent is let go, and the handler has what came before.
func TestASilentSenderIsLetGo(t *testing.T) {
	type outcome struct {
		got string
		err error
	}
	ended := make(chan outcome, 1)
	s := serve(t, patient(50*time.Millisecond, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got, err := io.ReadAll(r.Body)
		ended <- outcome{string(got), err}
	})))
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "PATCH / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
	if o := <-ended; o.got != "half" || !errors.Is(o.err, os.ErrDeadlineExceeded) {
		t.Errorf("%q %v", o.got, o.err)
	}
}

// A slow reader gets all of a file, though it takes longer than a page may.
func TestASlowReaderGetsAll(t *testing.T) {
	const size = 8 << 20
	ended := make(chan error, 1)
	s := serve(t, patient(10*time.Second, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		piece := make([]byte, 32<<10)
		var err error
		for sent := 0; sent < size && err == nil; sent += len(piece) {
			_, err = w.Write(piece)
		}
		ended <- errors.Join(err, context.Cause(r.Context()))
	})))
	resp, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	r := bufio.NewReader(resp.Body)
	if _, err := r.Peek(1); err != nil {
		t.Fatal(err)
	}
	<-time.After(150 * time.Millisecond) // longer than the server's own limit
	n, err := io.Copy(io.Discard, r)
	if n != size || err != nil {
		t.Errorf("%d of %d bytes: %v", n, size, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestWhatCarriesAFile(t *testing.T) {
	for _, c := range []struct {
		method, kind string
		want         bool
	}{
		{"POST", "multipart/form-data; boundary=x", true},
		{"POST", "Multipart/Form-Data; boundary=x", true},
		{"GET", "multipart/form-data; boundary=x", false},
		{"POST", "multipart/form-data; boundary=\"", false},
		{"POST", "application/json", false},
		{"POST", "", false},
	} {
		r := httptest.NewRequest(c.method, "/", nil)
		r.Header.Set("Content-Type", c.kind)
		if got := carriesFile(r); got != c.want {
			t.Errorf("%s %s: %v", c.method, c.kind, got)
		}
	}
}
