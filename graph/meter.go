package graph

import (
	"bufio"
	"io"
	"math"
	"time"

	"leerkring/internal/kb"
)

// noLimit lets everything through.
const noLimit = math.MaxInt64

// envelopeWithin is how long all of a request but its files may take to come in.
const envelopeWithin = 30 * time.Second

// meter reads the body of a request with files: of each piece of it no more bytes than
// were allowed, so that nothing that is kept in memory can be large.
type meter struct {
	body io.Reader
	most int64
	left int64
	due  time.Time // when what is read now must be there; the zero time is never
	// waiting is called before it waits for bytes, and what it gives when they are there.
	waiting func() (over func())
}

// newMeter allows nothing yet. Reads are large, since each is a call to the system.
func newMeter(body io.Reader) *meter {
	return &meter{
		body: bufio.NewReaderSize(body, 64<<10), due: time.Now().Add(envelopeWithin),
		waiting: func() func() { return func() {} },
	}
}

// allow lets so many bytes through from here on.
func (m *meter) allow(most int64) { m.most, m.left = most, most }

// Read reads what is allowed; TooLarge when that is over.
func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, partTooLarge(m.most)
	}
	if int64(len(p)) > m.left {
		p = p[:m.left]
	}
	if !m.due.IsZero() && time.Now().After(m.due) {
		return 0, kb.Errorf(kb.Timeout, kb.Text{NL: "Het verzoek kwam te langzaam binnen.", EN: "The request came in too slowly."})
	}
	over := m.waiting()
	n, err := m.body.Read(p)
	over()
	m.left -= int64(n)
	return n, err
}

func partTooLarge(most int64) error {
	return kb.Errorf(kb.TooLarge, kb.Text{NL: "Een deel van het formulier is te groot: hoogstens %d bytes.", EN: "A part of the form is too large: at most %d bytes."}, most)
}
