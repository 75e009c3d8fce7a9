package kb

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// The lengths that a password may have, in characters. Length is what counts
// (NIST SP 800-63B, §5.1.1.2): no signs of some kind are asked for.
const (
	MinPassword = 12
	MaxPassword = 200
)

// common are texts that people take for a password when it must be long; what is
// made only of them, of digits and of signs is too easy to guess.
func common() []string {
	return []string{
		"wachtwoord", "password", "passw0rd", "welkom", "welcome", "geheim", "secret", "qwertyuiop", "qwerty", "azerty", "asdfghjkl", "zxcvbnm",
		"leerkring", "gemeente", "provincie", "iloveyou", "letmein", "admin", "beheerder", "voetbal", "monkey", "dragon", "nederland", "amsterdam",
		"lente", "zomer", "herfst", "winter", "spring", "summer", "autumn", "januari", "februari", "maart", "april", "mei", "juni", "juli",
		"augustus", "september", "oktober", "november", "december", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
		"abcdefghijklmnopqrstuvwxyz", "abc", "test", "ajax", "feyenoord",
	}
}

// checkPassword gives what is wrong with a new password of an account.
func checkPassword(password string, x *Account) []Problem {
	problem := func(t Text) []Problem { return []Problem{{Field: "password", Text: t}} }
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		return problem(Text{"is geen geldige tekst", "is not a valid text"})
	case n < MinPassword:
		return problem(Text{"is te kort: neem ten minste 12 tekens, bijvoorbeeld vier woorden", "is too short: take at least 12 characters, for example four words"})
	case n > MaxPassword:
		return problem(Text{"is te lang: neem hoogstens 200 tekens", "is too long: take at most 200 characters"})
	case guessable(password, x):
		return problem(Text{"is te makkelijk te raden: neem bijvoorbeeld vier woorden die niets met elkaar te maken hebben", "is too easy to guess: take for example four words that have nothing to do with each other"})
	}
	return nil
}

// guessable reports whether little is left of a password without what anyone would
// try: common words, the owner's name and address, digits and signs, repetition.
func guessable(password string, x *Account) bool {
	rest := strings.ToLower(password)
	name, domain, _ := strings.Cut(strings.ToLower(x.Email), "@")
	words := append(common(), strings.Fields(strings.ToLower(x.Name))...)
	words = append(words, strings.FieldsFunc(name+"."+domain, func(r rune) bool { return r == '.' || r == '-' || r == '_' || r == '+' })...)
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	for _, w := range words {
		if len(w) >= 3 {
			rest = strings.ReplaceAll(rest, w, "")
		}
	}
	letters := map[rune]bool{}
	for _, r := range rest {
		if !strings.ContainsRune("0123456789 !@#$%^&*()-_=+.,?/\\'\"", r) {
			letters[r] = true
		}
	}
	if len(letters) >= 4 {
		return false
	}
	all := map[rune]bool{}
	for _, r := range rest {
		all[r] = true
	}
	return len(letters) == 0 || len(all) < 6
}

// ChangePassword sets another password of the actor's own, ends all sessions, tokens
// and links, and begins a session. Who has none yet (whose organisation signs in) asks for a link.
func (a *Accounts) ChangePassword(ctx context.Context, actor Actor, current, password string, from Client) (*SignedIn, error) {
	x, err := a.confirmSelf(ctx, actor, current, from)
	if err != nil {
		return nil, err
	}
	if err := errorOf(checkPassword(password, x)); err != nil {
		return nil, err
	}
	x = x.clone()
	if x.Password, err = a.Hasher.Hash(ctx, password); err != nil {
		return nil, err
	}
	if x, err = a.setPassword(ctx, x, EventPasswordSet); err != nil {
		return nil, err
	}
	return a.begin(ctx, x, from)
}

// SetPassword sets the password of an account and confirms it, by the operator, for
// who is locked out. All its sessions, tokens and links end.
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
	if err := a.endTickets(ctx, id); err != nil {
		return 0, err
	}
	now := a.time()
	_, seq, err := a.changeAdmin(ctx, actor, id, 0, Event{Type: EventPasswordSet, About: id}, func(x *Account) error {
		x.Password = hash
		x.endProofs()
		if x.ConfirmedAt == nil {
			x.ConfirmedAt = &now
		}
		return nil
	})
	return seq, err
}

// confirmSelf gives the account of an actor who signed in and knows its password.
func (a *Accounts) confirmSelf(ctx context.Context, actor Actor, password string, from Client) (*Account, error) {
	if err := mustSignIn(actor, ScopeAdmin); err != nil {
		return nil, err
	}
	found, err := a.byID(ctx, actor.Account)
	if err != nil {
		return nil, err
	}
	x := found[actor.Account]
	if x == nil {
		return nil, noAccount()
	}
	uses := a.signInUses(x, x.Email, from)
	if wait := a.throttle.take(uses); wait > 0 {
		return nil, tooOften(wait)
	}
	right, err := a.Hasher.Verify(ctx, x.Password, password)
	if err != nil || right {
		a.throttle.giveBack(uses)
	}
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, errorOf([]Problem{{Field: "current", Text: Text{"is niet uw wachtwoord", "is not your password"}}})
	}
	return x, nil
}

// errorOf gives Invalid with problems, or nil when there are none.
func errorOf(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	err := Errorf(Invalid, Text{"Er klopt iets niet.", "Something is not right."})
	err.Problems = problems
	return err
}

func problemsOf(err error) []Problem {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Problems
	}
	return nil
}
