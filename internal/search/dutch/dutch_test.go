package dutch

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func terms(a *Analyzer, text string) []string {
	var out []string
	a.Tokens(text, func(t Token) {
		if t.Term != "" {
			out = append(out, t.Term)
		}
	})
	return out
}

func TestTokensMeet(t *testing.T) {
	a := New()
	for _, pair := range [][2]string{
		{"gemeenten", "Gemeente"},
		{"samenwerkingen", "samenwerking"},
		{"België", "belgie"},
		{"coöperatie", "cooperatie"},
		{"foto's", "foto’s"},
		{"bedrijventerreinen", "BEDRIJVENTERREIN"},
		{"regio-arbeidsmarkt", "regio arbeidsmarkt"},
		{"ﬁnanciën", "financien"},
	} {
		if d := cmp.Diff(terms(a, pair[0]), terms(a, pair[1])); d != "" {
			t.Errorf("%q and %q do not meet:\n%s", pair[0], pair[1], d)
		}
	}
}

func TestTokensDiffer(t *testing.T) {
	a := New()
	for _, pair := range [][2]string{{"wonen", "werken"}, {"2019", "2020"}, {"zorg", "zorgen"[:3]}} {
		if cmp.Equal(terms(a, pair[0]), terms(a, pair[1])) {
			t.Errorf("%q and %q are one term", pair[0], pair[1])
		}
	}
}

func TestOffsets(t *testing.T) {
	text := "De coöperatie’s in 's-Hertogenbosch: één foto's!"
	var words []string
	New().Tokens(text, func(tok Token) { words = append(words, text[tok.Start:tok.End]) })
	want := []string{"De", "coöperatie’s", "in", "s", "Hertogenbosch", "één", "foto's"}
	if d := cmp.Diff(want, words); d != "" {
		t.Error(d)
	}
}

func TestStopWordsHaveNoTerm(t *testing.T) {
	if got := terms(New(), "De HET een van the and"); got != nil {
		t.Errorf("terms of stop words: %q", got)
	}
}

func TestLongWordIsCut(t *testing.T) {
	got := terms(New(), strings.Repeat("é", 10_000))
	if len(got) != 1 || len(got[0]) > maxWord {
		t.Errorf("got %d terms, the first of %d bytes", len(got), len(got[0]))
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("Regio's én arbeidsmarkt 2024, art. 3.1")
	f.Add("\x00\xff’’'a'")
	a := New()
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		a.Tokens(text, func(tok Token) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(text) {
				t.Fatalf("offsets %d-%d after %d in %d bytes", tok.Start, tok.End, last, len(text))
			}
			last = tok.End
			if !utf8.ValidString(tok.Term) || len(tok.Term) > 4*maxWord {
				t.Fatalf("term %q", tok.Term)
			}
			if again := a.Term(text[tok.Start:tok.End]); again != tok.Term {
				t.Fatalf("terms %q and %q of one word", tok.Term, again)
			}
		})
	})
}
