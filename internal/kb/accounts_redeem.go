package kb

import (
	"context"
	"strings"
)

// TicketUse is what comes with the use of a link.
type TicketUse struct {
	Secret   string
	Password string
	// Name and Email make the first admin; others may correct their name.
	Name, Email string
	Language    string // of the first admin's mails; empty is nl
	From        Client
}

// UseTicket uses a link: it sets the password, confirms the address, ends all
// sessions, tokens and other links, and begins a session. A link works once, whoever uses it at the same time;
// what is wrong with the password or the name leaves it as it was.
func (a *Accounts) UseTicket(ctx context.Context, u TicketUse) (*SignedIn, error) {
	t, x, err := a.ticket(ctx, u.Secret)
	if err != nil {
		return nil, err
	}
	x = a.used(x, u)
	if err := a.checkUse(ctx, t, x, u); err != nil {
		return nil, err
	}
	hash, err := a.Hasher.Hash(ctx, u.Password)
	if err != nil {
		return nil, err
	}
	x.Password = hash
	if _, err := a.remove(ctx, Actor{Account: x.ID}, t, Event{Type: EventInternal, About: x.ID}); CodeOf(err) == Conflict {
		return nil, deadLink()
	} else if err != nil {
		return nil, err
	}
	if t.Purpose == TicketFirstAdmin {
		if _, err = a.write(ctx, x.Actor(), x, Event{Type: EventRoleChanged, About: x.ID, Fields: []string{"role"}}); err == nil {
			err = a.addAdmin(ctx, x.ID)
		}
	} else {
		event := EventPasswordSet
		if t.Purpose == TicketConfirm {
			event = EventAddressConfirmed
		}
		x, err = a.setPassword(ctx, x, event)
	}
	if err != nil {
		return nil, err
	}
	return a.begin(ctx, x, u.From)
}

// used is the account as it is after the use of a link, but for the password.
func (a *Accounts) used(x *Account, u TicketUse) *Account {
	name := strings.TrimSpace(u.Name)
	now := a.time()
	if x == nil {
		id := a.NewID()
		language := u.Language
		if language == "" {
			language = "nl"
		}
		return &Account{
			Head: a.newHead(id, id), Name: name, Email: strings.TrimSpace(u.Email), Role: RoleAdmin,
			ConfirmedAt: &now, Language: language, Mails: MailDaily,
		}
	}
	x = x.clone()
	if name != "" {
		x.Name = name
	}
	if x.ConfirmedAt == nil {
		x.ConfirmedAt = &now
	}
	return x
}

// checkUse sees to it that nothing but another writer can get in the way once the
// link is used up.
func (a *Accounts) checkUse(ctx context.Context, t *Ticket, x *Account, u TicketUse) error {
	if err := errorOf(append(problemsOf(Validate(x)), checkPassword(u.Password, x)...)); err != nil {
		return err
	}
	if t.Purpose != TicketFirstAdmin {
		return nil
	}
	taken, err := a.byKey(ctx, EmailKey(x.Email))
	if err == nil && taken != nil {
		err = addressTaken()
	}
	return err
}

// setPassword writes a password, and with it ends all that proved who someone was.
// The links go first: when something fails, none is left to undo the new password.
func (a *Accounts) setPassword(ctx context.Context, changed *Account, event EventType) (*Account, error) {
	if err := a.endTickets(ctx, changed.ID); err != nil {
		return nil, err
	}
	x, _, err := a.changeAdmin(ctx, changed.Actor(), changed.ID, 0, Event{Type: event, About: changed.ID}, func(x *Account) error {
		if x.Disabled {
			return deadLink()
		}
		x.Name, x.Password, x.ConfirmedAt = changed.Name, changed.Password, changed.ConfirmedAt
		x.endProofs()
		return nil
	})
	return x, err
}

// endProofs ends all sessions and tokens of an account.
func (a *Account) endProofs() {
	a.Epoch++
	a.TokenEpoch++
}
