package gridfs_test

import (
	"testing"
	"time"

	"leerkring/internal/blob/blobtest"
	"leerkring/internal/blob/gridfs"
	"leerkring/internal/kb"
	"leerkring/internal/store/mongo/mongotest"
)

// TestSuite runs the suite with chunks so small that everything crosses them, and with
// those of production.
func TestSuite(t *testing.T) {
	database := mongotest.Databases(t)
	for name, size := range map[string]int{"small chunks": 300_007, "chunks": 0} {
		t.Run(name, func(t *testing.T) {
			blobtest.Run(t, func(t *testing.T, now func() time.Time) func() kb.Blobs {
				uri := database()
				return func() kb.Blobs { return open(t, uri, gridfs.Options{Now: now, ChunkSize: size}) }
			})
		})
	}
}

func open(t testing.TB, uri string, opts gridfs.Options) *gridfs.Bucket {
	t.Helper()
	b, err := gridfs.Open(t.Context(), uri, opts)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
