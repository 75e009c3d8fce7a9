package suggest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"leerkring/internal/kb"
)

const (
	// mostText is how many bytes of a document are looked at: the first 150 pages or so.
	mostText = 400_000
	// passageBytes is how much text a suggestion shows on either side.
	passageBytes = 80
)

// text is the beginning of a document as words.
type text struct {
	pages []kb.ReadPage
	words []word
	first map[string][]int // where a folded word stands
}

// word is one word with where it stands.
type word struct {
	span
	folded  string
	capital bool
	opens   bool // begins a sentence or a line
}

// span is a place in the text of a page; page 0 is none.
type span struct{ page, index, start, end int }

func read(r *kb.Reading) *text {
	t := &text{pages: r.Pages, first: map[string][]int{}}
	left := mostText
	for i, p := range r.Pages {
		body := p.Text
		if len(body) > left {
			body = body[:left]
		}
		left -= len(body)
		t.read(i, p.Number, body)
		if left == 0 {
			break
		}
	}
	for i, w := range t.words {
		t.first[w.folded] = append(t.first[w.folded], i)
	}
	return t
}

func (t *text) read(index, page int, body string) {
	start, opens := -1, true
	for i, r := range body + " " {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || start >= 0 && (r == '\'' || r == '’')
		if inside {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			if folded := kb.Fold(body[start:i]); folded != "" {
				first, _ := utf8.DecodeRuneInString(body[start:])
				t.words = append(t.words, word{span{page, index, start, i}, folded, unicode.IsUpper(first), opens})
				opens = false
			}
			start = -1
		}
		if strings.ContainsRune(".!?:\n•", r) {
			opens = true
		}
	}
}

// passage gives the text around a place in one line, and the place in it.
func (t *text) passage(at span) (string, []kb.TextRange) {
	passage, place := kb.PassageAround(t.pages[at.index].Text, at.start, at.end, passageBytes)
	return passage, []kb.TextRange{place}
}

// find gives the places of a folded name of one or more words.
func (t *text) find(name string) []span {
	parts := strings.Fields(name)
	if len(parts) == 0 {
		return nil
	}
	var out []span
	for _, i := range t.first[parts[0]] {
		if t.is(i, parts) {
			at := t.words[i].span
			at.end = t.words[i+len(parts)-1].end
			out = append(out, at)
		}
	}
	return out
}

func (t *text) is(i int, parts []string) bool {
	if i+len(parts) > len(t.words) || t.words[i].index != t.words[i+len(parts)-1].index {
		return false
	}
	for k, p := range parts {
		if t.words[i+k].folded != p {
			return false
		}
	}
	return true
}
