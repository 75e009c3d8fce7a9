// Package worker does what is due: it follows the log to tell people what happened,
// sends the mails that wait, publishes what was scheduled, and keeps the counts.
//
// The invariant that a newcomer must know: nothing is lost or done twice when a
// worker ends at any moment, or when several processes run one. All it knows is in
// the store; the rules by which that holds are in kb.
package worker

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"leerkring/internal/kb"
)

// Config is what a worker works with. All but Sender, Files and Extractions is required.
type Config struct {
	// Wait returns nil as soon as there is a write after a position (kb.Store.Wait).
	Wait     func(ctx context.Context, after kb.Seq) error
	Teller   *kb.Teller
	Outbox   *kb.Outbox
	Counting *kb.Counting
	Expiry   *kb.Expiry
	// PublishDue publishes what is scheduled for now or earlier (kb.Desk.PublishDue).
	PublishDue func(context.Context) (int, error)
	// Files finishes the uploads that were cut off, and takes away bytes of no file.
	Files *kb.Files
	// Extractions reads files; nil where nothing here can.
	Extractions *kb.Extractions
	// Sender speaks to the mail server; nil where mails are off.
	Sender Sender
	// Tick comes about every minute.
	Tick <-chan time.Time
	Log  *slog.Logger
}

// Sender sends letters, and takes leave of its server when there are no more.
type Sender interface {
	kb.Sender
	Hangup()
}

// Worker does what is due.
type Worker struct {
	Config
	retell chan struct{} // follow the log again, after an error
	resend chan struct{} // there is something in outgoing
	retidy chan struct{} // a tick for the files

	mu       sync.Mutex
	outgoing outgoing
}

// outgoing is what the sending of mails is to look at.
type outgoing struct {
	fresh []kb.ID // written just now
	due   bool    // those whose time has come
}

// New makes a worker.
func New(c Config) *Worker {
	return &Worker{Config: c, resend: make(chan struct{}, 1), retell: make(chan struct{}, 1), retidy: make(chan struct{}, 1)}
}

// Begin notes from where the log is followed, and takes away what is over. It is
// called before Run, and before anyone is told that the program runs: what happens
// from then on is not missed. What fails is logged, and Run does it again.
func (w *Worker) Begin(ctx context.Context) {
	mails, _, err := w.Teller.Step(ctx)
	if !w.failed(ctx, "the log cannot be followed now; trying again", err) && len(mails) > 0 {
		w.ask(func(o *outgoing) { o.fresh = append(o.fresh, mails...) })
	}
	_, err = w.Expiry.Clean(ctx)
	w.failed(ctx, "sessions that are over cannot be taken away now; trying again tomorrow", err)
}

// Run works until ctx ends, and then puts down what was counted. What fails is
// logged and tried again with the next tick.
func (w *Worker) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { w.follow(ctx) })
	all.Go(func() { w.keepTime(ctx) })
	if w.Sender != nil {
		all.Go(func() { w.send(ctx) })
	}
	if w.Extractions != nil {
		all.Go(func() { w.Extractions.Run(ctx) })
	}
	if w.Files != nil {
		all.Go(func() { w.tidy(ctx) })
	}
	all.Wait()
	const atTheEnd = 5 * time.Second
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), atTheEnd)
	defer cancel()
	w.failed(last, "counts cannot be kept; those of the last minute are lost", w.Counting.Flush(last))
}

// failed logs an error, unless it is that of the end of ctx.
func (w *Worker) failed(ctx context.Context, what string, err error) bool {
	if err != nil && ctx.Err() == nil {
		w.Log.ErrorContext(ctx, what, "err", err)
	}
	return err != nil
}

// follow tells people what happened as it is written.
func (w *Worker) follow(ctx context.Context) {
	for ctx.Err() == nil {
		mails, more, err := w.Teller.Step(ctx)
		if w.failed(ctx, "people cannot be told now; trying again", err) {
			wait(ctx, w.retell)
			continue
		}
		if len(mails) > 0 {
			w.ask(func(o *outgoing) { o.fresh = append(o.fresh, mails...) })
		}
		if !more && w.failed(ctx, "the log cannot be followed now; trying again", w.Wait(ctx, w.Teller.Position())) {
			wait(ctx, w.retell)
		}
	}
}

