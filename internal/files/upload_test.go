package files_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

const at = "/uploads/" + secret

// patch sends a part as a tus client does.
func patch(h http.Handler, offset, body string, headers ...string) *httptest.ResponseRecorder {
	return send(h, "PATCH", at, body, append([]string{
		"Tus-Resumable", "1.0.0", "Content-Type", "application/offset+octet-stream", "Upload-Offset", offset,
	}, headers...)...)
}

// A file comes in parts, and the answer to the last one names it.
func TestAFileInParts(t *testing.T) {
	k := newKeeper(t, 10)
	h, _ := k.site()
	type step struct {
		status                int
		offset, length, named string
	}
	see := func(w *httptest.ResponseRecorder) step {
		if w.Header().Get("Tus-Resumable") != "1.0.0" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%v", w.Header())
		}
		g := w.Header()
		return step{w.Code, g.Get("Upload-Offset"), g.Get("Upload-Length"), g.Get("Upload-File")}
	}
	begun := send(h, "HEAD", at, "", "Tus-Resumable", "1.0.0")
	if expires, err := http.ParseTime(begun.Header().Get("Upload-Expires")); err != nil || !expires.Equal(time.Unix(2e9, 0)) {
		t.Errorf("Upload-Expires %q", begun.Header().Get("Upload-Expires"))
	}
	got := []step{
		see(begun), see(patch(h, "0", "vijf ")), see(send(h, "HEAD", at, "")),
		see(patch(h, "3", "nog")), see(patch(h, "5", "ander")), see(send(h, "HEAD", at, "")),
	}
	want := []step{
		{200, "0", "10", ""},
		{204, "5", "", ""},
		{200, "5", "10", ""},
		{409, "", "", ""},
		{204, "10", "", string(k.file)},
		{200, "10", "10", string(k.file)},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(step{})); diff != "" || k.file == "" {
		t.Error(diff)
	}
}

// What does not keep to the protocol is refused with the status that it names.
func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		w    func(http.Handler) *httptest.ResponseRecorder
		want int
	}{
		"an unknown address": {func(h http.Handler) *httptest.ResponseRecorder { return send(h, "HEAD", "/uploads/anders", "") }, 404},
		"another version": {func(h http.Handler) *httptest.ResponseRecorder {
			return send(h, "HEAD", at, "", "Tus-Resumable", "0.2.2")
		}, 412},
		"another media type": {func(h http.Handler) *httptest.ResponseRecorder {
			return patch(h, "0", "x", "Content-Type", "text/plain")
		}, 415},
		"no offset":            {func(h http.Handler) *httptest.ResponseRecorder { return patch(h, "", "x") }, 400},
		"a negative offset":    {func(h http.Handler) *httptest.ResponseRecorder { return patch(h, "-1", "x") }, 400},
		"an offset too far":    {func(h http.Handler) *httptest.ResponseRecorder { return patch(h, "9223372036854775807", "x") }, 409},
		"an offset of no size": {func(h http.Handler) *httptest.ResponseRecorder { return patch(h, "99999999999999999999", "x") }, 400},
		"too much":             {func(h http.Handler) *httptest.ResponseRecorder { return patch(h, "0", "elf letters") }, 413},
		"too much at once":     {func(h http.Handler) *httptest.ResponseRecorder { return send(h, "PUT", at, "elf letters") }, 413},
		"too little at once":   {func(h http.Handler) *httptest.ResponseRecorder { return send(h, "PUT", at, "kort") }, 400},
		"reading it":           {func(h http.Handler) *httptest.ResponseRecorder { return send(h, "GET", at, "") }, 405},
	} {
		h, _ := newKeeper(t, 10).site()
		w := c.w(h)
		if w.Code != c.want {
			t.Errorf("%s: %d %s, want %d", name, w.Code, w.Body, c.want)
		}
		if w.Code == 412 && w.Header().Get("Tus-Version") != "1.0.0" || w.Code == 405 && w.Header().Get("Allow") == "" {
			t.Errorf("%s: %v", name, w.Header())
		}
	}
}

