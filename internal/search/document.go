package search

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc64"
	"io"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

// A document is named by its record, then copyMark for a working copy, then
// variantMark and the number of a variant but the first. A leaf is named by its
// document, leafMark and its place among the leaves of that.
const (
	copyMark    = "~"
	variantMark = "+"
	leafMark    = "/"
)

func documentID(id kb.ID, copied bool, variant int) string {
	name := string(id)
	if copied {
		name += copyMark
	}
	if variant > 0 {
		name += variantMark + strconv.Itoa(variant)
	}
	return name
}

// documentName is a name taken apart.
type documentName struct {
	record  kb.ID
	copied  bool
	variant int
	leaf    bool
}

func parseName(name string) documentName {
	var n documentName
	name, _, n.leaf = strings.Cut(name, leafMark)
	name, variant, _ := strings.Cut(name, variantMark)
	n.variant, _ = strconv.Atoi(variant) // none is 0
	record, copied := strings.CutSuffix(name, copyMark)
	n.record, n.copied = kb.ID(record), copied
	return n
}

// splitAnalyzer makes each value of a valueList a term.
type splitAnalyzer struct{}

// Analyze implements analysis.Analyzer.
func (splitAnalyzer) Analyze(text []byte) analysis.TokenStream {
	values := bytes.Split(text, []byte(separator))
	stream := make(analysis.TokenStream, len(values))
	for i, v := range values {
		stream[i] = &analysis.Token{Term: v, Position: i + 1}
	}
	return stream
}

// parts are the pieces of a document as the index takes them in.
type parts struct {
	texts  [4]string // by textName
	values string
	card   []byte
	body   string
}

func newParts(d *kb.Document) *parts {
	body := d.Body
	if more := d.Sections; len(more) > 0 {
		body += "\n" + strings.Join(more, "\n")
	}
	p := &parts{card: encodeCard(d), body: d.Body}
	if hasText(d.Kind) {
		p.texts = [4]string{d.Title, d.Summary, names(d), body}
	}
	p.values = valueList(d, countWords(d.Title)+countWords(d.Summary)+countWords(body))
	return p
}

// checksum covers all that a document says.
func (p *parts) checksum() uint64 {
	h := crc64.New(crc64.MakeTable(crc64.ECMA))
	for _, s := range append(p.texts[:], p.values, string(p.card), p.body) {
		_, _ = io.WriteString(h, s)
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

// stored makes a field that is only stored.
func stored(name string, value []byte) document.Field {
	return document.NewTextFieldWithIndexingOptions(name, nil, value, index.StoreField)
}

// valuesField makes the field of a list of values.
func valuesField(list string) document.Field {
	return document.NewTextFieldCustom(fieldValues, nil, []byte(list), index.IndexField|index.SkipFreqNorm, splitAnalyzer{})
}

// sumField makes the field of a checksum. It goes first of what is stored, where it
// is read without the rest.
func sumField(sum uint64) document.Field {
	return stored(storedSum, binary.BigEndian.AppendUint64(nil, sum))
}

// bleveDocument writes a document in bleve's terms, without its leaves. Its text is
// nil when it has none.
func bleveDocument(d *kb.Document, words *dutch.Analyzer, rk *Ranking) (*document.Document, *textField) {
	p := newParts(d)
	out := document.NewDocument(documentID(d.Record, d.Copy, d.Variant))
	out.AddField(sumField(p.checksum()))
	var text *textField
	if hasText(d.Kind) {
		text = newTextField(p.texts, words, rk)
		out.AddField(text)
		out.AddField(&lateField{name: storedOrder, value: func() []byte { return text.gathered.order }})
	}
	out.AddField(valuesField(p.values))
	out.AddField(stored(storedCard, p.card))
	if p.body != "" {
		out.AddField(stored(storedBody, []byte(p.body)))
	}
	return out, text
}

// names joins the names that stand for what a document is about.
func names(d *kb.Document) string {
	var b strings.Builder
	for _, list := range [][]string{d.Keywords, d.Names, d.Places} {
		for _, s := range list {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	for _, t := range d.Themes {
		if len(t.Texts) > 0 {
			b.WriteString(t.Texts[0])
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func countWords(s string) int {
	n, in := 0, false
	for i := 0; i < len(s); i++ {
		space := s[i] <= ' '
		if in && space {
			n++
		}
		in = !space
	}
	if in {
		n++
	}
	return n
}

// encodeCard writes what a result is built from: kind, version and entity.
func encodeCard(d *kb.Document) []byte {
	b := make([]byte, 0, len(d.Kind)+len(d.Card)+12)
	b = append(b, d.Kind...)
	b = append(b, 0)
	b = strconv.AppendInt(b, int64(d.Version), 10)
	b = append(b, 0)
	return append(b, d.Card...)
}

func decodeCard(b []byte) (kb.Entity, error) {
	kind, rest, ok := bytes.Cut(b, []byte{0})
	number, entity, ok2 := bytes.Cut(rest, []byte{0})
	version, err := strconv.Atoi(string(number))
	if !ok || !ok2 || err != nil {
		return nil, errors.New("a card that cannot be read")
	}
	return kb.Decode(kb.Kind(kind), version, entity)
}
