package format

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	maxLine  = 500 // runes of a title, a name or a keyword
	maxNames = 50  // authors or keywords
)

// Line makes one line of a text that a document says of itself: no control codes,
// single spaces, at most 500 runes.
func Line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError, r == '\ufeff', r == '\u00ad':
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > maxLine {
		s = strings.TrimSpace(string([]rune(s)[:maxLine]))
	}
	return s
}

// junk is what programs put in place of a title: about one in ten titles of real
// documents is no more than that.
var junk = regexp.MustCompile(`(?i)^(untitled|unknown|naamloos|titel|title|document|document ?\d+|doc\d+|map ?\d+|book ?\d+|presentation ?\d*|presentatie ?\d*|` +
	`powerpoint[ -]?(presentation|presentatie)|pwp-?presentatie|dia ?\d+|slide ?\d+|microsoft (word|excel|powerpoint).*|word-?document|scan.{0,20}|` +
	`\(?anonymous\)?|print(en)?|layout \d+|memo|brief|notitie|sjabloon.*|template.*|[a-z]?\d[\d _.-]*)$`)

// Title is the title that a document gives itself, and empty when it is the name of a
// file or what a program puts there.
func Title(s string) string {
	s = Line(s)
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	ext := strings.ToLower(path.Ext(s))
	known := []string{".doc", ".docx", ".dot", ".dotx", ".ppt", ".pptx", ".xls", ".xlsx", ".pdf", ".indd", ".odt", ".rtf", ".cdr", ".ai", ".tmp", ".html", ".dwg", ".qxp"}
	if letters < 3 || slices.Contains(known, ext) || junk.MatchString(s) || !strings.Contains(s, " ") && strings.ContainsAny(s, `_\/`) {
		return ""
	}
	return s
}

// nobody is what programs put in place of an author.
var nobody = regexp.MustCompile(`(?i)^(user|users?\d*|admin|administrator|beheerder|gebruiker|microsoft( office)?( user)?|windows( user)?|windows-gebruiker|` +
	`unknown|onbekend|author|auteur|python-docx|openoffice.*|libreoffice.*|owner|eigenaar|pc|hp|dell|lenovo|scanner|\(?anonymous\)?|\W*)$`)

// Authors are those that a document names, without those that are nobody.
func Authors(s string) []string {
	return split(s, ";", func(name string) bool { return nobody.MatchString(name) })
}

// Keywords are those that a document gives itself.
func Keywords(s string) []string { return split(s, ",;", func(string) bool { return false }) }

func split(s, at string, skip func(string) bool) []string {
	var out []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(at, r) }) {
		part = Line(part)
		if part != "" && !skip(part) && !slices.Contains(out, part) && len(out) < maxNames {
			out = append(out, part)
		}
	}
	return out
}

// PDFDate reads a date as PDF has it (ISO 32000-1, 7.9.4), D:20260131120000+01'00'. It
// gives none for what is not one, or lies before 1980 or after 2100.
func PDFDate(s string) *time.Time {
	s = strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(s), "D:"), "'", "")
	if day, _, ok := strings.Cut(s, "Z"); ok {
		s = day + "Z" // what follows is 0000, or nothing
	}
	for _, layout := range []string{"20060102150405Z0700", "20060102150405", "200601021504", "20060102", "200601", "2006"} {
		if at, err := time.Parse(layout, s); err == nil {
			return Date(at)
		}
	}
	return nil
}

// Date is a date that can be true of a document, and none otherwise.
func Date(at time.Time) *time.Time {
	if at.Year() < 1980 || at.Year() > 2100 {
		return nil
	}
	at = at.UTC()
	return &at
}
