package main

import (
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// meter shows how far the reading of a file is: a line that is written over on a
// screen, a line every few seconds elsewhere.
type meter struct {
	t     *terminal
	total int64        // bytes of the file, 0 when unknown
	read  atomic.Int64 // bytes read so far, by the goroutine that reads
	start time.Time
	last  time.Time
	wide  int // characters of the line that stands on the screen
}

func newMeter(t *terminal, f *os.File) *meter {
	m := &meter{t: t, start: time.Now()}
	m.last = m.start
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		m.total = info.Size()
	}
	return m
}

// Write counts what is read.
func (m *meter) Write(p []byte) (int, error) {
	m.read.Add(int64(len(p)))
	return len(p), nil
}

// progress shows a report, not too often.
func (m *meter) progress(r exchange.Report) {
	every := 5 * time.Second
	if m.t.live {
		every = 200 * time.Millisecond
	}
	now := time.Now()
	if now.Sub(m.last) < every {
		return
	}
	m.last = now
	line := m.line(r, now.Sub(m.start))
	if !m.t.live {
		m.t.say(kb.Text{NL: "%s", EN: "%s"}, line)
		return
	}
	pad := strings.Repeat(" ", max(0, m.wide-len([]rune(line))))
	_, _ = fmt.Fprintf(m.t.err, "\r%s%s", line, pad) // there is nobody else to tell
	m.wide = len([]rune(line))
}

// clear takes the line off the screen before another is written.
func (m *meter) clear() {
	if m.wide > 0 {
		_, _ = fmt.Fprintf(m.t.err, "\r%s\r", strings.Repeat(" ", m.wide))
		m.wide = 0
	}
}

// line is the bar, the count, the rate and the time left by what is read of the file.
func (m *meter) line(r exchange.Report, took time.Duration) string {
	done := r.Done() + r.Refused
	text := fmt.Sprintf(m.t.text(kb.Text{NL: "%d records, %.0f per seconde", EN: "%d records, %.0f per second"}), done, float64(done)/max(took.Seconds(), 0.001))
	read := m.read.Load()
	if m.total == 0 || read == 0 {
		return text
	}
	part := min(1, float64(read)/float64(m.total))
	left := time.Duration(float64(took) * (1 - part) / part).Round(time.Second)
	const cells = 24
	full := int(part * cells)
	return fmt.Sprintf(m.t.text(kb.Text{NL: "[%s%s] %3.0f%%  %s, nog %s", EN: "[%s%s] %3.0f%%  %s, %s left"}),
		strings.Repeat("#", full), strings.Repeat("·", cells-full), part*100, text, left)
}
