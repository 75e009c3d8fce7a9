package kb

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// TellerConfig is what a Teller works with; all are required.
type TellerConfig struct {
	Store  Store
	Search Searcher
	// Follow returns nil once the index has followed the store up to a write.
	Follow func(context.Context, Seq) error
	Now    func() time.Time
	// Mails says that notifications also go out by mail.
	Mails bool
}

// Teller follows the log of a store and tells people what happened.
//
// The invariant that a newcomer must know: the id of a notification, and that of
// the mail with it, is derived from the event and the account. So whatever is done
// again, after a crash or by another process, finds that it is there already.
type Teller struct {
	TellerConfig
	zone *time.Location

	progress *Progress // nil before the first step
	at       Seq       // how far this process came; the progress may lag behind by what is no event
}

// NewTeller makes a teller. One goroutine may take its steps, and another remind.
func NewTeller(c TellerConfig) *Teller { return &Teller{TellerConfig: c, zone: DutchTime()} }

const (
	tellStep = 500 // writes of one step
	tellLag  = 500 // writes that are no events before the progress is written all the same
)

// Position is how far the teller has followed.
func (t *Teller) Position() Seq { return t.at }

// Step tells people of at most some hundreds of writes after where it came, and
// gives the mails among them that are to be sent. more is false when it reached
// the end. A teller that nobody has run on the store yet begins at its end: a
// collection that was brought in is no news.
func (t *Teller) Step(ctx context.Context) (mails []ID, more bool, err error) {
	if t.progress == nil {
		begin := func() (Seq, error) { return t.Store.Last(ctx) }
		if t.progress, err = readProgress(ctx, t.Store, "notifications", begin); err != nil {
			return nil, false, err
		}
		t.at = t.progress.Position
	}
	step, err := t.Store.Log(ctx, t.at, tellStep)
	if err != nil || step.Position == t.at {
		return nil, false, err
	}
	told, err := t.tellAll(ctx, step)
	if err != nil {
		return nil, false, err
	}
	if mails, err = t.mailsNow(step.Records); err != nil {
		return nil, false, err
	}
	// The write of the progress is in the log as well: it must not cause the next one.
	if told || step.Position > t.progress.Position+tellLag {
		if err := t.progress.advance(ctx, t.Store, step.Position); err != nil {
			return nil, false, err
		}
	}
	t.at = step.Position
	return mails, true, nil
}

// mailsNow gives the mails among some records that wait and whose time has come.
func (t *Teller) mailsNow(records []Record) ([]ID, error) {
	var out []ID
	for _, r := range records {
		if r.Kind != KindMail || r.Deleted {
			continue
		}
		e, err := decodeLive(r)
		if err != nil {
			return nil, err
		}
		if m, ok := e.(*Mail); ok && m.State == MailWaiting && !m.NextTry.After(t.Now()) {
			out = append(out, m.ID)
		}
	}
	return out, nil
}

// tellAll tells of each event of a step; told is false when there was none.
func (t *Teller) tellAll(ctx context.Context, step Changes) (told bool, err error) {
	for _, r := range step.Records {
		if listeners(r.Event.Type) == nil && r.Event.Type != EventFileUnread || r.Kind == KindMail || r.Event.Type == EventReviewDue {
			continue
		}
		// Editors and comments are looked up in the index.
		if !told {
			if err := t.Follow(ctx, step.Position); err != nil {
				return false, err
			}
		}
		told = true
		if err := t.tell(ctx, r); err != nil {
			return true, err
		}
	}
	return told, nil
}

// tell makes the notifications of one event.
func (t *Teller) tell(ctx context.Context, r Record) error {
	if r.Event.Type == EventFileUnread {
		return t.tellUnread(ctx, r)
	}
	about := r.ID
	comment, err := commentOf(r)
	if err != nil {
		return err
	}
	if comment != nil {
		about = comment.Record
	}
	live, copied, err := t.current(ctx, about)
	if err != nil || live == nil {
		return err // deleted since: there is nothing to tell of
	}
	h := happening{event: r.Event, by: r.By, halves: []Entity{live, copied}}
	if comment != nil {
		h.comments, err = t.earlier(ctx, comment)
	} else {
		h.halves, err = t.halves(ctx, r)
	}
	if err != nil {
		return err
	}
	listening, err := t.listening(ctx, h)
	if err != nil {
		return err
	}
	var out []*Notification
	for _, account := range listening {
		n := t.notification(r, account)
		actor, ok := account.Actor(), true
		switch {
		case r.Kind == KindAccount:
			n.Note = ""
			n.Title, err = t.accountTitle(ctx, r.Event.Type, account)
		case comment != nil:
			n.Record, n.Note = about, cutText(comment.Text, maxNote)
			n.Title, ok = titleFor(actor, live, copied)
			ok = ok && actor.CanRead(comment)
		default:
			n.Title, ok = titleFor(actor, live, copied)
		}
		if err != nil {
			return err
		}
		if ok {
			n.Title = cutText(n.Title, MaxLine)
			out = append(out, n)
		}
	}
	return t.write(ctx, out)
}

