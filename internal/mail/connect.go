package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"

	"github.com/wneessen/go-mail/smtp"

	"leerkring/internal/kb"
)

// connect makes a connection, over TLS where it must be, and signs in.
func (s *Sender) connect(ctx context.Context) error {
	dialer := net.Dialer{Timeout: s.opts.Timeout}
	conn, err := dialer.DialContext(ctx, "tcp", s.server.address())
	if err != nil {
		return lost("connect", err)
	}
	s.conn = conn
	defer s.cut(ctx)()
	s.allow(ctx, s.opts.Timeout)
	client, step, err := s.greet()
	if err != nil {
		_ = conn.Close()
		return lost(step, err)
	}
	s.client = client
	return nil
}

// greet opens the conversation; step is what failed.
func (s *Sender) greet() (client *smtp.Client, step string, err error) {
	config := &tls.Config{ServerName: s.server.host, RootCAs: s.opts.Roots, MinVersion: tls.VersionTLS12}
	conn := s.conn
	if s.server.security == tlsFirst {
		conn = tls.Client(conn, config)
	}
	if client, err = smtp.NewClient(conn, s.server.host); err != nil {
		return nil, "greeting", err
	}
	if err := client.Hello(s.server.domain()); err != nil {
		return nil, "EHLO", err
	}
	if err := s.secure(client, config); err != nil {
		return nil, "STARTTLS", err
	}
	if s.server.user == "" {
		return client, "", nil
	}
	auth, err := s.auth(client)
	if err == nil {
		err = client.Auth(auth)
	}
	return client, "AUTH", err
}

func (s *Sender) secure(client *smtp.Client, config *tls.Config) error {
	offered, _ := client.Extension("STARTTLS")
	switch {
	case s.server.security == startTLS && !offered:
		return errors.New("the server does not offer STARTTLS")
	case s.server.security == startTLS, s.server.security == whereOffered && offered:
		return client.StartTLS(config)
	}
	return nil
}

// auth chooses the way to sign in that the server offers. PLAIN refuses to send a
// password in the clear to another machine.
func (s *Sender) auth(client *smtp.Client) (smtp.Auth, error) {
	_, offered := client.Extension("AUTH")
	for _, mechanism := range strings.Fields(offered) {
		switch mechanism {
		case "PLAIN":
			return smtp.PlainAuth("", s.server.user, s.server.password, s.server.host, false), nil
		case "LOGIN":
			return smtp.LoginAuth(s.server.user, s.server.password, s.server.host, false), nil
		}
	}
	return nil, errors.New("the server offers neither AUTH PLAIN nor AUTH LOGIN")
}

// lost is a failure before any letter was spoken of: it says nothing of the letter.
func lost(step string, err error) *kb.Undelivered {
	u := undelivered(step, err)
	u.Lost, u.Permanent = true, false
	return u
}
