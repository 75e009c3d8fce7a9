package kb

import (
	"context"
	"errors"
	"io"
	"time"
)

// Sender hands letters to a mail server.
type Sender interface {
	// Send sends all of a letter but its last byte, calls claim, and sends that byte
	// only when claim gives nil: from then on the server has the mail, and before it
	// has nothing. It returns nil when the server took it, claim's error, or an
	// *Undelivered. It ends with ctx until claim was called, and bounded by its own
	// time-outs after.
	Send(ctx context.Context, l *Letter, claim func() error) error
}

// OutboxConfig is what an Outbox works with; all are required.
type OutboxConfig struct {
	Store  Store
	Search Searcher
	Now    func() time.Time
	NewID  func() ID
	Random io.Reader // for the key of the links that stop mails
	// BaseURL is what links begin with, without a slash at its end.
	BaseURL string
	// Tickets makes a link that works once (Accounts.IssueTicket).
	Tickets func(ctx context.Context, account ID, p TicketPurpose) (link string, err error)
}

// Outbox sends the mails that wait in the store, each once.
//
// The invariant that a newcomer must know: HANDING_OVER is written, against the
// version that was read, after the whole letter and before the byte that makes the
// server take it. A crash before that write sends the mail again from the start, and
// the server has dropped the half one; after it the mail is never sent again, and
// one that hangs there shows as HANDING_OVER.
type Outbox struct{ OutboxConfig }

// NewOutbox sends the mails of a store.
func NewOutbox(c OutboxConfig) *Outbox { return &Outbox{c} }

// errTaken says that another process sends the mail.
var errTaken = errors.New("another process sends this mail")

// SendDue sends the mails whose time has come, as far as the index knows of them;
// sent is how many went out. It stops early when the server cannot be spoken to,
// or when another process is sending too: the rest waits for the next time. Errors
// are those of the store and of ctx, and *Undelivered with Lost; what else a server
// refuses is kept with the mail.
func (o *Outbox) SendDue(ctx context.Context, s Sender) (sent int, err error) {
	req := SearchRequest{
		Kinds: []Kind{KindMail}, Sort: SortOldest, First: MaxPage,
		Filter: Filter{States: []string{string(MailWaiting)}, DueBefore: o.Now().Add(time.Millisecond)},
	}
	var due []ID
	err = eachPage(ctx, o.Search, req, func(hits []Hit) error {
		for _, hit := range hits {
			due = append(due, hit.Entity.Base().ID)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return o.Send(ctx, s, due)
}

// Send sends those of some mails that wait and whose time has come, as SendDue does.
func (o *Outbox) Send(ctx context.Context, s Sender, ids []ID) (sent int, err error) {
	for _, id := range ids {
		ok, err := o.send(ctx, s, id)
		if errors.Is(err, errTaken) {
			return sent, nil
		}
		if err != nil {
			return sent, err
		}
		if ok {
			sent++
		}
	}
	return sent, nil
}

func (o *Outbox) send(ctx context.Context, s Sender, id ID) (sent bool, err error) {
	m, err := o.waiting(ctx, id)
	if err != nil || m == nil {
		return false, err
	}
	if err := o.hold(ctx, m); err != nil {
		return false, err
	}
	l, err := o.letter(ctx, m)
	if err != nil && CodeOf(err) != NotFound {
		return false, err
	}
	if l == nil || err != nil { // NotFound: the account of the link is closed
		return false, o.drop(ctx, m)
	}
	claimed := false
	err = s.Send(ctx, l, func() error {
		err := o.claim(ctx, m)
		claimed = err == nil
		return err
	})
	if !claimed && ctx.Err() != nil {
		return false, ctx.Err() // it waits on, as if nothing had been
	}
	return o.settle(ctx, m, err, claimed)
}

// claim writes that a mail is handed over. A stop does not cut it off: a write whose
// outcome nobody waits for may still be done, and the mail would be claimed by no one.
func (o *Outbox) claim(ctx context.Context, m *Mail) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	m.State, m.Attempt = MailHandingOver, o.NewID()
	return o.write(ctx, m)
}

// waiting reads a mail; nil when it does not wait, or not yet.
func (o *Outbox) waiting(ctx context.Context, id ID) (*Mail, error) {
	m, ok, err := liveOf[*Mail](ctx, o.Store, id)
	if err != nil {
		return nil, err
	}
	if !ok || m.State != MailWaiting || m.NextTry.After(o.Now()) {
		return nil, nil // nothing to send, and no error
	}
	return m, nil
}

// hold takes a mail with a link for one attempt before the link is made, since a
// later link ends the earlier one: no other attempt can then claim the mail with a
// link that is dead.
func (o *Outbox) hold(ctx context.Context, m *Mail) error {
	if m.Type.ticket() == "" {
		return nil
	}
	m.Attempt = o.NewID()
	return o.write(ctx, m)
}

// settleTime is how long the outcome of a mail may take to write once the server
// has answered, also at a stop.
const settleTime = 10 * time.Second

// settle writes how an attempt ended.
func (o *Outbox) settle(ctx context.Context, m *Mail, failure error, claimed bool) (sent bool, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	if failure == nil {
		m.State, m.Error = MailSent, ""
		return true, o.write(ctx, m)
	}
	u, ok := errors.AsType[*Undelivered](failure)
	if !ok {
		return false, failure
	}
	if claimed && u.Code == 0 {
		m.Error = u.said() // nobody knows whether the server has it: HANDING_OVER stays
	} else {
		m.failed(u, o.Now().UTC().Truncate(time.Millisecond))
	}
	if err := o.write(ctx, m); err != nil {
		return false, err
	}
	if u.Lost {
		return false, u
	}
	return false, nil
}

// drop takes away a mail that nobody needs any more.
func (o *Outbox) drop(ctx context.Context, m *Mail) error {
	r := Record{ID: m.ID, Kind: KindMail, Version: m.Version + 1, At: o.Now().UTC().Truncate(time.Millisecond), Deleted: true, Event: Event{Type: EventInternal}}
	_, err := putAll(ctx, o.Store, []Record{r})
	return err
}

// write stores the next version of a mail, errTaken when somebody else has. When
// the store does not say whether it did, the attempt's own mark tells.
func (o *Outbox) write(ctx context.Context, m *Mail) error {
	m.UpdatedAt = o.Now().UTC().Truncate(time.Millisecond)
	r, err := internalRecord(m)
	if err != nil {
		return err
	}
	results, err := o.Store.Put(ctx, []Record{r})
	if err == nil {
		err = results[0].Err
	}
	if err != nil && CodeOf(err) != Conflict {
		if !o.wrote(ctx, r) {
			return err
		}
		err = nil
	}
	if CodeOf(err) == Conflict {
		return errTaken
	}
	m.Version = r.Version
	return err
}

// wrote reports whether the store holds exactly what was to be written.
func (o *Outbox) wrote(ctx context.Context, r Record) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	found, err := o.Store.Get(ctx, []ID{r.ID})
	return err == nil && found[r.ID].Version == r.Version && string(found[r.ID].Live) == string(r.Live)
}
