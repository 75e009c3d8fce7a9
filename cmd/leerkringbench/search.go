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
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"leerkring/graph"
	"leerkring/internal/app"
	"leerkring/internal/corpus"
	"leerkring/internal/httpd"
	"leerkring/internal/kb"
)

type searchCommand struct {
	File    string        `arg:"" type:"existingfile" help:"Passages in gzipped JSON Lines with title, body and gemeente_code."`
	Records int           `default:"100000" help:"How many records; beyond the passages of the file they come again with a third of their words changed."`
	Data    string        `help:"Keep the data in this folder, and use what an earlier run left there; a temporary one otherwise."`
	Rounds  int           `default:"4" help:"How often each way of asking has its turn."`
	Turn    time.Duration `default:"3s" help:"How long a turn takes."`
	Clients int           `default:"8" help:"How many clients ask at once, where there are several."`
}

// searched is the search that is measured: 20 cards, four facets, highlights.
const searched = `query ($q: String!) { search(query: $q, first: 20) { totalCount pageInfo { hasNextPage endCursor } facets(fields: [TYPE, THEME, PROVINCE, YEAR]) { field buckets { value label count selected } } edges { cursor score highlights { field text ranges { start end } } node { id slug type title summary url language publishedAt themes { slug label } regions { code name } organisations { id name } } } } }`

// Run fills a store, serves it by the product's own handler, and has clients in a
// process of their own ask: in turns one and several, for a search and for a
// prepared response of the same size from the same kind of server.
func (c *searchCommand) Run(ctx context.Context) error {
	passages, err := corpus.Read(c.File, c.Records, 1)
	if err != nil {
		return err
	}
	dir, done, err := folder(c.Data)
	if err != nil {
		return err
	}
	defer done()
	fmt.Printf("machine: %s\n", machine())
	a, err := app.Open(ctx, config(dir))
	if err != nil {
		return err
	}
	err = c.fill(ctx, a, passages)
	if err == nil {
		fmt.Printf("index: %s\n", megabytes(folderSize(filepath.Join(dir, "index"))))
		err = c.measure(ctx, a, passages)
	}
	return errors.Join(err, a.Close())
}

// fill brings the records in, unless an earlier run did.
func (c *searchCommand) fill(ctx context.Context, a *app.App, passages *corpus.Collection) error {
	last, err := a.Store.Last(ctx)
	if err != nil || last > 0 {
		return errors.Join(err, a.Settle(ctx, last))
	}
	if err := kb.Seed(ctx, a.Store); err != nil {
		return err
	}
	start := time.Now()
	if last, err = put(ctx, a.Store, passages.Organisations()); err != nil {
		return err
	}
	const batch = 1_000
	for i := 0; i < c.Records; i += batch {
		var entities []kb.Entity
		for j := i; j < min(c.Records, i+batch); j++ {
			entities = append(entities, passages.Material(j))
		}
		if last, err = put(ctx, a.Store, entities); err != nil {
			return err
		}
	}
	if err := a.Settle(ctx, last); err != nil {
		return err
	}
	took := time.Since(start).Seconds()
	fmt.Printf("stored and indexed: %d records in %.1f s, durable and searchable: %.0f a second\n", c.Records, took, float64(c.Records)/took)
	return nil
}

// put writes new records and gives the number of the last write.
func put(ctx context.Context, store kb.Store, entities []kb.Entity) (last kb.Seq, err error) {
	records := make([]kb.Record, len(entities))
	for i, e := range entities {
		if records[i], err = kb.NewRecord(e, nil); err != nil {
			return 0, err
		}
	}
	results, err := store.Put(ctx, records)
	for _, r := range results {
		last, err = max(last, r.Seq), errors.Join(err, r.Err)
	}
	return last, err
}

// turn is one way of asking, with what its turns gave.
type turn struct {
	name    string
	url     string
	clients int
	answers []answers
}

