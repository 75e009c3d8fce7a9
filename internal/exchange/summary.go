package exchange

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths of a summary that is made from a body, in characters: it ends with
// the sentence in which it reaches summaryEnough; when no sentence ends before
// summaryMost it is cut at a word near summaryLong.
const (
	summaryEnough = 200
	summaryLong   = 300
	summaryMost   = 400
)

// Summarise gives the first sentences of a Markdown text, about 300 characters: the
// summary of a material that comes without one.
func Summarise(body string) string {
	text := opening(body, false)
	if text == "" {
		text = opening(body, true) // nothing but headings and tables: better those than nothing
	}
	return firstSentences(text)
}

// opening gives the beginning of a Markdown text as one plain line, a little
// longer than a summary may be. Headings, tables and rules are no sentences:
// they are passed by unless all is asked for.
func opening(body string, all bool) string {
	var b strings.Builder
	for b.Len() < 2*summaryMost+utf8.UTFMax && body != "" {
		var line string
		line, body, _ = strings.Cut(body, "\n")
		line = strings.TrimSpace(line)
		if !all && isFurniture(line) {
			continue
		}
		plainInline(&b, unlist(line))
		b.WriteByte(' ')
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// isFurniture reports whether a line is a heading, a row of a table or a rule.
func isFurniture(line string) bool {
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "|") || strings.Trim(line, "-=*_|: ") == ""
}

// unlist takes the marks of headings, quotations and lists off the start of a line.
func unlist(line string) string {
	for {
		rest := strings.TrimLeft(line, "#>")
		for _, mark := range []string{"- ", "* ", "+ "} {
			rest = strings.TrimPrefix(rest, mark)
		}
		rest = strings.TrimLeft(rest, " ")
		if rest == line {
			break
		}
		line = rest
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if rest := line[digits:]; digits > 0 && digits < 3 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") ")) {
		return rest[2:]
	}
	return line
}

// plainInline writes a line without emphasis, code marks, images, tags and the
// addresses of links. It looks at no more of it than a summary can use.
func plainInline(b *strings.Builder, line string) {
	for i := 0; i < len(line) && b.Len() < 4*summaryMost; {
		rest := line[i:]
		switch {
		case rest[0] == '*' || rest[0] == '`':
			i++
		case rest[0] == '|':
			b.WriteByte(' ')
			i++
		case strings.HasPrefix(rest, "__"):
			i += 2
		case rest[0] == '!' && linkEnd(rest[1:]) > 0:
			i += 1 + linkEnd(rest[1:])
		case rest[0] == '[' && linkEnd(rest) > 0:
			text, _, _ := strings.Cut(rest[1:], "](")
			b.WriteString(strings.NewReplacer("*", "", "`", "").Replace(text))
			i += linkEnd(rest)
		case rest[0] == '<' && tagEnd(rest) > 0:
			i += tagEnd(rest)
		default:
			end := 1 + strings.IndexAny(rest[1:], "*`|_![<")
			if end == 0 {
				end = len(rest)
			}
			b.WriteString(rest[:min(end, markupMost)])
			i += min(end, markupMost)
		}
	}
}

// markupMost is the most bytes that are taken for one link or tag, so that a
// text full of open brackets costs no more than its length.
const markupMost = 500

// linkEnd gives the length of a link "[text](address)" at the start of s, 0 for none.
func linkEnd(s string) int {
	if s == "" || s[0] != '[' {
		return 0
	}
	s = s[:min(len(s), markupMost)]
	mid := strings.Index(s, "](")
	if mid < 0 || strings.IndexByte(s[1:mid], '[') >= 0 {
		return 0
	}
	end := strings.IndexByte(s[mid:], ')')
	if end < 0 {
		return 0
	}
	return mid + end + 1
}

// tagEnd gives the length of an HTML tag at the start of s, 0 for none.
func tagEnd(s string) int {
	if len(s) < 3 || s[1] != '/' && !unicode.IsLetter(rune(s[1])) {
		return 0
	}
	return strings.IndexByte(s[:min(len(s), markupMost)], '>') + 1
}

// firstSentences cuts a line of text after the sentence in which it has enough.
func firstSentences(text string) string {
	end, word, count := 0, 0, 0
	var before rune
	for i, r := range text {
		if count >= summaryMost {
			if end > 0 {
				return text[:end]
			}
			return strings.TrimRight(text[:word], " ,;:") + " …"
		}
		if r == ' ' && strings.ContainsRune(".!?", before) && startsSentence(text[i+1:]) {
			if end = i; count >= summaryEnough {
				return text[:end]
			}
		}
		if count < summaryEnough || r == ' ' && count <= summaryLong {
			word = i + utf8.RuneLen(r)
		}
		before = r
		count++
	}
	return text
}

// startsSentence tells the end of a sentence from an abbreviation or a number.
func startsSentence(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsUpper(r) || strings.ContainsRune("\"'‘“", r)
}
