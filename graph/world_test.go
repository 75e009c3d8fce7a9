package graph_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/graph"
	"leerkring/internal/auth"
	"leerkring/internal/blob"
	"leerkring/internal/indexer"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

// world is a store with records in it, the index over it, and the edge before both.
type world struct {
	store   kb.Store
	index   *search.Index
	indexer *indexer.Indexer
	own     *kb.OwnWrites
	clock   *clock
	blobs   kb.Blobs
	config  graph.Config
	handler http.Handler
	log     *bytes.Buffer
}

// clock is the time in a world, which stands still until a test moves it.
type clock struct{ now time.Time }

// newWorld serves the built-in records, the accounts of staff, and these.
func newWorld(tb testing.TB, entities ...kb.Entity) *world {
	tb.Helper()
	store := openStore(tb)
	index, _, err := search.Open(tb.TempDir(), search.Options{})
	must(tb, err)
	tb.Cleanup(func() { _ = index.Close() })
	w := &world{store: store, index: index, clock: &clock{day}, log: &bytes.Buffer{}}
	now := func() time.Time { return w.clock.now }
	w.blobs, err = blob.Open(tb.TempDir(), now)
	must(tb, err)
	tb.Cleanup(func() { _ = w.blobs.Close() })
	w.indexer = follower(tb, store, index, w.blobs)
	w.own = kb.NewOwnWrites(w.indexer.WaitFor)
	seed(tb, w)
	w.put(tb, append(accounts(), entities...)...)
	w.config = graph.Config{
		Library:   kb.NewLibrary(store, index, w.own),
		Editorial: kb.NewEditorial(store, index, w.own, now),
		Gazetteer: kb.NewGazetteer(),
		Desk:      kb.NewDesk(store, index, w.own, now, newID),
		Accounts: kb.NewAccounts(kb.AccountsConfig{
			Store: store, Search: index, Own: w.own, Now: now, NewID: newID, Even: time.Millisecond,
			Hasher: auth.NewPasswords(auth.PasswordOptions{Memory: 8}), BaseURL: "https://leerkring.example",
		}),
		Notifications: kb.NewNotifications(store, index, w.own, now),
		Counting:      kb.NewCounting(store, index, now, newID()),
		Files: kb.NewFiles(kb.FilesConfig{
			Store: store, Search: index, Blobs: w.blobs, Own: w.own, Now: now, NewID: newID,
			Limits: kb.FileLimits{File: 1 << 20, Request: 3 << 20}, Suggest: filler{}, Log: slog.New(slog.NewTextHandler(w.log, nil)),
		}),
		Now:       now,
		BaseURL:   "https://leerkring.example",
		Log:       slog.New(slog.NewTextHandler(w.log, nil)),
		Ready:     func() bool { return true },
		Reference: func() string { return "ref-1" },
	}
	w.handler = handlerOf(w.config)
	return w
}

// handlerOf is the edge over a configuration.
func handlerOf(c graph.Config) http.Handler { return graph.Handler(graph.NewExecutor(c), c.Log) }

func newID() kb.ID {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails
	return kb.IDFromBytes(b)
}

// put stores entities and brings the index up to date.
func (w *world) put(tb testing.TB, entities ...kb.Entity) {
	tb.Helper()
	records := make([]kb.Record, len(entities))
	for i, e := range entities {
		must(tb, kb.Validate(e))
		var err error
		records[i], err = kb.NewRecord(e, nil)
		must(tb, err)
	}
	w.write(tb, records...)
}

// write stores records and brings the index up to date.
func (w *world) write(tb testing.TB, records ...kb.Record) {
	tb.Helper()
	ctx := context.Background()
	results, err := w.store.Put(ctx, records)
	must(tb, err)
	for _, r := range results {
		must(tb, r.Err)
	}
	w.follow(tb)
}

// follow waits until the index has everything that was written.
func (w *world) follow(tb testing.TB) {
	tb.Helper()
	ctx := context.Background()
	last, err := w.store.Last(ctx)
	must(tb, err)
	must(tb, w.indexer.WaitFor(ctx, last))
}

// follower follows a store into an index until the test ends.
func follower(tb testing.TB, store kb.Store, index *search.Index, blobs kb.Blobs) *indexer.Indexer {
	tb.Helper()
	begin := func() (indexer.Rebuild, error) { return index.Rebuild() }
	describer := kb.NewDescriber(store, kb.NewGazetteer())
	describer.Blobs = blobs
	x := indexer.New(store, index, begin, describer.Describe, indexer.Options{Linger: time.Millisecond})
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = x.Run(ctx) })
	tb.Cleanup(func() {
		stop()
		running.Wait()
	})
	return x
}

// someone is a person with an account of a role and places in teams.
func someone(name string, role kb.Role, teams ...kb.Membership) kb.Actor {
	return kb.Actor{Account: id("account " + name), Name: name, Role: role, Teams: teams}
}

