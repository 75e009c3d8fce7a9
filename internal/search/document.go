package search

import (
	"bytes"
	"errors"
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

// textAnalyzer gives bleve our terms.
type textAnalyzer struct{ words *dutch.Analyzer }

// Analyze implements analysis.Analyzer.
func (a textAnalyzer) Analyze(text []byte) analysis.TokenStream {
	tokens := make([]analysis.Token, 0, len(text)/6+1)
	a.words.Tokens(string(text), func(t dutch.Token) {
		if t.Term != "" {
			tokens = append(tokens, analysis.Token{Term: []byte(t.Term), Start: t.Start, End: t.End, Position: len(tokens) + 1})
		}
	})
	stream := make(analysis.TokenStream, len(tokens))
	for i := range tokens {
		stream[i] = &tokens[i]
	}
	return stream
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

// bleveDocument writes a document in bleve's terms.
func bleveDocument(d *kb.Document, words *dutch.Analyzer) *document.Document {
	body := d.Body
	if len(d.Sections) > 0 {
		body += "\n" + strings.Join(d.Sections, "\n")
	}
	texts := [4]string{d.Title, d.Summary, names(d), body}
	var lengths [4]int
	out := document.NewDocument(documentID(d.Record, d.Copy))
	for i, field := range textFields() {
		if texts[i] == "" {
			continue
		}
		lengths[i] = countWords(texts[i])
		out.AddField(document.NewTextFieldCustom(field, nil, []byte(texts[i]), index.IndexField, textAnalyzer{words}))
	}
	out.AddField(document.NewTextFieldCustom(fieldValues, nil, []byte(valueList(d, lengths)), index.IndexField|index.SkipFreqNorm, splitAnalyzer{}))
	out.AddField(document.NewTextFieldWithIndexingOptions(storedCard, nil, encodeCard(d), index.StoreField))
	if d.Body != "" {
		out.AddField(document.NewTextFieldWithIndexingOptions(storedBody, nil, []byte(d.Body), index.StoreField))
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
		for _, s := range t.Texts {
			b.WriteString(s)
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
