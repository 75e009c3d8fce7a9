package extract

import (
	"time"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/picture"
)

// setup is what a child is told at its start.
type setup struct {
	Cache  string `json:"cache"`  // folder of compiled code
	Memory int64  `json:"memory"` // bytes
	// Programs are those that the child may start; with none it may open no file at all.
	Programs picture.Programs `json:"programs"`
}

// startsPrograms reports whether a child starts others, which need files.
func (s setup) startsPrograms() bool { return s.Programs.Soffice != "" || s.Programs.Tesseract != "" }

// What a job asks for.
const (
	askRead      = "read"
	askDraw      = "draw"
	askRecognise = "recognise"
)

// job is what a child is asked to do with a file.
type job struct {
	Ask    string        `json:"ask"`
	Name   string        `json:"name"`
	Size   int64         `json:"size"`
	Limits format.Limits `json:"limits"`
	// Enough is after how long a reader stops with what it has.
	Enough time.Duration `json:"enough,omitempty"`
	Format string        `json:"format,omitempty"` // as it was read
	Pages  []int         `json:"pages,omitempty"`
	Width  int           `json:"width,omitempty"` // pixels
}
