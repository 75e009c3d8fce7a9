package exchange_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

// Spreadsheet programs write the separator on a line of its own before the header.
func TestALineThatSaysTheSeparator(t *testing.T) {
	for _, text := range []string{
		"sep=;\ntitel;tekst\na,b,c,d;e\n",
		"SEP=;\r\ntitel;tekst\r\na,b,c,d;e\r\n",
		"\"sep=;\"\ntitel;tekst\na,b,c,d;e\n",
		"\ufeffsep=|\ntitel|tekst\na,b,c,d|e\n",
		"sep=\t\ntitel\ttekst\na,b,c,d\te\n",
	} {
		got := one(t, text, exchange.Options{}).(*kb.Publication)
		if got.Title != "a,b,c,d" || got.Body != "e" {
			t.Errorf("%q: %q %q", text, got.Title, got.Body)
		}
	}
	_, problems := imported(t, open(t), strings.NewReader("sep=;\ntitel;tekst\n;geen titel\na\"b;c\n"), exchange.Options{})
	var lines []int
	for _, p := range problems {
		lines = append(lines, p.Line)
	}
	if diff := cmp.Diff([]int{3, 4}, lines); diff != "" {
		t.Errorf("lines are counted in the file: %s", diff)
	}
	if got := one(t, "sep=x,titel\n1,a\n", exchange.Options{}); got.Label() != "a" {
		t.Errorf("a column whose name begins like that: %q", got.Label())
	}
}

func TestDatesAsProgramsAndPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]kb.Date{
		"2021-01-01T00:00:00.000+0000":  "2021-01-01",
		"2021-06-05T23:30:00+0200":      "2021-06-05",
		"maandag 5 juni 2021":           "2021-06-05",
		"Ma. 5 juni 2021":               "2021-06-05",
		"Friday, 31 May 2024":           "2024-05-31",
		"vrijdag 31 mei 2024":           "2024-05-31",
		"2021-01-01T00:00:00.000+00:00": "2021-01-01",
	} {
		line, err := json.Marshal(map[string]string{"title": "x", "date": text})
		if err != nil {
			t.Fatal(err)
		}
		got := one(t, string(line), exchange.Options{}).(*kb.Publication)
		if got.Issued != want || got.PublishedAt == nil {
			t.Errorf("%q: %q, %v", text, got.Issued, got.PublishedAt)
		}
	}
	for _, text := range []string{"ergens 5 juni 2021", "maandag maandag juni 2021", "maandag"} {
		report, _ := imported(t, open(t), strings.NewReader(`{"title":"x","date":"`+text+`"}`), exchange.Options{})
		if report.Refused != 1 {
			t.Errorf("%q is taken for a date", text)
		}
	}
}

// A column type is often written in the plural.
func TestPluralsOfKinds(t *testing.T) {
	for kind, words := range map[kb.Kind][]string{
		kb.KindCase:           {"cases", "casussen", "Casussen"},
		kb.KindPublication:    {"publications", "publicaties"},
		kb.KindPresentation:   {"presentations", "presentaties"},
		kb.KindLesson:         {"lessons", "lessen", "geleerde lessen", "lessons learned"},
		kb.KindTheme:          {"themes", "thema's", "themas"},
		kb.KindOrganisation:   {"organisations", "organisaties"},
		kb.KindPerson:         {"people", "personen", "deelnemers", "experts"},
		kb.KindLearningCircle: {"learning circles", "leerkringen"},
	} {
		for _, word := range words {
			got := one(t, `{"title":"x","name":"x","label":"x","type":"`+word+`"}`, exchange.Options{})
			if got.Kind() != kind {
				t.Errorf("%q: %s", word, got.Kind())
			}
			if p, ok := got.(*kb.Publication); ok && p.PublicationKind != "" {
				t.Errorf("%q: a publication of the kind %q", word, p.PublicationKind)
			}
		}
	}
}
