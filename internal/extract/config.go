package extract

import (
	"cmp"
	"log/slog"
	"os"
	"time"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/picture"
)

// Config is how files are read. What is zero gets the default that is named.
type Config struct {
	Command  []string      // of a child; this program with extract-worker
	Cache    string        // folder of compiled code, filled at the start; none keeps nothing, and each child takes seconds
	Workers  int           // children at once; 2
	Files    int           // after how many a child is renewed; 200
	Memory   int64         // bytes that a child, with what it starts, may really use; 416 MiB
	Text     time.Duration // for reading a file; 30 s
	Picture  time.Duration // for drawing a page; 5 s
	OCR      time.Duration // for recognising a page; 20 s
	Limits   format.Limits // format.Defaults()
	Programs picture.Programs
	Log      *slog.Logger
}

// memory is what a child may use: two of them and a server stay under 1 GB.
const memory = instrumented * 416 << 20

// edition numbers what is read: raise it when more or better comes out.
const edition = 1

// complete fills in the defaults.
func (c Config) complete() (Config, error) {
	if len(c.Command) == 0 {
		self, err := os.Executable()
		if err != nil {
			return c, err
		}
		c.Command = []string{self, "extract-worker"}
	}
	c.Log = cmp.Or(c.Log, slog.New(slog.DiscardHandler))
	c.Workers, c.Files = cmp.Or(c.Workers, 2), cmp.Or(c.Files, 200)
	c.Memory, c.Limits = cmp.Or(c.Memory, memory), cmp.Or(c.Limits, format.Defaults())
	c.Text, c.Picture, c.OCR = cmp.Or(c.Text, 30*time.Second), cmp.Or(c.Picture, 5*time.Second), cmp.Or(c.OCR, 20*time.Second)
	return c, nil
}
