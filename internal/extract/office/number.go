package office

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// numberFormat is how a cell shows a number: up to three sections for positive,
// negative and zero (ECMA-376, 18.8.31). Separators are the Dutch ones, since the file
// leaves them to who looks.
type numberFormat struct{ sections []numberSection }

// numberSection is one section in pieces.
type numberSection struct {
	pieces   []string // literal text, or a date code, or numberPiece
	literal  []bool
	isDate   bool
	isText   bool // General, or @
	decimals int
	optional int // decimals that are shown when they are not 0
	integers int // digits that are always shown
	grouped  bool
	percent  int
	exponent bool
	divide   int // by thousands
	clock12  bool
}

// numberPiece stands for the number among the pieces of a section.
const numberPiece = "0"

// builtinFormat gives the code of a format that files do not spell out (18.8.30), as
// Dutch programs show it.
func builtinFormat(id string) string {
	switch id {
	case "1":
		return "0"
	case "2":
		return "0.00"
	case "3":
		return "#,##0"
	case "4":
		return "#,##0.00"
	case "9":
		return "0%"
	case "10":
		return "0.00%"
	case "11":
		return "0.00E+00"
	case "14":
		return "dd-mm-yyyy"
	case "15":
		return "d-mmm-yy"
	case "16":
		return "d-mmm"
	case "17":
		return "mmm-yy"
	case "18", "20":
		return "h:mm"
	case "19", "21":
		return "h:mm:ss"
	case "22":
		return "d-m-yyyy h:mm"
	case "37", "38":
		return "#,##0;-#,##0"
	case "39", "40":
		return "#,##0.00;-#,##0.00"
	case "45":
		return "mm:ss"
	case "46":
		return "[h]:mm:ss"
	case "47":
		return "mm:ss.0"
	case "48":
		return "##0.0E+0"
	}
	return ""
}

// show gives a number as text.
func (f numberFormat) show(n float64, from1904 bool) string {
	if math.IsNaN(n) || math.IsInf(n, 0) || len(f.sections) == 0 {
		return general(n)
	}
	section, signed := f.sections[0], true
	switch {
	case n < 0 && len(f.sections) > 1:
		section, signed = f.sections[1], false
	case n == 0 && len(f.sections) > 2:
		section = f.sections[2]
	}
	if section.isDate {
		return section.date(n, from1904)
	}
	if !signed {
		n = -n
	}
	return section.number(n)
}

func (s *numberSection) number(n float64) string {
	var b strings.Builder
	if n < 0 {
		b.WriteByte('-')
		n = -n
	}
	for i, piece := range s.pieces {
		switch {
		case s.literal[i]:
			b.WriteString(piece)
		case s.isText:
			b.WriteString(general(n))
		default:
			b.WriteString(s.digits(n))
		}
	}
	return b.String()
}

func (s *numberSection) digits(n float64) string {
	n *= math.Pow(100, float64(s.percent))
	n /= math.Pow(1000, float64(s.divide))
	if s.exponent {
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(n, 'E', s.decimals, 64), "E")
		return strings.Replace(mantissa, ".", ",", 1) + "E" + exponent
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(roundHalf(n, s.decimals), 'f', s.decimals, 64), ".")
	for range s.optional {
		if !strings.HasSuffix(fraction, "0") {
			break
		}
		fraction = fraction[:len(fraction)-1]
	}
	if s.integers == 0 && whole == "0" && s.decimals == 0 {
		whole = ""
	}
	whole = strings.Repeat("0", max(0, min(s.integers, 40)-len(whole))) + whole
	if s.grouped {
		whole = grouped(whole)
	}
	if fraction == "" {
		return whole
	}
	return whole + "," + fraction
}

// roundHalf rounds halves away from zero, as spreadsheets do with what people typed:
// 1.005 has two decimals 1.01, though it is a little less in binary.
func roundHalf(n float64, decimals int) float64 {
	if decimals > 12 || n > 1e15 {
		return n
	}
	scale := math.Pow(10, float64(decimals))
	rounded := math.Round(n*scale*(1+1e-15)) / scale
	return rounded
}

func grouped(digits string) string {
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// general shows a number without a format, with what fits in a cell of eleven places.
func general(n float64) string {
	if n == math.Trunc(n) && math.Abs(n) < 1e15 {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	text := strconv.FormatFloat(n, 'g', 10, 64)
	if strings.Contains(text, "e") {
		text = strings.ToUpper(text)
	} else if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return strings.Replace(text, ".", ",", 1)
}

// date shows a number of days. Day 60 of 1900 is a day that never was, which programs
// keep for the sake of the first.
func (s *numberSection) date(n float64, from1904 bool) string {
	if n < 0 || n > 2_958_466 {
		return general(n)
	}
	elapsed := n
	origin := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from1904 {
		origin = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if n < 60 {
		n++
	}
	days := math.Floor(n)
	t := origin.AddDate(0, 0, int(days)).Add(time.Duration(math.Round((n-days)*86400*1000)) * time.Millisecond)
	if s.decimals == 0 {
		t = t.Round(time.Second)
	}
	var b strings.Builder
	for i, piece := range s.pieces {
		if s.literal[i] {
			b.WriteString(piece)
		} else {
			b.WriteString(s.dateCode(piece, t, elapsed))
		}
	}
	return b.String()
}

func (s *numberSection) dateCode(code string, t time.Time, n float64) string {
	hour := t.Hour()
	if s.clock12 {
		hour = (hour+11)%12 + 1
	}
	months := strings.Fields("januari februari maart april mei juni juli augustus september oktober november december")
	days := strings.Fields("zondag maandag dinsdag woensdag donderdag vrijdag zaterdag")
	month, day := months[t.Month()-1], days[t.Weekday()]
	switch code {
	case "yy":
		return t.Format("06")
	case "yyyy", "yyy":
		return t.Format("2006")
	case "m":
		return strconv.Itoa(int(t.Month()))
	case "mm":
		return t.Format("01")
	case "mmm":
		return month[:3]
	case "mmmm":
		return month
	case "mmmmm":
		return month[:1]
	case "d":
		return strconv.Itoa(t.Day())
	case "dd":
		return t.Format("02")
	case "ddd":
		return day[:2]
	case "dddd":
		return day
	case "h":
		return strconv.Itoa(hour)
	case "hh":
		return strconv.Itoa(hour/10) + strconv.Itoa(hour%10)
	case "M":
		return strconv.Itoa(t.Minute())
	case "MM":
		return t.Format("04")
	case "s":
		return strconv.Itoa(t.Second())
	case "ss":
		return t.Format("05")
	case "am/pm":
		return t.Format("PM")
	case "[h]":
		return strconv.Itoa(int(math.Round(n*86400)) / 3600)
	case "[m]":
		return strconv.Itoa(int(math.Round(n*86400)) / 60)
	case "[s]":
		return strconv.Itoa(int(math.Round(n * 86400)))
	}
	return ""
}
