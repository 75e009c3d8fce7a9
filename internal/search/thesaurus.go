package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

// named is what the names of a record stand for: a theme, an organisation, or
// each other.
type named struct {
	doc    uint32        // in its segment
	field  kb.FacetField // "" for synonyms
	value  string        // as in the column of the field
	names  []string      // the first is the label
	oneWay bool          // only the first name stands for the others
}

// loadNames reads the names of a segment from the cards of the public records that
// have them. A card that cannot be read names nothing; verify tells.
func loadNames(seg segment.Segment, c *columns) ([]named, error) {
	public := newBitset(c.docs)
	for _, k := range []kb.Kind{kb.KindTheme, kb.KindOrganisation, kb.KindSynonyms} {
		c.kinds[string(k)].addTo(public)
	}
	c.access[kb.AccessPublic].keepIn(public)
	c.published.keepIn(public)
	var out []named
	for _, d := range public.appendTo(nil) {
		if c.copied.has(d) {
			continue
		}
		err := seg.VisitStoredFields(uint64(d), func(field string, _ byte, value []byte, _ []uint64) bool {
			if field != storedCard {
				return true
			}
			if e, err := decodeCard(value); err == nil {
				out = append(out, namesOf(d, e))
			}
			return false
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func namesOf(doc uint32, e kb.Entity) named {
	switch e := e.(type) {
	case *kb.Theme:
		return named{doc: doc, field: kb.FacetTheme, value: e.Slug, names: append([]string{e.PrefLabel.NL, e.PrefLabel.EN}, e.Synonyms...)}
	case *kb.Organisation:
		names := append([]string{e.Name}, e.Also...)
		if bare, _, ok := strings.Cut(e.Name, " ("); ok {
			names = append(names, bare) // nobody types what is added between brackets
		}
		return named{doc: doc, field: kb.FacetOrganisation, value: string(e.ID), names: names}
	case *kb.Synonyms:
		return named{doc: doc, names: e.Terms, oneWay: e.OneWay}
	}
	return named{doc: doc}
}

// compare puts names in an order that does not depend on where their records lie.
func (n named) compare(o named) int {
	return cmp.Or(cmp.Compare(n.field, o.field), cmp.Compare(n.value, o.value), slices.Compare(n.names, o.names))
}

// namedKinds are the words for the kinds of material.
func namedKinds() []named {
	kind := func(k kb.Kind, names ...string) named {
		return named{field: kb.FacetType, value: string(k), names: names}
	}
	return []named{
		kind(kb.KindCase, "casus", "casussen"),
		kind(kb.KindPublication, "publicatie"),
		kind(kb.KindPresentation, "presentatie"),
		kind(kb.KindLesson, "geleerde les", "lessen", "lessons learned"),
	}
}

// lexicon finds what the words of a query stand for. It never changes.
type lexicon struct {
	// Organisations are looked for by their folded words, since an inflected name
	// is no name; what else has names, by its terms.
	byWord, byTerm node
}

// node is a word within names.
type node struct {
	next map[string]*node
	ends []ending // names that end here
}

// ending is one name of what is named.
type ending struct {
	named *named
	name  int
}

// The bounds of one lexicon, so that no query walks further.
const (
	maxNameWords = 12 // longer names are not typed in full
	maxEndings   = 8  // records with the same name
	maxPhrases   = 2 * kb.MaxSynonyms
)

func newLexicon(words *dutch.Analyzer, list []named) *lexicon {
	l := &lexicon{}
	for i := range list {
		l.add(words, &list[i])
	}
	return l
}

func (l *lexicon) add(words *dutch.Analyzer, n *named) {
	for i, name := range n.names {
		if i > 0 && n.oneWay {
			return
		}
		at, keys := l.place(words, n.field, name)
		if len(keys) > maxNameWords || !slices.ContainsFunc(keys, func(key string) bool { return !isCommon(key) }) {
			continue // it says too much, or nothing
		}
		for _, key := range keys {
			at = at.child(key)
		}
		again := func(e ending) bool { return e.named == n } // as two inflections of one word
		if len(at.ends) < maxEndings && !slices.ContainsFunc(at.ends, again) {
			at.ends = append(at.ends, ending{n, i})
		}
	}
}

// place gives where a name is kept, and under which keys.
func (l *lexicon) place(words *dutch.Analyzer, field kb.FacetField, name string) (*node, []string) {
	if field == kb.FacetOrganisation {
		return &l.byWord, foldedWords(name)
	}
	return &l.byTerm, termKeys(words, name)
}

func (n *node) child(key string) *node {
	if n.next == nil {
		n.next = map[string]*node{}
	}
	c := n.next[key]
	if c == nil {
		c = &node{}
		n.next[key] = c
	}
	return c
}

// walk gives the longest name that begins with the first of the keys, and how
// many of them it takes.
func (n *node) walk(keys []string, ends func(count int) bool) (found []ending, count int) {
	for i, key := range keys {
		if n = n.next[key]; n == nil {
			return found, count
		}
		if len(n.ends) > 0 && ends(i+1) {
			found, count = n.ends, i+1
		}
	}
	return found, count
}

// phrases gives the wordings beside the name, each once.
func (e ending) phrases(words *dutch.Analyzer) [][]string {
	names := e.named.names[:min(len(e.named.names), maxPhrases)]
	one := termsOf(words, e.named.names[e.name])
	var out [][]string
	for _, name := range names {
		terms := termsOf(words, name)
		same := func(o []string) bool { return slices.Equal(o, terms) }
		if len(terms) > 0 && !same(one) && !slices.ContainsFunc(out, same) {
			out = append(out, terms)
		}
	}
	return out
}

// commonMark stands before the key of a word that is too common to have a term.
const commonMark = "\x00"

func isCommon(key string) bool { return strings.HasPrefix(key, commonMark) }

// termKeys gives a key for each word of a text: its term, or for a word that is
// too common to have one, the word itself.
func termKeys(words *dutch.Analyzer, text string) []string {
	var out []string
	words.Tokens(text, func(t dutch.Token) {
		key := t.Term
		if key == "" {
			key = commonMark + kb.Fold(text[t.Start:t.End])
		}
		out = append(out, key)
	})
	return out
}

// lexicons keep the newest lexicon for views that differ in other records only.
type lexicons struct {
	mu     sync.Mutex
	source []namesOfSegment
	newest *lexicon
}

// namesOfSegment are the names of a segment of which some were deleted since.
// Deletions only grow, so their number names them.
type namesOfSegment struct {
	cols    *columns
	deleted int
}

// lexicon gives the lexicon of the records of a view.
func (x *Index) lexicon(v *view) *lexicon {
	v.lexicon.once.Do(func() { v.lexicon.found = x.lexicons.of(v, x.words) })
	return v.lexicon.found
}

// viewLexicon is the lexicon of a view, once somebody asked for it.
type viewLexicon struct {
	once  sync.Once
	found *lexicon
}

func (ls *lexicons) of(v *view, words *dutch.Analyzer) *lexicon {
	var source []namesOfSegment
	lists := [][]named{namedKinds()}
	for i := range v.segments {
		p := &v.segments[i]
		if len(p.cols.names) == 0 {
			continue
		}
		live := p.cols.names
		if deleted := p.Deleted(); deleted != nil {
			live = slices.DeleteFunc(slices.Clone(live), func(n named) bool { return deleted.Contains(n.doc) })
		}
		source = append(source, namesOfSegment{p.cols, len(p.cols.names) - len(live)})
		lists = append(lists, live)
	}
	ls.mu.Lock()
	defer ls.mu.Unlock()
	if ls.newest == nil || !slices.Equal(source, ls.source) {
		names := slices.Concat(lists...)
		slices.SortStableFunc(names, named.compare)
		ls.newest, ls.source = newLexicon(words, names), source
	}
	return ls.newest
}
