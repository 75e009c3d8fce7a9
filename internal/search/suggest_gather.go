package search

import (
	"context"
	"slices"

	"leerkring/internal/kb"
)

// gathering collects, from what is readable, everything that can be suggested for
// what was typed. Material is by far the most, so that it is only counted, and its
// titles are looked at as long as better ones may come.
type gathering struct {
	view  *view
	typed *typed
	// materials and entities are what the actor may read.
	materials, entities *readable
	hits                [numClasses][]startHit // at most this many of each class, best first
	most                int
	// words and names count the material that goes on from what was typed with a
	// word of its title or a name.
	words, names []valueCount
}

// gather collects what can be suggested to an actor.
func (v *view) gather(ctx context.Context, actor kb.Actor, t *typed, first int) (*gathering, error) {
	g := &gathering{
		view: v, typed: t, most: 2 * first,
		materials: v.readable(actor, published(kb.MaterialKinds()...)), entities: v.readable(actor, published(entityKinds()...)),
	}
	found := make([]*met, len(v.segments))
	for s := range v.segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found[s] = g.meet(s)
		g.segment(found[s])
	}
	// The first hit that does not begin so comes after all that do.
	for _, m := range found {
		if n := len(g.hits[classTitle]); n < g.most || !g.hits[classTitle][n-1].begins {
			g.otherTitles(m)
		}
	}
	return g, nil
}

// met is where what was typed is met in one segment.
type met struct {
	s     int
	cols  *columns
	words []ordinalSpan // of each word that was typed
	last  ordinalSpan   // of the last one
	names ordinalSpan   // of the whole text
	none  bool          // there is no word for one of them
	// held, named and begun are the documents that have all words, a name, and a
	// label that begins with the whole text.
	held, named, begun bitset
}

// meet looks up what was typed.
func (g *gathering) meet(s int) *met {
	cols := g.view.segments[s].cols
	words, names := &cols.values[colWord], &cols.values[colName]
	m := &met{s: s, cols: cols, held: newBitset(cols.docs), named: newBitset(cols.docs), begun: newBitset(cols.docs)}
	for i, w := range g.typed.words {
		m.last = beginning(words.values, w)
		if i < len(g.typed.words)-1 {
			m.last = exactly(words.values, w)
		}
		m.words = append(m.words, m.last)
		m.none = m.none || m.last.from == m.last.to
	}
	if m.none {
		m.last = ordinalSpan{}
	} else {
		m.hold(g.typed)
	}
	m.names = g.typed.span(names.values, g.typed.text)
	names.mark(m.names, m.named)
	label := g.typed.span(cols.titleOf, g.typed.title)
	for d, title := range cols.titles {
		if label.holds(title) {
			m.begun.set(uint32(d))
		}
	}
	return m
}

// hold finds the documents that have all words. One that is still to come asks
// for nothing.
func (m *met) hold(t *typed) {
	words := &m.cols.values[colWord]
	words.mark(m.words[0], m.held)
	for i, w := range m.words[1:] {
		if t.words[i+1] == "" {
			continue
		}
		other := newBitset(m.cols.docs)
		words.mark(w, other)
		for j := range m.held {
			m.held[j] &= other[j]
		}
	}
}

// segment counts the material of a segment, and takes in its entities and the
// titles that begin with what was typed.
func (g *gathering) segment(m *met) {
	material, entity := g.materials.sets[m.s], g.entities.sets[m.s]
	g.countWords(m, material)
	g.countNames(m, material)
	m.begun.each(func(d uint32) {
		if material.has(d) {
			g.offer(classTitle, startHit{kind: kb.SuggestMaterial, begins: true}, m.s, d)
		}
	})
	entity.each(func(d uint32) {
		if m.held.has(d) || m.named.has(d) || m.begun.has(d) {
			g.entity(m, d)
		}
	})
}

// otherTitles takes in the titles that hold all words without beginning so.
func (g *gathering) otherTitles(m *met) {
	material := g.materials.sets[m.s]
	m.held.each(func(d uint32) {
		if material.has(d) && !m.begun.has(d) {
			g.offer(classTitle, startHit{kind: kb.SuggestMaterial}, m.s, d)
		}
	})
}

// entity takes in a record that is no material.
func (g *gathering) entity(m *met, d uint32) {
	h := startHit{begins: m.begun.has(d), byName: !m.held.has(d) && !m.begun.has(d)}
	kinds := &m.cols.values[colKind]
	for _, ord := range kinds.at(d) {
		h.kind = suggestionKind(kb.Kind(kinds.values[ord]))
	}
	h.past = h.kind == kb.SuggestRegion && len(m.cols.values[colRegionKind].at(d)) == 0
	switch {
	case h.begins && m.cols.titleOf[m.cols.titles[d]] == g.typed.title, h.byName && g.exactName(m, d):
		g.offer(classExact, h, m.s, d)
	case h.begins:
		g.offer(classStarts, h, m.s, d)
	default:
		g.offer(classOther, h, m.s, d)
	}
}

// exactName reports whether one of the names of a document is what was typed.
func (g *gathering) exactName(m *met, d uint32) bool {
	names := &m.cols.values[colName]
	return slices.ContainsFunc(names.at(d), func(ord uint32) bool {
		folded, _ := splitStart(names.values[ord])
		return folded == g.typed.text
	})
}

// countWords counts what the words of titles go on with.
func (g *gathering) countWords(m *met, counted bitset) {
	words := &m.cols.values[colWord]
	counts := make([]int, m.last.to-m.last.from)
	if !g.typed.toCome() {
		words.eachIn(m.last, func(d, ord uint32) {
			if m.held.has(d) && counted.has(d) {
				counts[ord-m.last.from]++
			}
		})
	} else { // any word of the few documents that have those before it
		m.held.each(func(d uint32) {
			for _, ord := range words.at(d) {
				if counted.has(d) {
					counts[ord]++
				}
			}
		})
	}
	g.words = addCounts(g.words, words.values[m.last.from:], counts)
}

// countNames counts the names that go on from what was typed.
func (g *gathering) countNames(m *met, counted bitset) {
	names := &m.cols.values[colName]
	counts := make([]int, m.names.to-m.names.from)
	names.eachIn(m.names, func(d, ord uint32) {
		if counted.has(d) {
			counts[ord-m.names.from]++
		}
	})
	g.names = addCounts(g.names, names.values[m.names.from:], counts)
}
