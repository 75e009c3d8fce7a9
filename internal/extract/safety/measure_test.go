package safety_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

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

// realPages gives the pages of the real PDF files that have text.
func realPages(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(testData(t), "files", "*.pdf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no PDF files in the test data: %v", err)
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		missing(t, "pdftotext is not installed: "+err.Error())
	}
	var pages []string
	for _, f := range files {
		for _, order := range []string{"-raw", "-layout"} {
			text, err := exec.Command("pdftotext", order, f, "-").Output()
			if err != nil {
				continue // encrypted or broken on purpose
			}
			for p := range strings.SplitSeq(string(text), "\f") {
				if len(strings.TrimSpace(p)) > 100 {
					pages = append(pages, p)
				}
			}
		}
	}
	return pages
}

// serious counts the pages' findings that would stop a publication, and logs them.
func serious(t *testing.T, text string) int {
	n := 0
	for _, f := range safety.Check(page(text)) {
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
			n += serious(t, text)
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

func TestRecallOfPlants(t *testing.T) {
	pages := realPages(t)
	r := rand.New(rand.NewPCG(7, 11))
	found, all := 0, 0
	for all < 860 {
		for _, plant := range plants() {
			all++
			bsn, iban := newBSN(r), newIBAN(r)
			text := fmt.Sprintf("%[7]s"+plant, bsn, bsn[:4]+"."+bsn[4:6]+"."+bsn[6:], iban, iban[:4]+" "+iban[4:8]+" "+iban[8:12]+" "+iban[12:16]+" "+iban[16:],
				newName(r), fmt.Sprintf("%02d-%02d-%d", 1+r.IntN(28), 1+r.IntN(12), 1930+r.IntN(75)), "")
			lines := strings.Split(pages[r.IntN(len(pages))], "\n")
			at := r.IntN(len(lines))
			planted := strings.Join(lines[:at], "\n") + "\n" + text + "\n" + strings.Join(lines[at:], "\n")
			if hit(planted, bsn, iban) {
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
func hit(text, bsn, iban string) bool {
	for _, f := range safety.Check(page(text)) {
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
