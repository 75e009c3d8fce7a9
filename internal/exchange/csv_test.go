package exchange_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

const table = "Titel;Samenvatting;Tekst;Thema's;Trefwoorden;Gemeente;Datum;Auteur\n" +
	"\"Eén plan; twee wijken\";Kort.;\"Eerste regel\nTweede \"\"regel\"\"\";Wonen, economie;ideeën, bouwen;Súdwest-Fryslân;31-12-2020;Ans\n"

func wantTable() *kb.Publication {
	return &kb.Publication{
		Common: kb.Common{
			Head: kb.Head{
				ID:   kb.DeriveID("import", "Eén plan; twee wijken\x00Eerste regel\nTweede \"regel\""),
				Slug: "een-plan-twee-wijken", Status: kb.StatusPublished, Visibility: kb.VisibilityPublic,
				CreatedAt: today(), UpdatedAt: today(), PublishedAt: midnight(2020, 12, 31), Version: 1, Origin: &kb.Origin{Source: "import"},
			},
			Title: "Eén plan; twee wijken", Summary: "Kort.", Body: "Eerste regel\nTweede \"regel\"",
			Themes: []string{"wonen", "economie"}, Keywords: []string{"ideeën", "bouwen"}, Regions: []string{"GM1900"}, Language: "nl",
		},
		Authors: []string{"Ans"}, Issued: "2020-12-31",
	}
}

// The same table as spreadsheets write it: with each separator, encoding and line end.
func TestCSVAsSpreadsheetsWriteIt(t *testing.T) {
	latin, err := charmap.Windows1252.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"semicolons":         table,
		"byte order mark":    "\ufeff" + table,
		"Windows-1252":       latin,
		"Windows line ends":  strings.ReplaceAll(table, "\n", "\r\n"),
		"UTF-16":             utf16le(table),
		"gzip":               string(zip(t, table)),
		"gzip, Windows-1252": string(zip(t, latin)),
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(wantTable(), one(t, text, exchange.Options{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func TestSeparators(t *testing.T) {
	for _, text := range []string{
		"titel,tekst,datum\na,b,2020\n",
		"titel\ttekst\tdatum\na\tb\t2020\n",
		"\"titel\",\"tekst\",\"datum;,;,;\"\na,b,\n",
		"titel;tekst\na;b\n\n;;\n",
	} {
		got := one(t, text, exchange.Options{}).(*kb.Publication)
		if got.Title != "a" || got.Body != "b" {
			t.Errorf("%q: %q %q", text, got.Title, got.Body)
		}
	}
}

func TestBadRowsAreReportedByLine(t *testing.T) {
	text := "titel,tekst\na,\"twee\nregels\"\nb,\"x\"y,z\nc,d,e\n,geen titel\nf,g\n"
	store := open(t)
	report, problems := imported(t, store, strings.NewReader(text), exchange.Options{})
	if report.Created != 2 || report.Refused != 3 {
		t.Errorf("%+v", report)
	}
	var lines []int
	for _, p := range problems {
		lines = append(lines, p.Line)
	}
	if diff := cmp.Diff([]int{4, 5, 6}, lines); diff != "" {
		t.Error(diff, problems)
	}
}

// A quote that is never closed would take the rest of the file into memory.
func TestAnEndlessRowIsCutOff(t *testing.T) {
	store := open(t)
	report, _, err := run(t, store, strings.NewReader("titel,tekst\na,b\nc,\""+strings.Repeat("tekst\n", 3<<20)), exchange.Options{})
	if kb.CodeOf(err) != kb.TooLarge || report.Created != 1 {
		t.Errorf("%v %+v", err, report)
	}
}
