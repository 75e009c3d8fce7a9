package kb

import "time"

// Ticket is a link that works once: it proves that its holder was sent it.
type Ticket struct {
	Head
	Purpose TicketPurpose `json:"purpose"`
	// Account is who it is for; empty for the first admin.
	Account ID `json:"account,omitempty"`
	// File is what a DOWNLOAD fetches.
	File ID `json:"file,omitempty"`
	// Secret is the SHA-256 of the secret in the link in hexadecimal.
	Secret    string    `json:"secret"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// TicketPurpose is what a link is for.
type TicketPurpose string

// The purposes of links.
const (
	TicketFirstAdmin TicketPurpose = "FIRST_ADMIN" // makes the first admin
	TicketInvitation TicketPurpose = "INVITATION"  // sets the first password
	TicketConfirm    TicketPurpose = "CONFIRM"     // confirms the address of an open sign-up, and sets the password
	TicketReset      TicketPurpose = "RESET"       // sets another password
	TicketDownload   TicketPurpose = "DOWNLOAD"    // fetches a file
)

// Kind is KindTicket.
func (*Ticket) Kind() Kind { return KindTicket }

// Label is the purpose.
func (t *Ticket) Label() string { return string(t.Purpose) }

func (*Ticket) access() []string { return nil }

// keys keeps links to files apart from those that prove who somebody is: by the
// secret of one no account can be entered.
func (t *Ticket) keys() []string {
	if t.Purpose == TicketDownload {
		return []string{downloadKey(t.Secret)}
	}
	return []string{TicketKey(t.Secret)}
}

func downloadKey(secret string) string { return "download:" + secret }

// TicketKey is the unique key of a ticket with the hash of its secret.
func TicketKey(secret string) string { return "ticket:" + secret }

func (t *Ticket) check(c *checker) {
	oneOf(c, "purpose", t.Purpose, TicketFirstAdmin, TicketInvitation, TicketConfirm, TicketReset, TicketDownload)
	if t.Purpose != TicketFirstAdmin {
		c.id("account", t.Account)
	}
	c.hash("secret", t.Secret)
}
