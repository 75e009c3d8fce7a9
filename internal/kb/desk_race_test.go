package kb_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

// twoEditors are two windows on one record, each with the version that it read last.
type twoEditors struct {
	t     *testing.T
	desk  *kb.Desk
	id    kb.ID
	wrote map[int]string // by version, the field value that was acknowledged
	mu    sync.Mutex
	tries atomic.Int64
}

// edit saves until it is acknowledged n times. Who loses reads again and goes on,
// as a person would; each save sets one field to a value that is never used again.
func (e *twoEditors) edit(who int, actor kb.Actor, n int, random *rand.Rand) error {
	ctx := e.t.Context()
	fields := []string{"title", "summary", "statement", "context", "advice"}
	read, err := e.desk.Open(ctx, actor, e.id)
	if err != nil {
		return err
	}
	for done := 0; done < n; {
		e.tries.Add(1)
		field, value := fields[random.IntN(len(fields))], fmt.Sprintf("value %d of %d", done, who)
		saved, err := e.desk.Update(ctx, actor, kb.Target{ID: e.id, Version: read.Version}, kb.Fields{field: value}, random.IntN(3) == 0)
		switch kb.CodeOf(err) {
		case "":
			done++
			e.mu.Lock()
			e.wrote[saved.Version] = field + "=" + value
			e.mu.Unlock()
			read.Version = saved.Version
			if random.IntN(4) > 0 {
				continue // and on, without looking
			}
		case kb.Conflict:
		default:
			return err
		}
		if read, err = e.desk.Open(ctx, actor, e.id); err != nil {
			return err
		}
	}
	return nil
}

