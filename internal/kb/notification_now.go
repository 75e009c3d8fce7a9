package kb

import "context"

// retold gives notifications as the actor may read them now: rights may be lost
// since. Who works on the record reads what was told, others its name if they may
// know of it at all. What is told of their own account stays.
func retold(ctx context.Context, store Store, actor Actor, list []*Notification) ([]*Notification, error) {
	ids := make([]ID, len(list))
	for i, n := range list {
		ids[i] = n.Record
	}
	found, err := store.Get(ctx, validIDs(ids))
	if err != nil {
		return nil, err
	}
	out := make([]*Notification, len(list))
	for i, n := range list {
		if out[i], err = n.now(actor, found[n.Record]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// now gives a notification as the actor may read it now; r is the record that it is of.
func (n *Notification) now(actor Actor, r Record) (*Notification, error) {
	if n.Record == actor.Account {
		return n, nil
	}
	live, copied, err := DecodeRecord(r)
	if err != nil {
		return nil, err
	}
	title, ok := titleFor(actor, live, copied)
	if ok && actor.holds(workers(live)) {
		return n, nil
	}
	again := *n
	again.Title, again.Note = cutText(title, MaxLine), ""
	return &again, nil
}
