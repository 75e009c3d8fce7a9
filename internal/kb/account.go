package kb

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Account is someone, or an app, that can sign in. What others may know of a
// person is in the Person that it belongs to.
type Account struct {
	Head
	Name string `json:"name"`
	// Email is unique among accounts, without regard to case. An app has none.
	Email string       `json:"email,omitempty"`
	Role  Role         `json:"role"`
	Teams []Membership `json:"teams,omitempty"`
	// Person is the profile of the person, if they have one.
	Person ID `json:"person,omitempty"`
	// App marks an account of a program: it has tokens and cannot sign in.
	App bool `json:"app,omitempty"`
	// Password is the hash of the password in the PHC format; empty for who never set one.
	Password string `json:"password,omitempty"`
	// Epoch counts what ends all sessions: a session of an earlier epoch is over.
	Epoch int `json:"epoch,omitempty"`
	// TokenEpoch counts what ends all tokens: a token of an earlier one is over.
	TokenEpoch int `json:"tokenEpoch,omitempty"`
	// Subjects are who this is at the sign-in of organisations.
	Subjects []Subject `json:"subjects,omitempty"`
	// ConfirmedAt is when the owner of the address answered; nil until then.
	ConfirmedAt *time.Time `json:"confirmedAt,omitempty"`
	Disabled    bool       `json:"disabled,omitempty"`
	// Left marks what remains of the account of someone who ended it: nothing of them
	// but that what they made was made by one and the same.
	Left bool `json:"left,omitempty"`
	// Language is that of mails: nl or en.
	Language string `json:"language"`
	// Mails is how notifications go out by mail.
	Mails MailMode `json:"mails"`
}

// Subject is an account at a provider of OpenID Connect.
type Subject struct {
	Issuer  string `json:"issuer"`
	Subject string `json:"subject"`
}

// MailMode is how notifications go out by mail.
type MailMode string

// The ways of mailing notifications.
const (
	MailNone   MailMode = "NONE"
	MailDaily  MailMode = "DAILY"
	MailAtOnce MailMode = "AT_ONCE"
)

// Kind is KindAccount.
func (*Account) Kind() Kind { return KindAccount }

// Label is the name.
func (a *Account) Label() string { return a.Name }

func (a *Account) access() []string { return []string{AccessAdmins, AccessAccount(a.ID)} }

func (a *Account) keys() []string {
	var keys []string
	if a.Email != "" {
		keys = append(keys, EmailKey(a.Email))
	}
	for _, s := range a.Subjects {
		keys = append(keys, SubjectKey(s))
	}
	return keys
}

// EmailKey is the unique key of the address of an account.
func EmailKey(email string) string { return "email:" + strings.ToLower(strings.TrimSpace(email)) }

// SubjectKey is the unique key of an account at a provider of OpenID Connect.
func SubjectKey(s Subject) string { return "subject:" + s.Issuer + " " + s.Subject }

// selfMade tells whether all there is to the account is what someone typed, of whom
// nothing is known: nobody answered at the address, and nobody invited it.
func (a *Account) selfMade() bool { return a.ConfirmedAt == nil && a.CreatedBy == a.ID }

// Actor is what the owner of the account may do.
func (a *Account) Actor() Actor {
	return Actor{Account: a.ID, Name: a.Name, Role: a.Role, Teams: a.Teams}
}

func (a *Account) check(c *checker) {
	c.line("name", a.Name)
	if !a.App && !a.Left && !validEmail(a.Email) {
		c.add("email", Text{"is geen e-mailadres", "is not an e-mail address"})
	}
	c.text("email", a.Email, MaxLine)
	oneOf(c, "role", a.Role, Roles()...)
	c.size("teams", len(a.Teams))
	for i, m := range a.Teams {
		at := fmt.Sprintf("teams[%d]", i)
		c.id(at+".team", m.Team)
		oneOf(c, at+".role", m.Role, TeamOrganiser, TeamFacilitator, TeamParticipant)
		if slices.ContainsFunc(a.Teams[:i], func(other Membership) bool { return other.Team == m.Team }) {
			c.add(at+".team", Text{"staat er al", "is there already"})
		}
	}
	if a.Person != "" {
		c.id("person", a.Person)
	}
	oneOf(c, "language", a.Language, "nl", "en")
	oneOf(c, "mails", a.Mails, MailNone, MailDaily, MailAtOnce)
}

// validEmail accepts what can be the address of one mailbox: one @ with text
// around it and no blanks or signs that end an address in a header.
func validEmail(s string) bool {
	name, domain, ok := strings.Cut(s, "@")
	return ok && name != "" && domain != "" && !strings.ContainsAny(s, " \t\r\n<>,;:\"()[]\\") && !strings.Contains(domain, "@")
}
