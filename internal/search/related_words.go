package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

const (
	maxTelling = 25    // words by which a material is compared
	maxCompare = 6_000 // bytes of a body that are looked at
	minCounted = 1_000 // documents, below which a word can always be telling
)

// tellingWord is a word that says what a material is about.
type tellingWord struct {
	term, text string
	often      float64 // in the material, each place counted as in ranking
	weight     float64 // often, saturated
	telling    float64 // weight times the inverse document frequency
	documents  int
}

// tellingWords gives the words of a material that are in few others, most telling
// first.
func (x *Index) tellingWords(ctx context.Context, v *view, readable *readable, source *candidate) ([]tellingWord, error) {
	words, err := x.wordsOf(v, source)
	if err != nil {
		return nil, err
	}
	// What more than one in fifty has tells little, in a collection that is large.
	common := max(minCounted, readable.n/50)
	if err := v.countEach(ctx, words, readable, common); err != nil {
		return nil, err
	}
	words = slices.DeleteFunc(words, func(w tellingWord) bool { return w.documents < 2 || w.documents >= common })
	for i := range words {
		w := &words[i]
		w.weight = w.often / (x.ranking.K1 + w.often)
		w.telling = w.weight * inverseDocumentFrequency(w.documents, readable.n)
	}
	slices.SortFunc(words, func(a, b tellingWord) int {
		return cmp.Or(cmp.Compare(b.telling, a.telling), cmp.Compare(a.term, b.term))
	})
	return words[:min(len(words), maxTelling)], nil
}

// wordsOf gives the words of a material, each once, as they are written.
func (x *Index) wordsOf(v *view, source *candidate) ([]tellingWord, error) {
	h, err := v.hit(source)
	if err != nil {
		return nil, err
	}
	m, ok := h.Entity.(kb.Material)
	if !ok {
		return nil, nil
	}
	c, rk := m.Shared(), &x.ranking
	var out []tellingWord
	places := map[string]int{}
	add := func(text string, often float64) {
		x.words.Tokens(text, func(t dutch.Token) {
			if t.Term == "" {
				return
			}
			i, ok := places[t.Term]
			if !ok {
				i = len(out)
				places[t.Term] = i
				out = append(out, tellingWord{term: t.Term})
			}
			out[i].often += often
			out[i].text = plainer(out[i].text, text[t.Start:t.End])
		})
	}
	body := c.Body
	if len(body) > maxCompare {
		body = strings.ToValidUTF8(body[:maxCompare], "")
	}
	add(c.Title, rk.Title)
	add(c.Summary, rk.Summary)
	add(strings.Join(c.Keywords, "\n"), rk.Names)
	add(body, rk.Body)
	return out, nil
}

// plainer chooses how a word is shown: in small letters when it is so anywhere.
func plainer(known, written string) string {
	if known == "" || known != strings.ToLower(known) && written == strings.ToLower(written) {
		return written
	}
	return known
}

// countEach counts the readable documents that hold each word, up to enough. It
// does not keep the postings: most of them are of words that tell nothing.
func (v *view) countEach(ctx context.Context, words []tellingWord, readable *readable, enough int) error {
	var list segment.PostingsList
	var iter segment.PostingsIterator
	for s := range v.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		dict, err := v.segments[s].Segment().Dictionary(fieldText)
		if err != nil {
			return err
		}
		for i := range words {
			w := &words[i]
			if w.documents >= enough {
				continue
			}
			if list, err = dict.PostingsList([]byte(w.term), nil, list); err != nil {
				return err
			}
			if list.Count() == 0 {
				continue // zap's iterator over a reused list of an unknown word would panic
			}
			iter = list.Iterator(false, false, false, iter)
			for w.documents < enough {
				p, err := iter.Next()
				if err != nil {
					return err
				}
				if p == nil {
					break
				}
				if readable.sets[s].has(uint32(p.Number())) {
					w.documents++
				}
			}
		}
	}
	return nil
}

// maxWordsShown is how many shared words a reason names.
const maxWordsShown = 3

// reasons says what a document has in common with the material, most telling
// first. One word in common is chance, and none.
func (l *likeness) reasons(c *candidate) ([]kb.Reason, error) {
	type weighed struct {
		kb.Reason
		gain float64
	}
	var list []weighed
	for _, shared := range []*sharedValues{l.themes, l.level(c.segment, c.doc), l.organisations} {
		if shared == nil {
			continue
		}
		if values := shared.with(l.view, c.segment, c.doc); len(values) > 0 {
			list = append(list, weighed{kb.Reason{Field: shared.field, Values: values}, shared.gain * float64(len(values))})
		}
	}
	words, gain, err := l.sharedWords(c)
	if err != nil {
		return nil, err
	}
	if len(words) > 1 || len(words) > 0 && len(list) > 0 {
		list = append(list, weighed{kb.Reason{Values: words[:min(len(words), maxWordsShown)]}, gain})
	}
	slices.SortStableFunc(list, func(a, b weighed) int { return cmp.Compare(b.gain, a.gain) })
	out := make([]kb.Reason, len(list))
	for i := range list {
		out[i] = list[i].Reason
	}
	return out, nil
}

// sharedWords gives the telling words that a document has too, and what they are
// worth in units.
func (l *likeness) sharedWords(c *candidate) (words []string, gain float64, err error) {
	var shown []tellingWord
	for _, w := range l.words {
		list, err := l.view.segments[c.segment].postings(w.term)
		if err != nil {
			return nil, 0, err
		}
		i, ok := slices.BinarySearchFunc(list, c.doc, func(p posting, d uint32) int { return cmp.Compare(p.doc, d) })
		if !ok || !list[i].whole {
			continue
		}
		gain += w.telling / l.unit
		if !strings.ContainsFunc(w.text, noReason) {
			shown = append(shown, w)
		}
	}
	// A word that stands once in a text may be telling by chance.
	slices.SortStableFunc(shown, func(a, b tellingWord) int { return cmp.Compare(min(b.often, 2), min(a.often, 2)) })
	for _, w := range shown {
		words = append(words, w.text)
	}
	return words, gain, nil
}

// noReason finds numbers, codes and abbreviations, which tell a reader little.
func noReason(r rune) bool { return r == '.' || unicode.IsDigit(r) }

// explain opens the first hits that have something in common with the material.
func (l *likeness) explain(hits []candidate, first int) ([]kb.Related, error) {
	var out []kb.Related
	for i := range hits {
		if len(out) == first {
			break
		}
		reasons, err := l.reasons(&hits[i])
		if err != nil {
			return nil, err
		}
		if len(reasons) == 0 {
			continue
		}
		h, err := l.view.hit(&hits[i])
		if err != nil {
			return nil, err
		}
		h.Score = hits[i].score
		out = append(out, kb.Related{Hit: *h, Reasons: reasons})
	}
	return out, nil
}
