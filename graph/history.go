package graph

import (
	"cmp"
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Revisions is the resolver of revisions. Who may not see any sees none.
func (r noun[E]) Revisions(ctx context.Context, e E, first *int, before *int) ([]*model.Revision, error) {
	limit, from, err := part(first, before, 20)
	if err != nil {
		return nil, err
	}
	reading := readingOf(ctx)
	if !reading.known() || limit == 0 {
		return nil, nil
	}
	found, err := r.desk.Revisions(ctx, reading.actor, e.Base().ID, from, limit)
	if hidden(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, v := range found {
		reading.names.expect(v.By)
	}
	out := make([]*model.Revision, len(found))
	for i, v := range found {
		by, err := accountName(ctx, v.By)
		if err != nil {
			return nil, err
		}
		out[i] = &model.Revision{
			Version: v.Version, Sequence: int(v.Seq), At: v.At, By: by, Event: cmp.Or(v.Event.Type, kb.EventImported), // of before events were kept
			Fields: schemaNames(e.Kind(), v.Event.Fields), Note: v.Event.Note, Record: v.Entity,
		}
	}
	return out, nil
}

// hidden reports whether an error says that something is not for who asks. A field
// of a record that they do read is then empty.
func hidden(err error) bool {
	code := kb.CodeOf(err)
	return code == kb.NotFound || code == kb.Forbidden || code == kb.Unauthenticated
}

// part is the part of a history that was asked for: how many, and from where.
func part(first, before *int, byDefault int) (limit, from int, err error) {
	if limit, err = size(first, byDefault, kb.MaxPage); err != nil {
		return 0, 0, err
	}
	if from = deref(before); from < 0 {
		return 0, 0, badArgument("before", kb.Text{NL: "Dit getal is kleiner dan nul.", EN: "This number is below zero."})
	}
	return limit, from, nil
}

// Comparison is the resolver of comparison.
func (r queryResolver) Comparison(ctx context.Context, id kb.ID, from, to int) ([]*model.FieldChange, error) {
	reading := readingOf(ctx)
	changes, err := r.desk.Compare(ctx, reading.actor, id, from, to)
	if err != nil {
		return nil, err
	}
	kind, err := kindOfRecord(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]*model.FieldChange, len(changes))
	for i, c := range changes {
		out[i] = &model.FieldChange{Field: schemaName(kind, c.Field), Label: kb.FieldLabel(kind, c.Field).In(reading.lang), Before: c.Before, After: c.After}
	}
	return out, nil
}

// Audit is the resolver of audit.
func (r queryResolver) Audit(ctx context.Context, filter *model.AuditFilter, first *int, before *int) (*model.AuditPage, error) {
	limit, from, err := part(first, before, 50)
	if err != nil {
		return nil, err
	}
	req := kb.AuditRequest{Before: kb.Seq(from), Limit: limit}
	if filter != nil {
		req.Record, req.Account, req.Types = deref(filter.Record), deref(filter.Account), filter.Types
	}
	reading := readingOf(ctx)
	found, err := r.desk.Audit(ctx, reading.actor, req)
	if err != nil {
		return nil, err
	}
	for _, e := range found.Entries {
		reading.names.expect(e.By)
		if e.Kind == kb.KindComment {
			reading.drafts.expect(e.Event.About)
		}
	}
	out := &model.AuditPage{Entries: make([]*model.AuditEntry, len(found.Entries)), Next: positive(int(found.Next))}
	for i, e := range found.Entries {
		if out.Entries[i], err = auditEntry(ctx, e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// auditEntry gives one step of an audit trail.
func auditEntry(ctx context.Context, e kb.AuditEntry) (*model.AuditEntry, error) {
	by, err := accountName(ctx, e.By)
	if err != nil {
		return nil, err
	}
	about := e.Kind
	if e.Kind == kb.KindComment { // its field is one of the record that it is on
		if about, err = kindOfRecord(ctx, e.Event.About); err != nil {
			return nil, err
		}
	}
	out := &model.AuditEntry{
		Sequence: int(e.Seq), At: e.At, By: by, Event: e.Event.Type, Kind: string(e.Kind), Record: e.Record, Label: e.Title,
		Version: e.Version, Fields: schemaNames(about, e.Event.Fields), Note: e.Event.Note,
	}
	if id := e.Event.About; id != "" {
		out.About = &id
	}
	if id := e.Event.Token; id != "" {
		out.Token = &id
	}
	return out, nil
}
