package exchange

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/kb"
)

// looseZone is RFC 3339 with a zone without its colon, as Java and Solr write it.
const looseZone = "2006-01-02T15:04:05Z0700"

// instant reads a date or a moment as people and programs write them; a date
// is its first instant in UTC.
func instant(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, looseZone, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1000 {
			return t.UTC(), true
		}
	}
	return date(s).Time()
}

// date reads a calendar date as precise as it is given: 2024-05-31, 2024-05,
// 2024, 31-5-2024, 31/05/2024 (day first, as in Dutch), "31 mei 2024" (also after
// the day of the week) or 20240531.
// The answer is not valid when the text is no date.
func date(s string) kb.Date {
	if d := kb.Date(s); d.Valid() {
		return d
	}
	for _, layout := range []string{
		time.RFC3339Nano, looseZone, "2-1-2006", "2/1/2006", "2.1.2006", "2006/1/2", "20060102", "2006-1-2", "2006-01-02 15:04:05", "2006-01-02T15:04:05",
	} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1000 {
			return kb.Date(t.Format("2006-01-02"))
		}
	}
	return inWords(s)
}

// inWords reads "31 mei 2024", "31 May 2024", "vrijdag 31 mei 2024" and "mei 2024".
func inWords(s string) kb.Date {
	parts := strings.Fields(strings.ToLower(s))
	if len(parts) == 4 && slices.Contains(weekdays(), strings.Trim(parts[0], ".,")) {
		parts = parts[1:]
	}
	if len(parts) < 2 || len(parts) > 3 {
		return kb.Date(s)
	}
	month, ok := months()[shortMonth(parts[len(parts)-2])]
	if !ok || len(parts[len(parts)-1]) != 4 {
		return kb.Date(s)
	}
	text := parts[len(parts)-1] + "-" + month
	if len(parts) == 3 {
		day, err := strconv.Atoi(parts[0])
		if err != nil || day < 1 || day > 31 {
			return kb.Date(s)
		}
		text += "-" + strconv.Itoa(day/10) + strconv.Itoa(day%10)
	}
	return kb.Date(text)
}

// weekdays are the days of the week, in full and as they are shortened.
func weekdays() []string {
	return []string{
		"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "ma", "di", "wo", "do", "vr", "za", "zo",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
	}
}

func shortMonth(s string) string {
	if r := []rune(s); len(r) > 3 {
		return string(r[:3])
	}
	return s
}

func months() map[string]string {
	return map[string]string{
		"jan": "01", "feb": "02", "mrt": "03", "maa": "03", "mar": "03", "apr": "04", "mei": "05", "may": "05",
		"jun": "06", "jul": "07", "aug": "08", "sep": "09", "okt": "10", "oct": "10", "nov": "11", "dec": "12",
	}
}
