package eval

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"

	"leerkring/internal/kb"
)

// maxLine is the most bytes that one line of a set may have.
const maxLine = 32 << 20

// openFirst opens the first of the named files that is there. NotFound when none is.
func openFirst(dir string, names ...string) (*os.File, error) {
	var cause error
	for _, name := range names {
		f, err := os.Open(filepath.Join(dir, name))
		if err == nil {
			return f, nil
		}
		if cause == nil || !errors.Is(err, os.ErrNotExist) {
			cause = err
		}
	}
	return nil, unreadable(cause, filepath.Join(dir, names[0]))
}

func unreadable(cause error, name string) error {
	return kb.Wrap(cause, kb.NotFound, kb.Text{
		NL: "Het bestand %s is niet te lezen. Klopt de naam, en mag u het lezen?",
		EN: "The file %s cannot be read. Is the name right, and may you read it?",
	}, name)
}

// eachLine gives the lines of a text, also of a gzipped one, with their numbers
// from 1; empty lines are passed by. name is for messages. Invalid for a text that
// breaks off, TooLarge for a line without end, and what each returns.
func eachLine(r io.Reader, name string, each func(n int, line []byte) error) error {
	in := bufio.NewReaderSize(r, 64<<10)
	var plain io.Reader = in
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		gz, err := gzip.NewReader(in)
		if err != nil {
			return brokenOff(err, name, 0)
		}
		plain = gz
	}
	source := &faulty{Reader: plain}
	lines := bufio.NewScanner(source)
	lines.Buffer(make([]byte, 0, 64<<10), maxLine)
	n := 0
	for lines.Scan() && source.fault == nil {
		line := lines.Bytes()
		if n++; n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if err := each(n, line); err != nil {
			return err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return kb.Errorf(kb.TooLarge, kb.Text{
			NL: "%s, regel %d: de regel is langer dan %d MiB.",
			EN: "%s, line %d: the line is longer than %d MiB.",
		}, name, n+1, maxLine>>20)
	}
	if source.fault != nil {
		return brokenOff(source.fault, name, n)
	}
	return nil
}

// faulty remembers why reading broke off. A scanner tells only after it has given
// the piece of a line that came before the fault as if it were a line.
type faulty struct {
	io.Reader
	fault error
}

// Read reads on.
func (f *faulty) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if err != nil && err != io.EOF {
		f.fault = err
	}
	return n, err
}

func brokenOff(cause error, name string, lines int) error {
	return kb.Wrap(cause, kb.Invalid, kb.Text{
		NL: "%s is afgebroken of beschadigd na regel %d. Haal het bestand opnieuw op.",
		EN: "%s is cut off or damaged after line %d. Fetch the file again.",
	}, name, lines)
}

// wrongLine is Invalid for one line of a file.
func wrongLine(name string, n int, what kb.Text) error {
	return kb.Errorf(kb.Invalid, kb.Text{NL: "%s, regel %d: " + what.NL, EN: "%s, line %d: " + what.EN}, name, n)
}
