package compound

import (
	"cmp"
	"slices"

	"leerkring/internal/search/dutch/internal/lexicon"
)

// Around gives the ways in which all but one piece of a word that nobody knows are
// parts of a compound, so that the piece in between can be corrected: bedrijven
// and terein, regio and werkplaasten. Before and after are folded pieces, one of
// them empty unless the unknown piece stands in the middle; together with middle
// they are the folded word. The longest known beginnings and endings come first.
func (s *Splitter) Around(word string, yield func(before, middle, after string)) {
	folded, _ := join(word)
	n := len(folded)
	if n > maxLetters || n < 2*leastKnown {
		return
	}
	begins, ends := s.begins(folded), s.ends(folded)
	for _, at := range begins {
		if n-at >= leastUnknown {
			yield(folded[:at], folded[at:], "")
		}
	}
	for _, at := range ends {
		if at >= leastUnknown {
			yield("", folded[:at], folded[at:])
		}
	}
	for _, from := range begins {
		for _, to := range ends {
			if to-from >= leastUnknown {
				yield(folded[:from], folded[from:to], folded[to:])
			}
		}
	}
}

// A piece that is known needs four letters, for less is in any word; one that is
// to be corrected needs three.
const (
	leastKnown   = 4
	leastUnknown = 3
)

// begins gives where parts end that the word begins with, the longest first.
func (s *Splitter) begins(folded string) []int {
	var out []int
	s.words.Prefixes(folded, func(end int, e lexicon.Entry) {
		for _, link := range s.closed.links {
			next := end + len(link)
			if next < leastKnown || next >= len(folded) || folded[end:next] != link {
				continue
			}
			family := s.families[folded[:next]]
			if _, ok := s.first(folded[:end], link, e, family); ok && (link == "" || family.First > 0) {
				out = append(out, next)
			}
		}
	})
	slices.SortFunc(out, func(a, b int) int { return cmp.Compare(b, a) })
	return slices.Compact(out)
}

// ends gives where parts begin that the word ends with, the longest first.
func (s *Splitter) ends(folded string) []int {
	var out []int
	for at := leastUnknown; at <= len(folded)-leastKnown; at++ {
		e, listed := s.words.Find(folded[at:])
		if !listed {
			continue
		}
		if _, ok := s.end(folded[at:], e, Size{}); ok {
			out = append(out, at)
		}
	}
	return out
}
