// Package mailtest gives tests a mail server that does as they say.
//
// The invariant that a newcomer must know: the server is asked at every moment of a
// conversation what to do, before it does anything, so that a test can refuse, cut,
// hang or kill the other side exactly there. It keeps what it took, and only that.
package mailtest

import (
	"bufio"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"
)

// Moment is a place in a conversation.
type Moment string

// The moments, in order. What goes wrong at Body does so when the letter has come
// in but for its end, at End when the end has come and before the server takes it,
// and at Taken after that and before it answers.
const (
	Connect  Moment = "connect"
	Hello    Moment = "EHLO"
	StartTLS Moment = "STARTTLS"
	Auth     Moment = "AUTH"
	From     Moment = "MAIL"
	To       Moment = "RCPT"
	Data     Moment = "DATA"
	Body     Moment = "body"
	End      Moment = "end"
	Taken    Moment = "taken"
)

// Moments are those of every letter.
func Moments() []Moment { return []Moment{Connect, Hello, From, To, Data, Body, End, Taken} }

// Fault is what goes wrong; the zero Fault is nothing.
type Fault struct {
	// Answer is what the server says instead of yes, like "451 4.3.0 later".
	Answer string
	// Cut ends the connection without a word.
	Cut bool
	// Hang says nothing until the other side goes away.
	Hang bool
}

// Options say how a server is; the zero Options is one that takes everything.
type Options struct {
	// At is asked at each moment, once at a time. nil is no fault ever.
	At func(Moment) Fault
	// TLS offers STARTTLS, or with Implicit is there from the first byte.
	TLS      *tls.Config
	Implicit bool
	// User and Password are asked for, unless User is empty.
	User, Password string
}

// Letter is one that the server took.
type Letter struct {
	From, To string // of the envelope
	Text     string // as it came, without the doubled dots
	TLS      bool
	User     string // who signed in
}

// Server is a mail server.
type Server struct {
	opts     Options
	listener net.Listener
	asking   sync.Mutex

	mu      sync.Mutex
	letters []Letter
	open    map[net.Conn]bool
	closed  bool
	running sync.WaitGroup
}

// Start runs a server until the end of the test.
func Start(t testing.TB, opts Options) *Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if opts.At == nil {
		opts.At = func(Moment) Fault { return Fault{} }
	}
	s := &Server{opts: opts, listener: listener, open: map[net.Conn]bool{}}
	s.running.Go(s.accept)
	t.Cleanup(s.Stop)
	return s
}

// Stop ends the server and every connection to it.
func (s *Server) Stop() {
	_ = s.listener.Close() // at a second Stop it is closed
	s.mu.Lock()
	s.closed = true
	for conn := range s.open {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.running.Wait()
}

// Addr is its host and port.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// Letters are what the server took so far.
func (s *Server) Letters() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Letter(nil), s.letters...)
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return // stopped
		}
		s.mu.Lock()
		s.open[conn] = true
		if s.closed {
			_ = conn.Close()
		}
		s.mu.Unlock()
		s.running.Go(func() {
			s.talk(conn)
			_ = conn.Close()
			s.mu.Lock()
			delete(s.open, conn)
			s.mu.Unlock()
		})
	}
}

// errGone says that the conversation is over.
var errGone = errors.New("gone")

// conversation is one connection.
type conversation struct {
	*Server
	raw  net.Conn
	conn net.Conn
	in   *bufio.Reader
	Letter
}

func (s *Server) talk(conn net.Conn) {
	c := &conversation{Server: s, raw: conn, conn: conn}
	if s.opts.Implicit {
		c.secure()
	}
	c.in = bufio.NewReader(c.conn)
	if c.at(Connect, "220 mailtest ESMTP") != nil {
		return
	}
	for {
		line, err := textproto.NewReader(c.in).ReadLine()
		if err != nil || c.answer(line) != nil {
			return
		}
	}
}

func (c *conversation) secure() {
	c.conn = tls.Server(c.raw, c.opts.TLS)
	c.in = bufio.NewReader(c.conn)
	c.TLS = true
}

func (s *Server) ask(m Moment) Fault {
	s.asking.Lock()
	defer s.asking.Unlock()
	return s.opts.At(m)
}

// at does what goes wrong at a moment, or says yes.
func (c *conversation) at(m Moment, yes string) error {
	fault := c.ask(m)
	switch {
	case fault.Cut:
		return errGone
	case fault.Hang:
		_, _ = io.Copy(io.Discard, c.conn)
		return errGone
	case fault.Answer != "":
		yes = fault.Answer
	}
	if yes == "" {
		return nil
	}
	if _, err := io.WriteString(c.conn, yes+"\r\n"); err != nil {
		return err
	}
	if fault.Answer != "" {
		return errRefused
	}
	return nil
}

// errRefused says that the server said no, and that the conversation goes on.
var errRefused = errors.New("refused")

// answer answers one command; an error ends the conversation.
func (c *conversation) answer(line string) error {
	verb, rest, _ := strings.Cut(line, " ")
	err := c.do(strings.ToUpper(verb), rest)
	if errors.Is(err, errRefused) {
		return nil
	}
	return err
}

func (c *conversation) do(verb, rest string) error {
	switch verb {
	case "EHLO":
		return c.at(Hello, c.offers())
	case "STARTTLS":
		if err := c.at(StartTLS, "220 go on"); err != nil {
			return err
		}
		c.secure()
		return nil
	case "AUTH":
		return c.auth(rest)
	case "MAIL":
		c.From = between(rest)
		return c.at(From, c.allowed("250 from"))
	case "RCPT":
		c.To = between(rest)
		return c.at(To, "250 to")
	case "DATA":
		if err := c.at(Data, "354 go on"); err != nil {
			return err
		}
		return c.data()
	case "RSET", "NOOP":
		return c.say("250 done")
	case "QUIT":
		_ = c.say("221 bye")
		return errGone
	}
	return c.say("502 what?")
}

func (c *conversation) say(text string) error {
	_, err := io.WriteString(c.conn, text+"\r\n")
	return err
}

func (c *conversation) offers() string {
	out := []string{"250-mailtest"}
	if c.opts.TLS != nil && !c.TLS {
		out = append(out, "250-STARTTLS")
	}
	if c.opts.User != "" {
		out = append(out, "250-AUTH PLAIN LOGIN")
	}
	return strings.Join(append(out, "250 8BITMIME"), "\r\n")
}

func (c *conversation) allowed(yes string) string {
	if c.opts.User != "" && c.User == "" {
		return "530 5.7.0 sign in first"
	}
	return yes
}

// data takes a letter.
func (c *conversation) data() error {
	var text strings.Builder
	for {
		line, err := c.in.ReadString('\n')
		if err != nil {
			return err
		}
		if line == ".\r\n" {
			break
		}
		text.WriteString(strings.TrimPrefix(line, "."))
		if last(line) {
			if err := c.at(Body, ""); err != nil {
				return err
			}
		}
	}
	if err := c.at(End, ""); err != nil {
		return err
	}
	c.Text = text.String()
	c.mu.Lock()
	c.letters = append(c.letters, c.Letter)
	c.mu.Unlock()
	return c.at(Taken, "250 taken")
}

// last reports whether a line closes the outermost part of a letter: nothing but
// the end comes after it.
func last(line string) bool {
	line = strings.TrimSuffix(line, "\r\n")
	return strings.HasPrefix(line, "--") && strings.HasSuffix(line, "--") && len(line) > 4
}

func between(s string) string {
	_, s, _ = strings.Cut(s, "<")
	s, _, _ = strings.Cut(s, ">")
	return s
}
