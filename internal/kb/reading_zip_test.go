package kb

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

type bytesBlob struct{ *bytes.Reader }

func (bytesBlob) Close() error { return nil }

func written(t testing.TB, r *Reading) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteReading(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadingIsKeptAsItWas(t *testing.T) {
	want := &Reading{
		Format: "pptx", State: ExtractionRead, Unit: UnitSlide, Title: "Wonen", Authors: []string{"Eva"}, Language: "nl",
		Outline:  []OutlineEntry{{"Begin", 1, 1}},
		Pages:    []ReadPage{{Number: 1, Title: "Begin", Text: "een\ntwee", Notes: "zeg dit"}, {Number: 3, Hidden: true, Picture: true}},
		Findings: []Finding{{Key: "k", Type: FindingBSN, Severity: Serious, Page: 1, Passage: "een", Ranges: []TextRange{{0, 3}}}},
	}
	data := written(t, want)
	got, err := ReadReading(bytesBlob{bytes.NewReader(data)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if !bytes.Equal(data, written(t, got)) {
		t.Error("equal readings are not equal bytes")
	}
}

func TestReadingIsBounded(t *testing.T) {
	r := &Reading{Language: "nl\x00", Title: strings.Repeat("x", 2*MaxLine), Pages: []ReadPage{
		{Number: 2, Text: "a\xffb\x00c"},
		{Number: 1, Text: "backwards"},
		{Number: 3, Text: strings.Repeat("x", MaxReadText)},
		{Number: 4, Text: "fits"},
		{Number: MaxReadPages + 1},
	}}
	for range maxReadFindings + 1 {
		r.Findings = append(r.Findings, Finding{Passage: strings.Repeat("y", maxPassage+1), Ranges: []TextRange{{0, 1}}})
	}
	r.bound()
	want := []ReadPage{{Number: 2, Text: "a\uFFFDbc"}, {Number: 4, Text: "fits"}}
	if diff := cmp.Diff(want, r.Pages); diff != "" || !r.Cut || r.Language != "" || len(r.Title) > MaxLine {
		t.Errorf("cut %v, language %q, title of %d bytes: %s", r.Cut, r.Language, len(r.Title), diff)
	}
	last := r.Findings[len(r.Findings)-1]
	if len(r.Findings) != maxReadFindings+1 || last.Key != UncheckedKey || r.Findings[0].Ranges != nil {
		t.Errorf("%d findings, the last %+v", len(r.Findings), last)
	}
}

// A reading that is damaged, or was made by somebody else, is an error and no more.
func FuzzReadReading(f *testing.F) {
	f.Add([]byte{})
	f.Add(written(f, &Reading{State: ExtractionRead, Pages: []ReadPage{{Number: 1, Text: "tekst", Notes: "n"}}}))
	f.Add(written(f, &Reading{}))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ReadReading(bytesBlob{bytes.NewReader(data)})
		if err != nil {
			if CodeOf(err) != Damaged {
				t.Fatal(err)
			}
			return
		}
		if len(r.Pages) > MaxReadPages {
			t.Fatalf("%d pages", len(r.Pages))
		}
	})
}

// A name is a text of one line without a path, whatever comes.
func FuzzCleanName(f *testing.F) {
	for _, name := range []string{"", "..", "/etc/passwd", `C:\a\b.doc`, "a\u202egnp.exe", strings.Repeat("é", 200) + ".pptx", "x." + strings.Repeat("y", 300)} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := cleanName(name)
		if got == "" || len(got) > maxFileName || strings.ContainsAny(got, "/\\\x00\r\n\u202e") || got == ".." {
			t.Fatalf("%q becomes %q", name, got)
		}
		if strings.ToValidUTF8(got, "") != got || cleanName(got) != got {
			t.Fatalf("%q becomes %q and then %q", name, got, cleanName(got))
		}
	})
}
