package kb

import (
	"context"
	"slices"
	"time"
)

// AuditRequest asks for a page of the audit trail.
type AuditRequest struct {
	Record  ID // what happened to one record and the comments on it; empty for all
	Account ID // what one account did; empty for all
	// Types limits to some kinds of steps; empty means all but autosaves.
	Types []EventType
	// Before is Next of the page before this one, 0 for the newest.
	Before Seq
	Limit  int // 1 to MaxPage
}

// AuditPage is one page of the audit trail, newest first.
type AuditPage struct {
	Entries []AuditEntry
	// Next goes on from here, 0 at the end. A page may hold fewer entries than were
	// asked for, even none, and still have a next one.
	Next Seq
}

// AuditEntry is one step of the audit trail.
type AuditEntry struct {
	Seq Seq
	At  time.Time
	// By is the account that did it; empty for the program itself.
	By      ID
	Kind    Kind
	Record  ID
	Version int
	// Title is the name of the record at that moment, where the actor may read it both
	// as it was and as it is now. People who are gone have none.
	Title string
	Event Event
}

const (
	// auditStep is how many writes are read from the log at a time.
	auditStep = 500
	// auditSteps is how many steps one page reads at most.
	auditSteps = 20
)

// Audit gives a page of what was done, for editors; what was done to accounts is
// for admins only. It reads the log of the store backwards, and stops after 10,000
// writes to go on with the next page.
func (d *Desk) Audit(ctx context.Context, actor Actor, req AuditRequest) (AuditPage, error) {
	if err := mayEdit(actor); err != nil {
		return AuditPage{}, err
	}
	if err := pageOf(req.Limit); err != nil {
		return AuditPage{}, err
	}
	if req.Before == 0 {
		last, err := d.store.Last(ctx)
		if err != nil {
			return AuditPage{}, err
		}
		req.Before = last + 1
	}
	if req.Record != "" {
		return d.auditOf(ctx, actor, req)
	}
	var page AuditPage
	for range auditSteps {
		lowest := Seq(1)
		if req.Before > auditStep {
			lowest = req.Before - auditStep
		}
		records, err := d.logBetween(ctx, lowest, req.Before)
		if err != nil {
			return AuditPage{}, err
		}
		if page.fill(actor, req, records); page.Next != 0 || lowest == 1 {
			return d.withoutHidden(ctx, actor, page)
		}
		req.Before = lowest
	}
	page.Next = req.Before
	return d.withoutHidden(ctx, actor, page)
}

// withoutHidden takes the names of records that are not for the actor as they are
// now out of a page, whoever could read them then.
func (d *Desk) withoutHidden(ctx context.Context, actor Actor, page AuditPage) (AuditPage, error) {
	var ids []ID
	for _, e := range page.Entries {
		if e.Title != "" && !slices.Contains(ids, e.Record) {
			ids = append(ids, e.Record)
		}
	}
	if len(ids) == 0 {
		return page, nil
	}
	found, err := d.store.Get(ctx, ids)
	if err != nil {
		return AuditPage{}, err
	}
	for i := range page.Entries {
		if e := &page.Entries[i]; !stillNamed(actor, found[e.Record]) {
			e.Title = ""
		}
	}
	return page, nil
}

// stillNamed reports whether an actor may know the name of a record as it is now.
// People who are gone have none.
func stillNamed(actor Actor, now Record) bool {
	if now.Deleted {
		return now.Kind != KindPerson
	}
	live, err := decodeLive(now)
	if err != nil || live == nil { // a damaged record keeps its place, without a name
		return false
	}
	if a, ok := live.(*Account); ok && a.Left {
		return false
	}
	return actor.CanRead(live)
}

