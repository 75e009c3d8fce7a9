// Package blobtest is the conformance suite of kb.Blobs: what uploads, downloads and
// extraction rely on, told once for every adapter.
//
// The invariant that a newcomer must know: there is no skip list and no option.
package blobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// Fresh makes an empty place and gives what opens blobs in it, dated by a clock. The
// suite closes blobs before it opens the same place again.
type Fresh func(t *testing.T, now func() time.Time) (open func() kb.Blobs)

// Run runs the whole suite.
func Run(t *testing.T, fresh Fresh) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Fresh)
	}{
		{"round trip", testRoundTrip},
		{"no bytes", testNoBytes},
		{"wrong offsets", testOffsets},
		{"a reader that fails", testReaderFails},
		{"cancelled", testCancelled},
		{"many pieces", testPieces},
		{"the same bytes twice", testTwice},
		{"committed again", testCommittedAgain},
		{"committed while it grows", testCommitOvertakes},
		{"discarded", testDiscarded},
		{"discarded while it grows", testDiscardOvertakes},
		{"overtaken", testOvertaken},
		{"race for a stage", testRace},
		{"race to commit", testRaceToCommit},
		{"reopened", testReopened},
		{"names", testNames},
		{"deleted", testDeleted},
		{"derived", testDerived},
		{"derived anew", testDerivedAnew},
		{"derived cut off", testDerivedCutOff},
		{"derived dropped", testDerivedDropped},
		{"read at any place", testReadAt},
		{"walk", testWalk},
		{"walk cut off", testWalkCutOff},
		{"closed", testClosed},
		{"model", testModel},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, fresh) })
	}
}

// noon is when the clock of most tests stands still.
func noon() time.Time { return time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC) }

// tb is what testing.T and rapid.T have in common.
type tb interface {
	Helper()
	Fatalf(format string, args ...any)
	Context() context.Context
}

// opened gives blobs in a fresh place that are closed after the test.
func opened(t *testing.T, fresh Fresh) kb.Blobs {
	t.Helper()
	b := fresh(t, noon)()
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return b
}

// id gives the same id for the same name.
func id(name string) kb.ID { return kb.DeriveID("blobtest", name) }

// random gives bytes that differ with the seed.
func random(seed uint64, n int) []byte {
	out := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)}).Read(out) // never fails
	return out
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// add appends bytes that must all be taken.
func add(t tb, b kb.Blobs, stage kb.ID, offset int, data []byte) {
	t.Helper()
	size, err := b.Append(t.Context(), stage, int64(offset), bytes.NewReader(data))
	if err != nil || size != int64(offset+len(data)) {
		t.Fatalf("Append at %d: got %d, %v; want %d", offset, size, err, offset+len(data))
	}
}

// commit commits a stage that must hold bytes.
func commit(t tb, b kb.Blobs, stage kb.ID, want []byte) (name string) {
	t.Helper()
	name, size, err := b.Commit(t.Context(), stage)
	if err != nil || name != sum(want) || size != int64(len(want)) {
		t.Fatalf("Commit: got %s of %d, %v; want %s of %d", name, size, err, sum(want), len(want))
	}
	return name
}

// stored makes a blob of bytes.
func stored(t tb, b kb.Blobs, data []byte) (name string) {
	t.Helper()
	stage := id("stored " + sum(data))
	add(t, b, stage, 0, data)
	return commit(t, b, stage, data)
}

// staged checks how much a stage holds.
func staged(t tb, b kb.Blobs, stage kb.ID, want int) {
	t.Helper()
	if got, err := b.Staged(t.Context(), stage); err != nil || got != int64(want) {
		t.Fatalf("Staged: got %d, %v; want %d", got, err, want)
	}
}

// holds checks all bytes of what was opened, and closes it.
func holds(t tb, blob kb.Blob, err error, want []byte) {
	t.Helper()
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	if blob.Size() != int64(len(want)) {
		t.Fatalf("Size: got %d, want %d", blob.Size(), len(want))
	}
	got, err := io.ReadAll(io.NewSectionReader(blob, 0, blob.Size()))
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	if !bytes.Equal(got, want) {
		t.Fatalf("got other bytes: %s, want %s", sum(got), sum(want))
	}
	if err := blob.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
}

// code checks what kind of error there is.
func code(t tb, what string, err error, want kb.Code) {
	t.Helper()
	if got := kb.CodeOf(err); got != want {
		t.Fatalf("%s: got %v, want %q", what, err, want)
	}
}

// has checks that a blob is there with its bytes.
func has(t tb, b kb.Blobs, data []byte) {
	t.Helper()
	blob, err := b.Open(t.Context(), sum(data))
	holds(t, blob, err, data)
	if err := b.Check(t.Context(), sum(data)); err != nil {
		t.Fatalf("Check: %v", err)
	}
}

// hasNot checks that a blob is not there.
func hasNot(t tb, b kb.Blobs, name string) {
	t.Helper()
	_, err := b.Open(t.Context(), name)
	code(t, "Open", err, kb.NotFound)
	code(t, "Check", b.Check(t.Context(), name), kb.NotFound)
}

// walked gives all that Walk visits, by the name of the blob or stage.
func walked(t tb, b kb.Blobs) map[string]kb.Stored {
	t.Helper()
	out := map[string]kb.Stored{}
	err := b.Walk(t.Context(), func(s kb.Stored) error {
		name := s.SHA256 + string(s.Stage)
		if _, twice := out[name]; twice {
			t.Fatalf("Walk visits %s twice", name)
		}
		out[name] = s
		return nil
	})
	if err != nil {
		t.Fatalf("Walk: %v", err)
	}
	return out
}
