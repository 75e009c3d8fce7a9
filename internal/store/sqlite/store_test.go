package sqlite_test

import (
	"testing"

	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
	"leerkring/internal/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) func() kb.Store {
		dir := t.TempDir()
		return func() kb.Store {
			s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
			if err != nil {
				t.Fatalf("Open: %v", err)
			}
			return s
		}
	})
}
