package query

import (
	"slices"
	"strings"
)

// Without gives the text of the query without some of its items, tidied up: what
// is left means what it meant.
func (q Query) Without(items ...int) string {
	return q.render(func(i int) (string, bool) { return q.Items[i].Text, !slices.Contains(items, i) })
}

// Replace gives the text of the query with other words for some of its items,
// with the signs, field and quotes of each.
func (q Query) Replace(texts map[int]string) string {
	return q.render(func(i int) (string, bool) {
		if text, ok := texts[i]; ok {
			return text, true
		}
		return q.Items[i].Text, true
	})
}

// render writes the items for which text gives something.
func (q Query) render(text func(i int) (string, bool)) string {
	var b strings.Builder
	group := false // something was written that an OR can join
	last := ""     // the word that was written last
	for i, it := range q.Items {
		group = group && it.Or
		words, keep := text(i)
		words = strings.Join(strings.FieldsFunc(words, isBorder), " ")
		if !keep || words == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if group {
			b.WriteString(q.Text[it.Start:it.Start+2] + " ") // OF, OR
		}
		written := q.operand(i, words, hyphenates(last, words))
		b.WriteString(written)
		last = lastWord(written)
		group = true
	}
	return b.String()
}

// operand writes an item with the words that it gets. Where a hyphen would stand
// for an omitted part, NOT excludes it.
func (q Query) operand(i int, words string, omitted bool) string {
	it := q.Items[i]
	source := q.Text[it.Start:it.End]
	if it.Or {
		source = source[2:]
	}
	several := strings.ContainsRune(words, ' ')
	switch {
	case it.Kind == Phrase,
		it.Kind == Fielded && (several || strings.ContainsFunc(words, isSingle)),
		several && (it.Excluded || it.Required || it.Or || i+1 < len(q.Items) && q.Items[i+1].Or):
		words = `"` + words + `"`
	case it.Kind == Words && operatorOf(words) != opNone:
		words = strings.ToLower(words) // in capitals it could begin to operate
	}
	if it.Kind == Fielded {
		words = fieldName(source) + ":" + words
	}
	switch {
	case it.Required:
		return "+" + words
	case it.Excluded && strings.HasPrefix(source, "NIET"):
		return "NIET " + words
	case it.Excluded && (omitted || strings.HasPrefix(source, "NOT")):
		return "NOT " + words
	case it.Excluded:
		return "-" + words
	}
	return words
}

// lastWord gives the last word of an operand that a hyphen after it could belong
// to: of one without a sign or quotes.
func lastWord(written string) string {
	if strings.HasPrefix(written, "-") || strings.HasPrefix(written, "+") || strings.HasSuffix(written, `"`) {
		return ""
	}
	return written[strings.LastIndexByte(written, ' ')+1:]
}

// fieldName gives the name of the field as it was typed.
func fieldName(source string) string {
	before, _, _ := strings.Cut(source, ":")
	return before[strings.LastIndexFunc(before, func(r rune) bool { return !isWord(r) })+1:]
}
