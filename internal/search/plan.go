package search

import (
	"context"
	"slices"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
	"leerkring/internal/search/query"
)

// plan is a request as it is carried out on one view: what to look up.
type plan struct {
	*request
	view     *view
	readable *readable
	concepts []concept
	// frequencies are those of the concepts, once they were looked up.
	frequencies []frequency
	clauses     []clause
	words       []word
	// typed are all words, those too common to index included; clauses and filters
	// apart.
	typed []typedWord
	// item is the item that is read, demanded the last one that a field made a clause
	// of.
	item, demanded int
	// meanings are what words stand for besides themselves.
	meanings []meaning
	// strict says that phrases are demanded that may be searched for as words.
	strict bool
	// loose says that phrases need not be there: nothing has them.
	loose bool
	actor kb.Actor
	// pages finds the pages of files that fit, once the frequencies are known.
	pages *pageFinder
	// marks are the terms to mark in hits, with the number of their concept.
	marks       map[string]int
	searchedFor string
	didYouMean  string
	recognised  []kb.Recognised
}

// word is one word of a query.
type word struct {
	text, term string
	start      int // bytes of its item before it
	parts      []string
	// item is the item of the query in which it stands, and plain says that it was
	// typed without signs.
	item  int
	plain bool
	or    bool // an alternative of the word before it
	// at numbers the words of the text, those too common to index included.
	at int
	// typed is its place among the words that were typed.
	typed int
	// others may have been meant too, when it was corrected.
	others []alternative
	// here says that a readable document holds it, or one of its parts.
	here bool
}

// typedWord is a word as it was typed, with its item in the query.
type typedWord struct {
	text string
	item int
}

// maxWords bounds the words of one query that are looked up.
const maxWords = 64

func (x *Index) plan(ctx context.Context, v *view, actor kb.Actor, r *request, loose bool) (*plan, error) {
	p := &plan{request: r, view: v, actor: actor, readable: v.readable(actor, r.domain), marks: map[string]int{}, loose: loose}
	if !r.text {
		return p, nil
	}
	changed := *r
	p.request = &changed
	p.read(x)
	if err := p.look(); err != nil {
		return nil, err
	}
	p.understand(x)
	if err := p.mend(ctx, x); err != nil {
		return nil, err
	}
	if err := p.conceive(x); err != nil {
		return nil, err
	}
	if err := p.join(x); err != nil {
		return nil, err
	}
	p.mean(x)
	p.sayLoose()
	return p, nil
}

// read takes the items of the query apart into words, clauses and filters.
func (p *plan) read(x *Index) {
	at, strict := 0, p.onlyPhrases() && !p.loose
	p.demanded = -2
	required := -2 // the last item that made a clause of what it requires
	left := maxPhrase
	for i, item := range p.query.Items {
		p.item = i
		switch {
		case p.again(i):
			continue
		case item.Kind == query.Fielded && p.field(x, item):
			continue
		case item.Excluded:
			p.clauses = append(p.clauses, newClause(x.words, item, &left))
			continue
		case item.Required || strict && item.Kind == query.Phrase:
			p.strict = p.strict || !item.Required
			c := newClause(x.words, item, &left)
			if len(c.terms) > 0 {
				p.demand(&required, item, c)
			}
		}
		first := true
		x.words.Tokens(item.Text, func(t dutch.Token) {
			at++
			if len(p.typed) == maxWords {
				return
			}
			p.typed = append(p.typed, typedWord{item.Text[t.Start:t.End], i})
			if t.Term == "" {
				return
			}
			p.words = append(p.words, word{
				text: item.Text[t.Start:t.End], start: t.Start, term: t.Term, parts: t.Parts, item: i, at: at,
				typed: len(p.typed) - 1, plain: item.Kind == query.Words && !item.Required, or: item.Or && first,
			})
			first = false
		})
		if item.Kind == query.Phrase {
			at += 2 // words around a phrase are no neighbours of those in it
		}
	}
	// With only clauses and filters every document that passes them is found, and
	// none is more relevant.
	p.text = len(p.words) > 0 || !p.narrowed()
	if !p.text && p.order == kb.SortRelevance {
		p.order = kb.SortNewest
	}
}

