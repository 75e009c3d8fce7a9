package search

import (
	"slices"
	"strings"
)

// ordinalSpan is a range of ordinals, end exclusive.
type ordinalSpan struct{ from, to uint32 }

func (s ordinalSpan) holds(ord uint32) bool { return ord-s.from < s.to-s.from }

// beginning gives the span of the sorted values that begin with a text.
func beginning(values []string, text string) ordinalSpan {
	from, _ := slices.BinarySearch(values, text)
	n, _ := slices.BinarySearchFunc(values[from:], text, func(v, text string) int {
		if strings.HasPrefix(v, text) {
			return -1
		}
		return 1
	})
	return ordinalSpan{uint32(from), uint32(from + n)}
}

// span gives the span of the sorted values that go on from a text that was typed,
// with whole words when the next is still to come.
func (t *typed) span(values []string, text string) ordinalSpan {
	if !t.toCome() {
		return beginning(values, text)
	}
	// What is written otherwise lies between the text itself and longer ones.
	return ordinalSpan{exactly(values, text).from, beginning(values, text+" ").to}
}

// exactly gives the span of the sorted values that are a text, however it is
// written: what is written otherwise stands behind it after a tab.
func exactly(values []string, text string) ordinalSpan {
	from, _ := slices.BinarySearch(values, text)
	to, _ := slices.BinarySearch(values, text+"\n")
	return ordinalSpan{uint32(from), uint32(to)}
}

// eachIn visits the documents that have a value in a span, by value.
func (o *ordinals) eachIn(s ordinalSpan, visit func(doc, ord uint32)) {
	for ord := s.from; ord < s.to; ord++ {
		for _, d := range o.docs[o.first[ord]:o.first[ord+1]] {
			visit(d, ord)
		}
	}
}

// mark adds the documents to a set that have a value in a span.
func (o *ordinals) mark(s ordinalSpan, set bitset) {
	if s.from == s.to {
		return
	}
	for _, d := range o.docs[o.first[s.from]:o.first[s.to]] {
		set.set(d)
	}
}
