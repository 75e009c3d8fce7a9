package files_test

import (
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// A download is an attachment in a sandbox, whatever is in it.
func TestADownloadIsHarmless(t *testing.T) {
	for _, c := range []struct {
		mediaType, query, kind, how string
	}{
		{"application/pdf", "", "application/pdf", "attachment"},
		{"application/pdf", "?inline", "application/pdf", "inline"},
		{"text/plain", "?inline", "text/plain; charset=utf-8", "inline"},
		{"image/png", "?inline", "image/png", "inline"},
		{"text/html; charset=utf-8", "?inline", "application/octet-stream", "attachment"},
		{"image/svg+xml", "?inline", "application/octet-stream", "attachment"},
		{"text/javascript", "", "application/octet-stream", "attachment"},
		{"application/vnd.openxmlformats-officedocument.presentationml.presentation", "?inline", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "attachment"},
		{"", "", "application/octet-stream", "attachment"},
	} {
		k := newKeeper(t, 1)
		k.original = download("naam", c.mediaType, "<script>alert(1)</script>")
		h, _ := k.site()
		w := send(h, "GET", "/files/x/original/naam"+c.query, "")
		g := w.Header()
		how, _, _ := strings.Cut(g.Get("Content-Disposition"), ";")
		if w.Code != 200 || g.Get("Content-Type") != c.kind || how != c.how {
			t.Errorf("%s: %d %s %s", c.mediaType, w.Code, g.Get("Content-Type"), how)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
			"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "private, no-cache", "ETag": `"` + k.original.SHA256 + `"`,
		} {
			if g.Get(name) != want {
				t.Errorf("%s: %s is %q", c.mediaType, name, g.Get(name))
			}
		}
	}
}

func TestRanges(t *testing.T) {
	k := newKeeper(t, 1)
	k.original = download("a.txt", "text/plain", "0123456789")
	tag := `"` + k.original.SHA256 + `"`
	h, _ := k.site()
	type got struct {
		status      int
		body, piece string
	}
	for _, c := range []struct {
		method  string
		headers []string
		want    got
	}{
		{"GET", nil, got{200, "0123456789", ""}},
		{"HEAD", nil, got{200, "", ""}},
		{"GET", []string{"Range", "bytes=2-4"}, got{206, "234", "bytes 2-4/10"}},
		{"GET", []string{"Range", "bytes=-3"}, got{206, "789", "bytes 7-9/10"}},
		{"GET", []string{"Range", "bytes=20-"}, got{416, "invalid range: failed to overlap\n", "bytes */10"}},
		{"GET", []string{"Range", "bytes=2-4", "If-Range", tag}, got{206, "234", "bytes 2-4/10"}},
		{"GET", []string{"Range", "bytes=2-4", "If-Range", `"anders"`}, got{200, "0123456789", ""}},
		{"GET", []string{"If-None-Match", tag}, got{304, "", ""}},
	} {
		w := send(h, c.method, "/files/x/original/a.txt", "", c.headers...)
		if diff := cmp.Diff(c.want, got{w.Code, w.Body.String(), w.Header().Get("Content-Range")}, cmp.AllowUnexported(got{})); diff != "" {
			t.Errorf("%s %v: %s", c.method, c.headers, diff)
		}
	}
}

// Who may not read a file is told what everyone is told of a file that is not there,
// and permission is asked for also when the browser has the file already.
func TestWhoMayNotRead(t *testing.T) {
	k := newKeeper(t, 1)
	h, _ := k.site()
	none := send(h, "GET", "/files/x/original/a.txt", "")
	k.original = download("a.txt", "text/plain", "geheim")
	w := send(h, "GET", "/files/x/original/a.txt", "", "X-Visitor", "1", "If-None-Match", `"`+k.original.SHA256+`"`)
	if w.Code != 404 || none.Code != 404 || w.Body.String() != none.Body.String() || w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v %q", w.Code, w.Header(), w.Body)
	}
}

