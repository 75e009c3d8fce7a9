package kb

import (
	"context"
	"time"
)

// Remind tells owners and editors of the materials whose review-by date was
// reached, once for each date. It writes nothing to the materials themselves.
func (t *Teller) Remind(ctx context.Context) error {
	today, _ := dayOf(t.Now(), t.zone).Time()
	req := SearchRequest{Kinds: MaterialKinds(), Filter: Filter{DueBefore: today.Add(24 * time.Hour)}, Sort: SortOldest, First: MaxPage}
	editors, err := t.editors(ctx)
	if err != nil {
		return err
	}
	return eachPage(ctx, t.Search, req, func(hits []Hit) error {
		for _, hit := range hits {
			if err := t.remindOf(ctx, hit.Entity.Base().ID, today, editors); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *Teller) remindOf(ctx context.Context, id ID, today time.Time, editors []ID) error {
	live, copied, err := t.current(ctx, id)
	if err != nil {
		return err
	}
	m, ok := live.(Material)
	if !ok || m.Base().Status != StatusPublished {
		return nil // changed since the index heard of it
	}
	day, ok := m.Shared().ReviewBy.Time()
	if !ok || day.After(today) {
		return nil
	}
	a := happening{event: Event{Type: EventReviewDue}, halves: []Entity{live, copied}}.audience()
	listening, err := t.accounts(ctx, a.with(editors, ""))
	if err != nil {
		return err
	}
	missing, err := t.unreminded(ctx, t.reminders(m, listening))
	if err != nil {
		return err
	}
	return t.write(ctx, missing)
}

func (t *Teller) reminders(m Material, listening []*Account) []*Notification {
	var out []*Notification
	for _, account := range listening {
		title, ok := titleFor(account.Actor(), m, nil)
		if !ok {
			continue
		}
		n := &Notification{
			Head:    internalHead(DeriveID("review due "+string(m.Base().ID)+" "+string(m.Shared().ReviewBy), string(account.ID)), t.Now()),
			Account: account.ID, Event: EventReviewDue, Record: m.Base().ID, Title: title,
		}
		n.CreatedBy = account.ID
		// Many may be reached on one day: they go out together.
		if t.Mails && account.Mails != MailNone {
			n.Mails = MailDaily
		}
		out = append(out, n)
	}
	return out
}

// unreminded leaves out the notifications that are there already, and surely went
// into the mail of their day.
func (t *Teller) unreminded(ctx context.Context, all []*Notification) ([]*Notification, error) {
	ids := make([]ID, len(all))
	for i, n := range all {
		ids[i] = n.ID
	}
	found, err := t.Store.Get(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []*Notification
	for _, n := range all {
		if r, there := found[n.ID]; !there || n.CreatedAt.Sub(r.At) < 24*time.Hour && !r.Deleted {
			out = append(out, n)
		}
	}
	return out, nil
}
