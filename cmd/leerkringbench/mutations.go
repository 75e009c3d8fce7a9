package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

type mutationsCommand struct {
	Data    string        `required:"" help:"A filled data folder, like one that the command import kept."`
	Clients int           `default:"16" help:"Editors who write at the same time, each their own record."`
	For     time.Duration `default:"10s" help:"How long to write, by one editor and by all."`
	Publish int           `default:"20" help:"After how many changes an editor publishes a new record and searches for it."`
}

// Run changes drafts over HTTP and GraphQL, first by one editor and then by many,
// next to plain writes into the same store; and asks for each published record
// right after the answer.
func (c *mutationsCommand) Run(ctx context.Context) error {
	a, err := app.Open(ctx, config(c.Data))
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
	serving, stop := context.WithCancel(ctx)
	url, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- a.Serve(serving, app.Site{Addr: "127.0.0.1:0"}, func(s app.Started) { url <- s.URL }) }()
	select {
	case u := <-url:
		err = c.measure(ctx, a, u+"/graphql")
	case err = <-ended:
		ended <- nil
	}
	stop()
	return errors.Join(err, <-ended, a.Close())
}

func (c *mutationsCommand) measure(ctx context.Context, a *app.App, url string) error {
	fmt.Printf("machine: %s\n", machine())
	for _, clients := range []int{1, c.Clients} {
		plain, err := c.plain(ctx, a, clients)
		if err != nil {
			return err
		}
		authors := make([]*author, clients)
		for i := range authors {
			if authors[i], err = newAuthor(ctx, a, url, fmt.Sprintf("%d of %d", i, clients)); err != nil {
				return err
			}
		}
		var all tally
		group, ctx := errgroup.WithContext(ctx)
		start := time.Now()
		for _, w := range authors {
			group.Go(func() error { return w.write(ctx, start.Add(c.For), c.Publish, &all) })
		}
		if err := group.Wait(); err != nil {
			return err
		}
		rate := float64(all.mutations.Load()) / time.Since(start).Seconds()
		fmt.Printf("%d editors: %.0f durable mutations a second over HTTP (store alone %.0f, %.2f x); p50 %s, p95 %s; %d of %d own publications found by the search right after the answer\n",
			clients, rate, plain, rate/plain, quantile(all.took, .5).Round(time.Microsecond), quantile(all.took, .95).Round(time.Microsecond), all.found.Load(), all.published.Load())
		if all.found.Load() != all.published.Load() {
			return errFailed
		}
	}
	return nil
}

// plain gives how many writes a second the store takes from as many writers.
func (c *mutationsCommand) plain(ctx context.Context, a *app.App, clients int) (float64, error) {
	var n atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	start := time.Now()
	for i := range clients {
		group.Go(func() error {
			w := newWriter(a.Store, uint64(start.UnixNano())+uint64(i), func(kb.Record, kb.Seq) {})
			for k := 0; time.Since(start) < c.For/4; k++ {
				if err := w.create(ctx, k); err != nil {
					return err
				}
				n.Add(1)
			}
			return nil
		})
	}
	err := group.Wait()
	return float64(n.Load()) / time.Since(start).Seconds(), err
}

// tally is what all authors did together.
type tally struct {
	mutations, published, found atomic.Int64

	mu   sync.Mutex
	took []time.Duration
}

// author is an editor with a session and a draft.
type author struct {
	name, url, secret string
	client            *http.Client
	id                string
	version           int
}

func newAuthor(ctx context.Context, a *app.App, url, name string) (*author, error) {
	w, err := signedIn(ctx, a, url, name)
	if err != nil {
		return nil, err
	}
	w.id, w.version, err = w.create(ctx, "Een concept van "+w.name)
	return w, err
}

// signedIn makes an editor with a session, and without a draft.
func signedIn(ctx context.Context, a *app.App, url, name string) (*author, error) {
	name = fmt.Sprintf("%s %d", name, time.Now().UnixNano())
	w := &author{name: name, url: url, secret: "session " + name, client: &http.Client{Transport: &http.Transport{}}}
	sum := sha256.Sum256([]byte(w.secret))
	now := time.Now().UTC().Truncate(time.Millisecond)
	head := func(id kb.ID) kb.Head {
		return kb.Head{ID: id, Slug: string(id), Status: kb.StatusPublished, Visibility: kb.VisibilityMembers, CreatedAt: now, UpdatedAt: now}
	}
	id := kb.DeriveID("author", name)
	for _, e := range []kb.Entity{
		&kb.Account{Head: head(id), Name: name, Email: string(id) + "@example.org", Role: kb.RoleEditor, ConfirmedAt: &now, Language: "nl", Mails: kb.MailNone},
		&kb.Session{Head: head(kb.DeriveID("session", name)), Account: id, Secret: hex.EncodeToString(sum[:]), ExpiresAt: now.Add(time.Hour)},
	} {
		r, err := kb.NewRecord(e, nil)
		if err != nil {
			return nil, err
		}
		results, err := a.Store.Put(ctx, []kb.Record{r})
		if err := errors.Join(err, results[0].Err); err != nil {
			return nil, err
		}
	}
	return w, nil
}

