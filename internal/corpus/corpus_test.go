package corpus_test

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/corpus"
	"leerkring/internal/kb"
)

// file writes passages as the collection of measurements has them.
func file(t *testing.T, lines ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "p.jsonl.gz")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := z.Write([]byte(strings.Join(lines, "\n"))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

// passages are n passages with words of their own and one that all have.
func passages(n int) []string {
	var out []string
	for i := range n {
		word := strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprintf("%05d", i))
		out = append(out, fmt.Sprintf(`{"id":"%d","title":"Titel %s  hier","body":"%s","gemeente_code":"GM0363"}`, i, word, strings.Repeat("altijd "+word+" bouwt twee, ", 20)))
	}
	return out
}

func read(t *testing.T, name string, most int) *corpus.Collection {
	t.Helper()
	c, err := corpus.Read(name, most, 1)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestMaterialIsValidAndTheSameEveryTime(t *testing.T) {
	name := file(t, passages(50)...)
	one, two := read(t, name, 50), read(t, name, 50)
	ids := map[kb.ID]bool{}
	for i := range 120 {
		m := one.Material(i)
		if err := kb.Validate(m); err != nil {
			t.Errorf("%d: %v", i, err)
		}
		ids[m.Base().ID] = true
	}
	if len(ids) != 120 {
		t.Errorf("%d ids", len(ids))
	}
	for _, i := range []int{119, 3} { // in another order
		if d := cmp.Diff(one.Material(i), two.Material(i)); d != "" {
			t.Errorf("%d: %s", i, d)
		}
	}
	if len(one.Organisations()) != 300 {
		t.Errorf("%d organisations", len(one.Organisations()))
	}
	for _, o := range one.Organisations() {
		if err := kb.Validate(o); err != nil {
			t.Error(err)
		}
	}
}

// Past the last passage a third of the words are others.
func TestChangedPassages(t *testing.T) {
	c := read(t, file(t, passages(40)...), 40)
	was, is := strings.Fields(c.Material(7).Shared().Body), strings.Fields(c.Material(47).Shared().Body)
	if len(was) != len(is) {
		t.Fatalf("%d words became %d", len(was), len(is))
	}
	changed := 0
	for i := range was {
		if was[i] != is[i] {
			changed++
		}
	}
	if part := float64(changed) / float64(len(was)); part < .08 || part > .45 {
		t.Errorf("%.2f of the words changed", part)
	}
	if !strings.Contains(strings.Join(is, " "), "twee,") {
		t.Error("what is no word of letters alone must stay")
	}
}

func TestFacetsHaveManyValues(t *testing.T) {
	lines := passages(5)
	lines[0] = strings.Replace(lines[0], "GM0363", "", 1)
	c := read(t, file(t, lines...), 5)
	kinds, themes, organisations, years, places := map[kb.Kind]int{}, map[string]int{}, map[kb.ID]int{}, map[int]int{}, map[string]int{}
	for i := range 2_000 {
		m := c.Material(i)
		kinds[m.Kind()]++
		for _, s := range m.Shared().Themes {
			themes[s]++
		}
		for _, o := range m.Shared().Organisations {
			organisations[o]++
		}
		years[m.Shared().PublishedAt.Year()]++
		places[m.Shared().Regions[0]]++
	}
	if len(kinds) != 4 || len(themes) != 20 || len(organisations) < 290 || len(years) != 17 || len(places) < 150 {
		t.Errorf("%d kinds, %d themes, %d organisations, %d years, %d places", len(kinds), len(themes), len(organisations), len(years), len(places))
	}
}

func TestQueries(t *testing.T) {
	c := read(t, file(t, passages(60)...), 60)
	queries := c.Queries(100, 0)
	if d := cmp.Diff(queries, c.Queries(100, 0)); d != "" {
		t.Error(d)
	}
	if cmp.Equal(queries, c.Queries(100, 1)) {
		t.Error("another round gives the same searches")
	}
	lengths := map[int]int{}
	for _, q := range queries {
		lengths[len(strings.Fields(q))]++
		if strings.Contains(q, "altijd") {
			t.Errorf("%q has a word that is everywhere", q)
		}
	}
	if lengths[0] > 0 || lengths[1] == 0 || lengths[2] == 0 || lengths[4] == 0 || lengths[5] > 0 {
		t.Errorf("lengths: %v", lengths)
	}
}

func TestReadTellsWhatIsWrong(t *testing.T) {
	if c := read(t, file(t, passages(9)...), 4); c.Material(4).Shared().Title == "Titel aaaae hier" {
		t.Error("more was read than was asked for")
	}
	plain := filepath.Join(t.TempDir(), "plain")
	if err := os.WriteFile(plain, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file(t), file(t, "{}", "x"), plain, filepath.Join(t.TempDir(), "none")} {
		if _, err := corpus.Read(name, 10, 1); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}
