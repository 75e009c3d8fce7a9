package blob_test

import (
	"testing"
	"time"

	"leerkring/internal/blob"
	"leerkring/internal/blob/blobtest"
	"leerkring/internal/kb"
)

func TestSuite(t *testing.T) {
	blobtest.Run(t, func(t *testing.T, now func() time.Time) func() kb.Blobs {
		dir := t.TempDir()
		return func() kb.Blobs {
			f, err := blob.Open(dir, now)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
	})
}
