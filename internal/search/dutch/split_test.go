package dutch_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/eval"
	"leerkring/internal/search/dutch"
	"leerkring/internal/search/dutch/internal/spelling"
)

func TestSplit(t *testing.T) {
	a := dutch.New()
	tests := []struct{ word, want string }{
		{"arbeidsmarktregio", "arbeids|markt|regio"},
		{"arbeidsmarkt-regio", "arbeids|markt|regio"},
		{"Bedrijventerreinen", "bedrijven|terreinen"},
		{"landbouwbeleid", "landbouw|beleid"},
		{"programma's", ""},
		{"actieprogramma's", "actie|programmas"},
		{"VNG-congres", "vng|congres"},
		{"70-puntenplan", "70|punten|plan"},
		{"coördinatiepunt", "coordinatie|punt"},
		{"antitorpedonetten", "anti|torpedo|netten"},
		{"zestienjarige", "zestien|jarige"},
		{"energieopwekkers", "energie|opwekkers"},
		// No compounds.
		{"verantwoordelijkheid", ""},
		{"ontwikkeling", ""},
		{"terreinen", ""},
		{"uitvoerend", ""},
		{"subsidiëring", ""},
		{"Hilversum", ""},
		{"predictability", ""},
		{"e-mail", ""},
		{"", ""},
		{"-", ""},
		{"--", ""},
		{strings.Repeat("regio", 50), ""},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, surfaces(a.Split(tt.word))); diff != "" {
			t.Errorf("%s: %s", tt.word, diff)
		}
	}
}

// TestParticles: voor, tegen and the like begin compounds, but most nouns that they
// begin are words of their own, or come of verbs.
func TestParticles(t *testing.T) {
	a := dutch.New()
	for w := range strings.FieldsSeq(`onderwijs onderzoek onderdeel voorraad voorbeeld voordeel voorstel voorkeur
bijdrage bijstand toekomst toegang toezicht uitspraak uitgave uitkomst overleg overzicht overlast aanbod aandeel
aanpak aanvraag opdracht opname inhoud inkomen invloed doorgang nadeel bestuur`) {
		if parts := a.Split(w); parts != nil {
			t.Errorf("%s is split: %s", w, surfaces(parts))
		}
	}
	for w := range strings.FieldsSeq(`voor|stad voor|studie tegen|stroom tussen|stuk bij|product boven|zijde
binnen|stad onder|laag achter|band`) {
		if got := surfaces(a.Split(strings.ReplaceAll(w, "|", ""))); got != w {
			t.Errorf("%s, not %s", w, got)
		}
	}
}

func surfaces(parts []dutch.Part) string {
	var out []string
	for _, p := range parts {
		out = append(out, p.Surface)
	}
	return strings.Join(out, "|")
}

func TestSplitLemmas(t *testing.T) {
	want := []dutch.Part{{Surface: "bedrijven", Lemma: "bedrijf"}, {Surface: "terreinen", Lemma: "terrein"}}
	if diff := cmp.Diff(want, dutch.New().Split("bedrijventerreinen")); diff != "" {
		t.Error(diff)
	}
}

// TestGoldCompounds holds the splitter to compounds of policy language that were
// split by hand.
func TestGoldCompounds(t *testing.T) {
	judge(t, filepath.Join("testdata", "compounds.tsv"), .95)
}

// wrongRows are the words of the list from elsewhere that it splits as no reader of
// Dutch would: misspelt (tovernaar), parts that are only prefixes of derivations
// (in, wan, on, her), verbs with a particle, lemmas that are no words (tweeman).
const wrongRows = `aanhechting aankleedkussen beroepspleiding herinrichting incorrect intolerant ongeletterd
onnauwkeurig symbooltehorie telergestelde tovernaarsgevangenis tweemansfractie uitvergroting wanklanken`

// ceiling is the F1 that a person would reach on that list: 5 of the 300 rows of a
// random sample are among wrongRows. Rows that could be read in two ways
// (gemeente_raad_verkiezing) count as right.
const ceiling = 295. / 300

