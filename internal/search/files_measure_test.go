package search_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerkring/internal/eval"
	"leerkring/internal/exchange"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

// testData gives the folder with real texts.
func testData(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("LEERKRING_TESTDATA")
	switch _, err := os.Stat(dir); {
	case dir == "":
		t.Skip("LEERKRING_TESTDATA is not set: no judged sets to measure with")
	case err != nil:
		t.Fatal(err)
	}
	return dir
}

// passages reads n real passages of at least 600 bytes.
func passages(t *testing.T, dir string, n int) []string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "corpus", "passages_100k.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<20)
	var out []string
	for len(out) < n && lines.Scan() {
		var p struct{ Body string }
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if p.Body = strings.Join(strings.Fields(p.Body), " "); len(p.Body) > 600 {
			out = append(out, p.Body)
		}
	}
	return out
}

// judged judges a set of documents that were changed.
func judged(t *testing.T, set *eval.Set, rk search.Ranking, change func(i int, d *kb.Document)) eval.Result {
	t.Helper()
	x, _, err := search.Open(t.TempDir(), search.Options{Ranking: &rk})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	names := map[kb.ID]string{}
	var step kb.Step
	for i, of := range set.Documents {
		d := publication(of)
		names[d.Record] = of.ID
		change(i, &d)
		step.Documents = append(step.Documents, d)
		if len(step.Documents) == 250 || i == len(set.Documents)-1 {
			step.Position++
			if err := x.Commit(t.Context(), step); err != nil {
				t.Fatal(err)
			}
			step.Documents = nil
		}
	}
	outcomes := make([]eval.Outcome, len(set.Queries))
	for i, q := range set.Queries {
		res, err := x.Search(t.Context(), kb.Visitor(), kb.SearchRequest{Text: q.Text, First: 100})
		if err != nil {
			t.Fatal(err)
		}
		outcomes[i].Query = q
		for _, h := range res.Hits {
			outcomes[i].Found = append(outcomes[i].Found, names[h.Entity.Base().ID])
		}
	}
	return eval.Judge(outcomes, len(set.Documents))
}

func publication(of eval.Document) kb.Document {
	p := &kb.Publication{}
	p.Head = kb.Head{ID: kb.DeriveID("set", of.ID), Status: kb.StatusPublished, Visibility: kb.VisibilityPublic}
	p.Title, p.Summary = strings.Join(strings.Fields(of.Title), " "), exchange.Summarise(of.Text)
	d := kb.Document{
		Record: p.ID, Kind: kb.KindPublication, Version: 1, Access: []string{kb.AccessPublic}, States: []string{string(kb.StatusPublished)},
		Title: p.Title, Summary: p.Summary, Body: of.Text, Language: "nl",
	}
	d.Card, _ = kb.Encode(p)
	return d
}

// Reports of other subjects beside every second record leave the judged queries
// nearly as good as they were; texts that are in files only are still found; and
// the words of a page find its record among all others.
func TestFilesInJudgedSets(t *testing.T) {
	dir := testData(t)
	set, err := eval.Load(filepath.Join(dir, "ir", "programma-kop"))
	if err != nil {
		t.Fatal(err)
	}
	set.Documents, set.Queries = set.Documents[:min(len(set.Documents), 3000)], set.Queries[:min(len(set.Queries), 300)]
	texts := passages(t, dir, 20_000)
	report := func(i int) []kb.FilePage {
		var out []kb.FilePage
		for n := range 40 {
			out = append(out, kb.FilePage{File: "f", Number: n + 1, Text: texts[(i*40+n)%len(texts)]})
		}
		return out
	}
	beside := func(i int, d *kb.Document) {
		if i%6 == 0 {
			d.Pages = report(i / 6)
		}
	}
	inside := func(_ int, d *kb.Document) {
		d.Pages, d.Body = []kb.FilePage{{File: "f", Number: 1, Text: d.Body}}, ""
	}
	pages := *set
	pages.Queries = nil
	for n := range 200 {
		i := n * 12 % len(set.Documents)
		words := strings.Fields(report(i / 6)[n%40].Text)
		pages.Queries = append(pages.Queries, eval.Query{
			ID: fmt.Sprint(n), Text: strings.Join(words[20:28], " "), Grades: map[string]int{set.Documents[i].ID: 1},
		})
	}
	rk := search.DefaultRanking()
	plain := judged(t, set, rk, func(int, *kb.Document) {})
	with := judged(t, set, rk, beside)
	only := judged(t, set, rk, inside)
	found := judged(t, &pages, rk, beside)
	t.Logf("files %.2f: nDCG@10 without files %.3f, with reports beside %.3f, with texts in files only %.3f; words of a page %.3f",
		rk.Files, plain.NDCG, with.NDCG, only.NDCG, found.NDCG)
	if with.NDCG < plain.NDCG-0.03 || only.NDCG < plain.NDCG-0.05 || found.NDCG < 0.45 {
		t.Errorf("files with weight %.2f drown or are drowned", rk.Files)
	}
}
