package web

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/web/operations"
)

func TestMark(t *testing.T) {
	for _, c := range []struct {
		text   string
		ranges []operations.Range
		want   []run
	}{
		{"", nil, []run{{"", false}}},
		{"plat", nil, []run{{"plat", false}}},
		{"de woning", []operations.Range{{Start: 3, End: 9}}, []run{{"de ", false}, {"woning", true}}},
		{"😀 huis 😀", []operations.Range{{Start: 3, End: 7}}, []run{{"😀 ", false}, {"huis", true}, {" 😀", false}}},
		{"abc", []operations.Range{{Start: 0, End: 1}, {Start: 2, End: 3}}, []run{{"a", true}, {"b", false}, {"c", true}}},
		{"abc", []operations.Range{{Start: 2, End: 9}, {Start: -1, End: 1}, {Start: 1, End: 1}}, []run{{"abc", false}}},
		{"abc", []operations.Range{{Start: 1, End: 2}, {Start: 0, End: 1}}, []run{{"a", false}, {"b", true}, {"c", false}}},
	} {
		if diff := cmp.Diff(c.want, mark(c.text, c.ranges)); diff != "" {
			t.Errorf("%q %v (-want +got):\n%s", c.text, c.ranges, diff)
		}
	}
}

func FuzzMark(f *testing.F) {
	f.Add("de 😀 woning", 3, 9, 10, 12)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		if !utf8.ValidString(text) {
			t.Skip("JSON gives valid UTF-8 only")
		}
		var all strings.Builder
		for _, r := range mark(text, []operations.Range{{Start: a, End: b}, {Start: c, End: d}}) {
			all.WriteString(r.Text)
		}
		// A range through the middle of a pair of surrogates breaks that one character.
		if got := all.String(); utf8.RuneCountInString(got) < utf8.RuneCountInString(text) {
			t.Errorf("%q became %q", text, got)
		}
	})
}

func TestReadable(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		"gewoon":                        "gewoon",
		"**vet** en *schuin*":           "vet en schuin",
		"# Kop\n\ntekst":                "Kop tekst",
		"- een\n- twee":                 "een twee",
		"-5 procent":                    "-5 procent",
		"a-b # c > d":                   "a-b # c > d",
		"| a | b |\n|---|---|\n| 1 |":   "a b 1",
		"snake_case _nadruk_":           "snake_case nadruk_",
		"`code`":                        "code",
		"> citaat\n> verder":            "citaat verder",
		"  ruimte \u00a0 \t\r\n ruimte": "ruimte ruimte",
	} {
		var got strings.Builder
		for _, r := range readable([]run{{Text: in}}) {
			got.WriteString(r.Text)
		}
		if got.String() != want {
			t.Errorf("%q became %q, want %q", in, got.String(), want)
		}
	}
}

func TestReadableKeepsMarks(t *testing.T) {
	got := readable([]run{{"# De **", false}, {"woning", true}, {"**\n- en", false}})
	want := []run{{"De ", false}, {"woning", true}, {" en", false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		runs     []run
		most     int
		want     []run
		trailing bool
	}{
		{[]run{{"kort", false}}, 10, []run{{"kort", false}}, false},
		{[]run{{"een twee drie", false}}, 9, []run{{"een twee", false}}, true},
		{[]run{{"aaaaaaaaaa", false}}, 4, []run{{"aaaa", false}}, true},
		{[]run{{"een ", false}, {"twee", true}, {" drie", false}}, 8, []run{{"een ", false}, {"twee", true}, {"", false}}, true},
	} {
		got, trailing := cut(c.runs, c.most)
		if diff := cmp.Diff(c.want, got); diff != "" || trailing != c.trailing {
			t.Errorf("%v at %d: trailing %v (-want +got):\n%s", c.runs, c.most, trailing, diff)
		}
	}
}
