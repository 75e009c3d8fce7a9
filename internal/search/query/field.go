package query

import (
	"strconv"
	"strings"
)

// Field is what a value is a value of.
type Field string

// The fields.
const (
	Title              Field = "title"
	Theme              Field = "theme"
	Region             Field = "region" // of any kind
	Municipality       Field = "municipality"
	Province           Field = "province"
	LabourMarketRegion Field = "labourMarketRegion"
	Organisation       Field = "organisation"
	Person             Field = "person"
	Type               Field = "type"
	Year               Field = "year"
	Language           Field = "language"
	Collaboration      Field = "collaboration"
)

// fieldNamed gives the field of a name in any case, or "".
func fieldNamed(name string) Field {
	switch strings.ToLower(name) {
	case "titel", "title":
		return Title
	case "thema", "theme":
		return Theme
	case "regio", "region":
		return Region
	case "gemeente", "municipality":
		return Municipality
	case "provincie", "province":
		return Province
	case "arbeidsmarktregio":
		return LabourMarketRegion
	case "organisatie", "organisation", "organization":
		return Organisation
	case "persoon", "person", "auteur", "author":
		return Person
	case "type", "soort":
		return Type
	case "jaar", "year":
		return Year
	case "taal", "language":
		return Language
	case "samenwerking", "collaboration":
		return Collaboration
	}
	return ""
}

// read fills in what the text means as a value of the field, and reports whether
// the field has such a value.
func (it *Item) read() bool {
	it.Text = strings.TrimSpace(strings.TrimRight(it.Text, ",;!?"))
	switch it.Field {
	case Type:
		it.Value = typeNamed(it.Text)
	case Collaboration:
		it.Value = collaborationNamed(it.Text)
	case Language:
		it.Value = languageNamed(it.Text)
	case Year:
		var ok bool
		it.From, it.To, ok = years(it.Text)
		return ok
	default:
		return hasWord(it.Text)
	}
	return it.Value != ""
}

func typeNamed(text string) string {
	switch strings.ToLower(text) {
	case "casus", "casussen", "case", "cases":
		return "case"
	case "publicatie", "publicaties", "publication", "publications":
		return "publication"
	case "presentatie", "presentaties", "presentation", "presentations":
		return "presentation"
	case "les", "lessen", "lesson", "lessons":
		return "lesson"
	}
	return ""
}

func collaborationNamed(text string) string {
	switch strings.ToLower(text) {
	case "intern", "interne", "internal":
		return "INTERNAL"
	case "regionaal", "regionale", "regional":
		return "REGIONAL"
	case "maatschappelijk", "maatschappelijke", "maatschappij", "samenleving", "society":
		return "SOCIETY"
	}
	return ""
}

// languageNamed gives the code of a language that is named, or the text itself
// where it has the form of a code (BCP 47).
func languageNamed(text string) string {
	text = strings.ToLower(text)
	switch text {
	case "nederlands", "nederlandse", "nederlandstalig", "dutch":
		return "nl"
	case "engels", "engelse", "engelstalig", "english":
		return "en"
	case "duits", "duitse", "duitstalig", "german":
		return "de"
	case "frans", "franse", "franstalig", "french":
		return "fr"
	case "fries", "friese", "friestalig", "frisian":
		return "fy"
	}
	if len(text) < 2 || len(text) > 3 || strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return text
}

// years reads one year or a range of years.
func years(text string) (from, to int, ok bool) {
	text = strings.Join(strings.Fields(text), "")
	for _, sign := range []string{">=", "<=", ">", "<"} {
		rest, found := strings.CutPrefix(text, sign)
		if !found {
			continue
		}
		year, ok := year(rest)
		return yearsBeyond(sign, year, ok)
	}
	first, last, found := text, text, false
	for _, between := range []string{"...", "..", "…", "-", "–", "—"} {
		if first, last, found = strings.Cut(text, between); found {
			break
		}
	}
	if !found {
		last = first
	}
	from, okFrom := year(first)
	to, okTo := year(last)
	if !okFrom || !okTo || from == 0 && to == 0 {
		return 0, 0, false
	}
	if to != 0 && from > to {
		from, to = to, from
	}
	return from, to, true
}

func yearsBeyond(sign string, year int, ok bool) (from, to int, _ bool) {
	if !ok || year == 0 {
		return 0, 0, false
	}
	switch sign {
	case ">":
		return year + 1, 0, true
	case ">=":
		return year, 0, true
	case "<":
		return 0, year - 1, true
	}
	return 0, year, true
}

// year reads a year of four digits; none is 0, an open side.
func year(text string) (int, bool) {
	if text == "" {
		return 0, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && len(text) == 4 && n >= 1000
}