func (c *searchCommand) measure(ctx context.Context, a *app.App, passages *corpus.Collection) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	log := slog.New(slog.DiscardHandler)
	executor := graph.NewExecutor(graph.Config{
		Library: a.Library, Gazetteer: a.Places, BaseURL: "http://leerkring.example", Log: log,
		Counting: a.Counting, Files: a.Files, Now: time.Now, Ready: a.Indexer.Ready, Reference: func() string { return "measured" },
	})
	handler := graph.Handler(executor, log)
	typical, hits, err := typicalAnswer(ctx, a, handler, passages.Queries(200, 1_000))
	if err != nil {
		return err
	}
	fmt.Printf("%.0f hits on average; a typical response has %d bytes\n", hits, len(typical))
	var serving errgroup.Group
	real, err := listen(ctx, a, handler, &serving)
	if err != nil {
		return err
	}
	prepared, err := listen(ctx, a, responseOf(typical), &serving)
	if err != nil {
		return err
	}
	turns := []*turn{
		{name: "search, 1 client", url: real, clients: 1},
		{name: "prepared, 1 client", url: prepared, clients: 1},
		{name: fmt.Sprintf("search, %d clients", c.Clients), url: real, clients: c.Clients},
		{name: fmt.Sprintf("prepared, %d clients", c.Clients), url: prepared, clients: c.Clients},
	}
	for round := range c.Rounds + 1 { // the first is to warm up
		for i, t := range turns {
			asked, err := ask(ctx, t.url, t.clients, c.Turn, passages.Queries(4_000, len(turns)*round+i))
			if err != nil {
				return err
			}
			if round > 0 {
				t.answers = append(t.answers, asked)
			}
		}
	}
	reportTurns(turns)
	stop()
	return serving.Wait()
}

// listen serves GraphQL by a handler as the product does, until ctx ends.
func listen(ctx context.Context, a *app.App, handler http.Handler, serving *errgroup.Group) (url string, err error) {
	log := slog.New(slog.DiscardHandler)
	whole, err := httpd.NewHandler(httpd.Config{
		Pages: http.NotFoundHandler(), GraphQL: handler,
		Ready: a.Ready, Reference: func() string { return "measured" }, Now: time.Now, Log: log,
	})
	if err != nil {
		return "", err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	serving.Go(func() error { return httpd.Serve(ctx, ln, whole, log) })
	return "http://" + ln.Addr().String() + "/graphql", nil
}

// responseOf reads each request and answers it with the same response.
func responseOf(body []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return // the client is gone
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body) // or the client is gone
	})
}

// typicalAnswer gives the response of median size to some queries, and how many
// hits they have on average.
func typicalAnswer(ctx context.Context, a *app.App, handler http.Handler, queries []string) (body []byte, hits float64, err error) {
	var bodies [][]byte
	total := 0
	for _, q := range queries {
		found, err := a.Index.Search(ctx, kb.Visitor(), kb.SearchRequest{Text: q})
		if err != nil {
			return nil, 0, err
		}
		total += found.Total
		answer, err := respond(ctx, handler, q)
		if err != nil {
			return nil, 0, err
		}
		bodies = append(bodies, answer)
	}
	slices.SortFunc(bodies, func(a, b []byte) int { return len(a) - len(b) })
	return bodies[len(bodies)/2], float64(total) / float64(len(queries)), nil
}

// request is the body of a GraphQL request for a query.
func request(q string) ([]byte, error) {
	return json.Marshal(map[string]any{"query": searched, "variables": map[string]string{"q": q}})
}

// respond asks a handler without a network.
func respond(ctx context.Context, handler http.Handler, q string) ([]byte, error) {
	body, err := request(q)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	w := &recorded{header: http.Header{}}
	handler.ServeHTTP(w, r)
	if bytes.Contains(w.body.Bytes(), []byte(`"errors"`)) {
		return nil, fmt.Errorf("%q: %.300s", q, w.body.Bytes())
	}
	return w.body.Bytes(), nil
}

// recorded keeps a response.
type recorded struct {
	header http.Header
	body   bytes.Buffer
}

func (r *recorded) Header() http.Header         { return r.header }
func (r *recorded) WriteHeader(int)             {}
func (r *recorded) Write(p []byte) (int, error) { return r.body.Write(p) }

func reportTurns(turns []*turn) {
	rate := map[string]float64{}
	for _, t := range turns {
		var p50, p95, perSecond []float64
		for _, a := range t.answers {
			p50, p95, perSecond = append(p50, a.P50), append(p95, a.P95), append(perSecond, a.PerSecond)
		}
		rate[t.name] = middle(perSecond)
		fmt.Printf("%s: p50 %.2f ms, p95 %.2f ms, %.0f a second\n", t.name, middle(p50), middle(p95), rate[t.name])
	}
	several, same := turns[2].name, turns[3].name
	fmt.Printf("%s: %.2f x the prepared response\n", several, rate[several]/rate[same])
}

// middle gives the median of some figures.
func middle(all []float64) float64 {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}
