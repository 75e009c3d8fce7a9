package exchange_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// corpus opens a file of the shared test data, or skips when there is none.
func corpus(t *testing.T, name string) *os.File {
	t.Helper()
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" {
		t.Skip("LEERKRING_TESTDATA is not set: no shared test data")
	}
	f, err := os.Open(filepath.Join(dir, "corpus", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// seed.jsonl goes in as it is: every line, and again without a new revision.
func TestCorpusGoesInAsItIs(t *testing.T) {
	store := open(t)
	first, problems := imported(t, store, corpus(t, "seed.jsonl"), exchange.Options{})
	if first.Created != 820 || len(problems) > 0 {
		t.Fatalf("created %d of 820, problems %v", first.Created, problems)
	}
	if len(first.Themes) > 0 || len(first.Unused) > 0 {
		t.Errorf("unknown themes %v, unused fields %v", first.Themes, first.Unused)
	}
	again, _ := imported(t, store, corpus(t, "seed.jsonl"), exchange.Options{})
	if again.Unchanged != 820 || again.Last != 0 {
		t.Errorf("again: %+v", again)
	}
}

// passages_100k.jsonl.gz holds 510 lines whose id another line has with other
// text. Each of its 100,000 lines is a record.
func TestEveryPassageIsARecord(t *testing.T) {
	if testing.Short() {
		t.Skip("100,000 records: left out with -short")
	}
	store := open(t)
	report, problems := imported(t, store, corpus(t, "passages_100k.jsonl.gz"), exchange.Options{})
	if report.Created != 100_000 || len(problems) > 0 {
		t.Fatalf("created %d of 100,000, %d problems, first %v", report.Created, len(problems), problems[:min(3, len(problems))])
	}
	last, err := store.Last(context.Background())
	if err != nil || last < kb.Seq(report.Created) {
		t.Errorf("last %d, %v", last, err)
	}
}
