package search_test

import (
	"context"
	"encoding/binary"
	"math"
	"runtime"
	"slices"
	"strconv"
	"testing"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	bleve "github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/registry"
	index "github.com/blevesearch/bleve_index_api"

	"leerkring/internal/kb"
)

// bareIndex is what searches are held against: an index of titles and bodies with
// bleve's own Dutch analysis, and columns of four facets.
type bareIndex struct {
	index index.Index
	dutch analysis.Analyzer
	added [][4][]string // values by document, in the order of adding

	reader  index.IndexReader
	columns [4]bareColumn
	scores  []float32
	found   []uint32
	counts  [4][]int
	hits    int
	asked   int
}

// bareColumn has the numbers of its values by document.
type bareColumn struct {
	of     [][]uint32
	values map[string]uint32
}

func newBareIndex(b *testing.B) *bareIndex {
	b.Helper()
	dutch, err := registry.NewCache().AnalyzerNamed(nl.AnalyzerName)
	if err != nil {
		b.Fatal(err)
	}
	queue := index.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	x, err := scorch.NewScorch(scorch.Name, map[string]any{"path": b.TempDir()}, queue)
	if err == nil {
		err = x.Open()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = x.Close(); queue.Close() })
	return &bareIndex{index: x, dutch: dutch}
}

func (x *bareIndex) add(b *testing.B, docs []kb.Document) {
	b.Helper()
	batch := index.NewBatch()
	for _, d := range docs {
		doc := bleve.NewDocument(strconv.Itoa(len(x.added)))
		doc.AddField(bleve.NewTextFieldCustom("title", nil, []byte(d.Title), index.IndexField, x.dutch))
		doc.AddField(bleve.NewTextFieldCustom("body", nil, []byte(d.Body), index.IndexField, x.dutch))
		batch.Update(doc)
		values := [4][]string{{string(d.Kind)}, nil, nil, {strconv.Itoa(d.Date.Year())}}
		for _, t := range d.Themes {
			values[1] = append(values[1], t.Value)
		}
		for _, code := range d.Regions {
			if kind, ok := kb.RegionKindOf(code); ok && kind == kb.Province {
				values[2] = append(values[2], code)
			}
		}
		x.added = append(x.added, values)
	}
	if err := x.index.Batch(batch); err != nil {
		b.Fatal(err)
	}
}

// finish opens the index for reading and lays the columns out by document number.
func (x *bareIndex) finish(b *testing.B) {
	b.Helper()
	var err error
	if x.reader, err = x.index.Reader(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = x.reader.Close() })
	for i := range x.columns {
		x.columns[i] = bareColumn{of: make([][]uint32, len(x.added)), values: map[string]uint32{}}
	}
	x.scores = make([]float32, len(x.added))
	ids, err := x.reader.DocIDReaderAll()
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = ids.Close() }()
	for {
		id, err := ids.Next()
		if err != nil {
			b.Fatal(err)
		}
		if id == nil {
			break
		}
		name, err := x.reader.ExternalID(id)
		if err != nil {
			b.Fatal(err)
		}
		added, err := strconv.Atoi(name)
		if err != nil {
			b.Fatal(err)
		}
		for i := range x.columns {
			x.columns[i].of[binary.BigEndian.Uint64(id)] = x.columns[i].ordinals(x.added[added][i])
		}
	}
	for i := range x.counts {
		x.counts[i] = make([]int, len(x.columns[i].values))
	}
}

func (c *bareColumn) ordinals(values []string) []uint32 {
	var out []uint32
	for _, v := range values {
		ord, ok := c.values[v]
		if !ok {
			ord = uint32(len(c.values))
			c.values[v] = ord
		}
		out = append(out, ord)
	}
	return slices.Clip(out)
}

// scan adds up the postings of all words of a query in a dense array, and counts
// the facets of all documents that have any.
func (x *bareIndex) scan(query string, facets bool) error {
	for _, doc := range x.found {
		x.scores[doc] = 0
	}
	x.found = x.found[:0]
	for _, token := range x.dutch.Analyze([]byte(query)) {
		for _, field := range []string{"title", "body"} {
			if err := x.scanTerm(token.Term, field); err != nil {
				return err
			}
		}
	}
	x.hits, x.asked = x.hits+len(x.found), x.asked+1
	if !facets {
		return nil
	}
	for i := range x.columns {
		counts, of := x.counts[i], x.columns[i].of
		clear(counts)
		for _, doc := range x.found {
			for _, ord := range of[doc] {
				counts[ord]++
			}
		}
	}
	return nil
}

func (x *bareIndex) scanTerm(term []byte, field string) error {
	postings, err := x.reader.TermFieldReader(context.Background(), term, field, true, true, false)
	if err != nil {
		return err
	}
	weight := float32(math.Log(1 + float64(len(x.scores))/float64(1+postings.Count())))
	var at index.TermFieldDoc
	for {
		p, err := postings.Next(&at)
		if err != nil || p == nil {
			_ = postings.Close() // it was only read
			return err
		}
		doc := uint32(binary.BigEndian.Uint64(p.ID))
		if x.scores[doc] == 0 {
			x.found = append(x.found, doc)
		}
		freq := float32(p.Freq)
		x.scores[doc] += weight * freq / (freq + 1)
		at.ID = at.ID[:0]
	}
}
