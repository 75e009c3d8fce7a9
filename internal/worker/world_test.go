package worker_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/internal/indexer"
	"leerkring/internal/kb"
	"leerkring/internal/mail"
	"leerkring/internal/mail/mailtest"
	"leerkring/internal/search"
	"leerkring/internal/store/mongo"
	"leerkring/internal/store/mongo/mongotest"
	"leerkring/internal/store/sqlite"
	"leerkring/internal/worker"
)

// clock is set by hand.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newID() kb.ID {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return kb.IDFromBytes(b)
}

// opened is a store with its index, and the services of a worker on it.
type opened struct {
	kb.Store
	index   *search.Index
	indexer *indexer.Indexer
	desk    *kb.Desk
	clock   *clock
	stop    context.CancelFunc
	running sync.WaitGroup
}

// open puts the parts together as the program does.
func open(store kb.Store, dir string, c *clock) (*opened, error) {
	index, _, err := search.Open(dir, search.Options{Now: c.now})
	if err != nil {
		return nil, err
	}
	o := &opened{Store: store, index: index, clock: c}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	describer := kb.NewDescriber(store, kb.NewGazetteer())
	begin := func() (indexer.Rebuild, error) { return index.Rebuild() }
	o.indexer = indexer.New(store, index, begin, describer.Describe, indexer.Options{Log: log})
	o.desk = kb.NewDesk(store, index, nil, c.now, newID)
	ctx, stop := context.WithCancel(context.Background())
	o.stop = stop
	o.running.Go(func() { _ = o.indexer.Run(ctx) })
	return o, nil
}

func (o *opened) close() error {
	o.stop()
	o.running.Wait()
	return o.index.Close()
}

// worker makes a worker that sends by a server.
func (o *opened) worker(smtp string, tick <-chan time.Time) (*worker.Worker, error) {
	address, err := mail.Parse("smtp://"+smtp, "kennis@example.nl")
	if err != nil {
		return nil, err
	}
	return worker.New(worker.Config{
		Wait:   o.Wait,
		Teller: kb.NewTeller(kb.TellerConfig{Store: o, Search: o.index, Follow: o.indexer.WaitFor, Now: o.clock.now, Mails: true}),
		Outbox: kb.NewOutbox(kb.OutboxConfig{
			Store: o, Search: o.index, Now: o.clock.now, NewID: newID, Random: rand.Reader, BaseURL: "https://kennis.example.nl",
			Tickets: func(context.Context, kb.ID, kb.TicketPurpose) (string, error) {
				return "https://kennis.example.nl/x", nil
			},
		}),
		Counting: kb.NewCounting(o, o.index, o.clock.now, newID()), Expiry: kb.NewExpiry(o, o.clock.now),
		PublishDue: o.desk.PublishDue, Sender: mail.NewSender(address, mail.Options{Now: o.clock.now, Timeout: 20 * time.Second}),
		Tick: tick, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}), nil
}

// world is a store for a test, with a mail server.
type world struct {
	*opened
	t      testing.TB
	server *mailtest.Server
	tick   chan time.Time
}

// stores are the stores on which tests run.
func stores() map[string]func(testing.TB) kb.Store {
	return map[string]func(testing.TB) kb.Store{
		"sqlite": func(t testing.TB) kb.Store {
			s, err := sqlite.Open(context.Background(), t.TempDir(), sqlite.Options{})
			must(t, err)
			return s
		},
		"mongo": func(t testing.TB) kb.Store {
			s, err := mongo.Open(context.Background(), mongotest.URI(t), mongo.Options{})
			must(t, err)
			return s
		},
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newWorld(t testing.TB, store kb.Store, at func(mailtest.Moment) mailtest.Fault) *world {
	t.Helper()
	o, err := open(store, t.TempDir(), newClock())
	must(t, err)
	w := &world{opened: o, t: t, server: mailtest.Start(t, mailtest.Options{At: at}), tick: make(chan time.Time)}
	t.Cleanup(func() {
		must(t, o.close())
		must(t, store.Close())
	})
	for _, a := range people() {
		put(t, store, a)
	}
	return w
}

// run lets a worker work until stop is called.
func (w *world) run() (stop func()) {
	w.t.Helper()
	work, err := w.worker(w.server.Addr(), w.tick)
	must(w.t, err)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	work.Begin(ctx) // as the program does: what is written from here on is told
	running.Go(func() { work.Run(ctx) })
	stop = sync.OnceFunc(func() {
		cancel()
		running.Wait()
	})
	w.t.Cleanup(stop)
	return stop
}

// until waits for the log to hold what is asked for.
func (w *world) until(what string, holds func() bool) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		last, err := w.Last(ctx)
		must(w.t, err)
		if holds() {
			return
		}
		if err := w.Wait(ctx, last); err != nil {
			w.t.Fatalf("waiting until %s: %v; mails %v", what, err, count(states(w.t, w)))
		}
	}
}