func TestPictures(t *testing.T) {
	k := newKeeper(t, 1)
	h, _ := k.site()
	if w := send(h, "GET", "/files/x/thumbnail.png", ""); w.Code != 404 || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("before it is drawn: %d %v", w.Code, w.Header())
	}
	k.picture = download("", "image/png", "een plaatje")
	for path, want := range map[string]int{
		"/files/x/thumbnail.png": 200, "/files/x/pages/1.png": 200, "/files/x/pages/2.png": 200, "/files/x/pages/3.png": 404,
		"/files/x/pages/0.png": 404, "/files/x/pages/01.png": 404, "/files/x/pages/-1.png": 404, "/files/x/pages/1.jpg": 404, "/files/x/pages/x.png": 404,
	} {
		w := send(h, "GET", path, "")
		if w.Code != want || want == 200 && (w.Header().Get("Content-Type") != "image/png" || w.Body.String() != "een plaatje") {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
	first := send(h, "GET", "/files/x/pages/1.png", "").Header().Get("ETag")
	if w := send(h, "GET", "/files/x/pages/1.png", "", "If-None-Match", first); w.Code != 304 {
		t.Errorf("the same picture again: %d", w.Code)
	}
	k.picture = download("", "image/png", "een beter plaatje")
	if w := send(h, "GET", "/files/x/pages/1.png", "", "If-None-Match", first); w.Code != 200 {
		t.Errorf("a picture that was drawn again: %d", w.Code)
	}
}

// A link works once, from any site, and looking does not use it up.
func TestALinkThatWorksOnce(t *testing.T) {
	k := newKeeper(t, 1)
	k.original = download("a.txt", "text/plain", "0123456789")
	h, _ := k.site()
	if w := send(h, "HEAD", "/downloads/"+secret, ""); w.Code != 405 {
		t.Errorf("HEAD: %d", w.Code)
	}
	w := send(h, "GET", "/downloads/"+secret, "", "Range", "bytes=0-1")
	if w.Code != 200 || w.Body.String() != "0123456789" || w.Header().Get("Cross-Origin-Resource-Policy") != "cross-origin" || w.Header().Get("Cache-Control") != "private, no-store" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := send(h, "GET", "/downloads/"+secret, ""); w.Code != 404 {
		t.Errorf("again: %d", w.Code)
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"nota.pdf":             `attachment; filename="nota.pdf"; filename*=UTF-8''nota.pdf`,
		"één \"dia\".pptx":     `attachment; filename="__n _dia_.pptx"; filename*=UTF-8''%C3%A9%C3%A9n%20%22dia%22.pptx`,
		"../../etc/passwd":     `attachment; filename="-..-etc-passwd"; filename*=UTF-8''-..-etc-passwd`,
		"a\r\nSet-Cookie: x":   `attachment; filename="aSet-Cookie- x"; filename*=UTF-8''aSet-Cookie-%20x`,
		"rapport\u202efdp.exe": `attachment; filename="rapportfdp.exe"; filename*=UTF-8''rapportfdp.exe`,
		" . ":                  `attachment; filename="bestand"; filename*=UTF-8''bestand`,
		"100%.txt":             `attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt`,
	} {
		if got := dispositionOf(t, name); got != want {
			t.Errorf("%q:\n got %s\nwant %s", name, got, want)
		}
	}
}

func dispositionOf(t *testing.T, name string) string {
	k := newKeeper(t, 1)
	k.original = download(name, "application/pdf", "x")
	h, _ := k.site()
	return send(h, "GET", "/files/x/original/y", "").Header().Get("Content-Disposition")
}

// However a file is called, the header has one reading, which names no folder.
func FuzzName(f *testing.F) {
	f.Add("nota.pdf")
	f.Add("\xff\xfe\x00\";\\ /%41")
	f.Add(strings.Repeat("é", 300))
	f.Fuzz(func(t *testing.T, name string) {
		header := dispositionOf(t, name)
		how, params, err := mime.ParseMediaType(header)
		if err != nil || how != "attachment" || params["filename"] == "" {
			t.Fatalf("%q: %q %v", name, header, err)
		}
		_, coded, _ := strings.Cut(header, "filename*=UTF-8''")
		plain, err := url.PathUnescape(coded)
		if err != nil || !utf8.ValidString(plain) || strings.ContainsAny(plain, "/\\\r\n\x00") {
			t.Errorf("%q: %q %v", name, plain, err)
		}
	})
}

// Whatever the path and the headers are, there is no fault of ours.
func FuzzDownload(f *testing.F) {
	f.Add("x/original/a.txt", "bytes=0-1", `"x"`, "W/")
	f.Add("x/pages/99999999999999999999.png", "bytes=,,-", "", "*")
	f.Fuzz(func(t *testing.T, path, ranges, ifRange, ifNoneMatch string) {
		k := newKeeper(t, 1)
		k.original = download("a.txt", "text/plain", "0123456789")
		k.picture = k.original
		h, log := k.site()
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL = &url.URL{Path: "/files/" + path}
		r.Header.Set("Range", ranges)
		r.Header.Set("If-Range", ifRange)
		r.Header.Set("If-None-Match", ifNoneMatch)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 || log.Len() > 0 {
			t.Errorf("%d %s %s", w.Code, w.Body, log)
		}
	})
}
