package safety

import (
	"strings"

	"leerkring/internal/kb"
)

const (
	// labelBytes and personBytes are how far before a number a label or a
	// person counts, afterBytes how far behind it.
	labelBytes  = 120
	personBytes = 90
	afterBytes  = 50
	// fewInColumn is how many numbers of nine digits that all pass are no accident: one in
	// eleven random numbers does, so four in a row are one in fifteen thousand.
	fewInColumn = 4
)

// checkBSN finds citizen service numbers. The test of eleven leaves one in eleven of
// all other numbers, so what stands near decides: a label, the head of a
// column, a person, a date of birth, or many such numbers together.
func (c *collector) checkBSN(table bool) {
	column := isColumn(c.text)
	head := header{}
	line := 0
	for i := 0; i < len(c.text); i++ {
		if c.text[i] == '\n' || i == 0 {
			head.read(c.text, i, table)
			line = i
			if c.text[i] == '\n' {
				line++
				continue
			}
		}
		if !isDigit(c.text[i]) {
			continue
		}
		n, ok := numberAt(c.text, i)
		if ok && elevenTest(n.digits) && bounded(c.text, n) {
			sure := column && n.joined && len(n.digits) == 9 || head.names(c.text, line, n)
			if sure || c.judged(n, head, line) {
				c.found(kb.FindingBSN, kb.Serious, n.start, n.end, n.digits)
				i = n.end - 1
				continue
			}
		}
		if n, ok := splitAt(c.text, i); ok && elevenTest(n.digits) && bounded(c.text, n) && c.look(kb.FindingBSN) && c.labelled(n) {
			c.found(kb.FindingBSN, kb.Serious, n.start, n.end, n.digits)
			i = n.end - 1
			continue
		}
		for i+1 < len(c.text) && isDigit(c.text[i+1]) {
			i++
		}
	}
}

// labelled reports whether the label of a citizen service number stands right before a
// number, in its line.
func (c *collector) labelled(n number) bool {
	lead := lastLine(kb.TextBefore(c.text, n.start, labelBytes))
	end, ok := lastLabel(lead)
	return ok && len(lead)-end <= 25 && !strings.ContainsAny(lead[end:], "0123456789") && !otherNumber(lead[end:])
}

// bounded reports whether no digits belong to the number on either side.
func bounded(text string, n number) bool {
	if n.end < len(text) && (isDigit(text[n.end]) || isLetter(text[n.end]) && separatorAt(text, n.end) == 0 && text[n.end] < 0x80) {
		return false
	}
	if n.end+1 < len(text) && strings.IndexByte(".,/:", text[n.end]) >= 0 && isDigit(text[n.end+1]) {
		return false
	}
	return n.start == 0 || text[n.start-1] != '+' && !isDigit(text[n.start-1])
}

// judged is isBSN for as many numbers as one document may have.
func (c *collector) judged(n number, head header, line int) bool {
	if !c.look(kb.FindingBSN) {
		return n.joined && len(n.digits) == 9
	}
	return c.isBSN(n, head, line)
}

// isBSN judges a number that passes the test of eleven by what stands near.
func (c *collector) isBSN(n number, head header, line int) bool {
	lead := kb.TextBefore(c.text, n.start, labelBytes)
	tail := linesAfter(kb.TextAfter(c.text, n.end, afterBytes), 1)
	near := linesBefore(lead, 2)
	if head.other(c.text, line, n) {
		near = lastLine(near) // the label is that of another column
	}
	if end, ok := lastLabel(near); ok {
		between := near[end:]
		if !otherNumber(between) && (len(n.digits) == 9 || len(between) <= 25 && !dateLike(n.digits)) {
			return n.joined || n.grouped || len(between) <= 25
		}
		return false
	}
	if len(n.digits) != 9 || !n.joined && !n.grouped || !alone(c.text, n) {
		return false
	}
	lead = linesBefore(kb.TextBefore(c.text, n.start, personBytes), 2)
	if otherNumber(lastLine(lead)) || head.other(c.text, line, n) {
		return false
	}
	if end, ok := lastLabel(linesAfter(tail, 0)); ok && end <= 45 && !strings.ContainsAny(tail[:end], "0123456789") {
		return true
	}
	if !n.joined {
		return n.separator != '.' && hasPerson(lastLine(lead)) || hasBirth(lastLine(lead)+" "+linesAfter(tail, 0))
	}
	return hasPerson(lead) || hasPerson(tail) || hasBirth(lead) || hasBirth(tail)
}

func lastLine(s string) string { return s[strings.LastIndexByte(s, '\n')+1:] }

// alone reports whether a number without a label stands apart: it is no part of an address, an
// amount, a code or a row of amounts.
func alone(text string, n number) bool {
	if n.start > 0 {
		prev := text[n.start-1]
		if isLetter(prev) && prev < 0x80 || strings.IndexByte("/.=_-$#+%&", prev) >= 0 {
			return false
		}
		if prev == ',' && n.start > 1 && isDigit(text[n.start-2]) && !n.joined {
			return false
		}
	}
	lead := strings.TrimRight(kb.TextBefore(text, n.start, 12), " \t")
	if strings.HasSuffix(lead, "€") || strings.HasSuffix(lead, "+31") || strings.HasSuffix(lead, "(0)") || strings.HasSuffix(strings.ToLower(lead), "eur") {
		return false
	}
	if n.joined {
		return true
	}
	rest := strings.TrimLeft(kb.TextAfter(text, n.end, 12), " ")
	return (lead == "" || !isDigit(lead[len(lead)-1])) && (rest == "" || !isDigit(rest[0]) || hasDate(rest))
}

// isColumn reports whether the numbers of nine digits in a text all pass the test of
// eleven, and are too many for that to be an accident. The numbers of organisations (RSIN) pass too.
func isColumn(text string) bool {
	all, pass := 0, 0
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		from := i
		for i < len(text) && isDigit(text[i]) {
			i++
		}
		if i-from == 9 && (from == 0 || !strings.ContainsRune("/.=_-+", rune(text[from-1])) && !isLetter(text[from-1])) {
			all++
			if elevenTest(text[from:i]) {
				pass++
			}
		}
	}
	return pass >= fewInColumn && pass*10 >= all*9 && !strings.Contains(text, "RSIN") && !strings.Contains(text, "rsin")
}
