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

// shown is a copy without the hash of the secret.
func (s *Session) shown() *Session {
	x := *s
	x.Secret = ""
	return &x
}
