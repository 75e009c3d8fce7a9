package corpus

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// change replaces about a third of the words of a text by words of other passages.
func (c *Collection) change(text string, random *rand.Rand) string {
	var b strings.Builder
	b.Grow(len(text))
	for i, w := range strings.Split(text, " ") {
		if i > 0 {
			b.WriteByte(' ')
		}
		if isWord(w) && random.IntN(3) == 0 {
			w = c.anyWord(random)
		}
		b.WriteString(w)
	}
	return b.String()
}

// anyWord is a word of a random passage, so a common word more often.
func (c *Collection) anyWord(random *rand.Rand) string {
	for {
		body := c.passages[random.IntN(len(c.passages))].Body
		if len(body) == 0 {
			continue
		}
		rest := body[random.IntN(len(body)):]
		_, rest, _ = strings.Cut(rest, " ")
		if w, _, ok := strings.Cut(rest, " "); ok && isWord(w) {
			return w
		}
	}
}

// isWord tells a word of letters alone.
func isWord(w string) bool {
	return w != "" && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
}

// shareOfCommon is the part of the passages that a common word stands in, at least.
const shareOfCommon = 1. / 3

// commonWords are the words that stand in many passages: nobody searches for them.
func commonWords(passages []passage) map[string]bool {
	in := map[string]int{}
	for _, p := range passages {
		seen := map[string]bool{}
		for w := range strings.FieldsSeq(strings.ToLower(p.Body)) {
			if isWord(w) && !seen[w] {
				seen[w] = true
				in[w]++
			}
		}
	}
	out := map[string]bool{}
	for w, n := range in {
		if float64(n) > shareOfCommon*float64(len(passages)) {
			out[w] = true
		}
	}
	return out
}

// Queries makes n searches of one to four words that stand in one passage: words of
// its title, or neighbours in its body. Another round gives other searches.
func (c *Collection) Queries(n, round int) []string {
	random := c.random("queries", round)
	out := make([]string, 0, n)
	for len(out) < n {
		p := c.passages[random.IntN(len(c.passages))]
		text := p.Body
		if random.IntN(3) == 0 {
			text = p.Title
		}
		telling := c.telling(text)
		if len(telling) == 0 {
			continue
		}
		at := random.IntN(len(telling))
		out = append(out, strings.Join(telling[at:min(len(telling), at+1+random.IntN(4))], " "))
	}
	return out
}

// telling gives the words of a text that somebody may search for.
func (c *Collection) telling(text string) []string {
	var out []string
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		w = strings.Trim(w, ".,:;()\"'")
		if isWord(w) && utf8.RuneCountInString(w) >= 4 && !c.common[w] {
			out = append(out, w)
		}
	}
	return out
}
