package search

import "context"

// scored are the documents that match, with their scores, by segment. They are
// valid until they are released.
type scored struct {
	memory   *scratches
	segments []*scratch
	// frequencies tell in how many documents each concept occurs.
	frequencies []frequency
}

// docs gives the documents of a segment that match, in order; scores those of all
// documents of the segment.
func (f *scored) docs(s int) []uint32    { return f.segments[s].docs }
func (f *scored) scores(s int) []float32 { return f.segments[s].scores }

func (f *scored) release() {
	for _, s := range f.segments {
		f.memory.put(s)
	}
}

// score ranks the readable documents of a view in which any of the concepts
// occurs. What it gives is to be released.
func (x *Index) score(ctx context.Context, v *view, concepts []concept, readable *readable) (*scored, error) {
	out := &scored{memory: &x.scratches, frequencies: make([]frequency, len(concepts))}
	gatherers := make([]gatherer, len(v.segments))
	all := make([][]gathered, len(v.segments)) // segment, concept
	for s := range v.segments {
		out.segments = append(out.segments, x.scratches.get(v.segments[s].cols.docs))
		g := &gatherers[s]
		*g = gatherer{&v.segments[s], readable.sets[s], readable.norms(v, &x.ranking)[s], out.segments[s]}
		all[s] = make([]gathered, len(concepts))
		for c := range concepts {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			var err error
			if all[s][c], err = g.concept(&concepts[c]); err != nil {
				return nil, err
			}
			out.frequencies[c].add(all[s][c])
		}
	}
	optional := out.common(&x.ranking, concepts, readable.n)
	for s := range gatherers {
		g := &gatherers[s]
		for c := range concepts {
			weight, k1 := concepts[c].saturation(&x.ranking, out.frequencies[c].count(), readable.n)
			g.add(all[s][c], float32(weight), float32(k1), !optional[c])
		}
		g.docs = g.matched.appendTo(g.docs[:0])
	}
	return out, nil
}

// fewDocuments is how many documents a word may be in, however small the
// collection, without being common.
const fewDocuments = 20

// common tells which concepts find nothing by themselves: those that are optional,
// and, beside words that tell more, words that very many documents hold (hoe,
// gemeente, werken). They rank what others find.
func (f *scored) common(rk *Ranking, concepts []concept, n int) []bool {
	out := make([]bool, len(concepts))
	many, telling := max(fewDocuments, int(rk.Common*float64(n))), false
	for c := range concepts {
		often := f.frequencies[c].count()
		telling = telling || !concepts[c].optional && often > 0 && often <= many
	}
	for c := range concepts {
		out[c] = concepts[c].optional || telling && f.frequencies[c].count() > many
	}
	return out
}

// add adds what one concept gives: weight·often/(k1 + often).
func (g *gatherer) add(found gathered, weight, k1 float32, matches bool) {
	g.each(found, func(d uint32, often float32) {
		g.scores[d] += weight * often / (k1 + often)
		if matches {
			g.matched.set(d)
		}
	})
}

// saturation gives the most that a concept can give a document, and how soon it does.
func (c *concept) saturation(rk *Ranking, frequency, n int) (weight, k1 float64) {
	weight = c.weight * inverseDocumentFrequency(frequency, n)
	if c.presence {
		return weight, rk.RegionK1
	}
	return weight, rk.K1
}
