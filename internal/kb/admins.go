package kb

import (
	"context"
	"slices"
)

// Admins is the one record that lists the accounts of admins, so that the last one
// cannot go, whoever lowers whom at the same time. Who is in the list is an enabled
// account of an admin: one is put in after it became that, and taken out before it
// ends to be. A crash in between leaves one out, which errs on the safe side.
type Admins struct {
	Head
	Accounts []ID `json:"accounts"`
}

// Kind is KindAdmins.
func (*Admins) Kind() Kind { return KindAdmins }

// Label is empty: there is one.
func (*Admins) Label() string { return "" }

func (*Admins) access() []string { return nil }

func (l *Admins) check(c *checker) { c.ids("accounts", l.Accounts) }

// admins reads the list, empty at first.
func (a *Accounts) admins(ctx context.Context) (*Admins, error) {
	id := DeriveID("admins", "")
	l, ok, err := liveOf[*Admins](ctx, a.Store, id)
	if err == nil && !ok {
		l = &Admins{Head: a.newHead(id, "")}
	}
	return l, err
}

// addAdmin puts an account in the list.
func (a *Accounts) addAdmin(ctx context.Context, id ID) error {
	return a.changeAdmins(ctx, func(l *Admins) error {
		if !slices.Contains(l.Accounts, id) {
			l.Accounts = append(l.Accounts, id)
		}
		return nil
	})
}

// dropAdmin takes an account out. Forbidden when no other would be left, but for the
// operator: the next start of the server gives a link that makes another one.
func (a *Accounts) dropAdmin(ctx context.Context, actor Actor, id ID) error {
	return a.changeAdmins(ctx, func(l *Admins) error {
		l.Accounts = slices.DeleteFunc(l.Accounts, func(other ID) bool { return other == id })
		if len(l.Accounts) == 0 && actor.Role != RoleSystem {
			return onlyAdmin()
		}
		return nil
	})
}

func onlyAdmin() error {
	return Errorf(Forbidden, Text{
		"Dit is de enige beheerder. Maak eerst iemand anders beheerder.", "This is the only admin. Make someone else an admin first.",
	})
}

// refuseLast refuses the last admin before anything is done.
func (a *Accounts) refuseLast(ctx context.Context, x *Account) error {
	if !x.administers() {
		return nil
	}
	l, err := a.admins(ctx)
	if err == nil && len(l.Accounts) == 1 && l.Accounts[0] == x.ID {
		err = onlyAdmin()
	}
	return err
}

func (a *Accounts) changeAdmins(ctx context.Context, apply func(*Admins) error) error {
	for try := 1; ; try++ {
		l, err := a.admins(ctx)
		if err != nil {
			return err
		}
		if err := apply(l); err != nil {
			return err
		}
		_, err = a.write(ctx, Actor{}, l, Event{Type: EventInternal})
		if CodeOf(err) != Conflict || try == changeTries {
			return err
		}
	}
}

// changeAdmin is change for what may make an account an admin, or end that.
func (a *Accounts) changeAdmin(ctx context.Context, actor Actor, id ID, version int, ev Event, apply func(*Account) error) (*Account, Seq, error) {
	for try := 1; ; try++ {
		found, err := a.byID(ctx, id)
		if err != nil {
			return nil, 0, err
		}
		before := found[id]
		if before == nil {
			return nil, 0, noAccount()
		}
		if version != 0 && version != before.Version {
			return nil, 0, a.changedMeanwhile(ctx, before)
		}
		x, seq, err := a.changeListed(ctx, actor, before, ev, apply)
		if CodeOf(err) != Conflict || version != 0 || try == changeTries {
			return x, seq, err
		}
	}
}

// changeListed changes one version of an account, and the list of admins with it.
func (a *Accounts) changeListed(ctx context.Context, actor Actor, before *Account, ev Event, apply func(*Account) error) (*Account, Seq, error) {
	planned := before.clone()
	if err := apply(planned); err != nil {
		return nil, 0, err
	}
	was, will := before.administers(), planned.administers()
	if was && !will {
		if err := a.dropAdmin(ctx, actor, before.ID); err != nil {
			return nil, 0, err
		}
	}
	x, seq, err := a.change(ctx, actor, before.ID, before.Version, ev, apply)
	if err != nil && was && !will || err == nil && will && !was {
		if listed := a.addAdmin(ctx, before.ID); err == nil {
			err = listed
		}
	}
	return x, seq, err
}

// administers reports whether an account is an enabled one of an admin. One that
// has not answered yet cannot do anything.
func (a *Account) administers() bool {
	return a.Role == RoleAdmin && !a.Disabled && !a.App && a.ConfirmedAt != nil
}
