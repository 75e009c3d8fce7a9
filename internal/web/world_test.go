package web_test

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

	"golang.org/x/net/html"

	"leerkring/graph"
	"leerkring/internal/auth"
	"leerkring/internal/blob"
	"leerkring/internal/exchange"
	"leerkring/internal/files"
	"leerkring/internal/kb"
	"leerkring/internal/sample"
	"leerkring/internal/search"
	"leerkring/internal/store/sqlite"
	"leerkring/internal/web"
)

// world is the pages over a real store, index and schema.
type world struct {
	store  kb.Store
	index  *search.Index
	own    *kb.OwnWrites
	people *kb.Accounts
	blobs  kb.Blobs
	files  *kb.Files
	now    time.Time
	search kb.Searcher // the index, unless a test puts another before it
	ready  bool
	// open lets everyone open an account, providers are the sign-ins of organisations.
	open      bool
	providers []graph.Provider
	// address is where a browser finds the site.
	address string
	// inside are the pages without the gate, for who is known already.
	inside  http.Handler
	execute web.Execute
	handler http.Handler
	log     *bytes.Buffer
	// following lets one at a time bring the index up to date.
	following sync.Mutex
}

// newWorld serves the built-in records, the sample collection and these.
func newWorld(tb testing.TB, entities ...kb.Entity) *world {
	tb.Helper()
	ctx := context.Background()
	store, err := sqlite.Open(ctx, tb.TempDir(), sqlite.Options{})
	must(tb, err)
	tb.Cleanup(func() { must(tb, store.Close()) })
	index, _, err := search.Open(tb.TempDir(), search.Options{})
	must(tb, err)
	tb.Cleanup(func() { must(tb, index.Close()) })
	blobs, err := blob.Open(tb.TempDir(), time.Now)
	must(tb, err)
	tb.Cleanup(func() { must(tb, blobs.Close()) })
	w := &world{store: store, index: index, blobs: blobs, search: index, ready: true, log: &bytes.Buffer{}, now: day}
	w.own = kb.NewOwnWrites(func(context.Context, kb.Seq) error {
		w.follow(tb)
		return nil
	})
	must(tb, kb.Seed(ctx, store))
	_, err = exchange.Import(ctx, store, bytes.NewReader(sample.Collection()), exchange.Options{
		Source: sample.Source, Themes: kb.NewTaxonomy(kb.BuiltinThemes()), Regions: kb.NewGazetteer(),
		Now:      func() time.Time { return day },
		Prepare:  func(context.Context) error { return nil },
		Progress: func(exchange.Report) {},
		Problem:  func(p exchange.Problem) { tb.Errorf("sample line %d: %v", p.Line, p.Err) },
	})
	must(tb, err)
	w.put(tb, accounts()...)
	w.put(tb, entities...)
	w.serve(tb, false)
	return w
}

// day is when the records of the tests were made.
var day = time.Date(2024, 3, 12, 9, 30, 0, 0, time.UTC)

// serve makes the handler.
func (w *world) serve(tb testing.TB, demo bool) {
	tb.Helper()
	log := slog.New(slog.NewTextHandler(w.log, nil))
	now := func() time.Time { return w.now }
	w.people = kb.NewAccounts(kb.AccountsConfig{
		Store: w.store, Search: w.search, Own: w.own, Now: now, NewID: newID, Even: time.Millisecond, OpenSignUp: w.open,
		Hasher: auth.NewPasswords(auth.PasswordOptions{Memory: 8}), BaseURL: "https://leerkring.example",
	})
	w.files = kb.NewFiles(kb.FilesConfig{Store: w.store, Search: w.search, Blobs: w.blobs, Own: w.own, Now: now, NewID: newID, Suggest: suggester{}, Log: log})
	executor := graph.NewExecutor(graph.Config{
		Library: kb.NewLibrary(w.store, w.search, w.own), Editorial: kb.NewEditorial(w.store, w.search, w.own, now), Gazetteer: kb.NewGazetteer(),
		Desk: kb.NewDesk(w.store, w.search, w.own, now, newID), Accounts: w.people, SignIn: graph.SignIn{Open: w.open, Providers: w.providers},
		Notifications: kb.NewNotifications(w.store, w.search, w.own, now), Counting: kb.NewCounting(w.store, w.search, now, newID()), Now: now,
		BaseURL: "https://leerkring.example", Files: w.files,
		Log: log, Ready: func() bool { return w.ready }, Reference: func() string { return "ref-graph" },
	})
	gate, err := auth.NewGate(auth.Config{Accounts: w.people, BaseURL: w.base(), Log: log})
	must(tb, err)
	w.execute = func(ctx context.Context, op web.Operation) (json.RawMessage, error) {
		data, errs := executor.Do(graph.WithLanguage(ctx, op.Language), op.Query, op.Name, op.Variables)
		if len(errs) > 0 {
			ref, _ := errs[0].Extensions["reference"].(string)
			return nil, &web.Failure{Code: errs[0].Code(), Message: errs[0].Message, Reference: ref}
		}
		return data, nil
	}
	w.inside = pages(tb, web.Config{
		Execute: w.execute, GraphQL: graph.Handler(executor, log), Log: log, Reference: func(context.Context) string { return "ref-web" }, Demo: demo,
		SetSession: gate.SetSession, ClearSession: gate.ClearSession, NewKey: rand.Text,
	})
	c := files.Config{Files: w.files, Reference: func(context.Context) string { return "ref-files" }, Log: log}
	mux := http.NewServeMux()
	mux.Handle("/", gate.Pages(w.inside))
	mux.Handle("/graphql", gate.GraphQL(graph.Handler(executor, log)))
	mux.Handle("/files/", gate.Pages(files.ByReader(c)))
	mux.Handle("/uploads/", files.BySecret(c))
	w.handler = mux
}

