package eval_test

import (
	"bytes"
	"compress/gzip"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/eval"
	"leerkring/internal/kb"
)

// small are the files of a set that is right.
func small() map[string]string {
	return map[string]string{
		"corpus.jsonl": `{"_id":"a","title":"Huizen","text":"Vier huizen bij de dijk."}
{"_id":"b","title":"","text":"Een brug over de dijk."}
{"_id":"c","title":"","text":""}
`,
		"queries.jsonl": `{"_id":"1","text":"huizen"}` + "\n" + `{"_id":"2","text":"dijk"}` + "\n" + `{"_id":"3","text":"niemand vraagt dit"}`,
		"qrels.tsv":     "query-id\tcorpus-id\tscore\n1\ta\t2\n2\ta\t1\n2\tb\t1\n2\tc\t0\n",
	}
}

// with gives the small set with some files replaced.
func with(changed map[string]string) map[string]string {
	out := small()
	maps.Copy(out, changed)
	return out
}

// write puts the files of a set into a folder; a name that ends in .gz is compressed.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		data := []byte(text)
		if strings.HasSuffix(name, ".gz") {
			data = zipped(t, text)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func load(t *testing.T, files map[string]string) *eval.Set {
	t.Helper()
	s, err := eval.Load(write(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLoad(t *testing.T) {
	want := &eval.Set{
		Documents: []eval.Document{{ID: "a", Title: "Huizen", Text: "Vier huizen bij de dijk."}, {ID: "b", Text: "Een brug over de dijk."}, {ID: "c"}},
		Queries:   []eval.Query{{ID: "1", Text: "huizen", Grades: map[string]int{"a": 2}}, {ID: "2", Text: "dijk", Grades: map[string]int{"a": 1, "b": 1}}},
	}
	files := small()
	if d := cmp.Diff(want, load(t, files)); d != "" {
		t.Errorf("as it is: %s", d)
	}
	files["corpus.jsonl.gz"] = files["corpus.jsonl"]
	delete(files, "corpus.jsonl")
	files["qrels.tsv"] = strings.ReplaceAll(strings.TrimPrefix(files["qrels.tsv"], "query-id\tcorpus-id\tscore\n"), "\n", "\r\n")
	files["queries.jsonl"] = "\ufeff" + strings.ReplaceAll(files["queries.jsonl"], "\n", "\n\n")
	if d := cmp.Diff(want, load(t, files)); d != "" {
		t.Errorf("gzipped, without a heading, with other line ends: %s", d)
	}
}

// What is odd is told and does not stop the measuring.
func TestOddSets(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a document twice": {map[string]string{"corpus.jsonl": small()["corpus.jsonl"] + `{"_id":"a","text":"other"}`}, "1 lines with an _id that came before"},
		"a query twice":    {map[string]string{"queries.jsonl": small()["queries.jsonl"] + "\n" + `{"_id":"2","text":"other"}`}, "1 lines with an _id that came before"},
		"an unknown query": {map[string]string{"qrels.tsv": "9\ta\t1\n1\ta\t1\n"}, "1 judgements are about queries that are not there"},
		"a lost document":  {map[string]string{"qrels.tsv": "1\tx\t1\n1\ta\t1\n"}, "1 relevant documents are not in the corpus"},
	} {
		s := load(t, with(c.files))
		if len(s.Remarks) != 1 || !strings.Contains(s.Remarks[0].EN, c.want) {
			t.Errorf("%s: %v", name, s.Remarks)
		}
		if s.Documents[0].Text != "Vier huizen bij de dijk." {
			t.Errorf("%s: the first does not stand: %q", name, s.Documents[0].Text)
		}
	}
}

func TestWrongSets(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		code  kb.Code
		want  string
	}{
		"no JSON":          {map[string]string{"corpus.jsonl": "{\"_id\":\"a\"}\nhuis"}, kb.Invalid, "corpus.jsonl, line 2: this is not a JSON object"},
		"another type":     {map[string]string{"queries.jsonl": `{"_id":"1","text":["a"]}`}, kb.Invalid, "queries.jsonl, line 1"},
		"no id":            {map[string]string{"corpus.jsonl": "\n\n" + `{"text":"a"}`}, kb.Invalid, "corpus.jsonl, line 3: there is no _id"},
		"two columns":      {map[string]string{"qrels.tsv": "1\ta\n"}, kb.Invalid, "qrels.tsv, line 1: there must be three columns"},
		"a grade of words": {map[string]string{"qrels.tsv": "q\td\tgrade\n1\ta\tyes"}, kb.Invalid, "qrels.tsv, line 2: the grade is not a whole number"},
		"nothing relevant": {map[string]string{"qrels.tsv": "1\ta\t0\n"}, kb.Invalid, "No query of this set"},
		"no judgements":    {map[string]string{"qrels.tsv": ""}, kb.Invalid, "No query of this set"},
		"a line too long":  {map[string]string{"corpus.jsonl": "{\"_id\":\"a\"}\n" + strings.Repeat("x", 33<<20)}, kb.TooLarge, "corpus.jsonl, line 2: the line is longer"},
		"no real gzip":     {map[string]string{"corpus.jsonl": "\x1f\x8bxx"}, kb.Invalid, "is cut off or damaged after line 0"},
		"cut off gzip":     {map[string]string{"corpus.jsonl": string(zipped(t, small()["corpus.jsonl"])[:60])}, kb.Invalid, "is cut off or damaged after line"},
	} {
		_, err := eval.Load(write(t, with(c.files)))
		if kb.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name := range small() {
		files := small()
		delete(files, name)
		if _, err := eval.Load(write(t, files)); kb.CodeOf(err) != kb.NotFound || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

// Whatever stands in the files, Load answers; what it takes can be searched for.
func FuzzLoad(f *testing.F) {
	f.Add(small()["corpus.jsonl"], small()["queries.jsonl"], small()["qrels.tsv"])
	f.Add("{\"_id\":1}", "null", "\t\t\n1\ta\t-9223372036854775809")
	f.Add("\x1f\x8b\x08\x00\x00", "\ufeff{\"_id\":\"\xff\"}", "1\t\t1")
	f.Fuzz(func(t *testing.T, corpus, queries, qrels string) {
		s, err := eval.Load(write(t, map[string]string{"corpus.jsonl": corpus, "queries.jsonl": queries, "qrels.tsv": qrels}))
		if err != nil {
			if code := kb.CodeOf(err); code != kb.Invalid && code != kb.TooLarge {
				t.Errorf("%s: %v", code, err)
			}
			return
		}
		for _, q := range s.Queries {
			o := eval.Outcome{Query: q}
			if o.NDCG() != 0 || o.Recall() != 0 {
				t.Errorf("%+v", q)
			}
		}
	})
}
