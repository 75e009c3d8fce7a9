package dutch

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"leerkring/internal/search/dutch/internal/spelling"
)

// What is typed meets what is written, in capitals or not, composed or not, and
// with either apostrophe.
func TestSpellingsOfAWordMeet(t *testing.T) {
	a := New()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("abdeghilnorstuvéëïöüç'")), 1, 20, -1).Draw(t, "word")
		word = strings.Trim(word, "'")
		for name, other := range map[string]string{
			"capitals":   strings.ToUpper(word),
			"decomposed": norm.NFD.String(word),
			"apostrophe": strings.ReplaceAll(word, "'", "’"),
		} {
			if want, got := a.Term(word), a.Term(other); got != want {
				t.Fatalf("%s: %q is %q, %q is %q", name, word, want, other, got)
			}
		}
	})
}

func TestEveryStopWordIsOne(t *testing.T) {
	a := New()
	words := strings.Fields(stopWords)
	for _, w := range words {
		if got := a.Term(strings.ToUpper(w)); got != "" || w != spelling.Fold(w) {
			t.Errorf("%q has the term %q", w, got)
		}
	}
	for _, w := range []string{"niet", "geen", "zonder", "meer", "minder", "samen", "tegen", "binnen", "IT", "huis", "2024"} {
		if a.Term(w) == "" {
			t.Errorf("%q is not indexed", w)
		}
	}
}

// Numbers and codes are not stemmed.
func TestWordsWithDigitsStay(t *testing.T) {
	a := New()
	for word, want := range map[string]string{"2024": "2024", "GM0363": "gm0363", "20en": "20en", "A2's": "a2s"} {
		if got := a.Term(word); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
}

// The memory of stems is shared: whoever asks gets the same term, also when other
// words fall into the same place.
func TestTermsOfManyAtOnce(t *testing.T) {
	a, alone := New(), New()
	var words []string
	for i := range 2000 {
		words = append(words, "woord"+strings.Repeat("en", i%3)+string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676)))
	}
	var want []string
	for _, w := range words {
		want = append(want, alone.Term(w))
	}
	got := make([][]string, 4)
	var work sync.WaitGroup
	for i := range got {
		work.Go(func() {
			for _, w := range words {
				got[i] = append(got[i], a.Term(w))
			}
		})
	}
	work.Wait()
	for _, list := range got {
		if d := cmp.Diff(want, list); d != "" {
			t.Fatal(d)
		}
	}
	if slices.Contains(want, "") {
		t.Error("a word without a term")
	}
}
