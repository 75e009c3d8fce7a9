package pdf

import (
	"errors"
	"io"

	"leerkring/internal/extract/format"
)

// bufferSize is read at once: PDFium asks for half a kilobyte at a time.
const bufferSize = 64 << 10

// buffered reads a file through one buffer, which stands where it was last read.
type buffered struct {
	in     format.Input
	at     int64
	start  int64 // of buffer in the file
	buffer []byte
}

func newBuffered(in format.Input) *buffered {
	return &buffered{in: in, buffer: make([]byte, 0, bufferSize)}
}

// Seek goes to a place in the file.
func (b *buffered) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += b.at
	case io.SeekEnd:
		offset += b.in.Size
	}
	if offset < 0 {
		return b.at, errors.New("before the start")
	}
	b.at = offset
	return offset, nil
}

// Read gives what the buffer has at the place, and fills it first when that is nothing.
func (b *buffered) Read(p []byte) (int, error) {
	if b.at >= b.in.Size {
		return 0, io.EOF
	}
	if len(p) > bufferSize {
		n, err := b.in.ReadAt(p[:min(int64(len(p)), b.in.Size-b.at)], b.at)
		b.at += int64(n)
		return n, err
	}
	if b.at < b.start || b.at >= b.start+int64(len(b.buffer)) {
		if err := b.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, b.buffer[b.at-b.start:])
	b.at += int64(n)
	return n, nil
}

func (b *buffered) fill() error {
	b.start = b.at
	n, err := b.in.ReadAt(b.buffer[:min(bufferSize, b.in.Size-b.at)], b.at)
	b.buffer = b.buffer[:n]
	if n > 0 {
		return nil
	}
	return err
}
