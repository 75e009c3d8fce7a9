package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The bounds of what is read of a text.
const (
	MaxText  = 4000 // bytes; longer texts are cut off at a word
	MaxItems = 64
)

// Query is what a person typed.
type Query struct {
	// Text is what the offsets of the items count in: the text that was typed, cut
	// off, with a blank in the place of what is not UTF-8.
	Text  string
	Items []Item
}

// Kind is what an item asks for.
type Kind int

// The kinds of items.
const (
	Words   Kind = iota // one word
	Phrase              // words that stand together
	Fielded             // a value of a field
)

// Item is one operand of a query.
type Item struct {
	Kind Kind
	// Text is the word, the phrase between its quotes, or the value of the field, as
	// typed, without signs.
	Text string
	// Field is set for Fielded.
	Field Field
	// Value is what Text means as a value of Type (case, publication, presentation,
	// lesson), of Collaboration (INTERNAL, REGIONAL, SOCIETY) and of Language (nl, en,
	// …); empty for other fields.
	Value string
	// From and To are the years of Year, both included; 0 leaves that side open.
	From, To int
	// Excluded and Required are -x (NIET x, NOT x) and +x.
	Excluded, Required bool
	// Or joins it with the item before it: one of them is enough. Neither is excluded.
	Or bool
	// Start and End are bytes in Query.Text, with signs, operators and quotes, End
	// exclusive. Items are in the order of the text and do not overlap.
	Start, End int
}

// Parse reads what a person typed.
func Parse(text string) Query {
	q := Query{Text: cut(text)}
	p := parser{tokens: lex(q.Text)}
	for len(q.Items) < MaxItems && p.at < len(p.tokens) {
		q.Items = append(q.Items, p.item(q.Items))
	}
	return q
}

// cut gives at most MaxText bytes of valid UTF-8, whole words if there are blanks.
func cut(text string) string {
	if len(text) > MaxText {
		end := MaxText
		for end > MaxText-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		if blank := strings.LastIndexFunc(text[:end], unicode.IsSpace); blank > 0 && !isBlankAt(text, end) {
			end = blank
		}
		text = text[:end]
	}
	return strings.ToValidUTF8(text, " ")
}

func isBlankAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsSpace(r)
}

// Plain reports whether the query is only words: no phrase, field, sign or operator.
func (q Query) Plain() bool {
	return !slices.ContainsFunc(q.Items, func(it Item) bool {
		return it.Kind != Words || it.Excluded || it.Required || it.Or
	})
}

// parser makes items of tokens.
type parser struct {
	tokens []token
	at     int
}

// item gives the next item, after those that there are.
func (p *parser) item(before []Item) Item {
	operator := -1
	if len(before) > 0 && p.joins(p.at) {
		if p.tokens[p.at].op == opOr {
			operator = p.tokens[p.at].start
		}
		p.at++
	}
	start, excluded := p.tokens[p.at].start, p.excludes(p.at)
	if excluded {
		p.at++
	}
	it := p.tokens[p.at].item()
	p.at++
	it.Start = start
	it.Excluded = it.Excluded || excluded
	it.Required = it.Required && !it.Excluded
	if it.Or = operator >= 0 && !it.Excluded && !before[len(before)-1].Excluded; it.Or {
		it.Start = operator
	}
	return it
}

// joins reports whether the token is an operator before an operand.
func (p *parser) joins(i int) bool {
	op := p.tokens[i].op
	return (op == opOr || op == opAnd) && (p.operand(i+1) || p.excludes(i+1))
}

// excludes reports whether the token is NIET or NOT before an operand.
func (p *parser) excludes(i int) bool {
	return i < len(p.tokens) && p.tokens[i].op == opNot && p.operand(i+1)
}

func (p *parser) operand(i int) bool { return i < len(p.tokens) && p.tokens[i].op == opNone }
