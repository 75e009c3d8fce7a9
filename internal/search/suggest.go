package search

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"leerkring/internal/kb"
)

// Suggest implements kb.Searcher. Labels that are what was typed come first, then
// names that begin with it, queries, titles that hold all words, and other names;
// each kind leaves room for the next.
func (x *Index) Suggest(ctx context.Context, actor kb.Actor, prefix string, first int) ([]kb.Suggestion, error) {
	t := newTyped(prefix)
	if len(t.words) == 0 || first <= 0 {
		return nil, nil
	}
	v := x.views.acquire()
	if v == nil {
		return nil, stopping()
	}
	defer x.views.release(v)
	out, err := x.suggest(ctx, v, actor, t, first)
	if err != nil || len(out) > 0 {
		return out, ioError(err, x.dir)
	}
	for _, other := range v.retyped(t, v.readable(actor, published(append(entityKinds(), kb.MaterialKinds()...)...))) {
		if out, err = x.suggest(ctx, v, actor, other, first); err != nil || len(out) > 0 {
			break
		}
	}
	return out, ioError(err, x.dir)
}

// entityKinds are the kinds of records, besides material, that are suggested.
func entityKinds() []kb.Kind {
	return []kb.Kind{kb.KindTheme, kb.KindRegion, kb.KindOrganisation, kb.KindPerson}
}

// suggestionKind says what kind of suggestion such a record gives.
func suggestionKind(k kb.Kind) kb.SuggestionKind {
	switch k {
	case kb.KindTheme:
		return kb.SuggestTheme
	case kb.KindRegion:
		return kb.SuggestRegion
	case kb.KindOrganisation:
		return kb.SuggestOrganisation
	case kb.KindPerson:
		return kb.SuggestPerson
	}
	return kb.SuggestMaterial
}

// typed is the beginning of a query.
type typed struct {
	before string   // what stands before the last word, as it was written
	words  []string // folded; the last one may go on, or be still to come
	text   string   // folded
	title  string   // as titles are sorted
}

const (
	maxTyped      = 200 // bytes that are looked at
	maxTypedWords = 8   // more than these begin no title
)

func newTyped(prefix string) *typed {
	prefix = strings.ToValidUTF8(prefix[:min(len(prefix), maxTyped)], "")
	t := &typed{text: kb.Fold(prefix), title: titleKey(prefix)}
	t.words = strings.Fields(t.text)
	rest := ""
	if i := strings.LastIndexFunc(prefix, betweenWords); i >= 0 {
		_, size := utf8.DecodeRuneInString(prefix[i:])
		rest = prefix[:i+size]
	}
	if len(rest) == len(prefix) && len(t.words) > 0 {
		t.words = append(t.words, "") // the next word is still to come
	}
	t.before = strings.Join(strings.FieldsFunc(rest, unseen), " ")
	if trimmed := strings.TrimRightFunc(rest, unseen); len(trimmed) < len(rest) && t.before != "" {
		t.before += " "
	}
	if len(t.words) > maxTypedWords {
		t.words = nil
	}
	return t
}

// toCome reports whether the last word is still to come.
func (t *typed) toCome() bool { return t.words[len(t.words)-1] == "" }

// begins reports whether a folded name goes on from what was typed.
func (t *typed) begins(name string) bool {
	rest, ok := strings.CutPrefix(name, t.text)
	return ok && (!t.toCome() || strings.HasPrefix(rest, " "))
}

// unseen reports whether a rune shows nothing but a gap.
func unseen(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// The classes of suggestions, in their order.
const (
	classExact  = iota // the label or another name is what was typed
	classStarts        // the label begins with it
	classQuery
	classTitle // material whose title holds all words
	classOther // another word or name begins with it
	numClasses
)

// share is how many suggestions of a class are given as long as others have some.
func share(class, first int) int {
	switch class {
	case classExact:
		return first
	case classStarts:
		return max(1, first/3)
	case classQuery:
		return max(1, first*2/5)
	case classTitle:
		return max(1, first/5)
	}
	return first / 10
}

// suggest gives the suggestions for what was typed, taken as it is.
func (x *Index) suggest(ctx context.Context, v *view, actor kb.Actor, t *typed, first int) ([]kb.Suggestion, error) {
	g, err := v.gather(ctx, actor, t, first)
	if err != nil {
		return nil, err
	}
	var lists [numClasses][]kb.Suggestion
	for class := range lists {
		if class == classQuery {
			lists[class] = x.queries(g, first)
			continue
		}
		if lists[class], err = v.entities(g, class, first); err != nil {
			return nil, err
		}
	}
	return mix(lists, first), nil
}

// mix gives each class its share, what is left in order of class, and then all of
// them in that order.
func mix(lists [numClasses][]kb.Suggestion, first int) []kb.Suggestion {
	var taken [numClasses]int
	left := first
	for class, list := range lists {
		taken[class] = min(len(list), share(class, first), left)
		left -= taken[class]
	}
	var out []kb.Suggestion
	for class, list := range lists {
		more := min(len(list)-taken[class], left)
		left -= more
		out = append(out, list[:taken[class]+more]...)
	}
	return out
}

// entities opens the hits of a class. A name by which a hit was found may be that
// of something else in its record, like the city of an organisation: such a hit
// is left out.
func (v *view) entities(g *gathering, class, first int) ([]kb.Suggestion, error) {
	var out []kb.Suggestion
	titles := map[string]bool{}
	for _, h := range g.hits[class] {
		if len(out) == first {
			break
		}
		if class == classTitle && titles[h.title] {
			continue // nobody could tell them apart here
		}
		titles[h.title] = true
		opened, err := v.hit(h.candidate)
		if err != nil {
			return nil, err
		}
		if h.byName && !slices.ContainsFunc(otherNames(opened.Entity), func(name string) bool {
			folded := kb.Fold(name)
			return folded == g.typed.text || class != classExact && g.typed.begins(folded)
		}) {
			continue
		}
		out = append(out, kb.Suggestion{Kind: h.kind, Text: opened.Entity.Label(), Entity: opened.Entity})
	}
	return out, nil
}

// otherNames gives the names of an entity besides its label.
func otherNames(e kb.Entity) []string {
	switch e := e.(type) {
	case *kb.Theme:
		return append([]string{e.PrefLabel.EN}, e.Synonyms...)
	case *kb.Region:
		return e.Also
	case *kb.Organisation:
		return e.Also
	}
	return nil
}
