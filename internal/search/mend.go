package search

import (
	"context"
	"math"
	"slices"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/search/query"
)

// maxMended bounds the words of one query for which corrections are looked for.
const maxMended = 4

// mend replaces words that no document holds by what was probably meant, and
// proposes others for words that hardly any document holds. Words of the language
// and words that stand for something stay: that nobody wrote of it yet is no error.
func (p *plan) mend(ctx context.Context, x *Index) error {
	mended, proposed := map[int]string{}, map[int]string{}
	tried := 0
	for i := range p.words {
		w := &p.words[i]
		if !w.plain || tried == maxMended || x.words.Known(w.text) || p.stands(w, func(*meaning) bool { return true }) {
			continue
		}
		tried++
		found, err := p.meant(ctx, x, w)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			continue
		}
		proposed[w.item] = p.with(proposed, w, found[0].surface)
		if !w.here && !p.asTyped {
			mended[w.item] = p.with(mended, w, found[0].surface)
			w.take(x, found)
		}
	}
	if len(mended) > 0 {
		p.searchedFor = p.query.Replace(mended)
		p.understand(x)
	}
	if len(proposed) > len(mended) {
		p.didYouMean = p.query.Replace(proposed)
	}
	return nil
}

// with gives the text of a word's item with another word in its place, after what
// was changed before it in the same item.
func (p *plan) with(changed map[int]string, w *word, surface string) string {
	text := p.query.Items[w.item].Text
	before, after := text[:w.start], text[w.start+len(w.text):]
	if earlier, ok := changed[w.item]; ok {
		before = strings.TrimSuffix(earlier, text[w.start:])
	}
	return before + surface + after
}

// meant gives what may have been meant by a word that no document holds, or that
// hardly any does.
func (p *plan) meant(ctx context.Context, x *Index, w *word) ([]correction, error) {
	if !w.here {
		return p.view.correct(ctx, x.corrector, kb.Fold(w.text), w.term, p.readable)
	}
	best, ok, err := p.view.better(ctx, x.corrector, kb.Fold(w.text), w.term, p.readable)
	if err != nil || !ok {
		return nil, err
	}
	return []correction{best}, nil
}

// take takes corrections for a word: the best one in its place, others that may
// have been meant as well beside it.
func (w *word) take(x *Index, found []correction) {
	w.text, w.term, w.here = found[0].surface, found[0].term, true
	w.parts = x.words.Parts(found[0].surface)
	for _, c := range found[1:] {
		if share := math.Exp(c.likelihood() - found[0].likelihood()); share > 0.05 {
			w.others = append(w.others, alternative{c.term, float32(math.Sqrt(share))})
		}
	}
}

// sayLoose says that phrases were searched for as words, because they stand nowhere.
func (p *plan) sayLoose() {
	if !p.loose {
		return
	}
	text := p.query.Text
	for _, item := range slices.Backward(p.query.Items) {
		if item.Kind != query.Phrase || item.Excluded || item.Required {
			continue
		}
		words := strings.Fields(item.Text)
		for i := range words {
			words[i] = strings.TrimLeft(words[i], "+-")
		}
		text = text[:item.Start] + strings.Join(words, " ") + text[item.End:]
	}
	p.searchedFor = text
}