// maxNote is how much of what people said is told, in bytes.
const maxNote = 2_000

func (t *Teller) notification(r Record, account *Account) *Notification {
	n := &Notification{
		Head:    internalHead(DeriveID("notification "+strconv.FormatUint(uint64(r.Seq), 10), string(account.ID)), r.At),
		Account: account.ID, Event: r.Event.Type, Record: r.ID, By: r.By, Note: cutText(r.Event.Note, maxNote),
	}
	n.CreatedBy = account.ID
	if t.Mails && account.Mails != MailNone {
		n.Mails = account.Mails
	}
	return n
}

func commentOf(r Record) (*Comment, error) {
	if r.Kind != KindComment {
		return nil, nil // not a comment, and no error
	}
	e, err := decodeLive(r)
	c, _ := e.(*Comment)
	return c, err
}

// current gives both halves of a record as they are now.
func (t *Teller) current(ctx context.Context, id ID) (live, copied Entity, err error) {
	found, err := t.Store.Get(ctx, []ID{id})
	if err != nil {
		return nil, nil, err
	}
	return DecodeRecord(found[id])
}

// halves gives both halves of a record after a write and before it.
func (t *Teller) halves(ctx context.Context, r Record) ([]Entity, error) {
	out := make([]Entity, 4)
	var err error
	if out[0], out[1], err = DecodeRecord(r); err != nil {
		return nil, err
	}
	before, err := t.Store.Revisions(ctx, r.ID, r.Version, 1)
	if err == nil && len(before) > 0 {
		out[2], out[3], err = DecodeRecord(before[0])
	}
	return out, err
}

// earlier gives the newest comments on the record of a comment that came before it.
func (t *Teller) earlier(ctx context.Context, than *Comment) ([]*Comment, error) {
	page, err := t.Search.Search(ctx, System(), SearchRequest{
		Kinds: []Kind{KindComment}, Filter: Filter{States: []string{StateAbout(than.Record)}}, Sort: SortNewest, First: MaxPage,
	})
	if err != nil {
		return nil, err
	}
	var out []*Comment
	for _, hit := range page.Hits {
		if c, ok := hit.Entity.(*Comment); ok && !c.CreatedAt.After(than.CreatedAt) {
			out = append(out, c)
		}
	}
	return out, nil
}

// listening gives the accounts to tell of an event.
func (t *Teller) listening(ctx context.Context, h happening) ([]*Account, error) {
	a := h.audience()
	if !a.editors {
		return t.accounts(ctx, a.accounts)
	}
	editors, err := t.editors(ctx)
	if err != nil {
		return nil, err
	}
	return t.accounts(ctx, a.with(editors, h.by))
}

// accounts gives accounts as they are now, without those that may not sign in.
func (t *Teller) accounts(ctx context.Context, ids []ID) ([]*Account, error) {
	found, err := t.Store.Get(ctx, validIDs(ids))
	if err != nil {
		return nil, err
	}
	var out []*Account
	for _, id := range ids {
		e, err := decodeLive(found[id])
		if err != nil {
			return nil, err
		}
		if x, ok := e.(*Account); ok && !x.Disabled && !x.App {
			out = append(out, x)
		}
	}
	return out, nil
}

// editors gives the accounts that the index knows as those of editors.
func (t *Teller) editors(ctx context.Context) ([]ID, error) {
	var out []ID
	for _, role := range []Role{RoleEditor, RoleAdmin} {
		req := SearchRequest{Kinds: []Kind{KindAccount}, Filter: Filter{States: []string{StateRole(role)}}, Sort: SortTitle, First: MaxPage}
		err := eachPage(ctx, t.Search, req, func(hits []Hit) error {
			for _, hit := range hits {
				out = append(out, hit.Entity.Base().ID)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// eachPage reads a list to its end as the program itself.
func eachPage(ctx context.Context, search Searcher, req SearchRequest, visit func([]Hit) error) error {
	for {
		page, err := search.Search(ctx, System(), req)
		if err != nil {
			return err
		}
		if err := visit(page.Hits); err != nil {
			return err
		}
		if !page.HasNextPage || len(page.Hits) == 0 {
			return nil
		}
		req.After = page.Hits[len(page.Hits)-1].Cursor
	}
}

// accountTitle says what an account has now: its role, or the names of its teams as
// far as its owner may read them.
func (t *Teller) accountTitle(ctx context.Context, event EventType, x *Account) (string, error) {
	if event == EventRoleChanged {
		return string(x.Role), nil
	}
	ids := make([]ID, len(x.Teams))
	for i, m := range x.Teams {
		ids[i] = m.Team
	}
	found, err := t.Store.Get(ctx, validIDs(ids))
	if err != nil {
		return "", err
	}
	var names []string
	for _, id := range ids {
		e, err := decodeLive(found[id])
		if err != nil {
			return "", err
		}
		if e != nil && x.Actor().CanRead(e) {
			names = append(names, e.Label())
		}
	}
	return strings.Join(names, ", "), nil
}

// cutText gives the first part of a text, of at most so many bytes and whole signs.
func cutText(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most-len("…")], "") + "…"
}
