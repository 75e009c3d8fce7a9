package safety_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/safety"
	"leerkring/internal/kb"
)

// texts checks pages of text, each for what is marked in it.
func texts(t *testing.T, cases map[string][]string) {
	t.Helper()
	for text, want := range cases {
		if diff := cmp.Diff(want, marked(t, safety.Check(page(text)))); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestPhones(t *testing.T) {
	texts(t, map[string][]string{
		"J. Jansen +31 6 12345678":               {"PHONE NOTABLE +31 6 12345678"},
		"J. Jansen +31 (0)6-12345678":            {"PHONE NOTABLE +31 (0)6-12345678"},
		"J. Jansen 0031 6 12 34 56 78":           {"PHONE NOTABLE 0031 6 12 34 56 78"},
		"J. Jansen 06 - 1234 5678":               {"PHONE NOTABLE 06 - 1234 5678"},
		"J. Jansen\n06.12.34.56.78":              {"PHONE NOTABLE 06.12.34.56.78"},
		"Mobiel: 0612345678":                     {"PHONE NOTABLE 0612345678"},
		"privé 0612345678":                       {"PHONE NOTABLE 0612345678"},
		"0612345678 (mevrouw Bakker)":            {"PHONE NOTABLE 0612345678"},
		"J. Jansen 06 12345678, 06-12345678":     {"PHONE NOTABLE 06 12345678"},
		"06 12345678":                            nil,
		"J. Jansen 020 1234567":                  nil,
		"J. Jansen 06 1234567":                   nil,
		"J. Jansen 06 123456789":                 nil,
		"J. Jansen 10612345678":                  nil,
		"J. Jansen 06    12345678":               nil,
		"Piket (J. Jansen) 06 12345678":          nil,
		"J. Jansen, WhatsApp 06 12345678":        nil,
		"J. Jansen +32 6 12345678":               nil,
		"J. Jansen in 06":                        nil,
		"J. Jansen\n\n\n\nOverzicht 06 12345678": nil,
	})
}

func TestAddresses(t *testing.T) {
	texts(t, map[string][]string{
		"Mevrouw A. de Boer\nVan der Duinlaan 4-a\n1234 AB Ede":       {"ADDRESS NOTABLE Van der Duinlaan 4-a 1234 AB"},
		"wonende aan de Kerkweg 3 bis, 1234AB":                        {"ADDRESS NOTABLE Kerkweg 3 bis, 1234AB"},
		"Huisadres: Plein 1945 12, 1234 AB Ede":                       nil, // the number is no street
		"Woonadres\t's Gravenweg 100\t1234 AB":                        {"ADDRESS NOTABLE Gravenweg 100 1234 AB"},
		"geboren 3 mei 1960, Dorpsstraat 1, 1234 AB":                  {"ADDRESS NOTABLE Dorpsstraat 1, 1234 AB"},
		"Dorpsstraat 1, 1234 AB Ede":                                  nil,
		"J. Bakker, Stichting Thuis, Dorpsstraat 1, 1234 AB":          nil,
		"Postbus 12, 1234 AB, t.a.v. J. Bakker":                       nil,
		"Factuuradres J. Bakker, Dorpsstraat 1, 1234 AB":              nil,
		"J. Bakker www.bakker.nl Dorpsstraat 1, 1234 AB":              nil,
		"wonende te Dorpsstraat 1, 1234 ABC":                          nil,
		"wonende te Dorpsstraat 1, 0234 AB":                           nil,
		"wonende te Dorpsstraat 1, 1234 ab":                           nil,
		"wonende te Ede, 1234 AB":                                     nil,
		"J. Bakker, Dorpsstraat 1\n1234":                              nil,
		"wonende te Straat 1, 1234 AB en te Weg 2, 5678 CD":           {"ADDRESS NOTABLE Straat 1, 1234 AB", "ADDRESS NOTABLE Weg 2, 5678 CD"},
		"Adres: Dorpsstraat 1, 1234 AB. Adres: Dorpsstraat 1, 1234AB": {"ADDRESS NOTABLE Dorpsstraat 1, 1234 AB"},
	})
}

func TestMail(t *testing.T) {
	texts(t, map[string][]string{
		"Jan.Jansen+werk@Gmail.com":  {"EMAIL NOTABLE Jan.Jansen+werk@Gmail.com"},
		"<j@xs4all.nl>":              {"EMAIL NOTABLE j@xs4all.nl"},
		"a@ziggo.nl, A@ZIGGO.NL":     {"EMAIL NOTABLE a@ziggo.nl"},
		"mailto:a@hotmail.com?x":     {"EMAIL NOTABLE a@hotmail.com"},
		"a@hotmail.com.":             {"EMAIL NOTABLE a@hotmail.com"},
		"secretaris@gmail.com":       nil,
		"@gmail.com":                 nil,
		"a@gmail":                    nil,
		"a@mijngmail.com":            nil,
		"a@gmail.com.voorbeeld.test": nil,
		"@ @@ a@ @gmail.com@":        nil,
	})
}

// The numbers are the examples of the registry.
func TestAccountsOfCountries(t *testing.T) {
	for country, number := range map[string]string{
		"AE": "AE07 0331 2345 6789 0123 456", "BE": "BE68 5390 0754 7034", "BR": "BR18 0036 0305 0000 1000 9795 493C 1", "CH": "CH93 0076 2011 6238 5295 7",
		"FR": "FR14 2004 1010 0505 0001 3M02 606", "GB": "GB29 NWBK 6016 1331 9268 19", "GE": "GE29 NB00 0000 0101 9049 17", "IL": "IL62 0108 0000 0009 9999 999",
		"LC": "LC55 HEMM 0001 0001 0012 0012 0002 3015", "MT": "MT84 MALT 0110 0001 2345 MTLC AST0 01S", "MU": "MU17 BOMM 0101 1010 3030 0200 000M UR", "NO": "NO93 8601 1117 947",
		"PK": "PK36 SCBL 0000 0011 2345 6702", "SA": "SA03 8000 0000 6080 1016 7519", "SE": "SE45 5000 0000 0583 9825 7466", "TR": "TR33 0006 1005 1978 6457 8413 26",
		"UA": "UA21 3223 1300 0002 6007 2335 6600 1", "XK": "XK05 1212 0123 4567 8906", "PL": "PL61 1090 1014 0000 0712 1981 2874", "TN": "TN59 1000 6035 1835 9847 8831",
	} {
		for _, written := range []string{number, strings.ReplaceAll(number, " ", ""), strings.ReplaceAll(number, " ", "\u00a0")} {
			if got := marked(t, safety.Check(page("Rekening "+written+"."))); len(got) != 1 || got[0] != "IBAN SERIOUS "+written {
				t.Errorf("%s: %q of %q", country, got, written)
			}
		}
		wrong := strings.Replace(number, number[len(number)-5:], "7"+number[len(number)-4:], 1)
		if wrong != number && marked(t, safety.Check(page(wrong))) != nil {
			t.Errorf("%s: %q passes", country, wrong)
		}
	}
}

func TestAccounts(t *testing.T) {
	texts(t, map[string][]string{
		"nl91abna0417164300":                                         {"IBAN SERIOUS nl91abna0417164300"},
		"NL91-ABNA-0417-1643-00":                                     {"IBAN SERIOUS NL91-ABNA-0417-1643-00"},
		"NL91.ABNA.0417.1643.00":                                     {"IBAN SERIOUS NL91.ABNA.0417.1643.00"},
		"NL 91 ABNA 0417 1643 00":                                    nil,
		"Rekening NL91 ABNA\n    0417 1643 00":                       {"IBAN SERIOUS NL91 ABNA     0417 1643 00"},
		"Rekening NL91 ABNA 04\r\n17 1643 00":                        {"IBAN SERIOUS NL91 ABNA 04  17 1643 00"},
		"NL91ABNA0417164300 en NL91 ABNA 0417164300":                 {"IBAN SERIOUS NL91ABNA0417164300"},
		"gemeente Ede, t.n.v. J. Bakker\nNL91ABNA0417164300":         {"IBAN SERIOUS NL91ABNA0417164300"},
		"Factuur. IBAN NL91ABNA0417164300":                           {"IBAN NOTABLE NL91ABNA0417164300"},
		"KvK 1234, NL91ABNA0417164300":                               {"IBAN NOTABLE NL91ABNA0417164300"},
		"NL91ABNA0417164300 www.ede.nl\nNL91ABNA0417164300 van Piet": {"IBAN NOTABLE NL91ABNA0417164300"},
		"XNL91ABNA0417164300":                                        nil,
		"NL91ABNA04171643001":                                        nil,
		"NL91 ABNA 0417 1643":                                        nil,
		"NL91\n\n\nABNA0417164300":                                   nil,
		"de89370400440532013000":                                     nil, // words in small letters are no codes
		"AL 28 GEMEENTEN IN DE PROVINCIE ZIJN ER":                    nil,
	})
}

func TestNumbersOverTwoLines(t *testing.T) {
	texts(t, map[string][]string{
		"Haar BSN is 1234\n56782.":                {"BSN SERIOUS 1234 56782"},
		"Haar BSN is 1234.56.\n782.":              {"BSN SERIOUS 1234.56. 782"},
		"Burgerservicenummer: 123-\r\n456-782 en": {"BSN SERIOUS 123-  456-782"},
		"BSN 1234\n\n56782":                       nil,
		"BSN 1234\n567\n82":                       nil,
		"De heer J. Bakker 1234\n56782":           nil,
		"BSN onbekend, telefoon 1234\n56782":      nil,
		"BSN 1234\n567823":                        nil,
		"Tabel 1234\n56782":                       nil,
	})
}

func TestHeadsOfTables(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       int
	}{
		{"tabs", "Naam\tBSN\nBakker\t123456782\nSmit\t111222333", 2},
		{"another column passes the test too", "Bedrag\tBSN\n123456782\t111222333", 1},
		{"commas and quotes", "\"naam\",\"burgerservicenummer\"\n\"Bakker\",\"123456782\"", 1},
		{"eight digits in the column", "BSN;Naam\n10000008;Bakker", 1},
		{"days are no numbers", "BSN;Geboren\n19770807;1", 0},
		{"under a line without separators", "Overzicht BSN cliënten\n123456782\n111222333", 2},
		{"a sentence is no head", "In het beleid over het BSN staat dat.\n\n\n123456782", 0},
		{"a column of orders", "Naam;Ordernummer\nJan Bakker;123456782", 0},
		{"the second head wins", "Naam;BSN\nBakker;123456782\nCode;Sofinummer\n123456782;111222333", 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := page(tc.text)
			r.Unit = kb.UnitSheet
			if got := safety.Check(r); len(got) != tc.want {
				t.Errorf("%d findings: %q", len(got), marked(t, got))
			}
		})
	}
}

func TestLabelsThatAreNone(t *testing.T) {
	texts(t, map[string][]string{
		"BSNK 123456782":                             nil,
		"De absn 123456782":                          nil,
		"het sofisme 123456782":                      nil,
		"BSN-dossier, kenmerk 123456782":             nil,
		"BSN 123456782/2":                            nil,
		"BSN 123456782.5":                            nil,
		"BSN +123456782":                             nil,
		"BSN 1234567820":                             nil,
		"http://voorbeeld.nl/p.n.bakker/123456782":   nil,
		"p.n. bakker, KvK 12345678, rsin: 123456782": nil,
		"BSN\u00a0123456782":                         {"BSN SERIOUS 123456782"},
		"uw\u00a0BSN 123456782":                      {"BSN SERIOUS 123456782"},
		"BSN van de partner: 123456782":              {"BSN SERIOUS 123456782"},
		"b.s.n.: 123456782":                          {"BSN SERIOUS 123456782"},
		"BSN\n\n123456782":                           {"BSN SERIOUS 123456782"},
	})
}
