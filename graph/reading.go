package graph

import (
	"context"

	"leerkring/internal/kb"
)

// sources are where an operation reads from.
type sources struct {
	library      *kb.Library
	desk         *kb.Desk
	accountNames func(ctx context.Context, ids []kb.ID) (map[kb.ID]string, error)
	counting     *kb.Counting
	files        *kb.Files
}

// reading is the state of one operation: who reads, in which language, and what
// was read already.
type reading struct {
	sources
	actor kb.Actor
	lang  string
	counted

	themes        *loader[string, *kb.Theme]
	regions       *loader[string, *kb.Region]
	organisations *loader[kb.ID, *kb.Organisation]
	people        *loader[kb.ID, *kb.Person]
	material      *loader[kb.ID, kb.Material]
	records       *loader[kb.ID, kb.Entity] // single references of any kind
	drafts        *loader[kb.ID, kb.Draft]  // records as who works on them sees them
	names         *loader[kb.ID, string]    // of accounts
	fileViews     *loader[kb.ID, kb.FileView]
}

func newReading(from sources, actor kb.Actor, lang string) *reading {
	r := &reading{sources: from, actor: actor, lang: lang}
	r.forget()
	return r
}

// forget drops what was read, since something was written.
func (r *reading) forget() {
	from := r.library.Reader(r.actor)
	r.themes = byKey[*kb.Theme](r, from, func(slug string) string { return kb.SlugKey(kb.KindTheme, slug) })
	r.regions = byKey[*kb.Region](r, from, func(code string) string { return "region:" + code })
	r.organisations = byID[*kb.Organisation](r, from)
	r.people = byID[*kb.Person](r, from)
	r.material = byID[kb.Material](r, from)
	r.records = byID[kb.Entity](r, from)
	r.drafts = newLoader(func(ctx context.Context, ids []kb.ID) (map[kb.ID]kb.Draft, error) {
		return r.desk.OpenAll(ctx, r.actor, ids)
	})
	r.names = newLoader(r.accountNames)
	r.fileViews = newLoader(func(ctx context.Context, ids []kb.ID) (map[kb.ID]kb.FileView, error) {
		return r.files.Open(ctx, r.actor, ids)
	})
}

// byID loads records of one type by id.
func byID[V kb.Entity](r *reading, from *kb.Reader) *loader[kb.ID, V] {
	return newLoader(func(ctx context.Context, ids []kb.ID) (map[kb.ID]V, error) {
		found, err := from.Get(ctx, ids)
		if err != nil {
			return nil, err
		}
		return typed[V](r, found), nil
	})
}

// byKey loads records of one type by a short name that key makes unique.
func byKey[V kb.Entity](r *reading, from *kb.Reader, key func(string) string) *loader[string, V] {
	return newLoader(func(ctx context.Context, names []string) (map[string]V, error) {
		keys := make([]string, len(names))
		for i, name := range names {
			keys[i] = key(name)
		}
		found, err := from.ByKeys(ctx, keys)
		if err != nil {
			return nil, err
		}
		named := make(map[string]kb.Entity, len(found))
		for i, name := range names {
			if e, ok := found[keys[i]]; ok {
				named[name] = e
			}
		}
		return typed[V](r, named), nil
	})
}

// typed keeps what has the type, and announces what it refers to. What has no page
// has no type in the schema either.
func typed[V kb.Entity, K comparable](r *reading, found map[K]kb.Entity) map[K]V {
	out := make(map[K]V, len(found))
	for k, e := range found {
		if v, ok := e.(V); ok && kb.HasPage(e.Kind()) {
			out[k] = v
			r.expect(e)
		}
	}
	return out
}

// expect announces what an entity refers to, so that the records of a whole list
// are loaded in one batch.
func (r *reading) expect(e kb.Entity) {
	r.records.expect(e.Base().Team)
	switch v := e.(type) {
	case kb.Material:
		m := v.Shared()
		r.themes.expect(m.Themes...)
		r.regions.expect(m.Regions...)
		r.organisations.expect(m.Organisations...)
		r.people.expect(m.People...)
		r.material.expect(m.Related...)
		r.fileViews.expect(m.Files...)
	case *kb.Theme:
		r.themes.expect(v.Broader...)
		r.themes.expect(v.Narrower...)
		r.themes.expect(v.Related...)
	case *kb.Region:
		r.regions.expect(v.Parents...)
	case *kb.Person:
		r.organisations.expect(v.Organisation)
		r.regions.expect(v.Regions...)
	case *kb.Question:
		r.expectQuestion(v)
	case *kb.Meeting:
		r.expectMeeting(v)
	case *kb.LearningCircle:
		r.themes.expect(v.Themes...)
		r.regions.expect(v.Regions...)
		r.organisations.expect(v.Organisers...)
		r.people.expect(v.Facilitators...)
	}
}

func (r *reading) expectMeeting(m *kb.Meeting) {
	r.records.expect(m.Circle)
	r.organisations.expect(m.Host)
	r.regions.expect(m.HostCity)
	r.themes.expect(m.Themes...)
	for _, item := range m.Programme {
		r.people.expect(item.Speakers...)
		r.material.expect(item.Material...)
	}
}

func (r *reading) expectQuestion(q *kb.Question) {
	r.themes.expect(q.Themes...)
	r.people.expect(q.AskedBy)
	for _, a := range q.Answers {
		r.people.expect(a.By)
		r.material.expect(a.Material...)
	}
}

// readingKey is the place of the reading in a context.
type readingKey struct{}

func withReading(ctx context.Context, r *reading) context.Context {
	return context.WithValue(ctx, readingKey{}, r)
}

// readingOf gives the state of the operation that ctx belongs to; every resolver
// runs within one.
func readingOf(ctx context.Context) *reading {
	r, ok := ctx.Value(readingKey{}).(*reading)
	if !ok {
		panic("graph: a resolver ran outside an operation")
	}
	return r
}

// reference gives the record of one type that an id names; nil when there is
// none, it may not be read, or it is of another type.
func reference[V kb.Entity](ctx context.Context, id kb.ID) (V, error) {
	var none V
	if id == "" {
		return none, nil
	}
	e, err := readingOf(ctx).records.one(ctx, id)
	if err != nil {
		return none, err
	}
	v, _ := e.(V)
	return v, nil
}
