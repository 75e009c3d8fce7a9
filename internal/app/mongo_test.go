package app_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/app"
	"leerkring/internal/exchange"
	"leerkring/internal/kb"
	"leerkring/internal/store/mongo/mongotest"
)

// settled waits until searches of an app see all that is in the store.
func settled(t *testing.T, a *app.App) {
	t.Helper()
	last, err := a.Store.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Settle(t.Context(), last); err != nil {
		t.Fatal(err)
	}
}

// Two servers share one MongoDB, each with its own index; an import beside them
// needs neither. When the MongoDB goes away, searches go on and /readyz tells;
// when it is back, so is everything.
func TestServersOnOneMongoDB(t *testing.T) {
	server := mongotest.Start(t)
	uri := server.URI()
	shared := func() app.Config {
		c := config(t, t.TempDir())
		c.Store = uri
		return c
	}
	first, second := shared(), shared()
	a, b := open(t, first), open(t, second)

	store, err := app.OpenStore(t.Context(), app.Config{Store: uri})
	if err != nil {
		t.Fatal(err)
	}
	report, err := app.Import(t.Context(), store, time.Now, strings.NewReader(three), exchange.Options{
		Progress: func(exchange.Report) {}, Problem: func(p exchange.Problem) { t.Error(p.Err) },
	})
	if err != nil || report.Created != 3 {
		t.Fatal(report, err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	want := []string{"Woningbouw in Zwolle"}
	for _, x := range []*app.App{a, b} {
		settled(t, x)
		if diff := cmp.Diff(want, titles(t, x, "woningbouw")); diff != "" {
			t.Error(diff)
		}
	}

	server.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if err := a.Ready(ctx); kb.CodeOf(err) != kb.Unavailable {
		t.Errorf("ready without a store: %v", err)
	}
	if diff := cmp.Diff(want, titles(t, a, "woningbouw")); diff != "" {
		t.Error("searching needs no store", diff)
	}

	server.Restart()
	patience, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for a.Ready(patience) != nil { // each call waits for the driver to find the server
		if patience.Err() != nil {
			t.Fatal("not ready again")
		}
	}
	bring(t, a, `{"id":"4","title":"Woningbouw na de storing"}`)
	settled(t, b)
	if diff := cmp.Diff([]string{"Woningbouw in Zwolle", "Woningbouw na de storing"}, titles(t, b, "woningbouw")); diff != "" {
		t.Error(diff)
	}
	for _, x := range []*app.App{a, b} {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
	if verdict, err := app.Verify(t.Context(), second); err != nil || !verdict.Agrees() {
		t.Errorf("%+v %v", verdict, err)
	}
}

// The index in a folder belongs to one store: with another one it starts anew.
func TestAnIndexOfAnotherStore(t *testing.T) {
	server := mongotest.Start(t)
	c := config(t, t.TempDir())
	c.Store = server.URI()
	a := open(t, c)
	bring(t, a, three)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	c.Store = server.URI() // the address of another database
	other := open(t, c)
	bring(t, other, `{"id":"5","title":"Iets anders"}`)
	if diff := cmp.Diff([]string{"Iets anders"}, titles(t, other, "")); diff != "" {
		t.Error(diff)
	}
}
