package kb

import (
	"context"
	"slices"
	"strings"
)

// Profile is what a person says of themselves. Nil leaves a field as it is; a
// contact without a value is taken away.
type Profile struct {
	Name, Function, Bio *string
	Organisation        *ID
	Expertise, Regions  *[]string
	Email, Phone        *Contact
	Consent             *bool
}

// SaveProfile changes the profile of who asks, and makes it the first time. That of
// a member is published at once: nobody reviews what a person says of themselves,
// and nobody reads it before they agreed to be listed. That of who is less than a
// member, because they opened the account themselves, stays a draft. Forbidden when
// someone else deleted the profile. version is that of the profile that was
// read, 0 for a new one or for whatever there is.
func (a *Accounts) SaveProfile(ctx context.Context, actor Actor, version int, p Profile) (*Person, Seq, error) {
	ev := Event{Type: EventProfileChanged, Fields: p.fields()}
	return a.changeProfile(ctx, actor, version, ev, func(x *Person) { p.apply(x) })
}

// GiveConsent lists the profile of who asks. NotFound when there is none.
func (a *Accounts) GiveConsent(ctx context.Context, actor Actor) (*Person, Seq, error) {
	return a.setConsent(ctx, actor, true, EventConsentGiven)
}

// WithdrawConsent takes the profile of who asks out of the index, the lists and what
// is kept in memory; it and admins still read it. NotFound when there is none.
func (a *Accounts) WithdrawConsent(ctx context.Context, actor Actor) (*Person, Seq, error) {
	return a.setConsent(ctx, actor, false, EventConsentWithdrawn)
}

func (a *Accounts) setConsent(ctx context.Context, actor Actor, consent bool, event EventType) (*Person, Seq, error) {
	if err := mustSignIn(actor, ScopeWrite); err != nil {
		return nil, 0, err
	}
	x, err := a.Get(ctx, Actor{Account: actor.Account, Role: actor.Role}, actor.Account)
	if err != nil {
		return nil, 0, err
	}
	if x.Person == "" {
		return nil, 0, Errorf(NotFound, Text{"U heeft nog geen profiel.", "You have no profile yet."})
	}
	return a.changeProfile(ctx, actor, 0, Event{Type: event, Fields: []string{"consent"}}, func(p *Person) { p.Consent = consent })
}

// profile gives the profile of an account, nil when there is none, with the record
// that it is in, or was.
func (a *Accounts) profile(ctx context.Context, x *Account) (*Person, Record, error) {
	id := x.Person
	if id == "" {
		id = profileID(x.ID) // it may have been made just now
	}
	found, err := a.Store.Get(ctx, []ID{id})
	if err != nil {
		return nil, Record{}, err
	}
	r := found[id]
	e, err := decodeLive(r)
	if err != nil {
		return nil, Record{}, err
	}
	p, ok := e.(*Person)
	if !ok || p.Account != x.ID { // it was deleted, or given to someone else
		return nil, r, nil
	}
	return p, r, nil
}

// changeProfile changes the profile of who asks, in the working copy of an editor
// too: what they approve later must not bring back what was taken away.
func (a *Accounts) changeProfile(ctx context.Context, actor Actor, version int, ev Event, apply func(*Person)) (*Person, Seq, error) {
	if err := mustSignIn(actor, ScopeWrite); err != nil {
		return nil, 0, err
	}
	for try := 1; ; try++ {
		x, err := a.ownAccount(ctx, actor)
		if err != nil {
			return nil, 0, err
		}
		p, r, err := a.profile(ctx, x)
		if err != nil {
			return nil, 0, err
		}
		if version != 0 && (p == nil || p.Version != version) {
			return nil, 0, Errorf(Conflict, Text{
				"Uw profiel is intussen gewijzigd. Kijk wat er nu staat en probeer het opnieuw.", "Your profile has been changed meanwhile. Look at what it says now and try again.",
			})
		}
		if p == nil {
			if r.Deleted && r.By != x.ID {
				return nil, 0, Errorf(Forbidden, Text{"Uw profiel is verwijderd door de beheerder. Vraag daar wat u kunt doen.", "Your profile was deleted by an admin. Ask them what you can do."})
			}
			p, r = a.newProfile(x, r), Record{}
			ev.Type = EventCreated
		}
		seq, err := a.writeProfile(ctx, actor, p, r, ev, apply)
		if err == nil && x.Person != p.ID {
			err = a.linkProfile(ctx, actor, x, p)
		}
		if CodeOf(err) != Conflict || version != 0 || try == changeTries {
			return p, seq, err
		}
	}
}

func (a *Accounts) ownAccount(ctx context.Context, actor Actor) (*Account, error) {
	found, err := a.byID(ctx, actor.Account)
	if err == nil && found[actor.Account] == nil {
		err = noAccount()
	}
	return found[actor.Account], err
}

// profileID is the id of the first profile of an account, so that two first savings
// at once make one.
func profileID(account ID) ID { return DeriveID("profile", string(account)) }

// newProfile is the profile of an account that has none (any more); was is the record
// of the one before.
func (a *Accounts) newProfile(x *Account, was Record) *Person {
	id := profileID(x.ID)
	if x.Person != "" || was.Version > 0 {
		id = a.NewID()
	}
	head := a.newHead(id, x.ID)
	head.Slug, head.Visibility = suffixed(Slugify(x.Name, MaxSlug), id), VisibilityPublic
	head.Status = StatusDraft
	return &Person{Head: head, Name: x.Name, Account: x.ID}
}

