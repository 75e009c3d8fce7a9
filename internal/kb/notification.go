package kb

import (
	"fmt"
	"time"
)

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
	// Mails is how it goes out by mail; empty for not at all.
	Mails MailMode `json:"mails,omitempty"`
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
	optional(c, "mails", n.Mails, MailDaily, MailAtOnce)
}

// Text says in a sentence what happened. It is made when it is shown, of what is
// stored.
func (n *Notification) Text() Text {
	t := sentence(n.Event)
	if n.Title == "" {
		return Text{fmt.Sprintf(t.NL, "–"), fmt.Sprintf(t.EN, "–")}
	}
	return Text{fmt.Sprintf(t.NL, n.quoted("nl")), fmt.Sprintf(t.EN, n.quoted("en"))}
}

// quoted is the title as it stands in a sentence.
func (n *Notification) quoted(lang string) string {
	switch n.Event {
	case EventRoleChanged:
		return roleName(Role(n.Title)).In(lang)
	case EventTeamsChanged:
		return n.Title
	}
	return "‘" + n.Title + "’"
}

func sentence(t EventType) Text {
	switch t {
	case EventSubmitted:
		return Text{"%s is ingediend. Wilt u het beoordelen?", "%s was submitted. Will you review it?"}
	case EventReviewerAssigned:
		return Text{"U bent gevraagd om %s te beoordelen.", "You were asked to review %s."}
	case EventChangesRequested:
		return Text{"Er is om aanpassingen gevraagd in %s.", "Changes were requested in %s."}
	case EventScheduled:
		return Text{"%s is goedgekeurd en wordt later vanzelf gepubliceerd.", "%s was approved and will be published later by itself."}
	case EventPublished:
		return Text{"%s is gepubliceerd.", "%s was published."}
	case EventWithdrawn:
		return Text{"%s is ingetrokken.", "%s was withdrawn."}
	case EventCommented:
		return Text{"Er is een opmerking bij %s.", "There is a comment on %s."}
	case EventReviewDue:
		return Text{"Klopt %s nog? De datum om dat na te gaan is bereikt.", "Is %s still correct? The date to check that was reached."}
	case EventFileUnread:
		return Text{"Het bestand %s kon niet worden gelezen. Bij het materiaal staat wat u kunt doen.", "The file %s could not be read. The material says what you can do."}
	case EventRoleChanged:
		return Text{"Uw rol is nu: %s.", "Your role is now: %s."}
	case EventTeamsChanged:
		return Text{"Uw teams zijn gewijzigd. U zit nu in: %s.", "Your teams have changed. You are now in: %s."}
	}
	return Text{"Er is iets gebeurd met %s.", "Something happened to %s."}
}

func roleName(r Role) Text {
	switch r {
	case RoleMember:
		return Text{"lid", "member"}
	case RoleExpert:
		return Text{"expert", "expert"}
	case RoleEditor:
		return Text{"redacteur", "editor"}
	case RoleAdmin:
		return Text{"beheerder", "admin"}
	}
	return Text{"bezoeker", "visitor"}
}
