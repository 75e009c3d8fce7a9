package search

import (
	"encoding/binary"

	index "github.com/blevesearch/bleve_index_api"

	"leerkring/internal/search/dutch"
)

// textField is all text of a document as one field of terms, each with its
// weight where an index has a frequency.
type textField struct {
	words   *dutch.Analyzer
	ranking *Ranking
	texts   [4]string // by textName
	terms   index.TokenFrequencies
	order   []byte
}

var _ index.Field = (*textField)(nil)

// Name implements index.Field, like the other methods.
func (f *textField) Name() string { return fieldText }

// Size is not needed: our budget counts bytes itself.
func (f *textField) Size() int { return 0 }

// Value is nothing: texts are stored apart.
func (f *textField) Value() []byte { return nil }

// ArrayPositions are none.
func (f *textField) ArrayPositions() []uint64 { return nil }

// EncodedFieldType is that of a text.
func (f *textField) EncodedFieldType() byte { return 't' }

// Options are those of a field that is searched and not stored.
func (f *textField) Options() index.FieldIndexingOptions { return index.IndexField }

// AnalyzedLength is the least there is: our columns know lengths.
func (f *textField) AnalyzedLength() int { return 1 }

// AnalyzedTokenFrequencies gives the terms with their weights.
func (f *textField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }

// NumPlainTextBytes is the length of the texts.
func (f *textField) NumPlainTextBytes() (n uint64) {
	for _, t := range f.texts {
		n += uint64(len(t))
	}
	return n
}

// weight is what a term has gathered in a document.
type weight struct {
	units int
	whole bool
}

// Analyze weighs the words of all texts.
func (f *textField) Analyze() {
	w := weigher{field: f, ranking: f.ranking, places: make(map[string]int32, 256)}
	for i, text := range f.texts {
		if text != "" {
			w.text(textName(i), text)
		}
	}
	f.order = w.order
	f.terms = make(index.TokenFrequencies, len(w.terms))
	all := make([]index.TokenFreq, len(w.terms))
	for i, term := range w.terms {
		all[i].Term = []byte(term)
		all[i].SetFrequency(encodeWeight(w.weights[i].units, w.weights[i].whole))
		f.terms[term] = &all[i]
	}
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
	i, ok := w.places[term]
	if !ok {
		i = int32(len(w.terms))
		w.places[term] = i
		w.terms = append(w.terms, term)
		w.weights = append(w.weights, weight{units: lead})
	}
	w.weights[i].units += occurrence
	w.weights[i].whole = w.weights[i].whole || whole
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

// orderField stores the order of the words of a textField that was analysed
// before it.
type orderField struct{ *textField }

// Name implements index.Field, like the other methods.
func (f orderField) Name() string { return storedOrder }

// Value is the order.
func (f orderField) Value() []byte { return f.order }

// Options are those of a field that is only stored.
func (f orderField) Options() index.FieldIndexingOptions { return index.StoreField }

// AnalyzedTokenFrequencies are none.
func (f orderField) AnalyzedTokenFrequencies() index.TokenFrequencies { return nil }
