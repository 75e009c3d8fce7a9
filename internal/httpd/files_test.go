package httpd_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"leerkring/internal/httpd"
)

// Files are as long as they are, and sent as they are: neither cut nor compressed.
func TestFilesPassAsTheyAre(t *testing.T) {
	const long = 6 << 20
	count := func(w http.ResponseWriter, r *http.Request) {
		n, err := io.Copy(io.Discard, r.Body)
		if n != long || err != nil {
			t.Errorf("%s: %d bytes, %v", r.URL.Path, n, err)
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, strings.Repeat("a", 3_000))
	}
	h, _ := site(t, count, func(c *httpd.Config) {
		c.GraphQL, c.Files, c.BySecret = http.HandlerFunc(count), http.HandlerFunc(count), http.HandlerFunc(count)
	})
	for path, kind := range map[string]string{
		"/uploads/x": "application/offset+octet-stream", "/downloads/x": "", "/files/x/y": "",
		"/graphql": "multipart/form-data; boundary=x", "/bewerken/x": "multipart/form-data; boundary=x",
	} {
		r := httptest.NewRequest("POST", path, strings.NewReader(strings.Repeat("a", long)))
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if kind != "multipart/form-data; boundary=x" && w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
}

// The scripts of listed sites may upload with the headers of tus, and no others may.
func TestPreflightAllowsWhatUploadsNeed(t *testing.T) {
	const origin = "https://app.example.nl"
	h, _ := site(t, hello, func(c *httpd.Config) {
		c.Files, c.BySecret, c.Origins = http.HandlerFunc(hello), http.HandlerFunc(hello), []string{origin}
	})
	for _, c := range []struct {
		origin, path, method, headers string
		allowed                       bool
	}{
		{origin, "/uploads/x", "PATCH", "content-type,tus-resumable,upload-offset", true},
		{origin, "/uploads/x", "PUT", "content-type", true},
		{origin, "/uploads/x", "DELETE", "tus-resumable", true},
		{origin, "/uploads/x", "PATCH", "authorization", false},
		{origin, "/downloads/x", "GET", "", true},
		{origin, "/files/x/y", "GET", "authorization", true},
		{origin, "/files/x/y", "PATCH", "", false},
		{"https://elders.example", "/uploads/x", "PATCH", "", false},
	} {
		args := []string{"Origin", c.origin, "Access-Control-Request-Method", c.method}
		if c.headers != "" {
			args = append(args, "Access-Control-Request-Headers", c.headers)
		}
		w := ask(h, "OPTIONS", c.path, args...)
		if got := w.Header().Get("Access-Control-Allow-Origin") == c.origin; got != c.allowed || w.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%v: %d %v", c, w.Code, w.Header())
		}
	}
	exposed := ask(h, "HEAD", "/uploads/x", "Origin", origin).Header().Get("Access-Control-Expose-Headers")
	for _, name := range []string{"Upload-Offset", "Upload-File", "Tus-Resumable"} {
		if !strings.Contains(exposed, name) {
			t.Errorf("%s cannot be read: %q", name, exposed)
		}
	}
}
