package kb

import (
	"context"
	"strings"
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
	found, err := a.Store.Get(ctx, []ID{id})
	if err != nil {
		return nil, nil, err
	}
	e, err := decodeLive(found[id])
	if err != nil {
		return nil, nil, err
	}
	t, ok := e.(*Ticket)
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
// sessions and begins one. A link works once, whoever uses it at the same time;
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

// setPassword writes a password, and with it ends all sessions.
func (a *Accounts) setPassword(ctx context.Context, changed *Account, event EventType) (*Account, error) {
	x, _, err := a.changeAdmin(ctx, changed.Actor(), changed.ID, 0, Event{Type: event, About: changed.ID}, func(x *Account) error {
		if x.Disabled {
			return deadLink()
		}
		x.Name, x.Password, x.ConfirmedAt = changed.Name, changed.Password, changed.ConfirmedAt
		x.Epoch++
		return nil
	})
	return x, err
}

// SetPassword sets the password of an account and confirms it, by the operator, for
// who is locked out. All its sessions end.
func (a *Accounts) SetPassword(ctx context.Context, actor Actor, id ID, password string) (Seq, error) {
	if actor.Role != RoleSystem {
		return 0, onServer()
	}
	found, err := a.byID(ctx, id)
	if err != nil {
		return 0, err
	}
	if found[id] == nil || found[id].App || found[id].Left {
		return 0, noAccount()
	}
	if err := errorOf(checkPassword(password, found[id])); err != nil {
		return 0, err
	}
	hash, err := a.Hasher.Hash(ctx, password)
	if err != nil {
		return 0, err
	}
	now := a.time()
	_, seq, err := a.changeAdmin(ctx, actor, id, 0, Event{Type: EventPasswordSet, About: id}, func(x *Account) error {
		x.Password = hash
		x.Epoch++
		if x.ConfirmedAt == nil {
			x.ConfirmedAt = &now
		}
		return nil
	})
	return seq, err
}

// RequestReset has a link sent by which the owner of an address sets another
// password. Its answer is the same, and takes as long, whether or not there is such
// an account. Where no mail is sent it does nothing: an admin gives the link.
func (a *Accounts) RequestReset(ctx context.Context, email string, from Client) error {
	return a.evenly(ctx, from, func() error {
		x, err := a.byKey(ctx, EmailKey(email))
		if err != nil || x == nil || x.Disabled {
			return err
		}
		return a.mailOnce(ctx, x)
	})
}

// mailOnce has a link sent that an owner without a session asked for, unless that
// was done often enough.
func (a *Accounts) mailOnce(ctx context.Context, x *Account) error {
	if !a.MailOn || a.throttle.take([]use{{"mails " + string(x.ID), budgetMails()}}) > 0 {
		return nil
	}
	kind, event := MailReset, EventResetRequested
	switch {
	case x.ConfirmedAt == nil && x.CreatedBy == x.ID:
		kind, event = MailConfirm, EventSignedUp
	case x.ConfirmedAt == nil:
		kind, event = MailInvitation, EventInvited
	}
	return a.mail(ctx, Actor{}, x.ID, kind, event)
}

// evenly does work whose answer must not tell what it did: it counts against the
// network that asks, and the answer comes after Even.
func (a *Accounts) evenly(ctx context.Context, from Client, work func() error) error {
	if wait := a.throttle.take([]use{{"requests " + from.network(), budgetRequests()}}); wait > 0 {
		return tooOften(wait)
	}
	timer := time.NewTimer(a.Even)
	defer timer.Stop()
	if err := work(); err != nil {
		return err
	}
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// mail writes what the worker that sends mails looks for.
func (a *Accounts) mail(ctx context.Context, actor Actor, account ID, t MailType, event EventType) error {
	m := &Mail{Head: a.newHead(a.NewID(), actor.Account), Account: account, Type: t, State: MailWaiting, NextTry: a.time()}
	_, err := a.write(ctx, actor, m, Event{Type: event, About: account})
	return err
}
