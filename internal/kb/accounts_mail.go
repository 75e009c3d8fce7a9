package kb

import (
	"context"
	"time"
)

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
	case x.selfMade():
		kind, event = MailConfirm, EventSignedUp
	case x.ConfirmedAt == nil:
		kind, event = MailInvitation, EventInvited
	}
	return a.mail(ctx, Actor{}, x.ID, kind, event)
}

// evenly does work whose answer must not tell what it did: it counts against the
// networks that ask and against all that is asked, whether or not a mail goes, and the
// answer comes after Even.
func (a *Accounts) evenly(ctx context.Context, from Client, work func() error) error {
	uses := []use{
		{"requests " + from.network(), budgetRequests()},
		{"requests around " + from.around(), budgetRequestsAround()},
		{"all requests", budgetAllRequests()},
	}
	if wait := a.throttle.take(uses); wait > 0 {
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
