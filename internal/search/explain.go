package search

import (
	"cmp"
	"slices"

	"leerkring/internal/kb"
)

// explain says how the score of a hit was made.
func (x *Index) explain(p *plan, c *candidate) (*kb.Explanation, error) {
	one := newBitset(p.view.segments[c.segment].cols.docs)
	one.set(c.doc)
	part := &p.view.segments[c.segment]
	out := &kb.Explanation{Name: "score", Kind: "sum", Value: c.score}
	if p.order != kb.SortRelevance {
		return out, nil // it has no score
	}
	for i := range p.concepts {
		g := &gatherer{part: part, readable: one, norms: p.readable.norms(p.view, &x.ranking)[c.segment]}
		found, err := g.concept(&p.concepts[i])
		if err != nil {
			return nil, err
		}
		if len(found.docs) == 0 {
			continue
		}
		frequency, err := p.frequency(x, &p.concepts[i])
		if err != nil {
			return nil, err
		}
		weight, k1 := p.concepts[i].saturation(&x.ranking, frequency, p.readable.n)
		often := float64(found.often[0])
		value := weight * often / (k1 + often)
		out.Factors = append(out.Factors, kb.Explanation{
			Name: p.concepts[i].label, Kind: "product", Value: value,
			Factors: []kb.Explanation{
				{Name: "weight", Value: p.concepts[i].weight},
				{Name: "rarity", Value: inverseDocumentFrequency(frequency, p.readable.n)},
				{Name: "saturation", Value: often / (k1 + often), Factors: []kb.Explanation{{Name: "occurrences", Value: often}}},
			},
		})
	}
	for name, value := range map[string]float64{"nearness": c.gain.near, "freshness": c.gain.fresh, "lesson": c.gain.lesson} {
		if value > 0 {
			out.Factors = append(out.Factors, kb.Explanation{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(out.Factors, func(a, b kb.Explanation) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Name, b.Name))
	})
	return out, nil
}

// frequency counts the readable documents in which a concept occurs.
func (p *plan) frequency(x *Index, c *concept) (int, error) {
	var n frequency
	for s := range p.view.segments {
		g := &gatherer{part: &p.view.segments[s], readable: p.readable.sets[s], norms: p.readable.norms(p.view, &x.ranking)[s]}
		found, err := g.concept(c)
		if err != nil {
			return 0, err
		}
		n.add(found)
	}
	return n.count(), nil
}
