package kb

import (
	"context"
	"time"
)

// Notifications are what people may do with what they were told.
type Notifications struct {
	store  Store
	search Searcher
	own    *OwnWrites
	now    func() time.Time
}

// NewNotifications serves the notifications of a store from the index over it.
func NewNotifications(store Store, search Searcher, own *OwnWrites, now func() time.Time) *Notifications {
	return &Notifications{store: store, search: search, own: own, now: now}
}

// List gives one page of what the actor was told, newest first, as far as they may
// know of it now; first and after are as in SearchRequest. Unauthenticated for a visitor.
func (n *Notifications) List(ctx context.Context, actor Actor, first int, after string, unreadOnly bool) (*SearchResult, error) {
	if err := mustSignIn(actor, ScopeRead); err != nil {
		return nil, err
	}
	if err := atMost(first, MaxPage); err != nil {
		return nil, err
	}
	if err := n.own.Wait(ctx, actor); err != nil {
		return nil, err
	}
	req := SearchRequest{Kinds: []Kind{KindNotification}, Sort: SortNewest, First: first, After: after}
	if unreadOnly {
		req.Filter.States = []string{StateUnread}
	}
	// Nobody reads those of others, not even who reads everything.
	req.Filter.States = append(req.Filter.States, StateOwner(actor.Account))
	found, err := n.search.Search(ctx, actor, req)
	if err != nil {
		return nil, err
	}
	return found, n.retell(ctx, actor, found.Hits)
}

// retell puts what the actor may read now in the place of what was told.
func (n *Notifications) retell(ctx context.Context, actor Actor, hits []Hit) error {
	list := make([]*Notification, len(hits))
	for i, h := range hits {
		list[i], _ = h.Entity.(*Notification)
	}
	list, err := retold(ctx, n.store, actor, list)
	if err != nil {
		return err
	}
	for i := range hits {
		hits[i].Entity = list[i]
	}
	return nil
}

// Unread counts what the actor was told and did not read; 0 for a visitor.
func (n *Notifications) Unread(ctx context.Context, actor Actor) (int, error) {
	if !actor.SignedIn() {
		return 0, nil
	}
	found, err := n.List(ctx, actor, 0, "", true)
	if err != nil {
		return 0, err
	}
	return found.Total, nil
}

// MarkRead marks notifications of the actor as read. What is no notification of
// theirs, or was read already, stays as it is. It gives the number of the last
// write, 0 when there was nothing to write.
func (n *Notifications) MarkRead(ctx context.Context, actor Actor, ids []ID) (Seq, error) {
	if err := mustSignIn(actor, ScopeWrite); err != nil {
		return 0, err
	}
	if err := atMost(len(ids), MaxPage); err != nil {
		return 0, err
	}
	return n.read(ctx, actor, ids)
}

// MarkAllRead marks everything that the actor was told so far as read.
func (n *Notifications) MarkAllRead(ctx context.Context, actor Actor) (Seq, error) {
	if err := mustSignIn(actor, ScopeWrite); err != nil {
		return 0, err
	}
	var last Seq
	for after := ""; ; {
		page, err := n.List(ctx, actor, MaxPage, after, true)
		if err != nil || len(page.Hits) == 0 {
			return last, err
		}
		ids := make([]ID, len(page.Hits))
		for i, h := range page.Hits {
			ids[i], after = h.Entity.Base().ID, h.Cursor
		}
		seq, err := n.read(ctx, actor, ids)
		if err != nil {
			return last, err
		}
		last = max(last, seq)
		if !page.HasNextPage {
			return last, nil
		}
	}
}

