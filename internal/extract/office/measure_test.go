package office

import (
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// testdata gives the folder with real documents, or skips.
func testdata(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" {
		t.Skip("LEERKRING_TESTDATA is not set: no real documents to read")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// tool skips without a program, unless the environment demands it.
func tool(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err == nil {
		return
	}
	if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal(name + " is not installed")
	}
	t.Skip(name + " is not installed")
}

func realFiles(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(testdata(t), "files", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s: %v", pattern, err)
	}
	return files
}

// input opens a file of the disk as a reader gets it.
func input(t *testing.T, name string) format.Input {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return format.Input{ReaderAt: f, Size: info.Size(), Name: filepath.Base(name), Limits: format.Defaults()}
}

// convert has LibreOffice convert a file and gives the files that came of it.
func convert(t *testing.T, name, to string) []string {
	t.Helper()
	tool(t, "soffice")
	dir := t.TempDir()
	out, err := exec.Command("timeout", "100", "soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", to, "--outdir", dir+"/out", name).CombinedOutput()
	files, _ := filepath.Glob(dir + "/out/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("soffice: %v: %s", err, out)
	}
	return files
}

func words(text string) map[string]int {
	out := map[string]int{}
	for _, w := range wordList(text) {
		out[w]++
	}
	return out
}

func wordList(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// likeness is the F1 of the words of two texts, each as often as it is there.
func likeness(got, want string) float64 {
	a, b := words(got), words(want)
	same, total := 0, 0
	for w, n := range a {
		same += min(n, b[w])
		total += n
	}
	for _, n := range b {
		total += n
	}
	if total == 0 {
		return 1
	}
	return 2 * float64(same) / float64(total)
}

func text(r *kb.Reading) string {
	var b strings.Builder
	for _, p := range r.Pages {
		b.WriteString(p.Text + "\n")
	}
	return b.String()
}

func TestRealDocumentsReadLikeLibreOffice(t *testing.T) {
	sum, n := 0.0, 0
	for _, name := range append(realFiles(t, "*.docx"), realFiles(t, "*.odt")...) {
		read := ReadDOCX
		if filepath.Ext(name) == ".odt" {
			read = ReadODT
		}
		if input(t, name).Size < 1000 {
			continue // the lock file of an open document
		}
		r, err := read(input(t, name))
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
			continue
		}
		want, err := os.ReadFile(convert(t, name, "txt:Text")[0])
		if err != nil {
			t.Fatal(err)
		}
		f1 := likeness(text(r), string(want))
		t.Logf("%.4f %4d %s %s", f1, len(r.Pages), r.Unit, filepath.Base(name))
		sum, n = sum+f1, n+1
	}
	if mean := sum / float64(n); mean < .975 {
		t.Errorf("mean F1 %.4f, want .975", mean)
	} else {
		t.Logf("mean F1 %.4f", mean)
	}
}

func TestRealDecksHaveAllTheirSlides(t *testing.T) {
	tool(t, "pdftotext")
	var all, reversed order // of decks, each as heavy
	for _, name := range append(realFiles(t, "*.pptx"), realFiles(t, "*.odp")...) {
		read := ReadPPTX
		if filepath.Ext(name) == ".odp" {
			read = ReadODP
		}
		r, err := read(input(t, name))
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
			continue
		}
		deck, turned := checkSlides(t, name, r)
		if deck.weight > 0 {
			all, reversed = order{all.share + deck.mean(), all.weight + 1}, order{reversed.share + turned.mean(), reversed.weight + 1}
		}
	}
	t.Logf("%.3f of the words in the order of the print; %.3f with the lines of each slide upside down", all.mean(), reversed.mean())
	if all.mean() < minOrder {
		t.Errorf("%.3f of the words in the order of the print, want %.2f", all.mean(), minOrder)
	}
	if reversed.mean() >= minOrder {
		t.Error("the measure does not notice slides upside down")
	}
}

// inOrder measures whether words stand in the same order in two texts: of all pairs of
// words that are once in each, the share that stand the same way round (Kendall's tau,
// from 0 to 1). It gives the number of pairs too.
func inOrder(got, want string) (share float64, pairs int) {
	once := func(text string) map[string]int {
		out := map[string]int{}
		for i, w := range wordList(text) {
			if _, again := out[w]; again {
				i = -1
			}
			out[w] = i
		}
		return out
	}
	there := once(want)
	var places []int
	own := once(got)
	for _, w := range wordList(got) {
		if at, known := there[w]; known && at >= 0 && own[w] >= 0 {
			places = append(places, at)
		}
	}
	same := 0
	for i, a := range places {
		for _, b := range places[i+1:] {
			pairs++
			if a < b {
				same++
			}
		}
	}
	if pairs == 0 {
		return 1, 0
	}
	return float64(same) / float64(pairs), pairs
}

