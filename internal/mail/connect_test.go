package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/mail"
	"leerkring/internal/mail/mailtest"
)

// certificate makes one for 127.0.0.1, and the roots that trust it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, roots
}

func TestConnections(t *testing.T) {
	config, roots := certificate(t)
	for _, test := range []struct {
		name   string
		scheme string
		who    string
		after  string
		server mailtest.Options
		roots  *x509.CertPool
		want   string // the step that fails, or empty
		tls    bool
		user   string
	}{
		{name: "plain on this machine", scheme: "smtp://"},
		{name: "starttls", scheme: "smtp://", server: mailtest.Options{TLS: config}, roots: roots, tls: true},
		{name: "starttls that nobody vouches for", scheme: "smtp://", server: mailtest.Options{TLS: config}, want: "STARTTLS"},
		{name: "starttls that is switched off", scheme: "smtp://", after: "?tls=none", server: mailtest.Options{TLS: config}},
		{name: "tls first", scheme: "smtps://", server: mailtest.Options{TLS: config, Implicit: true}, roots: roots, tls: true},
		{name: "tls first that nobody vouches for", scheme: "smtps://", server: mailtest.Options{TLS: config, Implicit: true}, want: "greeting"},
		{name: "signed in over tls", scheme: "smtp://", who: "eva:geheim@", server: mailtest.Options{TLS: config, User: "eva", Password: "geheim"}, roots: roots, tls: true, user: "eva"},
		{name: "signed in on this machine", scheme: "smtp://", who: "eva:geheim@", server: mailtest.Options{User: "eva", Password: "geheim"}, user: "eva"},
		{name: "a wrong password", scheme: "smtp://", who: "eva:geheim@", server: mailtest.Options{User: "eva", Password: "anders"}, want: "AUTH"},
		{name: "a server that knows no users", scheme: "smtp://", who: "eva:geheim@", want: "AUTH"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := mailtest.Start(t, test.server)
			s := sender(t, test.scheme+test.who+server.Addr()+test.after, mail.Options{Roots: test.roots, Timeout: 10 * time.Second})
			err := s.Send(t.Context(), letter(1), func() error { return nil })
			if test.want != "" {
				u, ok := errors.AsType[*kb.Undelivered](err)
				if !ok || u.Step != test.want || !u.Lost || u.Permanent || strings.Contains(u.Error(), "geheim") || len(server.Letters()) > 0 {
					t.Errorf("%#v, %d letters", err, len(server.Letters()))
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := server.Letters()[0]; got.TLS != test.tls || got.User != test.user {
				t.Errorf("tls %v, user %q", got.TLS, got.User)
			}
		})
	}
}

// A server elsewhere that offers no TLS gets neither a letter nor a password.
func TestOtherMachinesNeedTLS(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{User: "eva", Password: "geheim"})
	address, err := mail.Parse("smtp://eva:geheim@"+server.Addr(), "kennis@example.nl")
	if err != nil {
		t.Fatal(err)
	}
	s := mail.NewSender(address.Elsewhere(), mail.Options{Now: now})
	u, ok := errors.AsType[*kb.Undelivered](s.Send(t.Context(), letter(1), func() error { return nil }))
	if !ok || u.Step != "STARTTLS" || len(server.Letters()) > 0 {
		t.Errorf("%+v", u)
	}
}
