package kb

import "time"

// Session is a signed-in browser. Its id is known to its owner; the secret in the
// cookie is stored as a hash only.
type Session struct {
	Head
	Account ID `json:"account"`
	// Secret is the SHA-256 of the cookie's value in hexadecimal.
	Secret string `json:"secret"`
	// Epoch is that of the account when the session began.
	Epoch     int       `json:"epoch,omitempty"`
	ExpiresAt time.Time `json:"expiresAt"`
	// Browser is what the browser calls itself, shortened, so that its owner recognises it.
	Browser string `json:"browser,omitempty"`
}

// Kind is KindSession.
func (*Session) Kind() Kind { return KindSession }

// Label is the browser.
func (s *Session) Label() string { return s.Browser }

func (s *Session) access() []string { return []string{AccessAccount(s.Account)} }

func (s *Session) keys() []string { return []string{SessionKey(s.Secret)} }

// SessionKey is the unique key of a session with the hash of its secret.
func SessionKey(secret string) string { return "session:" + secret }

func (s *Session) check(c *checker) {
	c.id("account", s.Account)
	c.hash("secret", s.Secret)
	c.text("browser", s.Browser, MaxLine)
}

// Ticket is a link that works once: it proves that its holder was sent it.
type Ticket struct {
	Head
	Purpose TicketPurpose `json:"purpose"`
	// Account is who it is for; empty for the first admin.
	Account ID `json:"account,omitempty"`
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
)

// Kind is KindTicket.
func (*Ticket) Kind() Kind { return KindTicket }

// Label is the purpose.
func (t *Ticket) Label() string { return string(t.Purpose) }

func (*Ticket) access() []string { return nil }

func (t *Ticket) keys() []string { return []string{TicketKey(t.Secret)} }

// TicketKey is the unique key of a ticket with the hash of its secret.
func TicketKey(secret string) string { return "ticket:" + secret }

func (t *Ticket) check(c *checker) {
	oneOf(c, "purpose", t.Purpose, TicketFirstAdmin, TicketInvitation, TicketConfirm, TicketReset)
	if t.Purpose != TicketFirstAdmin {
		c.id("account", t.Account)
	}
	c.hash("secret", t.Secret)
}

// Token lets a program ask as an account.
type Token struct {
	Head
	Account ID `json:"account"`
	// Name is what it is for, in the owner's words.
	Name string `json:"name"`
	// Secret is the SHA-256 of the token in hexadecimal.
	Secret string `json:"secret"`
	// Hint is how the token begins, so that its owner recognises it.
	Hint      string    `json:"hint"`
	Scopes    []Scope   `json:"scopes"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// Kind is KindToken.
func (*Token) Kind() Kind { return KindToken }

// Label is the name.
func (t *Token) Label() string { return t.Name }

func (t *Token) access() []string { return []string{AccessAdmins, AccessAccount(t.Account)} }

func (t *Token) keys() []string { return []string{TokenKey(t.Secret)} }

// TokenKey is the unique key of a token with the hash of its text.
func TokenKey(secret string) string { return "token:" + secret }

func (t *Token) check(c *checker) {
	c.id("account", t.Account)
	c.line("name", t.Name)
	c.hash("secret", t.Secret)
	c.line("hint", t.Hint)
	if len(t.Scopes) == 0 {
		c.add("scopes", Text{"kies ten minste één bevoegdheid", "choose at least one scope"})
	}
	c.size("scopes", len(t.Scopes))
	for _, s := range t.Scopes {
		oneOf(c, "scopes", s, Scopes()...)
	}
}
