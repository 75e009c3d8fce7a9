package exchange_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// brokenStore gives a version that is no JSON, as a damaged file would.
type brokenStore struct{ kb.Store }

func (s brokenStore) Log(ctx context.Context, after kb.Seq, limit int) (kb.Changes, error) {
	changes, err := s.Store.Log(ctx, after, limit)
	for i := range changes.Records {
		changes.Records[i].Live = json.RawMessage(`{"title":`)
	}
	return changes, err
}

// A record that cannot be encoded was told of as if the disk were full.
func TestADamagedRecordIsNotAFullDisk(t *testing.T) {
	store := open(t)
	imported(t, store, strings.NewReader(`{"id":"1","title":"a"}`), exchange.Options{})
	n, err := exchange.Export(t.Context(), brokenStore{store}, &bytes.Buffer{})
	if kb.CodeOf(err) != kb.Damaged || n != 0 || !strings.Contains(err.Error(), string(kb.DeriveID("import", "1"))) {
		t.Errorf("%d, %v", n, err)
	}
}
