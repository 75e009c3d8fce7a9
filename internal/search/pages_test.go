package search

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// withPages gives a change that adds the pages of one file.
func withPages(texts ...string) func(*kb.Document) {
	return func(d *kb.Document) { d.Pages = append(d.Pages, filePages("rapport", texts...)...) }
}

func filePages(file string, texts ...string) []kb.FilePage {
	var out []kb.FilePage
	for i, text := range texts {
		out = append(out, kb.FilePage{File: kb.DeriveID("file", file), Number: i + 1, Text: text})
	}
	return out
}

// filler gives n pages about something else.
func filler(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("Bladzijde %d gaat over fietsen, bussen en treinen in de regio. ", i+1)
	}
	return out
}

// Each page is found by its own words, in any form and by parts of its compounds,
// and the hit says on which page and where they stand.
func TestPassageIsThePageThatFits(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	pages := filler(20)
	pages[6] = "Over warmtenetten: een 🚲 wijkwarmtenet spaart gas."
	pages[11] = "Het warmtenet van de wijk en de bedrijventerreinen."
	pages[15] = "Hier staat wijk apart, en ver daarvandaan, na heel veel andere woorden over andere zaken, een warmtenet."
	put(t, x, 1, publicCase("verslag", withPages(pages...)), publicCase("iets anders", nil))
	for text, want := range map[string]struct {
		page   int
		marked string
	}{
		"wijkwarmtenet":    {7, "warmtenetten|wijkwarmtenet"},
		"bedrijf":          {12, "bedrijventerreinen"},
		"warmtenet wijken": {12, "warmtenet|wijk"},
		"sparen":           {7, "spaart"},
		`"wijk apart"`:     {16, "wijk|apart"},
		"trein":            {1, "treinen"},
	} {
		res := ask(t, x, kb.SearchRequest{Text: text, First: 5, Highlights: true})
		if len(res.Hits) != 1 || res.Hits[0].Passage == nil {
			t.Errorf("%s: %d hits, or no passage", text, len(res.Hits))
			continue
		}
		p := res.Hits[0].Passage
		if got := strings.Join(marked(kb.Highlight{Text: p.Text, Ranges: p.Ranges}), "|"); p.Page != want.page || got != want.marked || p.File != kb.DeriveID("file", "rapport") {
			t.Errorf("%s: page %d, %q", text, p.Page, got)
		}
	}
	for _, req := range []kb.SearchRequest{{Text: "verslag", Highlights: true}, {Text: "warmtenet"}, {Highlights: true}} {
		req.First = 1
		if res := ask(t, x, req); len(res.Hits) != 1 || res.Hits[0].Passage != nil {
			t.Errorf("%+v: %d hits, or a passage", req, len(res.Hits))
		}
	}
}

// A phrase stands on one page, and not across the end of it, however long the page.
func TestPhrasesInsidePages(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	long := strings.Repeat("fietsen en bussen rijden hier.\n", 1000) + "En dan de groene warmtepomp."
	put(t, x, 1,
		publicCase("een", withPages("een lege winkel", "straat met bomen")),
		publicCase("twee", withPages("niets", "de lege winkelstraat", long)))
	for text, want := range map[string][]string{
		`"lege winkel"`: {"een"}, `"winkel straat"`: nil, `"winkel" +"straat met"`: {"een"},
		`"lege winkelstraat"`: {"twee"}, `"groene warmtepomp"`: {"twee"}, `bomen -winkel`: nil, `-bomen niets`: {"twee"},
	} {
		res := ask(t, x, kb.SearchRequest{Text: text, First: 5, AsTyped: true})
		if res.SearchedFor != "" {
			continue
		}
		if d := cmp.Diff(want, titles(res)); d != "" && !(len(want) == 0 && len(titles(res)) == 0) {
			t.Errorf("%s (-want +got):\n%s", text, d)
		}
	}
}

// A long file makes a record no weaker where its own words are asked for, and counts
// for as much as its best page: less than a title, and less than a body that is
// about it.
func TestFilesNeitherDrownNorAreDrowned(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("warmtenet", nil), publicCase("plein", nil))
	alone := ask(t, x, kb.SearchRequest{Text: "warmtenet", First: 1}).Hits[0].Score
	put(t, x, 2, publicCase("warmtenet", withPages(filler(200)...)), publicCase("plein", nil))
	if got := ask(t, x, kb.SearchRequest{Text: "warmtenet", First: 1}).Hits[0].Score; got != alone {
		t.Errorf("with a report beside it the title gives %v, and %v without", got, alone)
	}
	mentions := filler(200)
	for i := range mentions {
		mentions[i] += " Ook hier een warmtenet."
	}
	put(t, x, 3, publicCase("rapport", withPages(mentions...)),
		publicCase("verhaal", func(d *kb.Document) { d.Body = "Over het warmtenet en hoe een warmtenet werkt." }))
	if d := cmp.Diff([]string{"warmtenet", "verhaal", "rapport"}, titles(ask(t, x, kb.SearchRequest{Text: "warmtenet", First: 5}))); d != "" {
		t.Error(d)
	}
}

