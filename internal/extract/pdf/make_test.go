package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// file is a PDF that a test makes: its objects by number, of which 1 is the catalogue.
type file map[int]string

// small gives a file of pages with one content stream each. The objects: 1 catalogue,
// 2 pages, 3 font, 10+i page, 100+i content.
func small(contents ...string) file {
	f := file{
		1: "<< /Type /Catalog /Pages 2 0 R >>",
		3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	}
	var kids []string
	for i, content := range contents {
		kids = append(kids, fmt.Sprintf("%d 0 R", 10+i))
		f[10+i] = fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>", 100+i)
		f[100+i] = stream("", content)
	}
	f[2] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(contents), strings.Join(kids, " "))
	return f
}

// lines draws lines of text.
func lines(all ...string) string {
	var out strings.Builder
	out.WriteString("BT /F 14 Tf 40 250 Td 18 TL\n")
	for _, line := range all {
		fmt.Fprintf(&out, "(%s) Tj T*\n", line)
	}
	return out.String() + "ET"
}

func stream(entries, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(content), content)
}

// with adds entries to the dictionary of an object.
func (f file) with(number int, entries string) file {
	f[number] = strings.Replace(f[number], "<<", "<< "+entries, 1)
	return f
}

// and adds an object.
func (f file) and(number int, object string) file { f[number] = object; return f }

// bytes writes the file with its table of objects, and more entries in its trailer.
func (f file) bytes(trailer string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	last := 0
	for number := range f {
		last = max(last, number)
	}
	at := make([]int, last+1)
	for number := 1; number <= last; number++ {
		if object, ok := f[number]; ok {
			at[number] = b.Len()
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", number, object)
		}
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", last+1)
	for _, offset := range at[1:] {
		kind := 'n'
		if offset == 0 {
			kind = 'f'
		}
		fmt.Fprintf(&b, "%010d 00000 %c \n", offset, kind)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", last+1, trailer, start)
	return b.Bytes()
}

// opened is PDFium, compiled once for all tests, which takes seconds.
var opened = sync.OnceValues(func() (*Engine, error) { return Open(context.Background(), "") })

func engine(t *testing.T) *Engine {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: PDFium takes seconds to compile")
	}
	e, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func input(b []byte) format.Input {
	return format.Input{
		ReaderAt: bytes.NewReader(b), Size: int64(len(b)), Limits: format.Defaults(),
		Late: func() bool { return false },
	}
}

func read(t *testing.T, b []byte) *kb.Reading {
	t.Helper()
	r, err := engine(t).Read(input(b))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func texts(r *kb.Reading) (out []string) {
	for _, p := range r.Pages {
		out = append(out, p.Text)
	}
	return out
}

// found gives the findings of one type, as "page count passage".
func found(r *kb.Reading, kind kb.FindingType) (out []string) {
	for _, f := range r.Findings {
		if f.Type == kind {
			out = append(out, fmt.Sprintf("%d %d %s", f.Page, f.Count, f.Passage))
		}
	}
	return out
}

// problemOf gives the state of an error that blames the file, and fails for others.
func problemOf(t *testing.T, err error) kb.ExtractionState {
	t.Helper()
	problem, ok := errors.AsType[*format.Problem](err)
	if !ok {
		t.Fatalf("no problem of the file: %v", err)
	}
	return problem.State
}
