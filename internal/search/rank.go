package search

import (
	"context"
	"math"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// The ranking is BM25F (Robertson, Zaragoza: The Probabilistic Relevance
// Framework, 2009, §3.6): for each word the term frequencies of the fields are
// weighted, normalised by length and added up before saturation, with one
// inverse document frequency per word over all fields.
const k1 = 1.2

// weights of the text fields, and how far each is normalised by its length, in
// the order of textFields.
func fieldWeights() [4]float64 { return [4]float64{2.5, 1, 1.5, 1} }
func fieldLengths() [4]float64 { return [4]float64{0.4, 0.6, 0.3, 0.7} }

// posting is a document with the weighted frequency of one word.
type posting struct {
	doc    uint32
	weight float32
}

// found are the documents of one segment that hold words, with their scores.
type found struct {
	docs   []uint32 // ascending in the order in which they were first met
	scores []float32
}

// score ranks the readable documents of a view that hold any of the words.
func (v *view) score(ctx context.Context, words []string, readable *readable) ([]found, error) {
	lists := make([][][]posting, len(v.segments)) // segment, word
	frequency := make([]int, len(words))
	for s := range v.segments {
		lists[s] = make([][]posting, len(words))
		sc := &scanner{part: &v.segments[s], readable: readable.sets[s], averages: readable.averages}
		for w, word := range words {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			list, err := sc.postings(word)
			if err != nil {
				return nil, err
			}
			lists[s][w] = list
			frequency[w] += len(list)
		}
	}
	out := make([]found, len(v.segments))
	for s := range v.segments {
		out[s] = combine(lists[s], frequency, readable.n, v.segments[s].cols.docs)
	}
	return out, nil
}

// combine adds up the words of one segment.
func combine(lists [][]posting, frequency []int, n, docs int) found {
	var f found
	total := 0
	for _, l := range lists {
		total += len(l)
	}
	if total == 0 {
		return f
	}
	scores := make([]float32, docs)
	for w, list := range lists {
		idf := inverseDocumentFrequency(frequency[w], n)
		for _, p := range list {
			if scores[p.doc] == 0 {
				f.docs = append(f.docs, p.doc)
			}
			scores[p.doc] += float32(idf * float64(p.weight) / (k1 + float64(p.weight)))
		}
	}
	f.scores = scores
	return f
}

// inverseDocumentFrequency is the form that stays above 0 (Lucene's BM25).
func inverseDocumentFrequency(frequency, n int) float64 {
	return math.Log(1 + (float64(n-frequency)+0.5)/(float64(frequency)+0.5))
}

// scanner reads the postings of words in one segment.
type scanner struct {
	part     *part
	readable bitset
	averages [4]float64
	sum      []float32
	list     segment.PostingsList
	iter     segment.PostingsIterator
}

// postings gives the readable documents that hold a word in any field.
func (sc *scanner) postings(word string) ([]posting, error) {
	if sc.sum == nil {
		sc.sum = make([]float32, sc.part.cols.docs)
	}
	var docs []uint32
	for f, field := range textFields() {
		var err error
		if docs, err = sc.field(field, f, word, docs); err != nil {
			return nil, err
		}
	}
	out := make([]posting, len(docs))
	for i, d := range docs {
		out[i] = posting{d, sc.sum[d]}
		sc.sum[d] = 0
	}
	return out, nil
}

func (sc *scanner) field(field string, f int, word string, docs []uint32) ([]uint32, error) {
	dict, err := sc.part.Segment().Dictionary(field)
	if err != nil {
		return nil, err
	}
	if sc.list, err = dict.PostingsList([]byte(word), sc.part.Deleted(), sc.list); err != nil {
		return nil, err
	}
	if sc.list.Count() == 0 {
		// zap's iterator over a reused list of an unknown word would panic.
		return docs, nil
	}
	sc.iter = sc.list.Iterator(true, false, false, sc.iter)
	weight, b, average := fieldWeights()[f], fieldLengths()[f], sc.averages[f]
	for {
		p, err := sc.iter.Next()
		if err != nil || p == nil {
			return docs, err
		}
		d := uint32(p.Number())
		if !sc.readable.has(d) {
			continue
		}
		if sc.sum[d] == 0 {
			docs = append(docs, d)
		}
		length := float64(sc.part.cols.lengths[d][f])
		sc.sum[d] += float32(weight * float64(p.Frequency()) / (1 - b + b*length/average))
	}
}
