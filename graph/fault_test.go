package graph_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/graph"
	"leerkring/internal/kb"
)

// faultySearcher fails in a way of its own.
type faultySearcher struct {
	kb.Searcher
	fail func(context.Context) error
}

func (s faultySearcher) Suggest(ctx context.Context, _ kb.Actor, _ string, _ int) ([]kb.Suggestion, error) {
	return nil, s.fail(ctx)
}

func (s faultySearcher) Related(ctx context.Context, _ kb.Actor, _ kb.ID, _ int) ([]kb.Related, error) {
	return nil, s.fail(ctx)
}

func (s faultySearcher) Search(ctx context.Context, _ kb.Actor, _ kb.SearchRequest) (*kb.SearchResult, error) {
	return nil, s.fail(ctx)
}

// failing makes a world whose index fails.
func failing(t *testing.T, fail func(context.Context) error) *world {
	w := newWorld(t)
	w.config.Library = kb.NewLibrary(w.store, faultySearcher{w.index, fail}, nil)
	w.config.Timeout = 20 * time.Millisecond
	w.handler = handlerOf(w.config)
	return w
}

// TestFaults shows what a client and what the log see of each kind of fault.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name          string
		fail          func(context.Context) error
		code, message string
		logged        string // a part of the log, empty when nothing may be logged
	}{
		{
			"a coded error",
			func(context.Context) error {
				return kb.Wrap(errors.New("dial 10.0.0.7"), kb.Unavailable, kb.Text{NL: "De index is er niet.", EN: "No index."})
			},
			"UNAVAILABLE", "De index is er niet.", "10.0.0.7",
		},
		{
			"an invalid record",
			func(context.Context) error {
				e := kb.Errorf(kb.Invalid, kb.Text{NL: "Het klopt niet.", EN: "Not valid."})
				e.Problems = []kb.Problem{{Field: "title", Text: kb.Text{NL: "is verplicht", EN: "is required"}}}
				return fmt.Errorf("searching: %w", e)
			},
			"BAD_USER_INPUT", "Het klopt niet.", "",
		},
		{
			"an unknown error",
			func(context.Context) error { return errors.New("password=hunter2") },
			"INTERNAL", "Er ging bij ons iets mis. Noem bij vragen het kenmerk ref-1.", "hunter2",
		},
		{
			"an internal error",
			func(context.Context) error { return kb.Errorf(kb.Internal, kb.Text{NL: "hunter2", EN: "hunter2"}) },
			"INTERNAL", "Er ging bij ons iets mis. Noem bij vragen het kenmerk ref-1.", "hunter2",
		},
		{
			"damaged data",
			func(context.Context) error { return kb.Errorf(kb.Damaged, kb.Text{NL: "stuk: hunter2", EN: "hunter2"}) },
			"INTERNAL", "Er ging bij ons iets mis. Noem bij vragen het kenmerk ref-1.", "hunter2",
		},
		{
			"a panic",
			func(context.Context) error { panic("hunter2") },
			"INTERNAL", "Er ging bij ons iets mis. Noem bij vragen het kenmerk ref-1.", "faultySearcher",
		},
		{
			"no end",
			func(ctx context.Context) error { <-ctx.Done(); return fmt.Errorf("scan: %w", ctx.Err()) },
			"TIMEOUT", "De vraag duurde te lang en is afgebroken.", "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := failing(t, c.fail)
			got := w.ask(t, `{ themes { totalCount } }`, "")
			if got.Status != 200 || got.code() != c.code || got.Errors[0].Message != c.message {
				t.Errorf("got %d %s", got.Status, got.Raw)
			}
			if diff := cmp.Diff([]any{"themes"}, got.Errors[0].Path); diff != "" {
				t.Errorf("path (-want +got):\n%s", diff)
			}
			if strings.Contains(got.Raw, "hunter2") || strings.Contains(got.Raw, "10.0.0.7") {
				t.Errorf("the cause came out: %s", got.Raw)
			}
			log := w.log.String()
			if (c.logged == "") != (log == "") || !strings.Contains(log, c.logged) {
				t.Errorf("log: %q", log)
			}
			if again := w.ask(t, `{ __typename }`, ""); len(again.Errors) > 0 {
				t.Errorf("the next request: %s", again.Raw)
			}
		})
	}
}

