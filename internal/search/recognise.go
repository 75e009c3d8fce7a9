package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
	"leerkring/internal/search/query"
)

// meaning is what words of a query stand for besides themselves.
type meaning struct {
	// first and count are the words that it covers.
	first, count int
	// field and value are what documents about it have in a column; field is empty
	// for a synonym.
	field kb.FacetField
	value string
	label string
	// around says that the name is not the region's own, but that of a place in it
	// or of a municipality that it came from.
	around bool
	// phrases are other wordings, each of terms that must all be there.
	phrases [][]string
}

// fieldCOROP is the field of COROP regions. It is no facet, so it makes no chip.
const fieldCOROP kb.FacetField = "COROP"

// maxFolded bounds the words that the typed words are folded to.
const maxFolded = 4 * maxWords

// typedWords are the words of a query, those too common to index included, in the
// forms in which names are looked for.
type typedWords struct {
	words *dutch.Analyzer
	texts []string
	terms []string // a key for each word
	// folded are folded words, of which a word can have several (arbeidsmarkt-regio);
	// word i has those from start[i] to start[i+1].
	folded []string
	start  []int
}

func newTypedWords(words *dutch.Analyzer, texts []string) *typedWords {
	t := &typedWords{words: words, start: []int{0}}
	for _, text := range texts[:min(len(texts), maxWords)] {
		folded := foldedWords(text)
		if len(t.folded)+len(folded) > maxFolded {
			break
		}
		t.texts = append(t.texts, text)
		t.terms = append(t.terms, strings.Join(termKeys(words, text), " "))
		t.folded = append(t.folded, folded...)
		t.start = append(t.start, len(t.folded))
	}
	return t
}

func foldedWords(text string) []string { return strings.Fields(kb.Fold(text)) }

// name gives the folded words of some words as one name.
func (t *typedWords) name(first, count int) string {
	return strings.Join(t.folded[t.start[first]:t.start[first+count]], " ")
}

// meanings gives what the words of a query, in their order, stand for. The
// longest name wins, from the first word on; a name with several meanings gives
// them all. extra are synonyms as if they were stored.
func (v *view) meanings(x *Index, words []string, extra []kb.Synonyms) []meaning {
	given := make([]named, len(extra))
	for i, s := range extra {
		given[i] = named{names: s.Terms, oneWay: s.OneWay}
	}
	t := newTypedWords(x.words, words)
	lexicons := []*lexicon{x.lexicon(v), newLexicon(x.words, given)}
	var out []meaning
	for i := 0; i < len(t.texts); {
		found := x.placesAt(t, i)
		for _, l := range lexicons {
			found = longest(found, l.meaningsAt(t, i))
		}
		step := 1
		for _, m := range found {
			step = max(step, m.first+m.count-i)
		}
		out = append(out, found...)
		i += step
	}
	return out
}

// longest gives those of two lists of meanings that cover most words. Within a
// list all cover the same.
func longest(a, b []meaning) []meaning {
	switch {
	case len(a) == 0 || len(b) > 0 && b[0].count > a[0].count:
		return b
	case len(b) == 0 || a[0].count > b[0].count:
		return a
	}
	return append(a, b...)
}

// meaningsAt gives what the longest name that begins at a word stands for.
func (l *lexicon) meaningsAt(t *typedWords, i int) []meaning {
	terms, count := l.byTerm.walk(t.terms[i:], func(int) bool { return true })
	out := t.meaningsOf(terms, i, count)
	wordEnd := func(n int) (word int, ok bool) { return slices.BinarySearch(t.start, t.start[i]+n) }
	ends, folded := l.byWord.walk(t.folded[t.start[i]:], func(n int) bool { _, ok := wordEnd(n); return ok })
	end, _ := wordEnd(folded)
	count = end - i
	if count == 1 && (utf8.RuneCountInString(t.texts[i]) <= 2 || isCommon(t.terms[i])) {
		// A name that is a short or common word too (EZ, OR) is meant when it is written so.
		ends = slices.DeleteFunc(slices.Clone(ends), func(e ending) bool { return !slices.Contains(e.named.names, t.texts[i]) })
	}
	return longest(out, t.meaningsOf(ends, i, count))
}

func (t *typedWords) meaningsOf(ends []ending, first, count int) []meaning {
	var out []meaning
	for _, e := range ends {
		out = append(out, meaning{
			first: first, count: count, field: e.named.field, value: e.named.value, label: e.named.names[0], phrases: e.phrases(t.words),
		})
	}
	return out
}

// maxPlaceWords is the number of folded words in the longest name of a region.
const maxPlaceWords = 7

// placesAt gives the regions whose longest name begins at a word. A word before
// the name can say the kind: provincie Utrecht.
func (x *Index) placesAt(t *typedWords, i int) []meaning {
	out := x.namedAt(t, i, nil)
	kinds, ok := placeKinds(t.name(i, 1))
	next := i + 1
	if ok && next < len(t.texts) && t.name(next, 1) == "of" {
		next++ // province of Utrecht
	}
	if !ok || next >= len(t.texts) {
		return out
	}
	after := x.namedAt(t, next, kinds)
	for n := range after {
		after[n].count += after[n].first - i
		after[n].first = i
	}
	if len(out) > 0 && (len(after) == 0 || out[0].count >= after[0].count) {
		return out // Regio Zwolle is a name itself
	}
	return after
}

