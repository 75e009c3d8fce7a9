package worker_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
	"leerkring/internal/mail/mailtest"
)

// told waits until so many mails were made and none waits any more.
func (w *world) told(mails int) {
	w.t.Helper()
	w.until("all mails are out", func() bool {
		got := count(states(w.t, w))
		return got[kb.MailWaiting] == 0 && got[kb.MailSent]+got[kb.MailHandingOver]+got[kb.MailFailed] == mails && got[kb.MailHandingOver] == 0
	})
}

func TestEachNotificationIsMailedOnce(t *testing.T) {
	for name, store := range stores() {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, store(t), nil)
			stop := w.run()
			w.tick <- w.clock.now() // it is at work, and began at the end of the log
			for n := range 5 {
				submit(t, w, n)
			}
			w.told(10)
			stop()
			judge(t, states(t, w), received(t, w.server))
			if got := len(w.server.Letters()); got != 10 {
				t.Errorf("%d mails", got)
			}
		})
	}
}

// ticking lets a minute go by again and again until it is stopped.
func (w *world) ticking() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		for {
			select {
			case w.tick <- w.clock.now():
				w.clock.add(time.Minute)
			case <-ctx.Done():
				return
			}
		}
	})
	stop = sync.OnceFunc(func() {
		cancel()
		running.Wait()
	})
	w.t.Cleanup(stop)
	return stop
}

// Two processes that work at once tell and mail everything once.
func TestTwoWorkersAtOnce(t *testing.T) {
	for name, store := range stores() {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, store(t), nil)
			one, two := w.run(), w.run()
			w.tick <- w.clock.now()
			w.tick <- w.clock.now()
			for n := range 5 {
				submit(t, w, n)
			}
			// Whoever loses a mail to the other leaves the rest to the next tick.
			stop := w.ticking()
			w.told(10)
			stop()
			one()
			two()
			judge(t, states(t, w), received(t, w.server))
			if got := len(w.server.Letters()); got != 10 {
				t.Errorf("%d mails", got)
			}
		})
	}
}

// Whatever goes wrong at whatever moment of a conversation: every mail comes once,
// or at most once where nobody can know whether the server took it.
func TestEveryMomentOfAConversation(t *testing.T) {
	for name, store := range stores() {
		for _, moment := range mailtest.Moments() {
			if name == "mongo" && (moment == mailtest.Hello || moment == mailtest.From || moment == mailtest.To) {
				continue // as at Data: nothing is written before the claim
			}
			for what, fault := range map[string]mailtest.Fault{"cut": {Cut: true}, "later": {Answer: "451 4.3.0 later"}, "stopped": {}} {
				if what == "later" && (moment == mailtest.Body || moment == mailtest.Taken) {
					continue // a server does not say no in the middle, or after it said yes
				}
				t.Run(name+" "+string(moment)+" "+what, func(t *testing.T) {
					stops, stopped := make(chan func(), 1), make(chan struct{})
					hit := false
					w := newWorld(t, store(t), func(m mailtest.Moment) mailtest.Fault {
						if m != moment || hit {
							return mailtest.Fault{}
						}
						hit = true
						if what == "stopped" {
							go func() { (<-stops)(); close(stopped) }()
						}
						return fault
					})
					stop := w.run()
					stops <- stop
					w.tick <- w.clock.now()
					submit(t, w, 1)
					if what == "stopped" {
						<-stopped
						stop = w.run()
					}
					defer w.ticking()()
					w.until("no mail waits", func() bool {
						all := states(t, w)
						got := count(all)
						return len(all) == 2 && got[kb.MailWaiting] == 0 && got[kb.MailHandingOver] <= unknown(moment, what)
					})
					stop()
					got := states(t, w)
					judge(t, got, received(t, w.server))
					if n := count(got)[kb.MailHandingOver]; n != unknown(moment, what) {
						t.Errorf("%d mails hang", n)
					}
				})
			}
		}
	}
}

// unknown is how many mails nobody can know the outcome of after a fault.
func unknown(moment mailtest.Moment, what string) int {
	claimed := moment == mailtest.Body || moment == mailtest.End || moment == mailtest.Taken
	if what == "cut" && claimed {
		return 1
	}
	return 0
}

func TestTheClock(t *testing.T) {
	w := newWorld(t, stores()["sqlite"](t), nil)
	ctx := context.Background()
	must(t, kb.Seed(ctx, w))
	must(t, w.indexer.WaitFor(ctx, last(t, w)))
	eva, rian := people()[0].Actor(), people()[1].Actor()
	made, err := w.desk.Create(ctx, eva, kb.KindLesson, kb.Fields{
		"title": "Begin klein", "summary": "Kort.", "statement": "Zo.", "themes": []any{"wonen"}, "visibility": "PUBLIC",
	}, "")
	must(t, err)
	later := w.clock.now().Add(10 * time.Minute)
	at := kb.Target{ID: made.Entity.Base().ID, Version: made.Version}
	_, err = w.desk.Approve(ctx, rian, at, &later)
	must(t, err)
	must(t, w.indexer.WaitFor(ctx, last(t, w)))
	secret := session(t, w, w.clock.now().Add(time.Hour))

	stop := w.run()
	w.tick <- w.clock.now()
	w.clock.add(time.Hour + time.Minute)
	w.tick <- w.clock.now()
	status := func() kb.Status {
		found, err := w.Get(ctx, []kb.ID{at.ID})
		must(t, err)
		live, _, err := kb.DecodeRecord(found[at.ID])
		must(t, err)
		return live.Base().Status
	}
	w.until("it is published", func() bool { return status() == kb.StatusPublished })
	for range 24 * 60 { // a day of minutes
		w.tick <- w.clock.now()
	}
	stop()
	if found, err := w.Find(ctx, []string{secret}); err != nil || len(found) > 0 {
		t.Errorf("a session that is over is there: %v, %v", found, err)
	}
}

// What was counted is there after a stop.
func TestCountsSurviveAStop(t *testing.T) {
	w := newWorld(t, stores()["sqlite"](t), nil)
	work, err := w.worker(w.server.Addr(), w.tick)
	must(t, err)
	ctx, stop := context.WithCancel(context.Background())
	work.Counting.Search(ctx, "wonen", 3)
	stop()
	work.Run(ctx)
	found := 0
	must(t, kb.Walk(t.Context(), w.Changes, func(records []kb.Record) error {
		for _, r := range records {
			if r.Kind == kb.KindStatistics {
				found++
			}
		}
		return nil
	}))
	if diff := cmp.Diff(1, found); diff != "" {
		t.Error(diff)
	}
}

func last(t testing.TB, store kb.Store) kb.Seq {
	t.Helper()
	seq, err := store.Last(context.Background())
	must(t, err)
	return seq
}

// session writes a session that ends at a moment, and gives its unique key.
func session(t testing.TB, store kb.Store, ends time.Time) string {
	t.Helper()
	id := kb.DeriveID("session", "one")
	const secret = "00000000000000000000000000000000000000000000000000000000000000aa"
	put(t, store, &kb.Session{
		Head:    kb.Head{ID: id, Slug: string(id), Status: kb.StatusPublished, Visibility: kb.VisibilityMembers},
		Account: kb.DeriveID("account", "Eva"), Secret: secret, ExpiresAt: ends,
	})
	return kb.SessionKey(secret)
}
