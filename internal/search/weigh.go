package search

import (
	"encoding/binary"

	index "github.com/blevesearch/bleve_index_api"

	"leerkring/internal/search/dutch"
)

// plainField is what our fields have in common: they are neither stored nor
// indexed, and have no value, until they say so.
type plainField struct{}

// Size is not needed, like what other methods of index.Field tell: our budget
// counts bytes itself.
func (plainField) Size() int { return 0 }

// NumPlainTextBytes is not counted.
func (plainField) NumPlainTextBytes() uint64 { return 0 }

// Value is nothing.
func (plainField) Value() []byte { return nil }

// ArrayPositions are none.
func (plainField) ArrayPositions() []uint64 { return nil }

// EncodedFieldType is that of a text.
func (plainField) EncodedFieldType() byte { return 't' }

// Analyze does nothing.
func (plainField) Analyze() {}

// AnalyzedLength is the least there is: our columns know lengths.
func (plainField) AnalyzedLength() int { return 1 }

// AnalyzedTokenFrequencies are none.
func (plainField) AnalyzedTokenFrequencies() index.TokenFrequencies { return nil }

// lateField stores what the analysis of a field before it has made.
type lateField struct {
	plainField
	name  string
	value func() []byte
}

var _ index.Field = (*lateField)(nil)

// Name is that of what is stored.
func (f *lateField) Name() string { return f.name }

// Value is what was made.
func (f *lateField) Value() []byte { return f.value() }

// Options are those of a field that is only stored.
func (f *lateField) Options() index.FieldIndexingOptions { return index.StoreField }

// textField is all text of a document as one field of terms, each with its
// weight where an index has a frequency.
type textField struct {
	plainField
	words    *dutch.Analyzer
	ranking  *Ranking
	texts    [4]string // by textName
	leaves   []*leaf   // of the pages of its files, but those that were taken in
	gathered weigher
	terms    index.TokenFrequencies
}

func newTextField(texts [4]string, words *dutch.Analyzer, rk *Ranking) *textField {
	f := &textField{words: words, ranking: rk, texts: texts}
	f.gathered = weigher{field: f, ranking: rk, places: make(map[string]int32, 256)}
	return f
}

var _ index.Field = (*textField)(nil)

// Name is fieldText.
func (f *textField) Name() string { return fieldText }

// Options are those of a field that is searched and not stored.
func (f *textField) Options() index.FieldIndexingOptions { return index.IndexField }

// AnalyzedTokenFrequencies gives the terms with their weights.
func (f *textField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }

// weight is what a term has gathered in a document.
type weight struct {
	units uint32
	most  uint16 // tenths of an occurrence in the page that has most of it
	whole bool
}

// takeIn adds what its leaves hold, once they are analysed, and lets go of them.
func (f *textField) takeIn() {
	for _, l := range f.leaves {
		f.gathered.leaf(l)
	}
	f.leaves = nil
}

// Analyze weighs the words of all texts.
func (f *textField) Analyze() {
	w := &f.gathered
	for i, text := range f.texts {
		if text != "" {
			w.text(textName(i), text)
		}
	}
	f.takeIn()
	f.terms = make(index.TokenFrequencies, len(w.terms))
	all := make([]index.TokenFreq, len(w.terms))
	for i, term := range w.terms {
		all[i].Term = []byte(term)
		all[i].SetFrequency(encodeWeight(int(w.weights[i].units), f.ranking.files(int(w.weights[i].most)), w.weights[i].whole))
		f.terms[term] = &all[i]
	}
	f.gathered = weigher{order: w.order} // the rest is much for a long file
}

// weigher gathers the weights of one document.
type weigher struct {
	field   *textField
	ranking *Ranking
	places  map[string]int32
	terms   []string
	weights []weight
	order   []byte
}

func (w *weigher) text(name textName, text string) {
	occurrence := units([...]float64{w.ranking.Title, w.ranking.Summary, w.ranking.Names, w.ranking.Body}[name])
	part := max(1, units(w.ranking.Part)*occurrence/unit)
	before, gap := 0, maxGap
	w.field.words.Tokens(text, func(t dutch.Token) {
		if t.Term == "" {
			gap = min(gap+1, maxGap)
			return
		}
		lead := 0
		if name == textBody {
			lead = w.ranking.lead(before)
			before++
		}
		w.add(t.Term, occurrence, lead, true)
		for _, p := range t.Parts {
			w.add(p, part, lead*part/occurrence, false)
		}
		if name != textNames {
			w.order = binary.LittleEndian.AppendUint16(w.order, hashTerm(t.Term)<<gapBits|uint16(gap))
		}
		gap = 0
	})
}

func (w *weigher) add(term string, occurrence, lead int, whole bool) {
	at := w.at(term)
	if at.units == 0 {
		at.units = uint32(lead)
	}
	at.units += uint32(occurrence)
	at.whole = at.whole || whole
}

// maxTerms bounds the terms of the files of a document: of each the index holds some
// hundred bytes while it is made. Dutch text has 65,000 of them in 20 MB. What first
// stands behind so many others is not found.
const maxTerms = 80_000

// leaf adds what pages hold.
func (w *weigher) leaf(l *leaf) {
	l.analyse()
	for i := range l.words {
		if _, known := w.places[l.words[i].term]; !known && len(w.terms) >= maxTerms {
			continue
		}
		at := w.at(l.words[i].term)
		at.most = max(at.most, l.words[i].most)
		at.whole = at.whole || l.words[i].whole
	}
}

// at gives the weight of a term, 0 when it is new.
func (w *weigher) at(term string) *weight {
	i, ok := w.places[term]
	if !ok {
		i = int32(len(w.terms))
		w.places[term] = i
		w.terms = append(w.terms, term)
		w.weights = append(w.weights, weight{})
	}
	return &w.weights[i]
}

// The order of words is stored as a number of 16 bits for each word that has a
// term: the upper bits of its hash and how many words without one stand before
// it. maxGap stands for that many or more, and for the start of a text.
const (
	gapBits = 3
	maxGap  = 1<<gapBits - 1
)

// hashTerm gives 13 bits of the FNV-1a hash of a term.
func hashTerm(term string) uint16 {
	h := uint32(2166136261)
	for i := range len(term) {
		h = (h ^ uint32(term[i])) * 16777619
	}
	return uint16((h ^ h>>13 ^ h>>26) & (1<<13 - 1))
}
