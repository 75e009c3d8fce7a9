package kb

import "time"

// Token lets a program ask as an account.
type Token struct {
	Head
	Account ID `json:"account"`
	// Name is what it is for, in the owner's words.
	Name string `json:"name"`
	// Secret is the SHA-256 of the token in hexadecimal.
	Secret string `json:"secret"`
	// Hint is how the token begins, so that its owner recognises it.
	Hint   string  `json:"hint"`
	Scopes []Scope `json:"scopes"`
	// Epoch is the TokenEpoch of the account when the token was made.
	Epoch     int       `json:"epoch,omitempty"`
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
