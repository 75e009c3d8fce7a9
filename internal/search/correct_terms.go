package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"leerkring/internal/kb"
)

// maxRead is how many documents are read to see how a word is written.
const maxRead = 4

// show sets how a correction of a word is written: as one of some readable
// documents writes it, in the form nearest to what was typed.
func (v *view) show(c *corrector, word string, found *correction, rd *readable) error {
	form := found.surface // of the list of words, which has no diacritics
	if form == "" {
		found.surface = found.term
	}
	cost := edits(word, found.surface)
	writing, err := v.writing(found.term, rd)
	if err != nil {
		return err
	}
	for i := range writing {
		text, err := v.text(&writing[i], found.term)
		if err != nil {
			return err
		}
		for _, written := range c.written(text, found.term) {
			folded := kb.Fold(written)
			switch {
			case form != "" && folded == form:
				found.surface = written
			case form == "" && (edits(word, folded) < cost || !c.words.Known(found.surface)):
				found.surface, cost = written, edits(word, folded)
			}
		}
	}
	return nil
}

// writing gives the first readable documents by id that write a term: which they
// are does not depend on what lies between them.
func (v *view) writing(term string, rd *readable) ([]candidate, error) {
	first := best{order: kb.SortTitle, n: maxRead} // without titles, so by id
	for s := range v.segments {
		list, err := v.segments[s].postings(term)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			if p.whole && rd.sets[s].has(p.doc) {
				first.offer(&candidate{key: key{id: v.segments[s].cols.ids[p.doc]}, segment: s, doc: p.doc})
			}
		}
	}
	return first.take(), nil
}

// written gives the words of a text that have a term, in small letters. Only words
// that begin as the term does are analysed: that is cheap, and most do.
func (c *corrector) written(text, term string) []string {
	var out []string
	for word := range strings.FieldsFuncSeq(text, betweenWords) {
		if len(word) > 2*len(term)+8 || word[0] < utf8.RuneSelf && word[0]|0x20 != term[0] {
			continue
		}
		if word = strings.ToLower(word); !slices.Contains(out, word) && c.words.Term(word) == term {
			out = append(out, word)
		}
	}
	return out
}

// text gives title, summary, keywords and body of a document, from what is stored,
// with the first pages of its files that hold a term.
func (v *view) text(c *candidate, term string) (string, error) {
	pages, err := v.pagesWith(c, term)
	if err != nil {
		return "", err
	}
	h, err := v.hit(c)
	if err != nil {
		return "", err
	}
	m, ok := h.Entity.(kb.Material)
	if !ok {
		return h.Entity.Label(), nil
	}
	shared := m.Shared()
	return strings.Join(slices.Concat([]string{shared.Title, shared.Summary, shared.Body}, shared.Keywords, pages), "\n"), nil
}

func (v *view) pagesWith(c *candidate, term string) (texts []string, err error) {
	err = v.eachPageWith(spot{c.segment, c.doc}, []string{term}, func(p storedPage) bool {
		texts = append(texts, p.Text)
		return len(texts) == maxRead
	})
	return texts, err
}

// piece is a part of a word with what stands before and after it.
type piece struct{ before, word, after string }

// similar adds the words of the language that are n edits from a piece, with what
// stands around it.
func (c *corrector) similar(p piece, n int, out proposals) {
	var list []correction
	c.words.Similar(p.word, n, func(surface string) {
		list = append(list, correction{surface: p.before + surface + p.after, cost: edits(p.word, surface)})
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
	queue := c.around(piece{word: word})
	for tried := 0; tried < len(queue) && tried < maxPieces; tried++ {
		p := queue[tried]
		c.similar(p, min(n, maxEdits(p.word)), out)
		queue = append(queue, c.around(p)...)
	}
}

// around gives the first ways in which a part of a piece is known, each with the
// other part, which may hold the error.
func (c *corrector) around(p piece) []piece {
	var out []piece
	c.words.SplitAround(p.word, func(before, middle, after string) {
		// A piece that is a word has no error: over in overtoerisme begins no compound,
		// but is not oven either.
		if len(out) < maxWays && maxEdits(middle) > 0 && !c.words.Known(middle) {
			out = append(out, piece{p.before + before, middle, after + p.after})
		}
	})
	return out
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
