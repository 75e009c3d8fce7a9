package search

import "math"

// closeness gains what words gain that stand near each other in a text as they
// do in the query (Metzler, Croft: A Markov Random Field Model for Term
// Dependencies, 2005: ordered and unordered windows over neighbouring words).
type closeness struct {
	ranking *Ranking
	pairs   []wordPair
}

// wordPair are two neighbouring words of a query.
type wordPair struct {
	first, second uint16 // hashes
	gap           int    // steps between them in the query
	weight        float64
}

// newCloseness makes the pairs of the query; nil when there are none.
func newCloseness(rk *Ranking, concepts []concept, frequencies []frequency, n int) *closeness {
	if rk.Near == 0 && rk.Phrase == 0 {
		return nil
	}
	c := &closeness{ranking: rk}
	last := -1
	for i := range concepts {
		if concepts[i].typed < 0 || len(concepts[i].terms) == 0 {
			continue
		}
		if last >= 0 {
			a, b := &concepts[last], &concepts[i]
			weight := min(a.weight*inverseDocumentFrequency(frequencies[last].count(), n), b.weight*inverseDocumentFrequency(frequencies[i].count(), n))
			c.pairs = append(c.pairs, wordPair{hashTerm(a.terms[0].term), hashTerm(b.terms[0].term), b.typed - a.typed, weight})
		}
		last = i
	}
	if len(c.pairs) == 0 {
		return nil
	}
	return c
}

// gain gives what the order of a text gains, norm being that of its length, and
// that of a page of its files, nil for none.
func (c *closeness) gain(o order, norm float64, page order) float64 {
	total := 0.0
	for _, p := range c.pairs {
		near, phrase := c.count(o, p)
		onPage, phrases := c.count(page, p)
		near, phrase = near*norm+onPage*c.ranking.Files, phrase*norm+phrases*c.ranking.Files
		k1 := c.ranking.K1
		total += p.weight * (c.ranking.Near*near/(k1+near) + c.ranking.Phrase*phrase/(k1+phrase))
	}
	return total
}

// sum gives what the order of a page is worth among others of the same words.
func (c *closeness) sum(o order) float64 { return c.gain(nil, 0, o) }

// sideBySide gives the share of the neighbours in the query that stand so in a text,
// each by its weight.
func (c *closeness) sideBySide(o order) float64 {
	here, all := 0.0, 0.0
	for _, p := range c.pairs {
		all += p.weight
		if _, phrases := c.count(o, p); phrases > 0 {
			here += p.weight
		}
	}
	return here / all
}

// count gives how often a pair stands within the window, each time worth one
// over its distance, and how often as in the query or side by side.
func (c *closeness) count(o order, p wordPair) (near, phrase float64) {
	first, second := math.MinInt32, math.MinInt32
	o.each(func(hash uint16, at int) bool {
		switch hash {
		case p.first:
			first = at
			if d := at - second; d <= c.ranking.Window {
				near += 1 / float64(d)
			}
		case p.second:
			second = at
			d := at - first
			if d <= c.ranking.Window {
				near += 1 / float64(d)
			}
			if d == 1 || d == p.gap {
				phrase++
			}
		}
		return true
	})
	return near, phrase
}
