// Package suggest finds in a file what its material lacks: a title, a summary, who made
// it and when, themes, places, organisations and keywords, each with the place where it stands.
//
// The invariant that a newcomer must know: it changes nothing and decides nothing. The text is a
// stranger's, so what is looked at is bounded, and what is suggested is a name that the
// collection knows already, or a piece of the text itself.
package suggest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"leerkring/internal/kb"
)

// Collection is what is asked of the collection: kb.Searcher has it.
type Collection interface {
	Search(ctx context.Context, actor kb.Actor, req kb.SearchRequest) (*kb.SearchResult, error)
}

// Suggester implements kb.Suggester. It may be used by many goroutines.
type Suggester struct {
	collection Collection
	places     *kb.Gazetteer
}

// New makes a suggester that knows the themes, people and organisations of a
// collection and the places of a gazetteer.
func New(collection Collection, places *kb.Gazetteer) *Suggester {
	return &Suggester{collection: collection, places: places}
}

// Suggest gives what a file says about its material and the material does not hold
// yet, the fields in the order of a form and the best of a field first. Errors are those of
// the collection and of the context.
func (s *Suggester) Suggest(ctx context.Context, r *kb.Reading, f *kb.File, m kb.Material) ([]kb.Suggested, error) {
	if r == nil || len(r.Pages) == 0 {
		return nil, nil
	}
	t := read(r)
	g := &gathering{reading: r, text: t, material: m, common: m.Shared()}
	g.title(f)
	g.summary()
	g.language()
	g.date()
	g.size()
	g.licence()
	g.regions(s.places)
	for _, look := range []func(context.Context, Collection) error{g.themes, g.organisations, g.people, g.keywords} {
		if err := look(ctx, s.collection); err != nil {
			return nil, err
		}
	}
	return g.out, ctx.Err()
}

// gathering collects the suggestions of one file.
type gathering struct {
	reading  *kb.Reading
	text     *text
	material kb.Material
	common   *kb.Common
	out      []kb.Suggested
}

// add adds a suggestion that was found at a place in the text.
func (g *gathering) add(field, value, label string, confidence float64, at span) {
	s := kb.Suggested{Field: field, Value: value, Label: label, Confidence: confidence}
	if at.page > 0 {
		s.Page = at.page
		s.Passage, s.Ranges = g.text.passage(at)
	}
	sum := sha256.Sum256([]byte(field + "\x00" + value))
	s.Key = field + "-" + hex.EncodeToString(sum[:8])
	if !slices.ContainsFunc(g.out, func(o kb.Suggested) bool { return o.Key == s.Key }) {
		g.out = append(g.out, s)
	}
}

// all gives the published records of a kind, at most 2,000 of them.
func all(ctx context.Context, c Collection, kind kb.Kind) ([]kb.Entity, error) {
	const most = 2000
	var out []kb.Entity
	req := kb.SearchRequest{Kinds: []kb.Kind{kind}, Sort: kb.SortTitle, First: kb.MaxPage}
	for len(out) < most {
		page, err := c.Search(ctx, kb.System(), req)
		if err != nil {
			return nil, err
		}
		for _, h := range page.Hits {
			out = append(out, h.Entity)
			req.After = h.Cursor
		}
		if !page.HasNextPage || len(page.Hits) == 0 {
			break
		}
	}
	return out, nil
}