// A client that knows no tus sends all at once and is told which file it became; the
// same again changes nothing.
func TestAFileAtOnce(t *testing.T) {
	k := newKeeper(t, 4)
	h, _ := k.site()
	for range 2 {
		w := send(h, "PUT", at, "heel")
		var got map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		want := map[string]any{"file": string(k.file), "name": "dia's.pptx", "size": 4.0, "url": "/files/" + string(k.file) + "/original/dia%27s.pptx"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// A connection that breaks keeps what came, and the rest follows from there.
func TestACutConnection(t *testing.T) {
	k := newKeeper(t, 10)
	h, _ := k.site()
	r := httptest.NewRequest("PATCH", at, io.MultiReader(strings.NewReader("vijf "), iotest.ErrReader(io.ErrUnexpectedEOF)))
	r.Header.Set("Content-Type", "application/offset+octet-stream")
	r.Header.Set("Upload-Offset", "0")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 408 || w.Header().Get("Connection") != "close" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := patch(h, "5", "ander"); w.Code != 204 || w.Header().Get("Upload-File") == "" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}

// Of two who send at the same time one is refused, and nothing is kept twice.
func TestTwoAtTheSameTime(t *testing.T) {
	k := newKeeper(t, 10)
	h, _ := k.site()
	in, out := io.Pipe()
	first := httptest.NewRequest("PATCH", at, in)
	first.Header.Set("Content-Type", "application/offset+octet-stream")
	first.Header.Set("Upload-Offset", "0")
	done := make(chan int)
	go func() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, first)
		done <- w.Code
	}()
	_, _ = io.WriteString(out, "vijf ") // it is being read: the first has begun
	r := httptest.NewRequest("PATCH", at, strings.NewReader("ander"))
	r.ContentLength = -1
	r.Header.Set("Content-Type", "application/offset+octet-stream")
	r.Header.Set("Upload-Offset", "0")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 409 {
		t.Errorf("the second: %d", w.Code)
	}
	_ = out.Close()
	if code := <-done; code != 204 || k.state().Offset != 5 {
		t.Errorf("the first: %d, %d bytes", code, k.state().Offset)
	}
}

func TestOptionsAndAbandon(t *testing.T) {
	k := newKeeper(t, 10)
	h, _ := k.site()
	w := send(h, "OPTIONS", at, "", "Tus-Resumable", "9")
	for name, want := range map[string]string{"Tus-Version": "1.0.0", "Tus-Extension": "termination,expiration", "Tus-Max-Size": "1000"} {
		if got := w.Header().Get(name); w.Code != 204 || got != want {
			t.Errorf("%d, %s: %q", w.Code, name, got)
		}
	}
	if w := send(h, "DELETE", at, ""); w.Code != 204 || !k.gone {
		t.Errorf("%d", w.Code)
	}
	if w := patch(h, "0", "x"); w.Code != 404 || !strings.Contains(w.Body.String(), `"code":"NOT_FOUND"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// A fault of ours is told under a reference only; the log has the rest.
func TestAFaultOfOurs(t *testing.T) {
	k := newKeeper(t, 10)
	k.fault = errors.New("wachtwoord van de opslag")
	h, log := k.site()
	w := send(h, "HEAD", at, "")
	body := send(h, "PUT", at, "x").Body.String()
	if w.Code != 500 || strings.Contains(body, "wachtwoord") || !strings.Contains(body, "ref-1") || !strings.Contains(log.String(), "wachtwoord") {
		t.Errorf("%d %s; %s", w.Code, body, log)
	}
}

// 100 MB go through without lying in memory, at the speed of the machine.
func TestALargeUpload(t *testing.T) {
	const size = 100 << 20
	k := newKeeper(t, size)
	h, _ := k.site()
	s := httptest.NewServer(h)
	defer s.Close()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r, err := http.NewRequest("PUT", s.URL+at, io.LimitReader(zeros{}, size))
	if err != nil {
		t.Fatal(err)
	}
	r.ContentLength = size
	start := time.Now()
	resp, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	made := after.TotalAlloc - before.TotalAlloc // never more at once than all in all
	t.Logf("%d MB in %v: %.0f MB/s; %.1f MB allocated in all", size>>20, took, float64(size)/1e6/took.Seconds(), float64(made)/1e6)
	if resp.StatusCode != 200 || made > 32<<20 {
		t.Errorf("%s: %d bytes were allocated", resp.Status, made)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// Whatever a client sends, it gets an answer that is no fault of ours, and no byte
// beyond what was announced is kept.
func FuzzUpload(f *testing.F) {
	f.Add("PATCH", "0", "application/offset+octet-stream", "1.0.0", "body")
	f.Add("PATCH", "0x1", "application/offset+octet-stream; charset=\"", "1.0.0,", "")
	f.Add("PUT", "", "", "", "12345678901")
	f.Add("HEAD", "\x00", "a/b", "\n", "")
	f.Fuzz(func(t *testing.T, method, offset, kind, version, body string) {
		if strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || method == "" {
			t.Skip("no method")
		}
		k := newKeeper(t, 10)
		h, log := k.site()
		w := send(h, method, at, body, "Upload-Offset", offset, "Content-Type", kind, "Tus-Resumable", version)
		if w.Code >= 500 || log.Len() > 0 || k.state().Offset > 10 {
			t.Error(fmt.Sprint(w.Code, w.Body, log))
		}
	})
}
