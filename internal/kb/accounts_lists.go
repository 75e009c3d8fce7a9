package kb

import "context"

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
