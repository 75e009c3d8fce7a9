package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

func input(name, content string) format.Input {
	return format.Input{ReaderAt: strings.NewReader(content), Size: int64(len(content)), Name: name, Limits: format.Defaults()}
}

// archive packs parts, given as name and content in turn.
func archive(t testing.TB, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The name says one thing and the content another: the content is believed.
func TestKindsAreToldByContent(t *testing.T) {
	word := archive(t, "[Content_Types].xml", `<Override ContentType="`+openXML+`wordprocessingml.document.main+xml"/>`)
	for _, c := range []struct{ name, content, want string }{
		{"brief.exe", "%PDF-1.7\n", format.PDF},
		{"brief.docx", strings.Repeat("\n", 1000) + "%PDF-1.4\n", format.PDF}, // readers allow what comes before
		{"deck.pdf", word, format.DOCX},
		{"x", archive(t, "[Content_Types].xml", openXML+"presentationml.slideshow.main+xml"), format.PPTX},
		{"x", archive(t, "[Content_Types].xml", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"), format.PPTX},
		{"x", archive(t, "[Content_Types].xml", openXML+"spreadsheetml.sheet.main+xml"), format.XLSX},
		{"x", archive(t, "mimetype", openDocument+"text"), format.ODT},
		{"x", archive(t, "mimetype", openDocument+"presentation-template"), format.ODP},
		{"x", archive(t, "mimetype", openDocument+"spreadsheet\n"), format.ODS},
		{"x.txt", "<!DOCTYPE html><html><body>Wonen</body></html>", format.HTML},
		{"LEESMIJ.MD", "# Wonen\n", format.Markdown},
		{"cijfers.csv", "a;b\n1;2\n", format.CSV},
		{"notitie", "Gewone tekst.\n", format.Text},
		{"plaatje.pdf", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", format.Image},
		{"x", "GIF89a\x01\x00\x01\x00", format.Image},
		{"x", "\xff\xd8\xff\xe0\x00\x10JFIF\x00", format.Image},
	} {
		kind, err := Sniff(input(c.name, c.content))
		if err != nil || kind.Format != c.want || kind.MediaType == "" {
			t.Errorf("%s: got %+v, %v, want %s", c.name, kind, err, c.want)
		}
	}
}

func TestKindsThatAreNotRead(t *testing.T) {
	many := make([]string, 2*11_000)
	for i := range many {
		many[i] = "x"
	}
	for _, c := range []struct {
		name, content string
		want          kb.ExtractionState
	}{
		{"nothing", "", kb.ExtractionEmpty},
		{"a program", "\x7fELF\x02\x01\x01\x00\x00\x00", kb.ExtractionUnsupported},
		{"a drawing", `<svg xmlns="http://www.w3.org/2000/svg"/>`, kb.ExtractionUnsupported},
		{"another archive", archive(t, "a.txt", "x"), kb.ExtractionUnsupported},
		{"half an archive", archive(t, "a.txt", "x")[:40], kb.ExtractionBroken},
		{"an archive of very much", archive(t, many...), kb.ExtractionTooLarge},
		{"half a compound file", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", kb.ExtractionBroken},
	} {
		_, err := Sniff(input("brief.pdf", c.content))
		problem, ok := errors.AsType[*format.Problem](err)
		if !ok || problem.State != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

func TestMediaTypeOfTheFirstBytes(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"a.html", "%PDF-1.7\n", "application/pdf"},
		{"a.pdf", "<html><body>x</body></html>", "text/html"},
		{"a.md", "# Kop\n", "text/markdown"},
		{"a.png", "Gewone tekst", "text/plain"},
		{"a.txt", strings.Repeat("tekst é ", 10_000), "text/plain"}, // cut within a rune
	} {
		got, err := MediaType(strings.NewReader(c.content), c.name)
		if err != nil || got != c.want {
			t.Errorf("%s: got %s, %v, want %s", c.name, got, err, c.want)
		}
	}
}

func FuzzSniff(f *testing.F) {
	f.Add("a.txt", []byte("tekst"))
	f.Add("a.pdf", []byte("%PDF-1.7"))
	f.Add("a", []byte(archive(f, "mimetype", openDocument+"text")))
	f.Add("a", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 600)))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		kind, err := Sniff(input(name, string(content)))
		if _, ok := errors.AsType[*format.Problem](err); err != nil && !ok {
			t.Fatal(err)
		}
		if err == nil && (kind.Format == "" || kind.MediaType == "") {
			t.Errorf("neither a kind nor a problem: %+v", kind)
		}
	})
}