// TestASuggestionThatFails and what is like a material that fails say so where
// they stand; the rest of the answer is there.
func TestASuggestionThatFails(t *testing.T) {
	w := failing(t, func(context.Context) error {
		return kb.Errorf(kb.Unavailable, kb.Text{NL: "De index is er niet.", EN: "No index."})
	})
	w.put(t, library()...)
	for query, path := range map[string][]any{
		`{ suggest(prefix: "wo") { text } }`:                               {"suggest"},
		`{ material(slug: "les") { related { text } } }`:                   {"material", "related"},
		`{ material(slug: "les") { ... on Lesson { related { text } } } }`: {"material", "related"},
	} {
		got := w.ask(t, query, "")
		if got.code() != "UNAVAILABLE" {
			t.Errorf("%s: %s", query, got.Raw)
		} else if diff := cmp.Diff(path, got.Errors[0].Path); diff != "" {
			t.Errorf("%s: path (-want +got):\n%s", query, diff)
		}
	}
}

// TestProblemsAreTold gives each broken rule in the language of the request.
func TestProblemsAreTold(t *testing.T) {
	w := failing(t, func(context.Context) error {
		e := kb.Errorf(kb.Invalid, kb.Text{NL: "Het klopt niet.", EN: "Not valid."})
		e.Problems = []kb.Problem{{Field: "title", Text: kb.Text{NL: "is verplicht", EN: "is required"}}}
		return e
	})
	got := w.ask(t, `{ themes { totalCount } }`, "", "Accept-Language", "en")
	want := map[string]any{"code": "BAD_USER_INPUT", "problems": []any{map[string]any{"field": "title", "message": "is required"}}}
	if diff := cmp.Diff(want, got.Errors[0].Extensions); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// countingStore counts how often it is asked.
type countingStore struct {
	kb.Store
	gets, finds atomic.Int32 // resolvers ask side by side
	fault       error        // what Find fails with
}

func (s *countingStore) Get(ctx context.Context, ids []kb.ID) (map[kb.ID]kb.Record, error) {
	s.gets.Add(1)
	return s.Store.Get(ctx, ids)
}

func (s *countingStore) Find(ctx context.Context, keys []string) (map[string]kb.ID, error) {
	s.finds.Add(1)
	if s.fault != nil {
		return nil, s.fault
	}
	return s.Store.Find(ctx, keys)
}

// TestAPageIsLoadedInBatches: the records around a page of cards cost one batch
// for each kind, however many cards there are.
func TestAPageIsLoadedInBatches(t *testing.T) {
	var many []kb.Entity
	for i := range 40 {
		org := &kb.Organisation{Head: published(fmt.Sprint("org-", i)), Name: fmt.Sprint("Organisatie ", i)}
		m := &kb.Case{Common: text(fmt.Sprint("casus-", i), fmt.Sprint("Casus ", i))}
		m.Themes = []string{[]string{"economie", "bedrijventerreinen"}[i%2]}
		m.Regions = []string{[]string{"GM0363", "GM0518"}[i%2]}
		m.Organisations = []kb.ID{org.ID}
		many = append(many, org, m)
	}
	w := newWorld(t, many...)
	store := &countingStore{Store: w.store}
	w.config.Library = kb.NewLibrary(store, w.index, nil)
	w.handler = handlerOf(w.config)
	got := w.ask(t, `{ search(first: 40) { nodes { themes { label } regions { name parents { name } } organisations { name } } } }`, "")
	if len(got.Errors) > 0 {
		t.Fatal(got.Raw)
	}
	// Themes and regions are found by key, then read; parents are a second batch of regions.
	if finds, gets := store.finds.Load(), store.gets.Load(); finds != 3 || gets != 4 {
		t.Errorf("%d finds and %d gets, want 3 and 4", finds, gets)
	}
}

// countingSearcher counts searches.
type countingSearcher struct {
	kb.Searcher
	searches atomic.Int64
}

func (s *countingSearcher) Search(ctx context.Context, actor kb.Actor, req kb.SearchRequest) (*kb.SearchResult, error) {
	s.searches.Add(1)
	return s.Searcher.Search(ctx, actor, req)
}

// TestAPageOfCardsIsOneSearch: 20 cards, four facets and highlights are one search,
// and nothing of the store once its names were read; a new name shows at once.
func TestAPageOfCardsIsOneSearch(t *testing.T) {
	w := newWorld(t, manyCases(20)...)
	store, index := &countingStore{Store: w.store}, &countingSearcher{Searcher: w.index}
	w.config.Library = kb.NewLibrary(store, index, nil)
	w.handler = handlerOf(w.config)
	w.ask(t, cards, "")
	store.finds.Store(0)
	store.gets.Store(0)
	index.searches.Store(0)
	got := w.ask(t, cards, "")
	if !strings.Contains(got.Raw, `"Organisatie 0"`) || !strings.Contains(got.Raw, `"ranges":[{`) || len(got.Errors) > 0 {
		t.Fatal(got.Raw)
	}
	if searches, finds, gets := index.searches.Load(), store.finds.Load(), store.gets.Load(); searches != 1 || finds != 0 || gets != 0 {
		t.Errorf("%d searches, %d finds, %d gets", searches, finds, gets)
	}
	org := &kb.Organisation{Head: published("org-0"), Name: "Stad"}
	org.Version = 1
	r, err := kb.NewRecord(org, nil)
	must(t, err)
	results, err := w.store.Put(t.Context(), []kb.Record{r}) // the index does not know yet
	must(t, errors.Join(err, results[0].Err))
	if got := w.ask(t, cards, ""); strings.Contains(got.Raw, `"Organisatie 0"`) || !strings.Contains(got.Raw, `"Stad"`) {
		t.Errorf("after the change: %s", got.Raw)
	}
}

// TestAStoreInTroubleIsAskedOnce: each card tells of the fault, and only the first asks.
func TestAStoreInTroubleIsAskedOnce(t *testing.T) {
	w := newWorld(t, library()...)
	store := &countingStore{Store: w.store, fault: kb.Errorf(kb.Unavailable, kb.Text{NL: "De opslag is er niet.", EN: "No store."})}
	w.config.Library = kb.NewLibrary(store, w.index, nil)
	w.handler = handlerOf(w.config)
	got := w.ask(t, `{ search { totalCount nodes { themes { label } } } }`, "")
	if finds := store.finds.Load(); got.code() != "UNAVAILABLE" || finds != 1 {
		t.Errorf("%d finds: %s", finds, got.Raw)
	}
}

// TestIndexStatus tells whether the index is there, and not how many writes there
// were: drafts count among those.
func TestIndexStatus(t *testing.T) {
	w := newWorld(t)
	w.config.Ready = func() bool { return false }
	w.handler = handlerOf(w.config)
	got := w.ask(t, `{ indexStatus { ready } }`, "")
	want := `{"data":{"indexStatus":{"ready":false}}}`
	if diff := cmp.Diff(want, strings.TrimSpace(got.Raw)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestDo is how the pages ask.
func TestDo(t *testing.T) {
	w := newWorld(t, library()...)
	e := graph.NewExecutor(w.config)
	data, errs := e.Do(graph.WithLanguage(t.Context(), "en"), `query A($s: String!) { theme(slug: $s) { label } }`, "A", json.RawMessage(`{"s":"economie"}`))
	if len(errs) > 0 || string(data) != `{"theme":{"label":"Economy"}}` {
		t.Errorf("%s %v", data, errs)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		name             string
		ctx              context.Context
		query, variables string
		want             kb.Code
	}{
		{"a search that cannot be", t.Context(), `{ search(first: 101) { totalCount } }`, ``, kb.Invalid},
		{"no GraphQL", t.Context(), `}`, ``, graph.ParseFailed},
		{"nothing", t.Context(), ``, ``, graph.ValidationFailed},
		{"an unknown field", t.Context(), `{ x }`, `{}`, graph.ValidationFailed},
		{"variables that are no object", t.Context(), `{ __typename }`, `7`, graph.BadRequest},
		{"cancelled", cancelled, `{ themes { totalCount } }`, ``, kb.Timeout},
	} {
		data, errs := e.Do(c.ctx, c.query, "", json.RawMessage(c.variables))
		if len(errs) == 0 || errs[0].Code() != c.want {
			t.Errorf("%s: %s %v", c.name, data, errs)
		}
	}
}
