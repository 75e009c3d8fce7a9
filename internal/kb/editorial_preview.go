package kb

import "context"

// Preview is how synonyms would change what one query finds.
type Preview struct {
	Query string
	// TotalBefore and TotalAfter are how many materials it finds.
	TotalBefore, TotalAfter int
	// Moves are the materials whose place changes, in order of their new place, and
	// then those that go.
	Moves []Move
}

// Move is a material that comes, goes or changes place.
type Move struct {
	Entity Entity
	// Before and After are its places, from 1; 0 when it is not among the first 20.
	Before, After int
}

// previewed is how many hits a preview looks at.
const previewed = 20

// Preview tells what synonyms would change for visitors, without storing them.
// Invalid when there is something wrong with the synonyms.
func (ed *Editorial) Preview(ctx context.Context, actor Actor, s *Synonyms, queries []string) ([]Preview, error) {
	if err := mayEdit(actor); err != nil {
		return nil, err
	}
	c := &checker{}
	if s.check(c); len(c.problems) > 0 {
		err := Errorf(Invalid, Text{"De synoniemen kloppen niet.", "The synonyms are not valid."})
		err.Problems = c.problems
		return nil, err
	}
	out := make([]Preview, len(queries))
	for i, text := range queries {
		before, err := ed.search.Search(ctx, Visitor(), SearchRequest{Text: text, First: previewed})
		if err != nil {
			return nil, err
		}
		after, err := ed.search.Search(ctx, Visitor(), SearchRequest{Text: text, First: previewed, Synonyms: []Synonyms{*s}})
		if err != nil {
			return nil, err
		}
		out[i] = Preview{Query: text, TotalBefore: before.Total, TotalAfter: after.Total, Moves: moves(before.Hits, after.Hits)}
	}
	return out, nil
}

func moves(before, after []Hit) []Move {
	was, is := ranks(before), ranks(after)
	var out []Move
	for i, h := range after {
		if id := h.Entity.Base().ID; was[id] != i+1 {
			out = append(out, Move{Entity: h.Entity, Before: was[id], After: i + 1})
		}
	}
	for i, h := range before {
		if is[h.Entity.Base().ID] == 0 {
			out = append(out, Move{Entity: h.Entity, Before: i + 1})
		}
	}
	return out
}

// ranks gives the places of hits, from 1.
func ranks(hits []Hit) map[ID]int {
	out := make(map[ID]int, len(hits))
	for i, h := range hits {
		out[h.Entity.Base().ID] = i + 1
	}
	return out
}
