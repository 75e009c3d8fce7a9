package format_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/format"
)

func TestTitle(t *testing.T) {
	for in, want := range map[string]string{
		"Regionale\r\n  arbeidsmarkt":          "Regionale arbeidsmarkt",
		"Microsoft Word - Verslag 12 mei.docx": "",
		"PowerPoint-presentatie":               "",
		"verslag_v3":                           "",
		"Notulen.pdf":                          "",
		"Untitled":                             "",
		"12-03-2024":                           "",
		"Titel":                                "",
		"Wonen in 2040":                        "Wonen in 2040",
	} {
		if got := format.Title(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got := format.Title(strings.Repeat("é", 900)); len([]rune(got)) != 500 {
		t.Errorf("a long title has %d runes", len([]rune(got)))
	}
}

func TestAuthorsAndKeywords(t *testing.T) {
	if diff := cmp.Diff([]string{"Jansen, Piet", "Fatima de Wit"}, format.Authors("Jansen, Piet; Microsoft Office User;Fatima  de Wit;Jansen, Piet")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"wonen", "vergrijzing"}, format.Keywords("wonen, vergrijzing;wonen,,")); diff != "" {
		t.Error(diff)
	}
}

func TestPDFDate(t *testing.T) {
	for in, want := range map[string]string{
		"D:20260131120000+01'00'": "2026-01-31T11:00:00Z",
		"D:20260131120000Z00'00'": "2026-01-31T12:00:00Z",
		"D:20260131120000Z":       "2026-01-31T12:00:00Z",
		"D:20260131":              "2026-01-31T00:00:00Z",
		"2026":                    "2026-01-01T00:00:00Z",
		"D:00010101":              "",
		"gisteren":                "",
	} {
		got := ""
		if at := format.PDFDate(in); at != nil {
			got = at.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzPDFDate(f *testing.F) {
	f.Add("D:20260131120000Z00'00'")
	f.Fuzz(func(t *testing.T, s string) {
		if at := format.PDFDate(s); at != nil && (at.Year() < 1979 || at.Year() > 2101) {
			t.Errorf("%q is %v", s, at)
		}
	})
}
