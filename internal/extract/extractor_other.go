//go:build !unix

package extract

import (
	"context"

	"leerkring/internal/kb"
)

// Extractor reads nothing here: this system gives no processes that can be confined, and
// files of strangers are not read without. What waits is read by a server elsewhere.
type Extractor struct{}

// New makes an extractor, and says in the log what it cannot do.
func New(c Config) (*Extractor, error) {
	c, err := c.complete()
	if err == nil {
		c.Log.Warn("files are not read on this system: run the server on Linux or macOS")
	}
	return &Extractor{}, err
}

// Work cannot be done here.
func Work(context.Context) error { return errSystem() }

// Close has nothing to end.
func (*Extractor) Close() error { return nil }

// Edition numbers what the extractor gives.
func (*Extractor) Edition() int { return edition }

// Recognises is false.
func (*Extractor) Recognises() bool { return false }

// Read is Unavailable.
func (*Extractor) Read(context.Context, kb.Source) (*kb.Reading, error) { return nil, errSystem() }

// Pictures is Unavailable.
func (*Extractor) Pictures(context.Context, kb.Source, *kb.Reading, []int, int, func(int, []byte) error) error {
	return errSystem()
}

// Recognise is Unavailable.
func (*Extractor) Recognise(context.Context, kb.Source, *kb.Reading, []int, func(int, string) error) error {
	return errSystem()
}

func errSystem() error {
	return kb.Errorf(kb.Unavailable, kb.Text{
		"Op dit systeem kan Leerkring geen bestanden lezen. Gebruik een server met Linux of macOS.",
		"Leerkring cannot read files on this system. Use a server with Linux or macOS.",
	})
}
