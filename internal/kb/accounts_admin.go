package kb

import (
	"context"
	"slices"
	"strings"
)

// AccountChanges are what changes about an account; nil leaves a field as it is.
type AccountChanges struct {
	Name, Email, Language *string
	Mails                 *MailMode
}

// isIn reports whether an account says all of it already.
func (c AccountChanges) isIn(x *Account) bool {
	same := func(to *string, is string) bool { return to == nil || strings.TrimSpace(*to) == is }
	return same(c.Name, x.Name) && same(c.Email, x.Email) && same(c.Language, x.Language) && (c.Mails == nil || *c.Mails == x.Mails)
}

// Update changes an account, by its owner or an admin. Only an admin changes the
// address, since nobody has shown yet that a new one is theirs; links that were sent
// to the old one stop working.
func (a *Accounts) Update(ctx context.Context, actor Actor, id ID, version int, c AccountChanges) (*Account, Seq, error) {
	if id != actor.Account || c.Email != nil {
		if err := mayAdminister(actor); err != nil {
			return nil, 0, err
		}
	} else if err := mustSignIn(actor, ScopeWrite); err != nil {
		return nil, 0, err
	}
	ev := Event{Type: EventProfileChanged, About: id}
	set := func(field string, to *string, value *string) {
		if value != nil {
			*to = strings.TrimSpace(*value)
			ev.Fields = append(ev.Fields, field)
		}
	}
	var plan Account // to name the fields in the event before they are set
	set("email", &plan.Email, c.Email)
	set("language", &plan.Language, c.Language)
	if c.Mails != nil {
		ev.Fields = append(ev.Fields, "mails")
	}
	set("name", &plan.Name, c.Name)
	found, err := a.byID(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	if now := found[id]; now != nil && (version == 0 || version == now.Version) && c.isIn(now) {
		return now.shown(), 0, nil
	}
	x, seq, err := a.change(ctx, actor, id, version, ev, func(x *Account) error {
		if c.Email != nil {
			x.Email = plan.Email
		}
		if c.Language != nil {
			x.Language = plan.Language
		}
		if c.Name != nil {
			x.Name = plan.Name
		}
		if c.Mails != nil {
			x.Mails = *c.Mails
		}
		return nil
	})
	if err == nil && c.Email != nil {
		err = a.endTickets(ctx, id)
	}
	return x, seq, err
}

// endTickets ends all links of an account.
func (a *Accounts) endTickets(ctx context.Context, account ID) error {
	ids := []ID{ticketID(account, TicketInvitation), ticketID(account, TicketConfirm), ticketID(account, TicketReset)}
	found, err := a.Store.Get(ctx, ids)
	if err != nil {
		return err
	}
	for _, r := range found {
		e, err := decodeLive(r)
		if err != nil {
			return err
		}
		if e == nil {
			continue
		}
		if _, err := a.remove(ctx, Actor{}, e, Event{Type: EventInternal, About: account}); err != nil && CodeOf(err) != Conflict {
			return err
		}
	}
	return nil
}

// SetRole gives an account a role, by an admin. Forbidden for the last admin.
func (a *Accounts) SetRole(ctx context.Context, actor Actor, id ID, version int, role Role) (*Account, Seq, error) {
	if err := mayAdminister(actor); err != nil {
		return nil, 0, err
	}
	ev := Event{Type: EventRoleChanged, About: id, Fields: []string{"role"}, Note: string(role)}
	return a.changeAdmin(ctx, actor, id, version, ev, func(x *Account) error {
		if x.App && role == RoleAdmin {
			return errorOf([]Problem{{Field: "role", Text: Text{"een programma kan geen beheerder zijn", "a program cannot be an admin"}}})
		}
		x.Role = role
		return nil
	})
}

// SetTeams says in which teams an account is, by an admin.
func (a *Accounts) SetTeams(ctx context.Context, actor Actor, id ID, version int, teams []Membership) (*Account, Seq, error) {
	if err := mayAdminister(actor); err != nil {
		return nil, 0, err
	}
	if err := a.checkTeams(ctx, teams); err != nil {
		return nil, 0, err
	}
	ev := Event{Type: EventTeamsChanged, About: id, Fields: []string{"teams"}}
	return a.change(ctx, actor, id, version, ev, func(x *Account) error {
		x.Teams = slices.Clone(teams)
		return nil
	})
}

// Disable ends what an account may do, its sessions and tokens included, by an
// admin. Forbidden for the last admin.
func (a *Accounts) Disable(ctx context.Context, actor Actor, id ID, version int) (*Account, Seq, error) {
	return a.setDisabled(ctx, actor, id, version, true)
}

// Enable lets an account sign in again, by an admin. Its tokens work again, its
// sessions do not.
func (a *Accounts) Enable(ctx context.Context, actor Actor, id ID, version int) (*Account, Seq, error) {
	return a.setDisabled(ctx, actor, id, version, false)
}

func (a *Accounts) setDisabled(ctx context.Context, actor Actor, id ID, version int, disabled bool) (*Account, Seq, error) {
	if err := mayAdminister(actor); err != nil {
		return nil, 0, err
	}
	ev := Event{Type: EventEnabled, About: id, Fields: []string{"disabled"}}
	if disabled {
		ev.Type = EventDisabled
	}
	return a.changeAdmin(ctx, actor, id, version, ev, func(x *Account) error {
		if x.Left {
			return noAccount()
		}
		if disabled {
			x.Epoch++
		}
		x.Disabled = disabled
		return nil
	})
}
