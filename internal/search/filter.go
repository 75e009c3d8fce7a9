package search

import (
	"slices"
	"strings"
	"sync"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
	"leerkring/internal/search/query"
)

// field takes an item like thema:wonen as a filter. False means that there is no
// such value: then it is words.
func (p *plan) field(x *Index, item query.Item) bool {
	if item.Field == query.Title {
		c := p.titled(x, item)
		if len(c.titled) > 0 {
			p.demand(&p.demanded, item, c)
		}
		return len(c.titled) > 0
	}
	if item.Field == query.Year && !item.Excluded {
		p.years = append(slices.Clone(p.years), yearRange{item.From, item.To})
		return true
	}
	if item.Field == query.Region {
		c := clause{not: item.Excluded, anywhere: x.regionsNamed(item.Text)}
		if len(c.anywhere) > 0 {
			p.demand(&p.demanded, item, c)
		}
		return len(c.anywhere) > 0
	}
	bit, values := p.valuesOf(x, item)
	if len(values) == 0 && item.Field != query.Year { // that nothing is of a year makes it no word
		return false
	}
	if item.Excluded {
		c := filterColumns()[bit]
		p.clauses = append(p.clauses, clause{not: true, column: c, values: values})
		return true
	}
	p.wanted[bit] = append(slices.Clone(p.wanted[bit]), values...)
	return true
}

// valuesOf gives the values that an item names, and the filter that they are for.
func (p *plan) valuesOf(x *Index, item query.Item) (filterBit, []string) {
	switch item.Field {
	case query.Type:
		return bitType, []string{item.Value}
	case query.Language:
		return bitLanguage, []string{item.Value}
	case query.Collaboration:
		return bitCollaboration, []string{item.Value}
	case query.Year:
		return bitYear, p.yearsOf(item)
	case query.Person:
		return bitPerson, p.people(x, item.Text)
	case query.Theme:
		return bitTheme, p.named(x, item.Text, kb.FacetTheme)
	case query.Organisation:
		return bitOrganisation, p.named(x, item.Text, kb.FacetOrganisation)
	case query.Municipality:
		return bitMunicipality, p.named(x, item.Text, kb.FacetMunicipality)
	case query.Province:
		return bitProvince, p.named(x, item.Text, kb.FacetProvince)
	case query.LabourMarketRegion:
		return bitLabourMarketRegion, p.named(x, item.Text, kb.FacetLabourMarketRegion)
	}
	return 0, nil
}

// regionsNamed gives the regions of any kind that a text names: who asks for
// Utrecht without saying which finds what lies in the municipality and what lies
// in the province.
func (x *Index) regionsNamed(text string) []valueOf {
	var out []valueOf
	for _, kind := range kb.RegionKinds() {
		code, ok := x.places.ResolveAs(kind, text)
		if c, is := regionColumn(code); ok && is {
			out = append(out, valueOf{letter: columnLetters[c], value: code})
		}
	}
	for _, r := range append(x.places.Named(kb.Fold(text)), x.places.Around(kb.Fold(text))...) {
		c, is := regionColumn(r.Code)
		v := valueOf{letter: columnLetters[c], value: r.Code}
		if is && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// demand adds the clause of an item, as an alternative of the last one when OR
// joins it with the item before, which demanded one of the same sort. last is the
// item that did so last.
func (p *plan) demand(last *int, item query.Item, c clause) {
	before := *last
	*last = p.item
	if last := len(p.clauses) - 1; item.Or && before == p.item-1 {
		p.clauses[last].others = append(p.clauses[last].others, c)
		return
	}
	p.clauses = append(p.clauses, c)
}

// yearsOf gives the years of the view in the range of an item.
func (p *plan) yearsOf(item query.Item) []string {
	r := request{years: []yearRange{{item.From, item.To}}}
	var out []string
	for s := range p.view.segments {
		for _, text := range p.view.segments[s].cols.values[colYear].values {
			if r.inYears(text) && !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return out
}

// named gives the values of a field that a text names.
func (p *plan) named(x *Index, text string, field kb.FacetField) []string {
	if field == kb.FacetTheme || field == kb.FacetOrganisation {
		if values := p.view.named(x, text, field); len(values) > 0 {
			return values
		}
		return p.view.named(x, strings.ReplaceAll(text, "-", " "), field) // as in addresses
	}
	kind := map[kb.FacetField]kb.RegionKind{kb.FacetMunicipality: kb.Municipality, kb.FacetProvince: kb.Province, kb.FacetLabourMarketRegion: kb.LabourMarketRegion}[field]
	var out []string
	for _, v := range x.regionsNamed(text) {
		if k, ok := kb.RegionKindOf(v.value); ok && k == kind {
			out = append(out, v.value)
		}
	}
	return out
}

// people gives the people that everyone of the actor's kind may read and whose
// names hold all words of a text.
func (p *plan) people(x *Index, text string) []string {
	terms := termsOf(x.words, text)
	readable := p.view.readable(p.actor, people())
	var out []string
	for s := range p.view.segments {
		part := &p.view.segments[s]
		words, held := &part.cols.values[colWord], part.cols.startWords(x.words, terms)
		readable.sets[s].each(func(d uint32) {
			if len(terms) > 0 && holdsAll(words.at(d), held) {
				out = append(out, string(kb.IDFromBytes(part.cols.ids[d])))
			}
		})
	}
	return out
}

// people is where the people of a query are looked for.
func people() domain { return published(kb.KindPerson) }

// titled makes the clause of titel:x: all words stand in the title.
func (p *plan) titled(x *Index, item query.Item) clause {
	return clause{not: item.Excluded, column: colWord, titled: termsOf(x.words, item.Text), words: x.words}
}

func termsOf(words *dutch.Analyzer, text string) []string {
	var out []string
	words.Tokens(text, func(t dutch.Token) {
		if t.Term != "" && len(out) < maxWords {
			out = append(out, t.Term)
		}
	})
	return out
}

// startTerms are the words of the labels of a segment by their terms, made when
// somebody first asks for them.
type startTerms struct {
	once  sync.Once
	known map[string][]uint32
}

// startWords gives, for each term, the ordinals of the words of labels that have
// it, or a part that has.
func (c *columns) startWords(words *dutch.Analyzer, terms []string) [][]uint32 {
	c.starts.once.Do(func() {
		c.starts.known = map[string][]uint32{}
		for ord, value := range c.values[colWord].values {
			_, written := splitStart(value)
			for _, term := range append([]string{words.Term(written)}, words.Parts(written)...) {
				c.starts.known[term] = append(c.starts.known[term], uint32(ord))
			}
		}
	})
	out := make([][]uint32, len(terms))
	for i, t := range terms {
		out[i] = c.starts.known[t]
	}
	return out
}

func holdsAll(values []uint32, wanted [][]uint32) bool {
	return !slices.ContainsFunc(wanted, func(w []uint32) bool { return !overlaps(values, w) })
}
