package kb_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"leerkring/internal/kb"
)

// prose makes sentences of words that hardly ever stand in the same order twice.
func prose(seed uint64, words int) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for i := range words {
		word := []string{"gemeente", "regio", "plan", "Überhaupt", "'s-Gravenhage", "jaar"}[r.IntN(6)]
		fmt.Fprintf(&b, "%s%d", word, r.IntN(100))
		if b.WriteByte(' '); i%12 == 11 {
			b.WriteString(".\n")
		}
	}
	return b.String()
}

func document(pages ...string) *kb.Reading {
	r := &kb.Reading{}
	for i, text := range pages {
		r.Pages = append(r.Pages, kb.ReadPage{Number: i + 1, Text: text})
	}
	return r
}

func chapters(n int) []string {
	pages := make([]string, n)
	for i := range pages {
		pages[i] = prose(uint64(i+1), 150)
	}
	return pages
}

func TestLikeness(t *testing.T) {
	whole := chapters(25)
	changed := slices.Clone(whole)
	changed[7] = prose(1000, 150)
	reordered := slices.Clone(whole)
	slices.Reverse(reordered)
	notes := document(whole...)
	for i := range notes.Pages {
		notes.Pages[i].Notes = prose(uint64(2000+i), 40)
	}
	house := "Gemeente Voorbeeld, postbus 1, 1000 AA Voorbeeld. Dit document is openbaar. " // on each page
	for _, tc := range []struct {
		name     string
		a, b     *kb.Reading
		low, top float64
	}{
		{"the same", document(whole...), document(whole...), 1, 1},
		{"one page of 25 changed", document(whole...), document(changed...), .91, .93},
		{"slides in another order", document(whole...), document(reordered...), 1, 1},
		{"notes of a speaker", document(whole...), notes, 1, 1},
		{"as one page, in capitals and other spaces", document(whole...), document(strings.ToUpper(strings.Join(whole, "\n\n"))), .95, .99},
		{"another text", document(whole...), document(prose(77, 3000)), 0, .01},
		{"another text with the same foot", document(house+prose(8, 60), house+prose(9, 60)), document(house + prose(10, 60)), .02, .2},
		{"half of it", document(whole...), document(whole[:12]...), .46, .5},
		{"nothing", document(whole...), document(), 0, 0},
		{"nothing twice", document(), document("", " \n"), 0, 0},
		{"short slides", document("Dank u wel", "Vragen?"), document("Vragen", "dank u wel!"), 1, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := kb.Likeness(tc.a, tc.b); got < tc.low || got > tc.top {
				t.Errorf("likeness is %.3f, not between %.2f and %.2f", got, tc.low, tc.top)
			}
			if got, back := kb.Likeness(tc.a, tc.b), kb.Likeness(tc.b, tc.a); got != back {
				t.Errorf("likeness is %f and the other way round %f", got, back)
			}
		})
	}
}

// Over 1 MiB a share of the shingles stands for all.
func TestLikenessOfLongTexts(t *testing.T) {
	page := prose(5, 400_000)
	half := len(page) / 2
	a := document(page)
	b := document(page[:half], prose(6, 200_000))
	if got := kb.Likeness(a, b); math.Abs(got-1./3) > .02 {
		t.Errorf("half of the text is the same: likeness %.3f, not .33", got)
	}
	if got := kb.Likeness(a, a); got != 1 {
		t.Errorf("a long text is %.3f like itself", got)
	}
}

// What is .8 alike shares a term in at least 99 of 100 cases, and what is hardly
// alike seldom does.
func TestBandsFind(t *testing.T) {
	const trials = 150
	found, strangers := 0, 0
	for i := range uint64(trials) {
		same, own := prose(i, 800), prose(i+10_000, 100)
		a, b := document(same, own), document(same, prose(i+20_000, 100))
		if share(kb.Bands(a), kb.Bands(b)) {
			found++
		}
		if share(kb.Bands(a), kb.Bands(document(prose(i+30_000, 800), own))) {
			strangers++
		}
	}
	if found < trials*99/100 || strangers > trials/50 {
		t.Errorf("%d of %d alike were found, and %d of as many strangers", found, trials, strangers)
	}
}

func share(a, b []string) bool {
	return slices.ContainsFunc(a, func(term string) bool { return slices.Contains(b, term) })
}

func TestBandsAreFixed(t *testing.T) {
	bands := kb.Bands(document("Een leerkring is een groep gemeenten die samen leren van casussen over wonen en werk",
		"Zij komen vijf keer bij elkaar in een gaststad en bezoeken daar een project dat anderen verder helpt"))
	if len(bands) != 24 {
		t.Fatalf("%d bands", len(bands))
	}
	// Stored terms must stay what they are: a change asks for another edition of the extractor.
	if got := bands[0] + " " + bands[23]; got != "00-6adfe0e063b48a34 23-5e125dfcbac5a4c0" {
		t.Errorf("the terms are others than they were: %s", got)
	}
}

func TestBandsOfLittleText(t *testing.T) {
	for name, r := range map[string]*kb.Reading{
		"no pages":        {},
		"no text":         document("", "\n"),
		"a few words":     document("Bijlage 1", "2", "3"),
		"no words at all": document("--- ... !!!", "\x00\xff\xfe"),
	} {
		if got := kb.Bands(r); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func ExampleLikeness() {
	a := &kb.Reading{Pages: []kb.ReadPage{{Text: "Samen leren van wat er in de regio gebeurt"}}}
	b := &kb.Reading{Pages: []kb.ReadPage{{Text: "Samen leren van wat er in de stad gebeurt"}}}
	fmt.Printf("%.2f", kb.Likeness(a, b))
	// Output: 0.43
}
