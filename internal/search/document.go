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

// copyMark ends the document id of a working copy.
const copyMark = "~"

func documentID(id kb.ID, copied bool) string {
	if copied {
		return string(id) + copyMark
	}
	return string(id)
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

// bleveDocument writes a document in bleve's terms. The checksum goes first of
// what is stored, where it is read without the rest.
func bleveDocument(d *kb.Document, words *dutch.Analyzer, rk *Ranking) *document.Document {
	p := newParts(d)
	out := document.NewDocument(documentID(d.Record, d.Copy))
	out.AddField(document.NewTextFieldWithIndexingOptions(storedSum, nil, binary.BigEndian.AppendUint64(nil, p.checksum()), index.StoreField))
	if hasText(d.Kind) {
		text := &textField{words: words, ranking: rk, texts: p.texts}
		out.AddField(text)
		out.AddField(orderField{text})
	}
	out.AddField(document.NewTextFieldCustom(fieldValues, nil, []byte(p.values), index.IndexField|index.SkipFreqNorm, splitAnalyzer{}))
	out.AddField(document.NewTextFieldWithIndexingOptions(storedCard, nil, p.card, index.StoreField))
	if p.body != "" {
		out.AddField(document.NewTextFieldWithIndexingOptions(storedBody, nil, []byte(p.body), index.StoreField))
	}
	return out
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
