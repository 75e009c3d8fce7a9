package lexicon

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/blevesearch/vellum/levenshtein"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func sample() map[string]Word {
	return map[string]Word{
		"huis":        {Flags: Base | Noun, Lemma: "huis"},
		"huizen":      {Flags: Inflected | Noun | Plural, Lemma: "huis"},
		"liep":        {Flags: Inflected | Verb, Lemma: "lopen"},
		"huishoudens": {Flags: Inflected | Noun, Lemma: "huishouden"},
		"kinder":      {Flags: Bound, Lemma: "kind"},
	}
}

func load(t interface{ Fatal(...any) }, words map[string]Word) *Words {
	transducer, readings, err := Write(words)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Load(transducer, readings)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWhatIsWrittenIsFound(t *testing.T) {
	w := load(t, sample())
	if w.Len() != len(sample()) {
		t.Errorf("%d words", w.Len())
	}
	for text, want := range sample() {
		e, ok := w.Find(text)
		if got := (Word{Flags: e.Flags, Lemma: e.Lemma(text)}); !ok || got != want {
			t.Errorf("%s is %+v (%t), want %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "hui", "huise", "x", "é"} {
		if _, ok := w.Find(text); ok {
			t.Errorf("%q is found", text)
		}
	}
	if e, _ := w.Find("huizen"); !e.Is(Noun|Verb) || e.Is(Verb|Name) {
		t.Errorf("huizen has the flags %x", e.Flags)
	}
}

// The list is kept under version control: the same words make the same files.
func TestWritingTwiceIsTheSame(t *testing.T) {
	one, table, err := Write(sample())
	other, again, err2 := Write(sample())
	if err != nil || err2 != nil || !bytes.Equal(one, other) || table != again {
		t.Errorf("two files of the same words differ (%v, %v)", err, err2)
	}
}

func TestPrefixes(t *testing.T) {
	w := load(t, sample())
	var got []string
	w.Prefixes("huishoudensx", func(end int, e Entry) {
		got = append(got, fmt.Sprint("huishoudensx"[:end], " ", e.Lemma("huishoudensx"[:end])))
	})
	if d := cmp.Diff([]string{"huis huis", "huishoudens huishouden"}, got); d != "" {
		t.Error(d)
	}
	w.Prefixes("", func(int, Entry) { t.Error("the empty text begins with a word") })
	w.Prefixes("xhuis", func(int, Entry) { t.Error("xhuis begins with a word") })
}

func TestWithin(t *testing.T) {
	builder, err := levenshtein.NewLevenshteinAutomatonBuilder(1, true)
	if err != nil {
		t.Fatal(err)
	}
	dfa, err := builder.BuildDfa("huiz", 1)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	load(t, sample()).Within(dfa, func(folded string, e Entry) { got = append(got, folded+" "+e.Lemma(folded)) })
	if d := cmp.Diff([]string{"huis huis"}, got); d != "" {
		t.Error(d)
	}
}

func TestAnyWordsComeBack(t *testing.T) {
	word := rapid.StringMatching(`[a-e]{1,6}`)
	rapid.Check(t, func(t *rapid.T) {
		words := map[string]Word{}
		for _, text := range rapid.SliceOf(word).Draw(t, "words") {
			words[text] = Word{Flags: Flags(rapid.Uint32Range(0, 1<<15-1).Draw(t, "flags")), Lemma: word.Draw(t, "lemma")}
		}
		w := load(t, words)
		for text, want := range words {
			if e, ok := w.Find(text); !ok || e.Flags != want.Flags || e.Lemma(text) != want.Lemma {
				t.Fatalf("%s is %v with the lemma %q, want %+v", text, e, e.Lemma(text), want)
			}
		}
	})
}

func TestDamagedListsAreRefused(t *testing.T) {
	transducer, readings, err := Write(sample())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load(transducer[:3], readings); err == nil {
		t.Error("half a transducer is opened")
	}
	for _, table := range []string{"x\n", "1 2\n", "x 1 a\n", "1 x a\n", "1 300 a\n"} {
		if _, err := Load(transducer, table); err == nil || !strings.Contains(err.Error(), "reading") {
			t.Errorf("%q is read as a table: %v", table, err)
		}
	}
}
