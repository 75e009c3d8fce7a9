package office

import (
	"math"
	"testing"
	"time"
)

// shownNumber is a number, the code of its format, and how it is shown.
type shownNumber struct {
	code   string
	number float64
	want   string
}

func showAll(t *testing.T, all []shownNumber) {
	t.Helper()
	for _, c := range all {
		if got := parseNumberFormat(c.code).show(c.number, false); got != c.want {
			t.Errorf("%q of %v: %q, want %q", c.code, c.number, got, c.want)
		}
	}
}

// The formats that files do not spell out are by number in every workbook.
func TestBuiltinFormats(t *testing.T) {
	const moment = 45000.75 + 5./86400 // 15 March 2023, 18:00:05
	for _, c := range []struct {
		id     string
		number float64
		want   string
	}{
		{"0", 1234.5, "1234,5"},
		{"1", 1234.5, "1235"},
		{"2", 1234.5, "1234,50"},
		{"3", 1234.5, "1.235"},
		{"4", 1234.5, "1.234,50"},
		{"9", .256, "26%"},
		{"10", .256, "25,60%"},
		{"11", 1234.5, "1,23E+03"},
		{"14", moment, "15-03-2023"},
		{"15", moment, "15-maa-23"},
		{"16", moment, "15-maa"},
		{"17", moment, "maa-23"},
		{"18", moment, "18:00"},
		{"19", moment, "18:00:05"},
		{"20", moment, "18:00"},
		{"21", moment, "18:00:05"},
		{"22", moment, "15-3-2023 18:00"},
		{"37", -1234.5, "-1.235"},
		{"38", 1234.5, "1.235"},
		{"39", -1234.5, "-1.234,50"},
		{"40", 1234.5, "1.234,50"},
		{"45", moment, "00:05"},
		{"46", 1.25, "30:00:00"},
		{"47", moment, "00:05,"},
		{"48", 1234.5, "1,2E+03"},
		{"49", 1234.5, "1234,5"},
		{"164", 1234.5, "1234,5"},
	} {
		if got := parseNumberFormat(builtinFormat(c.id)).show(c.number, false); got != c.want {
			t.Errorf("format %s of %v: %q, want %q", c.id, c.number, got, c.want)
		}
	}
}

func TestDatesAreShownInDutch(t *testing.T) {
	const moment = 45003 + 9./24 + 7./1440 + 3./86400 // Saturday 18 March 2023, 09:07:03
	showAll(t, []shownNumber{
		{"d", moment, "18"},
		{"dd", 45000 - 13, "02"},
		{"ddd", moment, "za"},
		{"dddd", moment, "zaterdag"},
		{"m", moment, "3"},
		{"mm", moment, "03"},
		{"mmm", moment + 60, "mei"},
		{"mmmm", moment - 60, "januari"},
		{"mmmmm", moment, "m"},
		{"yy", moment, "23"},
		{"yyy", moment, "2023"},
		{"yyyy", moment, "2023"},
		{"h", moment, "9"},
		{"hh", moment, "09"},
		{"h AM/PM", moment, "9 AM"},
		{"h a/p", moment + .5, "9 PM"},
		{"hh am/pm", 45000, "12 AM"},
		{"h:m", moment, "9:7"},
		{"h:mm", moment, "9:07"},
		{"m:s", moment, "7:3"},
		{"mm:ss", moment, "07:03"},
		{"[m]", 1.5, "2160"},
		{"[s]", 1.5 / 24, "5400"},
		{"[h]:mm", 2.5, "60:00"},
		{"[hh]", 1, "24"},
		{"[$-413]d mmmm yyyy", moment, "18 maart 2023"},
		{`d "dag" mmm`, moment, "18 dag maa"},
		{"d-m-yyyy", 59, "28-2-1900"},
		{"d-m-yyyy", 61, "1-3-1900"},
		{"d-m-yyyy", 2_958_465, "31-12-9999"},
		{"d-m-yyyy", 2_958_467, "2958467"},
		{"d-m-yyyy", -1.5, "-1,5"},
		{"h:mm:ss", .999999999, "0:00:00"},
	})
}

func TestNumbersAreShownInDutch(t *testing.T) {
	showAll(t, []shownNumber{
		{"0.00", -0.005, "-0,01"},
		{"0.00", 1e16, "10000000000000000,00"},
		{"#", 0, ""},
		{"#,##0", 999, "999"},
		{"#,##0", 1000, "1.000"},
		{"#,##0", 1234567890, "1.234.567.890"},
		{"#,##0.0,,", 1234567890, "1.234,6"},
		{"0,0", 1234, "1.234"},
		{"0.???", 1.5, "1,5"},
		{"0.0#0", 1.5, "1,500"},
		{"?", 7, "7"},
		{"0%%", .5, "5000%%"},
		{"0.0E-0", 12345, "1,2E+04"},
		{"0E", 5, "5E"},
		{"e0", 5, "e5"},
		{"0;(0)", -5, "(5)"},
		{"0;(0)", 5, "5"},
		{"0;(0);nul", 0, "nul"},
		{`0;"";`, -5, ""},
		{"General\" m\"", 2.5, "2,5 m"},
		{"@ x", 2.5, "2,5 x"},
		{"[Red]0", 5, "5"},
		{"[>100]0", 5, "5"},
		{"[$£-809]0", 5, "£5"},
		{"[$]0", 5, "5"},
		{"[]0", 5, "5"},
		{"*-0", 5, "5"},
		{"_(0_)", 5, " 5 "},
		{`\`, 5, `\`},
		{`\é0`, 5, "é5"},
		{`"open`, 5, "open"},
		{"é0", 5, "é5"},
		{"_", 5, "_"},
	})
}

// A number that a file spoils is shown, and never with a panic.
func TestNumbersThatAreNone(t *testing.T) {
	for _, n := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64} {
		for _, code := range []string{"", "0", "0.00", "#,##0", "0%", "0E+0", "d-m-yyyy", "[h]:mm", "@"} {
			if got := parseNumberFormat(code).show(n, false); len(got) > 1000 {
				t.Errorf("%q of %v: %d bytes", code, n, len(got))
			}
		}
	}
}

func TestGeneralNumbers(t *testing.T) {
	for number, want := range map[float64]string{
		0:               "0",
		-7:              "-7",
		1e14:            "100000000000000",
		1e15:            "1E+15",
		.5:              "0,5",
		1. / 3:          "0,3333333333",
		123456789.12345: "123456789,1",
		1e-7:            "1E-07",
		-2.50:           "-2,5",
	} {
		if got := general(number); got != want {
			t.Errorf("%v: %q, want %q", number, got, want)
		}
	}
}

// Every day since 1900 has the date that the calendar gives.
func TestDatesFollowTheCalendar(t *testing.T) {
	format := parseNumberFormat("yyyy-mm-dd")
	for days := 61; days < 80_000; days += 17 {
		want := time.Date(1899, 12, 30+days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		if got := format.show(float64(days), false); got != want {
			t.Fatalf("day %d: %s, want %s", days, got, want)
		}
		want = time.Date(1904, 1, 1+days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		if got := format.show(float64(days), true); got != want {
			t.Fatalf("day %d since 1904: %s, want %s", days, got, want)
		}
	}
}
