package search

import "slices"

// concept is one thing that a query asks for: a word with all that stands for it.
type concept struct {
	// label is what was typed.
	label  string
	weight float64
	// terms, wordings and values each stand for the concept, with their own weight.
	terms    []alternative
	wordings []wording
	values   []valueOf
	// presence says that how often it occurs tells little (a region).
	presence bool
	// optional says that it adds to the score of what other concepts find, and finds
	// nothing itself.
	optional bool
	// typed numbers the words of the query, from 0, for nearness; -1 for a concept
	// that is no word of the query.
	typed int
	// word is its place among the words of the plan.
	word int
}

// alternative is a term that stands for a concept.
type alternative struct {
	term   string
	weight float32
}

// wording is a list of terms that stand for a concept when all are there.
type wording struct {
	terms  []string
	weight float32
}

// valueOf is a value of a column that stands for a concept, like the code of a region.
type valueOf struct {
	letter byte
	value  string
	weight float32
}

func (c *concept) addTerm(term string, weight float64) {
	if term != "" && weight > 0 && !slices.ContainsFunc(c.terms, func(a alternative) bool { return a.term == term }) {
		c.terms = append(c.terms, alternative{term, float32(weight)})
	}
}

// addWording adds a wording; one term is a wording too.
func (c *concept) addWording(terms []string, weight float64) {
	if len(terms) > 0 && weight > 0 {
		c.wordings = append(c.wordings, wording{terms, float32(weight)})
	}
}

// gathered are the documents of one segment in which a concept occurs, with how
// often: occurrences in all fields, weighted and normalised by length. Either as
// the postings of the one term that stands for it, with what each counts, or as
// documents with their sums.
type gathered struct {
	list  []posting
	count float32

	docs  []uint32
	often []float32
	// all is in how many readable documents it occurs, own in how many of them the
	// word itself does, the first of the terms; all for a concept without terms.
	all, own int
}

// gatherer gathers concepts in one segment.
type gatherer struct {
	part     *part
	readable bitset
	norms    []float32
	*scratch
}

func (g *gatherer) concept(c *concept) (gathered, error) {
	if len(c.terms) == 1 && len(c.wordings)+len(c.values) == 0 {
		return g.single(c.terms[0])
	}
	var out gathered
	add := func(d uint32, f float32) {
		if !g.readable.has(d) {
			return
		}
		if g.sum[d] == 0 {
			out.docs = append(out.docs, d)
		}
		g.sum[d] += f
	}
	for i, a := range c.terms {
		list, err := g.part.postings(a.term)
		if err != nil {
			return out, err
		}
		for _, p := range list {
			add(p.doc, a.weight*float32(p.units)/unit*g.norms[p.doc]+a.weight*float32(p.files)/unit)
		}
		if i == 0 {
			out.own = len(out.docs)
		}
	}
	for _, w := range c.wordings {
		if err := g.wording(w, add); err != nil {
			return out, err
		}
	}
	for _, v := range c.values {
		docs, err := g.part.valued(v.letter, v.value)
		if err != nil {
			return out, err
		}
		for _, d := range docs {
			add(d, v.weight)
		}
	}
	out.all = len(out.docs)
	if len(c.terms) == 0 {
		out.own = out.all
	}
	out.often = make([]float32, len(out.docs))
	for i, d := range out.docs {
		out.often[i] = g.sum[d]
		g.sum[d] = 0
	}
	return out, nil
}

// single gathers a concept for which one term stands, as most have.
func (g *gatherer) single(a alternative) (gathered, error) {
	list, err := g.part.postings(a.term)
	out := gathered{list: list, count: a.weight / unit}
	for i := range list {
		if g.readable.has(list[i].doc) {
			out.own++
		}
	}
	out.all = out.own
	return out, err
}

// each visits the readable documents with how often the concept occurs.
func (g *gatherer) each(found gathered, visit func(doc uint32, often float32)) {
	for i := range found.list {
		if p := &found.list[i]; g.readable.has(p.doc) {
			visit(p.doc, found.count*float32(p.units)*g.norms[p.doc]+found.count*float32(p.files))
		}
	}
	for i, d := range found.docs {
		visit(d, found.often[i])
	}
}

// frequency is in how many documents a concept occurs, for telling how rare it
// is: the word itself, if it stands anywhere. What also stands for it makes it no
// commoner.
type frequency struct{ own, all int }

func (f *frequency) add(g gathered) {
	f.own += g.own
	f.all += g.all
}

func (f *frequency) count() int {
	if f.own > 0 {
		return f.own
	}
	return f.all
}

// wording adds the documents that hold all terms, as often as the first of them.
func (g *gatherer) wording(w wording, add func(uint32, float32)) error {
	if len(w.terms) > 200 {
		return nil // more than here can count, and no wording is that long
	}
	var first []posting
	for i, term := range w.terms {
		list, err := g.part.postings(term)
		if err != nil {
			return err
		}
		if i == 0 {
			first = list
		}
		for _, p := range list {
			if g.here[p.doc] == uint8(i) {
				g.here[p.doc]++
			}
		}
	}
	for _, p := range first {
		if int(g.here[p.doc]) == len(w.terms) {
			add(p.doc, w.weight*float32(p.units)/unit*g.norms[p.doc]+w.weight*float32(p.files)/unit)
		}
		g.here[p.doc] = 0
	}
	return nil
}