// An explanation says what comes from files, and its numbers add up.
func TestExplanationNamesFiles(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("warmtenet", withPages("warmtenet warmtenet")), publicCase("plein", nil))
	hit := ask(t, x, kb.SearchRequest{Text: "warmtenet", First: 1, Explain: true}).Hits[0]
	saturation := hit.Explanation.Factors[0].Factors[2]
	occurrences := saturation.Factors[0]
	files := occurrences.Factors[1]
	if want := 2 * DefaultRanking().Files; files.Name != "files" || files.Value != want || occurrences.Value != occurrences.Factors[0].Value+want {
		t.Errorf("%+v", occurrences)
	}
}

// What stands only in files is known to corrections, as it is written there; it is
// suggested to nobody, and compared with nothing.
func TestPagesInCorrectionsAndSuggestions(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	put(t, x, 1, publicCase("verslag", withPages(append(filler(9), "Zwalkenbergse méthode")...)), publicCase("plein", withPages("Zwalkenbergse méthode")))
	res := ask(t, x, kb.SearchRequest{Text: "zwalkenbegrse", First: 5})
	if res.SearchedFor != "zwalkenbergse" || res.Total != 2 {
		t.Errorf("searched for %q, %d hits", res.SearchedFor, res.Total)
	}
	if got, err := x.Suggest(context.Background(), kb.Visitor(), "zwalk", 5); err != nil || len(got) > 0 {
		t.Errorf("suggested: %v, %v", got, err)
	}
	if got, err := x.Related(context.Background(), kb.Visitor(), kb.DeriveID("test", "plein"), 5); err != nil || len(got) > 0 {
		t.Errorf("related: %v, %v", got, err)
	}
}

// What was written of a leaf comes back, and what is no leaf is an error.
func FuzzDecodeLeaf(f *testing.F) {
	l := leaf{pages: []kb.FilePage{{File: "f", Number: 1, Text: "een"}, {File: "g", Number: 7, Text: "twee"}}, orders: [][]byte{{1, 2}, nil}}
	whole := l.encode()
	f.Add(whole)
	f.Add(whole[:7])
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, wanted := range []uint8{0, 2, 63} {
			pages, err := decodeLeaf(b, wanted)
			if err == nil && string(b) == string(whole) && wanted == 2 && (len(pages) != 1 || pages[0].FilePage != l.pages[1]) {
				t.Fatalf("%+v", pages)
			}
		}
	})
}

// Pieces of a long page hold all of its words and are cut between them.
func TestLongPagesAreCut(t *testing.T) {
	for name, text := range map[string]string{
		"lines": strings.Repeat("een twee drie\n", 2000), "spaces": strings.Repeat("vier ", 5000), "none": strings.Repeat("é", 9000), "blank": " \n ",
	} {
		joined := ""
		for _, p := range pieces(filePages(name, text)) {
			if len(p.Text) > maxPiece || !strings.HasPrefix(strings.ToValidUTF8(p.Text, "?"), p.Text) || p.Number != 1 {
				t.Errorf("%s: a piece of %d bytes, page %d", name, len(p.Text), p.Number)
			}
			joined += p.Text
			if name != "none" {
				joined += " "
			}
		}
		if got, want := strings.Join(strings.Fields(joined), " "), strings.Join(strings.Fields(text), " "); got != want {
			t.Errorf("%s: %d of %d bytes", name, len(got), len(want))
		}
	}
}

// A sentence of a page finds its record before records that have the same words, more
// often, on pages apart; two words gain nothing by standing on one page.
func TestASentenceOfAPage(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	words := strings.Fields("bewoners kiezen samen warmtepomp boven fietspad")
	var apart []string
	for _, w := range words {
		apart = append(apart, w+" en ook een "+w)
	}
	put(t, x, 1, publicCase("zin", withPages(append(filler(5), strings.Join(words, " "))...)), publicCase("apart", withPages(apart...)))
	for text, want := range map[string]bool{
		strings.Join(words, " "): true, strings.Join(words[3:], " "): true,
		strings.Join(words[:2], " "): false, "fietspad bewoners warmtepomp": false,
	} {
		res := ask(t, x, kb.SearchRequest{Text: text, First: 2, Explain: true})
		gains := false
		for _, h := range res.Hits {
			for _, f := range h.Explanation.Factors {
				if f.Name == "page" {
					gains = gains || h.Entity.Label() == "zin" && f.Value > 0
				}
			}
		}
		if got := titles(res); len(got) != 2 || gains != want || want && got[0] != "zin" {
			t.Errorf("%s: %v, gains %v", text, got, gains)
		}
	}
}
