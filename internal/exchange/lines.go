package exchange

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"leerkring/internal/kb"
)

// MaxLine is the most bytes that one line, or one row of a CSV file, may have.
const MaxLine = 8 << 20

// decompress sees by the content whether a file is gzip and reads through it;
// a byte order mark is taken off and UTF-16 becomes UTF-8.
func decompress(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	var plain io.Reader = in
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		gz, err := gzip.NewReader(in)
		if err != nil {
			return nil, fileError(err, 0)
		}
		plain = gz
	}
	return bufio.NewReaderSize(transform.NewReader(plain, unicode.BOMOverride(transform.Nop)), 64<<10), nil
}

// fileError says that reading a file broke off after a number of lines.
func fileError(cause error, lines int) error {
	if errors.Is(cause, io.ErrUnexpectedEOF) || errors.Is(cause, gzip.ErrChecksum) || errors.Is(cause, gzip.ErrHeader) {
		return kb.Wrap(cause, kb.Invalid, kb.Text{
			NL: "Het gecomprimeerde bestand is afgebroken of beschadigd na regel %d. Alles tot daar is verwerkt. Haal het bestand opnieuw op en importeer het nog eens.",
			EN: "The compressed file is cut off or damaged after line %d. Everything up to there was processed. Fetch the file again and import it once more.",
		}, lines)
	}
	return kb.Wrap(cause, kb.Invalid, kb.Text{
		NL: "Het bestand is niet verder te lezen na regel %d.",
		EN: "The file cannot be read any further after line %d.",
	}, lines)
}

// lineReader gives the lines of a text one by one.
type lineReader struct {
	in   *bufio.Reader
	line int // number of the line that was read last
	buf  []byte
}

// next gives the next line without its end, valid until the following call. A
// line over MaxLine is passed by and answered with TooLarge; io.EOF ends the
// text; any other error ends it too, and what had come of that line is dropped.
func (l *lineReader) next() ([]byte, error) {
	l.buf = l.buf[:0]
	size := 0
	for {
		part, err := l.in.ReadSlice('\n')
		size += len(part)
		if size <= MaxLine+len("\r\n") {
			l.buf = append(l.buf, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (err != io.EOF || size == 0) {
			return nil, err
		}
		l.line++
		text := bytes.TrimRight(l.buf, "\r\n")
		if size > MaxLine+len("\r\n") || len(text) > MaxLine {
			return nil, kb.Errorf(kb.TooLarge, kb.Text{NL: "De regel is langer dan %d MiB.", EN: "The line is longer than %d MiB."}, MaxLine>>20)
		}
		return text, nil
	}
}
