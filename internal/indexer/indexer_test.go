package indexer_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"leerkring/internal/indexer"
	"leerkring/internal/kb"
	"leerkring/internal/search"
	"leerkring/internal/store/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bench is a store with an index that follows it.
type bench struct {
	store   *sqlite.Store
	index   *search.Index
	indexer *indexer.Indexer
	stop    func()
}

// faulty fails what a test tells it to.
type faulty struct {
	indexer.Target
	fail atomic.Int32
}

var errFault = errors.New("injected fault")

func (f *faulty) Commit(ctx context.Context, step kb.Step) error {
	if f.fail.Add(-1) >= 0 {
		return errFault
	}
	return f.Target.Commit(ctx, step)
}

func openBench(t *testing.T, dir string) *bench {
	t.Helper()
	s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	x, _, err := search.Open(dir+"/index", search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{store: s, index: x, stop: func() {}}
	b.indexer = b.over(x)
	t.Cleanup(b.close)
	return b
}

func (b *bench) over(target indexer.Target) *indexer.Indexer {
	describe := kb.NewDescriber(b.store, kb.NewGazetteer()).Describe
	begin := func() (indexer.Rebuild, error) { return b.index.Rebuild() }
	return indexer.New(b.store, target, begin, describe, indexer.Options{Batch: 10, Linger: time.Nanosecond, Retry: time.Millisecond})
}

// run starts the indexer; stop ends it and waits.
func (b *bench) run() {
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { _ = b.indexer.Run(ctx) })
	b.stop = func() { cancel(); done.Wait(); b.stop = func() {} }
}

func (b *bench) close() {
	b.stop()
	_ = b.index.Close()
	_ = b.store.Close()
}

func (b *bench) put(t *testing.T, entities ...kb.Entity) kb.Seq {
	t.Helper()
	var records []kb.Record
	for _, e := range entities {
		r, err := kb.NewRecord(e, nil)
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
		e.Base().Version++
	}
	results, err := b.store.Put(t.Context(), records)
	if err != nil {
		t.Fatal(err)
	}
	var last kb.Seq
	for _, r := range results {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		last = r.Seq
	}
	return last
}

func (b *bench) wait(t *testing.T, seq kb.Seq) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := b.indexer.WaitFor(ctx, seq); err != nil {
		t.Fatalf("waiting for %d at %d: %v", seq, b.index.Position(), err)
	}
}

func (b *bench) find(t *testing.T, text string) []string {
	t.Helper()
	res, err := b.index.Search(t.Context(), kb.Visitor(), kb.SearchRequest{Text: text, First: 100, Sort: kb.SortTitle})
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, h := range res.Hits {
		out = append(out, h.Entity.Label())
	}
	return out
}

func head(name string) kb.Head {
	id := kb.DeriveID("test", name)
	return kb.Head{ID: id, Slug: "test-" + string(id), Status: kb.StatusPublished, Visibility: kb.VisibilityPublic}
}

func aCase(title string) *kb.Case {
	return &kb.Case{Common: kb.Common{Head: head(title), Title: title, Language: "nl"}}
}

func TestFollows(t *testing.T) {
	b := openBench(t, t.TempDir())
	b.run()
	seq := b.put(t, aCase("fietspad"))
	b.wait(t, seq)
	if d := cmp.Diff([]string{"fietspad"}, b.find(t, "fietspad")); d != "" {
		t.Error(d)
	}
	draft := aCase("geheim fietspad")
	draft.Status = kb.StatusDraft
	b.wait(t, b.put(t, draft))
	if d := cmp.Diff([]string{"fietspad"}, b.find(t, "fietspad")); d != "" {
		t.Errorf("with a draft: %s", d)
	}
}

func TestGoesOnWhereItStopped(t *testing.T) {
	dir := t.TempDir()
	b := openBench(t, dir)
	b.run()
	b.wait(t, b.put(t, aCase("een")))
	b.stop()
	last := b.put(t, aCase("twee"), aCase("drie"))
	b.close()

	b = openBench(t, dir)
	if b.index.Position() != last-2 || b.indexer.Ready() {
		t.Errorf("at %d of %d, ready %v", b.index.Position(), last, b.indexer.Ready())
	}
	b.run()
	b.wait(t, last)
	if d := cmp.Diff([]string{"drie", "een", "twee"}, b.find(t, "")); d != "" || !b.indexer.Ready() {
		t.Errorf("ready %v: %s", b.indexer.Ready(), d)
	}
}

// A commit that fails is tried again from the index's own position.
func TestFaultsAreTriedAgain(t *testing.T) {
	b := openBench(t, t.TempDir())
	f := &faulty{Target: b.index}
	b.indexer = b.over(f)
	f.fail.Store(3)
	b.run()
	var last kb.Seq
	for i := range 35 {
		last = b.put(t, aCase(fmt.Sprintf("zaak %02d", i)))
	}
	b.wait(t, last)
	if got := b.find(t, "zaak"); len(got) != 35 {
		t.Errorf("%d of 35 found", len(got))
	}
}

