package exchange_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// Each check makes two durable stores: 25 of them take seconds, not the usual
// 100. -rapid.checks goes before this.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "25"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// many gives a file of n records.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%d","title":"Plan %d","body":"Tekst %d."}`+"\n", i, i%7, i)
	}
	return b.String()
}

// failing is a store whose writes fail from the nth batch on.
type failing struct {
	kb.Store
	batches int
	err     error
}

func (f *failing) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	if f.batches--; f.batches < 0 {
		return nil, f.err
	}
	return f.Store.Put(ctx, records)
}

// A disk that fills up halfway: the report holds what is in, the error says why
// it stopped, and the next import brings the rest.
func TestAStoreThatFailsHalfway(t *testing.T) {
	store := open(t)
	full := kb.Errorf(kb.DiskFull, kb.Text{NL: "vol", EN: "full"})
	report, problems, err := run(t, &failing{store, 2, full}, strings.NewReader(many(5_000)), exchange.Options{})
	if kb.CodeOf(err) != kb.DiskFull || report.Created != 2_000 || len(problems) > 0 {
		t.Fatalf("%v %+v %v", err, report, problems)
	}
	rest, _ := imported(t, store, strings.NewReader(many(5_000)), exchange.Options{})
	if rest.Unchanged != 2_000 || rest.Created != 3_000 {
		t.Errorf("%+v", rest)
	}
}

func TestPrepareThatFailsWritesNothing(t *testing.T) {
	store := open(t)
	want := errors.New("no")
	_, err := exchange.Import(context.Background(), store, strings.NewReader(many(1)), exchange.Options{
		Prepare: func(context.Context) error { return want },
	})
	if !errors.Is(err, want) || len(stored(t, store)) > 0 {
		t.Error(err)
	}
}

// stopAfter is a reader of a file during which the import is told to stop.
type stopAfter struct {
	text *strings.Reader
	left int
	stop context.CancelFunc
}

func (s *stopAfter) Read(p []byte) (int, error) {
	n, err := s.text.Read(p)
	if s.left -= n; s.left < 0 {
		s.stop()
	}
	return n, err
}

func TestStoppingHalfway(t *testing.T) {
	store := open(t)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	text := many(20_000)
	report, err := exchange.Import(ctx, store, &stopAfter{strings.NewReader(text), len(text) / 2, stop}, exchange.Options{
		Themes: kb.NewTaxonomy(nil), Regions: kb.NewGazetteer(), Now: today,
		Prepare:  func(context.Context) error { return nil },
		Progress: func(exchange.Report) {}, Problem: func(p exchange.Problem) { t.Error(p.Err) },
	})
	if !errors.Is(err, context.Canceled) || report.Created >= 20_000 {
		t.Fatalf("%v %+v", err, report)
	}
	rest, _ := imported(t, store, strings.NewReader(text), exchange.Options{})
	if rest.Unchanged < report.Created || rest.Unchanged+rest.Created != 20_000 {
		t.Errorf("stopped at %+v, then %+v", report, rest)
	}
}

// Two operators import the same file at the same time: each line is in once.
func TestTheSameFileTwiceAtOnce(t *testing.T) {
	store := open(t)
	var done sync.WaitGroup
	reports := make([]exchange.Report, 2)
	for i := range reports {
		done.Go(func() {
			report, problems, err := run(t, store, strings.NewReader(many(3_000)), exchange.Options{})
			if err != nil || len(problems) > 0 {
				t.Errorf("%v %v", err, problems)
			}
			reports[i] = report
		})
	}
	done.Wait()
	if made := reports[0].Created + reports[1].Created; made != 3_000 {
		t.Errorf("%d made: %+v", made, reports)
	}
	for _, e := range stored(t, store) {
		if e.Base().Version != 1 {
			t.Fatalf("%q has version %d", e.Label(), e.Base().Version)
		}
	}
}

// Whatever has happened in a store, its export makes an equal one.
func TestAnyStoreSurvivesAnExport(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		one := open(t)
		for step := range rapid.IntRange(1, 4).Draw(rt, "imports") {
			var text strings.Builder
			for i := range rapid.IntRange(1, 5).Draw(rt, "lines") {
				id := rapid.IntRange(1, 4).Draw(rt, "id")
				title := rapid.SampledFrom([]string{"Een", "Twee", "één", "<b>&amp;", "\u2028"}).Draw(rt, "title")
				status := rapid.SampledFrom([]string{"PUBLISHED", "DRAFT", "WITHDRAWN"}).Draw(rt, "status")
				fmt.Fprintf(&text, `{"id":"%d","title":%q,"status":%q,"body":"%d.%d"}`+"\n", id, title, status, step, i)
			}
			if _, _, err := run(t, one, strings.NewReader(text.String()), exchange.Options{}); err != nil {
				rt.Fatal(err)
			}
			if rapid.Bool().Draw(rt, "delete") {
				remove(rt, one, kb.DeriveID("import", fmt.Sprint(rapid.IntRange(1, 4).Draw(rt, "which"))))
			}
		}
		want := exported(t, one)
		two := open(t)
		if report, problems := imported(t, two, bytes.NewReader(want), exchange.Options{}); report.Refused > 0 {
			rt.Fatal(problems)
		}
		if diff := cmp.Diff(string(want), string(exported(t, two))); diff != "" {
			rt.Fatal(diff)
		}
		if err := errors.Join(one.Close(), two.Close()); err != nil {
			rt.Fatal(err)
		}
	})
}

// remove deletes a record, when there is one.
func remove(t rapid.TB, store kb.Store, id kb.ID) {
	current, err := store.Get(context.Background(), []kb.ID{id})
	if err != nil {
		t.Fatal(err)
	}
	r, ok := current[id]
	if !ok || r.Deleted {
		return
	}
	gone := kb.Record{ID: id, Kind: r.Kind, Version: r.Version + 1, At: today().Add(time.Hour), Deleted: true}
	if _, err := store.Put(context.Background(), []kb.Record{gone}); err != nil {
		t.Fatal(err)
	}
}

// limited is a disk with room for some bytes.
type limited struct{ left int }

func (l *limited) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		return 0, errors.New("no space left on device")
	}
	return len(p), nil
}

func TestAnExportThatCannotBeWritten(t *testing.T) {
	store := open(t)
	imported(t, store, strings.NewReader(many(3_000)), exchange.Options{})
	whole := len(exported(t, store))
	for _, room := range []int{0, 300_000, whole - 1} {
		if _, err := exchange.Export(context.Background(), store, &limited{room}); kb.CodeOf(err) == "" || kb.CodeOf(err) == kb.Internal {
			t.Errorf("room for %d of %d bytes: %v", room, whole, err)
		}
	}
}
