package kb

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// ExtractionsConfig is what Extractions work with. All but Check, Follow and Tick are
// required.
type ExtractionsConfig struct {
	Store     Store
	Search    Searcher
	Blobs     Blobs
	Extractor Extractor
	// Check gives the findings of a text, for what is recognised in pictures after the
	// rest was read; nil adds none.
	Check func(*Reading) []Finding
	// Follow returns nil once the index has followed the store up to a write; nil where
	// the index is followed otherwise.
	Follow func(context.Context, Seq) error
	Now    func() time.Time
	NewID  func() ID
	Log    *slog.Logger
	// AtOnce is how many files are read at the same time, 2 when 0.
	AtOnce int
	// Tick has Run look for work whose time has come.
	Tick <-chan time.Time
}

// Extractions read the bytes of files, each once for an edition of the extractor.
//
// The invariant that a newcomer must know: a job is claimed by writing its attempt
// against the version that was read, and what is written after it is written against
// the version of the claim. So of several processes one does a job, and one that was
// taken for dead writes nothing. The reading is kept beside the bytes before the
// extraction says so: a crash repeats work and loses none.
type Extractions struct{ ExtractionsConfig }

// NewExtractions reads the files of a store.
func NewExtractions(c ExtractionsConfig) *Extractions {
	if c.AtOnce == 0 {
		c.AtOnce = 2
	}
	return &Extractions{c}
}

const (
	// leaseTime is after how long without a sign an attempt is given up for dead.
	leaseTime = 5 * time.Minute
	// extractionTries is how often a job fails in a row before it is parked, with 1
	// minute, 2, 4 and 8 between.
	extractionTries = 5
	// boundTries is that of a file over a limit of time or memory.
	boundTries = 2
	// lookAhead is how many jobs of one kind are looked up at a time.
	lookAhead = 20
)

// errLost says that another process took a job over.
var errLost = errors.New("another process has this job")

// Run does due work until ctx ends, and waits for what is under way. What fails is
// logged and tried again.
func (x *Extractions) Run(ctx context.Context) {
	var all sync.WaitGroup
	defer all.Wait()
	under := &underWay{ids: map[ID]bool{}, free: make(chan struct{}, 1)}
	for ctx.Err() == nil {
		last, err := x.begin(ctx, under, &all)
		if err != nil && ctx.Err() == nil {
			x.Log.ErrorContext(ctx, "files cannot be read now; trying again", "err", err)
		}
		x.rest(ctx, last, err == nil, under)
	}
}

// underWay are the jobs that this process is doing.
type underWay struct {
	mu   sync.Mutex
	ids  map[ID]bool
	free chan struct{} // one has ended
}

// enter notes a job; ok is false when it is there already or there are enough.
func (u *underWay) enter(id ID, most int) (ok, full bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if full = len(u.ids) >= most; full || u.ids[id] {
		return false, full
	}
	u.ids[id] = true
	return true, false
}

func (u *underWay) leave(id ID) {
	u.mu.Lock()
	delete(u.ids, id)
	u.mu.Unlock()
	select {
	case u.free <- struct{}{}:
	default:
	}
}