// When a name changes, or what it names is published or withdrawn, the records
// that name it are found accordingly.
func TestNamesInOtherRecords(t *testing.T) {
	b := openBench(t, t.TempDir())
	b.run()
	org := &kb.Organisation{Head: head("org"), Name: "Waterschap"}
	org.Status = kb.StatusDraft
	var last kb.Seq
	for i := range 25 { // more than two batches
		c := aCase(fmt.Sprintf("zaak %02d", i))
		c.Organisations = []kb.ID{org.ID}
		last = b.put(t, c)
	}
	b.wait(t, last)
	steps := []struct {
		name   string
		change func()
		text   string
		want   int
	}{
		{"a draft is no name", func() {}, "waterschap", 0},
		{"published", func() { org.Status = kb.StatusPublished }, "waterschap", 25},
		{"renamed", func() { org.Name = "Hoogheemraadschap" }, "hoogheemraadschap", 25},
		{"the old name is gone", func() {}, "waterschap", 0},
		{"for members", func() { org.Visibility = kb.VisibilityMembers }, "hoogheemraadschap", 0},
	}
	for _, s := range steps {
		s.change()
		b.wait(t, b.put(t, org))
		if got := b.find(t, s.text); len(got) != s.want {
			t.Errorf("%s: %d found, want %d", s.name, len(got), s.want)
		}
	}
}

// A rebuild takes in what is written meanwhile, and no search sees less.
func TestRebuildWhileWriting(t *testing.T) {
	b := openBench(t, t.TempDir())
	b.run()
	var entities []kb.Entity
	for i := range 200 {
		entities = append(entities, aCase(fmt.Sprintf("oud %03d", i)))
	}
	b.wait(t, b.put(t, entities...))

	ctx, cancel := context.WithCancel(t.Context())
	var workers sync.WaitGroup
	var written atomic.Uint64
	var fewest atomic.Int64
	fewest.Store(1 << 40)
	workers.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			written.Store(uint64(b.put(t, aCase(fmt.Sprintf("nieuw %03d", i)))))
		}
	})
	workers.Go(func() {
		for ctx.Err() == nil {
			res, err := b.index.Search(context.Background(), kb.Visitor(), kb.SearchRequest{Text: "oud", First: 1})
			if err != nil {
				t.Errorf("a search during a rebuild: %v", err)
				return
			}
			fewest.Store(min(fewest.Load(), int64(res.Total)))
		}
	})
	for range 3 {
		if err := b.indexer.Rebuild(t.Context()); err != nil {
			t.Error(err)
		}
	}
	cancel()
	workers.Wait()
	b.wait(t, kb.Seq(written.Load()))
	if got := len(b.find(t, "oud")); got != 100 || fewest.Load() != 200 { // a page holds 100
		t.Errorf("%d on the page, at least %d found meanwhile", got, fewest.Load())
	}
	compare(t, b)
}

// compare checks the index against the store.
func compare(t *testing.T, b *bench) {
	t.Helper()
	describe := kb.NewDescriber(b.store, kb.NewGazetteer()).Describe
	diff, err := b.index.Compare(t.Context(), func(yield func(kb.Document) error) error {
		changes, err := b.store.Changes(t.Context(), 0, 100_000)
		if err != nil {
			return err
		}
		docs, err := describe(t.Context(), changes.Records)
		for _, d := range docs {
			err = errors.Join(err, yield(d))
		}
		return err
	})
	if err != nil || !diff.None() {
		t.Errorf("%+v, %v", diff, err)
	}
}

