package store

import (
	"context"
	"slices"
	"sync"

	"leerkring/internal/kb"
)

// groupSize is about how many records a Writer hands on at a time.
const groupSize = 4_000

// Job is one call of Put, for the write function of a Writer. It fills Results,
// and sets Err when the job was cut off.
type Job struct {
	Records []kb.Record
	Results []kb.Result
	Err     error
	done    chan struct{}
}

// Writer lets the calls of Put that come while another one is being written share
// the next trip to the disk or the server. Its one goroutine calls the write
// function, so that a store's own writes never meet each other.
type Writer struct {
	write func([]*Job)
	mu    sync.Mutex
	jobs  []*Job // not taken yet
	shut  bool
	wake  chan struct{}
	ended chan struct{}
}

// NewWriter starts a Writer; it runs until Close.
func NewWriter(write func([]*Job)) *Writer {
	w := &Writer{write: write, wake: make(chan struct{}, 1), ended: make(chan struct{})}
	go w.run()
	return w
}

// Put has records written and waits for the answer, or for ctx: then what was
// still in the queue is not written, and what was under way may be.
func (w *Writer) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	none := make([]kb.Result, len(records))
	if err := ctx.Err(); err != nil {
		return none, err
	}
	j := &Job{Records: make([]kb.Record, len(records)), Results: make([]kb.Result, len(records)), done: make(chan struct{})}
	for i, r := range records {
		j.Records[i] = Ready(r)
	}
	if !w.add(j) {
		return none, Closed()
	}
	select {
	case <-j.done:
		return j.Results, j.Err
	case <-ctx.Done():
		w.drop(j)
		return none, ctx.Err()
	}
}

// Close waits for the write that is under way; what is in the queue is refused.
func (w *Writer) Close() {
	w.mu.Lock()
	if !w.shut {
		w.shut = true
		close(w.wake)
	}
	w.mu.Unlock()
	<-w.ended
}

func (w *Writer) run() {
	defer close(w.ended)
	for range w.wake {
		for jobs := w.take(); len(jobs) > 0; jobs = w.take() {
			w.write(jobs)
			for _, j := range jobs {
				close(j.done)
			}
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, j := range w.jobs {
		j.Err = Closed()
		close(j.done)
	}
}

func (w *Writer) add(j *Job) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.shut {
		return false
	}
	w.jobs = append(w.jobs, j)
	select {
	case w.wake <- struct{}{}:
	default:
	}
	return true
}

// take gives the oldest jobs: at least one, about groupSize records.
func (w *Writer) take() []*Job {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.shut {
		return nil
	}
	n, size := 0, 0
	for n < len(w.jobs) && size < groupSize {
		size += len(w.jobs[n].Records)
		n++
	}
	taken := slices.Clone(w.jobs[:n])
	w.jobs = slices.Delete(w.jobs, 0, n)
	return taken
}

func (w *Writer) drop(j *Job) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if i := slices.Index(w.jobs, j); i >= 0 {
		w.jobs = slices.Delete(w.jobs, i, i+1)
	}
}
