package search_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/search"
)

// hostile are texts that nobody types in earnest, by what they are.
func hostile() map[string]string {
	many := func(n int, word func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(word(i) + " ")
		}
		return b.String()
	}
	return map[string]string{
		"empty":                       "",
		"one letter":                  "a",
		"one word of 10,000 letters":  strings.Repeat("woningbouw", 1000),
		"one letter, 10,000 times":    strings.Repeat("z", 10_000),
		"10,000 letters, known words": many(900, func(i int) string { return []string{"wonen", "gemeente", "regio", "samenwerking"}[i%4] }),
		"10,000 letters, unknown":     many(900, func(i int) string { return fmt.Sprintf("qwert%cy%coning", 'a'+i%26, 'a'+i/26%26) }),
		"unknown compounds":           many(300, func(i int) string { return fmt.Sprintf("gemeente%cbestuurzs%cregio", 'a'+i%26, 'a'+i/26) }),
		"compounds": many(200, func(i int) string {
			return []string{"arbeidsmarktregio", "bedrijventerreinen", "woningbouwopgave"}[i%3]
		}),
		"one word of many parts":   strings.Repeat("arbeid-markt-", 500),
		"one word of many slashes": strings.Repeat("wonne/", 800),
		"only stop words":          strings.Repeat("de het een ", 300),
		"only operators":           strings.Repeat("OF EN NIET ", 300) + "- + \" -",
		"operators and words":      strings.Repeat("huis OF -boom NIET +wonen EN ", 100),
		"an unbalanced quote":      `"wonen in de`,
		"an unbalanced field":      `thema:"wonen`,
		"thousands of quotes":      strings.Repeat(`"`, 4000),
		"quoted words":             strings.Repeat(`"wonen" `, 400),
		"phrases of common words":  strings.Repeat(`"gemeente in de regio" `, 60),
		"a phrase of common words": `"de gemeente en de regio"`,
		"an excluded phrase":       `gemeente -"de gemeente en de regio"`,
		"thousands of brackets":    strings.Repeat("(", 4000) + strings.Repeat(")", 4000),
		"right to left":            "بلدية المنطقة \u202eneno\u202c עיר",
		"emoji":                    strings.Repeat("👩‍👩‍👧‍👦🏳️‍🌈", 200),
		"marks on a letter":        "a" + strings.Repeat("\u0301", 5000),
		"control characters":       "wo\x00nen\x01\x02 \x1b[31m huis\x7f\u0000",
		"separators of our own":    "huis\x1fboom\x1f|\x00",
		"bytes that are no text":   "\xff\xfe wonen \xc3",
		"a regular expression":     `^(wo+n|h[aeiou]is){2,}.*?$ \b(\w+)\1`,
		"wild cards":               "w*n?n ~2 ^4 [a TO z] *:* /.*/",
		"sql":                      `'; DROP TABLE records; -- OR 1=1 UNION SELECT * FROM users`,
		"markup":                   `<script>alert(1)</script> {{.}} ${x} %s%n%x`,
		"wonen, 2,000 times":       strings.Repeat("wonen ", 2000),
		"a region, 2,000 times":    strings.Repeat("Utrecht ", 2000),
		"fields":                   strings.Repeat("thema:wonen regio:Utrecht jaar:2019..2023 ", 100),
		"different phrases": many(60, func(i int) string {
			return fmt.Sprintf(`"%s gemeente" OF`, []string{"de", "regio van de", "wonen in de", "nieuwe", "een plan voor de", "tussen"}[i%6]+strings.Repeat(" de", i/6))
		}),
		"different titles":     many(60, func(i int) string { return fmt.Sprintf("titel:regio%c -titel:w%cnen", 'a'+i%26, 'a'+i%26) }),
		"titles":               strings.Repeat("titel:wonen ", 100),
		"people":               strings.Repeat("persoon:jan ", 100),
		"fields of nothing":    "thema: regio: jaar: type:: :: titel:\"\"",
		"years":                "jaar:2019..2023",
		"years the other way":  "-jaar:2019..2023",
		"one field in another": "thema:regio:jaar:type:wonen",
	}
}

// Whatever is typed has an answer: in every order, also as typed and explained.
func TestHostileTextsHaveAnAnswer(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	commit(t, x, 1, document("Wonen in de regio", func(d *kb.Document) {
		d.Themes, d.Regions = []kb.Term{{Value: "wonen"}}, []string{"GM0344", "PV26"}
		d.Date = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	}), document("huis", nil), document("gemeente", nil))
	for name, text := range hostile() {
		for _, req := range []kb.SearchRequest{
			{Text: text},
			{Text: text, Sort: kb.SortNewest},
			{Text: text, Sort: kb.SortTitle, AsTyped: true},
			{Text: "wonen " + text},
			{Text: text + " wonen", Explain: true},
		} {
			req.First, req.Highlights, req.Facets = 10, true, kb.FacetFields()
			res := search1(t, x, req)
			if res.Total < len(res.Hits) || res.Total > 3 || res.HasNextPage {
				t.Errorf("%s: %d hits of %d", name, len(res.Hits), res.Total)
			}
		}
		if _, err := x.Suggest(t.Context(), kb.Visitor(), text, 10); err != nil {
			t.Errorf("%s: suggestions: %v", name, err)
		}
	}
	for text, want := range map[string]int{strings.Repeat("wonen ", 2000): 1, strings.Repeat(`"wonen" `, 400): 1, "\xff\xfe wonen \xc3": 1, "thema: wonen": 1} {
		if got := search1(t, x, kb.SearchRequest{Text: text, First: 1}).Total; got != want {
			t.Errorf("%.20q finds %d, want %d", text, got, want)
		}
	}
}

// What a name says twice counts once.
func TestWordsTypedAgainCountOnce(t *testing.T) {
	x := open(t, t.TempDir(), search.Options{})
	commit(t, x, 1, document("Wonen in Utrecht", func(d *kb.Document) { d.Regions = []string{"GM0344"} }), document("boom", nil))
	score := func(text string) float64 {
		return search1(t, x, kb.SearchRequest{Text: text, First: 1}).Hits[0].Score
	}
	for once, again := range map[string]string{"wonen": "wonen wonen wonen", "Utrecht": "Utrecht Utrecht", "wonen Utrecht": "wonen Utrecht wonen Utrecht"} {
		if a, b := score(once), score(again); b > a*1.000001 {
			t.Errorf("%s scores %v, %s %v", once, a, again, b)
		}
	}
}

// BenchmarkHostile prints the slowest answers to hostile texts among 20,000
// records.
func BenchmarkHostile(b *testing.B) {
	c := largeCollection(b, 20_000)
	s := newScale(b, c, 20_000)
	facets := []kb.FacetField{kb.FacetType, kb.FacetTheme, kb.FacetProvince, kb.FacetYear}
	var ways []*way
	for name, text := range hostile() {
		req := kb.SearchRequest{First: 20, Facets: facets, Highlights: true}
		ways = append(ways, &way{name: name, run: func(string) error {
			req.First++ // so that no answer is remembered
			return s.ask(req)(text)
		}})
	}
	measure(b, []string{""}, ways) // caches warm up
	for _, w := range ways {
		w.took = nil
	}
	for b.Loop() {
		measure(b, make([]string, 5), ways)
	}
	slices.SortFunc(ways, func(x, y *way) int { return cmp.Compare(y.quantile(.5), x.quantile(.5)) })
	for _, w := range ways[:12] {
		fmt.Printf("  %-32s p50 %7.2f ms  slowest %7.2f ms\n", w.name, w.quantile(.5), w.took[len(w.took)-1].Seconds()*1000)
	}
}
