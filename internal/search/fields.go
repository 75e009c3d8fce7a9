package search

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/kb"
)

// The fields of the index. fieldText holds the terms of all texts with their
// weights; fieldValues holds every value to filter, count and sort by, each with a
// letter in front that names its column; fieldPages holds the terms of the pages of
// files in the documents of their own that pages have (leaf); the others are only
// stored.
const (
	fieldText   = "text"
	fieldValues = "values"
	fieldPages  = "pages"
	storedSum   = "sum"
	storedOrder = "order"
	storedCard  = "card"
	storedBody  = "body"
	storedPages = "text of pages"
)

// textName numbers the texts of a document.
type textName int

const (
	textTitle textName = iota
	textSummary
	textNames // of people, places, organisations, themes, and keywords
	textBody
)

// column numbers the columns of values.
type column int

const (
	colKind column = iota
	colTheme
	colMunicipality
	colProvince
	colLabourMarketRegion
	colCOROP
	colOrganisation
	colPerson
	colCollaboration
	colLanguage
	colCircle
	colRegionKind
	colYear // made from the date
	colWord // words of the label, for suggestions
	colName // names as a whole, for suggestions
	numColumns
)

// Letters in front of values that are no columns. Of those from P to S, and of
// states, there can be very many: no column is made of them, and they are looked up.
const (
	letterAccess = 'a'
	letterState  = 's'
	letterRefers = 'R'
	letterDate   = 'D'
	letterDue    = 'U'
	letterTitle  = 'T'
	letterLength = 'L'
	letterPlace  = 'N' // of a leaf among those of its document
	letterLeaf   = 'P' // the document that a leaf is of
	letterMore   = 'Q' // the record of which it is another variant
)

// columnLetters are the letters of the columns, colYear apart.
const columnLetters = "ktgplcoebyizvwn"

// separator stands between values; no value holds it.
const separator = "\x1f"

// valueList writes the values of a document as one text for splitAnalyzer.
func valueList(d *kb.Document, length int) string {
	var b strings.Builder
	add := func(letter byte, v string) {
		if v == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteString(separator)
		}
		b.WriteByte(letter)
		b.WriteString(strings.ReplaceAll(v, separator, ""))
	}
	col := func(c column, v string) { add(columnLetters[c], v) }
	col(colKind, string(d.Kind))
	for _, a := range d.Access {
		add(letterAccess, a)
	}
	if d.Variant > 0 {
		add(letterMore, string(d.Record))
	}
	for _, s := range d.States {
		add(letterState, s)
	}
	for _, t := range d.Themes {
		col(colTheme, t.Value)
	}
	for _, code := range d.Regions {
		if c, ok := regionColumn(code); ok {
			col(c, code)
		}
	}
	for _, id := range d.Organisations {
		col(colOrganisation, string(id))
	}
	for _, id := range d.People {
		col(colPerson, string(id))
	}
	col(colCollaboration, string(d.Collaboration))
	col(colLanguage, d.Language)
	col(colCircle, string(d.Circle))
	col(colRegionKind, string(d.RegionKind))
	if hasText(d.Kind) {
		for _, word := range startWords(d.Title) {
			col(colWord, word)
		}
		for _, name := range startNames(d) {
			col(colName, name)
		}
		add(letterLength, strconv.Itoa(roundLength(length)))
	}
	for _, name := range d.Refers {
		add(letterRefers, name)
	}
	if !d.Date.IsZero() {
		add(letterDate, encodeDate(d.Date))
	}
	if !d.Due.IsZero() {
		add(letterDue, encodeDate(d.Due))
	}
	add(letterTitle, titleKey(d.Title))
	return b.String()
}

// hasText reports whether records of a kind are found by their words. The words of
// the others, like the names of accounts and what comments say, are in no
// dictionary: such records are listed, by what they are and where they stand.
func hasText(k kb.Kind) bool {
	switch k {
	case kb.KindTheme, kb.KindRegion, kb.KindOrganisation, kb.KindPerson, kb.KindLearningCircle, kb.KindMeeting, kb.KindQuestion:
		return true
	}
	return slices.Contains(kb.MaterialKinds(), k)
}

// regionColumn gives the column that a region's code stands in.
func regionColumn(code string) (column, bool) {
	k, ok := kb.RegionKindOf(code)
	switch k {
	case kb.Municipality:
		return colMunicipality, ok
	case kb.Province:
		return colProvince, ok
	case kb.LabourMarketRegion:
		return colLabourMarketRegion, ok
	case kb.COROP:
		return colCOROP, ok
	}
	return 0, false
}

// encodeDate writes a time as text of fixed length that sorts like it: milliseconds
// since the year 1, since no term may hold the separator as a byte. A time before
// the year 1 or after 9999 is taken for the first or last moment of them.
func encodeDate(t time.Time) string {
	const digits = "0123456789abcdef"
	s := uint64(milliseconds(t) + yearOne)
	var b [dateDigits]byte
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = digits[s&15]
		s >>= 4
	}
	return string(b[:])
}

const (
	dateDigits = 13
	yearOne    = 62_135_596_800_000  // milliseconds from the start of the year 1 to 1970
	year10000  = 253_402_300_800_000 // milliseconds from 1970 to the start of the year 10000
)

// milliseconds gives a time in milliseconds since 1970, within the years 1 to 9999.
func milliseconds(t time.Time) int64 {
	// UnixMilli is undefined for times that are hundreds of millions of years away.
	seconds := min(max(t.Unix(), -yearOne/1000), year10000/1000-1)
	return seconds*1000 + int64(t.Nanosecond()/1e6)
}

func decodeDate(s string) (milli int64, ok bool) {
	var n uint64
	for i := 0; i < len(s); i++ {
		d := strings.IndexByte("0123456789abcdef", s[i])
		if d < 0 {
			return 0, false
		}
		n = n<<4 | uint64(d)
	}
	return int64(n) - yearOne, len(s) == dateDigits
}

// titleKey is what titles are sorted by: folded, without leading signs and
// articles, at most 60 bytes.
func titleKey(title string) string {
	key := strings.TrimLeft(kb.Fold(title), " -–—\"'“”‘’.,:;()[]!?")
	for _, article := range []string{"de ", "het ", "een ", "the ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(key, article); ok && rest != "" {
			key = rest
			break
		}
	}
	if len(key) > 60 {
		key = key[:60]
		for !utf8.ValidString(key) {
			key = key[:len(key)-1]
		}
	}
	return key
}

// roundLength keeps a length to about three digits: ranking needs no more, and
// equal texts share a term.
func roundLength(n int) int {
	step := 1
	for n/step >= 128 {
		step *= 2
	}
	return n / step * step
}

func decodeLength(s string) (uint32, bool) {
	n, err := strconv.ParseUint(s, 10, 32)
	return uint32(n), err == nil
}
