package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

// queryTerms gives the terms of a text as a search has them.
func queryTerms(words *dutch.Analyzer, text string) []string {
	var out []string
	words.Tokens(text, func(t dutch.Token) {
		if t.Term != "" && !slices.Contains(out, t.Term) {
			out = append(out, t.Term)
		}
	})
	return out
}

func markNumbers(terms []string) map[string]int {
	out := map[string]int{}
	for i, t := range terms {
		out[t] = i
	}
	return out
}

// marked gives what the ranges of a highlight cut out of its text.
func marked(h kb.Highlight) []string {
	units := utf16.Encode([]rune(h.Text))
	out := []string{}
	for _, r := range h.Ranges {
		out = append(out, string(utf16.Decode(units[r.Start:r.End])))
	}
	return out
}

func highlight(query, text string, max int) []kb.Highlight {
	words := dutch.New()
	return newMarker(words, markNumbers(queryTerms(words, query))).add(nil, "body", text, max)
}

func TestMarks(t *testing.T) {
	decomposed := "coo\u0308peratie" // o with a combining diaeresis
	for name, c := range map[string]struct {
		query, text string
		want        []string
	}{
		"start and end":       {"huis", "huis en tuin en huis", []string{"huis", "huis"}},
		"only the word":       {"huis", "huis", []string{"huis"}},
		"after emoji":         {"huis", "🙂👩‍👩‍👧 huis 🏠 huizen", []string{"huis", "huizen"}},
		"emoji on both sides": {"boom", "🌳boom🌳boom🌳", []string{"boom", "boom"}},
		"combining marks":     {"coöperatie", "De " + decomposed + " en de coöperatie", []string{decomposed, "coöperatie"}},
		"outside the BMP":     {"boom", "𝕏 𐍈𐍈 boom", []string{"boom"}},
		"apostrophe":          {"foto's", "foto’s, foto's", []string{"foto’s", "foto's"}},
		"capitals":            {"huis", "HUIS Huis", []string{"HUIS", "Huis"}},
		"hyphen":              {"regio", "regio-overleg in de arbeidsmarkt-regio", []string{"regio-overleg", "arbeidsmarkt-regio"}},
		"two words":           {"huis boom", "boom huis boom", []string{"boom", "huis", "boom"}},
		"broken bytes":        {"huis", "\xff\xfe huis \xff", []string{"huis"}},
	} {
		got := highlight(c.query, c.text, fragment)
		if len(got) != 1 || got[0].Text != c.text {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		if d := cmp.Diff(c.want, marked(got[0])); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestNothingToMark(t *testing.T) {
	for query, text := range map[string]string{"huis": "boom", "de": "de boom", "": "boom", "boom": ""} {
		if got := highlight(query, text, fragment); got != nil {
			t.Errorf("%q in %q: %+v", query, text, got)
		}
	}
}

func TestPieces(t *testing.T) {
	long := strings.Repeat("x", 1000)
	filler := strings.Repeat("vulling ", 100)
	for name, c := range map[string]struct{ text, piece string }{
		"short":                  {"een huis", "een huis"},
		"match at the start":     {"huis " + filler, ""},
		"match at the end":       {filler + "huis", ""},
		"match in the middle":    {filler + "huis " + filler, ""},
		"no spaces before":       {long + "/huis", ""},
		"no spaces after":        {"huis/" + long, ""},
		"no spaces":              {long + "/huis/" + long, ""},
		"wide runes, no spaces":  {strings.Repeat("東京。", 200) + "huis" + strings.Repeat("。東京", 200), ""},
		"and a hyphen":           {strings.Repeat("東京。", 200) + "-huis-" + strings.Repeat("。東京", 200), ""},
		"emoji":                  {strings.Repeat("🙂", 200) + "huis" + strings.Repeat("🙂", 200), ""},
		"one after a line break": {filler + "\nhuis\n" + filler, ""},
	} {
		got := highlight("huis", c.text, fragment)
		if len(got) != 1 {
			t.Errorf("%s: %d pieces", name, len(got))
			continue
		}
		h := got[0]
		if !strings.Contains(c.text, h.Text) || !utf8.ValidString(h.Text) || len(h.Text) > fragment || (c.piece != "" && h.Text != c.piece) {
			t.Errorf("%s: piece %q", name, h.Text)
		}
		if d := cmp.Diff([]string{"huis"}, marked(h)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		for _, word := range strings.Fields(h.Text) {
			if strings.Contains(c.text, filler) && word != "huis" && word != "vulling" {
				t.Errorf("%s: %q is a piece of a word", name, word)
			}
		}
	}
}

// A matched word longer than a piece is shown whole.
func TestWordLongerThanAPiece(t *testing.T) {
	word := strings.Repeat("é", 400)
	got := highlight(word, "voor "+word+" na", fragment)
	if len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	if d := cmp.Diff([]string{word}, marked(got[0])); d != "" {
		t.Error(d)
	}
}

func TestBestPieceHasMostDifferentWords(t *testing.T) {
	gap := strings.Repeat(" vulling", 100) + " "
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"two words win from three times one": {"huis huis huis" + gap + "huis boom" + gap + "boom", []string{"huis", "boom"}},
		"more words win":                     {"huis" + gap + "huis huis" + gap + "huis", []string{"huis", "huis"}},
		"else the first":                     {"huis A" + gap + "huis B", []string{"huis"}},
	} {
		got := highlight("huis boom", c.text, fragment)
		if d := cmp.Diff(c.want, marked(got[0])); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if got := highlight("huis", "huis A"+gap+"huis B", fragment); !strings.HasPrefix(got[0].Text, "huis A") {
		t.Errorf("of equal pieces: %q", got[0].Text)
	}
}

// Over a hundred short words outweighed a piece with one more word of the query.
func TestManyShortWordsDoNotOutweighAnotherWord(t *testing.T) {
	gap := strings.Repeat(" vulling", 100) + " "
	got := highlight("x huis", strings.Repeat("x ", 200)+gap+"x huis", fragment)
	if d := cmp.Diff([]string{"x", "huis"}, marked(got[0])); d != "" {
		t.Error(d)
	}
}

// Whatever the text: the piece is of the text, splits no rune, and its ranges cut
// out words that match, in order.
func TestMarksOfAnyText(t *testing.T) {
	words := dutch.New()
	parts := []string{"huis", "huizen", "HUIS", "boom", " ", "\n", "-", "é", "e\u0301", "🙂", "👩‍👧", "東", "x", "de", "'", "’", "ĳ", strings.Repeat("lang", 40)}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 200).Draw(t, "text"), "")
		terms := queryTerms(words, "huis boom é lang")
		max := rapid.SampledFrom([]int{0, 10, 40, fragment}).Draw(t, "max")
		got := newMarker(words, markNumbers(terms)).add(nil, "body", text, max)
		if len(got) == 0 {
			if slices.ContainsFunc(queryTerms(words, text), func(term string) bool { return slices.Contains(terms, term) }) {
				t.Fatalf("nothing is marked in %q", text)
			}
			return
		}
		h := got[0]
		if !strings.Contains(text, h.Text) || !utf8.ValidString(h.Text) || len(h.Ranges) == 0 {
			t.Fatalf("piece %q with %v of %q", h.Text, h.Ranges, text)
		}
		last := 0
		for i, word := range marked(h) {
			r := h.Ranges[i]
			if !slices.ContainsFunc(append(words.Parts(word), words.Term(word)), func(term string) bool { return slices.Contains(terms, term) }) || r.Start < last || r.End <= r.Start {
				t.Fatalf("range %d of %q cuts out %q", i, h.Text, word)
			}
			last = r.End
		}
	})
}

func TestHighlightsOfOtherThanMaterial(t *testing.T) {
	words := dutch.New()
	m := newMarker(words, map[string]int{"utrecht": 0})
	got := m.highlights(&kb.Hit{Entity: &kb.Region{Name: "Utrecht", Code: "PV26"}})
	want := []kb.Highlight{{Field: "title", Text: "Utrecht", Ranges: []kb.TextRange{{Start: 0, End: 7}}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
