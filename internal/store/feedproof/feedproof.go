// Package feedproof proves that the change feed of a store never skips a write:
// writers in processes of their own stop at random between reading a number and
// inserting under it, and are sometimes killed right there, while a reader follows.
//
// The invariant that a newcomer must know: nothing here trusts the store. What was
// acknowledged is known from the writers' own output, what came through the feed
// from the reader, and Run compares the two.
package feedproof

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
)

// Options says how hard the proof is.
type Options struct {
	// URI is an empty MongoDB database.
	URI string
	// Writers is the number of processes that write at the same time.
	Writers int
	// MaxPause is the longest stop between reading a number and inserting; how
	// long each one takes is random.
	MaxPause time.Duration
	// Duration is how long new writes are made; the last ones are waited for.
	Duration time.Duration
	// KillEvery is the mean time after which a writer is killed and followed by
	// another one; 0 kills none.
	KillEvery time.Duration
	// Seed repeats the same random choices of the writers.
	Seed uint64
	// Self makes the command of a process that calls Writer with these options.
	// It must end with ctx.
	Self func(ctx context.Context, opts WriterOptions) *exec.Cmd
}

// Report is what a proof saw.
type Report struct {
	Acknowledged int    // writes that a writer was told are durable
	Seen         int    // writes that came through the feed
	Kills        int    // writers that were killed
	KilledPaused int    // those of them that had read a number and not inserted yet
	Last         kb.Seq // where the feed and the store ended
}

// String gives the report in one line.
func (r Report) String() string {
	return fmt.Sprintf("%d writes acknowledged, %d seen in order up to number %d, %d writers killed, %d of them between number and insert",
		r.Acknowledged, r.Seen, r.Last, r.Kills, r.KilledPaused)
}

// Run runs the proof on an empty database. An error means that it failed: a write
// was skipped, repeated, changed or out of order, or the store does not hold together.
func Run(ctx context.Context, opts Options) (Report, error) {
	store, err := mongo.Open(ctx, opts.URI, mongo.Options{})
	if err != nil {
		return Report{}, err
	}
	defer store.Close()

	reader := newReader(store)
	following, stop := context.WithCancel(ctx)
	defer stop()
	read := make(chan error, 1)
	go func() {
		defer stop() // a reader that failed stops the proof
		read <- reader.follow(following)
	}()

	told, err := runWriters(following, opts)
	if err == nil {
		err = reader.caughtUp(following)
	}
	stop()
	if readErr := <-read; readErr != nil {
		err = readErr
	}
	if err != nil {
		return Report{}, err
	}
	last, err := store.Last(ctx)
	if err != nil {
		return Report{}, err
	}
	report, err := compare(reader, told, last)
	if err != nil {
		return report, err
	}
	return report, store.Check(ctx)
}

// told is what the writers said, together.
type told struct {
	mu           sync.Mutex
	acknowledged map[kb.Seq]string // "id version" by number
	twice        []kb.Seq
	kills        int
	killedPaused int
}

// runWriters keeps so many processes writing for the duration.
func runWriters(ctx context.Context, opts Options) (*told, error) {
	t := &told{acknowledged: map[kb.Seq]string{}}
	end := time.Now().Add(opts.Duration)
	errs := make([]error, opts.Writers)
	var all sync.WaitGroup
	for i := range opts.Writers {
		all.Go(func() {
			random := rand.New(rand.NewPCG(opts.Seed, uint64(i)))
			for life := 0; errs[i] == nil && time.Until(end) > 0; life++ {
				errs[i] = t.live(ctx, opts, WriterOptions{
					URI: opts.URI, Name: strconv.Itoa(i) + "." + strconv.Itoa(life), MaxPause: opts.MaxPause,
					Until: end, Seed: random.Uint64(),
				}, lifetime(random, opts.KillEvery))
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return t, nil
}

// lifetime draws when a writer is to be killed; 0 is never.
func lifetime(random *rand.Rand, mean time.Duration) time.Duration {
	return time.Duration(random.ExpFloat64() * float64(mean))
}

// compare holds what was acknowledged against what the reader saw, and both
// against where the store ends.
func compare(r *reader, t *told, last kb.Seq) (Report, error) {
	report := Report{Acknowledged: len(t.acknowledged), Seen: len(r.seen), Kills: t.kills, KilledPaused: t.killedPaused, Last: r.position}
	if len(t.twice) > 0 {
		return report, fmt.Errorf("numbers acknowledged twice: %v", t.twice)
	}
	for seq, want := range t.acknowledged {
		if got := r.seen[seq]; got != want {
			return report, fmt.Errorf("number %d: acknowledged as %q, seen as %q", seq, want, got)
		}
	}
	if last != r.position || len(r.seen) != int(last) {
		return report, fmt.Errorf("the store ends at %d, the reader at %d with %d writes", last, r.position, len(r.seen))
	}
	if got := len(r.current); got != r.heads {
		return report, fmt.Errorf("changes gave %d records as they are now, the log has %d", got, r.heads)
	}
	return report, nil
}
