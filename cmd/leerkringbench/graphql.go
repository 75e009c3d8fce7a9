package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"time"

	"leerkring/graph"
	"leerkring/internal/app"
	"leerkring/internal/kb"
)

type graphqlCommand struct {
	Data  string `required:"" help:"A filled data folder, like one that the command import kept."`
	Times int    `default:"1500" help:"How many searches of each kind."`
}

// question is the search that is measured: 20 cards.
const question = `query ($q: String!) { search(query: $q, first: 20) { totalCount pageInfo { hasNextPage endCursor } edges { cursor score node { id slug type title summary url language publishedAt themes { slug } regions { code name } keywords } } } }`

// words are asked for in turn, so that no answer is the last one's.
func words() []string {
	return []string{"woningbouw", "bedrijventerrein", "duurzaam", "parkeren", "water", "geluid", "verkeer regio", "natuur landschap", "archeologie", "energie", "bestemmingsplan dorp", "gemeente samenwerking", "bodem onderzoek", "winkel centrum", "agrarisch bedrijf"}
}

// prepared answers every search with the same hits.
type prepared struct {
	kb.Searcher
	result *kb.SearchResult
}

func (p prepared) Search(context.Context, kb.Actor, kb.SearchRequest) (*kb.SearchResult, error) {
	copied := *p.result
	copied.Hits = slices.Clone(p.result.Hits)
	return &copied, nil
}

func (p prepared) Position() kb.Seq { return p.result.Position }

// Run measures, in turns: the index's own search, the same over HTTP and
// GraphQL, and a GraphQL answer whose 20 cards are prepared.
func (c *graphqlCommand) Run(ctx context.Context) error {
	a, err := app.Open(ctx, config(c.Data))
	if err != nil {
		return err
	}
	last, err := a.Store.Last(ctx)
	if err == nil {
		err = a.Indexer.WaitFor(ctx, last)
	}
	var ready *kb.SearchResult
	if err == nil {
		ready, err = a.Index.Search(ctx, kb.Visitor(), kb.SearchRequest{Text: "woningbouw", First: 20})
	}
	if err != nil {
		return errors.Join(err, a.Close())
	}
	if len(ready.Hits) != 20 {
		return errors.Join(errors.New("the collection has fewer than 20 hits for woningbouw"), a.Close())
	}
	whole, err := serve(a, a.Library)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	cards, err := serve(a, kb.NewLibrary(a.Store, prepared{result: ready}, nil))
	if err != nil {
		return errors.Join(err, a.Close())
	}
	var own, full, fixed []time.Duration
	for i := range c.Times {
		q := words()[i%len(words())]
		own = append(own, timed(func() error {
			_, err = a.Index.Search(ctx, kb.Visitor(), kb.SearchRequest{Text: q, First: 20})
			return err
		}))
		full = append(full, timed(func() error { err = errors.Join(err, whole.ask(q)); return err }))
		fixed = append(fixed, timed(func() error { err = errors.Join(err, cards.ask(q)); return err }))
		if err != nil {
			break
		}
	}
	report(own, full, fixed)
	return errors.Join(err, whole.stop(), cards.stop(), a.Close())
}

func report(own, full, fixed []time.Duration) {
	fmt.Printf("machine: %s\n", machine())
	for _, q := range []float64{.5, .95} {
		o, f, p := quantile(own, q), quantile(full, q), quantile(fixed, q)
		fmt.Printf("p%.0f: index alone %s, GraphQL over HTTP %s, with 20 prepared cards %s; added %s = %.2f x the prepared answer\n",
			100*q, o.Round(time.Microsecond), f.Round(time.Microsecond), p.Round(time.Microsecond), (f - o).Round(time.Microsecond), float64(f-o)/float64(p))
	}
}

func timed(f func() error) time.Duration {
	start := time.Now()
	_ = f() // the caller keeps the error
	return time.Since(start)
}

// endpoint is GraphQL over HTTP on loopback.
type endpoint struct {
	server *http.Server
	done   chan error
	url    string
	client *http.Client
}

func serve(a *app.App, library *kb.Library) (*endpoint, error) {
	log := slog.New(slog.DiscardHandler)
	executor := graph.NewExecutor(graph.Config{
		Library: library, Editorial: kb.NewEditorial(a.Store, a.Index, a.Own, time.Now), Gazetteer: a.Places, BaseURL: "http://leerkring.example", Log: log,
		Counting: a.Counting, Files: a.Files, Now: time.Now, Ready: a.Indexer.Ready, Reference: func() string { return "measured" },
	})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	e := &endpoint{server: &http.Server{Handler: graph.Handler(executor, log), ReadHeaderTimeout: time.Minute}, done: make(chan error, 1), url: "http://" + ln.Addr().String() + "/graphql", client: &http.Client{}}
	go func() { e.done <- e.server.Serve(ln) }()
	return e, nil
}

func (e *endpoint) ask(q string) error {
	body, err := json.Marshal(map[string]any{"query": question, "variables": map[string]string{"q": q}})
	if err != nil {
		return err
	}
	res, err := e.client.Post(e.url, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	answer, err := io.ReadAll(res.Body)
	if err := errors.Join(err, res.Body.Close()); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK || bytes.Contains(answer, []byte(`"errors"`)) {
		return fmt.Errorf("status %d: %.300s", res.StatusCode, answer)
	}
	return nil
}

func (e *endpoint) stop() error {
	err := e.server.Close()
	if served := <-e.done; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}
