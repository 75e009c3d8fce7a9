package search

import (
	"encoding/binary"
	"errors"
	"hash/crc64"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

const (
	// maxPiece is how long a page is at most, in bytes: a longer one, like a sheet, is
	// taken as several, so that one page is worth as much as another.
	maxPiece = 4 << 10
	// leafPages is how many pages lie together: an index writes a set of so many in
	// the least space.
	leafPages = 6
)

// leaf is a few pages of the files of a document. It is a document of its own in
// the index, beside the one that is found: there is what each page says, so that the
// text of one page can be read without the others, and in which of them each word
// stands.
type leaf struct {
	analyzer *dutch.Analyzer
	ranking  *Ranking
	pages    []kb.FilePage

	once   sync.Once
	words  []leafWord
	orders [][]byte // of the words of each page
}

// leafWord is what a leaf knows of a word.
type leafWord struct {
	term  string
	pages uint8 // a bit for each
	whole bool
	most  uint16 // tenths of an occurrence in the page that has most of it
	here  uint16 // in the page at hand
}

// leavesOf lays out the pages of a document in leaves.
func leavesOf(d *kb.Document, words *dutch.Analyzer, rk *Ranking) iter.Seq2[int, *leaf] {
	return func(yield func(int, *leaf) bool) {
		if !hasText(d.Kind) {
			return
		}
		i := 0
		for pages := range slices.Chunk(pieces(d.Pages), leafPages) {
			if !yield(i, &leaf{analyzer: words, ranking: rk, pages: pages}) {
				return
			}
			i++
		}
	}
}

// size is how much text there is, in bytes.
func (l *leaf) size() (n int) {
	for i := range l.pages {
		n += len(l.pages[i].Text)
	}
	return n
}

// pieces cuts long pages, and leaves out empty ones.
func pieces(pages []kb.FilePage) []kb.FilePage {
	var out []kb.FilePage
	for _, p := range pages {
		rest := strings.TrimSpace(p.Text)
		for len(rest) > maxPiece {
			cut := pieceEnd(rest)
			out = append(out, kb.FilePage{File: p.File, Number: p.Number, Text: rest[:cut]})
			rest = strings.TrimSpace(rest[cut:])
		}
		if rest != "" {
			out = append(out, kb.FilePage{File: p.File, Number: p.Number, Text: rest})
		}
	}
	return out
}

// pieceEnd gives where a long text is cut: at the last end of a line of its first
// piece, or else between words, or else between letters.
func pieceEnd(text string) int {
	head := text[:maxPiece]
	for _, gap := range []string{"\n", " "} {
		if i := strings.LastIndex(head, gap); i > maxPiece/2 {
			return i
		}
	}
	cut := maxPiece
	for cut > maxPiece-utf8.UTFMax && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return cut
}

// analyse weighs the words of the pages, once: the leaf needs them and the document
// that it is of.
func (l *leaf) analyse() {
	l.once.Do(func() {
		places := make(map[string]int32, 512)
		for i, p := range l.pages {
			l.orders = append(l.orders, l.page(p.Text, uint8(1)<<i, places))
		}
	})
}

// page takes in the words of one page, and gives their order.
func (l *leaf) page(text string, bit uint8, places map[string]int32) (order []byte) {
	part := uint16(max(1, units(l.ranking.Part)))
	add := func(term string, n uint16, whole bool) {
		i, ok := places[term]
		if !ok {
			i = int32(len(l.words))
			places[term] = i
			l.words = append(l.words, leafWord{term: term})
		}
		w := &l.words[i]
		if w.pages&bit == 0 {
			w.pages |= bit
			w.here = 0
		}
		w.here += n
		w.most = max(w.most, w.here)
		w.whole = w.whole || whole
	}
	gap := maxGap
	l.analyzer.Tokens(text, func(t dutch.Token) {
		if t.Term == "" {
			gap = min(gap+1, maxGap)
			return
		}
		add(t.Term, unit, true)
		for _, p := range t.Parts {
			add(p, part, false)
		}
		order = binary.LittleEndian.AppendUint16(order, hashTerm(t.Term)<<gapBits|uint16(gap))
		gap = 0
	})
	return order
}

// leafField are the terms of a leaf, with the pages where each stands in the place
// of a frequency.
type leafField struct {
	plainField
	leaf  *leaf
	terms index.TokenFrequencies
}

var _ index.Field = (*leafField)(nil)

// Name is fieldPages.
func (f *leafField) Name() string { return fieldPages }

// Options are those of a field that is searched and not stored.
func (f *leafField) Options() index.FieldIndexingOptions { return index.IndexField }

// Analyze makes the terms.
func (f *leafField) Analyze() {
	f.leaf.analyse()
	f.terms = make(index.TokenFrequencies, len(f.leaf.words))
	all := make([]index.TokenFreq, len(f.leaf.words))
	for i, w := range f.leaf.words {
		all[i].Term = []byte(w.term)
		all[i].SetFrequency(int(w.pages))
		f.terms[w.term] = &all[i]
	}
}

// AnalyzedTokenFrequencies gives the terms with their pages.
func (f *leafField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }

// leafName names the i-th leaf of a document.
func leafName(of string, i int) string { return of + leafMark + strconv.Itoa(i) }

// document writes the leaf in bleve's terms, as the i-th of a document.
func (l *leaf) document(of string, i int) *document.Document {
	out := document.NewDocument(leafName(of, i))
	out.AddField(sumField(l.checksum()))
	out.AddField(&leafField{leaf: l})
	out.AddField(valuesField(string(letterLeaf) + of + separator + string(letterPlace) + strconv.Itoa(i)))
	out.AddField(&lateField{name: storedPages, value: l.encode})
	return out
}

// checksum covers all that the pages say.
func (l *leaf) checksum() uint64 {
	h := crc64.New(crc64.MakeTable(crc64.ECMA))
	for _, p := range l.pages {
		for _, s := range []string{string(p.File), strconv.Itoa(p.Number), p.Text} {
			_, _ = io.WriteString(h, s) // never fails (hash.Hash)
			_, _ = h.Write([]byte{0})
		}
	}
	return h.Sum64()
}

// encode writes the pages: of each its file, number, the order of its words and its
// text, each with its length in front.
func (l *leaf) encode() []byte {
	var b []byte
	add := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	for i, p := range l.pages {
		add(string(p.File))
		add(strconv.Itoa(p.Number))
		add(string(l.orders[i]))
		add(p.Text)
	}
	return b
}

// storedPage is a page as it was stored.
type storedPage struct {
	kb.FilePage
	order order
}

// decodeLeaf reads the pages of which wanted has the bit.
func decodeLeaf(b []byte, wanted uint8) ([]storedPage, error) {
	var out []storedPage
	for i := 0; len(b) > 0; i++ {
		var fields [4][]byte
		for f := range fields {
			n, size := binary.Uvarint(b)
			if size <= 0 || n > uint64(len(b)-size) {
				return nil, errors.New("pages that cannot be read")
			}
			fields[f], b = b[size:size+int(n)], b[size+int(n):]
		}
		if wanted&(1<<i) == 0 {
			continue
		}
		number, err := strconv.Atoi(string(fields[1]))
		if err != nil {
			return nil, err
		}
		out = append(out, storedPage{
			FilePage: kb.FilePage{File: kb.ID(fields[0]), Number: number, Text: string(fields[3])},
			order:    slices.Clone(order(fields[2])),
		})
	}
	return out, nil
}
