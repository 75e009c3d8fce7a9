package kb

import (
	"context"
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
// words and after the same work, for whatever does not fit; TooMany with how long
// to wait after too many tries.
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
	// Whoever is right has a budget too, which nobody else can use up.
	if wait := a.throttle.take([]use{{"begun " + string(x.ID), budgetBegun()}}); wait > 0 {
		return nil, tooOften(wait)
	}
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
		if x != nil && proof.goesOn(x, a.Now()) {
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
