package blobtest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"leerkring/internal/kb"
)

func testRoundTrip(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	data := random(1, 3<<20+17)
	staged(t, b, id("s"), 0)
	_, err := b.OpenStage(t.Context(), id("s"))
	code(t, "OpenStage before there is one", err, kb.NotFound)
	hasNot(t, b, sum(data))
	add(t, b, id("s"), 0, data)
	staged(t, b, id("s"), len(data))
	stage, err := b.OpenStage(t.Context(), id("s"))
	holds(t, stage, err, data)
	hasNot(t, b, sum(data))
	commit(t, b, id("s"), data)
	has(t, b, data)
	staged(t, b, id("s"), 0)
}

func testNoBytes(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	add(t, b, id("s"), 0, nil)
	stage, err := b.OpenStage(t.Context(), id("s"))
	holds(t, stage, err, nil)
	commit(t, b, id("s"), nil)
	has(t, b, nil)
	if err := b.PutDerived(t.Context(), sum(nil), "a", bytes.NewReader(nil)); err != nil {
		t.Fatal(err)
	}
	derived, err := b.OpenDerived(t.Context(), sum(nil), "a")
	holds(t, derived, err, nil)
}

// testOffsets: the answer to a wrong offset says where to go on, and nothing changes.
func testOffsets(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	wrong := func(offset int64, want int64) {
		t.Helper()
		size, err := b.Append(t.Context(), id("s"), offset, bytes.NewReader([]byte("xxx")))
		code(t, "Append at a wrong place", err, kb.Conflict)
		if size != want {
			t.Fatalf("Append at %d says that there are %d, want %d", offset, size, want)
		}
	}
	wrong(1, 0)
	wrong(-1, 0)
	staged(t, b, id("s"), 0)
	add(t, b, id("s"), 0, []byte("abc"))
	for _, offset := range []int64{0, 2, 4, -3, 1 << 40} {
		wrong(offset, 3)
	}
	add(t, b, id("s"), 3, []byte("def"))
	commit(t, b, id("s"), []byte("abcdef"))
}

// testReaderFails: a connection that breaks costs nothing of what came.
func testReaderFails(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	broken := errors.New("the connection broke")
	data := random(2, 600_000)
	first := 400_123
	size, err := b.Append(t.Context(), id("s"), 0, io.MultiReader(bytes.NewReader(data[:first]), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || size != int64(first) {
		t.Fatalf("got %d, %v; want %d, %v", size, err, first, broken)
	}
	staged(t, b, id("s"), first)
	size, err = b.Append(t.Context(), id("s"), int64(first), iotest.ErrReader(broken))
	if !errors.Is(err, broken) || size != int64(first) {
		t.Fatalf("with nothing more: got %d, %v", size, err)
	}
	size, err = b.Append(t.Context(), id("s"), int64(first), iotest.DataErrReader(iotest.OneByteReader(bytes.NewReader(data[first:first+10]))))
	if err != nil || size != int64(first+10) {
		t.Fatalf("byte by byte: got %d, %v", size, err)
	}
	add(t, b, id("s"), first+10, data[first+10:])
	commit(t, b, id("s"), data)
	has(t, b, data)
}

// stopping cancels a context when all its bytes were read.
type stopping struct {
	io.Reader
	stop context.CancelFunc
}

func (s stopping) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		s.stop()
		return n, nil
	}
	return n, err
}

func testCancelled(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	data := random(3, 500_000)
	ctx, stop := context.WithCancel(t.Context())
	size, err := b.Append(ctx, id("s"), 0, stopping{bytes.NewReader(data), stop})
	if !errors.Is(err, context.Canceled) || size != int64(len(data)) {
		t.Fatalf("Append: got %d, %v", size, err)
	}
	staged(t, b, id("s"), len(data))
	name := stored(t, b, data)
	for what, call := range map[string]func() error{
		"Append":     func() error { _, err := b.Append(ctx, id("t"), 0, bytes.NewReader(data)); return err },
		"PutDerived": func() error { return b.PutDerived(ctx, name, "a", bytes.NewReader(data)) },
		"Check":      func() error { return b.Check(ctx, name) },
		"Walk":       func() error { return b.Walk(ctx, func(kb.Stored) error { return nil }) },
	} {
		if err := call(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", what, err)
		}
	}
	commit(t, b, id("s"), data)
}

