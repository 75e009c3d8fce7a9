package mail

import (
	"net"
	"net/mail"
	"net/url"

	"leerkring/internal/kb"
)

// Server says where a mail server is, and as whom it is spoken to.
type Server struct {
	host, port string
	security   security
	// user is empty for a server that asks for none.
	user, password string
	from           *mail.Address
}

// security is how a connection is kept from others.
type security int

const (
	startTLS     security = iota // TLS after a greeting; a server that does not offer it is refused
	tlsFirst                     // TLS from the first byte
	whereOffered                 // TLS where it is offered: for a server on this machine
	noTLS                        // none, asked for by the operator
)

// Parse reads where the mail server is, like smtp://user:password@mail.example.nl:587
// or smtps://mail.example.nl, and the sender, like "Kennisbank <noreply@example.nl>".
//
// smtp: begins without TLS and must be offered STARTTLS, unless the server is on this
// machine or the address ends with ?tls=none; its port is 587 unless it is named.
// smtps: is TLS from the first byte, at port 465. Invalid, which never repeats the
// address: it may hold a password.
func Parse(address, from string) (Server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.Opaque != "" {
		return Server{}, badAddress()
	}
	s := Server{host: u.Hostname(), port: u.Port()}
	switch {
	case u.Scheme == "smtps" && u.RawQuery == "":
		s.security = tlsFirst
		s.defaultPort("465")
	case u.Scheme == "smtp" && u.RawQuery == "tls=none":
		s.security = noTLS
		s.defaultPort("25")
	case u.Scheme == "smtp" && u.RawQuery == "":
		s.security = startTLS
		if onThisMachine(s.host) {
			s.security = whereOffered
		}
		s.defaultPort("587")
	default:
		return Server{}, badAddress()
	}
	s.user = u.User.Username()
	s.password, _ = u.User.Password()
	if s.from, err = mail.ParseAddress(from); err != nil {
		return Server{}, kb.Errorf(kb.Invalid, kb.Text{
			NL: "%q is geen afzender voor --mail-from. Geef een e-mailadres, zo nodig met een naam ervoor: Kennisbank <kennisbank@voorbeeld.nl>.",
			EN: "%q is no sender for --mail-from. Give an e-mail address, with a name before it if you like: Kennisbank <kennisbank@example.nl>.",
		}, from)
	}
	return s, nil
}

func (s *Server) defaultPort(port string) {
	if s.port == "" {
		s.port = port
	}
}

func badAddress() error {
	return kb.Errorf(kb.Invalid, kb.Text{
		NL: "Het adres van de mailserver (--smtp of LEERKRING_SMTP) klopt niet. Het is smtp://gebruiker:wachtwoord@server:587 of smtps://gebruiker:wachtwoord@server:465; bijzondere tekens in het wachtwoord schrijft u als %-codes.",
		EN: "The address of the mail server (--smtp or LEERKRING_SMTP) is not right. It is smtp://user:password@server:587 or smtps://user:password@server:465; special characters in the password are written as %-codes.",
	})
}

func onThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s *Server) address() string { return net.JoinHostPort(s.host, s.port) }