// TestForeignCompounds holds the splitter to a list that it shares nothing with.
func TestForeignCompounds(t *testing.T) {
	dir, ok := os.LookupEnv("LEERKRING_TESTDATA")
	if !ok {
		t.Skip("LEERKRING_TESTDATA is not set: no list of compounds from elsewhere")
	}
	name := filepath.Join(dir, "vocabularies", "compounds_dev.tsv")
	judge(t, name, max(.90, .95*ceiling))
	words := map[string]bool{}
	for _, r := range readCompounds(t, name) {
		words[r.Word] = true
	}
	for w := range strings.FieldsSeq(wrongRows) {
		if !words[w] {
			t.Errorf("the list has no %s", w)
		}
	}
}

// judge logs every word that is split otherwise than a person did.
func judge(t *testing.T, name string, least float64) {
	t.Helper()
	a, rows := dutch.New(), readCompounds(t, name)
	for _, r := range rows {
		if parts := a.Split(r.Word); !r.Right(a, parts) {
			t.Logf("%s: %s, not %s", r.Word, strings.Join(r.Lemmas, "_"), surfaces(parts))
		}
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := eval.Compounds(f, name, a)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", got)
	if got.F1 < least {
		t.Errorf("F1 is %.3f, less than %.3f", got.F1, least)
	}
}

func readCompounds(t *testing.T, name string) []eval.CompoundRow {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := eval.ReadCompounds(f, name)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestWholeWords holds the splitter to 1,000 words that are no compounds; README.md
// beside the list says how they were drawn. At most 1.5 % may be split.
func TestWholeWords(t *testing.T) {
	a, words := dutch.New(), readWhole(t)
	split := 0
	for _, w := range words {
		if parts := a.Split(w); parts != nil {
			split++
			t.Logf("%s is split: %s", w, surfaces(parts))
		}
	}
	t.Logf("%d of %d are split", split, len(words))
	if len(words) != 1000 || split > 15 {
		t.Errorf("%d of %d words that are no compounds are split", split, len(words))
	}
}

func readWhole(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "whole.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(text))
}

func TestSplitAround(t *testing.T) {
	a := dutch.New()
	tests := []struct{ word, want string }{
		{"bedrijventerein", "bedrijven|terein|"},
		{"regiowerkplaasten", "regio|werkplaasten|"},
		{"arbiedsmarkt", "|arbieds|markt"},
		{"gemeenteraadsverkeizing", "gemeenteraads|verkeizing|"},
		{"arbeidsmrktregio", "arbeids|mrkt|regio"},
	}
	for _, tt := range tests {
		var got []string
		a.SplitAround(tt.word, func(before, middle, after string) {
			got = append(got, before+"|"+middle+"|"+after)
		})
		found := false
		for _, g := range got {
			found = found || g == tt.want
		}
		if !found {
			t.Errorf("%s: no %s in %v", tt.word, tt.want, got)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, w := range []string{"arbeidsmarktregio", "co-öperatie", "--a-b", "’s-Gravenhage", "ĳsbaan-", "a\xffb-c", "٣-regio", "ßß-regio"} {
		f.Add(w)
	}
	a := dutch.New()
	f.Fuzz(func(t *testing.T, word string) {
		folded := spelling.Fold(word)
		parts := a.Split(word)
		if parts != nil {
			var all strings.Builder
			for _, p := range parts {
				all.WriteString(p.Surface)
			}
			if len(parts) < 2 || all.String() != folded {
				t.Errorf("%q: the parts %+v do not make %q", word, parts, folded)
			}
			for _, p := range parts {
				if p.Surface == "" || p.Lemma == "" {
					t.Errorf("%q: an empty part in %+v", word, parts)
				}
			}
		}
		a.SplitAround(word, func(before, middle, after string) {
			if before+middle+after != folded || middle == "" {
				t.Errorf("%q: %q, %q and %q", word, before, middle, after)
			}
		})
	})
}

func BenchmarkSplit(b *testing.B) {
	a := dutch.New()
	words := strings.Fields("arbeidsmarktregio ontwikkeling bedrijventerreinen van verantwoordelijkheid gemeenteraadsverkiezingen Hilversum lopen")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		a.Split(words[i%len(words)])
	}
}
