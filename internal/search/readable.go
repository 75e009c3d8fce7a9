package search

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"leerkring/internal/kb"
)

// domain is what a search looks at, whoever asks.
type domain struct {
	kinds []string
	// states are those that documents must have, each of them; without any it is
	// what was published, and no working copy.
	states []string
	// any are states of which a document must have one, unless it is empty.
	any []string
}

// published is what was published of some kinds.
func published(kinds ...kb.Kind) domain { return domain{kinds: texts(kinds)} }

func (d domain) name() string {
	return fmt.Sprintf("%q %q ", d.kinds, d.states)
}

// readable are the documents of a view that are not deleted, are of the searched
// domain, and that the actor may read. Everything else follows from them: what is
// counted, and also the statistics that scores are made of, so that a score is
// the same however the index is cut into segments, and tells of nothing else.
type readable struct {
	// name says who reads them. For what was published it is the same for all who read
	// the same of a domain in one view.
	name string
	sets []bitset // per segment
	n    int
	// words is the length of all texts, and average that of one.
	words   uint64
	average float64
	// newest is the last of their dates.
	newest int64

	once sync.Once
	norm [][]float32 // per segment
}

// norms gives, by segment and document, what an occurrence counts against its
// length: 1/(1 - b + b·length/average).
func (r *readable) norms(v *view, rk *Ranking) [][]float32 {
	r.once.Do(func() {
		r.norm = make([][]float32, len(v.segments))
		for s := range v.segments {
			lengths := v.segments[s].cols.lengths
			r.norm[s] = make([]float32, len(lengths))
			for d, n := range lengths {
				r.norm[s][d] = float32(1 / (1 - rk.B + rk.B*float64(n)/r.average))
			}
		}
	})
	return r.norm
}

// readable gives what an actor may read of a domain. Access terms that give
// nothing more are left out, as the own term of an account mostly does, so that
// nearly all actors of a role share one set.
func (v *view) readable(actor kb.Actor, in domain) *readable {
	terms, all := actor.Reads()
	if len(in.states)+len(in.any) > 0 {
		return v.listed(in, terms, all)
	}
	name := in.name()
	varied := v.varied()
	whole := v.known(name+"*", nil, func() []bitset { return v.all(in) })
	if all && varied {
		return v.known(name+"**", nil, func() []bitset { return v.highest(v.all(in)) })
	}
	if all {
		return whole
	}
	out := v.known(name, nil, v.nothing)
	for _, term := range terms {
		before := out
		if !v.adds(term, whole, before) {
			continue
		}
		counted := before
		if varied {
			counted = nil // of what was read before something may go
		}
		out = v.known(before.name+separator+term, counted, func() []bitset { return v.highest(v.with(term, whole, before)) })
	}
	return out
}

// listed gives what is read of a domain of given states. It is made each time: it
// is small, and there is one for each account.
func (v *view) listed(in domain, terms []string, all bool) *readable {
	whole := v.all(in)
	if all {
		return v.newReadable("*", v.highest(whole), nil)
	}
	out := v.nothing()
	for s, set := range out {
		for _, term := range terms {
			v.segments[s].cols.access[term].addTo(set)
		}
		for i := range set {
			set[i] &= whole[s][i]
		}
	}
	return v.newReadable(strings.Join(terms, separator), v.highest(out), nil)
}

// all gives the documents of a domain that are not deleted, of every variant.
func (v *view) all(in domain) []bitset {
	out := v.nothing()
	for s, set := range out {
		p := &v.segments[s]
		for _, kind := range in.kinds {
			p.cols.kinds[kind].addTo(set)
		}
		for _, state := range in.states {
			p.having(state).keepIn(set)
		}
		if len(in.states) == 0 {
			p.cols.published.keepIn(set)
			p.cols.copied.each(set.clear)
		}
		if len(in.any) > 0 {
			p.having(in.any...).keepIn(set)
		}
		if deleted := p.Deleted(); deleted != nil {
			for it := deleted.Iterator(); it.HasNext(); {
				set.clear(it.Next())
			}
		}
	}
	return out
}

// having gives the documents that have one of some states. States are looked up,
// since there can be very many; one that cannot be read is had by nothing, as in
// every other search on a damaged index.
func (p *part) having(states ...string) docSet {
	set := newBitset(p.cols.docs)
	for _, state := range states {
		docs, err := p.valued(letterState, state)
		for _, d := range docs {
			if err == nil {
				set.set(d)
			}
		}
	}
	return docSet{many: set}
}

