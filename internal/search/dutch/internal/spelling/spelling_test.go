package spelling

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for word, want := range map[string]string{
		"huis": "huis", "HUIS": "huis", "foto's": "fotos", "foto’s": "fotos", "zee-eend": "zeeeend", "É\u0301én": "een",
		"ĳs": "ijs", "Ĳs": "ijs", "ﬁets": "fiets", "Straße": "strasse", "Færøer": "faeroer", "œuvre": "oeuvre",
		"İı": "ii", "a\u00adb\u200bc": "abc", "№": "no", "東京": "東京", "": "",
	} {
		if got := Fold(word); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("É\u0301én ’ ĳß№\xff")
	f.Fuzz(func(t *testing.T, word string) {
		once := Fold(word)
		if twice := Fold(once); twice != once {
			t.Fatalf("%q folds to %q and that to %q", word, once, twice)
		}
	})
}

func TestClosed(t *testing.T) {
	for open, want := range map[string]string{
		"won": "woon won", "zett": "zet", "huiz": "huis", "briev": "brief", "lev": "leef lef", "regel": "regeel regel",
		"bestur": "bestuur bestur", "vestig": "vestig", "werk": "werk", "zee": "zee", "a": "a", "cre": "cre", "situer": "situeer situer",
	} {
		if got := strings.Join(Closed(open), " "); got != want {
			t.Errorf("%s is %q, want %q", open, got, want)
		}
	}
}

func TestSingulars(t *testing.T) {
	for word, want := range map[string][]string{
		"woningen":      {"woning", "woninge"},
		"plannen":       {"plan", "planne"},
		"straten":       {"straat", "strat", "strate"},
		"brieven":       {"brief", "brieve"},
		"mogelijkheden": {"mogelijkheid"},
		"theorieen":     {"theorie"},
		"pilotjes":      {"pilot"},
		"tafels":        {"tafel"},
		"huisje":        {"huis"},
		"tafeltjes":     {"tafel", "tafelt"},
		"boompje":       {"boom", "boomp"},
		"woninkje":      {"woning", "wonink"},
		"autootje":      {"auto", "autoo", "autoot"},
		"balletje":      {"bal", "ballet"},
		"dingetje":      {"ding", "dinget"},
		"straatje":      {"stra", "straa", "straat"},
		"huis":          {"hui"},
		"klas":          {"kla"},
		"fles":          {"fle"},
		"pas":           nil,
		"glass":         nil,
		"beleid":        nil,
		"en":            nil,
	} {
		if d := cmp.Diff(want, Singulars(word)); d != "" {
			t.Errorf("%s: %s", word, d)
		}
	}
}

func TestConjugate(t *testing.T) {
	for verb, want := range map[string]string{
		"wonen":    "woont woonde gewoond wonend wonende",
		"zetten":   "zette zetten gezet",
		"leven":    "leeft leefde leefden geleefd",
		"gaan":     "gaat gaande ga",
		"zien":     "ziet ziend zie",
		"besteden": "besteed besteedt besteedde",
	} {
		var all []string
		for _, first := range Stems(verb) {
			all = append(all, Conjugate(verb, first)...)
		}
		for w := range strings.FieldsSeq(want) {
			if !slices.Contains(all, w) {
				t.Errorf("%s: %s is not among %q", verb, w, all)
			}
		}
	}
	for verb, none := range map[string]string{"warmen": "warmte", "werken": "werkde", "leven": "leefte"} {
		for _, first := range Stems(verb) {
			if slices.Contains(Conjugate(verb, first), none) {
				t.Errorf("%s is a form of %s", none, verb)
			}
		}
	}
	for _, w := range []string{"huis", "en", "n", ""} {
		if got := Stems(w); got != nil {
			t.Errorf("%q has the first persons %q", w, got)
		}
	}
}

func TestStem(t *testing.T) {
	for word, want := range map[string]string{
		"economische": "economisch", "feestelijke": "feestelijk", "operatieve": "operatief", "leefbare": "leefbaar",
		"kansloze": "kansloos", "aerius": "aerius", "aarlanderveen": "aarlanderveen", "xenen": "xenen",
		"zorgpaden": "zorgpaad", "factsheets": "factsheet", "pilotje": "pilot", "implementeert": "implementeren", "geamoveerd": "amoveren",
	} {
		if got := Stem(word); got != want {
			t.Errorf("%s is %q, want %q", word, got, want)
		}
	}
}

// Whatever a word is, what is taken for its base is not empty.
func TestAnyWordHasABase(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abdeghijklnorstuvz")), 1, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		w := word.Draw(t, "word")
		for _, s := range slices.Concat(Singulars(w), Stems(w), []string{Stem(w)}) {
			if s == "" {
				t.Fatalf("%s is a form of nothing", w)
			}
		}
	})
}
