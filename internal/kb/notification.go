package kb

import "time"

// Notification tells one account of one event.
type Notification struct {
	Head
	Account ID        `json:"account"`
	Event   EventType `json:"event"`
	// Record is what it happened to, Title its name then, By who did it, Note what they said.
	Record ID         `json:"record,omitempty"`
	Title  string     `json:"title,omitempty"`
	By     ID         `json:"by,omitempty"`
	Note   string     `json:"note,omitempty"`
	ReadAt *time.Time `json:"readAt,omitempty"`
}

// Kind is KindNotification.
func (*Notification) Kind() Kind { return KindNotification }

// Label is empty: a notification has no name.
func (*Notification) Label() string { return "" }

func (n *Notification) access() []string { return []string{AccessAccount(n.Account)} }

func (n *Notification) check(c *checker) {
	c.id("account", n.Account)
	c.text("title", n.Title, MaxLine)
	c.text("note", n.Note, MaxText)
}

// Mail is a message that is to be sent, or was. Secrets of links are not in it:
// they are made when it is sent.
type Mail struct {
	Head
	Account ID       `json:"account"`
	Type    MailType `json:"type"`
	// Notifications are what a NOTIFICATION or DIGEST tells.
	Notifications []ID      `json:"notifications,omitempty"`
	State         MailState `json:"state"`
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

// Progress is how far a worker has followed the log. Each worker has one.
type Progress struct {
	Head
	Worker   string `json:"worker"`
	Position Seq    `json:"position"`
}

// Kind is KindProgress.
func (*Progress) Kind() Kind { return KindProgress }

// Label is the worker.
func (p *Progress) Label() string { return p.Worker }

func (*Progress) access() []string { return nil }

func (p *Progress) check(c *checker) { c.line("worker", p.Worker) }
