package kb

import (
	"context"
	"slices"
	"strings"
	"time"
)

// tokenPrefix is how tokens begin, so that scanners for secrets recognise them.
const tokenPrefix = "lk_"

// For how many days a token is good.
const (
	DefaultTokenDays = 90
	MaxTokenDays     = 366
)

// TokenRequest asks for a token.
type TokenRequest struct {
	Account ID // whose; empty is the actor's own
	Name    string
	Scopes  []Scope
	Days    int // 0 is DefaultTokenDays
}

// CreateToken makes a token of the actor's own, or by an admin one of a program: a
// token of another person would let an admin write under their name. A token makes
// no tokens: who caught one could go on after it has ended. secret is given this once.
func (a *Accounts) CreateToken(ctx context.Context, actor Actor, req TokenRequest) (secret string, t *Token, seq Seq, err error) {
	if req.Account == "" {
		req.Account = actor.Account
	}
	owner, err := a.mayMakeToken(ctx, actor, req)
	if err != nil {
		return "", nil, 0, err
	}
	if req.Days == 0 {
		req.Days = DefaultTokenDays
	}
	secret = tokenPrefix + newSecret()
	scopes := slices.Clone(req.Scopes)
	slices.Sort(scopes)
	t = &Token{
		Head: a.newHead(a.NewID(), actor.Account), Account: req.Account, Name: strings.TrimSpace(req.Name), Secret: hashSecret(secret),
		Hint: secret[:len(tokenPrefix)+4], Scopes: slices.Compact(scopes), Epoch: owner.TokenEpoch, ExpiresAt: a.time().Add(time.Duration(req.Days) * 24 * time.Hour),
	}
	problems := problemsOf(Validate(t))
	if req.Days < 1 || req.Days > MaxTokenDays {
		problems = append(problems, Problem{Field: "days", Text: Text{"kies 1 tot en met 366 dagen", "choose 1 to 366 days"}})
	}
	if err := errorOf(problems); err != nil {
		return "", nil, 0, err
	}
	if seq, err = a.write(ctx, actor, t, Event{Type: EventTokenCreated, About: req.Account}); err != nil {
		return "", nil, 0, err
	}
	return secret, t.shown(), seq, nil
}

// mayMakeToken gives whose token it is to be, if the actor may make it.
func (a *Accounts) mayMakeToken(ctx context.Context, actor Actor, req TokenRequest) (*Account, error) {
	if actor.Token != "" {
		return nil, Errorf(Forbidden, Text{"Een token maakt geen tokens. Log in om er een te maken.", "A token makes no tokens. Sign in to make one."})
	}
	if actor.Role != RoleSystem {
		if err := mustSignIn(actor, ScopeAdmin); err != nil {
			return nil, err
		}
	}
	own := req.Account == actor.Account && actor.SignedIn()
	if !own {
		if err := mayAdminister(actor); err != nil {
			return nil, err
		}
	}
	found, err := a.byID(ctx, req.Account)
	if err != nil {
		return nil, err
	}
	x := found[req.Account]
	if x == nil {
		return nil, noAccount()
	}
	if !own && !x.App && actor.Role != RoleSystem {
		return nil, Errorf(Forbidden, Text{
			"Een token van een persoon maakt die persoon zelf. Maak voor een programma een eigen account.",
			"A token of a person is made by that person. For a program, make an account of its own.",
		})
	}
	return x, nil
}

// RevokeToken ends a token at once, in every process, by its owner or an admin.
func (a *Accounts) RevokeToken(ctx context.Context, actor Actor, id ID) (Seq, error) {
	if err := needSignIn(actor); err != nil {
		return 0, err
	}
	t, ok, err := liveOf[*Token](ctx, a.Store, id)
	if err != nil {
		return 0, err
	}
	own := ok && actor.SignedIn() && t.Account == actor.Account
	if !ok || !own && !actor.Has(RoleAdmin, ScopeAdmin) {
		return 0, Errorf(NotFound, Text{"Dit token bestaat niet, of het is al ingetrokken.", "This token does not exist, or was revoked already."})
	}
	if own && actor.Token != id && !actor.in(ScopeAdmin) { // a token may always end itself
		return 0, mustSignIn(actor, ScopeAdmin)
	}
	return a.remove(ctx, actor, t, Event{Type: EventTokenRevoked, About: t.Account})
}

// Tokens gives one page of the actor's tokens, or to an admin of everyone's, by
// name. first and after are as in SearchRequest.
func (a *Accounts) Tokens(ctx context.Context, actor Actor, everyones bool, first int, after string) (*SearchResult, error) {
	req := SearchRequest{Kinds: []Kind{KindToken}, Sort: SortTitle, First: first, After: after}
	if everyones {
		if err := mayAdminister(actor); err != nil {
			return nil, err
		}
		return a.find(ctx, actor, req)
	}
	if err := mustSignIn(actor, ScopeRead); err != nil {
		return nil, err
	}
	req.Filter.States = []string{StateAbout(actor.Account)}
	return a.find(ctx, actor, req)
}

// goesOn reports whether a token of an account is still good.
func (t *Token) goesOn(x *Account, now time.Time) bool {
	return t.Epoch == x.TokenEpoch && now.Before(t.ExpiresAt) && !x.Disabled
}

// shown is a copy without the hash of the secret.
func (t *Token) shown() *Token {
	x := *t
	x.Secret = ""
	return &x
}
