package kb

import (
	"context"
	"slices"
	"strings"
	"time"
)

// begin begins a session. An account has as many places for sessions as it may have
// sessions: a new one takes a place where none goes on, or that of the oldest.
func (a *Accounts) begin(ctx context.Context, x *Account, from Client) (*SignedIn, error) {
	for try := 1; ; try++ {
		s, err := a.place(ctx, x)
		if err != nil {
			return nil, err
		}
		secret := newSecret()
		version := s.Version
		*s = Session{
			Head: a.newHead(s.ID, x.ID), Account: x.ID, Secret: hashSecret(secret), Epoch: x.Epoch,
			ExpiresAt: a.time().Add(SessionLasts), Browser: shorten(from.Browser),
		}
		s.Version = version
		seq, err := a.write(ctx, x.Actor(), s, Event{Type: EventSignedIn, About: x.ID})
		if err == nil {
			return &SignedIn{Secret: secret, Account: x.shown(), ExpiresAt: s.ExpiresAt, Seq: seq}, nil
		}
		if CodeOf(err) != Conflict || try == MaxSessions {
			return nil, err
		}
	}
}

// place gives the session to write over: its id and version are what counts.
func (a *Accounts) place(ctx context.Context, x *Account) (*Session, error) {
	ids := sessionIDs(x.ID)
	found, err := a.Store.Get(ctx, ids)
	if err != nil {
		return nil, err
	}
	var oldest *Session
	for _, id := range ids {
		e, err := decodeLive(found[id])
		if err != nil {
			return nil, err
		}
		s, ok := e.(*Session)
		if !ok {
			return &Session{Head: Head{ID: id, Version: found[id].Version}}, nil
		}
		if !s.goesOn(x, a.Now()) {
			return s, nil
		}
		if oldest == nil || s.CreatedAt.Before(oldest.CreatedAt) {
			oldest = s
		}
	}
	return oldest, nil
}

// sessionIDs are the ids of all sessions that an account can have.
func sessionIDs(account ID) []ID {
	ids := make([]ID, MaxSessions)
	for i := range ids {
		ids[i] = DeriveID("session", string(account)+"/"+string(rune('a'+i)))
	}
	return ids
}

func (s *Session) goesOn(x *Account, now time.Time) bool {
	return s.Epoch == x.Epoch && now.Before(s.ExpiresAt) && x.canSignIn()
}

// shorten keeps the first part of what a browser calls itself.
func shorten(s string) string {
	const most = 200
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}

// Sessions gives where the actor is signed in, without the hashes of the secrets,
// the newest first.
func (a *Accounts) Sessions(ctx context.Context, actor Actor) ([]*Session, error) {
	if err := mustSignIn(actor, ScopeRead); err != nil {
		return nil, err
	}
	return a.sessions(ctx, actor.Account)
}

// SignOut ends sessions of the actor's own; without ids the one by which it asks.
// It gives the number of the last write, 0 when there was nothing to end.
func (a *Accounts) SignOut(ctx context.Context, actor Actor, ids ...ID) (Seq, error) {
	if len(ids) == 0 && actor.Session != "" {
		ids = []ID{actor.Session}
	}
	if err := mustSignIn(actor, ScopeAdmin); err != nil {
		return 0, err
	}
	found, err := a.Store.Get(ctx, validIDs(ids))
	if err != nil {
		return 0, err
	}
	var last Seq
	for _, r := range found {
		e, err := decodeLive(r)
		if err != nil {
			return last, err
		}
		s, ok := e.(*Session)
		if !ok || s.Account != actor.Account {
			continue
		}
		seq, err := a.remove(ctx, actor, s, Event{Type: EventSignedOut, About: actor.Account})
		if err != nil && CodeOf(err) != Conflict { // someone else ended it
			return last, err
		}
		last = max(last, seq)
	}
	return last, nil
}

// EndSessions ends all sessions of an account, by its owner or an admin.
func (a *Accounts) EndSessions(ctx context.Context, actor Actor, id ID) (Seq, error) {
	if id != actor.Account {
		if err := mayAdminister(actor); err != nil {
			return 0, err
		}
	}
	if actor.Role != RoleSystem {
		if err := mustSignIn(actor, ScopeAdmin); err != nil {
			return 0, err
		}
	}
	_, seq, err := a.change(ctx, actor, id, 0, Event{Type: EventSignedOut, About: id}, func(x *Account) error {
		x.Epoch++
		return nil
	})
	return seq, err
}

// sessions gives where an account is signed in, without the hashes of the secrets.
func (a *Accounts) sessions(ctx context.Context, account ID) ([]*Session, error) {
	accounts, err := a.byID(ctx, account)
	if err != nil || accounts[account] == nil {
		return nil, err
	}
	found, err := a.Store.Get(ctx, sessionIDs(account))
	if err != nil {
		return nil, err
	}
	out := []*Session{}
	for _, r := range found {
		e, err := decodeLive(r)
		if err != nil {
			return nil, err
		}
		if s, ok := e.(*Session); ok && s.goesOn(accounts[account], a.Now()) {
			out = append(out, s.shown())
		}
	}
	slices.SortFunc(out, func(x, y *Session) int { return y.CreatedAt.Compare(x.CreatedAt) })
	return out, nil
}
