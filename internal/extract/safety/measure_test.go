package safety_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"leerkring/internal/extract"
	"leerkring/internal/extract/format"
	"leerkring/internal/extract/office"
	"leerkring/internal/extract/pdf"
	"leerkring/internal/extract/safety"
	"leerkring/internal/kb"
)

// testData gives the folder of real texts, or skips.
func testData(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" {
		missing(t, "LEERKRING_TESTDATA is not set: no real texts to measure with")
	}
	return dir
}

func missing(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// realPages gives the pages of the real files that have text, each as a reading, as
// the readers of this program read them.
func realPages(t *testing.T) []*kb.Reading {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(testData(t), "files", "*.*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in the test data: %v", err)
	}
	engine, err := pdf.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close(t.Context())
	readers := map[string]format.Reader{
		format.PDF: engine.Read, format.DOCX: office.ReadDOCX, format.PPTX: office.ReadPPTX, format.XLSX: office.ReadXLSX,
		format.ODT: office.ReadODT, format.ODP: office.ReadODP, format.ODS: office.ReadODS,
	}
	var pages []*kb.Reading
	for _, name := range files {
		r := readFile(t, name, readers)
		for _, p := range r.Pages {
			if len(strings.TrimSpace(p.Text)) > 100 {
				pages = append(pages, &kb.Reading{Unit: r.Unit, Format: r.Format, Pages: []kb.ReadPage{p}})
			}
		}
	}
	return pages
}

