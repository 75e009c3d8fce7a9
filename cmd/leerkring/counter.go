package main

import (
	"fmt"
	"strings"
	"time"

	"leerkring/internal/kb"
)

// counter shows how many files were read: a line that is written over on a screen, a
// line every few seconds elsewhere.
type counter struct {
	t     *terminal
	total int
	last  time.Time
	wide  int // characters of the line that stands on the screen
}

func newCounter(t *terminal, total int) *counter {
	return &counter{t: t, total: total, last: time.Now()}
}

// next shows how many files were read, not too often.
func (c *counter) next(done int64) {
	every := 5 * time.Second
	if c.t.live {
		every = 200 * time.Millisecond
	}
	if time.Since(c.last) < every {
		return
	}
	c.last = time.Now()
	line := fmt.Sprintf(c.t.text(kb.Text{NL: "%d van %d bestanden gelezen", EN: "%d of %d files read"}), done, c.total)
	if !c.t.live {
		c.t.say(kb.Text{NL: "%s", EN: "%s"}, line)
		return
	}
	_, _ = fmt.Fprintf(c.t.err, "\r%s", line) // there is nobody else to tell
	c.wide = len(line)
}

// clear takes the line off the screen before another is written.
func (c *counter) clear() {
	if c.wide > 0 {
		_, _ = fmt.Fprintf(c.t.err, "\r%s\r", strings.Repeat(" ", c.wide))
		c.wide = 0
	}
}
