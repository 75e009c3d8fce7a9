package search

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

// anyDate draws a time of the years 1 to 9999, in whole milliseconds.
func anyDate(t *rapid.T, label string) time.Time {
	return time.UnixMilli(rapid.Int64Range(-yearOne, year10000-1).Draw(t, label)).UTC()
}

func TestDatesComeBackAndSortAsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDate(t, "a"), anyDate(t, "b")
		x, y := encodeDate(a), encodeDate(b)
		if got, ok := decodeDate(x); !ok || got != a.UnixMilli() {
			t.Fatalf("%s is written as %q and read as %d, %v", a, x, got, ok)
		}
		if cmp.Compare(x, y) != a.Compare(b) {
			t.Fatalf("%s and %s sort as %q and %q", a, b, x, y)
		}
	})
}

func TestDatesAtTheEdges(t *testing.T) {
	last := ""
	for _, s := range []string{
		"0001-01-01T00:00:00Z", "0001-01-01T00:00:00.001Z", "0001-01-01T00:00:01Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z",
		"1970-01-01T00:00:01Z", "2038-01-19T03:14:08Z", "2038-01-19T03:14:08.123Z", "9999-12-31T23:59:59.999Z",
	} {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		text := encodeDate(at)
		if text <= last || len(text) != dateDigits {
			t.Errorf("%s is %q, after %q", s, text, last)
		}
		last = text
		milli, _ := decodeDate(text)
		if got := yearText(time.UnixMilli(milli).UTC().Year()); got != s[:4] {
			t.Errorf("the year of %s is %q", s, got)
		}
	}
}

// A date of the year 0, which JSON can hold, came back as one of eight million
// years from now, on top of the newest; one just outside the year 9999 had the
// year 0.
func TestDatesOutsideTheCalendarAreItsEnds(t *testing.T) {
	for year, want := range map[int]string{-2e9: "0001", -5: "0001", 0: "0001", 9999: "9999", 10000: "9999", 300000: "9999", 2e9: "9999"} {
		milli, ok := decodeDate(encodeDate(time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)))
		if got := yearText(time.UnixMilli(milli).UTC().Year()); !ok || got != want {
			t.Errorf("year %d is %q, want %q", year, got, want)
		}
	}
}

func TestDatesThatAreNone(t *testing.T) {
	for _, s := range []string{"", "0", "000000000000", "00000000000000", "000000000000g", "000000000000A", "-000000000001", "00000 0000000"} {
		if got, ok := decodeDate(s); ok {
			t.Errorf("%q is read as %d", s, got)
		}
	}
}

// Lengths lose at most 1/64, and never change places.
func TestLengthsAreRounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.OneOf(rapid.IntRange(0, 300), rapid.IntRange(0, 5_000_000))
		n, other := some.Draw(t, "length"), some.Draw(t, "other")
		back, backOther := roundLength(n), roundLength(other)
		if back > n || n-back > n/64 || (n < 128 && back != n) {
			t.Fatalf("length %d came back as %d", n, back)
		}
		if n < other && back > backOther {
			t.Fatalf("lengths %d and %d came back as %d and %d", n, other, back, backOther)
		}
	})
}