// again reports whether an item says what one before it said, words apart: they
// may belong to another name (Den Haag, Den Bosch).
func (p *plan) again(i int) bool {
	it := p.query.Items[i]
	if it.Kind == query.Words && !it.Excluded {
		return false
	}
	return slices.ContainsFunc(p.query.Items[:i], func(o query.Item) bool {
		o.Start, o.End = it.Start, it.End
		return o == it
	})
}

// onlyPhrases reports whether a query asks for nothing but phrases: then they must
// be there as they are; between other words they are a strong preference.
func (p *plan) onlyPhrases() bool {
	return !slices.ContainsFunc(p.query.Items, func(i query.Item) bool { return i.Kind == query.Words && !i.Excluded })
}

// look finds out which words are in the collection.
func (p *plan) look() error {
	for i := range p.words {
		w := &p.words[i]
		for _, term := range append([]string{w.term}, w.parts...) {
			n, err := p.view.documents(term, p.readable, 1)
			if err != nil {
				return err
			}
			if n > 0 {
				w.here = true
				break
			}
		}
	}
	return nil
}

// conceive makes a concept of each word.
func (p *plan) conceive(x *Index) error {
	seen, last := map[string]int{}, -1
	for i := range p.words {
		w := &p.words[i]
		n, again := seen[w.term]
		switch {
		case again:
			last = n
		case w.or && last >= 0 && p.words[i-1].item == w.item-1:
			c := &p.concepts[last]
			c.label += " / " + w.text
			c.addWord(x, w)
		default:
			last = len(p.concepts)
			c := concept{label: w.text, weight: 1, typed: w.at, word: i}
			c.addWord(x, w)
			p.concepts = append(p.concepts, c)
		}
		seen[w.term] = last
		for _, a := range p.concepts[last].terms {
			p.marks[a.term] = last
		}
	}
	return p.conceiveParts(x)
}

// addWord adds a word of the query, what else may have been meant by it, and words
// of its family.
func (c *concept) addWord(x *Index, w *word) {
	c.addTerm(w.term, 1)
	for _, o := range w.others {
		c.addTerm(o.term, float64(o.weight))
	}
	if x.ranking.Relative > 0 {
		for _, term := range x.words.Relatives(w.text) {
			c.addTerm(term, x.ranking.Relative)
		}
	}
}

// fewFind is how many documents a compound finds by itself at least, for its
// parts not to find others.
const fewFind = 50

// conceiveParts makes weaker concepts of the parts of compounds. They lift what is
// found otherwise, and find more where the compound itself finds little.
func (p *plan) conceiveParts(x *Index) error {
	for i := range p.words {
		w := &p.words[i]
		n, err := p.view.documents(w.term, p.readable, fewFind)
		if err != nil {
			return err
		}
		weight := x.ranking.QueryPart
		if n == 0 {
			weight = x.ranking.LonePart
		}
		for _, part := range w.parts {
			if _, ok := p.marks[part]; ok || weight == 0 || p.isPlace(w) {
				continue
			}
			p.marks[part] = len(p.concepts)
			c := concept{label: part, weight: weight, typed: -1, optional: n >= fewFind}
			c.addTerm(part, 1)
			p.concepts = append(p.concepts, c)
		}
	}
	return nil
}

// join adds what neighbouring words mean when they are written as one:
// "arbeidsmarkt regio".
func (p *plan) join(x *Index) error {
	for i := 1; i < len(p.words); i++ {
		a, b := &p.words[i-1], &p.words[i]
		if !a.plain || !b.plain || b.at != a.at+1 || x.ranking.Join == 0 {
			continue
		}
		c := concept{label: a.text + b.text, weight: x.ranking.Join, typed: -1}
		for _, link := range []string{"", "s"} {
			term := x.words.Term(a.text + link + b.text)
			n, err := p.view.documents(term, p.readable, 1)
			if err != nil {
				return err
			}
			if _, known := p.marks[term]; n > 0 && !known {
				c.addTerm(term, 1)
				p.marks[term] = len(p.concepts)
			}
		}
		if len(c.terms) > 0 {
			p.concepts = append(p.concepts, c)
		}
	}
	return nil
}

// narrowed reports whether anything narrows what is found.
func (p *plan) narrowed() bool {
	return len(p.clauses) > 0 || p.years != nil || p.before != noDate || slices.ContainsFunc(p.wanted[:], func(w []string) bool { return len(w) > 0 })
}
