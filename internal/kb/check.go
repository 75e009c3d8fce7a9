package kb

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits on text, in bytes of UTF-8. They keep one record well under the 16 MB
// that a MongoDB document may have, working copy included.
const (
	MaxLine   = 1_000     // titles, names, labels
	MaxText   = 200_000   // one field of running text
	MaxBody   = 2_000_000 // the body of a material
	MaxList   = 500       // entries in one list
	MaxRecord = 4_000_000 // all texts of one record together
)

// checker gathers what breaks the rules, so that a person sees all of it at once.
type checker struct {
	problems []Problem
	bytes    int // of all texts so far
	// draft lets what is required be empty: a text that is being written.
	draft bool
}

func (c *checker) add(field string, t Text) {
	c.problems = append(c.problems, Problem{Field: field, Text: t})
}

// Validate checks an entity against the rules of its kind: Invalid with every
// Problem, or nil. It does not look at other records.
func Validate(e Entity) error { return invalid(brokenRules(e, false)) }

// brokenRules checks an entity. In a draft everything may still be empty.
func brokenRules(e Entity, draft bool) []Problem {
	c := &checker{draft: draft}
	e.Base().check(c)
	e.check(c)
	if c.bytes > MaxRecord {
		c.add("record", tooLong(c.bytes, MaxRecord))
	}
	return c.problems
}

// invalid gives the error of problems, nil for none.
func invalid(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	err := Errorf(Invalid, Text{"Het record klopt niet.", "The record is not valid."})
	err.Problems = problems
	return err
}

func (c *checker) required(field, s string) {
	if !c.draft && strings.TrimSpace(s) == "" {
		c.add(field, Text{"is verplicht", "is required"})
	}
}

func (c *checker) text(field, s string, max int) {
	c.bytes += len(s)
	if len(s) > max {
		c.add(field, tooLong(len(s), max))
	}
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		c.add(field, Text{"is geen geldige UTF-8-tekst", "is not valid UTF-8 text"})
	}
}

func tooLong(n, max int) Text {
	return Text{fmt.Sprintf("is te lang: %d bytes, hoogstens %d", n, max), fmt.Sprintf("is too long: %d bytes, at most %d", n, max)}
}

// line checks a required text of one line.
func (c *checker) line(field, s string) {
	c.required(field, s)
	c.text(field, s, MaxLine)
}

func (c *checker) lines(field string, list []string) {
	c.size(field, len(list))
	for i, s := range list {
		c.line(fmt.Sprintf("%s[%d]", field, i), s)
	}
}

func (c *checker) size(field string, n int) {
	if n > MaxList {
		c.add(field, Text{fmt.Sprintf("heeft te veel waarden: %d, hoogstens %d", n, MaxList), fmt.Sprintf("has too many values: %d, at most %d", n, MaxList)})
	}
}

func (c *checker) id(field string, id ID) {
	if !id.Valid() && (id != "" || !c.draft) {
		c.add(field, Text{"ongeldig kenmerk", "not a valid id"})
	}
}

func (c *checker) ids(field string, ids []ID) {
	c.size(field, len(ids))
	for i, id := range ids {
		c.id(fmt.Sprintf("%s[%d]", field, i), id)
	}
}

// url checks an optional web address: absolute, http or https, so that no page
// ever links to a script.
func (c *checker) url(field, s string) {
	if s == "" {
		return
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || len(s) > 2_000 {
		c.add(field, Text{"is geen geldig webadres (http of https)", "is not a valid web address (http or https)"})
	}
}

// path checks the path of a page of ours: it begins with one slash and has no
// query, no blanks and nothing that leads to another host.
func (c *checker) path(field, s string) {
	u, err := url.Parse(s)
	if err != nil || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || u.Path != s || len(s) > MaxLine || strings.ContainsAny(s, " \\\t\r\n") {
		c.add(field, Text{"is geen adres op deze site, zoals /regio/haren", "is not an address on this site, like /regio/haren"})
	}
}

func (c *checker) hash(field, s string) {
	if len(s) != 64 || strings.Trim(s, "0123456789abcdef") != "" {
		c.add(field, Text{"is geen SHA-256 in hexadecimalen", "is not a SHA-256 in hexadecimal"})
	}
}

func (c *checker) regions(field string, codes []string) {
	c.size(field, len(codes))
	for i, code := range codes {
		c.region(fmt.Sprintf("%s[%d]", field, i), code)
	}
}

func (c *checker) region(field, code string) {
	if !validRegionCode(code) {
		c.add(field, Text{"is geen regiocode zoals GM0363", "is not a region code like GM0363"})
	}
}

func (c *checker) slugs(field string, slugs []string) {
	c.size(field, len(slugs))
	for i, s := range slugs {
		if !validSlug(s) {
			c.add(fmt.Sprintf("%s[%d]", field, i), Text{"is geen geldige korte naam", "is not a valid slug"})
		}
	}
}

func (c *checker) years(field string, p *Period) {
	if p == nil {
		return
	}
	// Only what both dates say is compared: 2024-05 to 2024 is one year.
	said := min(len(p.From), len(p.To))
	if p.To[:said] < p.From[:said] {
		c.add(field, Text{"eindigt voordat het begint", "ends before it begins"})
	}
	c.date(field+".from", p.From)
	c.date(field+".to", p.To)
}

func (c *checker) date(field string, d Date) {
	if d != "" && !d.Valid() {
		c.add(field, Text{"is geen datum zoals 2024-05-31, 2024-05 of 2024", "is not a date like 2024-05-31, 2024-05 or 2024"})
	}
}

func oneOf[T ~string](c *checker, field string, v T, allowed ...T) {
	if v == "" && c.draft {
		return
	}
	for _, a := range allowed {
		if v == a {
			return
		}
	}
	words := make([]string, len(allowed))
	for i, a := range allowed {
		words[i] = string(a)
	}
	list := strings.Join(words, ", ")
	c.add(field, Text{fmt.Sprintf("%q kan niet; kies uit %s", v, list), fmt.Sprintf("%q is not allowed; choose one of %s", v, list)})
}

// optional is oneOf for a field that may be empty.
func optional[T ~string](c *checker, field string, v T, allowed ...T) {
	if v != "" {
		oneOf(c, field, v, allowed...)
	}
}

// Date is a calendar date as precise as it is known: "2024-05-31", "2024-05" or "2024".
type Date string

// Valid reports whether the date exists, between the years 1000 and 9999.
func (d Date) Valid() bool {
	_, ok := d.Time()
	return ok
}

// Time gives the first instant of the date in UTC.
func (d Date) Time() (time.Time, bool) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, string(d)); err == nil && t.Year() >= 1000 {
			return t, true
		}
	}
	return time.Time{}, false
}

// Period is a span of dates; an empty end is open.
type Period struct {
	From Date `json:"from,omitempty"`
	To   Date `json:"to,omitempty"`
}
