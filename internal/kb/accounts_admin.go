package kb

import (
	"context"
	"slices"
	"strings"
)

// List gives one page of all accounts by name, to admins. first and after are as in
// SearchRequest; what was written elsewhere comes in as the index follows.
func (a *Accounts) List(ctx context.Context, actor Actor, first int, after string) (*SearchResult, error) {
	if err := mayAdminister(actor); err != nil {
		return nil, err
	}
	return a.find(ctx, actor, SearchRequest{Kinds: []Kind{KindAccount}, Sort: SortTitle, First: first, After: after})
}

// find searches after what the actor wrote is in the index. The rights were looked
// at before: it finds as the program.
func (a *Accounts) find(ctx context.Context, actor Actor, req SearchRequest) (*SearchResult, error) {
	if err := atMost(req.First, MaxPage); err != nil {
		return nil, err
	}
	if err := a.Own.Wait(ctx, actor); err != nil {
		return nil, err
	}
	return a.Search.Search(ctx, System(), req)
}

// all gives everything that a request finds, at most some number.
func (a *Accounts) all(ctx context.Context, actor Actor, req SearchRequest, most int) ([]Entity, error) {
	var out []Entity
	for req.First = MaxPage; len(out) < most; {
		page, err := a.find(ctx, actor, req)
		if err != nil {
			return nil, err
		}
		for _, h := range page.Hits {
			out = append(out, h.Entity)
		}
		if !page.HasNextPage || len(page.Hits) == 0 {
			break
		}
		req.After = page.Hits[len(page.Hits)-1].Cursor
	}
	return out[:min(len(out), most)], nil
}

// Reviewers gives the accounts that may review, by name, to those who may.
func (a *Accounts) Reviewers(ctx context.Context, actor Actor) ([]*Account, error) {
	if err := needSignIn(actor); err != nil {
		return nil, err
	}
	if err := mayEdit(actor); err != nil {
		return nil, err
	}
	found, err := a.all(ctx, actor, SearchRequest{Kinds: []Kind{KindAccount}, Sort: SortTitle}, maxAccounts)
	if err != nil {
		return nil, err
	}
	return a.current(ctx, found, func(x *Account) bool { return x.Role.AtLeast(RoleEditor) && x.canSignIn() })
}

// maxAccounts bounds lists of accounts that are not given in pages.
const maxAccounts = 20_000

// current gives accounts of the index as they are now, those that still fit.
func (a *Accounts) current(ctx context.Context, found []Entity, fits func(*Account) bool) ([]*Account, error) {
	ids := make([]ID, len(found))
	for i, e := range found {
		ids[i] = e.Base().ID
	}
	now, err := a.byID(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var out []*Account
	for _, id := range ids {
		if x := now[id]; x != nil && fits(x) {
			out = append(out, x.shown())
		}
	}
	return out, nil
}

// AccountChanges are what changes about an account; nil leaves a field as it is.
type AccountChanges struct {
	Name, Email, Language *string
	Mails                 *MailMode
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

// Everyone gives all accounts as the store has them now, for the operator: it reads
// the whole store and needs no index.
func (a *Accounts) Everyone(ctx context.Context, actor Actor) ([]*Account, error) {
	all, err := everyOne[*Account](ctx, a, actor, KindAccount)
	for i, x := range all {
		all[i] = x.shown()
	}
	return all, err
}

// EveryToken gives all tokens as Everyone gives all accounts.
func (a *Accounts) EveryToken(ctx context.Context, actor Actor) ([]*Token, error) {
	all, err := everyOne[*Token](ctx, a, actor, KindToken)
	for i, t := range all {
		all[i] = t.shown()
	}
	return all, err
}

func everyOne[T Entity](ctx context.Context, a *Accounts, actor Actor, k Kind) ([]T, error) {
	if actor.Role != RoleSystem {
		return nil, onServer()
	}
	var out []T
	err := Walk(ctx, a.Store.Changes, func(records []Record) error {
		for _, r := range records {
			if r.Kind != k {
				continue
			}
			e, err := decodeLive(r)
			if err != nil {
				return err
			}
			if x, ok := e.(T); ok {
				out = append(out, x)
			}
		}
		return nil
	})
	return out, err
}

func onServer() error {
	return Errorf(Forbidden, Text{"Dit kan alleen op de server zelf.", "This can only be done on the server itself."})
}
