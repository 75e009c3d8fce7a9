package kb

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// How long what proves who someone is stays good. A session does not get longer by use.
const (
	SessionLasts = 30 * 24 * time.Hour
	// MaxSessions is how many browsers one account is signed in with at most; the
	// oldest session makes room for a new one.
	MaxSessions = 20
)

// secretBytes is the size of a secret, and of its hash.
const secretBytes = 32

// newSecret makes 256 random bits, as text.
func newSecret() string {
	var b [secretBytes]byte
	_, _ = rand.Read(b[:]) // it never fails
	return idEncoding.EncodeToString(b[:])
}

// hashSecret is how a secret is stored. It has 256 random bits, so that nobody can
// guess it from its hash, and needs neither salt nor work.
func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// SignedIn is a session that was just begun.
type SignedIn struct {
	// Secret proves it, in a cookie or as a bearer token. It is given this once.
	Secret    string
	Account   *Account
	ExpiresAt time.Time
	Seq       Seq
}

// SignIn begins a session by address and password. Unauthenticated, in the same
// words and after the same work, for whatever does not fit; Unavailable with how
// long to wait after too many tries.
func (a *Accounts) SignIn(ctx context.Context, email, password string, from Client) (*SignedIn, error) {
	x, err := a.byKey(ctx, EmailKey(email))
	if err != nil {
		return nil, err
	}
	uses := a.signInUses(x, email, from)
	if wait := a.throttle.take(uses); wait > 0 {
		return nil, tooOften(wait)
	}
	hash := ""
	if x != nil && x.canSignIn() {
		hash = x.Password
	}
	right, err := a.Hasher.Verify(ctx, hash, password)
	if err != nil {
		a.throttle.giveBack(uses)
		return nil, err
	}
	if !right || hash == "" {
		return nil, Errorf(Unauthenticated, Text{
			"Het e-mailadres of het wachtwoord klopt niet.", "The e-mail address or the password is not right.",
		})
	}
	a.throttle.giveBack(uses)
	return a.begin(ctx, x, from)
}

// signInUses are the budgets of a try: that of the device when its owner has signed
// in from it before, else those of the network.
func (a *Accounts) signInUses(x *Account, email string, from Client) []use {
	key := EmailKey(email)
	if x != nil && x.marked(from.Device) {
		return []use{{"device " + hashSecret(from.Device) + key, budgetDevice()}}
	}
	return []use{{"account " + from.network() + " " + hashSecret(key), budgetAccount()}, {"network " + from.network(), budgetNetwork()}}
}

// canSignIn reports whether an account is one of a person who answered, and is not disabled.
func (a *Account) canSignIn() bool { return !a.Disabled && !a.App && a.ConfirmedAt != nil }

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

// Authenticate gives who a secret belongs to: that of a session or of a token, as
// things are at this moment. Unauthenticated when it is not (or no longer) good.
func (a *Accounts) Authenticate(ctx context.Context, secret string) (Actor, error) {
	key := SessionKey(hashSecret(secret))
	if strings.HasPrefix(secret, tokenPrefix) {
		key = TokenKey(hashSecret(secret))
	}
	if err := a.kept.follow(ctx); err != nil {
		return Actor{}, err
	}
	found, err := a.kept.liveByKeys(ctx, []string{key})
	if err != nil {
		return Actor{}, err
	}
	switch proof := found[key].(type) {
	case *Session:
		x, err := a.owner(ctx, proof.Account)
		if err != nil {
			return Actor{}, err
		}
		if x != nil && proof.goesOn(x, a.Now()) {
			actor := x.Actor()
			actor.Session = proof.ID
			return actor, nil
		}
	case *Token:
		x, err := a.owner(ctx, proof.Account)
		if err != nil {
			return Actor{}, err
		}
		if x != nil && !x.Disabled && a.Now().Before(proof.ExpiresAt) {
			actor := x.Actor()
			actor.Token, actor.Scopes = proof.ID, proof.Scopes
			return actor, nil
		}
	}
	return Actor{}, Errorf(Unauthenticated, Text{"Het token klopt niet, of is verlopen.", "The token is not valid, or has expired."})
}

// owner gives an account without following the log again.
func (a *Accounts) owner(ctx context.Context, id ID) (*Account, error) {
	found, err := a.kept.live(ctx, []ID{id})
	if err != nil {
		return nil, err
	}
	x, _ := found[id].(*Account)
	return x, nil
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

// Mark gives the text by which a browser is known again as one from which an
// account has signed in. It is good until the password changes.
//
// It is a random text with a MAC (RFC 2104) over it, made with what is stored of the
// password, so that nothing has to be kept of it.
func (a *Accounts) Mark(ctx context.Context, account ID) (string, error) {
	x, err := a.byID(ctx, account)
	if err != nil || x[account] == nil || x[account].Password == "" {
		return "", err
	}
	nonce := newSecret()[:26]
	return nonce + x[account].mark(nonce), nil
}

func (a *Account) mark(nonce string) string {
	mac := hmac.New(sha256.New, []byte(a.Password))
	_, _ = mac.Write([]byte("device " + nonce + " of " + string(a.ID)))
	return hex.EncodeToString(mac.Sum(nil))
}

// marked reports whether a text is a mark of this account.
func (a *Account) marked(device string) bool {
	const nonce = 26
	return len(device) > nonce && a.Password != "" && hmac.Equal([]byte(device[nonce:]), []byte(a.mark(device[:nonce])))
}
