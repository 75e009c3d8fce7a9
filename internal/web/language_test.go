package web

import (
	"testing"
	"time"

	"leerkring/internal/kb"
)

func TestNumber(t *testing.T) {
	for n, want := range map[int][2]string{
		0: {"0", "0"}, 999: {"999", "999"}, 1000: {"1.000", "1,000"}, 1234567: {"1.234.567", "1,234,567"}, -1000: {"-1.000", "-1,000"}, -100: {"-100", "-100"},
	} {
		if nl, en := dutch.number(n), english.number(n); nl != want[0] || en != want[1] {
			t.Errorf("%d became %q and %q, want %q", n, nl, en, want)
		}
	}
}

func TestDate(t *testing.T) {
	for d, want := range map[kb.Date][2]string{
		"2024-03-12": {"12 maart 2024", "12 March 2024"},
		"2024-08":    {"augustus 2024", "August 2024"},
		"1999":       {"1999", "1999"},
		"":           {"", ""},
		"ooit":       {"", ""},
	} {
		if nl, en := dutch.date(d), english.date(d); nl != want[0] || en != want[1] {
			t.Errorf("%q became %q and %q, want %q", d, nl, en, want)
		}
	}
}

func TestSpan(t *testing.T) {
	for _, c := range []struct {
		from, to kb.Date
		want     string
	}{
		{"", "", ""},
		{"2021", "", "vanaf 2021"},
		{"", "2023-05", "tot en met mei 2023"},
		{"2021", "2021", "2021"},
		{"2021", "2023", "2021 – 2023"},
	} {
		if got := messages().span(dutch, c.from, c.to); got != c.want {
			t.Errorf("%s to %s became %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// TestTimes: meetings are shown in Dutch time, in summer and in winter.
func TestTimes(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	v := &visit{lang: dutch, site: &site{zone: zone}}
	at := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		out, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, c := range []struct{ start, end, want string }{
		{"", "", ""},
		{"2024-01-15T08:00:00Z", "", "15 januari 2024, 09:00"},
		{"2024-07-15T08:00:00Z", "2024-07-15T14:30:00Z", "15 juli 2024, 10:00 – 16:30"},
		{"2024-07-15T08:00:00Z", "2024-07-16T14:30:00Z", "15 juli 2024, 10:00 – 16 juli 2024, 16:30"},
	} {
		if got := v.times(at(c.start), at(c.end)); got != c.want {
			t.Errorf("%s to %s became %q, want %q", c.start, c.end, got, c.want)
		}
	}
	if words, iso := v.moment(at("2024-12-31T23:30:00Z")); words != "1 januari 2025" || iso != "2025-01-01" {
		t.Errorf("half an hour before the year ends in UTC became %q, %q", words, iso)
	}
}