// readFile gives what is read of a file; nothing of one that is broken on purpose.
func readFile(t *testing.T, name string, readers map[string]format.Reader) *kb.Reading {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	in := format.Input{ReaderAt: f, Size: info.Size(), Name: name, Limits: format.Defaults(), Late: func() bool { return false }}
	kind, err := extract.Sniff(in)
	if err != nil || readers[kind.Format] == nil {
		return &kb.Reading{}
	}
	r, err := readers[kind.Format](in)
	if _, broken := errors.AsType[*format.Problem](err); broken {
		return &kb.Reading{}
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	r.Format = kind.Format
	return r
}

// serious counts the pages' findings that would stop a publication, and logs them.
func serious(t *testing.T, r *kb.Reading) int {
	n := 0
	for _, f := range safety.Check(r) {
		if f.Severity == kb.Serious {
			n++
			t.Logf("%s: %s", f.Type, f.Passage)
		}
	}
	return n
}

func TestFalseAlarmsOnRealPages(t *testing.T) {
	pages := realPages(t)
	n := 0
	for _, p := range pages {
		n += serious(t, p)
	}
	per := 100 * float64(n) / float64(len(pages))
	t.Logf("%d serious findings on %d real pages: %.2f per 100", n, len(pages), per)
	if per > 1 {
		t.Errorf("%.2f false alarms per 100 pages, more than 1", per)
	}
}

// The collections have 3,000 characters a page, and accounts of organisations.
func TestFalseAlarmsOnRealTexts(t *testing.T) {
	dir := filepath.Join(testData(t), "corpus")
	for _, name := range []string{"seed.jsonl", "passages_100k.jsonl.gz"} {
		n, size := 0, 0
		eachText(t, filepath.Join(dir, name), func(text string) {
			size += len(text)
			n += serious(t, page(text))
		})
		per := 100 * float64(n) / (float64(size) / 3000)
		t.Logf("%s: %d serious findings, %.3f per 100 pages of 3,000 characters", name, n, per)
		if per > 1 {
			t.Errorf("%s: %.2f false alarms per 100 pages, more than 1", name, per)
		}
	}
}

func eachText(t *testing.T, file string, visit func(string)) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 1 {
			var x struct{ Body string }
			if err := json.Unmarshal(line, &x); err != nil {
				t.Fatal(err)
			}
			visit(x.Body)
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// plants are the ways in which documents have numbers: %[1]s the citizen service number, %[2]s
// in groups, %[3]s the account, %[4]s in groups, %[5]s a name, %[6]s a date of birth.
func plants() []string {
	return []string{
		"BSN: %[1]s", "BSN %[2]s", "bsn-nummer %[1]s", "Burgerservicenummer: %[2]s", "Burger Service Nummer %[1]s", "burgerservice-nr. %[1]s", "B.S.N. %[1]s",
		"sofi-nr: %[1]s", "Sofinummer %[2]s", "Persoonsnummer: %[1]s", "Citizen service number (BSN): %[1]s", "Social security number %[1]s", "%[1]s (bsn)",
		"Het burgerservicenummer van %[5]s is %[1]s.", "Geachte %[5]s,\nUw burgerservicenummer\n%[1]s\nstaat hierboven.", "Burgerservicenummer\n%[1]s\nNaam\n%[5]s",
		"%[5]s %[1]s", "%[1]s %[5]s", "%[5]s, %[6]s, %[1]s", "%[6]s %[1]s", "%[5]s\n%[6]s\n%[1]s", "geb. %[6]s, %[1]s", "%[5]s (%[1]s)", "dhr. %[5]s, nr. %[1]s",
		"Naam\tGeboren\tBSN\n%[5]s\t%[6]s\t%[1]s", "naam;bsn;plaats\n%[5]s;%[1]s;Ede", "\"bsn\",\"naam\"\n\"%[1]s\",\"%[5]s\"", "Naam Geboortedatum BSN\n%[5]s %[6]s %[1]s",
		"Cliënt: %[5]s   Geboren: %[6]s   BSN: %[2]s", "{\"bsn\": \"%[1]s\"}", "<bsn>%[1]s</bsn>", "%[5]s | %[6]s | %[1]s", "BSN (9 cijfers) : %[1]s", "BSN/sofinummer: %[1]s", "BSN\t%[1]s", "uw BSN is: %[2]s",
		"IBAN: %[3]s", "%[4]s", "rekeningnummer %[4]s t.n.v. %[5]s", "Graag overmaken op %[3]s ten name van %[5]s", "naam;iban\n%[5]s;%[3]s", "bankrekening: %[4]s.", "Met groet,\n%[5]s\n%[4]s",
	}
}

// unseen are forms that the rules were not made with, and not changed for.
func unseen() []string {
	return []string{
		"Naam cliënt: %[5]s (BSN %[1]s), geboren op %[6]s.", "BSN van betrokkene = %[1]s", "Mijn bsn is %[2]s en ik woon in Ede", "bsn-nr.: %[1]s", "BSN-NUMMER\t%[1]s", "Burgerservicenummer (BSN) %[1]s",
		"Kind 1: %[5]s, BSN %[1]s; kind 2: onbekend", "1. %[5]s - %[6]s - %[1]s", "BSN aanvrager:\n%[1]s", "BSN partner: %[2]s", "(burgerservicenummer %[1]s)", "bsn=%[1]s&naam=x", "BSN nummer: %[1]s / %[6]s",
		"Hierbij stuur ik mijn burgerservicenummer, dat is %[1]s.", "Sofi nummer: %[1]s", "\"burgerservicenummer\": %[1]s,", "Betreft: %[5]s, BSN %[2]s", "| BSN | %[1]s |", "ID: BSN/%[1]s", "Citizen service no. %[1]s",
		"achternaam,voornaam,bsn\nBakker,Jan,%[1]s\nSmit,Els,000000000", "Mw. %[5]s heeft BSN-nummer %[2]s.", "Uw BSN %[1]s is bekend bij ons", "BSN\u00a0%[1]s", "BSN.%[1]s", "BSN-%[1]s", "burgerservicenummer%[1]s",
		"Bankrekening (IBAN): %[3]s", "IBAN/rekening: %[4]s", "%[3]s (%[5]s)", "Betaling naar %[4]s, naam: %[5]s", "Rek.nr. %[3]s", "IBAN\t%[3]s\t%[5]s", "Bank account: %[4]s (BIC RABONL2U)", "declaratie van %[5]s graag op %[3]s", "%[5]s;%[3]s;12,50", "rekening\n%[4]s",
	}
}

// Forms that the rules know, and forms that they do not.
func TestRecallOfPlants(t *testing.T) {
	pages := realPages(t)
	for name, forms := range map[string][]string{"known forms": plants(), "unseen forms": unseen()} {
		t.Run(name, func(t *testing.T) {
			recallOf(t, pages, forms, 860)
		})
	}
}

func recallOf(t *testing.T, pages []*kb.Reading, forms []string, least int) {
	r := rand.New(rand.NewPCG(7, 11))
	found, all := 0, 0
	for all < least {
		for _, plant := range forms {
			all++
			bsn, iban := newBSN(r), newIBAN(r)
			text := fmt.Sprintf("%[7]s"+plant, bsn, bsn[:4]+"."+bsn[4:6]+"."+bsn[6:], iban, iban[:4]+" "+iban[4:8]+" "+iban[8:12]+" "+iban[12:16]+" "+iban[16:],
				newName(r), fmt.Sprintf("%02d-%02d-%d", 1+r.IntN(28), 1+r.IntN(12), 1930+r.IntN(75)), "")
			into := *pages[r.IntN(len(pages))]
			lines := strings.Split(into.Pages[0].Text, "\n")
			at := r.IntN(len(lines) + 1)
			into.Pages = []kb.ReadPage{{Number: 1, Text: strings.Join(slices.Insert(lines, at, text), "\n")}}
			if hit(&into, bsn, iban) {
				found++
			} else {
				t.Logf("missed: %q after %q", text, lines[max(0, at-1)])
			}
		}
	}
	recall := float64(found) / float64(all)
	t.Logf("%d of %d plants found: recall %.3f", found, all, recall)
	if recall < .97 {
		t.Errorf("recall %.3f is under .97", recall)
	}
}

// hit reports whether a finding shows either number.
func hit(r *kb.Reading, bsn, iban string) bool {
	for _, f := range safety.Check(r) {
		digits := strings.NewReplacer(" ", "", ".", "").Replace(f.Passage)
		if f.Type == kb.FindingBSN && strings.Contains(digits, bsn) || f.Type == kb.FindingIBAN && strings.Contains(digits, iban) {
			return true
		}
	}
	return false
}

func newBSN(r *rand.Rand) string {
	for {
		if n := fmt.Sprint(100_000_000 + r.IntN(899_999_999)); passes(n) {
			return n
		}
	}
}

func newIBAN(r *rand.Rand) string {
	bank := []string{"ABNA", "INGB", "RABO", "TRIO", "SNSB"}[r.IntN(5)]
	account := fmt.Sprintf("%010d", r.IntN(1_000_000_000))
	rest := 0
	for _, ch := range bank + account + "NL00" {
		if ch >= 'A' {
			rest = (rest*100 + int(ch-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(ch-'0')) % 97
		}
	}
	return fmt.Sprintf("NL%02d%s%s", 98-rest, bank, account)
}

func newName(r *rand.Rand) string {
	first := []string{"Jan", "Fatima", "P.", "J.A.M.", "Anne-Marie", "Mohammed", "Willem", "S."}[r.IntN(8)]
	last := []string{"de Vries", "Bakker", "van der Berg", "El Amrani", "Jansen-de Boer", "Yılmaz", "Smit", "van 't Hof"}[r.IntN(8)]
	return first + " " + last
}