// logBetween reads the writes from lowest up to before, newest first.
func (d *Desk) logBetween(ctx context.Context, lowest, before Seq) ([]Record, error) {
	var out []Record
	for at := lowest - 1; at+1 < before; {
		step, err := d.store.Log(ctx, at, int(before-at-1))
		if err != nil {
			return nil, err
		}
		if step.Position == at {
			break
		}
		out = append(out, step.Records...)
		at = step.Position
	}
	slices.Reverse(out)
	return slices.DeleteFunc(out, func(r Record) bool { return r.Seq >= before }), nil
}

// fill adds the entries that were asked for, of records newest first. When the page
// is full, Next is where to go on.
func (p *AuditPage) fill(actor Actor, req AuditRequest, records []Record) {
	for _, r := range records {
		if !req.wants(actor, r) {
			continue
		}
		if len(p.Entries) == req.Limit {
			p.Next = p.Entries[req.Limit-1].Seq
			return
		}
		p.Entries = append(p.Entries, entryOf(actor, r))
	}
}

// wants reports whether a write is one that was asked for and that the actor may see.
func (q AuditRequest) wants(actor Actor, r Record) bool {
	switch {
	case r.Event.Type == EventInternal || r.Event.Type == "":
		return false
	case !slices.Contains(auditedKinds(actor), r.Kind):
		return false
	case q.Account != "" && r.By != q.Account:
		return false
	case len(q.Types) == 0:
		return r.Event.Type != EventAutosaved
	}
	return slices.Contains(q.Types, r.Event.Type)
}

// auditedKinds are the kinds of records that an actor sees in the audit trail.
func auditedKinds(actor Actor) []Kind {
	kinds := append(ContentKinds(), KindFile, KindComment, KindSynonyms, KindJudgements, KindRedirect)
	if actor.Has(RoleAdmin, ScopeAdmin) {
		kinds = append(kinds, KindAccount, KindSession, KindTicket, KindToken)
	}
	return kinds
}

func entryOf(actor Actor, r Record) AuditEntry {
	e := AuditEntry{Seq: r.Seq, At: r.At, By: r.By, Kind: r.Kind, Record: r.ID, Version: r.Version, Event: r.Event}
	// A record that cannot be read keeps its place in the trail, without a name.
	live, copy, err := DecodeRecord(r)
	if err == nil && live != nil && actor.CanRead(live) {
		e.Title = workOf(live, copy).Label()
	}
	return e
}

// auditOf gives a page of what was done to one record and to the comments on it
// that are still there. It reads their versions and not the log of all.
func (d *Desk) auditOf(ctx context.Context, actor Actor, req AuditRequest) (AuditPage, error) {
	ids := []ID{req.Record}
	comments := SearchRequest{Kinds: []Kind{KindComment}, Filter: Filter{States: []string{StateAbout(req.Record)}}, Sort: SortNewest, First: MaxPage}
	res, err := d.list(ctx, actor, actor, comments)
	if err != nil {
		return AuditPage{}, err
	}
	for _, hit := range res.Hits {
		ids = append(ids, hit.Entity.Base().ID)
	}
	var all []Record
	for _, id := range ids {
		rs, err := d.versionsBefore(ctx, actor, id, req)
		if err != nil {
			return AuditPage{}, err
		}
		all = append(all, rs...)
	}
	slices.SortFunc(all, func(a, b Record) int { return int(b.Seq) - int(a.Seq) })
	var page AuditPage
	page.fill(actor, req, all)
	return d.withoutHidden(ctx, actor, page)
}

// versionsBefore gives the newest versions of a record that were asked for: one
// more than a page has, to tell whether there is another page.
func (d *Desk) versionsBefore(ctx context.Context, actor Actor, id ID, req AuditRequest) ([]Record, error) {
	var out []Record
	for before := 0; ; {
		rs, err := d.store.Revisions(ctx, id, before, revisionStep)
		if err != nil {
			return nil, err
		}
		for _, r := range rs {
			before = r.Version
			if r.Seq < req.Before && req.wants(actor, r) {
				out = append(out, r)
			}
			if len(out) > req.Limit {
				return out, nil
			}
		}
		if len(rs) < revisionStep || before <= 1 {
			return out, nil
		}
	}
}
