package query_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/search/query"
)

func TestWithout(t *testing.T) {
	tests := []struct {
		text  string
		items []int
		want  string
	}{
		{"wonen in  Utrecht ", []int{2}, "wonen in"},
		{"wonen in Utrecht", []int{1, 2}, "wonen"},
		{"wonen", []int{0}, ""},
		{"a OF b OR c", []int{0}, "b OR c"},
		{"a OF b OR c", []int{1}, "a OR c"},
		{"a OF b OR c", []int{2}, "a OF b"},
		{"x a OF b", []int{1}, "x b"},
		{"a EN b", []int{1}, "a"},
		{"a NIET b -c", []int{0}, "NIET b -c"},
		{"en x -y", []int{1}, "en NOT y"},
		{"+en x -y", []int{1}, "+en -y"},
		{"NIET en x -y", []int{1}, "NIET en NOT y"},
		{"6 x -7", []int{1}, "6 NOT 7"},
		{"regels en -kosten", []int{0}, "en kosten"},
		{"x OR", []int{0}, "or"},
		{`+"a b" -regio:"Den Haag" titel:x`, nil, `+"a b" -regio:"Den Haag" titel:x`},
		{`'a b' THEMA:wonen, (c)`, nil, `"a b" THEMA:wonen c`},
	}
	for _, tt := range tests {
		if got := query.Parse(tt.text).Without(tt.items...); got != tt.want {
			t.Errorf("%s without %v: got %q, want %q", tt.text, tt.items, got, tt.want)
		}
	}
}

func TestReplace(t *testing.T) {
	tests := []struct {
		text string
		item int
		by   string
		want string
	}{
		{"bedrijventerein Utrecht", 0, "bedrijventerrein", "bedrijventerrein Utrecht"},
		{"-bedrijventerein", 0, "bedrijventerrein", "-bedrijventerrein"},
		{"denhaag wonen", 0, "Den Haag", "Den Haag wonen"},
		{"-denhaag", 0, "Den Haag", `-"Den Haag"`},
		{"denhaag OF delft", 0, "Den Haag", `"Den Haag" OF delft`},
		{"delft OF denhaag", 1, "Den Haag", `delft OF "Den Haag"`},
		{"regio:denhaag", 0, "Den Haag", `regio:"Den Haag"`},
		{`"lege kantoor" x`, 0, "lege kantoren", `"lege kantoren" x`},
		{"NIET huiz", 0, "huis", "NIET huis"},
		{"x huiz", 1, "", "x"},
	}
	for _, tt := range tests {
		if got := query.Parse(tt.text).Replace(map[int]string{tt.item: tt.by}); got != tt.want {
			t.Errorf("%s with %q: got %q, want %q", tt.text, tt.by, got, tt.want)
		}
	}
}

// meant gives what the items ask for, however it is written.
func meant(items []query.Item) []string {
	var out []string
	for _, it := range items {
		it.Text = strings.Join(strings.FieldsFunc(strings.ToLower(it.Text), func(r rune) bool {
			return strings.ContainsRune(" ()\"“”„‟«»", r) || r <= ' ' || r == '\u200b' || r == '\ufeff' || strings.TrimSpace(string(r)) == "" || r >= 0x7f && r < 0xa0
		}), " ")
		out = append(out, showItem(it))
	}
	return out
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`"sociale huur" -kantoor +thema:wonen jaar:2019..2023 a OF b`, `regio:'Den Haag' 's-Hertogenbosch`, `OR NIET EN x en -y`,
		"'a \"b' c\" ('x' y')", "''t -'-+x \xff\x00", "+en x -y NIET of z -7 6 5 -4", `titel:"'a" jaar:"x y" -regio:"" OF`, "« » „a” -“b c”",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := query.Parse(text)
		if !utf8.ValidString(q.Text) || len(q.Text) > query.MaxText || len(q.Items) > query.MaxItems {
			t.Fatalf("%d bytes, %d items", len(q.Text), len(q.Items))
		}
		end := 0
		for i, it := range q.Items {
			if it.Start < end || it.End <= it.Start || it.End > len(q.Text) || it.Or && (it.Excluded || i == 0) || strings.TrimSpace(it.Text) == "" {
				t.Fatalf("item %d of %q is %+v", i, q.Text, it)
			}
			end = it.End
			query.Parse(q.Replace(map[int]string{i: text}))
		}
		if len(text) > query.MaxText/2 {
			return // what is written anew can be longer
		}
		for i := range q.Items {
			rest := append(append([]query.Item{}, q.Items[:i]...), q.Items[i+1:]...)
			if i < len(rest) && (i == 0 || !q.Items[i].Or) {
				rest[i].Or = false // the first of what it joined
			}
			again := query.Parse(q.Without(i))
			if diff := cmp.Diff(meant(rest), meant(again.Items)); diff != "" {
				t.Fatalf("%q without %d is %q (-want +got):\n%s", q.Text, i, again.Text, diff)
			}
		}
	})
}
