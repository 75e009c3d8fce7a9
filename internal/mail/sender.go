package mail

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/textproto"
	"sync"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"leerkring/internal/kb"
)

// Options tune a sender.
type Options struct {
	Now func() time.Time
	// Timeout is how long one step may take, 30 s when 0.
	Timeout time.Duration
	// Answer is how long the server may take to answer once it has a whole letter, 10
	// minutes (RFC 5321, 4.5.3.2.6) when 0: giving up sooner leaves a doubt. When the
	// program stops it is at most leaving.
	Answer time.Duration
	// Roots are the certificates to trust; nil is those of the machine.
	Roots *x509.CertPool
}

// leaving is how long a server may still take to answer when the program stops.
const leaving = 8 * time.Second

// Sender speaks to a mail server over one connection, which it makes when there is
// something to send. It may be used by one goroutine.
type Sender struct {
	server Server
	opts   Options
	conn   net.Conn
	client *smtp.Client // nil while there is no connection
}

// NewSender sends by a server.
func NewSender(s Server, opts Options) *Sender {
	if opts.Timeout == 0 {
		opts.Timeout = 30 * time.Second
	}
	if opts.Answer == 0 {
		opts.Answer = 10 * time.Minute
	}
	return &Sender{server: s, opts: opts}
}

// Send sends one letter, as kb.Sender says.
func (s *Sender) Send(ctx context.Context, l *kb.Letter, claim func() error) error {
	if err := s.begin(ctx, l); err != nil {
		return s.over(ctx, err)
	}
	return s.hand(ctx, l, claim)
}

// begin opens a transaction. A connection that was used before may have been ended
// by the server meanwhile, so a failure on it is tried again on a new one.
func (s *Sender) begin(ctx context.Context, l *kb.Letter) error {
	used := s.client != nil
	err := s.open(ctx, l)
	if u, ok := errors.AsType[*kb.Undelivered](err); ok && used && u.Lost && ctx.Err() == nil {
		s.Hangup()
		return s.open(ctx, l)
	}
	return err
}

func (s *Sender) open(ctx context.Context, l *kb.Letter) error {
	if s.client == nil {
		if err := s.connect(ctx); err != nil {
			return err
		}
	}
	defer s.cut(ctx)()
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"MAIL", func() error { return s.client.Mail("<" + s.server.from.Address + ">") }},
		{"RCPT", func() error { return s.client.Rcpt("<" + l.To + ">") }},
	} {
		s.allow(ctx, s.opts.Timeout)
		if err := step.do(); err != nil {
			return undelivered(step.name, err)
		}
	}
	return nil
}

// cut makes the end of ctx the end of what the connection is doing, until the
// function that it gives has returned.
func (s *Sender) cut(ctx context.Context) (release func()) {
	conn, done := s.conn, make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(done)
		_ = conn.SetDeadline(past())
	})
	return sync.OnceFunc(func() {
		if !stop() {
			<-done
		}
	})
}

func past() time.Time { return time.Unix(1, 0) }

// allow gives the next step its time, none when ctx has ended.
func (s *Sender) allow(ctx context.Context, d time.Duration) {
	_ = s.conn.SetDeadline(time.Now().Add(d))
	if ctx.Err() != nil {
		_ = s.conn.SetDeadline(past())
	}
}

// hand sends the letter, claims it, and sends its end.
func (s *Sender) hand(ctx context.Context, l *kb.Letter, claim func() error) error {
	release := s.cut(ctx)
	defer release()
	s.allow(ctx, s.opts.Timeout)
	body, err := s.client.Data()
	if err != nil {
		return s.over(ctx, undelivered("DATA", err))
	}
	err = s.server.write(body, l, s.opts.Now())
	if err == nil {
		err = s.client.Text.W.Flush()
	}
	if err != nil {
		return s.drop(undelivered("DATA", err))
	}
	if ctx.Err() != nil {
		return s.drop(ctx.Err())
	}
	if err := claim(); err != nil {
		return s.drop(err)
	}
	release()
	return s.end(ctx, body)
}

// end sends the last byte and waits for the answer, also when ctx has ended.
func (s *Sender) end(ctx context.Context, body io.Closer) error {
	conn := s.conn
	_ = conn.SetDeadline(time.Now().Add(s.opts.Answer))
	hurry := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Now().Add(min(leaving, s.opts.Answer))) })
	defer hurry()
	if err := body.Close(); err != nil {
		return s.over(ctx, undelivered("end of DATA", err))
	}
	return nil
}

// drop ends the connection in the middle of a letter, so that the server has nothing.
func (s *Sender) drop(err error) error {
	_ = s.conn.Close()
	s.client = nil
	return err
}

// over ends a transaction that failed: the connection is kept when the server
// answered and can be told to forget it.
func (s *Sender) over(ctx context.Context, err error) error {
	if s.client == nil {
		return err
	}
	s.allow(ctx, s.opts.Timeout)
	if u, ok := errors.AsType[*kb.Undelivered](err); ok && !u.Lost && s.client.Reset() == nil {
		return err
	}
	return s.drop(err)
}

// Hangup takes leave of the server, if it was spoken to.
func (s *Sender) Hangup() {
	if s.client == nil {
		return
	}
	_ = s.conn.SetDeadline(time.Now().Add(time.Second))
	_ = s.client.Quit() // it may have hung up before
	_ = s.conn.Close()
	s.client = nil
}

// undelivered says what a failed step of the conversation means.
func undelivered(step string, err error) *kb.Undelivered {
	u := &kb.Undelivered{Step: step, Answer: err.Error(), Lost: true}
	if answer, ok := errors.AsType[*textproto.Error](err); ok {
		u.Code, u.Permanent = answer.Code, answer.Code >= 500
		u.Lost = answer.Code == 421 // the server ends the conversation
	}
	return u
}
