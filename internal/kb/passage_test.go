package kb_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"leerkring/internal/kb"
)

func TestPassageAround(t *testing.T) {
	for _, tc := range []struct {
		name, before, meant, after string
		bytes                      int
		want                       string
		place                      kb.TextRange
	}{
		{"all of it", "een ", "twee", " drie", 80, "een twee drie", kb.TextRange{Start: 4, End: 8}},
		{"cut on both sides", "aaaa", "bb", "cccc", 2, "aabbcc", kb.TextRange{Start: 2, End: 4}},
		{"in one line", "een\n\n", "twee\tdrie", "\r\nvier", 80, "een  twee drie  vier", kb.TextRange{Start: 5, End: 14}},
		{"no blanks at the ends", "\n \n", "x", " \n ", 80, "x", kb.TextRange{Start: 0, End: 1}},
		{"no half signs", "éé", "ü", "éé", 3, "éüé", kb.TextRange{Start: 1, End: 2}},
		{"signs of two units", "📌", "📎", "📌", 4, "📌📎📌", kb.TextRange{Start: 2, End: 4}},
		{"bytes that are no text", "a\xff", "b\xff", "\xffc", 80, "a b  c", kb.TextRange{Start: 2, End: 4}},
		{"nothing around", "een", "twee", "drie", 0, "twee", kb.TextRange{Start: 0, End: 4}},
		{"nothing meant", "een", "", "drie", 80, "eendrie", kb.TextRange{Start: 3, End: 3}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			start := len(tc.before)
			got, place := kb.PassageAround(tc.before+tc.meant+tc.after, start, start+len(tc.meant), tc.bytes)
			if got != tc.want || place != tc.place {
				t.Errorf("%q %v, want %q %v", got, place, tc.want, tc.place)
			}
		})
	}
}

func FuzzPassageAround(f *testing.F) {
	f.Add("een \xff📌\n", "twee", " é", 3)
	f.Fuzz(func(t *testing.T, before, meant, after string, bytes int) {
		if bytes < 0 || bytes > 1000 || !utf8.ValidString(meant) || !utf8.ValidString(after) || !utf8.ValidString(before) {
			return
		}
		got, place := kb.PassageAround(before+meant+after, len(before), len(before+meant), bytes)
		units := utf16.Encode([]rune(got))
		if place.Start < 0 || place.End < place.Start || place.End > len(units) {
			t.Fatalf("place %v of %d", place, len(units))
		}
		if shown := string(utf16.Decode(units[place.Start:place.End])); shown != kb.OneLine(meant) {
			t.Errorf("shows %q for %q", shown, meant)
		}
		if strings.ContainsAny(got, "\n\r\t\x00") || len(got) > 2*bytes+len(meant) {
			t.Errorf("passage %q", got)
		}
	})
}
