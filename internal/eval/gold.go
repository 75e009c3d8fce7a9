package eval

import (
	"io"
	"math/rand/v2"
	"os"
	"strings"
)

// Gold is a list of compounds whose parts people have marked.
type Gold struct {
	// pieces are the parts of a word as they are written in it, linking letters with
	// the part before them; by the word in small letters.
	pieces map[string][]string
	// joined are the words by their parts with spaces between them: each part as it
	// is written in the word or as its lemma.
	joined map[string]string
	most   int // parts of the compound that has most
}

// maxCompound is the most bytes that a compound may have, maxParts the most parts.
const (
	maxCompound = 200
	maxParts    = 8
)

// OpenGold reads a list of compounds from a file. NotFound, or Invalid with the line.
func OpenGold(name string) (*Gold, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, unreadable(err, name)
	}
	defer func() { _ = f.Close() }() // it was only read
	return ReadGold(f, name)
}

// ReadGold reads a list as ReadCompounds does. Words of unlikely length are passed by.
func ReadGold(r io.Reader, name string) (*Gold, error) {
	rows, err := ReadCompounds(r, name)
	if err != nil {
		return nil, err
	}
	g := &Gold{pieces: map[string][]string{}, joined: map[string]string{}}
	for _, row := range rows {
		lemmas := strings.ToLower(strings.Join(row.Lemmas, "_"))
		if max(len(row.Word), len(lemmas)) <= maxCompound && len(row.Lemmas) <= maxParts {
			g.add(strings.ToLower(row.Word), strings.Split(lemmas, "_"))
		}
	}
	return g, nil
}

func (g *Gold) add(word string, lemmas []string) {
	pieces := align(word, lemmas)
	if pieces == nil {
		return
	}
	g.pieces[word] = pieces
	g.most = max(g.most, len(pieces))
	phrases := []string{""}
	for i, lemma := range lemmas {
		var longer []string
		for _, p := range phrases {
			longer = append(longer, strings.TrimSpace(p+" "+pieces[i]))
			if lemma != pieces[i] {
				longer = append(longer, strings.TrimSpace(p+" "+lemma))
			}
		}
		phrases = longer
	}
	for _, p := range phrases {
		g.joined[p] = word
	}
}

// Split writes every word of a query that is in the list as its parts.
func (g *Gold) Split(text string, _ *rand.Rand) string {
	return eachWord(text, func(w string) (string, bool) {
		pieces, ok := g.pieces[w]
		return strings.Join(pieces, " "), ok
	})
}

// Join writes neighbouring words of a query that are a compound of the list as one
// word: its linking letters, and the last word as it was typed.
func (g *Gold) Join(text string, _ *rand.Rand) string {
	all := words(text)
	var b strings.Builder
	at := 0
	for i := 0; i < len(all); i++ {
		n, head := g.compoundAt(text, all[i:])
		if n == 0 {
			continue
		}
		b.WriteString(text[at:all[i].start])
		b.WriteString(head)
		i += n - 1
		at = all[i].start
	}
	b.WriteString(text[at:])
	return b.String()
}

// compoundAt tells how many of the words that come next are a compound, and gives
// the compound up to its last part.
func (g *Gold) compoundAt(text string, next []word) (n int, head string) {
	for n := min(g.most, len(next)); n > 1; n-- {
		phrase := text[next[0].start:next[n-1].end]
		compound, ok := g.joined[strings.ToLower(phrase)]
		if ok {
			pieces := g.pieces[compound]
			return n, strings.Join(pieces[:len(pieces)-1], "")
		}
	}
	return 0, ""
}

// align cuts a word into as many pieces as it has lemmas, so that the pieces are
// as like the lemmas as can be; of equals the one whose first pieces are longest,
// since linking letters belong to what stands before them. nil when the word is
// too short.
func align(word string, lemmas []string) []string {
	letters := []rune(word)
	type cut struct {
		cost int // edits between the pieces up to here and their lemmas
		from int // where the last of them begins
	}
	const never = 1 << 30
	rows := make([][]cut, len(lemmas)+1)
	rows[0] = make([]cut, len(letters)+1)
	for end := range rows[0] {
		rows[0][end].cost = never
	}
	rows[0][0].cost = 0
	for i, lemma := range lemmas {
		rows[i+1] = make([]cut, len(letters)+1)
		for end := range rows[i+1] {
			best := cut{cost: never}
			for from := range end {
				cost := rows[i][from].cost + edits(letters[from:end], []rune(lemma))
				if cost <= best.cost { // of equals the last: what stands before is longest
					best = cut{cost, from}
				}
			}
			rows[i+1][end] = best
		}
	}
	if rows[len(lemmas)][len(letters)].cost >= never {
		return nil
	}
	pieces := make([]string, len(lemmas))
	end := len(letters)
	for i := len(lemmas); i > 0; i-- {
		from := rows[i][end].from
		pieces[i-1] = strings.Trim(string(letters[from:end]), "-")
		end = from
	}
	return pieces
}

// edits is the Levenshtein distance: how many letters to insert, leave out or
// replace to make one word of the other.
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, ra := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, rb := range b {
			cost := diagonal
			if ra != rb {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
