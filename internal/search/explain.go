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
	memory := x.scratches.get(part.cols.docs)
	for i := range p.concepts {
		g := &gatherer{part, one, p.readable.norms(p.view, &x.ranking)[c.segment], memory}
		found, err := g.concept(&p.concepts[i])
		if err != nil {
			return nil, err
		}
		often := 0.0
		g.each(found, func(_ uint32, n float32) { often = float64(n) })
		if often == 0 {
			continue
		}
		occurrences, err := part.occurrences(&p.concepts[i], c.doc, often)
		if err != nil {
			return nil, err
		}
		frequency := p.frequencies[i].count()
		weight, k1 := p.concepts[i].saturation(&x.ranking, frequency, p.readable.n)
		value := weight * often / (k1 + often)
		out.Factors = append(out.Factors, kb.Explanation{
			Name: p.concepts[i].label, Kind: "product", Value: value,
			Factors: []kb.Explanation{
				{Name: "weight", Value: p.concepts[i].weight},
				{Name: "rarity", Value: inverseDocumentFrequency(frequency, p.readable.n)},
				{Name: "saturation", Value: often / (k1 + often), Factors: []kb.Explanation{occurrences}},
			},
		})
	}
	x.scratches.put(memory) // with an error it may not be clean
	for name, value := range map[string]float64{"nearness": c.gain.near, "page": c.gain.page, "freshness": c.gain.fresh, "lesson": c.gain.lesson} {
		if value > 0 {
			out.Factors = append(out.Factors, kb.Explanation{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(out.Factors, func(a, b kb.Explanation) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Name, b.Name))
	})
	return out, nil
}

// occurrences says how much of what counts as occurrences of a concept comes from
// the files of a document.
func (p *part) occurrences(c *concept, doc uint32, often float64) (kb.Explanation, error) {
	out := kb.Explanation{Name: "occurrences", Value: often}
	inFiles := 0.0
	for _, a := range c.terms {
		list, err := p.postings(a.term)
		if err != nil {
			return out, err
		}
		if i, ok := slices.BinarySearchFunc(list, doc, func(q posting, d uint32) int { return cmp.Compare(q.doc, d) }); ok {
			inFiles += float64(a.weight) * float64(list[i].files) / unit
		}
	}
	if inFiles > 0 {
		out.Kind = "sum"
		out.Factors = []kb.Explanation{{Name: "text", Value: max(0, often-inFiles)}, {Name: "files", Value: inFiles}}
	}
	return out, nil
}