// people are an expert, and editors who get mails at once.
func people() []*kb.Account {
	return []*kb.Account{
		account("Eva", kb.RoleExpert, kb.MailNone), account("Rian", kb.RoleEditor, kb.MailAtOnce), account("Emre", kb.RoleEditor, kb.MailAtOnce),
	}
}

func account(name string, role kb.Role, mode kb.MailMode) *kb.Account {
	id := kb.DeriveID("account", name)
	return &kb.Account{
		Head: kb.Head{ID: id, Slug: string(id), Status: kb.StatusPublished, Visibility: kb.VisibilityMembers},
		Name: name, Email: strings.ToLower(name) + "@leerkring.example", Role: role, Language: "nl", Mails: mode,
	}
}

func put(t testing.TB, store kb.Store, e kb.Entity) {
	t.Helper()
	r, err := kb.NewRecord(e, nil)
	must(t, err)
	results, err := store.Put(context.Background(), []kb.Record{r})
	must(t, err)
	must(t, results[0].Err)
}

// submit makes a lesson that is submitted, of which all editors are told.
func submit(t testing.TB, store kb.Store, n int) {
	t.Helper()
	name := fmt.Sprintf("les-%d", n)
	l := &kb.Lesson{Common: kb.Common{Title: fmt.Sprintf("Les %d", n), Language: "nl"}, Statement: "Zo."}
	l.Head = kb.Head{ID: kb.DeriveID("worker", name), Slug: name, Status: kb.StatusInReview, Visibility: kb.VisibilityPublic}
	l.CreatedBy = kb.DeriveID("account", "Eva")
	l.Review = &kb.Review{SubmittedBy: l.CreatedBy}
	r, err := kb.NewRecord(l, nil)
	must(t, err)
	r.By, r.Event = l.CreatedBy, kb.Event{Type: kb.EventSubmitted}
	results, err := store.Put(context.Background(), []kb.Record{r})
	must(t, err)
	must(t, results[0].Err)
}

// states gives the state of each mail.
func states(t testing.TB, store kb.Store) map[kb.ID]kb.MailState {
	t.Helper()
	out, err := readStates(store)
	must(t, err)
	return out
}

func readStates(store kb.Store) (map[kb.ID]kb.MailState, error) {
	out := map[kb.ID]kb.MailState{}
	return out, kb.Walk(context.Background(), store.Changes, func(records []kb.Record) error {
		for _, r := range records {
			if r.Kind != kb.KindMail {
				continue
			}
			live, _, err := kb.DecodeRecord(r)
			if err != nil {
				return err
			}
			if m, ok := live.(*kb.Mail); ok {
				out[m.ID] = m.State
			}
		}
		return nil
	})
}

func count(states map[kb.ID]kb.MailState) map[kb.MailState]int {
	out := map[kb.MailState]int{}
	for _, s := range states {
		out[s]++
	}
	return out
}

// received counts how often the server took each mail, by its Message-ID.
func received(t testing.TB, server *mailtest.Server) map[kb.ID]int {
	t.Helper()
	out := map[kb.ID]int{}
	for _, l := range server.Letters() {
		_, after, _ := strings.Cut(l.Text, "Message-ID: <")
		id, _, ok := strings.Cut(after, "@")
		if !ok || !kb.ID(id).Valid() {
			t.Fatalf("no Message-ID in %q", l.Text)
		}
		out[kb.ID(id)]++
	}
	return out
}

// judge holds what the store says of each mail against what the server took: what
// was sent came once, what hangs came at most once, and nothing else came.
func judge(t testing.TB, states map[kb.ID]kb.MailState, took map[kb.ID]int) {
	t.Helper()
	for id, state := range states {
		n := took[id]
		ok := state == kb.MailSent && n == 1 || state == kb.MailHandingOver && n <= 1 || (state == kb.MailWaiting || state == kb.MailFailed) && n == 0
		if !ok {
			t.Errorf("mail %s is %s and came %d times", id, state, n)
		}
	}
	for id, n := range took {
		if _, known := states[id]; !known {
			t.Errorf("mail %s came %d times and is not in the store", id, n)
		}
	}
}