func TestWaitForHonoursItsContext(t *testing.T) {
	b := openBench(t, t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.indexer.WaitFor(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Sessions, links that work once, progress and files are in no index, and the
// index is not behind for it.
func TestKindsThatAreNotIndexed(t *testing.T) {
	b := openBench(t, t.TempDir())
	b.run()
	b.put(t, aCase("huis"))
	last := b.put(t,
		&kb.Session{Head: head("session"), Account: kb.DeriveID("account", "jan"), Secret: "s", Browser: "huis"},
		&kb.Ticket{Head: head("ticket"), Purpose: kb.TicketReset, Secret: "t"},
		&kb.Progress{Head: head("progress"), Worker: "huis"},
		&kb.File{Head: head("file"), Name: "huis", SHA256: "f"},
	)
	b.wait(t, last)
	kinds := []kb.Kind{kb.KindSession, kb.KindTicket, kb.KindProgress, kb.KindFile}
	res, err := b.index.Search(t.Context(), kb.System(), kb.SearchRequest{Kinds: kinds, First: 10})
	if err != nil || res.Total != 0 {
		t.Errorf("%+v, %v", res, err)
	}
	if d := cmp.Diff([]string{"huis"}, b.find(t, "huis")); d != "" {
		t.Error(d)
	}
}

// Who takes consent back is gone with the next commit: their page, the material
// that is found by their name, and what a name leads to while it is typed.
func TestConsentWithdrawn(t *testing.T) {
	b := openBench(t, t.TempDir())
	b.run()
	jansje := &kb.Person{Head: head("jansje"), Name: "Jansje Kwartier", Consent: true}
	named := aCase("huis")
	named.People = []kb.ID{jansje.ID}
	talk := &kb.Presentation{Common: kb.Common{Head: head("talk"), Title: "boom", Language: "nl"}, Speakers: []kb.ID{jansje.ID}}
	b.wait(t, b.put(t, named, talk, jansje))
	of := func() (found []string, people, suggested, filtered int) {
		one, err := b.index.Search(t.Context(), kb.System(), kb.SearchRequest{Kinds: []kb.Kind{kb.KindPerson}, First: 10})
		if err != nil {
			t.Fatal(err)
		}
		list, err := b.index.Suggest(t.Context(), kb.System(), "jansje kw", 10)
		if err != nil {
			t.Fatal(err)
		}
		byID, err := b.index.Search(t.Context(), kb.System(), kb.SearchRequest{Filter: kb.Filter{People: []kb.ID{jansje.ID}}, First: 10})
		if err != nil {
			t.Fatal(err)
		}
		return b.find(t, "kwartier"), one.Total, len(list), byID.Total
	}
	if found, people, suggested, filtered := of(); len(found) != 2 || people != 1 || suggested == 0 || filtered != 2 {
		t.Fatalf("with consent: finds %q, %d people, %d suggestions, %d by filter", found, people, suggested, filtered)
	}
	jansje.Consent = false
	b.wait(t, b.put(t, jansje))
	if found, people, suggested, filtered := of(); len(found)+people+suggested+filtered != 0 {
		t.Errorf("without consent: finds %q, %d people, %d suggestions, %d by filter", found, people, suggested, filtered)
	}
	if d := cmp.Diff([]string{"boom", "huis"}, b.find(t, "")); d != "" {
		t.Errorf("what named them is still there: %s", d)
	}
	jansje.Consent = true
	b.wait(t, b.put(t, jansje))
	if found, people, suggested, filtered := of(); len(found) != 2 || people != 1 || suggested == 0 || filtered != 2 {
		t.Errorf("with consent again: finds %q, %d people, %d suggestions, %d by filter", found, people, suggested, filtered)
	}
}

// A person without consent who has a working copy kept the document of the live
// half: only that of the copy was replaced.
func TestConsentWithdrawnWithAWorkingCopy(t *testing.T) {
	b := openBench(t, t.TempDir())
	b.run()
	jansje := &kb.Person{Head: head("jansje"), Name: "Jansje Kwartier", Consent: true}
	b.wait(t, b.put(t, jansje))
	jansje.Consent = false
	edited := *jansje
	edited.Consent, edited.Status = true, kb.StatusDraft
	r, err := kb.NewRecord(jansje, &edited)
	if err != nil {
		t.Fatal(err)
	}
	results, err := b.store.Put(t.Context(), []kb.Record{r})
	if err != nil || results[0].Err != nil {
		t.Fatal(err, results)
	}
	b.wait(t, results[0].Seq)
	res, err := b.index.Search(t.Context(), kb.System(), kb.SearchRequest{Kinds: []kb.Kind{kb.KindPerson}, First: 10})
	if err != nil || res.Total != 0 {
		t.Errorf("%d people are found, %v", res.Total, err)
	}
}

// Files make a step large: it ends where its text is too much, and the next one goes
// on from there, so that nothing is missed and not all is in memory at once.
func TestStepsWithMuchTextAreCut(t *testing.T) {
	b := openBench(t, t.TempDir())
	page := kb.FilePage{File: "f", Number: 1, Text: strings.Repeat("warmtenet ", 30_000)}
	largest := 0
	plain := kb.NewDescriber(b.store, kb.NewGazetteer())
	describe := func(ctx context.Context, records []kb.Record) ([]kb.Document, error) {
		documents, err := plain.Describe(ctx, records)
		for i := range documents {
			documents[i].Pages = []kb.FilePage{page}
		}
		return documents, err
	}
	counted := &counting{Target: b.index, largest: &largest}
	b.indexer = indexer.New(b.store, counted, nil, describe, indexer.Options{Linger: time.Nanosecond, Retry: time.Millisecond})
	var last kb.Seq
	for i := range 150 {
		last = b.put(t, aCase(fmt.Sprint("zaak ", i)))
	}
	b.run()
	b.wait(t, last)
	res, err := b.index.Search(t.Context(), kb.System(), kb.SearchRequest{Text: "warmtenet", First: 1})
	if err != nil || res.Total != 150 || largest > 64 {
		t.Errorf("%d records are found, %v; a step of %d documents", res.Total, err, largest)
	}
}

// counting notes the most documents of a step.
type counting struct {
	indexer.Target
	largest *int
}

func (c *counting) Commit(ctx context.Context, step kb.Step) error {
	*c.largest = max(*c.largest, len(step.Documents))
	return c.Target.Commit(ctx, step)
}
