package mongo

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// write is one record on its way, with the place for its answer.
type write struct {
	record kb.Record
	result *kb.Result
}

// write does jobs; it is the writer's write function.
func (s *Store) write(jobs []*store.Job) {
	var writes []write
	for _, j := range jobs {
		for i, r := range j.Records {
			writes = append(writes, write{r, &j.Results[i]})
		}
	}
	if err := s.writeAll(context.Background(), writes); err != nil {
		for _, j := range jobs {
			j.Err = cutOff(j.Results, err)
		}
	}
	s.notice.Call()
}

// cutOff gives the error, unless every write has its answer.
func cutOff(results []kb.Result, err error) error {
	for _, r := range results {
		if r.Seq == 0 && r.Err == nil {
			return err
		}
	}
	return nil
}

// longestIdle is between two looks at a number that is taken and not to be seen.
const longestIdle = 100 * time.Millisecond

// writeAll tries until every write has its answer or the server fails. Each round
// another writer may come first, which costs the rest of the batch a new number.
func (s *Store) writeAll(ctx context.Context, writes []write) error {
	v, err := s.look(ctx, writes)
	if err != nil {
		return err
	}
	for idle := time.Duration(0); len(writes) > 0; {
		answered, progress, err := s.attempt(ctx, v, writes)
		if err != nil {
			return err
		}
		writes = writes[answered:]
		if progress {
			idle = 0
			continue
		}
		// The number is taken by a write that has no majority yet, so not to be
		// seen. It comes soon, or the servers have lost their majority.
		if idle > s.opts.Timeout {
			return unavailable(errors.New("a write has no majority"))
		}
		next := min(idle+2*time.Millisecond, longestIdle)
		if err := pause(ctx, next); err != nil {
			return err
		}
		idle += next
	}
	return nil
}

// attempt inserts what may be written under the numbers that follow the view, and
// says how many writes have their answer now. A refusal is an answer only once all
// writes before it have theirs, since it may count on them. progress is whether
// the view changed or nothing is left.
func (s *Store) attempt(ctx context.Context, v *view, writes []write) (answered int, progress bool, err error) {
	p := v.plan(writes)
	if len(p.documents) == 0 {
		return p.answer(len(p.outcomes)), true, nil
	}
	s.opts.BeforeInsert(ctx, p.documents[0].Seq)
	_, insertErr := s.log.InsertMany(ctx, p.documents)
	if insertErr == nil {
		*v = *p.after
		return p.answer(len(p.outcomes)), true, nil
	}
	// Only the log itself tells what went in: a write whose confirmation was lost
	// may be there, and a number that was taken may hold our own row.
	rows, err := s.catchUp(ctx, v)
	if err != nil {
		return 0, false, err
	}
	inserted := 0
	for inserted < len(p.documents) && inserted < len(rows) && rows[inserted].Put == p.put {
		inserted++
	}
	answered = p.answer(p.before(inserted))
	if answered < len(p.outcomes) && !driver.IsDuplicateKeyError(insertErr) {
		return answered, false, s.coded(ctx, insertErr)
	}
	return answered, len(rows) > 0, nil
}

// plan is what an attempt will do: the documents to insert, and for every write
// its number or refusal if all goes in. It ends before the end of the writes when
// the documents are more than one trip should carry.
type plan struct {
	put       bson.ObjectID
	documents []document
	writes    []write
	outcomes  []kb.Result
	after     *view // the view once all is in
}

func (v *view) plan(writes []write) *plan {
	after := v.clone()
	p := &plan{put: bson.NewObjectID(), writes: writes, after: after}
	size := 0
	for _, w := range writes {
		if size >= store.StepBytes {
			break
		}
		if err := after.refuse(w.record); err != nil {
			p.outcomes = append(p.outcomes, kb.Result{Err: err})
			continue
		}
		size += store.Size(w.record)
		after.number++
		after.apply(w.record.ID, w.record.Version, w.record.Keys)
		p.outcomes = append(p.outcomes, kb.Result{Seq: after.number})
		p.documents = append(p.documents, newDocument(w.record, after.number, p.put))
	}
	return p
}

// answer makes the outcomes of the first n writes final.
func (p *plan) answer(n int) int {
	for i := range n {
		*p.writes[i].result = p.outcomes[i]
	}
	return n
}

// before is how many writes come before the document that was not inserted.
func (p *plan) before(inserted int) int {
	for i, o := range p.outcomes {
		if o.Seq == 0 {
			continue
		}
		if inserted == 0 {
			return i
		}
		inserted--
	}
	return len(p.outcomes)
}

// pause waits about d, spread so that writers do not stay in step.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d/2 + rand.N(d))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
