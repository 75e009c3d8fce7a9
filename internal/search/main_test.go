package search

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"leerkring/internal/kb"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// openIndex opens an index that is closed at the end of the test.
func openIndex(tb testing.TB, dir string, opts Options) *Index {
	tb.Helper()
	x, _, err := Open(dir, opts)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := x.Close(); err != nil {
			tb.Error(err)
		}
	})
	return x
}

func put(tb testing.TB, x *Index, position kb.Seq, docs ...kb.Document) {
	tb.Helper()
	if err := x.Commit(tb.Context(), kb.Step{Documents: docs, Position: position}); err != nil {
		tb.Fatal(err)
	}
}

// publicCase makes a public case that says what change makes of it.
func publicCase(name string, change func(*kb.Document)) kb.Document {
	d := kb.Document{
		Record: kb.DeriveID("test", name), Kind: kb.KindCase, Version: 1,
		Access: []string{kb.AccessPublic}, States: []string{string(kb.StatusPublished)}, Title: name, Language: "nl",
	}
	if change != nil {
		change(&d)
	}
	c := &kb.Case{}
	c.Head = kb.Head{ID: d.Record, Slug: string(d.Record), Status: kb.StatusPublished, Visibility: kb.VisibilityPublic}
	c.Title, c.Summary = d.Title, d.Summary
	d.Card, _ = kb.Encode(c)
	return d
}

// editor is somebody who reads all content.
func editor() kb.Actor {
	return kb.Actor{Account: kb.DeriveID("account", "editor"), Role: kb.RoleEditor}
}

// ask searches as a visitor.
func ask(tb testing.TB, x *Index, req kb.SearchRequest) *kb.SearchResult {
	tb.Helper()
	res, err := x.Search(context.Background(), kb.Visitor(), req)
	if err != nil {
		tb.Fatal(err)
	}
	return res
}

// generations gives the folders of generations that are there.
func generations(tb testing.TB, dir string) []string {
	tb.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "gen-*"))
	if err != nil {
		tb.Fatal(err)
	}
	return list
}

// at is a clock that stands still until it is advanced.
type at struct{ nanos atomic.Int64 }

func newClock() *at {
	a := &at{}
	a.nanos.Store(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano())
	return a
}

func (a *at) Now() time.Time { return time.Unix(0, a.nanos.Load()) }

func (a *at) advance(d time.Duration) { a.nanos.Add(int64(d)) }

func writeFile(tb testing.TB, name string, data []byte) {
	tb.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		tb.Fatal(err)
	}
}

func readFile(tb testing.TB, name string) []byte {
	tb.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}
