package search

import (
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// posting is a document with the weight that a term has in it.
type posting struct {
	doc   uint32
	units uint16
	files uint8 // units of its files
	// whole says that the term stands there as a word, not only inside compounds.
	whole bool
}

// lists remembers decoded postings of one segment, which never change: reading
// them from memory is some ten times as fast as decoding them.
type lists struct {
	mu    sync.RWMutex
	known map[string][]posting
	held  int // postings in known
}

// maxHeld bounds the postings that are remembered, per document of the segment:
// some 400 bytes.
const maxHeld = 50

// postings gives the documents of a term, deleted and unreadable ones included.
// The list is shared and must not be changed.
func (p *part) postings(term string) ([]posting, error) {
	return p.cols.lists.get(p, term, p.decode)
}

// get gives a list that is remembered, or made and remembered.
func (l *lists) get(p *part, term string, decode func(term string) ([]posting, error)) ([]posting, error) {
	l.mu.RLock()
	known, ok := l.known[term]
	l.mu.RUnlock()
	if ok {
		return known, nil
	}
	list, err := decode(term)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known == nil || l.held+len(list) > maxHeld*p.cols.docs {
		l.known, l.held = map[string][]posting{}, 0
	}
	if len(list) <= maxHeld*p.cols.docs {
		l.known[term] = list
		l.held += len(list)
	}
	return list, nil
}

func (p *part) decode(term string) ([]posting, error) {
	dict, err := p.Segment().Dictionary(fieldText)
	if err != nil {
		return nil, err
	}
	list, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil || list.Count() == 0 {
		return nil, err
	}
	out := make([]posting, 0, list.Count())
	err = eachPosting(list, true, func(q segment.Posting) {
		u, files, whole := decodeWeight(q.Frequency())
		out = append(out, posting{doc: uint32(q.Number()), units: uint16(min(u, 1<<16-1)), files: files, whole: whole})
	})
	return out, err
}

// eachPosting visits a list, with frequencies where they are asked for.
func eachPosting(list segment.PostingsList, frequencies bool, visit func(segment.Posting)) error {
	iter := list.Iterator(frequencies, false, false, nil)
	for {
		p, err := iter.Next()
		if err != nil || p == nil {
			return err
		}
		visit(p)
	}
}

// valued gives the documents that have a value, in order, deleted ones included.
func (p *part) valued(letter byte, value string) ([]uint32, error) {
	return valuedIn(p.Segment(), letter, value)
}

func valuedIn(seg segment.Segment, letter byte, value string) ([]uint32, error) {
	dict, err := seg.Dictionary(fieldValues)
	if err != nil {
		return nil, err
	}
	list, err := dict.PostingsList(append([]byte{letter}, value...), nil, nil)
	if err != nil || list.Count() == 0 {
		return nil, err
	}
	out := make([]uint32, 0, list.Count())
	err = eachPosting(list, false, func(q segment.Posting) { out = append(out, uint32(q.Number())) })
	return out, err
}

// documents counts the readable documents that hold a term, up to enough.
func (v *view) documents(term string, readable *readable, enough int) (int, error) {
	n := 0
	for s := range v.segments {
		list, err := v.segments[s].postings(term)
		if err != nil {
			return 0, err
		}
		for _, p := range list {
			if readable.sets[s].has(p.doc) {
				if n++; n >= enough {
					return n, nil
				}
			}
		}
	}
	return n, nil
}
