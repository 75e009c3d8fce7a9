package extract

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

const (
	maxFrame = 4 << 20 // bytes
	chunk    = 1 << 20 // bytes of a text or picture in one frame
)

// The kinds of frames that a child sends.
const (
	frameReady   byte = 'r' // after its start, once: what its confinement lacks
	frameHead    byte = 'h' // a kb.Reading without pages
	framePage    byte = 'p' // a kb.ReadPage without texts
	frameText    byte = 't' // more text of that page
	frameNotes   byte = 'n' // more notes of that page
	frameItem    byte = 'i' // a picture or recognised text begins: its page
	frameBytes   byte = 'b' // more of it
	frameItemEnd byte = 'e' // it is whole
	frameProblem byte = 'x' // a format.Problem
	frameDone    byte = 'd' // the job is done
)

var errFrame = errors.New("extract: a frame that is not one")

// writeFrame writes one frame: kind, length, bytes.
func writeFrame(w io.Writer, kind byte, payload []byte) error {
	if len(payload) > maxFrame {
		return fmt.Errorf("%w: %d bytes", errFrame, len(payload))
	}
	head := binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(payload)))
	_, err := w.Write(append(head, payload...))
	return err
}

func writeJSON(w io.Writer, kind byte, value any) error {
	payload, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return writeFrame(w, kind, payload)
}

// writeChunks writes something long in several frames.
func writeChunks(w io.Writer, kind byte, payload []byte) error {
	for len(payload) > 0 {
		n := min(chunk, len(payload))
		if err := writeFrame(w, kind, payload[:n]); err != nil {
			return err
		}
		payload = payload[n:]
	}
	return nil
}

// readFrame reads one frame. A longer one than there are is refused before any of it
// is read.
func readFrame(r io.Reader) (kind byte, payload []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	size := binary.BigEndian.Uint32(head[1:])
	if size > maxFrame {
		return 0, nil, fmt.Errorf("%w: %d bytes", errFrame, size)
	}
	payload = make([]byte, size)
	_, err = io.ReadFull(r, payload)
	return head[0], payload, err
}
