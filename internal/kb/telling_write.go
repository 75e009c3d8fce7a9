package kb

import (
	"context"
	"slices"
	"time"
)

// write stores notifications, those of them that are not there yet, and then the
// mails with them. A notification that is there keeps what was decided when it was
// made, so that a mail is never made twice in two forms.
func (t *Teller) write(ctx context.Context, told []*Notification) error {
	for some := range slices.Chunk(told, MaxPage) {
		if err := t.writeSome(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

func (t *Teller) writeSome(ctx context.Context, told []*Notification) error {
	var writes []Record
	for _, n := range told {
		r, err := internalRecord(n)
		if err != nil {
			return err
		}
		writes = append(writes, r)
	}
	results, err := t.Store.Put(ctx, writes)
	if err != nil {
		return err
	}
	for i, result := range results {
		if result.Err == nil {
			continue
		}
		if CodeOf(result.Err) != Conflict {
			return result.Err
		}
		if told[i], err = t.stored(ctx, told[i].ID); err != nil {
			return err
		}
	}
	return t.mail(ctx, told)
}

func (t *Teller) stored(ctx context.Context, id ID) (*Notification, error) {
	live, _, err := t.current(ctx, id)
	n, _ := live.(*Notification)
	return n, err
}

// mail puts notifications in the mails by which they go out: one of its own, or
// that of the day. Those that were taken away since are nil.
func (t *Teller) mail(ctx context.Context, told []*Notification) error {
	var writes []Record
	daily := map[ID][]*Notification{}
	for _, n := range told {
		switch {
		case n == nil || n.Mails == "":
		case n.Mails == MailDaily:
			daily[n.Account] = append(daily[n.Account], n)
		default:
			r, err := internalRecord(newMail(DeriveID("mail", string(n.ID)), MailNotification, n, t.Now()))
			if err != nil {
				return err
			}
			writes = append(writes, r)
		}
	}
	if _, err := putAll(ctx, t.Store, writes); err != nil {
		return err
	}
	for _, list := range daily {
		if err := t.collect(ctx, list); err != nil {
			return err
		}
	}
	return nil
}

func newMail(id ID, kind MailType, n *Notification, at time.Time) *Mail {
	m := &Mail{Head: internalHead(id, n.CreatedAt), Account: n.Account, Type: kind, State: MailWaiting, NextTry: at.UTC().Truncate(time.Millisecond)}
	m.Notifications = []ID{n.ID}
	return m
}

// Limits of the mail of a day.
const (
	digestHour = 7   // in Dutch time
	digestMost = 100 // notifications; more are in the product only
)

// collect adds notifications of one account to the mail of the day in which they
// were made or, when that has gone, to that of a later day.
func (t *Teller) collect(ctx context.Context, list []*Notification) error {
	for _, n := range list {
		for at := t.digestAt(n.CreatedAt); ; {
			done, err := t.collectIn(ctx, n, at)
			if err != nil {
				return err
			}
			if done {
				break
			}
			at = t.digestAt(at)
		}
	}
	return nil
}

// digestAt gives the first moment after another at which the mails of a day go out.
func (t *Teller) digestAt(after time.Time) time.Time {
	local := after.In(t.zone)
	at := time.Date(local.Year(), local.Month(), local.Day(), digestHour, 0, 0, 0, t.zone)
	if !at.After(after) {
		at = time.Date(local.Year(), local.Month(), local.Day()+1, digestHour, 0, 0, 0, t.zone)
	}
	return at
}

// collectIn adds a notification to the mail that goes out at a moment; done is
// false when that mail has gone without it.
func (t *Teller) collectIn(ctx context.Context, n *Notification, at time.Time) (done bool, err error) {
	id := DeriveID("digest "+string(n.Account), string(dayOf(at, t.zone)))
	for {
		found, err := t.Store.Get(ctx, []ID{id})
		if err != nil {
			return false, err
		}
		e, err := decodeLive(found[id])
		if err != nil {
			return false, err
		}
		m, _ := e.(*Mail)
		switch {
		case m == nil && found[id].Deleted:
			return false, nil
		case m == nil:
			m = newMail(id, MailDigest, n, at)
		case slices.Contains(m.Notifications, n.ID):
			return true, nil
		case m.State != MailWaiting:
			return false, nil
		case len(m.Notifications) >= digestMost:
			return true, nil
		default:
			m.Notifications = append(m.Notifications, n.ID)
		}
		r, err := internalRecord(m)
		if err != nil {
			return false, err
		}
		results, err := t.Store.Put(ctx, []Record{r})
		if err != nil {
			return false, err
		}
		if CodeOf(results[0].Err) != Conflict {
			return results[0].Err == nil, results[0].Err
		}
	}
}
