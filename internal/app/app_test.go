package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"leerkring/internal/app"
	"leerkring/internal/exchange"
	"leerkring/internal/extract"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

// TestMain makes this program a reader of files when a site asks it to. Whatever an app
// starts, its Close waits for.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 || os.Args[1] != "extract-worker" {
		goleak.VerifyTestMain(m)
		return
	}
	if err := extract.Work(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func config(t *testing.T, dir string) app.Config {
	t.Helper()
	return app.Config{Data: dir, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Now: time.Now}
}

func open(t *testing.T, c app.Config) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() }) // twice for those that close themselves
	return a
}

// bring imports a text and waits until it can be found.
func bring(t *testing.T, a *app.App, text string) exchange.Report {
	t.Helper()
	report, err := app.Import(t.Context(), a.Store, time.Now, strings.NewReader(text), exchange.Options{
		Progress: func(exchange.Report) {},
		Problem:  func(p exchange.Problem) { t.Errorf("line %d: %v", p.Line, p.Err) },
	})
	if err != nil {
		t.Fatal(err)
	}
	last, err := a.Store.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Settle(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	return report
}

func titles(t *testing.T, a *app.App, query string) []string {
	t.Helper()
	found, err := a.Library.Search(t.Context(), kb.Visitor(), kb.SearchRequest{Text: query, First: 20, Sort: kb.SortTitle})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range found.Hits {
		out = append(out, h.Entity.Label())
	}
	return out
}

const three = `{"id":"1","title":"Woningbouw in Zwolle","gemeente":"Zwolle"}
{"id":"2","title":"Woningbouw, een schets","status":"DRAFT"}
{"id":"3","title":"Woningbouw voor leden","visibility":"MEMBERS"}
`

func TestWhatIsImportedIsFoundAndNoMore(t *testing.T) {
	c := config(t, t.TempDir())
	a := open(t, c)
	bring(t, a, three)
	want := []string{"Woningbouw in Zwolle"}
	if diff := cmp.Diff(want, titles(t, a, "woningbouw")); diff != "" {
		t.Fatal(diff)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, c)
	if again.Found != search.Current {
		t.Errorf("the index was %s", again.Found)
	}
	if diff := cmp.Diff(want, titles(t, again, "woningbouw")); diff != "" {
		t.Error(diff)
	}
}

// An index that is damaged or gone is filled anew at the start, by itself.
func TestABrokenIndexHeals(t *testing.T) {
	for name, harm := range map[string]func(dir string) error{
		"folder gone":  func(dir string) error { return os.RemoveAll(dir) },
		"CURRENT gone": func(dir string) error { return os.Remove(filepath.Join(dir, "CURRENT")) },
		"files emptied": func(dir string) error {
			files, err := filepath.Glob(filepath.Join(dir, "gen-*", "*"))
			for _, f := range files {
				if info, statErr := os.Stat(f); statErr == nil && info.Mode().IsRegular() {
					err = os.Truncate(f, 0)
				}
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := config(t, t.TempDir())
			a := open(t, c)
			bring(t, a, three)
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			if err := harm(filepath.Join(c.Data, "index")); err != nil {
				t.Fatal(err)
			}
			verdict, err := app.Verify(t.Context(), c)
			if err != nil || verdict.Agrees() {
				t.Errorf("verify does not see it: %+v %v", verdict, err)
			}
			healed := open(t, c)
			last, err := healed.Store.Last(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := healed.Settle(t.Context(), last); err != nil {
				t.Fatal(err)
			}
			if got := titles(t, healed, "woningbouw"); len(got) != 1 {
				t.Errorf("found %q", got)
			}
			if err := healed.Close(); err != nil {
				t.Fatal(err)
			}
			if verdict, err := app.Verify(t.Context(), c); err != nil || !verdict.Agrees() {
				t.Errorf("%+v %v", verdict, err)
			}
		})
	}
}

// imports brings texts in one after the other, each with an app of its own.
func imports(t *testing.T, c app.Config, texts ...string) {
	t.Helper()
	for _, text := range texts {
		a := open(t, c)
		bring(t, a, text)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// The store was put back from an earlier backup: the index has seen writes that
// are not there any more.
func TestAnIndexAheadOfItsStore(t *testing.T) {
	c := config(t, t.TempDir())
	imports(t, c, three)
	backup := t.TempDir()
	if err := os.CopyFS(backup, os.DirFS(c.Data)); err != nil {
		t.Fatal(err)
	}
	imports(t, c, `{"id":"8","title":"Woningbouw na de back-up"}`)
	if err := errors.Join(os.RemoveAll(filepath.Join(backup, "index")), os.Rename(filepath.Join(c.Data, "index"), filepath.Join(backup, "index"))); err != nil {
		t.Fatal(err)
	}
	c.Data = backup
	back := open(t, c)
	if diff := cmp.Diff([]string{"Woningbouw in Zwolle"}, titles(t, back, "woningbouw")); diff != "" {
		t.Error(diff)
	}
	bring(t, back, `{"id":"9","title":"Woningbouw, opnieuw"}`)
	if diff := cmp.Diff([]string{"Woningbouw in Zwolle", "Woningbouw, opnieuw"}, titles(t, back, "woningbouw")); diff != "" {
		t.Error(diff)
	}
}

// A store that was emptied must not take the index, the last that knows of the
// records, with it.
func TestAnEmptiedStoreIsRefused(t *testing.T) {
	c := config(t, t.TempDir())
	imports(t, c, three)
	files, err := filepath.Glob(filepath.Join(c.Data, "store.db*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if err := os.Remove(f); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := app.Open(t.Context(), c); kb.CodeOf(err) != kb.Damaged {
		t.Error(err)
	}
}

// An index that cannot go on must not make an import wait for ever.
func TestSettleGivesUpOnAnIndexThatStandsStill(t *testing.T) {
	c := config(t, t.TempDir())
	first := open(t, c)
	bring(t, first, three)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	c.Stall = 50 * time.Millisecond
	a := open(t, c)
	last, err := a.Store.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Settle(t.Context(), last+1); kb.CodeOf(err) != kb.Unavailable {
		t.Error(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := a.Settle(ended, last+1); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestASecondProcessIsRefused(t *testing.T) {
	c := config(t, t.TempDir())
	open(t, c)
	if _, err := app.Open(t.Context(), c); kb.CodeOf(err) != kb.InUse {
		t.Error(err)
	}
}

func TestVerifySeesADocumentTooFew(t *testing.T) {
	c := config(t, t.TempDir())
	a := open(t, c)
	bring(t, a, three)
	last, err := a.Store.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id := kb.DeriveID("import", "1")
	if err := a.Index.Commit(t.Context(), kb.Step{Removed: []kb.ID{id}, Position: last}); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	verdict, err := app.Verify(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]kb.ID{id}, verdict.Differences.Missing); diff != "" || verdict.Agrees() {
		t.Error(diff, verdict)
	}
}

// serve starts a site on a free port and gives its address; it stops with the test.
func serve(t *testing.T, a *app.App, site app.Site) string {
	t.Helper()
	if site.Addr == "" {
		site.Addr = "127.0.0.1:0"
	}
	ctx, stop := context.WithCancel(t.Context())
	url, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- a.Serve(ctx, site, func(s app.Started) { url <- s.URL }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case u := <-url:
		return u
	case err := <-ended:
		ended <- err
		t.Fatal(err)
	}
	panic("unreachable")
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	defer http.DefaultClient.CloseIdleConnections()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func TestServeDemo(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	url := serve(t, a, app.Site{Demo: true})
	if status, body := get(t, url+"/readyz"); status != http.StatusOK {
		t.Errorf("readyz %d %s", status, body)
	}
	if status, body := get(t, url+"/?q=woningbouw"); status != http.StatusOK || !strings.Contains(body, "<main") {
		t.Errorf("the search page: %d\n%.300s", status, body)
	}
	if status, _ := get(t, url+"/casus/bestaat-niet"); status != http.StatusNotFound {
		t.Errorf("an unknown case: %d", status)
	}
	var answer struct {
		Data struct {
			Search struct{ TotalCount int }
		}
	}
	defer http.DefaultClient.CloseIdleConnections()
	resp, err := http.Post(url+"/graphql", "application/json", bytes.NewBufferString(`{"query":"{search{totalCount}}"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || answer.Data.Search.TotalCount < 60 {
		t.Errorf("%d records, %v", answer.Data.Search.TotalCount, err)
	}
}

func TestSitesThatCannotBe(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	for _, site := range []app.Site{
		{Addr: "127.0.0.1:0", BaseURL: "kennis.voorbeeld.nl"},
		{Addr: "127.0.0.1:0", BaseURL: "javascript:alert(1)"},
		{Addr: "127.0.0.1:0", BaseURL: "https://voorbeeld.nl/kennis"},
		{Addr: "127.0.0.1:0", Origins: []string{"*"}},
		{Addr: "hier"},
	} {
		err := a.Serve(t.Context(), site, func(s app.Started) { t.Errorf("serves on %s", s.URL) })
		if kb.CodeOf(err) != kb.Invalid {
			t.Errorf("%+v: %v", site, err)
		}
	}
}

// "Listen everywhere" is no address to open in a browser.
func TestTheAddressThatIsPrintedWorks(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	url := serve(t, a, app.Site{Addr: ":0"})
	if !strings.HasPrefix(url, "http://localhost:") {
		t.Error(url)
	}
	if status, _ := get(t, url+"/healthz"); status != http.StatusOK {
		t.Errorf("%d", status)
	}
}

func TestDemoLeavesAStoreWithMaterialAlone(t *testing.T) {
	a := open(t, config(t, t.TempDir()))
	bring(t, a, three)
	serve(t, a, app.Site{Demo: true})
	if diff := cmp.Diff([]string{"Woningbouw in Zwolle"}, titles(t, a, "")); diff != "" {
		t.Error(diff)
	}
}

func TestReadySaysWhatIsWaitedFor(t *testing.T) {
	c := config(t, t.TempDir())
	a := open(t, c)
	var lines strings.Builder
	for i := range 3_000 {
		fmt.Fprintf(&lines, "{\"id\":\"%d\",\"title\":\"Plan %d\"}\n", i, i)
	}
	bring(t, a, lines.String())
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(c.Data, "index")); err != nil {
		t.Fatal(err)
	}
	b := open(t, c)
	if err := b.Ready(t.Context()); err != nil && kb.CodeOf(err) != kb.Unavailable {
		t.Error(err)
	}
	last, err := b.Store.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Settle(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	if err := b.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	if err := b.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := b.Ready(t.Context()); kb.CodeOf(err) != kb.Unavailable {
		t.Errorf("a store that is gone: %v", err)
	}
}
