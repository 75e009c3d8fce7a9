package kb

import (
	"strconv"
	"time"
)

// Mail is a message that is to be sent, or was. Secrets of links are not in it:
// they are made when it is sent.
type Mail struct {
	Head
	Account ID       `json:"account"`
	Type    MailType `json:"type"`
	// Notifications are what a NOTIFICATION or DIGEST tells.
	Notifications []ID      `json:"notifications,omitempty"`
	State         MailState `json:"state"`
	// Attempt is the one that holds it or handed it over.
	Attempt ID `json:"attempt,omitempty"`
	// NextTry is when it is tried next, Tries how often it was tried.
	NextTry time.Time `json:"nextTry"`
	Tries   int       `json:"tries,omitempty"`
	// Error is the last answer of the mail server, for admins.
	Error string `json:"error,omitempty"`
}

// MailType is what a mail is for.
type MailType string

// The types of mails.
const (
	MailInvitation   MailType = "INVITATION"
	MailConfirm      MailType = "CONFIRM"
	MailReset        MailType = "RESET"
	MailNotification MailType = "NOTIFICATION"
	MailDigest       MailType = "DIGEST"
)

// ticket gives what the link in a mail is for, empty for a mail without one.
func (t MailType) ticket() TicketPurpose {
	switch t {
	case MailInvitation:
		return TicketInvitation
	case MailConfirm:
		return TicketConfirm
	case MailReset:
		return TicketReset
	}
	return ""
}

// MailState is how far a mail is.
type MailState string

// The states of a mail. HANDING_OVER is written before the last byte goes to the
// server: a mail that a crash leaves there was almost surely sent, and is not sent again.
const (
	MailWaiting     MailState = "WAITING"
	MailHandingOver MailState = "HANDING_OVER"
	MailSent        MailState = "SENT"
	MailFailed      MailState = "FAILED" // given up
)

// Kind is KindMail.
func (*Mail) Kind() Kind { return KindMail }

// Label is empty: a mail has no name.
func (*Mail) Label() string { return "" }

func (*Mail) access() []string { return []string{AccessAdmins} }

func (m *Mail) check(c *checker) {
	c.id("account", m.Account)
	oneOf(c, "type", m.Type, MailInvitation, MailConfirm, MailReset, MailNotification, MailDigest)
	oneOf(c, "state", m.State, MailWaiting, MailHandingOver, MailSent, MailFailed)
	c.ids("notifications", m.Notifications)
	c.text("error", m.Error, MaxText)
}

// failed notes a try that the server refused, or that did not reach it: for good
// when the server said so or it was tried for about three days, else it is tried
// again after 1 minute, 2, 4, and so on up to 6 hours.
func (m *Mail) failed(u *Undelivered, now time.Time) {
	m.State, m.Error = MailWaiting, u.said()
	if m.Tries++; u.Permanent || m.Tries >= mailTries {
		m.State = MailFailed
		return
	}
	m.NextTry = now.Add(min(time.Minute<<(m.Tries-1), 6*time.Hour))
}

// mailTries with the waits of failed between them come to three days and two hours.
const mailTries = 21

// Undelivered is why a mail did not go out.
type Undelivered struct {
	// Step is what failed: connect, STARTTLS, AUTH, MAIL, RCPT, DATA, end of DATA.
	Step string
	// Code is the reply code of the server (RFC 5321); 0 when there was no answer.
	Code int
	// Answer is what the server said, or what failed. It may hold an address, so it
	// goes into no log.
	Answer string
	// Permanent says that trying again does not help.
	Permanent bool
	// Lost says that the server could not be spoken to at all: other mails need not
	// be tried now.
	Lost bool
}

// Error says what is fit for a log.
func (u *Undelivered) Error() string {
	return "no mail was delivered: " + u.Step + ", code " + strconv.Itoa(u.Code)
}

func (u *Undelivered) said() string {
	const most = 500
	answer := []rune(u.Answer)
	return string(answer[:min(len(answer), most)])
}
