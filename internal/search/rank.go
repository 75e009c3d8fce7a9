package search

import "context"

// scored are the documents of one segment that match, with their scores.
type scored struct {
	docs   []uint32 // ascending
	scores []float32
}

// score ranks the readable documents of a view in which any of the concepts
// occurs, and gives the number of documents in which each does.
func (v *view) score(ctx context.Context, rk *Ranking, concepts []concept, readable *readable) ([]scored, []frequency, error) {
	all := make([][]gathered, len(v.segments)) // segment, concept
	frequencies := make([]frequency, len(concepts))
	for s := range v.segments {
		g := &gatherer{part: &v.segments[s], readable: readable.sets[s], norms: readable.norms(v, rk)[s]}
		all[s] = make([]gathered, len(concepts))
		for c := range concepts {
			if err := ctx.Err(); err != nil {
				return nil, nil, err
			}
			var err error
			if all[s][c], err = g.concept(&concepts[c]); err != nil {
				return nil, nil, err
			}
			frequencies[c].add(all[s][c])
		}
	}
	out := make([]scored, len(v.segments))
	for s := range v.segments {
		scores := make([]float32, v.segments[s].cols.docs)
		matched := newBitset(len(scores))
		for c := range concepts {
			weight, k1 := concepts[c].saturation(rk, frequencies[c].count(), readable.n)
			add(scores, all[s][c], float32(weight), float32(k1))
			if !concepts[c].optional {
				matched.add(all[s][c].docs)
			}
		}
		out[s] = scored{docs: matched.list(), scores: scores}
	}
	return out, frequencies, nil
}

// saturation gives the most that a concept can give a document, and how soon it does.
func (c *concept) saturation(rk *Ranking, frequency, n int) (weight, k1 float64) {
	weight = c.weight * inverseDocumentFrequency(frequency, n)
	if c.presence {
		return weight, rk.RegionK1
	}
	return weight, rk.K1
}

// add adds what one concept gives: weight·often/(k1 + often).
func add(scores []float32, g gathered, weight, k1 float32) {
	for i, d := range g.docs {
		f := g.often[i]
		scores[d] += weight * f / (k1 + f)
	}
}
