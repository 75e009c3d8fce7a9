package search

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"unicode/utf8"

	"leerkring/internal/kb"
)

// cursor is a place in the hits of one request: which snapshot it was made on,
// for what, and after which key to go on.
type cursor struct {
	process, view uint64
	request       uint64
	key           key
}

const (
	cursorVersion = 1
	cursorFixed   = 1 + 8 + 8 + 8 + 8 + 8 + 16 + 1
	maxTitleKey   = 64
)

func (c *cursor) encode() string {
	b := make([]byte, 0, cursorFixed+len(c.key.title))
	b = append(b, cursorVersion)
	b = binary.BigEndian.AppendUint64(b, c.process)
	b = binary.BigEndian.AppendUint64(b, c.view)
	b = binary.BigEndian.AppendUint64(b, c.request)
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(c.key.score))
	b = binary.BigEndian.AppendUint64(b, uint64(c.key.date))
	b = append(b, c.key.id[:]...)
	if c.key.copy {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	b = append(b, c.key.title...)
	return base64.RawURLEncoding.EncodeToString(b)
}

// decodeCursor reads a cursor that somebody sent: CursorInvalid for anything
// that encode does not write, or that belongs to another request.
func decodeCursor(text string, request uint64) (*cursor, error) {
	invalid := kb.Errorf(kb.CursorInvalid, kb.Text{
		NL: "Deze plaats in de resultaten (cursor) klopt niet. Begin opnieuw bij de eerste pagina.",
		EN: "This place in the results (cursor) is not valid. Start again at the first page.",
	})
	if len(text) > 2*(cursorFixed+maxTitleKey) {
		return nil, invalid
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(b) < cursorFixed || len(b) > cursorFixed+maxTitleKey || b[0] != cursorVersion || b[57] > 1 {
		return nil, invalid
	}
	c := &cursor{
		process: binary.BigEndian.Uint64(b[1:]), view: binary.BigEndian.Uint64(b[9:]),
		request: binary.BigEndian.Uint64(b[17:]),
		key: key{
			score: math.Float64frombits(binary.BigEndian.Uint64(b[25:])), date: int64(binary.BigEndian.Uint64(b[33:])),
			id: [16]byte(b[41:57]), copy: b[57] == 1, title: string(b[cursorFixed:]),
		},
	}
	// base64 reads over line ends, so that more than one text would mean this place.
	if c.request != request || math.IsNaN(c.key.score) || !utf8.ValidString(c.key.title) || c.encode() != text {
		return nil, invalid
	}
	return c, nil
}
