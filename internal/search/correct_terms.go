package search

import (
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

// maxRead is how many documents are read to see how a word is written.
const maxRead = 4

// show sets how a correction of a word is written: as some readable document
// writes it, in the form nearest to what was typed.
func (v *view) show(c *corrector, word string, found *correction, rd *readable) error {
	form := found.surface // of the list of words, which has no diacritics
	if form == "" {
		found.surface = found.term
	}
	read, cost := 0, edits(word, found.surface)
	for s := range v.segments {
		list, err := v.segments[s].postings(found.term)
		if err != nil {
			return err
		}
		for _, p := range list {
			if !p.whole || !rd.sets[s].has(p.doc) {
				continue
			}
			text, err := v.text(s, p.doc)
			if err != nil {
				return err
			}
			c.words.Tokens(text, func(t dutch.Token) {
				if t.Term != found.term {
					return
				}
				written := strings.ToLower(text[t.Start:t.End])
				switch folded := kb.Fold(written); {
				case form != "" && folded == form:
					found.surface = written
				case form == "" && (edits(word, folded) < cost || !c.words.Known(found.surface)):
					found.surface, cost = written, edits(word, folded)
				}
			})
			if read++; read == maxRead {
				return nil
			}
		}
	}
	return nil
}

// text gives title, summary, keywords and body of a document, from what is stored.
func (v *view) text(s int, doc uint32) (string, error) {
	h, err := v.hit(&candidate{segment: s, doc: doc})
	if err != nil {
		return "", err
	}
	m, ok := h.Entity.(kb.Material)
	if !ok {
		return h.Entity.Label(), nil
	}
	c := m.Shared()
	return strings.Join(append([]string{c.Title, c.Summary, h.Body}, c.Keywords...), "\n"), nil
}

// similar adds the words of the language that are n edits from a word, with
// another piece in front and behind when the word is one piece of a compound.
func (c *corrector) similar(before, word, after string, n int, out proposals) {
	var list []correction
	c.words.Similar(word, n, func(surface string) {
		list = append(list, correction{surface: before + surface + after, cost: edits(word, surface)})
	})
	cheapestFirst(list)
	for _, s := range list[:min(len(list), maxLookedUp)] {
		if s.term = c.words.Term(s.surface); s.term != "" {
			out.add(s)
		}
	}
}

// pieces adds the compounds of which one piece is n edits from a piece of a word.
func (c *corrector) pieces(word string, n int, out proposals) {
	ways := 0
	c.words.SplitAround(word, func(before, middle, after string) {
		if n := min(n, maxEdits(middle)); n > 0 && ways < maxWays {
			ways++
			c.similar(before, middle, after, n, out)
		}
	})
}

// inPieces counts the documents of a compound that is nowhere as a whole: those of
// its rarest part.
func (v *view) inPieces(c *corrector, surface string, rd *readable) (int, error) {
	if c.words.Parts(surface) == nil {
		return 0, nil
	}
	least := 0
	for _, part := range c.words.Split(surface) {
		n, err := v.documents(c.words.Term(part.Lemma), rd, enough)
		if err != nil || n == 0 {
			return 0, err
		}
		if least == 0 || n < least {
			least = n
		}
	}
	return least, nil
}
