package dutch

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func terms(a *Analyzer, text string) []string {
	var out []string
	a.Tokens(text, func(t Token) {
		if t.Term != "" {
			out = append(out, t.Term)
		}
	})
	return out
}

func TestTokensMeet(t *testing.T) {
	a := New()
	for _, pair := range [][2]string{
		{"België", "belgie"},
		{"coöperatie", "cooperatie"},
		{"foto's", "foto’s"},
		{"foto's", "fotos"},
		{"bedrijventerreinen", "BEDRIJVENTERREIN"},
		{"ﬁnanciën", "financien"},
		{"ĳsbaan", "IJsbaan"},
		{"samen\u00adwerking", "samenwerking"},
		{"Straße", "strasse"},
		{"arbeidsmarkt-regio", "arbeidsmarktregio"},
		{"arbeidsmarkt‑regio’s", "Arbeidsmarktregio"},
		{"e-mail", "email"},
		{"W.M.O.", "Wmo"},
		{"b.v.", "BV"},
		{"covid-19", "COVID19"},
		{"1.000", "1000"},
		{"3,1", "3.1"},
		{"01-01-2024", "1-1-2024"},
		{"2024-03-12", "12-3-2024"},
		{"2019–2023", "2019-2023"},
	} {
		if d := cmp.Diff(terms(a, pair[0]), terms(a, pair[1])); d != "" {
			t.Errorf("%q and %q do not meet:\n%s", pair[0], pair[1], d)
		}
	}
}

func TestTokensDiffer(t *testing.T) {
	a := New()
	for _, pair := range [][2]string{
		{"wonen", "werken"},
		{"2019", "2020"},
		{"3.1", "31"},
		{"1-1-2024", "11-2024"},
		{"2019-2023", "20192023"},
		{"2:4", "24"},
	} {
		if cmp.Equal(terms(a, pair[0]), terms(a, pair[1])) {
			t.Errorf("%q and %q are one term", pair[0], pair[1])
		}
	}
}

// What stands between words is no part of them, and what holds a word together is.
func TestWordsOfATextWithSigns(t *testing.T) {
	for text, want := range map[string][]string{
		"De coöperatie’s in 's-Hertogenbosch: één foto's!": {"De", "coöperatie’s", "in", "s-Hertogenbosch", "één", "foto's"},
		"'a' ’b’ c'":                  {"a", "b", "c"},
		"foto's’":                     {"foto's"},
		"e\u0301e\u0301n":             {"e\u0301e\u0301n"},
		"\u0301a":                     {"a"},
		"a'1":                         {"a", "1"},
		"東京, 2024-25":                 {"東京", "2024-25"},
		"x\xffy":                      {"x", "y"},
		"🙂huis🙂":                      {"huis"},
		"a_b/c.d":                     {"a", "b", "c.d"},
		"en/of zaak_type":             {"en", "of", "zaak", "type"},
		"":                            nil,
		"\u200bhuis\u00ad.":           {"huis"},
		"zorg- en welzijnsbeleid":     {"zorg", "en", "welzijnsbeleid"},
		"art. 3.1, lid 2.":            {"art", "3.1", "lid", "2"},
		"artikel 2:4 Awb.":            {"artikel", "2:4", "Awb"},
		"o.a. de N.V. Wonen.":         {"o.a", "de", "N.V", "Wonen"},
		"het beleid.De raad, ja.Nee":  {"het", "beleid", "De", "raad", "ja", "Nee"},
		"besluit van de VNG.De raad":  {"besluit", "van", "de", "VNG", "De", "raad"},
		"NL.IMRO.0003.BPDETIP-VG02.":  {"NL.IMRO.0003.BPDETIP-VG02"},
		"info@vng.nl, www.vng.nl.":    {"info@vng.nl", "www.vng.nl"},
		"B&W en R&D; jansen&zn":       {"B&W", "en", "R&D", "jansen", "zn"},
		"€ 1.000,50; 1,2,3; 2019,125": {"1.000,50", "1,2", "3", "2019", "125"},
		"van 2019–2023 – en verder":   {"van", "2019–2023", "en", "verder"},
		"Midden-Groningen --- x":      {"Midden-Groningen", "x"},
	} {
		var got []string
		New().Tokens(text, func(tok Token) { got = append(got, text[tok.Start:tok.End]) })
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}

// What is one word to write can be several to search for.
func TestTermsAndPartsOfWords(t *testing.T) {
	a := New()
	for word, want := range map[string][]string{
		"Midden-Groningen":          {"middengroningen", "midden", "groningen"},
		"'s-Hertogenbosch":          {"shertogenbosch", "hertogenbosch"},
		"2019-2023":                 {"2019-2023", "2019", "2023"},
		"1-1-2024":                  {"1-1-2024", "2024"},
		"NL.IMRO.0003.BPDETIP-VG02": {"nl.imro.0003.bpdetipvg02", "nl", "imro", "0003", "bpdetip", "vg02"},
		"arbeidsmarktregio's":       {"arbeidsmarktregio", "arbeid", "markt", "regio", "arbeidsmarkt"},
		"arbeidsmarkt-regio":        {"arbeidsmarktregio", "arbeidsmarkt", "arbeid", "markt", "regio"},
		"Woningbouwopgaven":         {"woningbouwopgave", "woningbouw", "woning", "bouw", "opgave"},
		"woonzorgvisies":            {"woonzorgvisie", "woonzorg", "wonen", "zorg", "visie"},
		"zaakType":                  {"zaaktype", "zaak", "type"},
		"begindatumTijdvakBAG":      {"begindatumtijdvakbag", "begindatum", "begin", "datum", "tijdvak", "tijd", "vak", "bag"},
		"XMLSchema":                 {"xmlschema", "xml", "schema"},
		"StUF":                      {"stuf"},
		"DigiD":                     {"digid"},
		"StUF-BAG":                  {"stufbag", "stuf", "bag"},
		"info@vng.nl":               {"info@vng.nl", "info", "vng", "nl"},
		"GM0363":                    {"gm0363"},
		"A2's":                      {"a2s"},
		"o.a":                       {""},
		"IT":                        {"it"},
	} {
		got := append([]string{a.Term(word)}, a.Parts(word)...)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", word, d)
		}
	}
}

