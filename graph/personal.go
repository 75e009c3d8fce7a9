package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// PersonalData is the resolver of personalData.
func (r queryResolver) PersonalData(ctx context.Context) (*model.PersonalData, error) {
	reading := readingOf(ctx)
	d, err := r.accounts.PersonalData(ctx, reading.actor)
	if err != nil {
		return nil, err
	}
	text, err := d.JSON(r.now())
	if err != nil {
		return nil, err
	}
	out := &model.PersonalData{
		Account: d.Account, Person: d.Person, Sessions: d.Sessions, Tokens: d.Tokens, Comments: d.Comments, Notifications: d.Notifications,
		JSON: string(text),
	}
	if p := d.Person; p != nil {
		out.Consent, out.Email, out.Phone = p.Consent, p.Email, p.Phone
	}
	if out.Records, err = storedRecords(ctx, d.Records); err != nil {
		return nil, err
	}
	for _, e := range d.Events {
		if e.Kind == kb.KindComment {
			reading.drafts.expect(e.Event.About)
		}
	}
	for _, e := range d.Events {
		entry, err := auditEntry(ctx, e)
		if err != nil {
			return nil, err
		}
		out.Events = append(out.Events, entry)
	}
	return out, nil
}

// storedRecords gives records of the index as the store has them: what the index
// holds is not all of one.
func storedRecords(ctx context.Context, found []kb.Entity) ([]kb.Entity, error) {
	ids := make([]kb.ID, len(found))
	for i, e := range found {
		ids[i] = e.Base().ID
	}
	return readingOf(ctx).records.list(ctx, ids)
}

type sessionResolver struct{ *Resolver }

// Session resolves the fields of sessions.
func (r *Resolver) Session() exec.SessionResolver { return sessionResolver{r} }

// Current is the resolver of current.
func (sessionResolver) Current(ctx context.Context, s *kb.Session) (bool, error) {
	return s.ID == readingOf(ctx).actor.Session, nil
}
