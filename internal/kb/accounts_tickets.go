package kb

import (
	"context"
	"time"
)

// lasts is how long a link works.
func (p TicketPurpose) lasts() time.Duration {
	switch p {
	case TicketInvitation:
		return 7 * 24 * time.Hour
	case TicketReset:
		return time.Hour
	}
	return 24 * time.Hour
}

// path is where the page of a link is, before its secret.
func (p TicketPurpose) path() string {
	switch p {
	case TicketInvitation:
		return "/uitnodiging/"
	case TicketReset:
		return "/wachtwoord/"
	case TicketConfirm:
		return "/bevestigen/"
	}
	return "/begin/"
}

// ticketID is the id of the one link of a purpose that an account has at a time:
// issuing a new one ends the one before.
func ticketID(account ID, p TicketPurpose) ID {
	return DeriveID("ticket", string(p)+" "+string(account))
}

// IssueTicket makes a link for an account, whatever it is given to; the one made
// before for that purpose stops working. It is for who sends mails.
func (a *Accounts) IssueTicket(ctx context.Context, account ID, p TicketPurpose) (link string, err error) {
	found, err := a.byID(ctx, account)
	if err != nil {
		return "", err
	}
	x := found[account]
	if x == nil || x.Disabled || x.App {
		return "", noAccount()
	}
	secret, err := a.issue(ctx, account, p)
	return a.link(p, x.Language, secret), err
}

func (a *Accounts) link(p TicketPurpose, language, secret string) string {
	prefix := ""
	if language == "en" {
		prefix = "/en"
	}
	return a.BaseURL + prefix + p.path() + secret
}

func (a *Accounts) issue(ctx context.Context, account ID, p TicketPurpose) (secret string, err error) {
	id := ticketID(account, p)
	for try := 1; ; try++ {
		found, err := a.Store.Get(ctx, []ID{id})
		if err != nil {
			return "", err
		}
		secret := newSecret()
		t := &Ticket{Head: a.newHead(id, ""), Purpose: p, Account: account, Secret: hashSecret(secret), ExpiresAt: a.time().Add(p.lasts())}
		t.Version = found[id].Version
		_, err = a.write(ctx, Actor{}, t, Event{Type: EventInternal, About: account})
		if err == nil {
			return secret, nil
		}
		if CodeOf(err) != Conflict || try == changeTries {
			return "", err
		}
	}
}

// FirstAdmin gives the secret of a link that makes the first admin, NotFound when
// there is an admin. A link that was given before stops working.
func (a *Accounts) FirstAdmin(ctx context.Context) (secret string, err error) {
	list, err := a.admins(ctx)
	if err != nil {
		return "", err
	}
	if len(list.Accounts) > 0 {
		return "", noAccount()
	}
	return a.issue(ctx, "", TicketFirstAdmin)
}

// FirstAdminLink is FirstAdmin as a link, in a language.
func (a *Accounts) FirstAdminLink(ctx context.Context, language string) (string, error) {
	secret, err := a.FirstAdmin(ctx)
	if err != nil {
		return "", err
	}
	return a.link(TicketFirstAdmin, language, secret), nil
}

// TicketInfo is what a link is for.
type TicketInfo struct {
	Purpose TicketPurpose
	// Name and Email are those of the account; empty for the first admin.
	Name, Email string
	ExpiresAt   time.Time
}

// Ticket says what a link is for. NotFound when it does not work (any more).
func (a *Accounts) Ticket(ctx context.Context, secret string) (*TicketInfo, error) {
	t, x, err := a.ticket(ctx, secret)
	if err != nil {
		return nil, err
	}
	info := &TicketInfo{Purpose: t.Purpose, ExpiresAt: t.ExpiresAt}
	if x != nil {
		info.Name, info.Email = x.Name, x.Email
	}
	return info, nil
}

// ticket gives a link that works with its account, nil for the first admin.
func (a *Accounts) ticket(ctx context.Context, secret string) (*Ticket, *Account, error) {
	key := TicketKey(hashSecret(secret))
	owner, err := a.Store.Find(ctx, []string{key})
	if err != nil {
		return nil, nil, err
	}
	id, ok := owner[key]
	if !ok {
		return nil, nil, deadLink()
	}
	t, ok, err := liveOf[*Ticket](ctx, a.Store, id)
	if err != nil {
		return nil, nil, err
	}
	if !ok || !a.Now().Before(t.ExpiresAt) {
		return nil, nil, deadLink()
	}
	if t.Purpose == TicketFirstAdmin {
		list, err := a.admins(ctx)
		if err == nil && len(list.Accounts) > 0 {
			err = deadLink()
		}
		return t, nil, err
	}
	accounts, err := a.byID(ctx, t.Account)
	if err != nil {
		return nil, nil, err
	}
	x := accounts[t.Account]
	if x == nil || x.Disabled {
		return nil, nil, deadLink()
	}
	return t, x, nil
}

func deadLink() error {
	return Errorf(NotFound, Text{
		"Deze link werkt niet (meer). Vraag een nieuwe.", "This link does not work (any more). Ask for a new one.",
	})
}
