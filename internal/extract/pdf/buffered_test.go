package pdf

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"leerkring/internal/extract/format"
)

func noise(size int) []byte {
	b := make([]byte, size)
	for i := range b {
		b[i] = byte(i*7 + i/251)
	}
	return b
}

func TestBufferedReadsWhatIsThere(t *testing.T) {
	for _, size := range []int{0, 1, bufferSize - 1, bufferSize, bufferSize + 1, 3*bufferSize + 17} {
		if err := iotest.TestReader(newBuffered(input(noise(size))), noise(size)); err != nil {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

// Places are gone to as PDFium does: from the end, to the front, and a little further.
func TestBufferedAtAnyPlace(t *testing.T) {
	whole := noise(5*bufferSize + 100)
	b := newBuffered(input(whole))
	const seed = 7
	random := rand.New(rand.NewPCG(seed, seed))
	for range 2000 {
		at, n := random.Int64N(int64(len(whole))), random.IntN(2*bufferSize)
		if _, err := b.Seek(at, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		got := make([]byte, n)
		read, err := io.ReadFull(b, got)
		want := whole[at:min(int(at)+n, len(whole))]
		if !bytes.Equal(got[:read], want) {
			t.Fatalf("seed %d: at %d, %d bytes: %d other ones, %v", seed, at, n, read, err)
		}
	}
}

func TestBufferedEdges(t *testing.T) {
	b := newBuffered(input(noise(10)))
	if _, err := b.Seek(-1, io.SeekStart); err == nil {
		t.Error("before the start there is a place")
	}
	if at, err := b.Seek(-3, io.SeekEnd); at != 7 || err != nil {
		t.Errorf("got %d, %v", at, err)
	}
	if at, err := b.Seek(50, io.SeekCurrent); at != 57 || err != nil {
		t.Errorf("got %d, %v", at, err)
	}
	if n, err := b.Read(make([]byte, 4)); n != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("after the end: %d, %v", n, err)
	}
	short := newBuffered(format.Input{ReaderAt: bytes.NewReader(noise(5)), Size: 10}) // a file that was cut since
	if got, err := io.ReadAll(short); len(got) != 5 || err != nil && !errors.Is(err, io.EOF) {
		t.Errorf("a file that is shorter than it was: %d, %v", len(got), err)
	}
}
