package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

type visibleCommand struct {
	Data     string        `help:"A filled data folder; a new one otherwise."`
	Rate     int           `default:"50" help:"Writes a second."`
	Duration time.Duration `default:"20s"`
}

// Run writes at a steady rate and asks for each write, from the moment that it
// is acknowledged, until a search finds it.
func (c *visibleCommand) Run(ctx context.Context) error {
	dir, done, err := folder(c.Data)
	if err != nil {
		return err
	}
	defer done()
	a, err := app.Open(ctx, config(dir))
	if err != nil {
		return err
	}
	last, err := a.Store.Last(ctx)
	if err == nil {
		err = a.Indexer.WaitFor(ctx, last)
	}
	if err != nil {
		return errors.Join(err, a.Close())
	}
	m := &visibility{app: a, writer: newWriter(a.Store, uint64(time.Now().UnixNano()), func(kb.Record, kb.Seq) {})}
	tick := time.NewTicker(time.Second / time.Duration(c.Rate))
	defer tick.Stop()
	n := int(c.Duration.Seconds() * float64(c.Rate))
	for i := range n {
		<-tick.C
		if err := m.once(ctx, i); err != nil {
			m.fail(err)
			break
		}
	}
	m.waiting.Wait()
	fmt.Printf("machine: %s\n", machine())
	fmt.Printf("%d writes at %d a second; acknowledged until found by a search: p50 %s, p95 %s, most %s\n", n, c.Rate, quantile(m.took, .5).Round(time.Millisecond/10), quantile(m.took, .95).Round(time.Millisecond/10), quantile(m.took, 1).Round(time.Millisecond/10))
	return errors.Join(m.err, a.Close())
}

// visibility collects how long writes took to be found.
type visibility struct {
	app     *app.App
	writer  *writer
	waiting sync.WaitGroup

	mu   sync.Mutex
	took []time.Duration
	err  error
}

func (m *visibility) fail(err error) {
	m.mu.Lock()
	m.err = errors.Join(m.err, err)
	m.mu.Unlock()
}

func (m *visibility) once(ctx context.Context, n int) error {
	name := word(m.writer.number, n)
	if err := m.writer.create(ctx, n); err != nil {
		return err
	}
	acknowledged := time.Now()
	m.waiting.Go(func() {
		for {
			res, err := m.app.Library.Search(ctx, kb.Visitor(), kb.SearchRequest{Text: name, First: 1})
			if err != nil {
				m.fail(err)
				return
			}
			if res.Total == 1 {
				break
			}
			if time.Since(acknowledged) > 10*time.Second {
				m.fail(fmt.Errorf("%s is not found after 10 s", name))
				return
			}
			time.Sleep(time.Millisecond)
		}
		m.mu.Lock()
		m.took = append(m.took, time.Since(acknowledged))
		m.mu.Unlock()
	})
	return nil
}