// base is the address by which a browser knows the site.
func (w *world) base() string {
	if w.address != "" {
		return w.address
	}
	return "http://leerkring.example"
}

func newID() kb.ID {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails
	return kb.IDFromBytes(b)
}

func pages(tb testing.TB, c web.Config) http.Handler {
	tb.Helper()
	h, err := web.New(c)
	must(tb, err)
	return h
}

// put stores entities and brings the index up to date.
func (w *world) put(tb testing.TB, entities ...kb.Entity) {
	tb.Helper()
	ctx := context.Background()
	records := make([]kb.Record, len(entities))
	for i, e := range entities {
		must(tb, kb.Validate(e))
		var err error
		records[i], err = kb.NewRecord(e, nil)
		must(tb, err)
	}
	results, err := w.store.Put(ctx, records)
	must(tb, err)
	for _, r := range results {
		must(tb, r.Err)
	}
	w.follow(tb)
}

// follow brings the index up to date.
func (w *world) follow(tb testing.TB) {
	tb.Helper()
	w.following.Lock()
	defer w.following.Unlock()
	ctx := context.Background()
	changes, err := w.store.Changes(ctx, w.index.Position(), 100_000)
	must(tb, err)
	describer := kb.NewDescriber(w.store, kb.NewGazetteer())
	describer.Blobs = w.blobs
	docs, err := describer.Describe(ctx, changes.Records)
	must(tb, err)
	step := kb.Step{Documents: docs, Position: changes.Position}
	for _, r := range changes.Records {
		if r.Deleted {
			step.Removed = append(step.Removed, r.ID)
		}
	}
	must(tb, w.index.Commit(ctx, step))
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// published is the head of a public record.
func published(slug string) kb.Head {
	return kb.Head{
		ID: kb.DeriveID("test", slug), Slug: slug, Status: kb.StatusPublished, Visibility: kb.VisibilityPublic,
		CreatedAt: day, UpdatedAt: day, PublishedAt: &day,
	}
}

// document is a page as a browser reads it.
type document struct {
	tb     testing.TB
	status int
	header http.Header
	raw    string
	root   *html.Node
	target string
}

// get asks for a page.
func get(tb testing.TB, h http.Handler, target string) document {
	tb.Helper()
	return send(tb, h, httptest.NewRequest(http.MethodGet, target, nil))
}

func send(tb testing.TB, h http.Handler, r *http.Request) document {
	tb.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	body, err := io.ReadAll(rec.Body)
	must(tb, err)
	root, err := html.Parse(bytes.NewReader(body))
	must(tb, err)
	return document{tb, rec.Code, rec.Header(), string(body), root, r.URL.RequestURI()}
}

// page asks for a page that must be there.
func (w *world) page(tb testing.TB, target string) document {
	tb.Helper()
	d := get(tb, w.handler, target)
	if d.status != http.StatusOK {
		tb.Fatalf("%s: status %d: %s", target, d.status, d.raw)
	}
	return d
}

// all gives the elements with a name and, where they are not empty, an attribute
// and its value. A class matches one of several.
func (d document) all(tag, attribute, value string) []*html.Node {
	var out []*html.Node
	for n := range d.root.Descendants() {
		if n.Type != html.ElementNode || (tag != "" && n.Data != tag) {
			continue
		}
		got, has := attr(n, attribute)
		match := got == value
		if attribute == "class" {
			match = strings.Contains(" "+got+" ", " "+value+" ")
		}
		if attribute == "" || (has && (value == "" || match)) {
			out = append(out, n)
		}
	}
	return out
}

// one gives the only such element.
func (d document) one(tag, attribute, value string) *html.Node {
	d.tb.Helper()
	found := d.all(tag, attribute, value)
	if len(found) != 1 {
		d.tb.Fatalf("%d elements <%s %s=%q>, want one", len(found), tag, attribute, value)
	}
	return found[0]
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// href is the address that a link leads to.
func href(n *html.Node) string {
	v, _ := attr(n, "href")
	return v
}

// text is what a reader sees of a node, with single spaces.
func text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func texts(nodes []*html.Node) []string {
	var out []string
	for _, n := range nodes {
		out = append(out, text(n))
	}
	return out
}