// Two editors change one record 10,000 times at once. No save that was acknowledged
// is lost: each has a version of its own that holds it, made of the version before
// it and nothing else.
func TestTwoEditorsLoseNothing(t *testing.T) {
	t.Parallel()
	writes := 10_000
	if testing.Short() {
		writes = 500
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	ctx := t.Context()
	store, err := sqlite.Open(ctx, t.TempDir(), sqlite.Options{})
	check(t, err)
	defer func() { check(t, store.Close()) }()
	desk, _ := raceDesk(store)
	first, err := desk.Create(ctx, as(kb.RoleEditor), kb.KindLesson, kb.Fields{"title": "Samen"}, "")
	check(t, err)
	e := &twoEditors{t: t, desk: desk, id: first.Entity.Base().ID, wrote: map[int]string{}}
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for who, role := range []kb.Role{kb.RoleEditor, kb.RoleAdmin} {
		wg.Go(func() {
			errs[who] = e.edit(who, as(role), writes/2, rand.New(rand.NewPCG(seed, uint64(who))))
		})
	}
	wg.Wait()
	check(t, errs[0])
	check(t, errs[1])
	t.Logf("%d saves of %d tries", writes, e.tries.Load())
	e.noneLost(store, writes+1)
}

// raceDesk is a desk without an index, with ids that differ.
func raceDesk(store kb.Store) (*kb.Desk, *atomic.Int64) {
	var ids atomic.Int64
	clock := ingestClock(2026)
	return kb.NewDesk(store, nil, nil, clock, func() kb.ID { return kb.DeriveID("race", fmt.Sprint(ids.Add(1))) }), &ids
}

// noneLost walks the versions of the record: each differs from the one before it in
// the one field that was acknowledged under its number.
func (e *twoEditors) noneLost(store kb.Store, last int) {
	e.t.Helper()
	ctx := e.t.Context()
	var later map[string]any
	for before, want := 0, last; want > 0; {
		rs, err := store.Revisions(ctx, e.id, before, 500)
		check(e.t, err)
		for _, r := range rs {
			if r.Version != want {
				e.t.Fatalf("version %d where %d should be", r.Version, want)
			}
			var now map[string]any
			check(e.t, json.Unmarshal(r.Live, &now))
			if later != nil {
				e.onlyChange(want+1, now, later)
			}
			later, before = now, want
			want--
		}
	}
	if len(e.wrote) != last-1 {
		e.t.Errorf("%d saves have %d versions", last-1, len(e.wrote))
	}
}

func (e *twoEditors) onlyChange(version int, before, after map[string]any) {
	e.t.Helper()
	var changed []string
	for field, value := range after {
		if before[field] != value && !slices.Contains([]string{"updatedAt", "updatedBy", "slug"}, field) {
			changed = append(changed, fmt.Sprintf("%s=%v", field, value))
		}
	}
	if got := strings.Join(changed, " "); got != e.wrote[version] || len(before) > len(after) {
		e.t.Errorf("version %d changed %q, acknowledged was %q", version, got, e.wrote[version])
	}
}

// The same call made by many at once makes one record.
func TestRetriesAtOnce(t *testing.T) {
	ctx := t.Context()
	store := openStore(t)
	desk, _ := raceDesk(store)
	const many = 16
	ids, errs := make([]kb.ID, many), make([]error, many)
	var wg sync.WaitGroup
	for i := range many {
		wg.Go(func() {
			saved, err := desk.Create(ctx, as(kb.RoleEditor), kb.KindLesson, kb.Fields{"title": "Eén keer"}, "sleutel")
			if errs[i] = err; err == nil {
				ids[i] = saved.Entity.Base().ID
			}
		})
	}
	wg.Wait()
	for i := range many {
		if errs[i] != nil || ids[i] != ids[0] {
			t.Errorf("call %d: %s, %v", i, ids[i], errs[i])
		}
	}
	if last, err := store.Last(ctx); err != nil || last != 1 {
		t.Errorf("%d writes, %v", last, err)
	}
}

// One title, many authors at once: each gets an address of its own.
func TestTitlesAtOnce(t *testing.T) {
	ctx := t.Context()
	desk, _ := raceDesk(openStore(t))
	const many = 16
	slugs, errs := make([]string, many), make([]error, many)
	var wg sync.WaitGroup
	for i := range many {
		wg.Go(func() {
			saved, err := desk.Create(ctx, as(kb.RoleEditor), kb.KindLesson, kb.Fields{"title": "Zelfde titel"}, "")
			if errs[i] = err; err == nil {
				slugs[i] = saved.Entity.Base().Slug
			}
		})
	}
	wg.Wait()
	slices.Sort(slugs)
	if slices.Contains(slugs, "") || len(slices.Compact(slugs)) != many {
		t.Errorf("addresses %q, errors %v", slugs, errs)
	}
}

// BenchmarkDeskUpdate measures durable changes of records by many at once, each of
// their own, in a store with 10,000 other records.
func BenchmarkDeskUpdate(b *testing.B) {
	ctx := context.Background()
	store, err := sqlite.Open(ctx, b.TempDir(), sqlite.Options{})
	check(b, err)
	defer func() { check(b, store.Close()) }()
	batch := make([]kb.Record, 10_000)
	for i := range batch {
		l := lesson(fmt.Sprint(i), fmt.Sprintf("Les %d", i))
		l.Slug, l.Body = fmt.Sprintf("les-%d", i), strings.Repeat("Tekst van gewone lengte. ", 60)
		batch[i], err = kb.NewRecord(l, nil)
		check(b, err)
	}
	_, err = store.Put(ctx, batch)
	check(b, err)
	desk, ids := raceDesk(store)
	editor := as(kb.RoleEditor)
	b.SetParallelism(16)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		title := fmt.Sprintf("Eigen werk %d", ids.Add(1))
		at, err := desk.Create(ctx, editor, kb.KindLesson, kb.Fields{"title": title, "body": strings.Repeat("Tekst. ", 200)}, "")
		for n := 0; err == nil && pb.Next(); n++ {
			at, err = desk.Update(ctx, editor, kb.Target{ID: at.Entity.Base().ID, Version: at.Version}, kb.Fields{"summary": fmt.Sprint("Versie ", n)}, true)
		}
		if err != nil {
			b.Error(err)
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
}

// Several processes publish what is due: each record is published once.
func TestProcessesPublishOnce(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	soon := w.now.Add(time.Hour)
	const many = 20
	for i := range many {
		w.done(w.Approve(ctx, w.editor, w.draft(fmt.Sprint("Straks ", i)), &soon))
	}
	w.follow()
	before, err := w.store.Last(ctx)
	check(t, err)
	counts, errs := make([]int, 4), make([]error, 4)
	var wg sync.WaitGroup
	for i := range counts {
		process := kb.NewDesk(w.store, w.index, nil, func() time.Time { return soon }, nil)
		wg.Go(func() { counts[i], errs[i] = process.PublishDue(ctx) })
	}
	wg.Wait()
	total := 0
	for i, n := range counts {
		check(t, errs[i])
		total += n
	}
	after, err := w.store.Last(ctx)
	check(t, err)
	if total != many || after != before+many {
		t.Errorf("%v published, %d writes, want %d", counts, after-before, many)
	}
}

// An editor approves while the author goes on writing: what is published is what
// the editor read, or nothing is.
func TestApprovingWhileItIsWritten(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	for i := range 50 {
		at := w.done(w.Submit(ctx, w.expert, w.draft(fmt.Sprint("Tekst ", i)), ""))
		var wg sync.WaitGroup
		var approved, written error
		wg.Go(func() { approved = errorOf(w.Approve(ctx, w.editor, at, nil)) })
		wg.Go(func() { written = errorOf(w.Update(ctx, w.expert, at, kb.Fields{"summary": "Ongelezen"}, false)) })
		wg.Wait()
		if (approved == nil) == (written == nil) {
			t.Fatalf("approved: %v; written: %v", approved, written)
		}
		live := w.open(w.editor, at.ID).Live.(*kb.Lesson)
		if published := live.Status == kb.StatusPublished; published != (approved == nil) || published && live.Summary == "Ongelezen" {
			t.Fatalf("published: %v, with %q", published, live.Summary)
		}
	}
}