// testPieces: appended in pieces of awkward sizes, and opened anew in between.
func testPieces(t *testing.T, fresh Fresh) {
	open := fresh(t, noon)
	b := open()
	data := random(4, 2<<20+5)
	at := 0
	for _, n := range []int{1, 0, 255<<10 - 1, 1, 255 << 10, 999_999, 7, len(data)} {
		piece := data[at:min(at+n, len(data))]
		add(t, b, id("s"), at, piece)
		at += len(piece)
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		b = open()
		staged(t, b, id("s"), at)
	}
	defer b.Close()
	commit(t, b, id("s"), data)
	has(t, b, data)
}

func testTwice(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	data := random(5, 100_000)
	add(t, b, id("s"), 0, data)
	add(t, b, id("t"), 0, data)
	name := commit(t, b, id("s"), data)
	if err := b.PutDerived(t.Context(), name, "a", bytes.NewReader([]byte("x"))); err != nil {
		t.Fatal(err)
	}
	before, err := b.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, b, id("t"), data)
	holds(t, before, nil, data)
	has(t, b, data)
	derived, err := b.OpenDerived(t.Context(), name, "a")
	holds(t, derived, err, []byte("x"))
	if got := walked(t, b); len(got) != 1 || got[name].Size != int64(len(data)) {
		t.Errorf("Walk: %v", got)
	}
}

func testCommittedAgain(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	_, _, err := b.Commit(t.Context(), id("s"))
	code(t, "Commit of nothing", err, kb.NotFound)
	add(t, b, id("s"), 0, []byte("abc"))
	commit(t, b, id("s"), []byte("abc"))
	_, _, err = b.Commit(t.Context(), id("s"))
	code(t, "Commit again", err, kb.NotFound)
	add(t, b, id("s"), 0, []byte("def"))
	commit(t, b, id("s"), []byte("def"))
	has(t, b, []byte("abc"))
}

func testDiscarded(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	if err := b.Discard(t.Context(), id("s")); err != nil {
		t.Fatal(err)
	}
	add(t, b, id("s"), 0, random(6, 300_000))
	if err := b.Discard(t.Context(), id("s")); err != nil {
		t.Fatal(err)
	}
	staged(t, b, id("s"), 0)
	_, err := b.OpenStage(t.Context(), id("s"))
	code(t, "OpenStage", err, kb.NotFound)
	_, _, err = b.Commit(t.Context(), id("s"))
	code(t, "Commit", err, kb.NotFound)
	add(t, b, id("s"), 0, []byte("anew"))
	commit(t, b, id("s"), []byte("anew"))
}

func testReopened(t *testing.T, fresh Fresh) {
	open := fresh(t, noon)
	b := open()
	name := stored(t, b, []byte("abc"))
	add(t, b, id("s"), 0, []byte("de"))
	if err := b.PutDerived(t.Context(), name, "a", bytes.NewReader([]byte("x"))); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	b = open()
	defer b.Close()
	has(t, b, []byte("abc"))
	derived, err := b.OpenDerived(t.Context(), name, "a")
	holds(t, derived, err, []byte("x"))
	add(t, b, id("s"), 2, []byte("f"))
	commit(t, b, id("s"), []byte("def"))
}

func testClosed(t *testing.T, fresh Fresh) {
	b := fresh(t, noon)()
	name := stored(t, b, []byte("abc"))
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := b.Append(t.Context(), id("s"), 0, bytes.NewReader([]byte("x")))
	code(t, "Append", err, kb.Unavailable)
	_, err = b.Open(t.Context(), name)
	code(t, "Open", err, kb.Unavailable)
	code(t, "Walk", b.Walk(t.Context(), func(kb.Stored) error { return nil }), kb.Unavailable)
}