// writeProfile applies a change to both halves of a record and writes it.
func (a *Accounts) writeProfile(ctx context.Context, actor Actor, p *Person, r Record, ev Event, apply func(*Person)) (Seq, error) {
	_, copied, err := DecodeRecord(r)
	if err != nil {
		return 0, err
	}
	before := *p
	apply(p)
	p.UpdatedAt, p.UpdatedBy = a.time(), actor.Account
	p.settle(actor)
	if c, ok := copied.(*Person); ok {
		apply(c)
	}
	if err := Validate(p); err != nil {
		return 0, err
	}
	unknown, err := (&Desk{store: a.Store}).checkReferences(ctx, actor, newReferences(&before, p))
	if err == nil {
		err = invalid(unknown)
	}
	if err != nil {
		return 0, err
	}
	next, err := NewRecord(p, copied)
	if err != nil {
		return 0, err
	}
	seq, err := a.put(ctx, actor, next, ev)
	if err == nil {
		p.Version = next.Version
	}
	return seq, err
}

// settle publishes the profile of a member, and makes a draft of that of who is less,
// unless an editor withdrew it.
func (p *Person) settle(actor Actor) {
	switch {
	case p.Status == StatusWithdrawn:
	case !actor.Role.AtLeast(RoleMember):
		p.Status = StatusDraft
	default:
		p.Status = StatusPublished
		if p.PublishedAt == nil {
			p.PublishedAt, p.PublishedBy = &p.UpdatedAt, actor.Account
		}
	}
}

func (a *Accounts) linkProfile(ctx context.Context, actor Actor, x *Account, p *Person) error {
	_, _, err := a.change(ctx, actor, x.ID, 0, Event{Type: EventInternal, About: p.ID}, func(x *Account) error {
		x.Person = p.ID
		return nil
	})
	return err
}

func (p Profile) apply(x *Person) {
	for _, f := range []struct {
		to    *string
		value *string
	}{{&x.Name, p.Name}, {&x.Function, p.Function}, {&x.Bio, p.Bio}} {
		if f.value != nil {
			*f.to = strings.TrimSpace(*f.value)
		}
	}
	if p.Organisation != nil {
		x.Organisation = *p.Organisation
	}
	if p.Expertise != nil {
		x.Expertise = slices.Clone(*p.Expertise)
	}
	if p.Regions != nil {
		x.Regions = slices.Clone(*p.Regions)
	}
	x.Email, x.Phone = p.Email.over(x.Email), p.Phone.over(x.Phone)
	if p.Consent != nil {
		x.Consent = *p.Consent
	}
}

// over gives the contact that takes the place of another one.
func (c *Contact) over(old *Contact) *Contact {
	switch {
	case c == nil:
		return old
	case strings.TrimSpace(c.Value) == "":
		return nil
	}
	return &Contact{Value: strings.TrimSpace(c.Value), Visibility: c.Visibility}
}

// fields are the JSON names of what changes.
func (p Profile) fields() []string {
	var out []string
	for _, f := range []struct {
		set  bool
		name string
	}{
		{p.Bio != nil, "bio"},
		{p.Consent != nil, "consent"},
		{p.Email != nil, "email"},
		{p.Expertise != nil, "expertise"},
		{p.Function != nil, "function"},
		{p.Name != nil, "name"},
		{p.Organisation != nil, "organisation"},
		{p.Phone != nil, "phone"},
		{p.Regions != nil, "regions"},
	} {
		if f.set {
			out = append(out, f.name)
		}
	}
	return out
}

// DeleteAccount ends the account of who asks: the profile is deleted, name, address,
// teams and sign-ins of organisations go, sessions, tokens and links end. What they
// wrote stays, made by "Oud-deelnemer". Earlier versions stay in the log.
//
// The password is asked for, unless the account has none. Forbidden for the last admin.
func (a *Accounts) DeleteAccount(ctx context.Context, actor Actor, password string, from Client) (Seq, error) {
	if err := mustSignIn(actor, ScopeAdmin); err != nil {
		return 0, err
	}
	x, err := a.ownAccount(ctx, actor)
	if err != nil {
		return 0, err
	}
	if x.Password != "" {
		if _, err := a.confirmSelf(ctx, actor, password, from); err != nil {
			return 0, err
		}
	}
	// The profile goes first: once the account has, nobody could ask for it any more.
	if err := a.refuseLast(ctx, x); err != nil {
		return 0, err
	}
	if err := a.deleteProfile(ctx, actor, x); err != nil {
		return 0, err
	}
	_, seq, err := a.changeAdmin(ctx, actor, x.ID, 0, Event{Type: EventDeleted, About: x.ID}, func(x *Account) error {
		*x = Account{
			Head: x.Head, Name: "Oud-deelnemer", Role: RoleVisitor, Epoch: x.Epoch + 1,
			Disabled: true, Left: true, Language: x.Language, Mails: MailNone,
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return seq, a.endTickets(ctx, x.ID)
}

// deleteProfile deletes the profile of an account.
func (a *Accounts) deleteProfile(ctx context.Context, actor Actor, x *Account) error {
	for try := 1; ; try++ {
		p, _, err := a.profile(ctx, x)
		if err != nil || p == nil {
			return err
		}
		if _, err = a.remove(ctx, actor, p, Event{Type: EventDeleted, About: x.ID}); CodeOf(err) != Conflict || try == changeTries {
			return err
		}
	}
}
