package kb

import (
	"context"
	"slices"
	"time"
)

// Hasher keeps passwords so that they cannot be read back.
type Hasher interface {
	// Hash gives what to store of a password. Unavailable when too many wait for it.
	Hash(ctx context.Context, password string) (string, error)
	// Verify reports whether a password is the one that was hashed. With an empty
	// hash it does as much work, and it is not.
	Verify(ctx context.Context, hash, password string) (bool, error)
}

// AccountsConfig is what accounts are kept with. All but the three last are required.
type AccountsConfig struct {
	Store  Store
	Search Searcher // lists of accounts and tokens; nil where none are asked for
	Own    *OwnWrites
	Now    func() time.Time
	NewID  func() ID
	Hasher Hasher
	// BaseURL is what links begin with, without a slash at its end.
	BaseURL string
	// MailOn says that links go by mail; without it they are shown to admins.
	MailOn bool
	// OpenSignUp lets anyone open an account, with the rights of a visitor.
	OpenSignUp bool
	// Even is how long an answer takes at least that must not tell whether an
	// account exists; 0 is half a second.
	Even time.Duration
}

// Accounts are the people and programs that can sign in, with their sessions,
// tokens and links. All rules of who may do what with them are here.
//
// The invariant that a newcomer must know: a secret is given out once and stored as
// its hash, and every look-up of an account, a session or a token sees what any
// process wrote before it.
//
// Errors, besides those of the store: Unauthenticated when nobody is signed in,
// Forbidden for what the actor may not do, NotFound for what is not there or may not
// be known, Conflict for another version, Invalid with Problems, TooMany for what was
// tried too often, Unavailable when too many sign in at the same time.
type Accounts struct {
	AccountsConfig
	kept     *kept
	throttle *throttle
}

// NewAccounts keeps accounts in a store.
func NewAccounts(c AccountsConfig) *Accounts {
	if c.Even == 0 {
		c.Even = 500 * time.Millisecond
	}
	return &Accounts{
		AccountsConfig: c, throttle: newThrottle(c.Now, throttleMost),
		kept: newKept(c.Store, keptBytes/4, KindAccount, KindSession, KindToken),
	}
}

// time is now as it is stored.
func (a *Accounts) time() time.Time { return a.Now().UTC().Truncate(time.Millisecond) }

// byID gives live accounts as they are now. They are shared and must not be changed.
func (a *Accounts) byID(ctx context.Context, ids ...ID) (map[ID]*Account, error) {
	if err := a.kept.follow(ctx); err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id ID) bool { return !id.Valid() })
	found, err := a.kept.live(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[ID]*Account, len(found))
	for id, e := range found {
		if x, ok := e.(*Account); ok {
			out[id] = x
		}
	}
	return out, nil
}

// byKey gives the live account with a unique key, or nil.
func (a *Accounts) byKey(ctx context.Context, key string) (*Account, error) {
	if err := a.kept.follow(ctx); err != nil {
		return nil, err
	}
	found, err := a.kept.liveByKeys(ctx, []string{key})
	if err != nil {
		return nil, err
	}
	x, _ := found[key].(*Account)
	return x, nil
}

// ByEmail gives the account with an address, for the operator and for admins.
func (a *Accounts) ByEmail(ctx context.Context, actor Actor, email string) (*Account, error) {
	if err := mayAdminister(actor); err != nil {
		return nil, err
	}
	x, err := a.byKey(ctx, EmailKey(email))
	if err != nil {
		return nil, err
	}
	if x == nil {
		return nil, noAccount()
	}
	return x.shown(), nil
}

// Get gives one account to itself and to admins.
func (a *Accounts) Get(ctx context.Context, actor Actor, id ID) (*Account, error) {
	if err := needSignIn(actor); err != nil {
		return nil, err
	}
	if id != actor.Account && !actor.Has(RoleAdmin, ScopeAdmin) || !actor.in(ScopeRead) {
		return nil, noAccount()
	}
	found, err := a.byID(ctx, id)
	if err != nil {
		return nil, err
	}
	if found[id] == nil {
		return nil, noAccount()
	}
	return found[id].shown(), nil
}

// Names gives the names of accounts, for those who may see what they did.
func (a *Accounts) Names(ctx context.Context, ids []ID) (map[ID]string, error) {
	found, err := a.byID(ctx, ids...)
	if err != nil {
		return nil, err
	}
	names := make(map[ID]string, len(found))
	for id, x := range found {
		names[id] = x.Name
	}
	return names, nil
}