// varied reports whether a record has several variants.
func (v *view) varied() bool {
	return slices.ContainsFunc(v.segments, func(p part) bool { return len(p.cols.variants) > 0 })
}

// highest takes all but the highest variant of each half of a record out of sets.
// The variants of a half are committed together, so that they are in one segment.
func (v *view) highest(sets []bitset) []bitset {
	for s, set := range sets {
		for _, variants := range v.segments[s].cols.variants {
			found := false
			for _, w := range slices.Backward(variants) {
				if found {
					set.clear(w.doc)
				}
				found = found || set.has(w.doc)
			}
		}
	}
	return sets
}

// halves gives the documents of a half of a record in a segment.
func (p *part) halves(h half) ([]uint32, error) {
	if variants := p.cols.variants[h]; variants != nil {
		docs := make([]uint32, len(variants))
		for i, w := range variants {
			docs[i] = w.doc
		}
		return docs, nil
	}
	found, err := p.Segment().DocNumbers([]string{documentID(kb.IDFromBytes(h.id), h.copied, 0)})
	if err != nil {
		return nil, err
	}
	return found.ToArray(), nil
}

// nothing gives an empty set for each segment.
func (v *view) nothing() []bitset {
	out := make([]bitset, len(v.segments))
	for s := range out {
		out[s] = newBitset(v.segments[s].cols.docs)
	}
	return out
}

// adds reports whether an access term gives more of a whole than is read already.
func (v *view) adds(term string, whole, to *readable) bool {
	for s := range v.segments {
		if v.segments[s].cols.access[term].adds(whole.sets[s], to.sets[s]) {
			return true
		}
	}
	return false
}

// with gives what is read with one access term more.
func (v *view) with(term string, whole, before *readable) []bitset {
	out := v.nothing()
	for s, set := range out {
		v.segments[s].cols.access[term].addTo(set)
		for i := range set {
			set[i] = set[i]&whole.sets[s][i] | before.sets[s][i]
		}
	}
	return out
}

// newReadable takes the statistics of sets, going on from those of a part of them
// where there is one.
func (v *view) newReadable(name string, sets []bitset, part *readable) *readable {
	out := &readable{name: name, sets: sets}
	if part != nil {
		out.n, out.words, out.newest = part.n, part.words, part.newest
	}
	for s, set := range sets {
		cols := v.segments[s].cols
		if part != nil {
			set = set.without(part.sets[s])
		}
		set.each(func(d uint32) {
			out.n++
			out.words += uint64(cols.lengths[d])
			out.newest = max(out.newest, cols.dates[d])
		})
	}
	out.average = max(1, float64(out.words)/float64(max(1, out.n)))
	return out
}

// maxReadable bounds the sets that a view remembers: kinds times who reads.
const maxReadable = 64

// readableSets remembers what is readable in a view, by kinds and by access: the
// last sets that were asked for.
type readableSets struct {
	mu    sync.Mutex
	known map[string]*readable
	last  []string // their names, the one that was asked for last at the end
	// over says that the view is not the newest any more: cursors may keep it for
	// long, and what few of them ask for is made again.
	over bool
}

// known gives the set of a name, which is made unless it is remembered, of which
// part is a part.
func (v *view) known(name string, part *readable, sets func() []bitset) *readable {
	rs := &v.sets
	rs.mu.Lock()
	defer rs.mu.Unlock()
	out := rs.known[name]
	if out == nil {
		out = v.newReadable(name, sets(), part)
	}
	rs.keep(name, out)
	return out
}

// keep notes that a set was asked for; rs.mu is held.
func (rs *readableSets) keep(name string, set *readable) {
	if rs.over {
		return
	}
	if i := slices.Index(rs.last, name); i >= 0 {
		rs.last = slices.Delete(rs.last, i, i+1)
	} else if len(rs.last) == maxReadable {
		delete(rs.known, rs.last[0])
		rs.last = slices.Delete(rs.last, 0, 1)
	}
	if rs.known == nil {
		rs.known = map[string]*readable{}
	}
	rs.known[name] = set
	rs.last = append(rs.last, name)
}

// forget forgets all sets, and remembers no more.
func (rs *readableSets) forget() {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	rs.known, rs.last, rs.over = nil, nil, true
}
