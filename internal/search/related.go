package search

import (
	"context"
	"slices"

	"leerkring/internal/kb"
)

// Related implements kb.Searcher. What is alike has the telling words of a
// material, its themes or its organisations, and more so when it lies near it.
func (x *Index) Related(ctx context.Context, actor kb.Actor, id kb.ID, first int) ([]kb.Related, error) {
	v := x.views.acquire()
	if v == nil {
		return nil, stopping()
	}
	defer x.views.release(v)
	readable := v.readable(actor, published(kb.MaterialKinds()...))
	out, err := x.related(ctx, v, readable, id, first)
	return out, ioError(err, x.dir)
}

func (x *Index) related(ctx context.Context, v *view, readable *readable, id kb.ID, first int) ([]kb.Related, error) {
	source, ok, err := v.find(id, readable)
	if err != nil || !ok || first <= 0 {
		return nil, err
	}
	words, err := x.tellingWords(ctx, v, readable, source)
	if err != nil {
		return nil, err
	}
	like := newLikeness(v, source, words, x.ranking.K1)
	found, err := x.score(ctx, v, like.concepts, readable)
	if err != nil {
		return nil, err
	}
	defer found.release()
	top := best{order: kb.SortRelevance, n: 2 * first} // some may have too little in common
	for s := range v.segments {
		cols := v.segments[s].cols
		for _, d := range found.docs(s) {
			if cols.ids[d] == source.id {
				continue // itself
			}
			score := float64(found.scores(s)[d]) + like.nearness(s, d)
			top.offer(&candidate{key: key{id: cols.ids[d], score: score}, segment: s, doc: d})
		}
	}
	return like.explain(top.take(), first)
}

// find gives where the published version of a material stands; not ok when it is
// not readable.
func (v *view) find(id kb.ID, readable *readable) (source *candidate, ok bool, err error) {
	b, ok := id.Bytes()
	if !ok {
		return nil, false, nil
	}
	for s := range v.segments {
		docs, err := v.segments[s].halves(half{id: b})
		if err != nil {
			return nil, false, err
		}
		for _, d := range docs {
			if readable.sets[s].has(d) {
				return &candidate{key: key{id: b}, segment: s, doc: d}, true, nil
			}
		}
	}
	return nil, false, nil
}

// likeness is what a material is compared by.
type likeness struct {
	view     *view
	words    []tellingWord
	concepts []concept // of the words, then of the values
	// unit is what a word of average telling gives that stands once in a document.
	unit float64
	// shared are the values of the material by what they are.
	themes, organisations *sharedValues
	levels                []*sharedValues // of regions, the nearest first
}

// sharedValues are values of a material in a column, in the ordinals of each segment.
type sharedValues struct {
	field  kb.FacetField
	col    column
	values []string
	ords   [][]uint32 // by segment
	gain   float64    // for having one of them, in units
}

// maxShared is how many values of a kind a material may have for them to tell
// anything: what is about every municipality is near to none.
const maxShared = 8

// What it gives to lie in the same region, as a share of a telling word.
const (
	gainMunicipality = 1.0
	gainLabourMarket = 0.7
	gainProvince     = 0.4
	gainTheme        = 1.0
	gainOrganisation = 0.7
)

func newLikeness(v *view, source *candidate, words []tellingWord, k1 float64) *likeness {
	l := &likeness{view: v, words: words}
	for _, w := range words {
		c := concept{label: w.text, weight: w.weight, typed: -1}
		c.addTerm(w.term, 1)
		l.concepts = append(l.concepts, c)
		l.unit += w.telling / (1 + k1) / float64(len(words))
	}
	l.themes = l.values(source, kb.FacetTheme, colTheme, gainTheme)
	l.organisations = l.values(source, kb.FacetOrganisation, colOrganisation, gainOrganisation)
	l.levels = []*sharedValues{
		l.values(source, kb.FacetMunicipality, colMunicipality, gainMunicipality),
		l.values(source, kb.FacetLabourMarketRegion, colLabourMarketRegion, gainLabourMarket),
		l.values(source, kb.FacetProvince, colProvince, gainProvince),
	}
	for _, shared := range []*sharedValues{l.themes, l.organisations} {
		for _, value := range shared.values {
			l.concepts = append(l.concepts, concept{
				label: value, weight: shared.gain, presence: true, typed: -1,
				values: []valueOf{{columnLetters[shared.col], value, 1}},
			})
		}
	}
	return l
}

// values gives the values that a material has in a column.
func (l *likeness) values(source *candidate, field kb.FacetField, c column, gain float64) *sharedValues {
	out := &sharedValues{field: field, col: c, gain: gain}
	col := &l.view.segments[source.segment].cols.values[c]
	for _, ord := range col.at(source.doc) {
		out.values = append(out.values, col.values[ord])
	}
	if len(out.values) > maxShared {
		out.values = nil
	}
	for s := range l.view.segments {
		out.ords = append(out.ords, l.view.segments[s].cols.values[c].find(out.values))
	}
	return out
}

// with gives the values that a document has too.
func (sv *sharedValues) with(v *view, s int, d uint32) []string {
	col := &v.segments[s].cols.values[sv.col]
	var out []string
	for _, ord := range col.at(d) {
		if slices.Contains(sv.ords[s], ord) {
			out = append(out, col.values[ord])
		}
	}
	return out
}

// level gives the nearest regions in which a document lies with the material; nil
// when there are none.
func (l *likeness) level(s int, d uint32) *sharedValues {
	for _, level := range l.levels {
		if overlaps(l.view.segments[s].cols.values[level.col].at(d), level.ords[s]) {
			return level
		}
	}
	return nil
}

// nearness is what a document gains by where it lies.
func (l *likeness) nearness(s int, d uint32) float64 {
	if level := l.level(s, d); level != nil {
		return level.gain * l.unit
	}
	return 0
}
