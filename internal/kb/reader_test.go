package kb_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"leerkring/internal/kb"
)

// watched counts what is asked of a store, and can do something between what Get
// read and its answer.
type watched struct {
	kb.Store
	asked, logged atomic.Int64
	between       func()
}

func (w *watched) Get(ctx context.Context, ids []kb.ID) (map[kb.ID]kb.Record, error) {
	w.asked.Add(1)
	found, err := w.Store.Get(ctx, ids)
	if w.between != nil {
		w.between()
	}
	return found, err
}

func (w *watched) Find(ctx context.Context, keys []string) (map[string]kb.ID, error) {
	w.asked.Add(1)
	return w.Store.Find(ctx, keys)
}

func (w *watched) Log(ctx context.Context, after kb.Seq, limit int) (kb.Changes, error) {
	w.logged.Add(1)
	return w.Store.Log(ctx, after, limit)
}

func organisation(slug, name string) *kb.Organisation {
	return &kb.Organisation{Head: head(slug), Name: name}
}

// next stores an entity as its next version.
func next(t *testing.T, store kb.Store, e kb.Entity) {
	t.Helper()
	write(t, store, e, nil, nil)
	e.Base().Version++
}

// nameOf is the name of a record as a new operation of the actor sees it, by id and
// by slug; empty when the actor may not read it.
func nameOf(t *testing.T, library *kb.Library, actor kb.Actor, e kb.Entity) string {
	t.Helper()
	id, key := e.Base().ID, kb.SlugKey(e.Kind(), e.Base().Slug)
	byID, err := library.Get(t.Context(), actor, []kb.ID{id})
	byKey, errOfKeys := library.ByKeys(t.Context(), actor, []string{key})
	if err != nil || errOfKeys != nil || len(byID) != len(byKey) {
		t.Fatalf("%v %v, %v %v", byID, err, byKey, errOfKeys)
	}
	if len(byID) == 0 {
		return ""
	}
	if byID[id].Label() != byKey[key].Label() {
		t.Fatalf("by id %q, by key %q", byID[id].Label(), byKey[key].Label())
	}
	return byID[id].Label()
}

// What was written shows at once to every process, whatever was kept before; what
// was not written is not read again.
func TestNamesAreKeptUntilTheyChange(t *testing.T) {
	store := &watched{Store: openStore(t)}
	libraries := []*kb.Library{kb.NewLibrary(store, nil, nil), kb.NewLibrary(store, nil, nil)}
	o, other := organisation("gemeente", "Gemeente"), organisation("provincie", "Provincie")
	check := func(what, want string) {
		t.Helper()
		for range 2 {
			for i, library := range libraries {
				if got := nameOf(t, library, kb.Visitor(), o); got != want {
					t.Errorf("%s, process %d: %q", what, i, got)
				}
				if got := nameOf(t, library, kb.Visitor(), other); got != "Provincie" {
					t.Errorf("%s, process %d: the other is %q", what, i, got)
				}
			}
		}
	}
	next(t, store, o)
	next(t, store, other)
	check("new", "Gemeente")

	before := store.asked.Load()
	check("kept", "Gemeente")
	if store.asked.Load() != before {
		t.Error("what was kept was read again")
	}

	o.Name = "Stad"
	next(t, store, o)
	check("renamed", "Stad")
	if store.logged.Load() != int64(len(libraries)) {
		t.Errorf("the log was read %d times", store.logged.Load())
	}

	o.Status = kb.StatusWithdrawn
	next(t, store, o)
	check("withdrawn", "")
	o.Status = kb.StatusPublished
	next(t, store, o)
	check("published again", "Stad")

	o.Slug = "stad"
	next(t, store, o)
	check("at another address", "Stad")
	if _, err := libraries[0].BySlug(t.Context(), kb.Visitor(), kb.KindOrganisation, "gemeente"); kb.CodeOf(err) != kb.NotFound {
		t.Errorf("the old address: %v", err)
	}

	for i := range 300 {
		l := lesson(fmt.Sprint("les-", i), "Les")
		l.Slug = fmt.Sprint("les-", i)
		next(t, store, l)
	}
	o.Name = "Hoofdstad"
	next(t, store, o)
	check("after many writes", "Hoofdstad")

	write(t, store, o, nil, func(r *kb.Record) {
		*r = kb.Record{ID: o.ID, Kind: kb.KindOrganisation, Version: r.Version, Deleted: true}
	})
	check("deleted", "")
}

// What one reader made the library keep, another may not read for that.
func TestWhatIsKeptIsAskedForEachActor(t *testing.T) {
	store := &watched{Store: openStore(t)}
	library := kb.NewLibrary(store, nil, nil)
	secret := organisation("geheim", "Geheim")
	secret.Status = kb.StatusDraft
	next(t, store, secret)
	person := &kb.Person{Head: head("ans"), Name: "Ans", Consent: true, Email: &kb.Contact{Value: "ans@voorbeeld.nl", Visibility: kb.VisibilityMembers}}
	next(t, store, person)
	for range 2 {
		if got := nameOf(t, library, kb.System(), secret); got != "Geheim" {
			t.Errorf("the system: %q", got)
		}
		if got := nameOf(t, library, kb.Visitor(), secret); got != "" {
			t.Errorf("a visitor: %q", got)
		}
		for who, actor := range readers() {
			e, err := library.One(t.Context(), actor, person.ID)
			if err != nil || (e.(*kb.Person).Email != nil) != (who == "system") {
				t.Errorf("%s: %+v %v", who, e, err)
			}
		}
	}
	if asked := store.asked.Load(); asked != 2 {
		t.Errorf("%d look-ups in the store: nothing was kept", asked)
	}
}

// A record that was read before a write and arrives after it is not kept.
func TestWhatArrivesLateIsNotKept(t *testing.T) {
	store := &watched{Store: openStore(t)}
	library := kb.NewLibrary(store, nil, nil)
	o, other := organisation("gemeente", "Gemeente"), organisation("provincie", "Provincie")
	next(t, store, o)
	next(t, store, other)
	store.between = func() {
		store.between = nil // what it does asks the store too
		o.Name = "Stad"
		next(t, store, o)
		nameOf(t, library, kb.Visitor(), other) // another operation follows the log
	}
	if _, err := library.One(t.Context(), kb.Visitor(), o.ID); err != nil {
		t.Fatal(err)
	}
	if got := nameOf(t, library, kb.Visitor(), o); got != "Stad" {
		t.Errorf("kept: %q", got)
	}
}

// Readers and a writer at once: nobody sees less than what was acknowledged before
// they began.
func TestReadingWhileNamesChange(t *testing.T) {
	store := openStore(t)
	library := kb.NewLibrary(store, nil, nil)
	o := organisation("gemeente", "0")
	next(t, store, o)
	ctx, stop := context.WithCancel(t.Context())
	var acknowledged atomic.Int64
	acknowledged.Store(1)
	var readers sync.WaitGroup
	defer readers.Wait()
	defer stop()
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				least := acknowledged.Load()
				found, err := library.Get(t.Context(), kb.Visitor(), []kb.ID{o.ID})
				if err != nil || int64(found[o.ID].Base().Version) < least {
					t.Errorf("version %v after %d was acknowledged: %v", found[o.ID], least, err)
					return
				}
			}
		})
	}
	for i := range int64(100) {
		o.Name = fmt.Sprint(i)
		next(t, store, o)
		acknowledged.Store(i + 2)
	}
}
