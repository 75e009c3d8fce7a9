package eval_test

import (
	"bytes"
	order "cmp"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/eval"
	"leerkring/internal/exchange"
	"leerkring/internal/kb"
	"leerkring/internal/sample"
)

var update = flag.Bool("update", false, "write the golden file anew")

// judgement is a query with the records of the sample collection that it should
// find, by the ids they have there, graded from 1 (also of use) to 3 (what was
// looked for). They were written before the search had seen them.
type judgement struct {
	Query  string         `json:"query"`
	About  string         `json:"about"`
	Why    string         `json:"why"`
	Wanted map[string]int `json:"wanted"`
}

// collection is the sample collection in a store with its index, as it is served.
type collection struct {
	*app.App
	names map[kb.ID]string
}

func openSample(t *testing.T) *collection {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	report, err := app.Import(t.Context(), a.Store, time.Now, bytes.NewReader(sample.Collection()), exchange.Options{
		Progress: func(exchange.Report) {}, Problem: func(p exchange.Problem) { t.Errorf("line %d: %v", p.Line, p.Err) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Settle(t.Context(), report.Last); err != nil {
		t.Fatal(err)
	}
	return &collection{a, sampleNames(t)}
}

func sampleNames(t *testing.T) map[kb.ID]string {
	t.Helper()
	names := map[kb.ID]string{}
	for line := range bytes.Lines(sample.Collection()) {
		var record struct{ ID string }
		if err := json.Unmarshal(line, &record); err != nil {
			t.Fatal(err)
		}
		names[kb.DeriveID(sample.Source, record.ID)] = record.ID
	}
	return names
}

// find gives the ids of the first hundred hits for a visitor, best first.
func (c *collection) find(t *testing.T, req kb.SearchRequest) []string {
	t.Helper()
	req.First = 100
	found, err := c.Index.Search(t.Context(), kb.Visitor(), req)
	if err != nil {
		t.Fatalf("%q: %v", req.Text, err)
	}
	out := make([]string, len(found.Hits))
	for i, h := range found.Hits {
		out[i] = c.names[h.Entity.Base().ID]
	}
	return out
}

func judgements(t *testing.T) []judgement {
	t.Helper()
	text, err := os.ReadFile("testdata/judgements.json")
	if err != nil {
		t.Fatal(err)
	}
	var out []judgement
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	names := slices.Collect(maps.Values(sampleNames(t)))
	for _, j := range out {
		for id := range j.Wanted {
			if !slices.Contains(names, id) {
				t.Errorf("%q wants %s, which is not in the sample collection", j.Query, id)
			}
		}
	}
	return out
}

// TestSampleGolden shows a change of ranking as a difference: for every query of
// the judgement list where the wanted records stand. Write it anew with -update.
func TestSampleGolden(t *testing.T) {
	c := openSample(t)
	var all []eval.Outcome
	by := map[string][]eval.Outcome{}
	var lines strings.Builder
	for _, j := range judgements(t) {
		o := eval.Outcome{Query: eval.Query{ID: j.Query, Text: j.Query, Grades: j.Wanted}, Found: c.find(t, kb.SearchRequest{Text: j.Query})}
		all, by[j.About] = append(all, o), append(by[j.About], o)
		fmt.Fprintf(&lines, "\n%s: %s\n", j.About, j.Query)
		for _, id := range slices.SortedFunc(maps.Keys(j.Wanted), func(a, b string) int {
			return order.Or(j.Wanted[b]-j.Wanted[a], strings.Compare(a, b))
		}) {
			rank := "-"
			if at := slices.Index(o.Found, id); at >= 0 {
				rank = fmt.Sprint(at + 1)
			}
			fmt.Fprintf(&lines, "%4s  %s (%d)\n", rank, id, j.Wanted[id])
		}
	}
	var got strings.Builder
	fmt.Fprintf(&got, "%-22s %s\n", "all", summary(all))
	for _, about := range slices.Sorted(maps.Keys(by)) {
		fmt.Fprintf(&got, "%-22s %s\n", about, summary(by[about]))
	}
	got.WriteString(lines.String())
	golden(t, "testdata/sample.golden", got.String())
}

// summary gives the means over some queries.
func summary(outcomes []eval.Outcome) string {
	recall := 0.0
	for _, o := range outcomes {
		o.Found = o.Found[:min(10, len(o.Found))]
		recall += o.Recall()
	}
	r := eval.Judge(outcomes, 0)
	return fmt.Sprintf("%2d queries  recall@10 %.3f  MRR %.3f  nDCG@10 %.3f", r.Queries, recall/float64(len(outcomes)), r.MRR, r.NDCG)
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want, is := strings.Split(string(text), "\n"), strings.Split(got, "\n")
	if len(want) != len(is) {
		t.Fatalf("%d lines instead of %d: write it anew with -update", len(is), len(want))
	}
	for i := range want {
		if want[i] != is[i] {
			t.Errorf("%s:%d: the ranking changed; if it should, write it anew with -update\n- %s\n+ %s", name, i+1, want[i], is[i])
		}
	}
}
