package kb

import (
	"context"
	"encoding/json"
	"slices"
	"time"
)

// maxPersonal is how many records of one sort an overview of personal data holds.
const maxPersonal = 1_000

// PersonalData is all that is stored about one person. Hashes of passwords and
// secrets are left out.
type PersonalData struct {
	Account  *Account   `json:"account"`
	Person   *Person    `json:"person,omitempty"`
	Sessions []*Session `json:"sessions"`
	Tokens   []*Token   `json:"tokens"`
	// Records are what they made, Files what they uploaded and may still read, Comments
	// what they said of records; of each of the
	// lists the newest 1,000.
	Records       []Entity        `json:"-"`
	Files         []*File         `json:"files"`
	Comments      []*Comment      `json:"comments"`
	Notifications []*Notification `json:"notifications"`
	// Events are what they did, newest first.
	Events []AuditEntry `json:"-"`
}

// PersonalData gathers all that is stored about who asks.
func (a *Accounts) PersonalData(ctx context.Context, actor Actor) (*PersonalData, error) {
	if err := mustSignIn(actor, ScopeRead); err != nil {
		return nil, err
	}
	x, err := a.Get(ctx, actor, actor.Account)
	if err != nil {
		return nil, err
	}
	d := &PersonalData{Account: x}
	if d.Person, _, err = a.profile(ctx, x); err != nil {
		return nil, err
	}
	if d.Sessions, err = a.sessions(ctx, x.ID); err != nil {
		return nil, err
	}
	if err := a.gather(ctx, actor, d); err != nil {
		return nil, err
	}
	d.Events, err = a.deeds(ctx, x.ID)
	return d, err
}

// gather reads the lists of the index.
func (a *Accounts) gather(ctx context.Context, actor Actor, d *PersonalData) error {
	own := func(sort Sort, state string, kinds ...Kind) ([]Entity, error) {
		return a.all(ctx, actor, SearchRequest{Kinds: kinds, Sort: sort, Filter: Filter{States: []string{state}}}, maxPersonal)
	}
	tokens, err := own(SortTitle, StateAbout(actor.Account), KindToken)
	if err != nil {
		return err
	}
	comments, err := own(SortNewest, StateOwner(actor.Account), KindComment)
	if err != nil {
		return err
	}
	told, err := own(SortNewest, StateOwner(actor.Account), KindNotification)
	if err != nil {
		return err
	}
	files, err := own(SortNewest, StateOwner(actor.Account), KindFile)
	if err != nil {
		return err
	}
	d.Files = only[*File](files)
	d.Tokens, d.Comments = only[*Token](tokens), only[*Comment](comments)
	if d.Notifications, err = retold(ctx, a.Store, actor, only[*Notification](told)); err != nil {
		return err
	}
	made, err := own(SortNewest, StateOwner(actor.Account), ContentKinds()...)
	if err != nil {
		return err
	}
	seen := map[ID]bool{}
	for _, e := range made { // a record and its working copy are one
		if h := e.Base(); h.CreatedBy == actor.Account && !seen[h.ID] {
			seen[h.ID] = true
			d.Records = append(d.Records, Redact(actor, e))
		}
	}
	return nil
}

func only[T Entity](list []Entity) []T {
	out := []T{}
	for _, e := range list {
		if x, ok := e.(T); ok {
			out = append(out, x)
		}
	}
	return out
}

// deeds reads what an account did from the log, newest first. It reads all of the
// log, some seconds for a large collection: there is no index of who wrote what.
func (a *Accounts) deeds(ctx context.Context, account ID) ([]AuditEntry, error) {
	var out []AuditEntry
	err := Walk(ctx, a.Store.Log, func(records []Record) error {
		for _, r := range records {
			if r.By == account && r.Event.Type != EventInternal && r.Event.Type != EventAutosaved {
				out = append(out, AuditEntry{Seq: r.Seq, At: r.At, By: r.By, Kind: r.Kind, Record: r.ID, Version: r.Version, Event: r.Event})
			}
		}
		if len(out) > 2*maxPersonal {
			out = slices.Delete(out, 0, len(out)-maxPersonal)
		}
		return nil
	})
	slices.Reverse(out)
	return out[:min(len(out), maxPersonal)], err
}

// exported is what a person keeps of what is stored about them: a record that they
// made is named, with where it is.
type exported struct {
	*PersonalData
	ExportedAt time.Time       `json:"exportedAt"`
	Records    []exportedMade  `json:"records"`
	Events     []exportedEvent `json:"events"`
}

type exportedMade struct {
	ID     ID     `json:"id"`
	Kind   Kind   `json:"kind"`
	Title  string `json:"title"`
	Slug   string `json:"slug"`
	Status Status `json:"status"`
}

type exportedEvent struct {
	At     time.Time `json:"at"`
	Kind   Kind      `json:"kind"`
	Record ID        `json:"record"`
	Event  Event     `json:"event"`
}

// JSON is all of it as a document to keep, made at a moment.
func (d *PersonalData) JSON(at time.Time) ([]byte, error) {
	x := exported{PersonalData: d, ExportedAt: at, Records: []exportedMade{}, Events: []exportedEvent{}}
	for _, e := range d.Records {
		h := e.Base()
		x.Records = append(x.Records, exportedMade{h.ID, e.Kind(), e.Label(), h.Slug, h.Status})
	}
	for _, e := range d.Events {
		x.Events = append(x.Events, exportedEvent{e.At, e.Kind, e.Record, e.Event})
	}
	return json.MarshalIndent(x, "", "  ")
}