func TestStopWordsHaveNoTerm(t *testing.T) {
	if got := terms(New(), "De HET een van the and o.a. 's"); got != nil {
		t.Errorf("terms of stop words: %q", got)
	}
}

func TestLongWordIsCut(t *testing.T) {
	got := terms(New(), strings.Repeat("é", 10_000))
	if len(got) != 1 || len(got[0]) > maxWord {
		t.Errorf("got %d terms, the first of %d bytes", len(got), len(got[0]))
	}
}

// Texts that are made to be slow are not: each takes some milliseconds, and would
// take minutes if the time grew with the square of the length.
func TestHostileTexts(t *testing.T) {
	a := New()
	const size = 1 << 20
	for _, piece := range []string{"a", "é", "\u00ad", "a\u00ad", "\u0301", "'", "a'", "-", "a-", ".", "a.", "A1.", "1,", "1.", "a@", "&", "k", "\xff"} {
		tokens := 0
		a.Tokens("x"+strings.Repeat(piece, size/len(piece)), func(Token) { tokens++ })
		if tokens == 0 {
			t.Errorf("%q: no word", piece)
		}
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("Regio's én arbeidsmarkt 2024, art. 3.1")
	f.Add("\x00\xff’’'a'")
	f.Add("NL.IMRO.0003-x zaakTypeID a@b.nl 1.000,5 2019–2023 B&W --a-")
	f.Add("Straße ĳ ﬁ \u00adx\u00ad ’s-Gravenhage")
	a := New()
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		a.Tokens(text, func(tok Token) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(text) {
				t.Fatalf("offsets %d-%d after %d in %d bytes", tok.Start, tok.End, last, len(text))
			}
			last = tok.End
			if tok.Term == "" && tok.Parts != nil {
				t.Fatalf("a stop word with the parts %q", tok.Parts)
			}
			for _, term := range append([]string{tok.Term}, tok.Parts...) {
				if !utf8.ValidString(term) || len(term) > 4*maxWord {
					t.Fatalf("term %q", term)
				}
			}
			if again := a.Term(text[tok.Start:tok.End]); again != tok.Term {
				t.Fatalf("terms %q and %q of one word", tok.Term, again)
			}
		})
	})
}
