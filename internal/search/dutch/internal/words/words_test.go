package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/search/dutch/internal/lexicon"
)

func TestFamilies(t *testing.T) {
	words, err := read("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for lemma, forms := range map[string]string{
		"huis":     "huis huizen",
		"woning":   "woning woningen",
		"regio":    "regio regios",
		"tafel":    "tafel tafels tafeltje tafeltjes",
		"theorie":  "theorie theorieen",
		"gemeente": "gemeente gemeentes gemeenten",
		"kind":     "kind kinderen kinder",
		"weg":      "weg wegen",
		"weeg":     "weeg weegt gewogen",
		"werk":     "werk werkt werken werkend gewerkt gewerkte",
		"wonen":    "wonen woon woont woonde gewoond wonende",
		"loop":     "loop lopen loopt liep gelopen",
		"aanlopen": "aanlopen aanloop aanliep aangelopen aanlopende",
		"uitlopen": "uitgelopen uitlopen",
		"hees":     "hees heese",
		"verkeerd": "verkeerd verkeerde",
		"maart":    "maart",
		"duurzaam": "duurzaam duurzaamer",
		"utrecht":  "utrecht utrechts utrechtse",
		"vries":    "vries",
		"woonhuis": "woonhuizen",
		"house":    "house houses housing",
		"policy":   "policy policies policys",
		"locally":  "locally",
		"plan":     "plan plans planned",
	} {
		for form := range strings.FieldsSeq(forms) {
			w, ok := words[form]
			if !ok || w.Lemma != lemma {
				t.Errorf("%s is %q (%t), want %q", form, w.Lemma, ok, lemma)
			}
		}
	}
	for _, none := range []string{"vrouwenzaad", "a", "12jarig", "jarig", "arbeids", "t"} {
		if w, ok := words[none]; ok {
			t.Errorf("%s is %+v", none, w)
		}
	}
}

func TestFlags(t *testing.T) {
	words, err := read("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]lexicon.Flags{
		"huis":          lexicon.Base | lexicon.Noun | lexicon.Begin | lexicon.End,
		"huizen":        lexicon.Inflected | lexicon.Noun | lexicon.Plural | lexicon.Begin,
		"woning":        lexicon.Base | lexicon.Noun | lexicon.Begin | lexicon.End | lexicon.LinkS,
		"tafeltje":      lexicon.Inflected | lexicon.Noun | lexicon.Diminutive,
		"kinder":        lexicon.Base | lexicon.Inflected | lexicon.Begin | lexicon.Bound,
		"weeg":          lexicon.Base | lexicon.Verb | lexicon.Root,
		"werkloos":      lexicon.Base | lexicon.Adjective,
		"utrecht":       lexicon.Base | lexicon.Name,
		"vng":           lexicon.Base | lexicon.Abbreviation,
		"oa":            lexicon.Base | lexicon.Abbreviation,
		"policies":      lexicon.Inflected | lexicon.English,
		"werkloosheid":  lexicon.Base | lexicon.Noun,
		"werkloosheden": lexicon.Inflected | lexicon.Noun | lexicon.Plural,
	} {
		if got := words[text].Flags; got != want {
			t.Errorf("%s has the flags %015b, want %015b", text, got, want)
		}
	}
}

func TestRunWritesWhatTheProgramReads(t *testing.T) {
	to := t.TempDir()
	if err := os.Mkdir(filepath.Join(to, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	var codes []string
	for range 2 { // the same both times
		if err := run("testdata", to); err != nil {
			t.Fatal(err)
		}
		code, err := os.ReadFile(filepath.Join(to, "words_gen.go"))
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, string(code))
	}
	if codes[0] != codes[1] || !strings.Contains(codes[0], "const wordsVersion = ") {
		t.Errorf("%s\n%s", codes[0], codes[1])
	}
	transducer, err := os.ReadFile(filepath.Join(to, "data", "words.fst"))
	if err != nil {
		t.Fatal(err)
	}
	readings, err := os.ReadFile(filepath.Join(to, "data", "readings.txt"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := lexicon.Load(transducer, string(readings))
	if err != nil {
		t.Fatal(err)
	}
	if e, ok := list.Find("liep"); !ok || e.Lemma("liep") != "loop" {
		t.Errorf("liep is %q (%t)", e.Lemma("liep"), ok)
	}
	if err := run(to, to); err == nil {
		t.Error("a list is made of nothing")
	}
}

func TestBadAffixesAreRefused(t *testing.T) {
	if _, err := readRules(strings.NewReader("SFX A Y 1\nSFX A 0 s [\n")); err == nil {
		t.Error("a condition that is none is taken")
	}
}

// A word of the tables that stands in two lines is a mistake: one would be lost.
func TestTables(t *testing.T) {
	for name, text := range map[string]string{"verbs": irregularVerbs, "irregular": irregularForms, "apart": apartWords} {
		var seen []string
		for line := range strings.Lines(text) {
			f := strings.Fields(line)
			if len(f) == 0 || f[0] == "#" {
				continue
			}
			if slices.Contains(seen, f[0]) {
				t.Errorf("%s: %s has two lines", name, f[0])
			}
			seen = append(seen, f[0])
			if name == "apart" && len(f) > 1 || name != "apart" && len(f) < 2 {
				t.Errorf("%s: the line %q", name, line)
			}
			for _, w := range f {
				if key(w) != w {
					t.Errorf("%s: %s is not folded", name, w)
				}
			}
		}
	}
	want := map[string][]string{"a": {"b", "c"}, "d": nil}
	if d := cmp.Diff(want, table("# x\na b c\n\nd\n")); d != "" {
		t.Error(d)
	}
}

func FuzzRules(f *testing.F) {
	f.Add("FLAG long\nSFX Za Y 1\nSFX Za 0 s/Ca [^e]\nPFX Pb Y 1\nPFX Pb 0 aan .\n", "huis/ZaPb")
	f.Add("SFX A Y 1\nSFX A y ies y", "policy/A")
	f.Fuzz(func(t *testing.T, affixes, line string) {
		r, err := readRules(strings.NewReader(affixes))
		if err != nil {
			return
		}
		n := 0
		r.expand(line, func(form) { n++ })
		if n == 0 {
			t.Fatal("not even the word itself")
		}
	})
}
