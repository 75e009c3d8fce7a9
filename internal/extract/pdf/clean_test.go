package pdf

import "testing"

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, raw, want string }{
		{"lines", "Eén\r\ntwee\r\n", "Eén\ntwee"},
		{"a broken word", "arbeids\ufffe\r\nmarkt", "arbeidsmarkt"},
		{"a broken word without a line end", "arbeids\ufffemarkt", "arbeidsmarkt"},
		{"before a capital", "Noord\ufffe\r\nHolland", "Noord-Holland"},
		{"after a capital", "A\ufffe\r\nweg", "A-weg"},
		{"after a digit", "2024\ufffe\r\n2025", "2024-2025"},
		{"before and", "in\ufffe\r\nen uitvoer", "in-en uitvoer"},
		{"a space and and", "in\ufffe en uitvoer", "in- en uitvoer"},
		{"controls", "a\x00b\x07c\u00add", "abcd"},
	} {
		if got := clean(c.raw); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestUsable(t *testing.T) {
	for _, c := range []struct {
		raw  string
		want bool
	}{
		{"", false},
		{" \r\n", false},
		{"Gewone tekst", true},
		{"\x01\x02\x03\x04 abc", false},
		{"\ue001\ue002\ue003abcdefghijklmnop", true},
		{"\ue001\ue002\ue003\ue004\ue005abc", false},
	} {
		if got := usable(c.raw); got != c.want {
			t.Errorf("%q: got %v", c.raw, got)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("arbeids\ufffe\r\nmarkt")
	f.Add("in\ufffe\r\nen uitvoer \xff\x00")
	f.Fuzz(func(t *testing.T, raw string) {
		once := clean(raw)
		if twice := clean(once); once != twice {
			t.Errorf("%q, cleaned again %q", once, twice)
		}
	})
}
