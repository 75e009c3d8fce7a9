// Package virus asks clamd, the daemon of ClamAV, whether a file holds a virus.
//
// The invariant that a newcomer must know: a file is clean only when clamd said so of
// all of its bytes. Whatever else it says, or does not say in time, is an error, and who
// asked decides what an unscanned file is worth.
package virus

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"time"

	"leerkring/internal/kb"
)

const (
	// chunkSize is how many bytes go to clamd at a time.
	chunkSize = 64 << 10
	// maxAnswer bounds an answer: the name of a virus is some tens of bytes.
	maxAnswer = 4 << 10
	// scanTimeout is how long one scan may take in all; clamd itself gives up after
	// 120 s (MaxScanTime).
	scanTimeout = 150 * time.Second
	// connectTimeout is how long clamd may take to answer the call.
	connectTimeout = 5 * time.Second
)

// Clamd is a clamd at an address. Each scan has a connection of its own, so that any
// number may run at once.
type Clamd struct {
	network, address string
	timeout          time.Duration
}

// New takes the address of a clamd: tcp://host:3310 or unix:///run/clamav/clamd.ctl.
// Invalid for another text. A timeout of 0 is 150 seconds for one scan.
func New(address string, timeout time.Duration) (*Clamd, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, invalid(address)
	}
	c := &Clamd{network: u.Scheme, timeout: timeout}
	if c.timeout == 0 {
		c.timeout = scanTimeout
	}
	switch {
	case u.Scheme == "unix" && u.Host == "" && strings.HasPrefix(u.Path, "/") && u.RawQuery == "":
		c.address = u.Path
	case u.Scheme == "tcp" && u.Hostname() != "" && u.Path == "" && u.User == nil && u.RawQuery == "":
		c.address = u.Host
		if u.Port() == "" {
			c.address = net.JoinHostPort(u.Hostname(), "3310")
		}
	default:
		return nil, invalid(address)
	}
	return c, nil
}

func invalid(address string) error {
	return kb.Errorf(kb.Invalid, kb.Text{
		NL: "%q is geen adres van clamd. Schrijf het als tcp://localhost:3310 of unix:///run/clamav/clamd.ctl.",
		EN: "%q is not an address of clamd. Write it like tcp://localhost:3310 or unix:///run/clamav/clamd.ctl.",
	}, address)
}

// Scan gives the name of the virus that a file holds, or "" when it holds none.
//
// Errors: TooLarge when the file is over clamd's own limit (StreamMaxLength), Timeout,
// Unavailable when clamd cannot be reached or answers something else, and those of the
// context and of the blob.
func (c *Clamd) Scan(ctx context.Context, b kb.Blob) (virus string, err error) {
	within, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	dialer := net.Dialer{Timeout: connectTimeout}
	conn, err := dialer.DialContext(within, c.network, c.address)
	if err != nil {
		return "", coded(ctx, within, err)
	}
	// A context that ends breaks off what the connection waits for.
	stop := context.AfterFunc(within, func() { _ = conn.Close() })
	defer func() {
		if stop() {
			_ = conn.Close() // all was said
		}
	}()
	line, err := instream(conn, b)
	if err != nil {
		return "", coded(ctx, within, err)
	}
	return parse(line)
}

// blobError is an error of the blob, and not of clamd.
type blobError struct{ error }

func (e blobError) Unwrap() error { return e.error }

// instream sends a file by the command INSTREAM, chunks with their length before them
// and an empty one at the end (clamd(8)), and gives the answer.
func instream(conn net.Conn, b kb.Blob) (string, error) {
	sent := send(conn, b)
	if bad, ok := errors.AsType[blobError](sent); ok {
		return "", bad
	}
	// When clamd has had enough it answers in the middle and hangs up, so its answer
	// counts before what went wrong with sending.
	line, err := bufio.NewReader(io.LimitReader(conn, maxAnswer)).ReadString(0)
	if err == nil {
		return strings.TrimSuffix(line, "\x00"), nil
	}
	return "", errors.Join(sent, err)
}

func send(conn net.Conn, b kb.Blob) error {
	if _, err := io.WriteString(conn, "zINSTREAM\x00"); err != nil {
		return err
	}
	r := io.NewSectionReader(b, 0, b.Size())
	buffer := make([]byte, 4+chunkSize)
	for {
		n, err := io.ReadFull(r, buffer[4:])
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return blobError{err}
		}
		binary.BigEndian.PutUint32(buffer, uint32(n)) //nolint:gosec // at most chunkSize
		if _, err := conn.Write(buffer[:4+n]); err != nil || n == 0 {
			return err
		}
	}
}

// parse reads an answer: "stream: OK", "stream: NAME FOUND", or "… ERROR".
func parse(line string) (virus string, err error) {
	text, ok := strings.CutPrefix(line, "stream: ")
	if ok && text == "OK" {
		return "", nil
	}
	if name, found := strings.CutSuffix(text, " FOUND"); ok && found {
		return printable(name), nil
	}
	if line == "INSTREAM size limit exceeded. ERROR" {
		return "", kb.Errorf(kb.TooLarge, kb.Text{
			NL: "Dit bestand is te groot voor de virusscanner. Maak het kleiner, of vraag de beheerder de grens van clamd (StreamMaxLength) te verhogen.",
			EN: "This file is too large for the virus scanner. Make it smaller, or ask the administrator to raise clamd's limit (StreamMaxLength).",
		})
	}
	return "", unavailable(errors.New("clamd answers: " + printable(line)))
}

// printable bounds what came from another program, and never gives an empty text.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
	if s == "" {
		return "?"
	}
	return s[:min(len(s), 200)]
}

func unavailable(err error) error {
	return kb.Wrap(err, kb.Unavailable, kb.Text{
		NL: "De virusscanner is nu niet bereikbaar. Probeer het zo weer; houdt het aan, waarschuw dan de beheerder.",
		EN: "The virus scanner cannot be reached now. Try again in a moment; if it lasts, tell the administrator.",
	})
}

// coded gives an error its meaning. ctx is the caller's, within has our deadline too.
func coded(ctx, within context.Context, err error) error {
	if bad, ok := errors.AsType[blobError](err); ok {
		return bad.error
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if within.Err() != nil {
		return kb.Wrap(err, kb.Timeout, kb.Text{
			NL: "De virusscanner was niet op tijd klaar met dit bestand. Probeer het later weer.",
			EN: "The virus scanner was not done with this file in time. Try again later.",
		})
	}
	return unavailable(err)
}
