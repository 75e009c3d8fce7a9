package search

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

// With material that the actor may not read, in one segment or in many, exactly
// the same is suggested and corrected as without it.
func TestWhatIsHiddenChangesNothing(t *testing.T) {
	open := []string{"Warmtenet in Overvecht", "Warmte in de wijk", "Wonen boven winkels", "Circulaire economie", "Warmtepomp en woning", "Water"}
	hidden := []string{"Warmtekrachtgeheim", "Wonen in het geheim", "Circus", "Waterlek", "Overvechts verdriet", "Economische spionage"}
	with, without := openIndex(t, t.TempDir(), Options{}), openIndex(t, t.TempDir(), Options{})
	for i, title := range open {
		d := publicCase(title, func(d *kb.Document) { d.Keywords = []string{"warmte", "energie in de wijk"} })
		put(t, without, kb.Seq(i+1), d)
		secret := publicCase(hidden[i], func(d *kb.Document) {
			d.Access, d.Keywords, d.Body = nil, []string{"energiegeheim", "warmte"}, "warmtenett warmtenett circulair ekonomie wooning"
		})
		put(t, with, kb.Seq(i+1), secret, d)
	}
	for _, text := range append(append(open, hidden...), "w", "ene", "energ", "warmtn", "geheim", "wonen in het ", "ekonomie", "") {
		for i := range len(text) + 1 {
			prefix := strings.ToValidUTF8(text[:i], "")
			if d := cmp.Diff(suggested(t, without, prefix, 6), suggested(t, with, prefix, 6)); d != "" {
				t.Errorf("%q: %s", prefix, d)
			}
		}
	}
	for _, word := range []string{"warmtent", "warmtenetten", "ecnomie", "ekonomie", "woonng", "wooning", "cirkulair", "waterlekk", "spionaage"} {
		all := cmp.AllowUnexported(correction{})
		if d := cmp.Diff(corrected(t, without, word), corrected(t, with, word), all); d != "" {
			t.Errorf("%s: %s", word, d)
		}
	}
}

// Whatever of a title is typed, its record is suggested; and the more exactly so
// the more was typed.
func TestSuggestFindsEveryTitle(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	titles := []string{"Coöperatief wonen in Ede", "De kracht van 's-Hertogenbosch", "Eén loket, één aanpak", "Arbeidsmarkt-regio's in beeld", "Zo kan het ook: 3 lessen"}
	for i, title := range titles {
		put(t, x, kb.Seq(i+1), publicCase(title, nil))
	}
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.SampledFrom(titles).Draw(t, "title")
		n := rapid.IntRange(1, len(title)).Draw(t, "typed")
		prefix := strings.ToValidUTF8(title[:n], "")
		if rapid.Bool().Draw(t, "folded") {
			prefix = kb.Fold(prefix)
		}
		if len(kb.Fold(prefix)) == 0 {
			return
		}
		found, err := x.Suggest(t.Context(), kb.Visitor(), prefix, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range found {
			if s.Entity != nil && s.Text == title {
				return
			}
		}
		t.Fatalf("%q does not lead to %q: %+v", prefix, title, found)
	})
}

// What was changed, hidden or removed since is not suggested any more.
func TestSuggestFollowsChanges(t *testing.T) {
	x := town(t)
	put(t, x, 3,
		publicCase("Circulair bouwen met hout", func(d *kb.Document) { d.Access = nil }),
		publicCase("Circulair bouwen in de praktijk", func(d *kb.Document) { d.Title = "Zo bouw je om" }),
	)
	removed := kb.Step{Removed: []kb.ID{kb.DeriveID("test", string(kb.KindTheme)+"Wonen")}, Position: 4}
	if err := x.Commit(t.Context(), removed); err != nil {
		t.Fatal(err)
	}
	for prefix, want := range map[string][]string{
		"circulair bouwen ": nil,
		"zo b":              {"QUERY zo bouw", "MATERIAL Zo bouw je om"},
		"won":               nil,
	} {
		if d := cmp.Diff(want, suggested(t, x, prefix, 10)); d != "" {
			t.Errorf("%q: %s", prefix, d)
		}
	}
}

func FuzzSuggest(f *testing.F) {
	for _, s := range []string{"am", "wonen ", "de w", "'s-h", "coö", "\x00a\xff", "a\u0301", "𝔸b", strings.Repeat("won ", 100), "İstanbul", "ß", "ﬁ"} {
		f.Add(s, 10)
	}
	x := town(f)
	f.Fuzz(func(t *testing.T, prefix string, first int) {
		list, err := x.Suggest(t.Context(), kb.Visitor(), prefix, first%100)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) > max(0, first%100) {
			t.Fatalf("%d of %d", len(list), first)
		}
		for _, s := range list {
			if s.Text == "" || !utf8.ValidString(s.Text) || strings.ContainsFunc(s.Text, unicode.IsControl) {
				t.Fatalf("%q suggests %q", prefix, s.Text)
			}
		}
	})
}

func TestNewTyped(t *testing.T) {
	for _, c := range []struct {
		prefix, before, text, title string
		words                       []string
	}{
		{"Huis van  de wi", "Huis van de ", "huis van de wi", "huis van de wi", []string{"huis", "van", "de", "wi"}},
		{"De wijk ", "De wijk ", "de wijk", "wijk", []string{"de", "wijk", ""}},
		{"regio-ar", "regio-", "regio ar", "regio ar", []string{"regio", "ar"}},
		{"één", "", "een", "een", []string{"een"}},
		{"\tfoto's\x00in ", "foto's in ", "fotos in", "fotos in", []string{"fotos", "in", ""}},
		{" ", "", "", "", nil},
		{"a b c d e f g h", "a b c d e f g ", "a b c d e f g h", "b c d e f g h", strings.Fields("a b c d e f g h")},
		{"a b c d e f g h i", "a b c d e f g h ", "a b c d e f g h i", "b c d e f g h i", nil},
	} {
		got := newTyped(c.prefix)
		want := &typed{before: c.before, words: c.words, text: c.text, title: c.title}
		if d := cmp.Diff(fmt.Sprintf("%q", want), fmt.Sprintf("%q", got)); d != "" {
			t.Errorf("%q: %s", c.prefix, d)
		}
	}
}
