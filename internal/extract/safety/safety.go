// Package safety looks in the text of a document for what should not slip out:
// citizen service numbers, bank accounts, and how to reach people at home.
//
// The invariant that a newcomer must know: the text is a stranger's and may be 20 MB of
// anything, so each sign is looked at a bounded number of times. Whatever a check has to
// know of the surroundings of a number it takes from a window of fixed size.
package safety

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"leerkring/internal/kb"
)

const (
	// perPage is how many findings of one type a page has at most; the last one counts
	// all that follow.
	perPage = 20
	// manyFindings is after how many a page has one of each type.
	manyFindings = 1000
	// passageBytes is how much text a finding shows on either side.
	passageBytes = 80
	// mostLooks is at how many places of one document each check looks closely. After
	// that numbers count by their check digits alone, and the rest is left.
	mostLooks = 4_000
)

// Check gives what the text and the notes of the pages, and what stands beside them, have
// of personal data, in the order of pages (what is of no page first): citizen service numbers and private bank accounts are SERIOUS,
// bank accounts of organisations and private e-mail, phone and home addresses NOTABLE.
// Equal readings give equal keys. Passages show the data as they are, in one line.
func Check(r *kb.Reading) []kb.Finding {
	d := &document{looks: map[kb.FindingType]int{}}
	for _, p := range r.Pages {
		d.check(&collector{page: p.Number}, r.Unit == kb.UnitSheet || r.Format == "csv", p.Text, p.Notes)
	}
	for _, a := range r.Asides {
		d.check(&collector{page: a.Page, in: a.Type}, false, a.Text)
	}
	slices.SortStableFunc(d.findings, func(a, b kb.Finding) int { return a.Page - b.Page })
	return d.findings
}

// document gathers the findings of one document.
type document struct {
	findings []kb.Finding
	looks    map[kb.FindingType]int
}

// check looks in the texts of one place.
func (d *document) check(c *collector, table bool, texts ...string) {
	c.most, c.looks = perPage, d.looks
	if len(d.findings) > manyFindings {
		c.most = 1
	}
	for _, text := range texts {
		c.text = text
		c.checkBSN(table)
		c.checkIBAN()
		c.checkEmail()
		c.checkPhone()
		c.checkAddress()
	}
	d.findings = append(d.findings, c.findings...)
}

// collector gathers the findings of one page, or of what stands beside it.
type collector struct {
	page     int
	in       kb.FindingType // of what stands beside it
	text     string
	most     int
	findings []kb.Finding
	looks    map[kb.FindingType]int // of the document
	last     map[kb.FindingType]int // the last finding of a type
	count    map[kb.FindingType]int
	seen     map[string]int
}

// look reports whether one more place may be looked at closely.
func (c *collector) look(typ kb.FindingType) bool {
	c.looks[typ]++
	return c.looks[typ] <= mostLooks
}

// found adds what stands at text[start:end]; value is its canonical form, by which it is known again.
func (c *collector) found(typ kb.FindingType, severity kb.Severity, start, end int, value string) {
	if c.seen == nil {
		c.seen, c.count, c.last = map[string]int{}, map[kb.FindingType]int{}, map[kb.FindingType]int{}
	}
	at, again := c.seen[string(typ)+value]
	if !again && c.count[typ] >= c.most {
		at, again = c.last[typ], true
	}
	if again {
		c.findings[at].Count = max(c.findings[at].Count, 1) + 1
		if severity == kb.Serious {
			c.findings[at].Severity = severity
		}
		return
	}
	passage, place := kb.PassageAround(c.text, start, end, passageBytes)
	name := string(typ) + "\x00" + value
	if c.in != "" {
		name += "\x00" + string(c.in)
	}
	sum := sha256.Sum256([]byte(name))
	c.seen[string(typ)+value], c.last[typ] = len(c.findings), len(c.findings)
	c.count[typ]++
	c.findings = append(c.findings, kb.Finding{
		Key:  pageKey(typ, c.page) + hex.EncodeToString(sum[:6]),
		Type: typ, Severity: severity, Page: c.page, In: c.in, Passage: passage, Ranges: []kb.TextRange{place},
	})
}

func pageKey(typ kb.FindingType, page int) string {
	var digits [8]byte
	for i := len(digits) - 1; i >= 0; i-- {
		digits[i] = byte('0' + page%10)
		page /= 10
	}
	return strings.ToLower(string(typ)) + "-" + strings.TrimLeft(string(digits[:7]), "0") + string(digits[7:]) + "-"
}

// linesBefore and linesAfter keep what stands at most some line ends away.
func linesBefore(s string, ends int) string {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '\n' {
			if ends == 0 {
				return s[i+1:]
			}
			ends--
		}
	}
	return s
}

func linesAfter(s string, ends int) string {
	for i := range len(s) {
		if s[i] == '\n' {
			if ends == 0 {
				return s[:i]
			}
			ends--
		}
	}
	return s
}

func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80 }
func isUpper(b byte) bool  { return b >= 'A' && b <= 'Z' }
