package web

import (
	"strconv"
	"strings"
	"time"

	"leerkring/internal/kb"
)

// language is a language of the pages.
type language string

const (
	dutch   language = "nl"
	english language = "en"
)

// languages are all languages; the first one has no prefix in its addresses.
func languages() []language { return []language{dutch, english} }

// prefix is what the addresses of a language begin with.
func (l language) prefix() string {
	if l == dutch {
		return ""
	}
	return "/" + string(l)
}

// other is the language that a page links to.
func (l language) other() language {
	if l == dutch {
		return english
	}
	return dutch
}

// number writes a whole number with its thousands apart: 12.345 or 12,345.
func (l language) number(n int) string {
	digits, separator := strconv.Itoa(n), "."
	if l == english {
		separator = ","
	}
	var b strings.Builder
	for i, d := range digits {
		if left := len(digits) - i; i > 0 && digits[i-1] != '-' && left%3 == 0 {
			b.WriteString(separator)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// decimal writes a number with three decimals: 0,125 or 0.125.
func (l language) decimal(x float64) string {
	s := strconv.FormatFloat(x, 'f', 3, 64)
	if l == dutch {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

// date writes a date as precisely as it is known: "12 maart 2024", "maart 2024", "2024".
func (l language) date(d kb.Date) string {
	t, ok := d.Time()
	if !ok {
		return ""
	}
	switch len(d) {
	case len("2006"):
		return strconv.Itoa(t.Year())
	case len("2006-01"):
		return l.month(t) + " " + strconv.Itoa(t.Year())
	}
	return l.day(t)
}

// day writes the day of a moment.
func (l language) day(t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + l.month(t) + " " + strconv.Itoa(t.Year())
}

func (l language) month(t time.Time) string {
	if l == english {
		return t.Month().String()
	}
	return [...]string{
		"januari", "februari", "maart", "april", "mei", "juni",
		"juli", "augustus", "september", "oktober", "november", "december",
	}[t.Month()-1]
}

// bytes writes a size: "940 bytes", "12 kB", "3,4 MB".
func (l language) bytes(n int) string {
	switch {
	case n < 1_000:
		return strconv.Itoa(n) + " bytes"
	case n < 1_000_000:
		return strconv.Itoa((n+500)/1_000) + " kB"
	}
	s := strings.TrimSuffix(strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64), ".0")
	if l == dutch {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + " MB"
}
