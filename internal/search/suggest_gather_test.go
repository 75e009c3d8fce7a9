package search

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

func TestBeginning(t *testing.T) {
	word := rapid.StringMatching(`[ab]{0,3}`)
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfDistinct(word, rapid.ID).Draw(t, "values")
		slices.Sort(values)
		text := word.Draw(t, "text")
		s := beginning(values, text)
		for i, v := range values {
			if s.holds(uint32(i)) != strings.HasPrefix(v, text) {
				t.Fatalf("%v of %q beginning with %q", s, values, text)
			}
		}
	})
}

func TestKeepFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOf(rapid.IntRange(0, 20)).Draw(t, "items")
		n := rapid.IntRange(1, 8).Draw(t, "n")
		var got []int
		for _, item := range items {
			got = keepFirst(got, n, item, func(a, b int) bool { return a < b })
		}
		slices.Sort(items)
		if d := cmp.Diff(items[:min(n, len(items))], got); d != "" && len(items) > 0 {
			t.Error(d)
		}
	})
}

func TestMix(t *testing.T) {
	list := func(text string) (out []kb.Suggestion) {
		for _, r := range text {
			out = append(out, kb.Suggestion{Text: string(r)})
		}
		return out
	}
	for _, c := range []struct {
		exact, starts, queries, titles, others string
		first                                  int
		want                                   string
	}{
		{"e", "ssssssss", "qqqqqqqq", "tttttt", "oooo", 10, "esssqqqqtt"},
		{"", "ssssssss", "qqqqqqqq", "tttttt", "oooo", 10, "sssqqqqtto"},
		{"", "", "qqqqqqqq", "tt", "o", 10, "qqqqqqqtto"},
		{"", "", "", "tttttttttttttt", "", 10, "tttttttttt"},
		{"eeeeee", "s", "q", "t", "o", 4, "eeee"},
		{"", "", "", "", "oo", 4, "oo"},
		{"", "ss", "qq", "tt", "oo", 1, "s"},
	} {
		got := ""
		for _, s := range mix([numClasses][]kb.Suggestion{list(c.exact), list(c.starts), list(c.queries), list(c.titles), list(c.others)}, c.first) {
			got += s.Text
		}
		if got != c.want {
			t.Errorf("%+v: got %s", c, got)
		}
	}
}

func TestNearBeginning(t *testing.T) {
	for _, c := range []struct{ value, word, want string }{
		{"amersfoort", "amrsf", "amersf"},
		{"amersfoort", "ammers", "amers"},
		{"amersfoort", "amesr", "amers"},
		{"amersfoort", "amirs", "amers"},
		{"amersfoort", "amersfoortx", "amersfoort"},
		{"amersfoort", "amersfoorxx", ""},
		{"amersfoort", "amers", ""}, // begins so as it is
		{"amersfoort", "wonen", ""},
		{"am", "amers", ""},
		{"", "amers", ""},
	} {
		if got := c.value[:nearBeginning(c.value, c.word)]; got != c.want {
			t.Errorf("%q near %q: %q, want %q", c.value, c.word, got, c.want)
		}
	}
}