// Drain does due work until there is none, one job after another, for who waits for
// the end of it. Its errors are those of the store, the index and ctx.
func (x *Extractions) Drain(ctx context.Context) error {
	for done := true; done; {
		done = false
		if err := x.follow(ctx); err != nil {
			return err
		}
		for _, job := range Jobs() {
			ids, err := x.due(ctx, job)
			if err != nil {
				return err
			}
			for _, id := range ids {
				done = true
				x.logged(ctx, id, x.do(ctx, id, job))
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// follow waits until the index has all that was written.
func (x *Extractions) follow(ctx context.Context) error {
	last, err := x.Store.Last(ctx)
	if err == nil && x.Follow != nil {
		err = x.Follow(ctx, last)
	}
	return err
}

// begin starts due jobs as far as there is room. last is up to which write it looked.
func (x *Extractions) begin(ctx context.Context, under *underWay, all *sync.WaitGroup) (last Seq, err error) {
	if last, err = x.Store.Last(ctx); err != nil {
		return 0, err
	}
	if x.Follow != nil {
		if err := x.Follow(ctx, last); err != nil {
			return last, err
		}
	}
	for _, job := range Jobs() {
		ids, err := x.due(ctx, job)
		if err != nil {
			return last, err
		}
		for _, id := range ids {
			ok, full := under.enter(id, x.AtOnce)
			if full {
				return last, nil
			}
			if !ok {
				continue
			}
			all.Go(func() {
				defer under.leave(id)
				x.logged(ctx, id, x.do(ctx, id, job))
			})
		}
	}
	return last, nil
}

// rest waits until there may be work: after a write, when a job ended, or with the
// next tick; after an error only for the latter two.
func (x *Extractions) rest(ctx context.Context, last Seq, writes bool, under *underWay) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	written := make(chan struct{})
	var waiting sync.WaitGroup
	defer waiting.Wait()
	defer cancel()
	if writes {
		waiting.Go(func() {
			if x.Store.Wait(ctx, last) == nil {
				close(written)
			}
		})
	}
	select {
	case <-written:
	case <-under.free:
	case <-x.Tick:
	case <-ctx.Done():
	}
}

func (x *Extractions) logged(ctx context.Context, id ID, err error) {
	if err != nil && ctx.Err() == nil && !errors.Is(err, errLost) {
		x.Log.ErrorContext(ctx, "a file cannot be read now; trying again", "extraction", id, "err", err)
	}
}

// due gives the jobs of one kind whose time has come, the oldest first.
func (x *Extractions) due(ctx context.Context, job Job) ([]ID, error) {
	if job == JobRecognise && !x.Extractor.Recognises() {
		return nil, nil
	}
	page, err := x.Search.Search(ctx, System(), SearchRequest{
		Kinds: []Kind{KindExtraction}, Sort: SortOldest, First: lookAhead, Passing: true,
		Filter: Filter{States: []string{string(job)}, DueBefore: x.Now().Add(time.Millisecond)},
	})
	if err != nil {
		return nil, err
	}
	ids := make([]ID, len(page.Hits))
	for i, hit := range page.Hits {
		ids[i] = hit.Entity.Base().ID
	}
	return ids, nil
}

// do claims a job and does it. A job that is another one by now, or that somebody else
// does, is left.
func (x *Extractions) do(ctx context.Context, id ID, job Job) error {
	e, ok, err := liveOf[*Extraction](ctx, x.Store, id)
	if err != nil || !ok || e.job() != job || later(e.NextTry, e.LeaseUntil).After(x.Now()) {
		return err
	}
	before := *e
	if job == JobRead || job == JobReadAgain {
		e.State = ExtractionReading
	}
	e.Attempt = x.NewID()
	if err := x.renew(ctx, e); err != nil {
		return err
	}
	switch job {
	case JobDraw:
		err = x.draw(ctx, e)
	case JobRecognise:
		err = x.recognise(ctx, e)
	default:
		err = x.read(ctx, e)
	}
	if ctx.Err() != nil { // a stop is no failure of the file
		e.State, e.Attempt, e.LeaseUntil = before.State, "", time.Time{}
		return x.write(ctx, e, EventInternal)
	}
	if err == nil || errors.Is(err, errLost) {
		return err
	}
	return errors.Join(x.failed(ctx, e, job, err), machineError(err))
}

// machineError leaves out what is the fault of a file: it is kept with the file.
func machineError(err error) error {
	if _, ok := errors.AsType[*Unread](err); ok {
		return nil
	}
	return err
}

// renew holds a job for as long as a lease.
func (x *Extractions) renew(ctx context.Context, e *Extraction) error {
	e.LeaseUntil = x.clock().Add(leaseTime)
	return x.write(ctx, e, EventInternal)
}

func (x *Extractions) clock() time.Time { return x.Now().UTC().Truncate(time.Millisecond) }

// write stores the next version of an extraction, also at a stop; errLost when
// somebody else has.
func (x *Extractions) write(ctx context.Context, e *Extraction, event EventType) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	e.UpdatedAt = x.clock()
	r, err := internalRecord(e)
	if err != nil {
		return err
	}
	r.Event.Type = event
	results, err := x.Store.Put(ctx, []Record{r})
	if err != nil {
		return err
	}
	if CodeOf(results[0].Err) == Conflict {
		return errLost
	}
	if results[0].Err == nil {
		e.Version = r.Version
	}
	return results[0].Err
}

// failed notes why a job failed, and when it is tried again, if ever. Pictures and
// their text are given up without a mark on what was read.
func (x *Extractions) failed(ctx context.Context, e *Extraction, job Job, why error) error {
	e.Tries++
	e.Error = cutText(why.Error(), MaxLine)
	e.Attempt, e.LeaseUntil = "", time.Time{}
	e.NextTry = x.clock().Add(time.Minute << min(e.Tries-1, 6))
	reason, most := ExtractionFailed, extractionTries
	if u, ok := errors.AsType[*Unread](why); ok && (u.Reason == ExtractionTimedOut || u.Reason == ExtractionTooLarge) {
		reason, most = u.Reason, boundTries
	}
	switch CodeOf(why) {
	case Unavailable, DiskFull, ReadOnly: // of this machine, and will pass
		most = e.Tries + 1
	}
	if e.State == ExtractionReading {
		e.State = ExtractionWaiting
	}
	if e.Tries < most {
		return x.write(ctx, e, EventInternal)
	}
	e.Tries = 0
	switch job {
	case JobDraw:
		e.Pictures = PicturesNone
		return x.write(ctx, e, EventInternal)
	case JobRecognise:
		return x.recognised(ctx, e)
	}
	e.State = reason
	return x.settle(ctx, e)
}

// settle writes how a reading ended; who uploaded the file is told when there is
// nothing to read.
func (x *Extractions) settle(ctx context.Context, e *Extraction) error {
	event := EventInternal
	if e.State.unread() {
		event = EventFileUnread
		e.unchecked()
	}
	e.Attempt, e.LeaseUntil = "", time.Time{}
	return x.write(ctx, e, event)
}

// unchecked adds the finding that nobody could check the bytes.
func (e *Extraction) unchecked() {
	for _, s := range e.Serious {
		if s.Key == UncheckedKey {
			return
		}
	}
	e.Serious = append(e.Serious, SeriousFinding{Key: UncheckedKey})
	e.Findings++
}

// Redo asks for all bytes to be read again that an earlier edition of the extractor
// read, or with every for all bytes, and gives how many. What was read before serves
// until then. progress, which may be nil, is told how many of all were looked at.
func (x *Extractions) Redo(ctx context.Context, every bool, progress func(done, total int)) (n int, err error) {
	var ids []ID
	for _, state := range ExtractionStates() {
		if !state.Settled() {
			continue
		}
		req := SearchRequest{Kinds: []Kind{KindExtraction}, Sort: SortOldest, First: MaxPage, Filter: Filter{States: []string{string(state)}}}
		err := eachPage(ctx, x.Search, req, func(hits []Hit) error {
			for _, hit := range hits {
				ids = append(ids, hit.Entity.Base().ID)
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	for i, id := range ids {
		again, err := x.redo(ctx, id, every)
		if err != nil {
			return n, err
		}
		if again {
			n++
		}
		if progress != nil {
			progress(i+1, len(ids))
		}
	}
	return n, nil
}

func (x *Extractions) redo(ctx context.Context, id ID, every bool) (bool, error) {
	e, ok, err := liveOf[*Extraction](ctx, x.Store, id)
	if err != nil || !ok || !e.State.Settled() || !every && e.Edition >= x.Extractor.Edition() {
		return false, err
	}
	e.State, e.Tries, e.NextTry = ExtractionWaiting, 0, x.clock()
	if err = x.write(ctx, e, EventInternal); errors.Is(err, errLost) {
		return false, nil
	}
	return err == nil, err
}

// putReading keeps a reading beside its bytes.
func (x *Extractions) putReading(ctx context.Context, sum string, r *Reading) error {
	var b bytes.Buffer
	if err := WriteReading(&b, r); err != nil {
		return err
	}
	return x.Blobs.PutDerived(ctx, sum, ReadingName, &b)
}
