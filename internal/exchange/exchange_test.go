package exchange_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

// today is when the imports of these tests happen.
func today() time.Time { return time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC) }

// open gives an empty embedded store.
func open(t testing.TB) kb.Store {
	t.Helper()
	store, err := sqlite.Open(context.Background(), t.TempDir(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// problem is a Problem as a person reads it.
type problem struct {
	Line    int
	Refused bool
	Text    string
}

// run imports with what every import needs filled in.
func run(t testing.TB, store kb.Store, file io.Reader, opts exchange.Options) (exchange.Report, []problem, error) {
	t.Helper()
	var problems []problem
	opts.Themes = kb.NewTaxonomy(kb.BuiltinThemes())
	opts.Regions = kb.NewGazetteer()
	opts.Now = today
	opts.Prepare = func(context.Context) error { return nil }
	opts.Progress = func(exchange.Report) {}
	opts.Problem = func(p exchange.Problem) { problems = append(problems, problem{p.Line, p.Refused, p.Err.Error()}) }
	report, err := exchange.Import(context.Background(), store, file, opts)
	return report, problems, err
}

// imported is run for a file that must be readable to its end.
func imported(t testing.TB, store kb.Store, file io.Reader, opts exchange.Options) (exchange.Report, []problem) {
	t.Helper()
	report, problems, err := run(t, store, file, opts)
	if err != nil {
		t.Fatal(err)
	}
	return report, problems
}

// one imports a text of one record and gives it as it was stored.
func one(t *testing.T, text string, opts exchange.Options) kb.Entity {
	t.Helper()
	all := every(t, text, opts)
	if len(all) != 1 {
		t.Fatalf("%d records, want 1", len(all))
	}
	return all[0]
}

// every imports a text and gives the records in the order of writing.
func every(t *testing.T, text string, opts exchange.Options) []kb.Entity {
	t.Helper()
	store := open(t)
	_, problems := imported(t, store, strings.NewReader(text), opts)
	for _, p := range problems {
		t.Log(p)
	}
	return stored(t, store)
}

func stored(t *testing.T, store kb.Store) []kb.Entity {
	t.Helper()
	log, err := store.Log(context.Background(), 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	var out []kb.Entity
	for _, r := range log.Records {
		live, _, err := kb.DecodeRecord(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, live)
	}
	return out
}

func zip(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
