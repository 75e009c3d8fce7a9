package kb

import (
	"context"
	"fmt"
	"slices"
)

// Letter is a mail as it is sent: words and addresses. What turns it into a message
// sees to it that text stays text.
type Letter struct {
	// ID is that of the mail; who gets it twice can tell by it.
	ID ID
	// To is the address, Name who gets it; empty when it is not known to be their name.
	To, Name string
	Language string // nl or en
	Subject  string
	Parts    []LetterPart
	// Stop is the address that ends mails of this kind by one POST (RFC 8058), empty
	// for a mail that somebody asked for.
	Stop string
}

// LetterPart is a paragraph, and where it leads to; either may be empty.
type LetterPart struct {
	Text string
	Link string
	// Label is what the link is called.
	Label string
}

// letter writes a mail; nil when there is nothing to say any more, or nobody to
// say it to.
func (o *Outbox) letter(ctx context.Context, m *Mail) (*Letter, error) {
	to, ok, err := liveOf[*Account](ctx, o.Store, m.Account)
	if err != nil {
		return nil, err
	}
	if !ok || to.Disabled || to.Email == "" {
		return nil, nil // nobody is there to read it
	}
	l := &Letter{ID: m.ID, To: to.Email, Name: to.Name, Language: to.Language}
	if to.selfMade() {
		l.Name = "" // a stranger may have typed it, to have us send their words
	}
	if purpose := m.Type.ticket(); purpose != "" {
		return l, o.ticketLetter(ctx, l, m, purpose)
	}
	if to.Mails == MailNone {
		return nil, nil // they stopped them since
	}
	return o.toldLetter(ctx, l, m, to.Actor())
}

// ticketLetter writes a mail with a link that works once.
func (o *Outbox) ticketLetter(ctx context.Context, l *Letter, m *Mail, p TicketPurpose) error {
	link, err := o.Tickets(ctx, m.Account, p)
	if err != nil {
		return err
	}
	subject, text, label := ticketText(p)
	l.Subject = subject.In(l.Language)
	l.Parts = []LetterPart{
		greeting(l),
		{Text: text.In(l.Language)},
		{Link: link, Label: label.In(l.Language)},
		{Text: Text{
			"De link werkt één keer. Hebt u hier niet om gevraagd? Dan hoeft u niets te doen.",
			"The link works once. Did you not ask for this? Then you need not do anything.",
		}.In(l.Language)},
	}
	return nil
}

func ticketText(p TicketPurpose) (subject, text, label Text) {
	switch p {
	case TicketInvitation:
		return Text{"Uitnodiging voor de kennisbank", "Invitation to the knowledge base"},
			Text{"Er is een account voor u gemaakt in de kennisbank. Kies een wachtwoord om het te gebruiken.", "An account was made for you in the knowledge base. Choose a password to use it."},
			Text{"Wachtwoord kiezen", "Choose a password"}
	case TicketConfirm:
		return Text{"Bevestig uw e-mailadres", "Confirm your e-mail address"},
			Text{"Met dit adres is een account gevraagd voor de kennisbank. Bevestig dat het van u is.", "An account of the knowledge base was asked for with this address. Confirm that it is yours."},
			Text{"Adres bevestigen", "Confirm the address"}
	}
	return Text{"Nieuw wachtwoord", "New password"},
		Text{"Er is een nieuw wachtwoord gevraagd voor uw account in de kennisbank.", "A new password was asked for your account in the knowledge base."},
		Text{"Nieuw wachtwoord kiezen", "Choose a new password"}
}

func greeting(l *Letter) LetterPart {
	if l.Name == "" {
		return LetterPart{Text: Text{"Goedendag,", "Hello,"}.In(l.Language)}
	}
	return LetterPart{Text: fmt.Sprintf(Text{"Beste %s,", "Dear %s,"}.In(l.Language), l.Name)}
}

// toldLetter writes a mail of notifications that were not read meanwhile.
func (o *Outbox) toldLetter(ctx context.Context, l *Letter, m *Mail, to Actor) (*Letter, error) {
	unread, err := o.unread(ctx, m, to)
	if err != nil || len(unread) == 0 {
		return nil, err
	}
	key, err := stopKey(ctx, o.Store, o.Random)
	if err != nil {
		return nil, err
	}
	l.Stop = o.address(l, "/mail/stop/"+stopSecret(key, m.Account))
	l.Subject = unread[0].Text().In(l.Language)
	if m.Type == MailDigest {
		l.Subject = fmt.Sprintf(Text{"Kennisbank: %d nieuwe meldingen", "Knowledge base: %d new notifications"}.In(l.Language), len(unread))
		if len(unread) == 1 {
			l.Subject = Text{"Kennisbank: 1 nieuwe melding", "Knowledge base: 1 new notification"}.In(l.Language)
		}
	}
	l.Parts = append(l.Parts, greeting(l))
	for _, n := range unread {
		parts, err := o.told(ctx, l, n)
		if err != nil {
			return nil, err
		}
		l.Parts = append(l.Parts, parts...)
	}
	l.Parts = append(l.Parts,
		LetterPart{Link: o.address(l, "/meldingen"), Label: Text{"Al uw meldingen", "All your notifications"}.In(l.Language)},
		LetterPart{Text: Text{"U krijgt deze mail omdat u een account hebt in de kennisbank.", "You get this mail because you have an account of the knowledge base."}.In(l.Language), Link: l.Stop, Label: Text{"Geen mails meer", "No more mails"}.In(l.Language)},
	)
	return l, nil
}

// unread gives the notifications of a mail that are still to be read, without those
// of records that who gets it may not know of any more.
func (o *Outbox) unread(ctx context.Context, m *Mail, to Actor) ([]*Notification, error) {
	found, err := o.Store.Get(ctx, m.Notifications)
	if err != nil {
		return nil, err
	}
	var out []*Notification
	for _, id := range m.Notifications {
		e, err := decodeLive(found[id])
		if err != nil {
			return nil, err
		}
		if n, ok := e.(*Notification); ok && n.ReadAt == nil && n.Account == m.Account {
			out = append(out, n)
		}
	}
	out, err = retold(ctx, o.Store, to, out)
	return slices.DeleteFunc(out, func(n *Notification) bool { return n.Title == "" && n.Record != m.Account }), err
}

// told writes what one notification tells: the sentence with its link, and what
// was said by whom.
func (o *Outbox) told(ctx context.Context, l *Letter, n *Notification) ([]LetterPart, error) {
	found, err := o.Store.Get(ctx, validIDs([]ID{n.Record, n.By}))
	if err != nil {
		return nil, err
	}
	part := LetterPart{Text: n.Text().In(l.Language)}
	live, err := decodeLive(found[n.Record])
	if err != nil {
		return nil, err
	}
	if live != nil && HasPage(live.Kind()) && live.Base().Status == StatusPublished {
		part.Link, part.Label = o.address(l, Path(live)), live.Label()
	}
	if n.Note == "" {
		return []LetterPart{part}, nil
	}
	by, err := decodeLive(found[n.By])
	if err != nil {
		return nil, err
	}
	note := n.Note
	if by != nil {
		note = by.Label() + ": " + note
	}
	return []LetterPart{part, {Text: note}}, nil
}

// address is that of a page in the language of a letter.
func (o *Outbox) address(l *Letter, path string) string {
	if l.Language == "en" {
		return o.BaseURL + "/en" + path
	}
	return o.BaseURL + path
}
