package compound

import (
	"math"
	"strings"

	"leerkring/internal/search/dutch/internal/lexicon"
)

// cover finds the cheapest way to cover a word with parts.
type cover struct {
	*Splitter
	word    string
	hyphens uint64 // bit n for a hyphen after n bytes
	cells   [maxLetters + 1]cell
	best    float64 // the price of the cheapest cover by two parts or more
	last    int     // where the last part of that cover begins
}

// cell is the cheapest way to get to a place in the word: the part that ends
// there, and the price of it and all before it.
type cell struct {
	price float64
	from  uint8 // where the part begins
	to    uint8 // where its word ends, and its linking letters begin
	class class
}

// cover finds the cheapest cover of a word.
func (s *Splitter) cover(word string, hyphens uint64) cover {
	c := cover{Splitter: s, word: word, hyphens: hyphens, best: math.Inf(1)}
	for i := range c.cells[:len(word)+1] {
		c.cells[i].price = math.Inf(1)
	}
	c.cells[0].price = 0
	for i := range len(word) - 1 {
		if c.cells[i].price < c.best {
			c.goOn(i)
		}
	}
	return c
}

// goOn tries every part that begins at i.
func (c *cover) goOn(i int) {
	rest := c.word[i:]
	c.words.Prefixes(rest, func(end int, e lexicon.Entry) {
		if end == len(rest) {
			if i > 0 {
				c.head(i, e, c.families[rest])
			}
			return
		}
		for _, link := range c.closed.links {
			if strings.HasPrefix(rest[end:], link) {
				c.modifier(i, i+end, link, e, c.families[rest[:end+len(link)]])
			}
		}
	})
	if _, ok := c.closed.tails[rest]; ok {
		c.finish(i, c.price.Part+c.price.Tail)
	}
	if _, ok := c.deverbal(rest); ok {
		c.finish(i, c.price.Part+c.price.Deverbal)
	}
	c.strange(i)
}

// modifier tries the word from i to end with linking letters as a part that is
// not the last.
func (c *cover) modifier(i, end int, link string, e lexicon.Entry, z Size) {
	word := c.word[i:end]
	price, ok := c.first(word, link, e, z)
	next := end + len(link)
	if !ok || next > len(c.word)-2 || c.suffixAt(next) {
		return
	}
	c.reach(next, i, end, price+c.seams(i, next))
}

// suffixAt tells of a seam that cannot be: e|ring is the suffix -ering or -ëring.
func (c *cover) suffixAt(at int) bool {
	return c.word[at-1] == 'e' && strings.HasPrefix(c.word[at:], "ring")
}

// head tries the rest of the word from i as the last part.
func (c *cover) head(i int, e lexicon.Entry, z Size) {
	word := c.word[i:]
	price, ok := c.end(word, e, z)
	if !ok || !c.fits(i, word, e) {
		return
	}
	c.finish(i, price+c.seams(i, len(c.word)))
}

// strange tries what stands between two hyphens, or a hyphen and the end, as a
// part that the list does not have to know: a name, a number.
func (c *cover) strange(i int) {
	if c.hyphens == 0 || i > 0 && !c.hyphen(i) {
		return
	}
	end := i + 1
	for end < len(c.word) && !c.hyphen(end) {
		end++
	}
	if end-i < 2 {
		return
	}
	price := c.price.Strange + c.price.StrangeLetter*float64(end-i)
	if end == len(c.word) {
		c.finish(i, price)
		return
	}
	c.reach(end, i, end, price)
}

// reach gets to a place by a part that begins at from and whose word ends at to.
func (c *cover) reach(at, from, to int, price float64) {
	if price += c.cells[from].price; price < c.cells[at].price {
		c.cells[at] = cell{price: price, from: uint8(from), to: uint8(to), class: c.closed.classes[c.word[from:to]]}
	}
}

// finish gets to the end by a part that begins at from.
func (c *cover) finish(from int, price float64) {
	if price += c.cells[from].price; from > 0 && price < c.best {
		c.best, c.last = price, from
	}
}

func (c *cover) hyphen(at int) bool { return c.hyphens&(1<<at) != 0 }

// seams gives the price of a part from i to end for the hyphens in it.
func (c *cover) seams(i, end int) float64 {
	price := 0.0
	if c.hyphens == 0 {
		return price
	}
	for at := i + 1; at < end; at++ {
		if c.hyphen(at) {
			price += c.price.Hyphen
		}
	}
	if c.hyphen(end) {
		price -= c.price.Hyphen
	}
	return price
}

// deverbal tells whether a word that need not be listed is made of a verb in a
// way that is open to every verb, and gives its lemma: opwekkers, overschrijdend.
func (c *cover) deverbal(word string) (lemma string, ok bool) {
	for _, d := range c.closed.suffixes {
		base, cut := strings.CutSuffix(word, d.suffix)
		if !cut || !d.verb || d.lemma == "" || len(base) < 4 {
			continue
		}
		if e, listed := c.words.Find(base + d.base); listed && e.Is(lexicon.Verb) {
			return base + d.lemma, true
		}
	}
	return "", false
}

// begins gives the class of the first part of the cheapest cover.
func (c *cover) begins() class {
	at := c.last
	for c.cells[at].from > 0 {
		at = int(c.cells[at].from)
	}
	return c.cells[at].class
}

// parts gives the cheapest cover.
func (c *cover) parts() []Part {
	n := 1
	for at := c.last; at > 0; at = int(c.cells[at].from) {
		n++
	}
	out := make([]Part, n)
	out[n-1] = Part{Surface: c.word[c.last:], Lemma: c.lastLemma(c.word[c.last:])}
	for at := c.last; at > 0; at = int(c.cells[at].from) {
		n--
		from, to := c.cells[at].from, c.cells[at].to
		out[n-1] = Part{Surface: c.word[from:at], Lemma: c.partLemma(c.word[from:to])}
	}
	return out
}

func (c *cover) lastLemma(word string) string {
	if lemma, ok := c.closed.tails[word]; ok {
		return lemma
	}
	if _, listed := c.words.Find(word); !listed {
		if lemma, ok := c.deverbal(word); ok {
			return lemma
		}
	}
	return c.partLemma(word)
}

// partLemma gives the lemma of a listed word, and any other word itself.
func (c *cover) partLemma(word string) string {
	if e, listed := c.words.Find(word); listed {
		return c.lemma(word, e)
	}
	return word
}
