package graph_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// zeros gives so many bytes.
func zeros(n int64) io.Reader { return io.LimitReader(zero{}, n) }

type zero struct{}

func (zero) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// BenchmarkUpload sends 100 MB over loopback. It reports how much larger the heap was at
// most while it came in.
func BenchmarkUpload(b *testing.B) {
	const size = 100_000_000
	p := &play{newWorld(b), loadSchema(b)}
	r := draftCase(b, p)
	limits := kb.FileLimits{Account: 1 << 50}
	p.config.Files = kb.NewFiles(kb.FilesConfig{
		Store: p.store, Search: p.index, Blobs: p.blobs, Own: p.own, Now: p.config.Now, NewID: newID, Limits: limits,
	})
	p.handler = handlerOf(p.config)
	server := httptest.NewServer(p.as(expert()).handler)
	defer server.Close()
	head := "--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n" + operations(b, uploadOne, r.ID, nil).body +
		"\r\n--x\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{\"0\":[\"variables.f\"]}" +
		"\r\n--x\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a.bin\"\r\n\r\n"
	var before, during runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		peak := uint64(0)
		for {
			select {
			case <-stop:
				most <- peak
				return
			case <-time.After(20 * time.Millisecond):
				runtime.ReadMemStats(&during)
				peak = max(peak, during.HeapInuse)
			}
		}
	}()
	b.SetBytes(size)
	for i := 0; b.Loop(); i++ {
		name := fmt.Sprintf("%08d", i)
		body := io.MultiReader(strings.NewReader(head+name), zeros(size-8), strings.NewReader("\r\n--x--\r\n"))
		req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, server.URL, body)
		must(b, err)
		req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		req.Header.Set("GraphQL-Preflight", "1")
		resp, err := server.Client().Do(req)
		must(b, err)
		answer, err := io.ReadAll(resp.Body)
		must(b, err)
		must(b, resp.Body.Close())
		if !strings.Contains(string(answer), `"size":100000000`) {
			b.Fatalf("%d %s", resp.StatusCode, answer)
		}
	}
	close(stop)
	b.ReportMetric(float64(int64(<-most)-int64(before.HeapInuse))/1e6, "MB-more")
}
