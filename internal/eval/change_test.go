package eval_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/eval"
	"leerkring/internal/kb"
)

func queries(texts ...string) []eval.Query {
	out := make([]eval.Query, len(texts))
	for i, text := range texts {
		out[i] = eval.Query{ID: fmt.Sprint(i), Text: text}
	}
	return out
}

func TestTypos(t *testing.T) {
	const text = "de bouw van woningen in Groningen"
	one, n := eval.Apply(queries(text), 1, eval.Typos(1))
	again, _ := eval.Apply(queries("iets", text)[1:], 1, eval.Typos(1))
	if n != 1 || one[0].Text == text {
		t.Errorf("%d changed: %q", n, one[0].Text)
	}
	if again[0].ID == one[0].ID || again[0].Text == one[0].Text {
		t.Errorf("another query gets the same error: %+v", again)
	}
	for seed := range uint64(500) {
		got, _ := eval.Apply(queries(text), seed, eval.Typos(1))
		was, is := strings.Fields(text), strings.Fields(got[0].Text)
		if len(was) != len(is) {
			t.Fatalf("seed %d: %q", seed, got[0].Text)
		}
		changed := 0
		for i := range was {
			if was[i] != is[i] {
				changed++
				if len(was[i]) < 6 {
					t.Errorf("seed %d: %q is no longer word", seed, was[i])
				}
				if d := utf8.RuneCountInString(is[i]) - utf8.RuneCountInString(was[i]); d < -1 || d > 1 {
					t.Errorf("seed %d: %q is more than one error away", seed, is[i])
				}
			}
		}
		if changed != 1 {
			t.Errorf("seed %d: %d words changed: %q", seed, changed, got[0].Text)
		}
	}
}

func TestTyposChoose(t *testing.T) {
	for text, changes := range map[string]bool{
		"de brug bij A2": true,  // no long word, but one of four letters
		"de dam":         false, // nothing long enough
		"":               false,
		"BP00391-0401":   false, // no letters only
		"ééééééé":        true,
	} {
		got, n := eval.Apply(queries(text), 7, eval.Typos(2))
		if (n == 1) != changes || !utf8.ValidString(got[0].Text) {
			t.Errorf("%q became %q", text, got[0].Text)
		}
	}
}

func gold(t *testing.T, lines string) *eval.Gold {
	t.Helper()
	g, err := eval.ReadGold(strings.NewReader(lines), "gold.tsv")
	if err != nil {
		t.Fatal(err)
	}
	return g
}

const compounds = `form	split_lemma	upos	count
aandachtspunten	aandacht_punt	NOUN	1
bedrijventerrein	bedrijf_terrein	NOUN	3
arbeidsmarktregio	arbeid_markt_regio
stadstuin	stad_tuin
achtjarige	acht_jarig	ADJ	1
70-puntenplan	70_punt_plan
huis	huis
a	b_c
` + "abcdefghijkl\ta_b_c_d_e_f_g_h_ij_kl\n"

func TestSplit(t *testing.T) {
	g := gold(t, compounds)
	for text, want := range map[string]string{
		"Aandachtspunten, nieuwe":          "aandachts punten, nieuwe",
		"het bedrijventerrein (oost)":      "het bedrijven terrein (oost)",
		"arbeidsmarktregio stadstuin":      "arbeids markt regio stads tuin",
		"een achtjarige":                   "een acht jarige",
		"het 70-puntenplan":                "het 70 punten plan",
		"bedrijventerreinen":               "bedrijventerreinen", // not in the list
		"huis a":                           "huis a",
		"BedrijvenTerrein is camel case":   "BedrijvenTerrein is camel case",
		"bedrijventerrein-aandachtspunten": "bedrijventerrein-aandachtspunten",
	} {
		if got := g.Split(text, nil); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
	}
}

func TestJoin(t *testing.T) {
	g := gold(t, compounds)
	for text, want := range map[string]string{
		"Aandacht punten (oud)":        "aandachtspunten (oud)",
		"aandachts punt":               "aandachtspunt", // as it was typed
		"een arbeid markt regio in":    "een arbeidsmarktregio in",
		"de arbeids markt":             "de arbeids markt", // not in the list
		"bedrijf terrein, stad tuin":   "bedrijventerrein, stadstuin",
		"bedrijf, terrein":             "bedrijf, terrein",
		"terrein":                      "terrein",
		"":                             "",
		"stad stad tuin":               "stad stadstuin",
		"stads tuin bedrijven terrein": "stadstuin bedrijventerrein",
	} {
		if got := g.Join(text, nil); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
	}
}

func TestWrongGold(t *testing.T) {
	_, err := eval.ReadGold(strings.NewReader("huis\thuis\nbrug\n"), "gold.tsv")
	if kb.CodeOf(err) != kb.Invalid || !strings.Contains(err.Error(), "gold.tsv, line 2") {
		t.Error(err)
	}
	if _, err := eval.OpenGold(filepath.Join(t.TempDir(), "none.tsv")); kb.CodeOf(err) != kb.NotFound {
		t.Error(err)
	}
	name := filepath.Join(t.TempDir(), "gold.tsv")
	if err := os.WriteFile(name, []byte(compounds), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := eval.OpenGold(name); err != nil {
		t.Error(err)
	}
}

func TestInflect(t *testing.T) {
	texts := map[string]string{
		"huis":                              "huizen",
		"De gemeenten en hun bevoegdheden":  "De gemeente en hun bevoegdheid",
		"mogelijkheid, bedrijventerreinen.": "mogelijkheden, bedrijventerrein.",
		"subsidie voor bewoners":            "subsidie voor bewoner",
		"programma's":                       "programma",
		"de ring":                           "de ring",
		"is groter dan":                     "is groter dan",
		"maakZaakdocument":                  "maakZaakdocument",
		"inwoner":                           "inwoners",
	}
	for text, want := range texts {
		got, n := eval.Apply(queries(text), 1, eval.Inflect())
		if got[0].Text != want || (n == 1) != (text != want) {
			t.Errorf("%q became %q, not %q", text, got[0].Text, want)
		}
	}
}

func TestApplyInOrder(t *testing.T) {
	add := func(s string) eval.Change { return func(text string, _ *rand.Rand) string { return text + s } }
	given := queries("x", "y")
	got, n := eval.Apply(given, 1, add("1"), add("2"))
	if d := cmp.Diff(queries("x12", "y12"), got); d != "" || n != 2 {
		t.Errorf("%d %s", n, d)
	}
	if given[0].Text != "x" {
		t.Error("the queries themselves were changed")
	}
}

// Whatever the list and the query, a change gives a text, and splitting changes
// nothing but spaces, hyphens and capitals.
func FuzzGold(f *testing.F) {
	f.Add(compounds, "de aandachts punten van het bedrijventerrein")
	f.Add("a\t_\nab\t__\n-\t-_-", "a - ab")
	f.Add("\xff\t\xff_é\nÉ\té_é", "é\xff É é é")
	f.Fuzz(func(t *testing.T, lines, text string) {
		g, err := eval.ReadGold(strings.NewReader(lines), "gold.tsv")
		if err != nil {
			if kb.CodeOf(err) != kb.Invalid && kb.CodeOf(err) != kb.TooLarge {
				t.Error(err)
			}
			return
		}
		plain := func(s string) string { return strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(s)) }
		if got := g.Split(text, nil); utf8.ValidString(text) && utf8.ValidString(lines) && plain(got) != plain(text) {
			t.Errorf("%q became %q", text, got)
		}
		g.Join(text, nil)
		eval.Apply(queries(text), 1, eval.Inflect(), eval.Typos(3))
	})
}