// The people of the tests. The team of TEAM records is the learning circle "kring".
func guest() kb.Actor    { return someone("Gast", kb.RoleVisitor) }
func member() kb.Actor   { return someone("Lid", kb.RoleMember) }
func expert() kb.Actor   { return someone("Expert", kb.RoleExpert) }
func another() kb.Actor  { return someone("Andere Expert", kb.RoleExpert) }
func editor() kb.Actor   { return someone("Redacteur", kb.RoleEditor) }
func reviewer() kb.Actor { return someone("Tweede Redacteur", kb.RoleEditor) }
func admin() kb.Actor    { return someone("Beheerder", kb.RoleAdmin) }

func participant() kb.Actor {
	return someone("Deelnemer", kb.RoleMember, kb.Membership{Team: id("kring"), Role: kb.TeamParticipant})
}

func organiser() kb.Actor {
	return someone("Organisator", kb.RoleMember, kb.Membership{Team: id("kring"), Role: kb.TeamOrganiser})
}

func stranger() kb.Actor {
	return someone("Vreemde", kb.RoleMember, kb.Membership{Team: id("andere kring"), Role: kb.TeamParticipant})
}

// everyone are all people of the tests who have an account.
func everyone() []kb.Actor {
	return []kb.Actor{
		guest(), member(), participant(), organiser(), stranger(), expert(), another(), editor(), reviewer(), admin(),
	}
}

// accounts are the accounts of everyone.
func accounts() []kb.Entity {
	var out []kb.Entity
	for _, a := range everyone() {
		h := published(string(a.Account))
		h.ID, h.Visibility = a.Account, kb.VisibilityMembers
		out = append(out, &kb.Account{
			Head: h, Name: a.Name, Email: h.Slug + "@leerkring.example", Role: a.Role, Teams: a.Teams,
			ConfirmedAt: &h.CreatedAt, Language: "nl", Mails: kb.MailNone,
		})
	}
	return out
}

// as is the world before someone who is known.
func (w *world) as(actor kb.Actor) *world {
	other := *w
	other.handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.handler.ServeHTTP(rw, r.WithContext(kb.WithActor(r.Context(), actor)))
	})
	return &other
}

// reply is an answer as a client reads it.
type reply struct {
	Status int             `json:"-"`
	Header http.Header     `json:"-"`
	Raw    string          `json:"-"`
	Data   json.RawMessage `json:"data"`
	Errors []replyError    `json:"errors"`
}

type replyError struct {
	Message    string         `json:"message"`
	Path       []any          `json:"path"`
	Extensions map[string]any `json:"extensions"`
}

// code is the code of the first error, empty when there is none.
func (r reply) code() string {
	if len(r.Errors) == 0 {
		return ""
	}
	code, _ := r.Errors[0].Extensions["code"].(string)
	return code
}

// send sends a request and reads the answer, which must be JSON with a code on every error.
func (w *world) send(tb testing.TB, r *http.Request) reply {
	tb.Helper()
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	out := reply{Status: rec.Code, Header: rec.Header(), Raw: rec.Body.String()}
	if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil {
		tb.Fatalf("status %d, not JSON: %v: %.200s", rec.Code, err, out.Raw)
	}
	for _, e := range out.Errors {
		if code, _ := e.Extensions["code"].(string); code == "" || e.Message == "" {
			tb.Fatalf("an error without code or message: %s", out.Raw)
		}
	}
	return out
}

// ask posts a query with variables (a JSON object or empty).
func (w *world) ask(tb testing.TB, query, variables string, headers ...string) reply {
	tb.Helper()
	if variables == "" {
		variables = "{}"
	}
	q, err := json.Marshal(query)
	must(tb, err)
	return w.send(tb, post(`{"query":`+string(q)+`,"variables":`+variables+`}`, headers...))
}

// answer asks and decodes the data, of a query that must not fail.
func answer[T any](tb testing.TB, w *world, query, variables string, headers ...string) T {
	tb.Helper()
	r := w.ask(tb, query, variables, headers...)
	if len(r.Errors) > 0 {
		tb.Fatalf("query %s: %s", query, r.Raw)
	}
	var data T
	must(tb, json.Unmarshal(r.Data, &data))
	return data
}

// post makes a request; headers are names and values in turn.
func post(body string, headers ...string) *http.Request {
	return request(http.MethodPost, "/graphql", strings.NewReader(body), append([]string{"Content-Type", "application/json"}, headers...)...)
}

func request(method, target string, body io.Reader, headers ...string) *http.Request {
	r := httptest.NewRequest(method, target, body)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// day is when the records of the tests were made.
var day = time.Date(2024, 5, 31, 9, 30, 0, 0, time.UTC)

// id names a record of the tests.
func id(name string) kb.ID { return kb.DeriveID("test", name) }

// published is the head of a public record.
func published(slug string) kb.Head {
	at := day
	return kb.Head{
		ID: id(slug), Slug: slug, Status: kb.StatusPublished, Visibility: kb.VisibilityPublic,
		CreatedAt: at, UpdatedAt: at, PublishedAt: &at,
	}
}

// text is the common part of a public material.
func text(slug, title string) kb.Common {
	return kb.Common{Head: published(slug), Title: title, Summary: "Samenvatting van " + title, Body: "De tekst van " + title, Language: "nl"}
}