func (n *Notifications) read(ctx context.Context, actor Actor, ids []ID) (Seq, error) {
	found, err := n.store.Get(ctx, validIDs(ids))
	if err != nil {
		return 0, err
	}
	at := n.now().UTC().Truncate(time.Millisecond)
	var writes []Record
	for _, r := range found {
		e, err := decodeLive(r)
		if err != nil {
			return 0, err
		}
		told, ok := e.(*Notification)
		if !ok || told.Account != actor.Account || told.ReadAt != nil {
			continue
		}
		told.ReadAt, told.UpdatedAt, told.UpdatedBy = &at, at, actor.Account
		if r, err = internalRecord(told); err != nil {
			return 0, err
		}
		writes = append(writes, r)
	}
	last, err := putAll(ctx, n.store, writes)
	n.own.Note(actor.Account, last)
	return last, err
}

// putAll writes records of which each may have been written by someone else
// meanwhile, which is as good. It gives the number of the last write.
func putAll(ctx context.Context, store Store, writes []Record) (last Seq, err error) {
	if len(writes) == 0 {
		return 0, nil
	}
	results, err := store.Put(ctx, writes)
	if err != nil {
		return 0, err
	}
	for _, r := range results {
		if r.Err != nil && CodeOf(r.Err) != Conflict {
			return last, r.Err
		}
		last = max(last, r.Seq)
	}
	return last, nil
}

// SetMode chooses how the actor's notifications go out by mail.
func (n *Notifications) SetMode(ctx context.Context, actor Actor, mode MailMode) (Seq, error) {
	if err := mustSignIn(actor, ScopeWrite); err != nil {
		return 0, err
	}
	seq, err := n.setMode(ctx, actor.Account, mode, Event{Type: EventProfileChanged, Fields: []string{"mails"}, Token: actor.Token})
	n.own.Note(actor.Account, seq)
	return seq, err
}

// Stop ends the mails to an account, by the secret of the link in one of them:
// whoever holds the mail may, without signing in. Doing it again is free. NotFound
// for a secret that is not ours.
func (n *Notifications) Stop(ctx context.Context, secret string) error {
	key, err := stopKey(ctx, n.store, nil)
	if err != nil {
		return err
	}
	account, ok := stoppedBy(key, secret)
	if !ok {
		return Errorf(NotFound, Text{"Deze link klopt niet. Zet de mails uit in uw profiel.", "This link is not right. Stop the mails in your profile."})
	}
	_, err = n.setMode(ctx, account, MailNone, Event{Type: EventProfileChanged, Fields: []string{"mails"}, Note: "List-Unsubscribe"})
	return err
}

// setMode changes an account, again when someone else did so in between.
func (n *Notifications) setMode(ctx context.Context, id ID, mode MailMode, ev Event) (Seq, error) {
	for {
		found, err := n.store.Get(ctx, []ID{id})
		if err != nil {
			return 0, err
		}
		e, err := decodeLive(found[id])
		if err != nil {
			return 0, err
		}
		account, ok := e.(*Account)
		if !ok {
			return 0, notFound()
		}
		if account.Mails == mode {
			return 0, nil
		}
		account.Mails, account.UpdatedAt, account.UpdatedBy = mode, n.now().UTC().Truncate(time.Millisecond), id
		if err := Validate(account); err != nil {
			return 0, err
		}
		r, err := NewRecord(account, nil)
		if err != nil {
			return 0, err
		}
		r.Event = ev
		results, err := n.store.Put(ctx, []Record{r})
		if err != nil {
			return 0, err
		}
		if CodeOf(results[0].Err) != Conflict {
			return results[0].Seq, results[0].Err
		}
	}
}

// mustSignIn refuses who has no account, and a token that is not good for a scope.
func mustSignIn(actor Actor, scope Scope) error {
	switch {
	case !actor.SignedIn():
		return Errorf(Unauthenticated, Text{"Log eerst in.", "Sign in first."})
	case !actor.in(scope):
		return Errorf(Forbidden, Text{"Dit token mag dat niet.", "This token may not do that."})
	}
	return nil
}

func validIDs(ids []ID) []ID {
	var out []ID
	for _, id := range ids {
		if id.Valid() {
			out = append(out, id)
		}
	}
	return out
}
