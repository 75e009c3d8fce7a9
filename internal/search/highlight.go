package search

import (
	"strings"
	"unicode/utf8"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

// marker finds the places where the words of a query stand.
type marker struct {
	words *dutch.Analyzer
	terms map[string]int // numbered by what they stand for
	ends  uint64         // of the terms
	// wanted are the words of the query, shown those that were marked in a hit, as
	// bits of their numbers.
	wanted, shown uint64
}

func newMarker(words *dutch.Analyzer, terms map[string]int) *marker {
	m := &marker{words: words, terms: terms}
	for term := range terms {
		m.ends |= endsOf(term)
	}
	return m
}

// want names the words of the query: once title and summary show all of them, a
// body is not looked at.
func (m *marker) want(concepts []concept) {
	for i := range concepts {
		if concepts[i].typed >= 0 {
			m.wanted |= 1 << (i % 64)
		}
	}
}

// fragment is the length in bytes around which a piece of a long text is cut.
const fragment = 280

// place is a word of the text that matched, in bytes.
type place struct{ start, end, term int }

// highlights gives the pieces of title and summary in which words stand, and of
// the body where those do not show all words of the query.
func (m *marker) highlights(h *kb.Hit) []kb.Highlight {
	material, ok := h.Entity.(kb.Material)
	if !ok {
		return m.add(nil, "title", h.Entity.Label(), 0)
	}
	c := material.Shared()
	m.shown = 0
	out := m.add(nil, "title", c.Title, 0)
	out = m.add(out, "summary", c.Summary, fragment)
	if m.wanted != 0 && m.shown&m.wanted == m.wanted {
		return out
	}
	return m.add(out, "body", c.Body, fragment)
}

// add adds the highlight of one text: whole when max is 0, else its best piece.
func (m *marker) add(out []kb.Highlight, field, text string, max int) []kb.Highlight {
	places := m.places(text)
	if len(places) == 0 {
		return out
	}
	start, end := 0, len(text)
	if max > 0 && len(text) > max {
		start, end = bestPiece(text, places, max)
	}
	piece := text[start:end]
	h := kb.Highlight{Field: field, Text: piece}
	units, at := 0, 0 // UTF-16 code units before byte at of the piece
	for _, p := range places {
		if p.start < start || p.end > end {
			continue
		}
		units += utf16Length(piece[at : p.start-start])
		width := utf16Length(text[p.start:p.end])
		h.Ranges = append(h.Ranges, kb.TextRange{Start: units, End: units + width})
		units += width
		at = p.end - start
	}
	return append(out, h)
}

// maxMarked is how far words are marked in a text, in bytes.
const maxMarked = 128 << 10

func (m *marker) places(text string) []place {
	var out []place
	if len(text) > maxMarked {
		text = text[:maxMarked]
	}
	m.words.Tokens(text, func(t dutch.Token) {
		if i := m.concept(&t); i >= 0 {
			out = append(out, place{t.Start, t.End, i})
			m.shown |= 1 << (i % 64)
		}
	})
	return out
}

// concept gives the number of what a word stands for, by itself or by a part of
// it, or -1.
func (m *marker) concept(t *dutch.Token) int {
	if i := m.number(t.Term); i >= 0 {
		return i
	}
	for _, p := range t.Parts {
		if i := m.number(p); i >= 0 {
			return i
		}
	}
	return -1
}

// number gives the number of a term, or -1. Most terms are told by their ends.
func (m *marker) number(term string) int {
	if term == "" || m.ends&endsOf(term) == 0 {
		return -1
	}
	if i, ok := m.terms[term]; ok {
		return i
	}
	return -1
}

// endsOf gives one of 64 bits for the length, the first and the last byte of a term.
func endsOf(term string) uint64 {
	n := len(term)
	return 1 << ((uint(term[0])*7 + uint(term[n-1])*13 + uint(n)) % 64)
}

// bestPiece chooses the piece of about max bytes with the most different words,
// then the most words, then the first; it starts and ends between words.
func bestPiece(text string, places []place, max int) (start, end int) {
	best, bestScore := 0, -1
	for i := range places {
		var seen uint64
		score := 0
		for j := i; j < len(places) && places[j].end-places[i].start <= max; j++ {
			if bit := uint64(1) << (places[j].term % 64); seen&bit == 0 {
				seen |= bit
				score += max // more than there can be words in a piece
			}
			score++
		}
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	start = places[best].start - max/5
	if start <= 0 {
		start = 0
	} else {
		start = nextWord(text, start, places[best].start)
	}
	end = min(start+max, len(text))
	if end < len(text) {
		end = lastWord(text, end, places[best].end)
	}
	return start, end
}

// nextWord gives the start of a word at or after i, at most limit.
func nextWord(text string, i, limit int) int {
	if space := strings.IndexAny(text[i:limit], " \n\t"); space >= 0 {
		return i + space + 1
	}
	for i < limit && !utf8.RuneStart(text[i]) {
		i++
	}
	return i
}

// lastWord gives the end of a word at or before i, at least limit.
func lastWord(text string, i, limit int) int {
	if limit >= i {
		return limit
	}
	if space := strings.LastIndexAny(text[limit:i], " \n\t"); space >= 0 {
		return limit + space
	}
	for i > limit && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}
