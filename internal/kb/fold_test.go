package kb_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"leerkring/internal/kb"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		"  Arbeidsmarkt ":               "arbeidsmarkt",
		"'s-Hertogenbosch":              "s hertogenbosch",
		"’s‑Gravenhage":                 "s gravenhage",
		"Súdwest-Fryslân":               "sudwest fryslan",
		"Bergen (NH.)":                  "bergen nh",
		"Zaanstreek/Waterland":          "zaanstreek waterland",
		"Nuenen, Gerwen en Nederwetten": "nuenen gerwen en nederwetten",
		"zzp'ers":                       "zzpers",
		"ĲSSELSTEIN":                    "ijsselstein",
		"Straße Ærø Łódź þorn Đ ı":      "strasse aero lodz thorn d i",
		"coo\u0308peratie":              "cooperatie",
		"coöperatie":                    "cooperatie",
		"CO₂-reductie":                  "co2 reductie",
		"a\xffb":                        "a b",
		"Αθήνα":                         "αθηνα",
		"—":                             "",
	} {
		if got := kb.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"'s-Hertogenbosch", "É", "ẞß", "İı", "\xff\xfe", "ﬁets", "a\u0301\u0300'-b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := kb.Fold(s)
		if again := kb.Fold(got); again != got {
			t.Errorf("Fold(%q) = %q, folded again %q", s, got, again)
		}
		if !utf8.ValidString(got) || strings.TrimSpace(got) != got || strings.Contains(got, "  ") {
			t.Errorf("Fold(%q) = %q: not words with one space between them", s, got)
		}
	})
}