// write stores an entity as the version after the one that it was read from.
func (a *Accounts) write(ctx context.Context, actor Actor, e Entity, ev Event) (Seq, error) {
	h := e.Base()
	h.UpdatedAt, h.UpdatedBy = a.time(), actor.Account
	if err := Validate(e); err != nil {
		return 0, err
	}
	r, err := NewRecord(e, nil)
	if err != nil {
		return 0, err
	}
	seq, err := a.put(ctx, actor, r, ev)
	if err == nil {
		h.Version = r.Version
	}
	return seq, err
}

// remove puts a tombstone in the place of an entity.
func (a *Accounts) remove(ctx context.Context, actor Actor, e Entity, ev Event) (Seq, error) {
	h := e.Base()
	return a.put(ctx, actor, Record{ID: h.ID, Kind: e.Kind(), Version: h.Version + 1, At: a.time(), Deleted: true}, ev)
}

func (a *Accounts) put(ctx context.Context, actor Actor, r Record, ev Event) (Seq, error) {
	ev.Token = actor.Token
	r.By, r.Event = actor.Account, ev
	results, err := a.Store.Put(ctx, []Record{r})
	if err != nil {
		return 0, err
	}
	if results[0].Err != nil {
		return 0, results[0].Err
	}
	a.Own.Note(actor.Account, results[0].Seq)
	return results[0].Seq, nil
}

// newHead is that of a record of the program's own.
func (a *Accounts) newHead(id ID, by ID) Head {
	at := a.time()
	return Head{
		ID: id, Slug: string(id), Status: StatusPublished, Visibility: VisibilityMembers,
		CreatedAt: at, CreatedBy: by, UpdatedAt: at, UpdatedBy: by,
	}
}

// changeTries bounds how often a change is tried against other writers.
const changeTries = 10

// change reads an account, changes it and writes it. version is the one that was
// read by who asks for the change; 0 changes whatever there is.
func (a *Accounts) change(ctx context.Context, actor Actor, id ID, version int, ev Event, apply func(*Account) error) (*Account, Seq, error) {
	for try := 1; ; try++ {
		found, err := a.byID(ctx, id)
		if err != nil {
			return nil, 0, err
		}
		if found[id] == nil {
			return nil, 0, noAccount()
		}
		x := found[id].clone()
		if version != 0 && version != x.Version {
			return nil, 0, a.changedMeanwhile(ctx, x)
		}
		if err := apply(x); err != nil {
			return nil, 0, err
		}
		seq, err := a.write(ctx, actor, x, ev)
		if err == nil {
			return x.shown(), seq, nil
		}
		if CodeOf(err) == KeyTaken {
			return nil, 0, addressTaken()
		}
		if CodeOf(err) != Conflict || version != 0 || try == changeTries {
			return nil, 0, err
		}
	}
}

// changedMeanwhile says who changed an account since it was read.
func (a *Accounts) changedMeanwhile(ctx context.Context, x *Account) error {
	names, err := a.Names(ctx, []ID{x.UpdatedBy})
	if err != nil {
		return err
	}
	by := Text{names[x.UpdatedBy], names[x.UpdatedBy]}
	if by.NL == "" {
		by = Text{"het programma", "the program"}
	}
	at := x.UpdatedAt.Format("2006-01-02 15:04")
	return Errorf(Conflict, Text{
		"Dit account is intussen gewijzigd, door " + by.NL + " op " + at + " (UTC). Kijk wat er nu staat en probeer het opnieuw.",
		"This account has been changed meanwhile, by " + by.EN + " at " + at + " (UTC). Look at what it says now and try again.",
	})
}

// clone gives a copy that may be changed.
func (a *Account) clone() *Account {
	x := *a
	x.Teams, x.Subjects = slices.Clone(a.Teams), slices.Clone(a.Subjects)
	return &x
}

// shown is a copy without the hash of the password.
func (a *Account) shown() *Account {
	x := a.clone()
	x.Password = ""
	return x
}

func needSignIn(actor Actor) error {
	if actor.SignedIn() || actor.Role == RoleSystem {
		return nil
	}
	return Errorf(Unauthenticated, Text{"Log eerst in.", "Sign in first."})
}

// mayAdminister lets admins through.
func mayAdminister(actor Actor) error {
	if err := needSignIn(actor); err != nil {
		return err
	}
	if actor.Has(RoleAdmin, ScopeAdmin) {
		return nil
	}
	return Errorf(Forbidden, Text{"Dit mogen alleen beheerders.", "Only admins may do this."})
}

func noAccount() error {
	return Errorf(NotFound, Text{"Dit account bestaat niet, of u mag het niet zien.", "This account does not exist, or you may not see it."})
}

func addressTaken() error {
	err := Errorf(Invalid, Text{"Er is al een account met dit e-mailadres.", "There is an account with this e-mail address already."})
	err.Problems = []Problem{{Field: "email", Text: Text{"is al in gebruik", "is in use already"}}}
	return err
}
