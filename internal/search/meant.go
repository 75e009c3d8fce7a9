package search

import (
	"slices"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

// understand finds out what the words of the query stand for.
func (p *plan) understand(x *Index) {
	texts := make([]string, len(p.typed))
	for i, t := range p.typed {
		texts[i] = t.text
	}
	for i := range p.words {
		texts[p.words[i].typed] = p.words[i].text // as corrected
	}
	p.meanings = p.once(p.view.meanings(x, texts, p.synonyms))
}

// stands reports whether a word is part of a name that stands for something,
// of one that the given function wants.
func (p *plan) stands(w *word, wanted func(*meaning) bool) bool {
	return slices.ContainsFunc(p.meanings, func(m meaning) bool {
		return w.typed >= m.first && w.typed < m.first+m.count && wanted(&m)
	})
}

// isPlace reports whether a word is part of the name of a region.
func (p *plan) isPlace(w *word) bool {
	return p.stands(w, func(m *meaning) bool { return isRegion(m.field) })
}

// mean adds what the words of the query stand for: regions, themes and
// organisations, and other words for the same.
func (p *plan) mean(x *Index) {
	items := make([]int, len(p.typed))
	for i, t := range p.typed {
		items[i] = t.item
	}
	p.recognised = p.held(chips(p.query, items, p.meanings))
	for found := p.meanings; len(found) > 0; {
		n := 1
		for n < len(found) && found[n].first == found[0].first && found[n].count == found[0].count {
			n++
		}
		p.addMeanings(x, found[:n])
		found = found[n:]
	}
}

// held leaves out names of which no readable document is, and those that are
// there already.
func (p *plan) held(names []kb.Recognised) []kb.Recognised {
	var out []kb.Recognised
	for _, n := range names {
		again := func(o kb.Recognised) bool { return o.Field == n.Field && o.Value == n.Value }
		if bit, ok := facetBit(n.Field); ok && p.holds(filterColumns()[bit], n.Value) && !slices.ContainsFunc(out, again) {
			out = append(out, n)
		}
	}
	return out
}

// holds reports whether a readable document has a value in a column.
func (p *plan) holds(col column, value string) bool {
	for s := range p.view.segments {
		docs, err := p.view.segments[s].valued(columnLetters[col], value)
		if err == nil && slices.ContainsFunc(docs, p.readable.sets[s].has) {
			return true
		}
	}
	return false
}

// once leaves out what the same words stand for again.
func (p *plan) once(found []meaning) []meaning {
	seen := map[string]int{}
	return slices.DeleteFunc(found, func(m meaning) bool {
		name := strings.Join(p.termsAt(m.first, m.count), separator) + separator + string(m.field) + separator + m.value
		first, again := seen[name]
		if !again {
			seen[name] = m.first
		}
		return again && first != m.first
	})
}

// addMeanings adds what the same words stand for.
func (p *plan) addMeanings(x *Index, same []meaning) {
	first, count := same[0].first, same[0].count
	if slices.ContainsFunc(same, func(m meaning) bool { return isRegion(m.field) }) {
		p.addRegion(x, same)
		return
	}
	var own *concept
	for i := range p.concepts {
		if c := &p.concepts[i]; c.typed >= 0 && count == 1 && p.words[c.word].typed == first {
			own = c
		}
	}
	c := concept{label: same[0].label, weight: 1, typed: -1}
	if own == nil {
		own = &c
		c.wordings = append(c.wordings, wording{p.termsAt(first, count), 1})
		c.weight = x.ranking.Synonym
	}
	for _, m := range same {
		p.addOther(x, own, m)
	}
	if own == &c && len(c.terms)+len(c.wordings)+len(c.values) > 1 {
		p.concepts = append(p.concepts, c)
	}
}

// addOther adds to a concept what else a meaning is called and where it is a value.
func (p *plan) addOther(x *Index, c *concept, m meaning) {
	weight := x.ranking.Synonym
	if m.field == kb.FacetTheme {
		weight = x.ranking.ThemeWord
	}
	for _, phrase := range m.phrases {
		if len(phrase) == 1 {
			c.addTerm(phrase[0], weight)
		} else {
			c.wordings = append(c.wordings, wording{phrase, float32(weight)})
		}
		for _, term := range phrase {
			if _, known := p.marks[term]; !known && len(phrase) == 1 {
				p.marks[term] = len(p.concepts)
			}
		}
	}
	if m.field != "" {
		if bit, ok := facetBit(m.field); ok {
			if x.ranking.Theme > 0 {
				c.values = append(c.values, valueOf{columnLetters[filterColumns()[bit]], m.value, float32(x.ranking.Theme)})
			}
		}
	}
}

// addRegion adds one concept for the regions that words name: what lies there,
// and what says one of their names or places. How often it says so tells little.
// The words themselves weigh less.
func (p *plan) addRegion(x *Index, same []meaning) {
	first, count := same[0].first, same[0].count
	c := concept{label: same[0].label, weight: x.ranking.Region, presence: true, typed: -1}
	c.addWording(p.termsAt(first, count), 1)
	for _, m := range same {
		own := 1.0
		if m.around {
			own = x.ranking.Place / 2
		}
		for _, phrase := range m.phrases {
			c.addWording(phrase, own)
		}
		if m.field == kb.FacetMunicipality && !m.around {
			x.addPlaces(&c, m.value)
		}
		if column, ok := regionColumn(m.value); ok && isRegion(m.field) {
			c.values = append(c.values, valueOf{columnLetters[column], m.value, 1})
		}
	}
	for i := range p.concepts {
		at := p.words[p.concepts[i].word].typed
		if p.concepts[i].typed >= 0 && at >= first && at < first+count {
			p.concepts[i].weight *= x.ranking.RegionWords
			// "gemeente" before a name only says which region is meant.
			if _, kind := placeKinds(kb.Fold(p.words[p.concepts[i].word].text)); kind {
				p.concepts[i].optional = true
			}
		}
	}
	p.concepts = append(p.concepts, c)
}

// addPlaces adds the names of the places of a municipality, those left out that
// a text says without meaning the place.
func (x *Index) addPlaces(c *concept, municipality string) {
	for _, name := range x.places.PlacesIn(municipality) {
		if !saysMore(x.words, strings.Fields(name)) {
			c.addWording(termsOf(x.words, name), x.ranking.Place)
		}
	}
}

func isRegion(f kb.FacetField) bool {
	switch f {
	case kb.FacetMunicipality, kb.FacetProvince, kb.FacetLabourMarketRegion, fieldCOROP:
		return true
	}
	return false
}

// termsAt gives the terms of words that were typed.
func (p *plan) termsAt(first, count int) []string {
	var out []string
	for i := range p.words {
		if at := p.words[i].typed; at >= first && at < first+count {
			out = append(out, p.words[i].term)
		}
	}
	return out
}

// named gives the values of a field that a text as a whole names.
func (v *view) named(x *Index, text string, field kb.FacetField) []string {
	var words []string
	x.words.Tokens(text, func(t dutch.Token) { words = append(words, text[t.Start:t.End]) })
	var out []string
	for _, m := range v.meanings(x, words, nil) {
		if m.field == field && m.count == len(words) {
			out = append(out, m.value)
		}
	}
	return out
}
