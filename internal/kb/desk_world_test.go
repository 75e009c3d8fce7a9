package kb_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/search"
	"leerkring/internal/store/sqlite"
)

// deskWorld is a desk on the real store and index, with a clock that is set by
// hand and an account for each role.
type deskWorld struct {
	*kb.Desk
	t     testing.TB
	store kb.Store
	index *search.Index
	own   *kb.OwnWrites
	now   time.Time
	// describer says what else documents are made of.
	describer func(*kb.Describer)

	expert, other, member, editor, admin kb.Actor
}

func newDeskWorld(t testing.TB) *deskWorld {
	t.Helper()
	ctx := context.Background()
	store, err := sqlite.Open(ctx, t.TempDir(), sqlite.Options{})
	check(t, err)
	t.Cleanup(func() { check(t, store.Close()) })
	index, _, err := search.Open(t.TempDir(), search.Options{})
	check(t, err)
	t.Cleanup(func() { check(t, index.Close()) })
	check(t, kb.Seed(ctx, store))
	w := &deskWorld{t: t, store: store, index: index, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	w.own = kb.NewOwnWrites(func(context.Context, kb.Seq) error { w.follow(); return nil })
	ids := 0
	w.Desk = kb.NewDesk(store, index, w.own, func() time.Time { return w.now }, func() kb.ID {
		ids++
		return kb.DeriveID("desk", strconv.Itoa(ids))
	})
	w.expert, w.other = w.account("Eva", kb.RoleExpert), w.account("Otto", kb.RoleExpert)
	w.member, w.editor, w.admin = w.account("Mo", kb.RoleMember), w.account("Rian", kb.RoleEditor), w.account("Ada", kb.RoleAdmin)
	return w
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// account makes an account, and gives who signs in with it.
func (w *deskWorld) account(name string, role kb.Role, teams ...kb.Membership) kb.Actor {
	w.t.Helper()
	id := kb.DeriveID("account", name)
	a := &kb.Account{
		Head: kb.Head{ID: id, Slug: string(id), Status: kb.StatusPublished, Visibility: kb.VisibilityMembers, CreatedAt: w.now, UpdatedAt: w.now},
		Name: name, Email: name + "@leerkring.example", Role: role, Teams: teams, Language: "nl", Mails: kb.MailNone,
	}
	w.put(a)
	return a.Actor()
}

// put stores an entity as an import would.
func (w *deskWorld) put(e kb.Entity) {
	w.t.Helper()
	check(w.t, kb.Validate(e))
	r, err := kb.NewRecord(e, nil)
	check(w.t, err)
	results, err := w.store.Put(context.Background(), []kb.Record{r})
	check(w.t, err)
	check(w.t, results[0].Err)
	e.Base().Version = r.Version
}

// follow brings the index up to date.
func (w *deskWorld) follow() {
	w.t.Helper()
	ctx := context.Background()
	changes, err := w.store.Changes(ctx, w.index.Position(), 100_000)
	check(w.t, err)
	records := w.withReferring(changes.Records)
	d := kb.NewDescriber(w.store, kb.NewGazetteer())
	if w.describer != nil {
		w.describer(d)
	}
	docs, err := d.Describe(ctx, records)
	check(w.t, err)
	step := kb.Step{Documents: docs, Position: changes.Position}
	for _, r := range changes.Records {
		step.Removed = append(step.Removed, r.ID)
	}
	for _, d := range docs {
		step.Removed = remove(step.Removed, d.Record)
	}
	check(w.t, w.index.Commit(ctx, step))
}

// withReferring adds the records whose documents hold the names of others, as the
// indexer does.
func (w *deskWorld) withReferring(records []kb.Record) []kb.Record {
	w.t.Helper()
	var refs []string
	seen := map[kb.ID]bool{}
	for _, r := range records {
		refs = append(refs, string(r.ID))
		seen[r.ID] = true
	}
	ids, err := w.index.Referring(refs)
	check(w.t, err)
	ids = slices.DeleteFunc(ids, func(id kb.ID) bool { return seen[id] })
	found, err := w.store.Get(context.Background(), ids)
	check(w.t, err)
	for _, r := range found {
		records = append(records, r)
	}
	return records
}

func remove(ids []kb.ID, id kb.ID) []kb.ID {
	var out []kb.ID
	for _, other := range ids {
		if other != id {
			out = append(out, other)
		}
	}
	return out
}

// done is for steps that are to succeed: it gives the record as the next step's target.
func (w *deskWorld) done(s kb.Saved, err error) kb.Target {
	w.t.Helper()
	check(w.t, err)
	t := kb.Target{Version: s.Version}
	if s.Entity != nil {
		t.ID, t.Kind = s.Entity.Base().ID, s.Entity.Kind()
	}
	return t
}

// refused is for steps that are to be refused with a code.
func (w *deskWorld) refused(want kb.Code, err error) *kb.Error {
	w.t.Helper()
	if got := kb.CodeOf(err); got != want {
		w.t.Fatalf("%v, want %s", err, want)
	}
	e, _ := err.(*kb.Error)
	return e
}

// lessonFields are those of a lesson that can be published.
func lessonFields(title string) kb.Fields {
	return kb.Fields{
		"title": title, "summary": "Kort gezegd.", "statement": "Begin klein.", "themes": []any{"wonen"}, "visibility": "PUBLIC",
	}
}

// draft makes a complete draft of the expert.
func (w *deskWorld) draft(title string) kb.Target {
	w.t.Helper()
	return w.done(w.Create(context.Background(), w.expert, kb.KindLesson, lessonFields(title), ""))
}

// published makes a lesson of the expert that the editor published.
func (w *deskWorld) published(title string) kb.Target {
	w.t.Helper()
	return w.done(w.Approve(context.Background(), w.editor, w.draft(title), nil))
}

func (w *deskWorld) open(actor kb.Actor, id kb.ID) kb.Draft {
	w.t.Helper()
	d, err := w.Open(context.Background(), actor, id)
	check(w.t, err)
	return d
}

// titles gives the names on a page of a list.
func (w *deskWorld) titles(res *kb.SearchResult, err error) []string {
	w.t.Helper()
	check(w.t, err)
	var out []string
	for _, h := range res.Hits {
		out = append(out, h.Entity.Label())
	}
	return out
}

// fields gives the fields of the problems of an error.
func problemFields(err error) []string {
	e, ok := err.(*kb.Error)
	if !ok {
		return nil
	}
	var out []string
	for _, p := range e.Problems {
		out = append(out, p.Field)
	}
	return out
}
