package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// operator is what a word in capitals does.
type operator int

const (
	opNone operator = iota
	opOr
	opAnd
	opNot
)

func operatorOf(word string) operator {
	switch word {
	case "OF", "OR":
		return opOr
	case "EN", "AND":
		return opAnd
	case "NIET", "NOT":
		return opNot
	}
	return opNone
}

// token is a word, a phrase or a value with its signs.
type token struct {
	start, end int // bytes, with signs, name and quotes
	text       string
	quoted     bool
	sign       byte // '-', '+' or 0
	op         operator
	field      Field // of value
	value      string
}

// item gives what the token asks for. A value that its field does not have is words.
func (t token) item() Item {
	it := Item{Kind: Words, Text: t.text, Start: t.start, End: t.end, Excluded: t.sign == '-', Required: t.sign == '+'}
	if t.quoted {
		it.Kind = Phrase
	}
	fielded := it
	fielded.Kind, fielded.Field, fielded.Text = Fielded, t.field, t.value
	if t.field != "" && fielded.read() {
		return fielded
	}
	return it
}

// lexer cuts a text into tokens.
type lexer struct {
	text   string
	at     int
	single int // where the next single quote that can close stands; -1 before it was looked for
}

func lex(text string) []token {
	l := lexer{text: text, single: -1}
	var out []token
	for l.at < len(text) && len(out) < 4*MaxItems {
		t, ok := l.next()
		if !ok {
			continue
		}
		if n := len(out); n > 0 && t.sign == '-' && !out[n-1].quoted && out[n-1].sign == 0 && hyphenates(out[n-1].text, t.text) {
			t.sign = 0
		}
		out = append(out, t)
	}
	return out
}

// hyphenates reports whether a hyphen between two words is no sign: it stands for
// an omitted part (regels en -kosten) or between numbers (5 -7).
func hyphenates(before, after string) bool {
	switch before {
	case "en", "of", "and", "or":
		return true
	case "":
		return false
	}
	return isDigit(before[len(before)-1]) && isDigit(after[0])
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// next reads on by at least one character; false when that was no token.
func (l *lexer) next() (token, bool) {
	start := l.at
	end := start + len(l.text[start:]) - len(strings.TrimLeft(l.text[start:], "-+"))
	t := token{start: start}
	if end == start+1 {
		t.sign = l.text[start]
	}
	l.at = end
	if text, after, ok := l.quoted(end); ok {
		l.at = after
		t.text, t.quoted, t.end = text, true, after
		return t, hasWord(text)
	}
	l.at = l.wordEnd(end)
	if l.at == start { // a blank, or a quote without a partner
		_, size := utf8.DecodeRuneInString(l.text[start:])
		l.at += size
		return token{}, false
	}
	l.word(&t, end)
	return t, hasWord(t.text)
}

// word fills in the token of the word from start to where the lexer stands, with
// the quoted value after it if it is the name of a field.
func (l *lexer) word(t *token, start int) {
	raw := l.text[start:l.at]
	t.text, t.end = bare(raw, "+-"), l.at
	if start == t.start && t.text == raw {
		t.op = operatorOf(raw)
	}
	name, value, colon := strings.Cut(t.text, ":")
	if t.field = fieldNamed(name); !colon || t.field == "" {
		t.field = ""
		return
	}
	t.value = bare(value, "")
	if value != "" && !isSingle(firstRune(value)) {
		return
	}
	if text, after, ok := l.quoted(start + strings.IndexByte(raw, ':') + 1); ok {
		l.at = after
		t.text, t.value, t.quoted, t.end = text, text, true, after
	}
}

// wordEnd gives where the word that begins at i ends.
func (l *lexer) wordEnd(i int) int {
	n := strings.IndexFunc(l.text[i:], isBorder)
	if n < 0 {
		return len(l.text)
	}
	return i + n
}

// quoted reads what stands between the quote at i and its partner.
func (l *lexer) quoted(i int) (text string, after int, ok bool) {
	r, size := utf8.DecodeRuneInString(l.text[i:])
	from := i + size
	switch {
	case isDouble(r) && !endsInWord(l.text[:i]):
		n := strings.IndexFunc(l.text[from:], isDouble)
		if n < 0 {
			return "", 0, false
		}
		_, size = utf8.DecodeRuneInString(l.text[from+n:])
		return l.text[from : from+n], from + n + size, true
	case isSingle(r) && !elides(l.text[from:]):
		end := l.closing(from)
		if end == len(l.text) || !strings.ContainsFunc(l.text[from:end], isBlank) || isBlank(firstRune(l.text[from:])) {
			return "", 0, false
		}
		_, size = utf8.DecodeRuneInString(l.text[end:])
		return l.text[from:end], end + size, true
	}
	return "", 0, false
}

// closing gives where the first single quote after from stands that ends a word,
// or the end of the text. It remembers the place, so that a text of nothing but
// opening quotes is read once.
func (l *lexer) closing(from int) int {
	if l.single >= from {
		return l.single
	}
	l.single = len(l.text)
	var before rune
	for i, r := range l.text[from:] {
		after := firstRune(l.text[from+i+utf8.RuneLen(r):])
		if isSingle(r) && i > 0 && !isBorder(before) && (after == utf8.RuneError || isBorder(after) || strings.ContainsRune(",.;:!?", after)) {
			l.single = from + i
			break
		}
		before = r
	}
	return l.single
}

// elides reports whether a text after an apostrophe goes on as 's, 't or 'n does.
func elides(rest string) bool {
	return rest != "" && strings.IndexByte("stnkrmdSTNKRMD", rest[0]) >= 0 && !startsInWord(rest[1:])
}

// bare takes single quotes around a word off it, and signs before it, but not the
// apostrophe of 's and 't.
func bare(word, signs string) string {
	word = strings.TrimRightFunc(word, isSingle)
	rest := strings.TrimLeftFunc(word, func(r rune) bool { return isSingle(r) || strings.ContainsRune(signs, r) })
	before, size := utf8.DecodeLastRuneInString(word[:len(word)-len(rest)])
	if isSingle(before) && elides(rest) {
		return word[len(word)-len(rest)-size:]
	}
	return rest
}

func hasWord(s string) bool { return strings.ContainsFunc(s, isWord) }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '(' || r == ')' || r == '\u200b' || r == '\ufeff'
}

func isDouble(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»':
		return true
	}
	return false
}

func isSingle(r rune) bool {
	switch r {
	case '\'', '‘', '’', '‚':
		return true
	}
	return false
}

func isBorder(r rune) bool { return isBlank(r) || isDouble(r) }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func startsInWord(s string) bool { return s != "" && isWord(firstRune(s)) }

func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && isWord(r)
}
