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
	last    cell    // the last part of that cover
}

// cell is the cheapest way to get to a place in the word: the part that ends
// there, and the price of it and all before it.
type cell struct {
	price float64
	from  int // where the part begins
	lemma string
	class class
}

func (s *Splitter) cover(word string, hyphens uint64) *cover {
	c := &cover{Splitter: s, word: word, hyphens: hyphens, best: math.Inf(1)}
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
	if lemma, ok := c.closed.tails[rest]; ok && i > 0 {
		c.finish(cell{price: c.cells[i].price + c.price.Part + c.price.Tail, from: i, lemma: lemma})
	}
	if lemma, ok := c.deverbal(rest); ok && i > 0 {
		c.finish(cell{price: c.cells[i].price + c.price.Part + c.price.Deverbal, from: i, lemma: lemma})
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
	c.reach(next, cell{price: c.cells[i].price + price + c.seams(i, next), from: i, lemma: c.lemma(word, e), class: c.closed.classes[word]})
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
	c.finish(cell{price: c.cells[i].price + price + c.seams(i, len(c.word)), from: i, lemma: c.lemma(word, e)})
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
	part := cell{price: c.cells[i].price + price, from: i, lemma: c.word[i:end]}
	if end == len(c.word) {
		c.finish(part)
		return
	}
	c.reach(end, part)
}

func (c *cover) reach(at int, by cell) {
	if by.price < c.cells[at].price {
		c.cells[at] = by
	}
}

func (c *cover) finish(by cell) {
	if by.from > 0 && by.price < c.best {
		c.best, c.last = by.price, by
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
	for at.from > 0 {
		at = c.cells[at.from]
	}
	return at.class
}

// parts gives the cheapest cover.
func (c *cover) parts() []Part {
	n := 1
	for i := c.last.from; i > 0; i = c.cells[i].from {
		n++
	}
	out := make([]Part, n)
	end, at := len(c.word), c.last
	for n--; ; n-- {
		out[n] = Part{Surface: c.word[at.from:end], Lemma: at.lemma}
		if n == 0 {
			return out
		}
		end, at = at.from, c.cells[at.from]
	}
}
