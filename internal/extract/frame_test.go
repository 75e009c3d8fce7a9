package extract

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestFramesComeBack(t *testing.T) {
	var b bytes.Buffer
	long := strings.Repeat("x", 2*chunk+5)
	if err := errors.Join(writeFrame(&b, frameDone, nil), writeJSON(&b, frameItem, 7), writeChunks(&b, frameText, []byte(long))); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for i, want := range []byte{frameDone, frameItem, frameText, frameText, frameText} {
		kind, payload, err := readFrame(&b)
		if err != nil || kind != want {
			t.Fatalf("frame %d: %q, %v, want %q", i, kind, err, want)
		}
		if kind == frameText {
			text.Write(payload)
		}
	}
	if text.String() != long {
		t.Errorf("%d bytes came back as %d", len(long), text.Len())
	}
	if _, _, err := readFrame(&b); !errors.Is(err, io.EOF) {
		t.Errorf("after the last: %v", err)
	}
}

func TestFramesThatAreNone(t *testing.T) {
	for name, c := range map[string]struct {
		bytes string
		want  error
	}{
		"half a head":    {"t\x00\x00", io.ErrUnexpectedEOF},
		"half a payload": {"t\x00\x00\x00\x09abc", io.ErrUnexpectedEOF},
		"four gigabytes": {"t\xff\xff\xff\xff", errFrame},
	} {
		if _, _, err := readFrame(strings.NewReader(c.bytes)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if err := writeFrame(io.Discard, frameText, make([]byte, maxFrame+1)); !errors.Is(err, errFrame) {
		t.Errorf("too long a frame was written: %v", err)
	}
}

func FuzzReadFrame(f *testing.F) {
	f.Add([]byte("t\x00\x00\x00\x03abc"))
	f.Add([]byte("t\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		kind, payload, err := readFrame(bytes.NewReader(b))
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := writeFrame(&again, kind, payload); err != nil || !bytes.HasPrefix(b, again.Bytes()) {
			t.Errorf("%q came back as %q, %v", b, again.Bytes(), err)
		}
	})
}