func TestTheMeasureOfOrderNoticesDisorder(t *testing.T) {
	for name, c := range map[string]struct {
		got, want string
		share     float64
		pairs     int
	}{
		"equal":                {"een twee drie", "een twee drie", 1, 3},
		"the other way":        {"een twee drie", "drie twee een", 0, 3},
		"two changed":          {"een twee drie vier", "een drie twee vier", 5. / 6, 6},
		"others between":       {"een x twee", "een y y twee", 1, 1},
		"one that is not once": {"een twee een", "twee een", 1, 0},
		"nothing":              {"", "een", 1, 0},
	} {
		if share, pairs := inOrder(c.got, c.want); share != c.share || pairs != c.pairs {
			t.Errorf("%s: %v of %d pairs, want %v of %d", name, share, pairs, c.share, c.pairs)
		}
	}
}

// minOrder is the mean share of words of a deck that stand in the order in which
// LibreOffice prints them, at least. One deck may have less: boxes of a drawing have no
// order of their own.
const minOrder = .9

// order gathers the order of the words of slides.
type order struct{ share, weight float64 }

// add weighs a slide by about the number of its words that are compared.
func (o *order) add(got, want string) {
	share, pairs := inOrder(got, want)
	weight := math.Sqrt(float64(2 * pairs))
	o.share, o.weight = o.share+share*weight, o.weight+weight
}

func (o *order) mean() float64 { return o.share / max(o.weight, 1) }

func upsideDown(text string) string {
	lines := strings.Split(text, "\n")
	slices.Reverse(lines)
	return strings.Join(lines, "\n")
}

// checkSlides compares slides with the pages that LibreOffice prints, which are those
// that are not hidden.
func checkSlides(t *testing.T, name string, r *kb.Reading) (deck, turned order) {
	t.Helper()
	out, err := exec.Command("pdftotext", convert(t, name, "pdf")[0], "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	printed := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	var shown []kb.ReadPage
	for _, p := range r.Pages {
		if !p.Hidden {
			shown = append(shown, p)
		}
	}
	t.Logf("%s: %d slides, %d hidden, %d printed", filepath.Base(name), len(r.Pages), len(r.Pages)-len(shown), len(printed))
	if len(shown) != len(printed) {
		t.Errorf("%s: %d slides that are not hidden, %d printed", filepath.Base(name), len(shown), len(printed))
		return deck, turned
	}
	for i, p := range shown {
		deck.add(p.Text, printed[i])
		turned.add(upsideDown(p.Text), printed[i])
		if f1 := likeness(p.Text, printed[i]); f1 < .6 && len(words(p.Text)) > 5 {
			t.Logf("  slide %d: F1 %.2f\n got %q\nwant %q", p.Number, f1, p.Text, printed[i])
		}
	}
	t.Logf("  %.3f in order", deck.mean())
	return deck, turned
}

func TestRealWorkbooksReadLikeLibreOffice(t *testing.T) {
	for _, name := range append(realFiles(t, "*.xlsx"), realFiles(t, "*.ods")...) {
		read := ReadXLSX
		if filepath.Ext(name) == ".ods" {
			read = ReadODS
		}
		r, err := read(input(t, name))
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
			continue
		}
		all := ""
		for _, file := range convert(t, name, "csv:Text - txt - csv (StarCalc):9,34,76,1,,1043,false,true,false,false,false,-1") {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all += string(b) + "\n"
		}
		f1 := likeness(text(r), all)
		t.Logf("%.4f %4d %s", f1, len(r.Pages), filepath.Base(name))
		if f1 < .97 {
			t.Errorf("%s: F1 %.4f, want .97", filepath.Base(name), f1)
		}
	}
}

// state is how a reading ended, as package extract puts it.
func state(r *kb.Reading, err error) kb.ExtractionState {
	if err == nil {
		return kb.ExtractionRead
	}
	if p, ok := errors.AsType[*format.Problem](err); ok {
		return p.State
	}
	return kb.ExtractionFailed
}

func TestHostileDocumentsEndInAState(t *testing.T) {
	dir := os.Getenv("LEERKRING_HOSTILE")
	if dir == "" {
		t.Skip("LEERKRING_HOSTILE is not set: no hostile documents to read")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	states := map[kb.ExtractionState]int{}
	for _, name := range files {
		for kind, read := range readers() {
			if own := strings.TrimPrefix(filepath.Ext(name), "."); own != kind && strings.Contains("docx pptx xlsx", own) {
				continue
			}
			start := time.Now()
			got := state(read(input(t, name)))
			states[got]++
			if took := time.Since(start); took > 5*time.Second || got == kb.ExtractionFailed {
				t.Errorf("%s as %s: %s after %v", name, kind, got, took)
			} else if took > time.Second || !strings.Contains("BROKEN", string(got)) {
				t.Logf("%s as %s: %s after %v", filepath.Base(name), kind, got, took)
			}
		}
	}
	t.Log(states)
}

func readers() map[string]format.Reader {
	return map[string]format.Reader{
		format.DOCX: ReadDOCX, format.PPTX: ReadPPTX, format.XLSX: ReadXLSX,
		format.ODT: ReadODT, format.ODP: ReadODP, format.ODS: ReadODS,
	}
}
