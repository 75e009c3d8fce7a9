package compound

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/search/dutch/internal/lexicon"
)

// small gives a splitter by a list of a few words and the families of those.
func small(t *testing.T) *Splitter {
	t.Helper()
	noun := lexicon.Base | lexicon.Noun
	list := map[string]lexicon.Word{
		"arbeid":        {Flags: noun | lexicon.LinkS},
		"markt":         {Flags: noun | lexicon.Begin | lexicon.End},
		"arbeidsmarkt":  {Flags: noun},
		"regio":         {Flags: noun | lexicon.Begin | lexicon.End},
		"marktregio":    {Flags: noun},
		"bedrijf":       {Flags: noun},
		"bedrijven":     {Flags: noun | lexicon.Plural | lexicon.Begin, Lemma: "bedrijf"},
		"terrein":       {Flags: noun | lexicon.End},
		"terreinen":     {Flags: noun | lexicon.Plural, Lemma: "terrein"},
		"rein":          {Flags: lexicon.Base | lexicon.Adjective},
		"voor":          {Flags: lexicon.Base},
		"spellen":       {Flags: lexicon.Base | lexicon.Verb},
		"spelling":      {Flags: noun | lexicon.End},
		"voorspellen":   {Flags: lexicon.Base | lexicon.Verb},
		"voorspelling":  {Flags: noun},
		"reken":         {Flags: lexicon.Base | lexicon.Inflected | lexicon.Verb | lexicon.Root | lexicon.Begin, Lemma: "rekenen"},
		"kamer":         {Flags: noun | lexicon.End},
		"ring":          {Flags: noun | lexicon.End},
		"subsidie":      {Flags: noun | lexicon.Begin},
		"markten":       {Flags: noun | lexicon.Plural | lexicon.Verb, Lemma: "markt"},
		"opwekken":      {Flags: lexicon.Base | lexicon.Verb},
		"rechtvaardig":  {Flags: lexicon.Base | lexicon.Adjective},
		"gericht":       {Flags: lexicon.Base | lexicon.Adjective},
		"gerichte":      {Flags: lexicon.Inflected | lexicon.Verb | lexicon.Adjective, Lemma: "richten"},
		"bewoner":       {Flags: noun | lexicon.LinkS},
		"duur":          {Flags: lexicon.Base | lexicon.Adjective},
		"duurterrein":   {Flags: lexicon.Base | lexicon.Name},
		"regioterrein":  {Flags: noun},
		"regioterreins": {Flags: lexicon.Inflected | lexicon.Verb, Lemma: "regioterrein"},
	}
	for text, w := range list {
		if w.Lemma == "" {
			w.Lemma = text
			list[text] = w
		}
	}
	transducer, readings, err := lexicon.Write(list)
	if err != nil {
		t.Fatal(err)
	}
	words, err := lexicon.Load(transducer, readings)
	if err != nil {
		t.Fatal(err)
	}
	families := Families{}
	for _, w := range strings.Fields("arbeids markt regio bedrijven terrein kamer reken gericht subsidie ring") {
		families[w] = Size{First: 20, Last: 20}
	}
	return New(words, families, Default())
}

func TestSplit(t *testing.T) {
	s := small(t)
	tests := []struct {
		about, word string
		want        []Part
	}{
		{"a linking letter belongs to the part before it", "arbeidsregio", []Part{{"arbeids", "arbeid"}, {"regio", "regio"}}},
		{"a plural as first part", "Bedrijventerrein", []Part{{"bedrijven", "bedrijf"}, {"terrein", "terrein"}}},
		{"an inflected last part", "regioterreinen", []Part{{"regio", "regio"}, {"terreinen", "terrein"}}},
		{"a verb as first part", "rekenkamer", []Part{{"reken", "rekenen"}, {"kamer", "kamer"}}},
		{"three parts", "arbeids-markt-regio", []Part{{"arbeids", "arbeid"}, {"markt", "markt"}, {"regio", "regio"}}},
		{"no list knows a name before a hyphen", "Xyrion-regio", []Part{{"xyrion", "xyrion"}, {"regio", "regio"}}},
		{"nor a number", "70-regio", []Part{{"70", "70"}, {"regio", "regio"}}},
		{"nor what every verb can make", "regioopwekkers", []Part{{"regio", "regio"}, {"opwekkers", "opwekker"}}},
		{"nor adjectives that only end compounds", "regiovormige", []Part{{"regio", "regio"}, {"vormige", "vormig"}}},
		{"an adjective, not its verb", "regiogerichte", []Part{{"regio", "regio"}, {"gerichte", "gericht"}}},
		{"a word that is whole", "terreinen", nil},
		{"the noun of a verb with a particle", "voorspelling", nil},
		{"-ering is a suffix", "subsidiering", nil},
		{"a form of a verb", "regioterreins", nil},
		{"a name that looks like a compound", "duurterrein", nil},
		{"letters without vowels are no name", "xzqvwregio", nil},
		{"one letter is no part", "a-regio", nil},
		{"only hyphens", "---", nil},
		{"too short", "rei", nil},
		{"too long", strings.Repeat("regio", 13), nil},
	}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, s.Split(tt.word)); diff != "" {
				t.Errorf("%s: %s", tt.word, diff)
			}
		})
	}
}

func TestJoin(t *testing.T) {
	tests := []struct {
		word, folded string
		hyphens      []int
	}{
		{"Markt", "markt", nil},
		{"Arbeids-Markt", "arbeidsmarkt", []int{7}},
		{"één-jarig", "eenjarig", []int{3}},
		{"a--b\u2010c", "abc", []int{1, 2}},
		{"-ab-", "ab", nil},
		{"-", "", nil},
	}
	for _, tt := range tests {
		folded, hyphens := join(tt.word)
		var got []int
		for i := range 64 {
			if hyphens&(1<<i) != 0 {
				got = append(got, i)
			}
		}
		if diff := cmp.Diff(tt.hyphens, got); folded != tt.folded || diff != "" {
			t.Errorf("%q: %q %s", tt.word, folded, diff)
		}
	}
}

func TestGraft(t *testing.T) {
	parts := func() []Part { return []Part{{"mat", "mat"}, {"werk", "werk"}} }
	tests := []struct {
		about, form string
		want        []Part
	}{
		{"the ending goes with the last part", "matwerken", []Part{{"mat", "mat"}, {"werken", "werk"}}},
		{"a form that begins otherwise", "matenwerk", []Part{{"mat", "mat"}, {"enwerk", "werk"}}},
		{"no part of the lemma is left", "mat", nil},
		{"another word", "stad", nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, graft(parts(), tt.form)); diff != "" {
			t.Errorf("%s: %s", tt.about, diff)
		}
	}
	if got := graft(nil, "huizen"); got != nil {
		t.Errorf("a form of a whole word is split: %v", got)
	}
}

func TestAround(t *testing.T) {
	tests := []struct {
		word string
		want []string
	}{
		{"bedrijventerein", []string{"bedrijven|terein|", "|bedrijvente|rein"}},
		{"terienregio", []string{"|terien|regio"}},
		{"arbeidsmrktregio", []string{
			"arbeids|mrktregio|", "arbeid|smrktregio|", "|arbeidsmrkt|regio", "arbeids|mrkt|regio", "arbeid|smrkt|regio",
		}},
		{"terein", nil},
		{"regio", nil},
		{strings.Repeat("x", 61) + "regio", nil},
	}
	for _, tt := range tests {
		var got []string
		small(t).Around(tt.word, func(before, middle, after string) {
			got = append(got, before+"|"+middle+"|"+after)
		})
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.word, diff)
		}
	}
}
