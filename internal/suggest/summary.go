package suggest

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is one sentence with the words in it.
type sentence struct {
	span
	text  string
	words []string
	score float64
}

const (
	mostSentences = 2000
	summaryLeast  = 200
	summaryMost   = 600
	// shortLine is under how many bytes a line is no line of running text.
	shortLine = 45
)

// summary takes the two or three sentences that have most of what the whole is
// about (a tf centroid over sentences, as in Radev and others, Centroid-based
// summarization, 2004), in the order of the text.
func (g *gathering) summary() {
	if g.common.Summary != "" {
		return
	}
	all := g.text.sentences()
	in := map[string]int{}
	for _, s := range all {
		for _, w := range slices.Compact(slices.Sorted(slices.Values(s.words))) {
			in[w]++
		}
	}
	for i := range all {
		for _, w := range all[i].words {
			if in[w] > 1 {
				all[i].score += math.Log(float64(in[w]))
			}
		}
		all[i].score /= math.Sqrt(float64(8 + len(all[i].words)))
		all[i].score *= 1 + 1/(1+float64(i)/10) // what opens a text tells what it is about
	}
	best := slices.Clone(all)
	slices.SortStableFunc(best, func(a, b sentence) int { return int(math.Copysign(1, b.score-a.score)) })
	var chosen []sentence
	size := 0
	for _, s := range best {
		if size+len(s.text) > summaryMost || slices.ContainsFunc(chosen, func(c sentence) bool { return c.text == s.text }) {
			continue
		}
		chosen = append(chosen, s)
		if size += len(s.text) + 1; len(chosen) == 3 || size >= 2*summaryLeast {
			break
		}
	}
	if size < summaryLeast {
		return
	}
	slices.SortFunc(chosen, func(a, b sentence) int { return (a.index-b.index)<<24 + a.start - b.start })
	parts := make([]string, len(chosen))
	for i, s := range chosen {
		parts[i] = s.text
	}
	value := strings.Join(parts, " ")
	g.add("summary", value, value, sureSummary, chosen[0].span)
}

// sentences gives the running sentences: no headings, rows of tables, addresses, and
// nothing that stands on several pages.
func (t *text) sentences() []sentence {
	var out []sentence
	seen := map[string]int{}
	left := mostText
	for i, p := range t.pages {
		if left -= len(p.Text); left < 0 || len(out) >= mostSentences {
			break
		}
		start, newline := 0, -1
		for k, r := range p.Text {
			if r == '\n' {
				if k-newline < shortLine { // a heading, or the line of a list
					start = k + 1
				}
				newline = k
			}
			if r != '.' && r != '?' && r != '!' {
				continue
			}
			if next, size := utf8.DecodeRuneInString(p.Text[k+1:]); size > 0 && !unicode.IsSpace(next) {
				continue
			}
			if s, ok := running(p.Text[start : k+1]); ok {
				lead := len(p.Text[start:k+1]) - len(strings.TrimLeftFunc(p.Text[start:k+1], unicode.IsSpace))
				s.span = span{p.Number, i, start + lead, k + 1}
				seen[s.text]++
				out = append(out, s)
			}
			start = k + 1
		}
	}
	return slices.DeleteFunc(out, func(s sentence) bool { return seen[s.text] > 1 })
}

// running tells a sentence of running text from anything else that ends in a full stop.
func running(raw string) (sentence, bool) {
	s := strings.Join(strings.Fields(raw), " ")
	if len(s) < 50 || len(s) > 320 || strings.ContainsAny(s, "@|©") || strings.Contains(s, "www.") || strings.Contains(s, "http") {
		return sentence{}, false
	}
	letters, others, capitals := 0, 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLetter(r):
			letters++
		case r != ' ':
			others++
		}
	}
	if first, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(first) || others*6 > letters || capitals*4 > letters || strings.Count(raw, "\n")*25 > len(s) {
		return sentence{}, false
	}
	out := sentence{text: s}
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) > 4 && !stop(w) {
			out.words = append(out.words, w)
		}
	}
	return out, len(out.words) >= 5
}

// stop reports whether a word says nothing of what a text is about.
func stop(w string) bool {
	return len(w) < 3 || strings.Contains(" aan aanzien alle alleen ander andere beide bij binnen dan dat deze die dit door daar daarom daarvan dient doen door drie een eerste elke enkele "+
		"gaan gaat geen geven geweest gebruik had hebben heeft het hierbij hoe hun iets ieder indien instead jaar jaren kan komen komt kunnen kunt maar maken meer meest met mogelijk moet moeten naar "+
		"namelijk niet nog nieuwe onder ons onze ook over per reeds samen sinds soms staan staat steeds tegen ten ter tijdens toch tot tussen uit uitgaan van vanuit vele veel verder volgende voor voorts "+
		"vooral waar waarbij waarin waaronder wanneer waren was wat weer welke wel werd werden wie wij wil willen worden wordt zal zeer zich zij zijn zoals zou zouden zullen zodat artikel eerste tweede lid "+
		"bladzijde pagina bijlage hoofdstuk paragraaf the and for with that this from are have has been which their will not onderdeel bedoeld genoemd betreffende betrekking overeenkomstig bestaande aantal kader ", " "+w+" ")
}
