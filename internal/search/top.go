package search

import (
	"math"
	"slices"

	"leerkring/internal/kb"
)

// reranked is how many of the best hits are looked at more closely: whether
// words stand near each other, how fresh they are. Gains are never negative, so
// that no hit outside of these could have come before them.
const reranked = 60

// topHits are the hits of one page. Those with the best scores, the head, gain
// what a closer look gives; the others stand behind them as they are.
type topHits struct {
	gains func(*candidate) (gain, error) // nil for an order without
	head  best                           // for a page after a key
	page  best
}

// outside reports whether no part of the page has a place for a score.
func (t *topHits) outside(score float64) bool {
	return t.head.outside(score) && t.page.outside(score)
}

func (t *topHits) offer(c *candidate) {
	if t.head.n > 0 {
		t.head.offer(c)
	}
	t.page.offer(c)
}

// take gives the first hits after a key.
func (t *topHits) take(first int, after *key) ([]candidate, error) {
	page := t.page.take()
	if t.gains == nil {
		return page, nil
	}
	head := page[:min(reranked, len(page))]
	rest := page[len(head):]
	if after != nil {
		head = t.head.take()
		rest = slices.DeleteFunc(page, func(c candidate) bool {
			return slices.ContainsFunc(head, func(h candidate) bool { return h.segment == c.segment && h.doc == c.doc })
		})
	}
	for i := range head {
		g, err := t.gains(&head[i])
		if err != nil {
			return nil, err
		}
		head[i].gain = g
		head[i].score += g.sum()
	}
	out := slices.Concat(head, rest)
	slices.SortFunc(out, func(a, b candidate) int {
		if before(t.page.order, &a.key, &b.key) {
			return -1
		}
		return 1
	})
	if after != nil {
		out = slices.DeleteFunc(out, func(c candidate) bool { return !before(t.page.order, after, &c.key) })
	}
	return out[:min(first, len(out))], nil
}

// gain is what a hit gains on a closer look: for words that stand near each
// other, for words that stand on one page of its files, for being fresh and for being a
// lesson.
type gain struct{ near, page, fresh, lesson float64 }

func (g *gain) sum() float64 { return g.near + g.page + g.fresh + g.lesson }

// gains gives what hits gain.
func (x *Index) gains(p *plan) func(*candidate) (gain, error) {
	near := p.pages.near
	lesson := make([][]uint32, len(p.view.segments))
	for s := range p.view.segments {
		lesson[s] = p.view.segments[s].cols.values[colKind].find([]string{string(kb.KindLesson)})
	}
	return func(c *candidate) (gain, error) {
		part := &p.view.segments[c.segment]
		g := gain{fresh: c.score * x.ranking.fresh(part.cols.dates[c.doc], p.readable.newest)}
		if overlaps(part.cols.values[colKind].at(c.doc), lesson[c.segment]) {
			g.lesson = c.score * x.ranking.Lesson
		}
		if near == nil {
			return g, nil
		}
		o, err := part.order(c.doc)
		if err != nil {
			return g, err
		}
		page, err := p.pages.best(spot{c.segment, c.doc})
		if err != nil {
			return g, err
		}
		var onPage order
		if page != nil {
			onPage, g.page = page.order, p.pages.together(page)
		}
		g.near = near.gain(o, float64(p.readable.norms(p.view, &x.ranking)[c.segment][c.doc]), onPage)
		return g, nil
	}
}

// fresh gives the share of the score that a date gains when newest is the last
// date of the collection, both in milliseconds since 1970. No clock decides, so that
// scores stay as they are while somebody pages through them.
func (r *Ranking) fresh(date, newest int64) float64 {
	if date == noDate || r.Fresh == 0 {
		return 0
	}
	const year = 365.25 * 24 * 3600 * 1000
	age := float64(newest-date) / year
	return r.Fresh * math.Exp2(-age/r.FreshYears)
}
