package safety_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/safety"
	"leerkring/internal/kb"
)

func page(text string) *kb.Reading {
	return &kb.Reading{Unit: kb.UnitPage, Pages: []kb.ReadPage{{Number: 1, Text: text}}}
}

// marked gives findings as "TYPE SEVERITY what is marked".
func marked(t *testing.T, findings []kb.Finding) []string {
	t.Helper()
	var out []string
	for _, f := range findings {
		passage := utf16.Encode([]rune(f.Passage))
		for _, r := range f.Ranges {
			if r.Start < 0 || r.End > len(passage) || r.Start >= r.End {
				t.Fatalf("range %v of a passage of %d", r, len(passage))
			}
			out = append(out, fmt.Sprintf("%s %s %s", f.Type, f.Severity, string(utf16.Decode(passage[r.Start:r.End]))))
		}
	}
	return out
}

// The numbers in these tests pass their tests and belong to nobody.
func TestCheck(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"a label", "BSN: 123456782", []string{"BSN SERIOUS 123456782"}},
		{"written out", "Haar Burger Service Nummer is 1234.56.782.", []string{"BSN SERIOUS 1234.56.782"}},
		{"in a form", "Burgerservice-nr.\n123456782\nVoorletters\nA.", []string{"BSN SERIOUS 123456782"}},
		{"the old name", "sofi-nr 123 456 782", []string{"BSN SERIOUS 123 456 782"}},
		{"digit by digit", "BSN 1 2 3 4 5 6 7 8 2", []string{"BSN SERIOUS 1 2 3 4 5 6 7 8 2"}},
		{"without the leading zero", "BSN: 10000008", []string{"BSN SERIOUS 10000008"}},
		{"in English", "Citizen service number: 123456782", []string{"BSN SERIOUS 123456782"}},
		{"label behind", "123456782 (BSN)", []string{"BSN SERIOUS 123456782"}},
		{"in markup", "<bsn>123456782</bsn>", []string{"BSN SERIOUS 123456782"}},
		{"beside a name", "Jan de Vries 123456782", []string{"BSN SERIOUS 123456782"}},
		{"beside a date of birth", "12-03-1971 123456782", []string{"BSN SERIOUS 123456782"}},
		{"after a sign outside the basic plane", "📌 BSN 123456782", []string{"BSN SERIOUS 123456782"}},
		{"in a column", "Naam;BSN;Plaats\nBakker;123456782;Ede\nVisser;111222333;Urk", []string{"BSN SERIOUS 123456782", "BSN SERIOUS 111222333"}},
		{"numbers that all pass", "123456782\n111222333\n100000009\n100000010", []string{"BSN SERIOUS 123456782", "BSN SERIOUS 111222333", "BSN SERIOUS 100000009", "BSN SERIOUS 100000010"}},
		{"fails the test", "BSN: 123456789", nil},
		{"only zeros", "BSN: 000000000", nil},
		{"no label, no person", "Het gaat om 123456782 stuks.", nil},
		{"a case", "Jan de Vries, zaaknummer 123456782", nil},
		{"of an organisation", "Stichting Voorbeeld, RSIN 123456782", nil},
		{"an amount", "De heer Jansen kreeg € 123.456.782", nil},
		{"a day", "BSN van wie geboren is op 19770807", nil},
		{"in an address", "Jan de Vries http://x.nl/123456782", nil},
		{"private account", "Graag op NL91 ABNA 0417 1643 00 t.n.v. J. Jansen", []string{"IBAN SERIOUS NL91 ABNA 0417 1643 00"}},
		{"over a line end", "NL91ABNA\n0417164300", []string{"IBAN SERIOUS NL91ABNA 0417164300"}},
		{"of an organisation", "IBAN NL91ABNA0417164300 van de gemeente Voorbeeld", []string{"IBAN NOTABLE NL91ABNA0417164300"}},
		{"of abroad", "IBAN: DE89 3704 0044 0532 0130 00.", []string{"IBAN SERIOUS DE89 3704 0044 0532 0130 00"}},
		{"account with a wrong check", "NL92ABNA0417164300", nil},
		{"mail", "mail naar piet.jansen@gmail.com.", []string{"EMAIL NOTABLE piet.jansen@gmail.com"}},
		{"mail of organisations", "info@ziggo.nl, p.jansen@ede.nl", nil},
		{"phone", "Bel Anne de Wit: 06-12 34 56 78", []string{"PHONE NOTABLE 06-12 34 56 78"}},
		{"phone of nobody", "Meldpunt 06-12345678", nil},
		{"home", "De heer P. Bakker, Dorpsstraat 12, 1234 AB Ede", []string{"ADDRESS NOTABLE Dorpsstraat 12, 1234 AB"}},
		{"living", "wonende te Kerkweg 3a\n1234AB Ede", []string{"ADDRESS NOTABLE Kerkweg 3a 1234AB"}},
		{"office", "Bezoekadres: Raadhuisplein 1, 1234 AB Ede", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, marked(t, safety.Check(page(tc.text)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// passes is the test of eleven as the law writes it.
func passes(n string) bool {
	sum := -int(n[8] - '0')
	for i := range 8 {
		sum += (9 - i) * int(n[i]-'0')
	}
	return sum%11 == 0
}

func TestFindingsHavePlacesAndKeys(t *testing.T) {
	r := &kb.Reading{Pages: []kb.ReadPage{
		{Number: 3, Text: "BSN 123456782, nogmaals BSN 123456782", Notes: "BSN 111222333"},
		{Number: 12, Text: "BSN 123456782"},
	}}
	got := safety.Check(r)
	if len(got) != 3 || got[0].Page != 3 || got[0].Count != 2 || got[1].Page != 3 || got[2].Page != 12 {
		t.Fatalf("findings: %+v", got)
	}
	keys := map[string]bool{}
	for _, f := range got {
		keys[f.Key] = true
		if strings.Contains(f.Key, "12345") {
			t.Errorf("the key %s tells the number", f.Key)
		}
	}
	if len(keys) != 3 {
		t.Errorf("keys are not unique: %v", keys)
	}
	if diff := cmp.Diff(got, safety.Check(r)); diff != "" {
		t.Errorf("the same text gives something else: %s", diff)
	}
}

// What stands in a comment is found apart from the same words on the page, since it is
// mended elsewhere.
func TestWordsBesideTheTextAreChecked(t *testing.T) {
	r := &kb.Reading{Unit: kb.UnitPage, Pages: []kb.ReadPage{{Number: 1, Text: "niets"}, {Number: 2, Text: "BSN 123456782"}}, Asides: []kb.Aside{
		{Page: 2, Type: kb.FindingComment, Text: "Jan:\nBSN 123456782 en BSN 123456782"},
		{Page: 2, Type: kb.FindingHiddenText, Text: "BSN 123456782"},
		{Page: 1, Type: kb.FindingTrackedChange, Text: strings.Repeat("woorden ", 1000) + "NL91 ABNA 0417 1643 00"},
		{Type: kb.FindingPropertyName, Text: "lastModifiedBy: piet.jansen@gmail.com"},
	}}
	got := safety.Check(r)
	keys := map[string]bool{}
	var places []string
	for _, f := range got {
		keys[f.Key] = true
		places = append(places, fmt.Sprintf("%d %s %s %d", f.Page, f.Type, f.In, f.Count))
	}
	if diff := cmp.Diff([]string{"0 EMAIL PROPERTY_NAME 0", "1 IBAN TRACKED_CHANGE 0", "2 BSN  0", "2 BSN COMMENT 2", "2 BSN HIDDEN_TEXT 0"}, places); diff != "" {
		t.Error(diff)
	}
	if len(keys) != len(got) {
		t.Errorf("keys are not unique: %v", keys)
	}
	alone := safety.Check(&kb.Reading{Pages: r.Pages})
	if len(alone) != 1 || alone[0].Key != got[2].Key {
		t.Errorf("the finding in the text has another key for what stands beside it: %v", alone)
	}
}

// A page that is full of numbers has a bounded number of findings, and none is lost.
func TestManyFindingsAreCounted(t *testing.T) {
	var b strings.Builder
	n := 0
	for i := 100_000_000; n < 100; i++ {
		if s := fmt.Sprint(i); passes(s) {
			fmt.Fprintf(&b, "BSN %s\n", s)
			n++
		}
	}
	total := 0
	found := safety.Check(page(b.String()))
	for _, f := range found {
		total += max(1, f.Count)
	}
	if len(found) > 20 || total != 100 {
		t.Errorf("%d findings that count %d", len(found), total)
	}
}

// hostile are texts, to be repeated, that look like much of what is searched for.
func hostile() []string {
	return []string{
		"1", "1 ", "123456782 ", "BSN 123456782 ", "@", "a@", "NL91", "NL91 ABNA 0417 1643 00 ", "06 ", "06 1 2 3 4 5 6 7 ", "Aa ", "A. ", "Aa 1 1234 ", "A.A.A.", "\xff", "bsn", "b s n ", "BSN;", "BSN\n",
		"12-", "12\n", "Van de Van de ", "a\xc2\xa01", "AD24", "MT31", "MT31 0", "Dorp 12, 1234 AB ", "a.b@gmail.com ", "J. Jansen 06 12345678\n", "\n", "0612345678 ", "N. Sno 123456789\n", "1\n2",
	}
}

// Of hostile text no more is found than a page may have.
func TestHostileText(t *testing.T) {
	for _, piece := range hostile() {
		if n := len(marked(t, safety.Check(page(strings.Repeat(piece, (1<<18)/len(piece)))))); n > 100 {
			t.Errorf("%q: %d findings", piece, n)
		}
	}
}

// BenchmarkHostileText is the time for as much text as a document may have.
func BenchmarkHostileText(b *testing.B) {
	for _, piece := range hostile() {
		r := page(strings.Repeat(piece, 20_000_000/len(piece)))
		b.Run(fmt.Sprintf("%q", piece), func(b *testing.B) {
			for b.Loop() {
				safety.Check(r)
			}
		})
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"BSN 1234.56.782", "NL91 ABNA 0417 1643 00", "a@gmail.com", "J. Jansen 06 12345678", "A. B\nDorp 1, 1234 AB", "Naam;BSN\nA;123456782", "\xff\x00BSN\u202f1\u20102"} {
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, text, notes string) {
		r := &kb.Reading{Unit: kb.UnitSheet, Pages: []kb.ReadPage{{Number: 1, Text: text, Notes: notes}}}
		got := safety.Check(r)
		_ = marked(t, got)
		for _, finding := range got {
			if strings.ContainsAny(finding.Passage, "\n\x00") {
				t.Errorf("passage %q", finding.Passage)
			}
		}
	})
}