// namedAt gives the regions with the longest name that begins at a word: of some
// kinds, if they are given and there are any.
func (x *Index) namedAt(t *typedWords, i int, kinds []kb.RegionKind) []meaning {
	if t.start[i] == t.start[i+1] || !x.places.Begins(t.folded[t.start[i]]) {
		return nil
	}
	for n := min(maxPlaceWords, len(t.texts)-i); n > 0; n-- {
		if t.start[i+n]-t.start[i] > maxPlaceWords {
			continue
		}
		name := t.name(i, n)
		if kinds == nil && n == 1 && !meantAsPlace(t, i, name) {
			continue
		}
		regions := x.places.Named(name)
		if len(regions) == 0 && !x.ordinary(t, i, n) {
			regions = x.places.Around(name)
		}
		if len(regions) > 0 {
			return x.placeMeanings(regions, name, i, n, kinds)
		}
	}
	return nil
}

func (x *Index) placeMeanings(regions []*kb.Region, name string, first, count int, kinds []kb.RegionKind) []meaning {
	wanted := func(r *kb.Region) bool { return slices.Contains(kinds, r.RegionKind) }
	if len(kinds) == 0 || !slices.ContainsFunc(regions, wanted) {
		wanted = func(r *kb.Region) bool { return len(regions) == 1 || r.RegionKind != kb.COROP }
	}
	var out []meaning
	for _, r := range regions {
		if !wanted(r) {
			continue
		}
		m := meaning{first: first, count: count, field: placeField(r.RegionKind), value: r.Code, label: r.Name}
		names := append([]string{r.Name}, r.Also...)
		m.around = !slices.ContainsFunc(names, func(own string) bool { return kb.Fold(own) == name })
		for _, other := range names {
			if terms := termsOf(x.words, other); kb.Fold(other) != name && len(terms) > 0 {
				m.phrases = append(m.phrases, terms)
			}
		}
		out = append(out, m)
	}
	return out
}

func placeField(k kb.RegionKind) kb.FacetField {
	switch k {
	case kb.Municipality:
		return kb.FacetMunicipality
	case kb.Province:
		return kb.FacetProvince
	case kb.LabourMarketRegion:
		return kb.FacetLabourMarketRegion
	}
	return fieldCOROP
}

// placeKinds gives the kinds of regions that a folded word before a name says.
func placeKinds(word string) ([]kb.RegionKind, bool) {
	switch word {
	case "gemeente", "gem", "municipality":
		return []kb.RegionKind{kb.Municipality}, true
	case "provincie", "prov", "province":
		return []kb.RegionKind{kb.Province}, true
	case "arbeidsmarktregio":
		return []kb.RegionKind{kb.LabourMarketRegion}, true
	case "coropgebied", "coropregio", "corop":
		return []kb.RegionKind{kb.COROP}, true
	case "regio", "region":
		return []kb.RegionKind{kb.LabourMarketRegion, kb.COROP, kb.Province}, true
	}
	return nil, false
}

// meantAsPlace reports whether a word that is the name of a place is meant as one:
// of a word that means something else too, only when it has a capital for which
// there is no other reason.
func meantAsPlace(t *typedWords, i int, name string) bool {
	switch name {
	case "assen", "beek", "best", "buren", "duiven", "echt", "goes", "grave", "haren", "helden", "hoorn", "houten", "huizen",
		"hulst", "kampen", "leek", "leiden", "losser", "putten", "schermer", "sluis", "waterland", "weert", "wierden":
		return t.capital(i)
	}
	return true
}

// capital reports whether a word has a capital for which there is no other reason
// than that it is a name.
func (t *typedWords) capital(i int) bool {
	first, _ := utf8.DecodeRuneInString(t.texts[i])
	return unicode.IsUpper(first) && (i > 0 || len(t.texts) == 1)
}

// ordinary reports whether words that may name a small place rather mean what they
// say: of the hundreds of such places many are called Broek, Made or De Punt.
func (x *Index) ordinary(t *typedWords, first, count int) bool {
	if count == 1 && isCommon(t.terms[first]) {
		return true // Een
	}
	return saysMore(x.words, t.texts[first:first+count]) && !t.capital(first+count-1)
}

// saysMore reports whether the words of a name mean something besides it. A name
// of three words or more is not written by chance, one of three letters often is.
func saysMore(words *dutch.Analyzer, name []string) bool {
	if len(name) == 1 && utf8.RuneCountInString(name[0]) <= 3 {
		return true
	}
	return len(name) <= 2 && !slices.ContainsFunc(name, func(word string) bool { return !words.Ordinary(word) })
}

// chips gives the names in a query that can be turned into filters: those of whole
// items that are words or phrases. items holds the item of each word.
func chips(q query.Query, items []int, found []meaning) []kb.Recognised {
	var out []kb.Recognised
	for _, m := range found {
		if !slices.Contains(kb.FacetFields(), m.field) {
			continue
		}
		covered := items[m.first : m.first+m.count]
		if m.first > 0 && items[m.first-1] == covered[0] || m.first+m.count < len(items) && items[m.first+m.count] == covered[m.count-1] {
			continue // it is a part of a phrase
		}
		covered = slices.Compact(slices.Clone(covered))
		var text []string
		for _, i := range covered {
			text = append(text, strings.TrimFunc(q.Items[i].Text, unicode.IsPunct))
		}
		out = append(out, kb.Recognised{
			Field: m.field, Value: m.value, Label: m.label, Text: strings.Join(text, " "), Rest: q.Without(covered...),
		})
	}
	return out
}
