package eval

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Change writes a query in another way; it gives the same text where it has
// nothing to change. random is that of the query alone, so that what becomes of a
// query does not depend on which others there are.
type Change func(text string, random *rand.Rand) string

// Apply changes the texts of queries, one change after the other, and says how many
// of them became others. The same seed gives the same texts.
func Apply(queries []Query, seed uint64, changes ...Change) (changed []Query, count int) {
	changed = make([]Query, len(queries))
	for i, q := range queries {
		random := rand.New(rand.NewPCG(seed, hash(q.ID)))
		was := q.Text
		for _, change := range changes {
			q.Text = change(q.Text, random)
		}
		if q.Text != was {
			count++
		}
		changed[i] = q
	}
	return changed, count
}

// hash makes a number of an id, the same every time.
func hash(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // never fails
	return h.Sum64()
}

// oneLine puts a text on one line with single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// word is a place in a text.
type word struct{ start, end int }

// words gives the words of a text: runs of letters and digits, with hyphens and
// apostrophes inside.
func words(text string) []word {
	var out []word
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			i += size
			continue
		}
		start, end := i, i+size
		for j := end; j < len(text); {
			r, size := utf8.DecodeRuneInString(text[j:])
			j += size
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				end = j
			} else if !strings.ContainsRune("-'’", r) || j-size != end {
				break
			}
		}
		out = append(out, word{start, end})
		i = end
	}
	return out
}

// eachWord gives the text with every word replaced by what becomes of it in small
// letters; ok is false for a word that stays. Names in camel case stay too.
func eachWord(text string, become func(lower string) (other string, ok bool)) string {
	var b strings.Builder
	at := 0
	for _, w := range words(text) {
		if _, inner := utf8.DecodeRuneInString(text[w.start:w.end]); strings.ContainsFunc(text[w.start+inner:w.end], unicode.IsUpper) {
			continue
		}
		other, ok := become(strings.ToLower(text[w.start:w.end]))
		if !ok {
			continue
		}
		b.WriteString(text[at:w.start])
		b.WriteString(other)
		at = w.end
	}
	b.WriteString(text[at:])
	return b.String()
}