func TestLengthsThatAreNone(t *testing.T) {
	for _, s := range []string{"", "x", "-1", "1.5", "99999999999"} {
		if got, ok := decodeLength(s); ok {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}

func FuzzValuesOfADamagedSegment(f *testing.F) {
	f.Add("01020304")
	f.Add("ff")
	f.Fuzz(func(t *testing.T, s string) {
		if milli, ok := decodeDate(s); ok && encodeDate(time.UnixMilli(milli)) != s && milli < year10000 {
			t.Errorf("%q is read as a date that is written as %q", s, encodeDate(time.UnixMilli(milli)))
		}
		if n, ok := decodeLength(s); ok && len(s) < len(strconv.Itoa(int(n))) {
			t.Errorf("%q is read as %v", s, n)
		}
	})
}

func TestTitleKeys(t *testing.T) {
	for title, want := range map[string]string{
		"":                            "",
		"!?…":                         "",
		"De boot":                     "boot",
		"HET  Huis":                   "huis",
		"Een, twee":                   "twee",
		"Één auto":                    "auto",
		"The city":                    "city",
		"An apple":                    "apple",
		"A":                           "a",
		"De":                          "de",
		"De de-escalatie":             "de escalatie",
		"Deventer":                    "deventer",
		"Hetze":                       "hetze",
		"“De” kans":                   "kans",
		"«Ñandú» — 's nachts":         "nandu s nachts",
		"'s-Hertogenbosch":            "s hertogenbosch",
		"(2024) Økonomie & ﬁets":      "2024 okonomie fiets",
		"\xff\xfe kapot":              "kapot",
		strings.Repeat("a", 61):       strings.Repeat("a", 60),
		"a" + strings.Repeat("α", 40): "a" + strings.Repeat("α", 29),
		"東" + strings.Repeat("京", 30): "東" + strings.Repeat("京", 19),
	} {
		if got := titleKey(title); got != want {
			t.Errorf("%q sorts as %q, want %q", title, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.String().Draw(t, "title")
		if key := titleKey(title); len(key) > 60 || len(key) > maxTitleKey || !utf8.ValidString(key) || strings.HasPrefix(key, " ") {
			t.Fatalf("%q sorts as %q", title, key)
		}
	})
}

func TestRegionColumns(t *testing.T) {
	for code, want := range map[string]column{"GM0363": colMunicipality, "PV27": colProvince, "AM19": colLabourMarketRegion, "CR23": colCOROP} {
		if got, ok := regionColumn(code); !ok || got != want {
			t.Errorf("%s stands in column %d, %v, want %d", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "GM", "XX01", "gm0363", "PV27 "} {
		if got, ok := regionColumn(code); ok {
			t.Errorf("%q stands in column %d", code, got)
		}
	}
}

// Each value is one term, also when someone puts the separator in a value.
func TestValueList(t *testing.T) {
	org, person, other := kb.DeriveID("test", "org"), kb.DeriveID("test", "person"), kb.DeriveID("test", "other")
	d := kb.Document{
		Record: kb.DeriveID("test", "doc"), Kind: kb.KindMeeting, Access: []string{"public", "team"}, States: []string{"PUBLISHED", "owner:x"}, Title: "De boot",
		Themes:  []kb.Term{{Value: "wonen", Texts: []string{"Wonen"}}, {Value: "a" + separator + "kCASE"}, {Value: ""}, {Value: separator}},
		Regions: []string{"GM0363", "PV27", "AM19", "CR23", "XX1"}, Organisations: []kb.ID{org}, People: []kb.ID{person},
		Collaboration: kb.CollaborationRegional, Language: "nl", Circle: other, RegionKind: kb.Province, Refers: []string{string(org), string(other)},
		Date: time.Unix(0, 0), Due: time.UnixMilli(1),
	}
	var got []string
	for _, token := range (splitAnalyzer{}).Analyze([]byte(valueList(&d, 1234))) {
		got = append(got, string(token.Term))
	}
	want := []string{
		"k" + string(kb.KindMeeting), "apublic", "ateam", "sPUBLISHED", "sowner:x", "twonen", "takCASE", "gGM0363", "pPV27", "lAM19", "cCR23",
		"o" + string(org), "e" + string(person), "b" + string(kb.CollaborationRegional), "ynl", "i" + string(other),
		"z" + string(kb.Province), "wde", "wboot", "nwonen", "L1232", "R" + string(org), "R" + string(other), "D03883122cd800", "U03883122cd801", "Tboot",
	}
	got = slices.DeleteFunc(got, func(s string) bool { return s == "t" })
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(columnLetters) != int(numColumns) {
		t.Errorf("%d letters for %d columns", len(columnLetters), numColumns)
	}
}
