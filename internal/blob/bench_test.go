package blob_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

const benchSize = 100 << 20

// BenchmarkUpload stores 100 MB in one Append and commits it. ratio is how much longer
// that takes than copying the same bytes to a file and syncing it, in the same run.
func BenchmarkUpload(b *testing.B) {
	dir := b.TempDir()
	f := open(b, filepath.Join(dir, "files"))
	data := bytes.Repeat([]byte("0123456789abcdef"), benchSize/16)
	var ours, plain time.Duration
	b.SetBytes(benchSize)
	for b.Loop() {
		start := time.Now()
		if _, err := f.Append(b.Context(), stageID("s"), 0, onlyReader{bytes.NewReader(data)}); err != nil {
			b.Fatal(err)
		}
		name, _, err := f.Commit(b.Context(), stageID("s"))
		if err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
		b.StopTimer()
		if err := f.Delete(b.Context(), name); err != nil {
			b.Fatal(err)
		}
		plain += copyPlainly(b, filepath.Join(dir, "plain"), data)
		b.StartTimer()
	}
	b.ReportMetric(float64(ours)/float64(plain), "ratio")
}

// onlyReader hides WriteTo, as a request body has none.
type onlyReader struct{ io.Reader }

func copyPlainly(b *testing.B, name string, data []byte) time.Duration {
	b.Helper()
	start := time.Now()
	file, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(file, onlyReader{bytes.NewReader(data)}); err != nil {
		b.Fatal(err)
	}
	if err := file.Sync(); err != nil {
		b.Fatal(err)
	}
	took := time.Since(start)
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	if err := os.Remove(name); err != nil {
		b.Fatal(err)
	}
	return took
}
