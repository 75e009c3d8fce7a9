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
	found, err := a.Store.Get(ctx, []ID{id})
	if err != nil {
		return nil, err
	}
	e, err := decodeLive(found[id])
	if err != nil {
		return nil, err
	}
	if l, ok := e.(*Admins); ok {
		return l, nil
	}
	return &Admins{Head: a.newHead(id, "")}, nil
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

// dropAdmin takes an account out. Forbidden when no other would be left.
func (a *Accounts) dropAdmin(ctx context.Context, id ID) error {
	return a.changeAdmins(ctx, func(l *Admins) error {
		l.Accounts = slices.DeleteFunc(l.Accounts, func(other ID) bool { return other == id })
		if len(l.Accounts) == 0 {
			return Errorf(Forbidden, Text{
				"Dit is de enige beheerder. Maak eerst iemand anders beheerder.", "This is the only admin. Make someone else an admin first.",
			})
		}
		return nil
	})
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

// changeAdmin changes an account in a way that may make it an admin, or end that.
// apply is called on what is stored, after the version was compared.
func (a *Accounts) changeAdmin(ctx context.Context, actor Actor, id ID, version int, ev Event, apply func(*Account) error) (*Account, Seq, error) {
	found, err := a.byID(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	if found[id] == nil {
		return nil, 0, noAccount()
	}
	before := found[id]
	if version != 0 && version != before.Version {
		return nil, 0, a.changedMeanwhile(ctx, before)
	}
	planned := before.clone()
	if err := apply(planned); err != nil {
		return nil, 0, err
	}
	ends := before.administers() && !planned.administers()
	if ends {
		if err := a.dropAdmin(ctx, id); err != nil {
			return nil, 0, err
		}
	}
	// What was planned is what is written, or nothing: the list fits no other version.
	x, seq, err := a.change(ctx, actor, id, before.Version, ev, apply)
	if ends && err != nil || err == nil && !before.administers() && x.administers() {
		if added := a.addAdmin(ctx, id); err == nil {
			err = added
		}
	}
	return x, seq, err
}

// administers reports whether an account is an enabled one of an admin. One that
// has not answered yet cannot do anything.
func (a *Account) administers() bool {
	return a.Role == RoleAdmin && !a.Disabled && !a.App && a.ConfirmedAt != nil
}