// keepTime does what the clock asks for.
func (w *Worker) keepTime(ctx context.Context) {
	for ticks := 0; ; ticks++ {
		w.tick(ctx, ticks)
		select {
		case <-w.Tick:
		case <-ctx.Done():
			return
		}
	}
}

// Some work is for every tick, some for one in so many.
const (
	hourly = 60
	daily  = 24 * hourly
)

func (w *Worker) tick(ctx context.Context, ticks int) {
	wake(w.retell)
	wake(w.retidy)
	_, err := w.PublishDue(ctx)
	w.failed(ctx, "what is scheduled cannot be published now; trying again", err)
	if ticks%hourly == 0 {
		w.failed(ctx, "nobody can be told of review-by dates now; trying again in an hour", w.Teller.Remind(ctx))
	}
	if ticks%daily == 0 {
		_, err := w.Expiry.Clean(ctx)
		w.failed(ctx, "sessions that are over cannot be taken away now; trying again tomorrow", err)
	}
	w.failed(ctx, "counts cannot be kept now; trying again", w.Counting.Flush(ctx))
	w.ask(func(o *outgoing) { o.due = true })
}

// tidy finishes uploads with each tick, and once a day takes away what belongs to no
// file: both may take long, and nothing else waits for them.
func (w *Worker) tidy(ctx context.Context) {
	for ticks := 0; ; ticks++ {
		wait(ctx, w.retidy)
		if ctx.Err() != nil {
			return
		}
		_, err := w.Files.Sweep(ctx)
		w.failed(ctx, "uploads that were cut off cannot be finished now; trying again", err)
		if ticks%daily != 0 {
			continue
		}
		gone, err := w.Files.Scrub(ctx)
		if !w.failed(ctx, "bytes of no file cannot be taken away now; trying again tomorrow", err) && gone.Blobs+gone.Stages+gone.Files > 0 {
			w.Log.InfoContext(ctx, "files that nothing names were taken away", "blobs", gone.Blobs, "stages", gone.Stages, "files", gone.Files, "bytes", gone.Bytes)
		}
	}
}

// maxFresh bounds what waits for a mail server that is slow: the rest is found
// again when its time has come.
const maxFresh = 10_000

// ask has mails looked at.
func (w *Worker) ask(add func(*outgoing)) {
	if w.Sender == nil {
		return
	}
	w.mu.Lock()
	add(&w.outgoing)
	w.outgoing.fresh = w.outgoing.fresh[:min(len(w.outgoing.fresh), maxFresh)]
	w.mu.Unlock()
	wake(w.resend)
}

func (w *Worker) asked() outgoing {
	w.mu.Lock()
	defer w.mu.Unlock()
	o := w.outgoing
	w.outgoing = outgoing{}
	return o
}

// send sends mails as they are written, and those whose time has come.
func (w *Worker) send(ctx context.Context) {
	for {
		select {
		case <-w.resend:
		case <-ctx.Done():
			return
		}
		w.sendAsked(ctx, w.asked())
		w.Sender.Hangup()
	}
}

func (w *Worker) sendAsked(ctx context.Context, o outgoing) {
	sent, err := w.Outbox.Send(ctx, w.Sender, o.fresh)
	if err == nil && o.due {
		var more int
		more, err = w.Outbox.SendDue(ctx, w.Sender)
		sent += more
	}
	if sent > 0 {
		w.Log.InfoContext(ctx, "mails sent", "count", sent)
	}
	if u, ok := errors.AsType[*kb.Undelivered](err); ok {
		w.Log.WarnContext(ctx, "the mail server cannot be spoken to now; trying again", "step", u.Step, "code", u.Code)
		return
	}
	w.failed(ctx, "mails cannot be sent now; trying again", err)
}

// wake lets who waits go on, now or as soon as they wait.
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func wait(ctx context.Context, c chan struct{}) {
	select {
	case <-c:
	case <-ctx.Done():
	}
}