const body = "Gemeenten in de regio werkten samen aan bedrijventerreinen, woningbouw en de arbeidsmarkt. "

func (w *author) create(ctx context.Context, title string) (id string, version int, err error) {
	var made struct {
		CreateCase struct {
			Record struct {
				ID      string
				Version int
			}
			UserErrors []struct{ Message string }
		}
	}
	err = w.ask(ctx, `mutation ($title: String!, $body: String!) { createCase(input: {title: $title, summary: $title, body: $body, themes: ["wonen"], language: "nl"}) { record { id version } userErrors { message } } }`,
		map[string]any{"title": title, "body": strings.Repeat(body, 20)}, &made)
	if err == nil && len(made.CreateCase.UserErrors) > 0 {
		err = errors.New(made.CreateCase.UserErrors[0].Message)
	}
	return made.CreateCase.Record.ID, made.CreateCase.Record.Version, err
}

// write changes the draft over and over until a moment.
func (w *author) write(ctx context.Context, until time.Time, publish int, all *tally) error {
	defer w.client.CloseIdleConnections()
	var took []time.Duration
	for n := 1; time.Now().Before(until); n++ {
		began := time.Now()
		if err := w.change(ctx, n); err != nil {
			return err
		}
		took = append(took, time.Since(began))
		all.mutations.Add(1)
		if n%publish == 0 {
			if err := w.publish(ctx, n, all); err != nil {
				return err
			}
		}
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	all.took = append(all.took, took...)
	return nil
}

func (w *author) change(ctx context.Context, n int) error {
	var changed struct {
		UpdateCase struct {
			Record     struct{ Version int }
			UserErrors []struct{ Message string }
		}
	}
	err := w.ask(ctx, `mutation ($id: ID!, $v: Int!, $s: String!) { updateCase(input: {id: $id, version: $v, summary: $s}) { record { version } userErrors { message } sequence } }`,
		map[string]any{"id": w.id, "v": w.version, "s": fmt.Sprintf("Versie %d van %s", n, w.name)}, &changed)
	if err != nil {
		return err
	}
	if len(changed.UpdateCase.UserErrors) > 0 {
		return errors.New(changed.UpdateCase.UserErrors[0].Message)
	}
	w.version = changed.UpdateCase.Record.Version
	return nil
}

// publish makes a record with a word of its own public, and searches for it.
func (w *author) publish(ctx context.Context, n int, all *tally) error {
	own := word(uint64(time.Now().UnixNano()), n)
	id, version, err := w.create(ctx, "Nieuw "+own)
	if err != nil {
		return err
	}
	var done struct {
		Publish struct{ UserErrors []struct{ Message string } }
	}
	err = w.ask(ctx, `mutation ($id: ID!, $v: Int!) { publish(input: {id: $id, version: $v}) { userErrors { message } } }`, map[string]any{"id": id, "v": version}, &done)
	if err != nil {
		return err
	}
	if len(done.Publish.UserErrors) > 0 {
		return errors.New(done.Publish.UserErrors[0].Message)
	}
	all.mutations.Add(2)
	all.published.Add(1)
	var found struct{ Search struct{ TotalCount int } }
	if err := w.ask(ctx, `query ($q: String!) { search(query: $q, asTyped: true) { totalCount } }`, map[string]any{"q": own}, &found); err != nil {
		return err
	}
	if found.Search.TotalCount > 0 {
		all.found.Add(1)
	}
	return nil
}

func (w *author) ask(ctx context.Context, query string, variables map[string]any, into any) error {
	text, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(text))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+w.secret)
	res, err := w.client.Do(r)
	if err != nil {
		return err
	}
	answer, err := io.ReadAll(res.Body)
	if err := errors.Join(err, res.Body.Close()); err != nil {
		return err
	}
	var reply struct {
		Data   json.RawMessage
		Errors []any
	}
	if err := json.Unmarshal(answer, &reply); err != nil || len(reply.Errors) > 0 {
		return fmt.Errorf("status %d: %.300s", res.StatusCode, answer)
	}
	return json.Unmarshal(reply.Data, into)
}
